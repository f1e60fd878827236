"""The languages of the window and the terminal: what is on screen, and its translations."""
