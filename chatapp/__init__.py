"""Chatapp: a chat server and a desktop window in one folder, on the standard library alone."""

__version__ = "1.0.0"
