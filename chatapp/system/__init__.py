"""What the operating systems do differently, and what else every side takes from the system it runs on."""
