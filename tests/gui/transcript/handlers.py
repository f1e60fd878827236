"""Handlers of a transcript that note every call."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.model import Entry
from chatapp.gui.transcript.message_handlers import Ability, MessageHandlers

ALL: frozenset[Ability] = frozenset({"reply", "react", "edit", "delete", "mark_unread"})


def noting_handlers(
    calls: list[tuple[object, ...]], abilities: Callable[[Entry], frozenset[Ability]] = lambda entry: ALL
) -> MessageHandlers:
    """Return handlers that note their name and arguments: the text of an entry, no coordinates."""

    def note(name: str) -> Callable[..., None]:
        def handler(*arguments: object) -> None:
            shown = (each.text if isinstance(each, Entry) else each for each in arguments)
            calls.append((name, *(each for each in shown if not isinstance(each, int))))

        return handler

    names = [name for name in MessageHandlers._fields if name != "abilities"]
    return MessageHandlers(abilities=abilities, **{name: note(name.removeprefix("on_")) for name in names})
