"""What every client needs and no window: link, session, model, actions."""
