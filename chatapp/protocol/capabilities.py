"""IRCv3 capabilities: their names, their bits, and the capability that each tag needs.

The capabilities of a session are one int of these bits. Testing and grouping by an int is fast enough to do
for each line.

Source: IRCv3 capability-negotiation, and the specification of each name.
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
    "setname",
    "invite-notify",
    "cap-notify",
    "standard-replies",
    "sasl",
    "extended-monitor",
    "no-implicit-names",
    "draft/no-implicit-names",
    "draft/channel-rename",
    "draft/extended-isupport",
    "draft/metadata-2",
    "draft/metadata-3",
    "draft/pre-away",
    "draft/chathistory",
    "draft/event-playback",
    "draft/read-marker",
    "draft/message-redaction",
    "draft/multiline",
    "soju.im/search",
    "draft/account-registration",
    "draft/message-edit",
    "chatapp/guest-key",
    "chatapp/file-notify",
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
SETNAME = BITS["setname"]
INVITE_NOTIFY = BITS["invite-notify"]
CAP_NOTIFY = BITS["cap-notify"]
STANDARD_REPLIES = BITS["standard-replies"]
EXTENDED_MONITOR = BITS["extended-monitor"]
NO_IMPLICIT_NAMES = BITS["no-implicit-names"] | BITS["draft/no-implicit-names"]
CHANNEL_RENAME = BITS["draft/channel-rename"]
EXTENDED_ISUPPORT = BITS["draft/extended-isupport"]
METADATA_2 = BITS["draft/metadata-2"]
METADATA_3 = BITS["draft/metadata-3"]
METADATA = METADATA_2 | METADATA_3
PRE_AWAY = BITS["draft/pre-away"]
EVENT_PLAYBACK = BITS["draft/event-playback"]
READ_MARKER = BITS["draft/read-marker"]
MESSAGE_REDACTION = BITS["draft/message-redaction"]
MULTILINE = BITS["draft/multiline"]
MESSAGE_EDIT = BITS["draft/message-edit"]

FILE_NOTIFY = BITS["chatapp/file-notify"]

GUEST_KEY = "chatapp/guest-key"
"""With it, `GUEST <key>` tells a server which guest comes back. It is specified in `server/README.md`."""

TAG_NEEDS = {
    "time": SERVER_TIME,
    "account": ACCOUNT_TAG,
    "batch": BATCH,
    "label": LABELED_RESPONSE,
    "draft/multiline-concat": MULTILINE,
    "draft/target-msgid": MESSAGE_EDIT,
    "draft/edit-text": MESSAGE_EDIT,
    "chatapp/edited": MESSAGE_EDIT,
}
"""The capability that a tag needs; every other tag needs message-tags."""


def names_of(caps: int) -> list[str]:
    """Return the names of the bits that are set, in the order of the table."""
    return [name for name, bit in BITS.items() if caps & bit]
