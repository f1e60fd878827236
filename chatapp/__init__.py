"""Chatapp: a chat server and a desktop window in one folder, on the standard library alone."""
