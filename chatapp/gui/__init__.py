"""The desktop window: one file for each widget."""
