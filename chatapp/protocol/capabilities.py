"""IRCv3 capabilities: the names, one bit each, and which capability a tag needs.

A session's capabilities are an int of these bits: to test and to group by an int is all that the way of a
line can afford.

Source  IRCv3 capability-negotiation and the specification of each name
"""

from __future__ import annotations

NAMES = (
    "message-tags",
    "server-time",
    "account-tag",
    "batch",
    "labeled-response",
    "echo-message",
    "multi-prefix",
    "userhost-in-names",
    "extended-join",
    "away-notify",
    "account-notify",
    "chghost",
    "setname",
    "invite-notify",
    "cap-notify",
    "standard-replies",
)

BITS = {name: 1 << place for place, name in enumerate(NAMES)}

MESSAGE_TAGS = BITS["message-tags"]
SERVER_TIME = BITS["server-time"]
ACCOUNT_TAG = BITS["account-tag"]
BATCH = BITS["batch"]
LABELED_RESPONSE = BITS["labeled-response"]
ECHO_MESSAGE = BITS["echo-message"]
MULTI_PREFIX = BITS["multi-prefix"]
USERHOST_IN_NAMES = BITS["userhost-in-names"]
EXTENDED_JOIN = BITS["extended-join"]
AWAY_NOTIFY = BITS["away-notify"]
ACCOUNT_NOTIFY = BITS["account-notify"]
CHGHOST = BITS["chghost"]
SETNAME = BITS["setname"]
INVITE_NOTIFY = BITS["invite-notify"]
CAP_NOTIFY = BITS["cap-notify"]
STANDARD_REPLIES = BITS["standard-replies"]

TAG_NEEDS = {
    "time": SERVER_TIME,
    "account": ACCOUNT_TAG,
    "batch": BATCH,
    "label": LABELED_RESPONSE,
}
"""The capability that lets a tag through; every other tag needs message-tags."""


def names_of(caps: int) -> list[str]:
    """The names of the bits that are set, in the order of the table."""
    return [name for name, bit in BITS.items() if caps & bit]
