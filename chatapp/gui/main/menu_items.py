"""The context menu items of people and conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.network import Network
from chatapp.gui.widgets.context_menus import MenuItem
from chatapp.protocol import modes


def person_items(
    network: Network,
    conversation: Conversation | None,
    nick: str,
    run: Callable[[str], object],
    mention: Callable[[str], object],
) -> Iterator[MenuItem]:
    """Yield the menu items of a person seen in a conversation.

    Args:
        run: Executes a slash command.
        mention: Called with the nick to mention.
    """
    if network.is_me(nick):
        yield MenuItem("Who is this?", lambda: run(f"/whois {nick}"))
        return
    ignored = is_ignored(network, nick)
    yield MenuItem("Message", lambda: run(f"/msg {nick}"))
    yield MenuItem("Mention", lambda: mention(nick))
    yield MenuItem("Who is this?", lambda: run(f"/whois {nick}"))
    yield MenuItem()
    yield MenuItem("Stop ignoring" if ignored else "Ignore", lambda: run(f"/ignore {nick}"))
    member = conversation.members.get(network.fold(nick)) if conversation else None
    if conversation and member and network.may(conversation, modes.KICK_LEVEL):
        yield MenuItem()
        if network.may(conversation, modes.RANKS["o"].giver):
            verb = "deop" if network.prefixes().get("o", "@") in member.ranks else "op"
            yield MenuItem(
                "Remove as operator" if verb == "deop" else "Make operator", lambda: run(f"/{verb} {nick}")
            )
        yield MenuItem(f"Kick from {conversation.title}", lambda: run(f"/kick {nick}"))
        yield MenuItem(f"Ban from {conversation.title}", lambda: run(f"/ban {nick}"))


def conversation_items(
    network: Network,
    conversation: Conversation,
    run: Callable[[str], object],
    mark_read: Callable[[], object],
    mute: Callable[[], object],
    copy_link: Callable[[], object],
) -> Iterator[MenuItem]:
    """Yield the menu items of a conversation in the sidebar.

    Args:
        run: Executes a slash command.
        mute: Mutes the conversation, or stops muting it.
    """
    if conversation.unread or conversation.mentions:
        yield MenuItem("Mark as read", mark_read)
    if conversation.kind != "server":
        yield MenuItem("Unmute" if conversation.muted else "Mute", mute)
    if conversation.kind == "direct":
        yield MenuItem("Who is this?", lambda: run(f"/whois {conversation.name}"))
    if conversation.kind == "channel" and network.state == "online" and not conversation.joined:
        yield MenuItem("Join again", lambda: run(f"/join {conversation.name}"))
    if conversation.kind == "channel" and conversation.joined:
        if network.state == "online":
            yield MenuItem("Copy invite link", copy_link)
        yield MenuItem("Leave", lambda: run("/part"))
    else:
        yield MenuItem("Close", lambda: run("/part"))
