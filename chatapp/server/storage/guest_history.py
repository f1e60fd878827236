"""Gives what a guest wrote and read to the account that the guest makes.

The keys of its direct conversations change, for both participants. Messages in channels stay as they are:
the account remembers the author number of the guest.
"""

from __future__ import annotations

from chatapp.server.storage.statements import Save, Statement

_PARTNERS = "(SELECT partner FROM conversations WHERE owner = :guest)"
_TARGETS = "(SELECT target FROM conversations WHERE owner = :guest)"
_FIRST = "substr(target, 1, instr(target, char(10)) - 1)"
_SECOND = "substr(target, instr(target, char(10)) + 1)"
_OTHER = (
    f"CASE WHEN {_FIRST} != :guest THEN {_FIRST} WHEN {_SECOND} != :guest THEN {_SECOND} ELSE :account END"
)
"""The partner in the conversation with the key `target`; the account in a conversation with oneself."""

_KEY = (
    f"CASE WHEN ({_OTHER}) < :account THEN ({_OTHER}) || char(10) || :account"
    f" ELSE :account || char(10) || ({_OTHER}) END"
)
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
        f" WHERE (owner = :guest OR owner IN {_PARTNERS}) AND target IN {_TARGETS}",
    ),
    Statement(
        "give markers to an account", "UPDATE OR REPLACE markers SET owner = :account WHERE owner = :guest"
    ),
    Statement(
        "move the conversations of others with an account",
        f"UPDATE OR REPLACE conversations SET partner = :account, target = {_KEY}"
        f" WHERE owner IN {_PARTNERS} AND partner = :guest AND owner != :guest",
    ),
    Statement(
        "give conversations to an account",
        f"UPDATE OR REPLACE conversations SET owner = :account, partner = {_OTHER}, target = {_KEY}"
        " WHERE owner = :guest",
    ),
)
"""In this order: all read the conversations, which change last."""


def move(guest: str, account: str) -> list[Save]:
    """Give the direct messages and read markers of a guest to a new account.

    Args:
        guest: Its identity.
        account: That of the account, which has no conversation yet.
    """
    return [Save(statement, {"guest": guest, "account": account}) for statement in _MOVE]
