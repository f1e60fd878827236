"""Slash commands about messages that exist: reply, react, edit, delete. In the window these are buttons."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.client import Client
from chatapp.client.model import abilities
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.outgoing.slash_commands import NOT_OFFERED
from chatapp.client.session.message_changes import UNDO_SECONDS
from chatapp.client.text.file_links import with_files
from chatapp.languages.translation import N_, _

NOTHING_SAID = N_("There is no message by {name} here.")
NOTHING_TO_CHANGE = N_("You have no message here that can be changed.")
NOTHING_TO_DELETE = N_("You have no message here that can be deleted.")
DELETED = N_("Your message is deleted. /undo shows it again, within {seconds:.0f} seconds.")
TOO_LATE = N_("There is nothing to undo.")


def reply(client: Client, arguments: str) -> str | None:
    """Reply to the last message of a person: `NAME TEXT`."""
    found = _answered(client, arguments, abilities.may_reply, "/reply NAME TEXT")
    if isinstance(found, str):
        return found
    conversation, entry, text = found
    return client.run(conversation, f"/{text}" if text.startswith("/") else text, entry)


def react(client: Client, arguments: str) -> str | None:
    """Add a reaction to the last message of a person, or remove it: `NAME REACTION`."""
    found = _answered(client, arguments, abilities.may_react, "/react NAME REACTION")
    if isinstance(found, str):
        return found
    client.react(*found)
    return None


def edit(client: Client, arguments: str) -> str | None:
    """Change the text of the last own message; its files stay."""
    if abilities.EDIT not in client.network.capabilities:
        return _(NOT_OFFERED)
    found = _last_own(client, abilities.may_edit)
    if found is None:
        return _(NOTHING_TO_CHANGE)
    files = (each.url for each in client.files.links(client.network, found[1].text))
    return client.edit(*found, with_files(arguments, (url for url in files if url not in arguments)))


def delete(client: Client, arguments: str) -> str | None:
    """Delete the last own message."""
    if abilities.REDACTION not in client.network.capabilities:
        return _(NOT_OFFERED)
    found = _last_own(client, abilities.may_delete)
    if found is None:
        return _(NOTHING_TO_DELETE)
    client.delete(*found, arguments)
    client.note(found[0], _(DELETED).format(seconds=UNDO_SECONDS))
    return None


def undo(client: Client, arguments: str) -> str | None:
    """Show the message again that was deleted last."""
    conversation = client.network.current
    entries = reversed(conversation.entries) if conversation else ()
    entry = next((each for each in entries if each.can_undo_deletion), None)
    if conversation is None or entry is None or not client.undo_delete(conversation, entry):
        return _(TOO_LATE)
    return None


def missing(network: Network) -> set[str]:
    """Return the names of the commands that the server does not offer."""
    names = set() if abilities.is_tag_relayed(network, abilities.REPLY_TAG) else {"reply", "react"}
    names |= set() if abilities.EDIT in network.capabilities else {"edit"}
    return names if abilities.REDACTION in network.capabilities else names | {"delete", "undo"}


def _answered(
    client: Client, arguments: str, may: Callable[[Network, Conversation], bool], usage: str
) -> tuple[Conversation, Entry, str] | str:
    """Return the message that a command answers and the text after the name, or why it is refused."""
    conversation = client.network.current
    if conversation is None or not may(client.network, conversation):
        return _(NOT_OFFERED)
    name, space, text = arguments.partition(" ")
    name, text = name.removesuffix(":").removeprefix("@"), text.strip()
    if not (space and name and text):
        return _("Usage: {usage}").format(usage=usage)
    entry = _last_of(client, conversation, name)
    return _(NOTHING_SAID).format(name=name) if entry is None else (conversation, entry, text)


def _last_of(client: Client, conversation: Conversation, name: str) -> Entry | None:
    """Return the last message of a person that the server knows."""
    network = client.network
    wanted = network.fold(name)
    said = (
        each
        for each in reversed(conversation.entries)
        if each.is_confirmed_message and each.msgid and not each.deleted_by
    )
    return next((each for each in said if network.fold(each.nick) == wanted), None)


def _last_own(
    client: Client, may: Callable[[Network, Conversation, Entry], bool]
) -> tuple[Conversation, Entry] | None:
    """Return the last own message with which this is possible, and its conversation."""
    network, conversation = client.network, client.network.current
    if conversation is None:
        return None
    own = (each for each in reversed(conversation.entries) if each.own)
    return next(((conversation, each) for each in own if may(network, conversation, each)), None)
