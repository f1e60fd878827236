"""The terminal client: interactive on a terminal, line by line in a pipe."""
