"""The chat server: links read, one core thread decides, the store remembers."""
