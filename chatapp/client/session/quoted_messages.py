"""Fetches messages that others reply to and that are not here, one request for each.

They are shown as quotes only (`Conversation.parents`): inserted among the entries, they would stand beside
messages that they did not precede. Without labels a page could not be recognized, so nothing is requested.

Source: IRCv3 chathistory (AROUND), reply
"""

from __future__ import annotations

from itertools import count

from chatapp.client.incoming.events import ErrorReply, HistoryPage
from chatapp.client.model import history, message_edits, redaction
from chatapp.client.model.changes import Change, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import was_ignored
from chatapp.client.model.incoming_messages import message_entry
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message

LABEL = "quote-of-"
MAX_PARENTS = 300  # kept in a conversation
MAX_REQUESTS = 50  # waiting for an answer at once
PAGE = 3  # the message itself; some servers send no message in the middle of fewer
DELETED = N_("a deleted message")
UNKNOWN = N_("an earlier message")


class QuotedMessages:
    """The requests of one network that were not answered yet."""

    def __init__(self) -> None:
        self._labels = count(1)
        self._asked: dict[str, tuple[Conversation, str]] = {}  # by label

    def fetch(
        self, network: Network, conversation: Conversation, entry: Entry
    ) -> tuple[list[Change], list[Message]]:
        """Request the message that an entry replies to, unless it is here or was requested before."""
        msgid = entry.reply_to
        if not msgid or conversation.quoted(entry) or (conversation, msgid) in self._asked.values():
            return [], []
        if msgid in conversation.deletions:
            return self._unavailable(network, conversation, msgid, _(DELETED)), []
        has_msgids = "msgid" in network.isupport.get("MSGREFTYPES", "msgid").split(",")
        if network.state != "online":
            return [], []
        if not (history.is_available(network) and has_msgids and "labeled-response" in network.capabilities):
            return self._unavailable(network, conversation, msgid, _(UNKNOWN)), []
        if len(self._asked) >= MAX_REQUESTS or (conversation.kind == "channel" and not conversation.joined):
            return [], []
        label = f"{LABEL}{next(self._labels)}"
        self._asked[label] = (conversation, msgid)
        params = ["AROUND", conversation.name, f"msgid={msgid}", str(PAGE)]
        return [], [Message("CHATHISTORY", params, tags={"label": label})]

    def received(self, network: Network, page: HistoryPage, now: float) -> list[Change] | None:
        """Apply a page that was requested here; return None for any other page."""
        asked = self._asked.pop(page.label, None)
        if asked is None:
            return None
        conversation, msgid = asked
        found = next((each for each in page.messages if each.msgid == msgid), None)
        if found is None:
            return self._unavailable(network, conversation, msgid, _(DELETED))
        if was_ignored(network, found.nick, found.account):
            return self._unavailable(network, conversation, msgid, _(UNKNOWN))
        entry = message_entry(network, found, network.time(now))
        changes = _keep(conversation, msgid, entry)
        for edit in page.edits:
            changes += message_edits.apply_edit(network, conversation, edit, network.time(now))
        for event in page.redactions:
            changes += redaction.apply_deletion(conversation, event)
        return changes

    def refused(self, network: Network, event: ErrorReply) -> list[Change] | None:
        """Apply that a requested message is not available; return None if the error is about another one."""
        asked = self._asked.pop(event.label, None) if event.label else None
        return None if asked is None else self._unavailable(network, *asked, _(DELETED))

    def reset(self) -> None:
        """Forget the requests, because the connection is lost; they are made again when needed."""
        self._asked.clear()

    def _unavailable(
        self, network: Network, conversation: Conversation, msgid: str, text: str
    ) -> list[Change]:
        return _keep(conversation, msgid, network.entry("system", 0.0, text=text))


def _keep(conversation: Conversation, msgid: str, entry: Entry) -> list[Change]:
    conversation.parents[msgid] = entry
    if len(conversation.parents) > MAX_PARENTS:
        del conversation.parents[next(iter(conversation.parents))]
    return [Updated(conversation, each) for each in conversation.replies_to(msgid)]
