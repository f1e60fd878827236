"""The desktop window, one widget a file."""
