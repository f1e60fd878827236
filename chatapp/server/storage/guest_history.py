"""Gives what a guest wrote and read to the account that the guest makes.

The keys of its direct conversations change, for both participants. Messages in channels stay as they are:
the account remembers the author number of the guest.
"""

from __future__ import annotations

from chatapp.server.storage.statements import Save, Statement

_PARTNERS = "(SELECT partner FROM conversations WHERE owner = ?1)"
_TARGETS = "(SELECT target FROM conversations WHERE owner = ?1)"
_FIRST = "substr(target, 1, instr(target, char(10)) - 1)"
_SECOND = "substr(target, instr(target, char(10)) + 1)"
_OTHER = f"CASE WHEN {_FIRST} != ?1 THEN {_FIRST} WHEN {_SECOND} != ?1 THEN {_SECOND} ELSE ?2 END"
"""The partner in the conversation with the key `target`; the account in a conversation with oneself."""

_KEY = f"CASE WHEN ({_OTHER}) < ?2 THEN ({_OTHER}) || char(10) || ?2 ELSE ?2 || char(10) || ({_OTHER}) END"
"""The new key of the conversation with the key `target`."""

_MOVE = (
    Statement(
        "give messages to an account",
        f"UPDATE messages SET target = {_KEY} WHERE target IN {_TARGETS}",
    ),
    Statement(
        "give events to an account",
        f"UPDATE OR REPLACE events SET target = {_KEY} WHERE target IN {_TARGETS}",
    ),
    Statement(
        "move the markers of conversations with an account",
        f"UPDATE OR REPLACE markers SET target = {_KEY}"
        f" WHERE (owner = ?1 OR owner IN {_PARTNERS}) AND target IN {_TARGETS}",
    ),
    Statement("give markers to an account", "UPDATE OR REPLACE markers SET owner = ?2 WHERE owner = ?1"),
    Statement(
        "move the conversations of others with an account",
        f"UPDATE OR REPLACE conversations SET partner = ?2, target = {_KEY}"
        f" WHERE owner IN {_PARTNERS} AND partner = ?1 AND owner != ?1",
    ),
    Statement(
        "give conversations to an account",
        f"UPDATE OR REPLACE conversations SET owner = ?2, partner = {_OTHER}, target = {_KEY}"
        " WHERE owner = ?1",
    ),
)
"""In this order: all read the conversations, which change last."""


def move(guest: str, account: str) -> list[Save]:
    """Give the direct messages and read markers of a guest to a new account.

    Args:
        guest: Its identity.
        account: That of the account, which has no conversation yet.
    """
    return [Save(statement, (guest, account)) for statement in _MOVE]
