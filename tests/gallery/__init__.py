"""Pictures of every state and dialog of the window: `python -m tests.gallery DIR`."""
