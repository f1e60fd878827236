"""The chat server: connection threads read, one core thread executes commands, SQLite stores the results."""
