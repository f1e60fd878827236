"""The client without a user interface: connections, sessions, the model and the actions of the user."""
