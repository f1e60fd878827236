"""Away texts with a meaning of their own."""

from __future__ import annotations

ABSENT = "Not connected; messages are stored"
"""What this server says about an account that is not connected but stays in its channels.

Our clients recognize it by this text.
"""

WAITS = "Not connected: your message will be delivered at the next login"
"""What this server answers to a message for such an account."""

NOT_STORED = "Not connected, and this server does not store messages"
"""The same where it stores no messages."""

UNSPECIFIED = "*"
"""The away text of `AWAY *`: the user is absent, without a message. Source: IRCv3 pre-away."""
