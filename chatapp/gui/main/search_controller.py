"""Connects the search pane with the client: what is typed becomes a search, and its hits are shown.

What is typed is searched after a pause. Typed filters become chips when a space or Enter ends them.
"""

from __future__ import annotations

import re
import time
import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, ContextFound, FileCardChanged, SearchFinished
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard
from chatapp.client.model.joint_result import JointResult
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit, SearchQuery, server_can_search
from chatapp.client.model.search_filters import parse
from chatapp.client.text.file_links import FileLink
from chatapp.client.text.occurrences import any_of
from chatapp.gui.main import search_pickers
from chatapp.gui.main.search_chips import Filter, filter_chips, filter_texts
from chatapp.gui.main.search_empty import SearchEmptiness
from chatapp.gui.main.search_hit_files import FileDoors
from chatapp.gui.main.search_hit_list import HitPlace
from chatapp.gui.main.search_pane import SearchHandlers, SearchPane
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.popup_picker import PopupPicker
from chatapp.languages.lists import joined
from chatapp.languages.translation import N_, _, ngettext

MOST_COUNTED = 100  # messages with a better spelling: the server counts no further
PAUSE_MILLISECONDS = 350  # after the last key
HOW_TO_SEARCH = N_("in:general, from:ben, after:monday and has:link narrow it down.")
ONLY_LOADED = N_("Only the messages that are loaded here were searched.")
ONLY_LOADED_ON = N_("On {servers}, only the messages that are loaded here were searched.")
CANNOT_SEARCH = N_("This server cannot search. Only the messages that are loaded here were searched.")
NOT_CONNECTED = N_("You are not connected. Only the messages that are loaded here were searched.")
NEWEST_SEARCHED = N_("Only the newest messages were searched so far.")
NO_CONVERSATION = N_("You have left this conversation.")


class SearchState(NamedTuple):
    """A search: its filters, what was searched, the result, the text of the field, the place in the hits."""

    filters: SearchQuery
    searched: SearchQuery
    result: JointResult | None
    text: str
    place: HitPlace
    has_keyboard: bool


