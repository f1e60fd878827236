"""Handlers of a transcript that note every call."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.text.file_links import FileLink
from chatapp.gui.transcript.file_deeds import deeds_of
from chatapp.gui.transcript.message_handlers import Ability, MessageHandlers

ALL: frozenset[Ability] = frozenset({"reply", "react", "edit", "delete", "mark_unread"})


def noting_handlers(
    calls: list[tuple[object, ...]],
    abilities: Callable[[Entry], frozenset[Ability]] = lambda entry: ALL,
    file_card: Callable[[FileLink], FileCard | None] = lambda link: None,
    check_file: Callable[[FileCard], object] = lambda card: None,
) -> MessageHandlers:
    """Return handlers that note their name and arguments: the text of an entry, no coordinates.

    Args:
        file_card: Returns what is known of a file.
        check_file: Called with a file whose time is over.
    """

    def note(name: str) -> Callable[..., None]:
        def handler(*arguments: object) -> None:
            shown = (each.text if isinstance(each, Entry) else each for each in arguments)
            calls.append((name, *(each for each in shown if not isinstance(each, int))))

        return handler

    return MessageHandlers(
        abilities=abilities,
        file_card=file_card,
        check_file=check_file,
        file_deeds=lambda entry, card: deeds_of(card, may_delete=True),
        **{
            name: note(name.removeprefix("on_")) for name in MessageHandlers._fields if name.startswith("on_")
        },
    )
