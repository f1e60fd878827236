"""The page of a channel's settings that lists the files of the channel, newest first."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.model.changes import Added, Change, FileCardChanged, Reset, SearchFinished, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import file_prefix
from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchQuery, SearchResult, server_ability
from chatapp.client.model.search_hits import visible_hits
from chatapp.client.text.file_links import FileLink
from chatapp.gui.main.message_files import MessageFiles
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript import file_texts, message_menu
from chatapp.gui.transcript.small_file_pictures import SmallFilePictures
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.list_row import Hint, ListRow, Row, RowSource
from chatapp.gui.widgets.row_list import RowList
from chatapp.languages.dates import moment
from chatapp.languages.numbers import format_size
from chatapp.languages.translation import N_, _

ROW, TILE = 48, 36  # heights, in pixels at 96 dpi
NO_FILES = N_("Nobody has sent a file here yet.")
LOADING = N_("Looking for files…")
LOADING_OLDER = N_("Looking for older files…")
GO_THERE = N_("Show the message")


class SharedFile(NamedTuple):
    """A file of a channel, and the newest message that links to it."""

    link: FileLink
    entry: Entry


class FilePage(ttk.Frame):
    """The list. It is filled when it is first shown.

    Args:
        shows_pictures: Whether small pictures stand in place of the tiles of pictures.
        on_place: Called with a message to show it in the conversation.
        on_picture: Called with a picture to show it as a whole, and with what saves and opens it.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        conversation: Conversation,
        *,
        shows_pictures: bool,
        twelve_hours: bool,
        on_place: Callable[[Entry], object],
        on_picture: Callable[[FileCard, MessageFiles], object],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._client = client
        self._conversation = conversation
        self._network = client.network_of(conversation)
        self._twelve_hours = twelve_hours
        self._on_place = on_place
        self._result: SearchResult | None = None
        self._files: dict[str, SharedFile] = {}
        self._pictures = SmallFilePictures(self, theme, TILE, lambda ids: self._list())
        self._pictures.shows_pictures = shows_pictures
        self.problem = ttk.Label(self, style="Danger.TLabel", wraplength=theme.px(430), justify="left")
        self.list = RowList(
            self, theme, "pane", self._choose, self._open_menu, on_end=self._load_more, row=ROW, inset=4
        )
        self.list.pack(side="bottom", fill="both", expand=True)
        self._deeds = MessageFiles(
            self,
            theme,
            client,
            lambda: conversation,
            show_problem=self._show_problem,
            on_picture=lambda conversation, card: on_picture(card, self._deeds),
        )

    @property
    def files(self) -> list[SharedFile]:
        """The files, newest first."""
        return sorted(self._files.values(), key=lambda each: each.entry.time, reverse=True)

    def load(self) -> None:
        """Look for the files of the channel, unless that was done."""
        if self._result is None or self._result.state == "failed":
            query = SearchQuery(conversation=self._conversation.name, has=frozenset({"file"}))
            self._result = self._client.search(query)
            self._add_found()

    def apply(self, change: Change) -> None:
        """Follow the search, new messages, and what is known of the files."""
        match change:
            case SearchFinished(result=result) if result is self._result:
                self._add_found()
            case FileCardChanged(card=card) if card.id in self._files:
                self._list()
            case Added(conversation, entries) if conversation is self._conversation:
                self._follow(entries)
            case Updated(conversation, entry) if conversation is self._conversation:
                self._follow((entry,))
            case Reset(conversation) if conversation is self._conversation:
                self._follow(conversation.entries)

    def _add_found(self) -> None:
        if self._result is not None:
            self._add(hit.entry for hit in visible_hits(self._result))
            self._list()

    def _follow(self, entries: Iterable[Entry]) -> None:
        """Add the files of new messages, and remove those of deleted ones."""
        if self._result is None:
            return
        before = dict(self._files)
        for entry in entries:
            if entry.deleted_by:
                known = self._files.items()
                self._files = {key: each for key, each in known if not _is_same(each.entry, entry)}
            elif entry.is_confirmed_message:
                self._add((entry,))
        if self._files != before:
            self._list()

    def _add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            for link in self._client.files.links(self._network, entry.text):
                card = self._client.files.known_card(self._network, link)
                known = self._files.get(link.id)
                is_newer = known is None or entry.time > known.entry.time
                if is_newer and (known is not None or card is None or card.state != "gone"):
                    self._files[link.id] = SharedFile(link, entry)

    # the list

    def _list(self) -> None:
        """Show the files that are known, and below them what else there is to say."""
        result, files = self._result, self.files
        if result is None:
            return
        text = ""
        if result.state == "searching" or result.has_more:
            text = _(LOADING_OLDER) if files else _(LOADING)
        elif result.state == "failed":
            text = result.problem
        elif not files:
            text = _(NO_FILES)

        def make(index: int) -> Row:
            return self._row(files[index]) if index < len(files) else Hint(text)

        keys = [each.link.id for each in files]
        has_hint = bool(files and text)
        hints = frozenset({len(keys)}) if has_hint else frozenset()
        source = RowSource(keys + [""] * has_hint, make, tall=frozenset(range(len(files))), hints=hints)
        self.list.show(source, empty_text=text)

    def _row(self, file: SharedFile) -> ListRow:
        card = self._client.files.card(self._network, file.link)
        return ListRow(
            card.id,
            card.name,
            detail=" · ".join(self._facts(card, file.entry)),
            image=str(self._pictures.image(card)),
            role="muted" if card.state == "gone" else "text",
        )

    def _facts(self, card: FileCard, entry: Entry) -> Iterator[str]:
        """Yield who has sent a file, when, and its size; or what is being done with it."""
        network, now = self._network, self._network.time(self._network.wall)
        download = card.download
        is_busy = download is not None and (download.is_active or download.state == "failed")
        if card.state == "gone" or card.problem or is_busy:
            yield file_texts.facts(card, date.fromtimestamp(now))[0][0]
        elif download is not None and download.state == "done":
            yield _("Downloaded")
        yield _("You") if entry.own else network.display_name(entry.nick)
        yield moment(entry.time, now, self._twelve_hours)
        if card.size is not None and card.state != "gone" and not is_busy:
            yield format_size(card.size)

    def _load_more(self) -> None:
        result = self._result
        if result is not None and result.has_more and result.state == "done":
            self._client.search_more(result)

    # what the user does

    def _choose(self, key: str) -> None:
        file = self._files.get(key)
        if file is not None:
            self._on_place(file.entry)

    def _open_menu(self, key: str, x: int, y: int) -> None:
        context_menus.pop_up(self, self._theme, self.items(key), x, y, focus=self.list.canvas)

    def items(self, key: str) -> Iterator[MenuItem]:
        """Yield the items of the menu of a file."""
        file = self._files.get(key)
        if file is None:
            return
        card = self._client.files.card(self._network, file.link)
        yield MenuItem(_(GO_THERE), lambda: self._on_place(file.entry), "chat")
        yield MenuItem()
        deeds = self._deeds.deeds(file.entry, card)
        yield from message_menu.file_items(deeds, lambda deed: self._deeds.do(card, deed))

    def _show_problem(self, text: str) -> None:
        self.problem.configure(text=text)
        if text:
            self.problem.pack(side="top", anchor="w", pady=(0, self._theme.px(8)))
        else:
            self.problem.pack_forget()


def is_offered(network: Network) -> bool:
    """Return whether the files of a channel can be listed: the server keeps files and finds them."""
    return bool(file_prefix(network)) and server_ability(network, "has")


def _is_same(one: Entry, other: Entry) -> bool:
    return one is other or bool(one.msgid and one.msgid == other.msgid)