class SearchController:
    """The search over everything.

    Args:
        clock24: Returns whether times have 24 hours.
        shows_pictures: Returns whether small pictures stand in place of the tiles of pictures.
        on_close: Called when the pane must be hidden.
        on_open: Called with a conversation, the message to show there, and the pattern of its words.
        on_scroll: Called to scroll the messages by so many pages.
        on_problem: Called with why a hit cannot be shown.
        servers: Returns the name of each server.
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        *,
        clock24: Callable[[], bool],
        shows_pictures: Callable[[], bool],
        on_close: Callable[[], object],
        on_open: Callable[[Conversation, Entry, re.Pattern[str] | None], object],
        on_scroll: Callable[[int], object],
        on_problem: Callable[[str], object],
        servers: Callable[[], Mapping[Network, str]] = dict,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._theme = theme
        self._client = client
        self._clock24 = clock24
        self._on_open = on_open
        self._on_problem = on_problem
        self._now = now
        self._servers = servers
        self._filters = SearchQuery()  # without words
        self._searched = SearchQuery()  # as typed; the result has its full names
        self._result: JointResult | None = None
        self._timer = ""
        handlers = SearchHandlers(
            on_text=self._on_text,
            on_enter=self._on_enter,
            on_pick=self._pick,
            on_remove=self._remove,
            on_open=self._open_hit,
            on_more=self._load_more,
            on_visible=self._load_context,
            on_suggestion=self._search_instead,
            on_without_filters=self._without_filters,
            on_scroll=on_scroll,
            on_close=on_close,
        )
        files = FileDoors(known=self._known_file, want=self._want_file)
        self.pane = SearchPane(master, theme, handlers, files, now)
        self._shows_pictures = shows_pictures
        self.pane.bind("<Destroy>", lambda event: self._stop_timer(), add=True)

    def open(self, text: str = "") -> None:
        """Give the field the keyboard; everything is as it was when the pane was closed.

        Args:
            text: Words to search for instead of those of before; empty for no change.
        """
        if text and text != self.pane.field.get():
            self.pane.field.set(text)
            self._search()
        elif self._is_stale():
            self._search()
        self._show_filters()
        if self._result is None:
            self._show_result(keep=False)
        self.pane.focus_field()

    @property
    def state(self) -> SearchState:
        """What is searched, and where the user is in the hits."""
        has_keyboard = str(self.pane.tk.call("focus")).startswith(f"{self.pane}.")
        text, place = self.pane.field.get(), self.pane.hits.position
        return SearchState(self._filters, self._searched, self._result, text, place, has_keyboard)

    def restore(self, state: SearchState) -> None:
        """Show a search of before again, in the language that is chosen now."""
        self._filters, self._searched, self._result = state[:3]
        self._set_text(state.text)
        self._stop_timer()
        self._show_filters()
        self._show_result(keep=False)
        if self._result is not None:
            self.pane.update_idletasks()  # the lines depend on the width
            self.pane.hits.show_position(state.place)
        if state.has_keyboard:
            self.pane.focus_field()

    def follow(self, change: Change) -> None:
        """Follow a change of the model."""
        match change:
            case SearchFinished(_, result) if self._result is not None and self._result.holds(result):
                self._show_result(keep=True)
            case ContextFound(result, hit) if self._result is not None and self._result.holds(result):
                self.pane.hits.update_hit(hit)
            case FileCardChanged(card=card):
                self.pane.hits.update_file(card.id)

    def repaint(self) -> None:
        """Show the hits again, after a setting has changed."""
        if self._result is not None:
            self._show_result(keep=True)

    # typing

    def _on_text(self, text: str) -> None:
        """Turn typed filters that are complete into chips, and search a moment later."""
        typed = parse(text, self._today(), self._filters, is_complete=False)
        filters = replace(typed.query, text="")
        self._stop_timer()
        self._timer = self.pane.after(PAUSE_MILLISECONDS, self._search_typed)
        if filters != self._filters:
            self._filters = filters
            self._show_filters()
            self.pane.field.set(typed.rest)

    def _on_enter(self) -> None:
        """Search what was typed; if that has happened, show the chosen hit."""
        if self._timer or self._result is None or (self._is_stale() and not self._result.hits()):
            self._search()
        else:
            self.pane.hits.open_chosen()

    def _search_typed(self) -> None:
        self._timer = ""
        typed = parse(self.pane.field.get(), self._today(), self._filters, is_complete=False)
        self._start(typed.query)

    def _search(self) -> None:
        """Search at once, also for a filter that stands at the end of the text."""
        typed = parse(self.pane.field.get(), self._today(), self._filters)
        self._filters = replace(typed.query, text="")
        self._set_text(typed.rest.strip())
        self._stop_timer()
        self._show_filters()
        if typed.problem:
            self._result = None
            self.pane.show_count("")
            self.pane.show_note("")
            self.pane.show_empty(SearchEmptiness(typed.problem))
        else:
            self._start(typed.query)

    def _start(self, query: SearchQuery) -> None:
        if query.is_empty:
            self._result = None
            self._show_result(keep=False)
        elif self._result is None or self._searched != query or self._is_stale():
            self._searched = query
            self._result = self._client.search_everywhere(query)
            self._show_result(keep=False)

    def _search_instead(self, words: str) -> None:
        """Search for other words with the same filters."""
        self._set_text(words)
        self._search()
        self.pane.focus_field()

    def _is_stale(self) -> bool:
        """Return whether the server did not search although it can now."""
        return self._result is not None and self._result.is_stale()

    def _set_text(self, text: str) -> None:
        if text != self.pane.field.get():
            self.pane.field.set(text)

    # filters

    def _pick(self, name: Filter) -> None:
        """Let the user choose the value of a filter."""
        network = self._client.network
        if name in ("file", "link"):
            self._set_filters(replace(self._filters, has=self._filters.has ^ frozenset((name,))))
        elif name == "conversation":
            self._open_picker(
                name, _("Channel or person"), lambda text: search_pickers.conversation_rows(network, text),
                lambda key: replace(self._filters, conversation=key),
            )  # fmt: skip
        elif name == "nick":
            self._open_picker(
                name, _("Name of a person"), lambda text: search_pickers.people_rows(network, text),
                lambda key: replace(self._filters, nick=key),
            )  # fmt: skip
        elif name == "after":
            self._open_picker(
                name, search_pickers.HINT_DAY, lambda text: search_pickers.day_rows(self._today(), text),
                lambda key: replace(self._filters, after=date.fromisoformat(key)),
            )  # fmt: skip
        else:
            self._open_picker(
                name, search_pickers.HINT_DAY, lambda text: search_pickers.day_rows(self._today(), text),
                lambda key: replace(self._filters, before=date.fromisoformat(key)),
            )  # fmt: skip

    def _open_picker(
        self,
        name: Filter,
        hint: str,
        find: Callable[[str], Sequence[ListRow]],
        filters: Callable[[str], SearchQuery],
    ) -> None:
        """Open the list of values beside the chip of a filter."""
        chip = self.pane.chips.chips[name]
        PopupPicker(chip, self._theme, hint, find, on_choose=lambda key: self._set_filters(filters(key)))

    def _remove(self, name: Filter) -> None:
        empty = SearchQuery()
        match name:
            case "file" | "link":
                self._set_filters(replace(self._filters, has=self._filters.has - frozenset((name,))))
            case "conversation":
                self._set_filters(replace(self._filters, conversation=empty.conversation))
            case "nick":
                self._set_filters(replace(self._filters, nick=empty.nick))
            case "after":
                self._set_filters(replace(self._filters, after=None))
            case "before":
                self._set_filters(replace(self._filters, before=None))

    def _without_filters(self) -> None:
        self._set_filters(SearchQuery())

    def _set_filters(self, filters: SearchQuery) -> None:
        self._filters = filters
        self._search()
        self.pane.focus_field()

    def _show_filters(self) -> None:
        self.pane.show_filters(filter_chips(self._client.network, self._filters, self._today()))

    # hits

    def _show_result(self, keep: bool) -> None:
        """Show the hits, their number, and what the user must know about them.

        Args:
            keep: Whether these are the hits of before and more.
        """
        result = self._result
        if result is None:
            self.pane.show_count("")
            self.pane.show_note("")
            self.pane.show_empty(SearchEmptiness(_("Find what was said"), _(HOW_TO_SEARCH)))
            return
        hits = result.hits()
        self.pane.show_count(_count_text(result, len(hits)))
        self.pane.show_note(self._note(result))
        if hits:
            words = any_of(result.query.text.split())
            self.pane.hits.files.pictures.shows_pictures = self._shows_pictures()
            servers = self._servers() if len(self._client.networks) > 1 else {}
            self.pane.show_hits(hits, words, not self._clock24(), keep, result.has_more, servers)
        elif result.state == "searching":
            self.pane.show_empty(SearchEmptiness(_("Searching…")))
        else:
            self.pane.show_empty(self._emptiness(result))

    def _note(self, result: JointResult) -> str:
        if result.state == "searching":
            return ""
        only_loaded = result.only_loaded()
        if len(result.parts) > 1 and only_loaded:
            names = self._servers()
            where = joined([names.get(each, each.name) for each in only_loaded])
            return _(ONLY_LOADED_ON).format(servers=where)
        if result.problem:
            return f"{result.problem} {_(ONLY_LOADED)}" if only_loaded and result.hits() else result.problem
        if not only_loaded:
            return ""
        [network] = only_loaded
        if server_can_search(network):
            return _(ONLY_LOADED)
        return _(CANNOT_SEARCH if network.state == "online" else NOT_CONNECTED)

    def _emptiness(self, result: JointResult) -> SearchEmptiness:
        query = result.query
        filters = filter_texts(self._client.network, query, self._today())
        title = _("Nothing with “{text}”").format(text=query.text) if query.text else _("Nothing found")
        better = result.better_text
        sentences = [_suggestion(better, result.better_count)] if better else []
        if filters:
            text = ngettext("The filter {filters} is on.", "The filters {filters} are on.", len(filters))
            named = joined([_("“{text}”").format(text=each) for each in filters])
            sentences.append(text.format(filters=named))
        if result.has_more:
            sentences.insert(0, _(NEWEST_SEARCHED))
        return SearchEmptiness(title, " ".join(sentences), better, bool(filters), result.has_more)

    def _open_hit(self, hit: SearchHit) -> None:
        """Show a hit in its place."""
        network, client = hit.network, self._client
        is_here = network in client.networks
        conversation: Conversation | None = network.find(hit.conversation) if is_here else None
        if conversation is None and is_here and not network.is_channel(hit.conversation):
            client.use_network(network)
            conversation = client.open_direct(hit.conversation)
        if conversation is None:
            self._on_problem(_(NO_CONVERSATION))
            return
        words = any_of(self._result.query.text.split()) if self._result else None
        self._on_open(conversation, hit.entry, words)

    def _load_more(self) -> None:
        if self._result is not None and self._result.has_more and self._result.state == "done":
            self._client.search_more_everywhere(self._result)
            self.pane.show_count(_("Searching…"))

    def _load_context(self, hits: Sequence[SearchHit]) -> None:
        if self._result is not None:
            self._client.load_context(self._result, hits)

    def _known_file(self, network: Network, link: FileLink) -> FileCard | None:
        is_here = network in self._client.networks
        return self._client.files.known_card(network, link) if is_here else None

    def _want_file(self, network: Network, link: FileLink) -> None:
        if network in self._client.networks:
            self._client.files.card(network, link)

    def _today(self) -> date:
        return date.fromtimestamp(self._now())

    def _stop_timer(self) -> None:
        if self._timer:
            self.pane.after_cancel(self._timer)
            self._timer = ""


def _suggestion(text: str, count: int) -> str:
    """Return the question about a better spelling, with how many messages have it if that is known."""
    if not count:
        return _("Did you mean “{text}”?").format(text=text)
    number = f"{count}{'+' if count >= MOST_COUNTED else ''}"
    return _("Did you mean “{text}” ({count})?").format(text=text, count=number)


def _count_text(result: JointResult, number: int) -> str:
    if result.state == "searching" and not number:
        return _("Searching…")
    if result.has_more or result.state == "searching":
        return ngettext("{count}+ messages", "{count}+ messages", number).format(count=number)
    return ngettext("{count} message", "{count} messages", number).format(count=number)
