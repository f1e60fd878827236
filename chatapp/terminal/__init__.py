"""The same client on a text screen."""
