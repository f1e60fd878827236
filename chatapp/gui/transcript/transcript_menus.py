"""Which items the menus of the transcript have: those of a message, and those at a place in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.gui.transcript import message_menu
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.message_actions import ActionName
from chatapp.gui.transcript.message_handlers import MessageHandlers
from chatapp.gui.transcript.selection import Selection, set_clipboard
from chatapp.gui.widgets.icon_menu import MenuItem


class TranscriptMenus:
    """Collects the items of a menu when it is about to open.

    Args:
        actions: Returns what can be done to a message.
        perform: Does something to a message.
        area_items: Returns the items of the menu of the area below the messages.
    """

    def __init__(
        self,
        view: BlockView,
        handlers: MessageHandlers,
        selection: Selection,
        actions: Callable[[Entry], list[ActionName]],
        perform: Callable[[ActionName, Entry], object],
        area_items: Callable[[], Iterable[MenuItem]],
    ) -> None:
        self._view = view
        self._handlers = handlers
        self._selection = selection
        self._actions = actions
        self._perform = perform
        self._area_items = area_items

    def items_at(self, entry: Entry | None, text_index: str) -> Iterator[MenuItem]:
        """Yield the items at an index of the Text: of the selection, or of the link and the message there.

        Args:
            entry: The entry there, None for the empty area.
        """
        if self._selection.contains(text_index):
            text = self._selection.text()
            copy, quote = partial(self._copy, text), partial(self._handlers.on_quote_text, text)
            yield from message_menu.selection_items(copy, quote)
            return
        found = self._view.target_of(text_index)
        if found is not None and found[1].kind == "link":
            link = found[1].value
            follow = partial(self._handlers.on_link, link)
            yield from message_menu.link_items(link, follow, partial(self._handlers.on_copy_link, link))
            yield MenuItem()
        card = self._view.card_of(found[1]) if found is not None else None
        if entry is not None and card is not None:
            yield from self.file_items(entry, card)
            yield MenuItem()
        yield from self._area_items() if entry is None else self.items_of(entry)

    def file_items(self, entry: Entry, card: FileCard) -> Iterator[MenuItem]:
        """Yield the items of a file that a message links to."""
        deeds = self._handlers.file_deeds(entry, card)
        yield from message_menu.file_items(deeds, partial(self._handlers.on_file, card))

    def items_of(self, entry: Entry) -> Iterator[MenuItem]:
        """Yield the items of a message."""
        yield from message_menu.message_items(self._actions(entry), lambda name: self._perform(name, entry))

    def _copy(self, text: str) -> None:
        set_clipboard(self._view, text)
