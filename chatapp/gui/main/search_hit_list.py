"""The hits of a search in a Text: drawn as the user scrolls, chosen with the arrow keys or a click."""

from __future__ import annotations

import re
import time
import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit
from chatapp.client.text.file_links import FileLink
from chatapp.gui.main.search_hit_files import FileDoors, HitFiles
from chatapp.gui.main.search_hit_runs import TextRun, body_runs, context_text, head_runs, place_of
from chatapp.gui.main.search_hit_tags import COLUMN, MARGIN, RAISED_TAGS, tag_options
from chatapp.gui.theme import emoji
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.text_fit import shorten
from chatapp.languages.translation import N_, _

PAGE = 25  # hits that are drawn at once
AVATAR = 24  # pixels at 96 dpi
MORE = N_("Search older messages")  # the line below the last hit
REST_MILLISECONDS = 250  # without scrolling, before neighbours are requested: a request costs as a message
STEPS = {"Up": -1, "Down": 1}


class HitPlace(NamedTuple):
    """Where the user is in the hits: the indexes of the chosen one, and of the first one in sight."""

    chosen: int
    top: int


class SearchHitList(ttk.Frame):
    """The hits, newest first, under the names of their conversations and days.

    Args:
        on_open: Called with the hit that the user wants to see in its place.
        on_more: Called when the user has scrolled to the last hit.
        on_visible: Called with hits in sight whose neighbours are not known, once they rest there.
        files: What the client knows of the files in the hits.
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_open: Callable[[SearchHit], object],
        on_more: Callable[[], object],
        on_visible: Callable[[Sequence[SearchHit]], object],
        files: FileDoors,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        self._theme = theme
        self._on_open, self._on_more, self._on_visible = on_open, on_more, on_visible
        self._now = now
        self._servers: Mapping[Network, str] = {}
        self._hits: Sequence[SearchHit] = ()
        self._words: re.Pattern[str] | None = None
        self._twelve_hours = False
        self._has_more = False
        self._drawn = 0  # hits in the Text
        self._chosen = -1
        self._images: dict[tuple[Network, str], tk.PhotoImage] = {}  # by nick
        self._idle = ""  # timer
        self._resting = ""  # timer
        self._width = 0
        self.files = HitFiles(self, theme, files, self._update_pictures)
        self._with_file: dict[str, dict[int, FileLink]] = {}  # the indexes of the drawn hits with each file
        self.text = tk.Text(
            self, width=1, height=1, wrap="word", state="disabled", cursor="hand2", takefocus=True,
            borderwidth=0, highlightthickness=theme.px(2), padx=0, pady=0, insertwidth=0, undo=False,
            spacing2=theme.px(2), exportselection=False,
        )  # fmt: skip
        self._scrollbar = ttk.Scrollbar(
            self, command=self.text.yview, style="Sidebar.Vertical.TScrollbar", takefocus=False
        )
        self.text.configure(yscrollcommand=self._on_view)
        self.text.grid(row=0, column=0, sticky="nsew")
        self._scrollbar.grid(row=0, column=1, sticky="ns")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._bind_events()
        theme.watch(self.text, self._paint)

    def show(
        self,
        hits: Sequence[SearchHit],
        words: re.Pattern[str] | None,
        twelve_hours: bool,
        keep: bool = False,
        has_more: bool = False,
        servers: Mapping[Network, str] | None = None,
    ) -> None:
        """Show hits.

        Args:
            words: Matches what is marked in the messages.
            keep: Whether these are the hits of before and more of them: place and choice stay.
            has_more: Whether older messages can be searched, too: a line below the hits offers it.
            servers: The name of each network, if hits may be of several ones.
        """
        chosen = self._hits[self._chosen] if keep and 0 <= self._chosen < len(self._hits) else None
        place, drawn = self.text.index("@0,0"), self._drawn
        self._hits, self._words, self._twelve_hours = hits, words, twelve_hours
        self._has_more, self._servers = has_more, servers or {}
        self._chosen = hits.index(chosen) if chosen in hits else 0 if hits else -1
        self._draw_all(max(drawn, PAGE) if keep else PAGE)
        if keep:
            self.text.yview(place)
        else:
            self.text.yview_moveto(0)

    @property
    def position(self) -> HitPlace:
        """Where the user is in the hits."""
        return HitPlace(self._chosen, self._hit_at("@0,0") or 0)

    def show_position(self, place: HitPlace) -> None:
        """Go back to a place in the same hits."""
        last = min(max(place), len(self._hits) - 1)
        if last < 0:
            return
        if last >= self._drawn:
            self._draw_more(last + 1 - self._drawn)
        self._chosen = min(place.chosen, last)
        self._mark_chosen()
        self.text.yview(f"start{min(place.top, last)}" if place.top else "1.0")

    def update_hit(self, hit: SearchHit) -> None:
        """Draw a hit again, whose neighbours are known now."""
        index = next((at for at, each in enumerate(self._hits[: self._drawn]) if each is hit), None)
        if index is not None and (hit.before or hit.after):
            self._redraw(index)

    def update_file(self, file_id: str) -> None:
        """Draw the hits with a file again, of which more is known now."""
        for index, link in list(self._with_file.get(file_id, {}).items()):
            if self.files.has_changed(self._hits[index].network, link):
                self._redraw(index)

    def step(self, step: int) -> str:
        """Choose the hit above (-1) or below (1)."""
        if self._hits:
            self._choose(min(max(self._chosen + step, 0), len(self._hits) - 1))
        return "break"

    def open_chosen(self) -> None:
        """Show the chosen hit in its place."""
        if 0 <= self._chosen < len(self._hits):
            self._on_open(self._hits[self._chosen])

    def _bind_events(self) -> None:
        text = self.text
        text.bind("<ButtonRelease-1>", self._on_click)
        text.bind("<Button-1>", lambda event: text.focus_set())
        for event in ("<B1-Motion>", "<Double-Button-1>", "<Triple-Button-1>", "<Button-2>", "<B2-Motion>"):
            text.bind(event, lambda event: "break")
        for key, step in STEPS.items():
            text.bind(f"<{key}>", lambda event, step=step: self.step(step))  # type: ignore[misc]
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            text.bind(key, lambda event: self._open_and_stop())
        platform_events.bind_wheel(text, lambda pixels: text.yview_scroll(pixels, "pixels"))
        text.bind("<Configure>", self._on_resize)
        self.bind("<Destroy>", lambda event: self._stop_timers())

    def _open_and_stop(self) -> str:
        self.open_chosen()
        return "break"

    def _on_click(self, event: tk.Event[tk.Misc]) -> None:
        place = f"@{event.x},{event.y}"
        index = self._hit_at(place)
        if "more" in self.text.tag_names(place):
            self._on_more()
        elif index is not None:
            self._choose(index)
            self.open_chosen()

    def _hit_at(self, place: str) -> int | None:
        """Return the index of the hit at an index of the Text; None on the name of a conversation."""
        text = self.text
        if not self._drawn or not {"place", "more"}.isdisjoint(text.tag_names(place)):
            return None
        low, high = 0, self._drawn - 1
        while low < high:  # the last one that begins at this place or above it
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text.compare(f"start{middle}", "<=", place) else (low, middle - 1)
        return low

    def _choose(self, index: int) -> None:
        while index >= self._drawn:
            self._draw_more()
        self._chosen = index
        self._mark_chosen()
        self._see(index)
        if index >= len(self._hits) - 1:
            self._on_more()

    def _see(self, index: int) -> None:
        """Scroll as little as possible to a hit."""
        self.text.see(f"hit{index + 1} -1c")
        self.text.see(f"start{index}")

    def _is_chosen_visible(self) -> bool:
        """Return whether both ends of the chosen hit are in sight."""
        if not 0 <= self._chosen < self._drawn:
            return False
        ends = (f"start{self._chosen}", f"hit{self._chosen + 1} -1c")
        return all(self.text.dlineinfo(each) is not None for each in ends)

    def _mark_chosen(self) -> None:
        text = self.text
        text.tag_remove("now", "1.0", "end")
        if 0 <= self._chosen < self._drawn:
            text.tag_add("now", f"start{self._chosen}", f"hit{self._chosen + 1}")

    def _draw_all(self, count: int) -> None:
        text = self.text
        text.configure(state="normal")
        text.delete("1.0", "end")
        for mark in text.mark_names():
            if mark.startswith(("hit", "start")):
                text.mark_unset(mark)
        if self._has_more:
            text.insert("1.0", f"{_(MORE)}\n", ("more",))
        text.mark_set("hit0", "1.0")
        text.mark_gravity("hit0", "left")
        text.configure(state="disabled")
        self._drawn, self._images, self._with_file = 0, {}, {}
        self._draw_more(count)
        self._mark_chosen()

    def _draw_more(self, count: int = PAGE) -> None:
        """Draw the next hits below the others."""
        self.text.configure(state="normal")
        for index in range(self._drawn, min(self._drawn + count, len(self._hits))):
            self._drawn = index + 1
            self._insert(index)
        self.text.configure(state="disabled")

    def _redraw(self, index: int) -> None:
        """Draw a hit again in its place."""
        text = self.text
        is_above = text.compare(f"hit{index + 1}", "<=", "@0,0")
        is_chosen_visible = self._is_chosen_visible()
        has_follower = index + 1 < self._drawn and text.compare(f"start{index + 1}", "==", f"hit{index + 1}")
        text.mark_set("top", "@0,0")
        text.configure(state="normal")
        text.delete(f"hit{index}", f"hit{index + 1}")
        self._insert(index)
        if has_follower:
            text.mark_set(f"start{index + 1}", f"hit{index + 1}")
        text.configure(state="disabled")
        if is_above:
            text.yview("top")
        self._mark_chosen()
        if is_chosen_visible:
            self._see(self._chosen)

    def _insert(self, index: int) -> None:
        """Insert a hit at its mark `hit<n>`; `start<n>` is where it begins below the line with its place."""
        text, hit = self.text, self._hits[index]
        network = hit.network
        text.mark_set("pen", f"hit{index}")
        text.mark_gravity("pen", "right")
        if not self._continues(index):
            place, day = place_of(hit, date.fromtimestamp(self._now()), self._servers.get(network, ""))
            room = self._room(MARGIN * 2 + 12) - self._theme.fonts["ChatSmallBold"].measure(day)
            place = shorten(place, self._theme.fonts["ChatSmallBold"].measure, max(room, 0))
            self._put([(f"{place}\t{day}\n", ("place",))])
        self._set_mark(f"start{index}")
        if hit.before is not None:
            self._put_context(context_text(network, hit.before))
        begin = text.index("pen")
        image = self._avatar(network, hit.entry.nick)
        text.image_create("pen", image=image, padx=0, pady=self._theme.px(2))
        text.tag_add("head", "pen -1c")
        self._put([("\t", ("head",)), *head_runs(network, hit.entry, self._twelve_hours)])
        self._put_message(index)
        if self._continues(index):
            first = begin if hit.before is None else text.index(f"start{index}")
            text.tag_add("gap", first, f"{first} lineend +1c")
        if hit.after is not None:
            self._put_context(context_text(network, hit.after))
        self._set_mark(f"hit{index + 1}")

    def _continues(self, index: int) -> bool:
        """Return whether a hit stands under the same place as the one before it."""
        if not index:
            return False
        before, hit = self._hits[index - 1], self._hits[index]
        same_day = date.fromtimestamp(before.entry.time) == date.fromtimestamp(hit.entry.time)
        same_place = before.network is hit.network and before.conversation == hit.conversation
        return same_day and same_place

    def _put(self, runs: Sequence[TextRun]) -> None:
        parts = [part for run in emoji.split_emoji(runs) for part in run]
        self.text.tk.call(self.text, "insert", "pen", *parts)

    def _put_message(self, index: int) -> None:
        """Put the text of a hit, and a line for each of its files."""
        network = self._hits[index].network
        words, files = self.files.split(network, self._hits[index].entry.text)
        if words or not files:
            self._put(body_runs(words, self._words, network.mentioned_name))
        for link in files:
            self._with_file.setdefault(link.id, {})[index] = link
            image, runs = self.files.line(network, link, self._words, self._room(COLUMN + MARGIN + 4))
            self.text.image_create("pen", image=image, align="center")
            self.text.tag_add("file", "pen -1c")
            self._put(runs)

    def _update_pictures(self, file_ids: set[str]) -> None:
        for each in file_ids:
            self.update_file(each)

    def _put_context(self, content: str) -> None:
        measure = self._theme.fonts["ChatSmall"].measure
        self._put(
            [(shorten(content, measure, max(self._room(COLUMN + MARGIN + 4), 0)) + "\n", ("context", "time"))]
        )

    def _set_mark(self, name: str) -> None:
        self.text.mark_set(name, "pen")
        self.text.mark_gravity(name, "left")

    def _room(self, used: int) -> int:
        return self.text.winfo_width() - self._theme.px(used)

    def _avatar(self, network: Network, nick: str) -> tk.PhotoImage:
        if (network, nick) not in self._images:
            name = network.display_name(nick)
            self._images[network, nick] = self._theme.avatar(
                name, AVATAR, key=nick, colour=network.colour(nick), surface="sidebar"
            )
        return self._images[network, nick]

    def _on_view(self, first: float | str, last: float | str) -> None:
        self._scrollbar.set(first, last)
        if not self._idle:
            self._idle = self.after_idle(self._look)
        if self._resting:
            self.after_cancel(self._resting)
        self._resting = self.after(REST_MILLISECONDS, self._report_visible)

    def _look(self) -> None:
        """Draw more near the end."""
        self._stop_idle()
        text = self.text
        if not self._drawn:
            return
        bottom = f"@0,{text.winfo_height()}"
        if self._drawn < len(self._hits) and text.compare(bottom, ">=", f"start{max(self._drawn - 3, 0)}"):
            self._draw_more()
        elif self._drawn == len(self._hits) and text.yview()[1] >= 1.0 and text.yview()[0] > 0.0:
            self._on_more()

    def _report_visible(self) -> None:
        """Report the hits in sight whose neighbours are not known, and ask about the files in sight."""
        self._resting = ""
        if not self._drawn:
            return
        first, last = self._hit_at("@0,0") or 0, self._hit_at(f"@0,{self.text.winfo_height()}")
        visible = self._hits[first : (last if last is not None else self._drawn - 1) + 1]
        for hit in visible:
            self.files.want(hit.network, hit.entry.text)
        wanted = [hit for hit in visible if not hit.has_context]
        if wanted:
            self._on_visible(wanted)

    def _stop_timers(self) -> None:
        self._stop_idle()
        if self._resting:
            self.after_cancel(self._resting)
            self._resting = ""

    def _stop_idle(self) -> None:
        if self._idle:
            self.after_cancel(self._idle)
            self._idle = ""

    def _on_resize(self, event: tk.Event[tk.Misc]) -> None:
        """Fit the lines that are shortened to the new width."""
        if event.width != self._width:
            self._width = event.width
            self._paint()

    def _paint(self) -> None:
        c, text = self._theme.colours, self.text
        text.configure(
            background=c.sidebar, foreground=c.text, font="ChatBody", highlightbackground=c.sidebar,
            highlightcolor=c.accent, selectbackground=c.sidebar, inactiveselectbackground=c.sidebar,
        )  # fmt: skip
        for tag, options in tag_options(self._theme, text.winfo_width()).items():
            text.tag_configure(tag, **options)
        for tag in RAISED_TAGS:
            text.tag_raise(tag)
        if self._drawn:
            place, drawn = text.index("@0,0"), self._drawn
            self._draw_all(drawn)
            text.yview(place)
