"""What this server says about an account that is not connected but stays in its channels."""

from __future__ import annotations

ABSENT = "Not connected; messages are stored"
"""The away text of such an account, by which our clients recognize it."""
