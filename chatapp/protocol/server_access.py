"""Who may connect to a server, as SETTING and the announcement on the network name it."""

from __future__ import annotations

from typing import Literal, get_args

Access = Literal["everyone", "invite", "accounts"]
"""Who may connect: everyone, guests with an invite code and accounts, or accounts only."""

ACCESS: tuple[Access, ...] = get_args(Access)


def read_access(text: object) -> Access | None:
    """Return who may connect; None for anything else, which another computer may have sent."""
    return next((each for each in ACCESS if each == text), None)
