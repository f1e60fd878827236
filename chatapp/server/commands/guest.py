"""GUEST: a guest who was here before is recognised by a key that only its client knows.

The identity is made from the key, so nothing has to be stored for it to survive a restart. A client
without the key gets another identity, even with the same nick, and cannot read the earlier direct messages.
"""

from __future__ import annotations

import hashlib
import re

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

COMMAND = "GUEST"
_KEY = re.compile(r"[A-Za-z0-9_-]{32,64}")  # base64url, at least 192 bits
_PREFIX = "!~"  # the identities of guests without a key go on with a digit


def guest(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """GUEST <key>: come back as the guest who gave this key before; sent before the connection is complete.

    The key is 32 to 64 random letters, digits, `-` and `_`. With the nick of that guest, while the server has
    not noticed yet that its connection is lost, the session joins it. With another nick it is a new guest as
    long as the other one is connected.

    Errors:
        FAIL GUEST INVALID_PARAMS, NOT_ALLOWED.
    """
    if me.user or not me.is_private:
        text = "Too late: you are connected already" if me.user else "Others can read this connection"
        raise FailError(COMMAND, "NOT_ALLOWED", text)
    if not _KEY.fullmatch(msg.params[0]):
        raise FailError(COMMAND, "INVALID_PARAMS", "Expected 32 to 64 letters, digits, - and _")
    me.guest_key = _PREFIX + hashlib.sha256(b"guest " + msg.params[0].encode()).hexdigest()
