"""The card that joins a channel of the list of the server, or makes one. It says what is refused."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.channel_rows import MAKE_KEY, NO_NAME, ChannelSearch, is_guest, new_channel
from chatapp.gui.dialogs.jump_dialog import EDGE, HEIGHT, INSET, PAD, ROW, STEPS, WIDTH
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.popup import Popup
from chatapp.gui.widgets.row_list import RowList, bind_steps
from chatapp.gui.widgets.search_field import SearchField
from chatapp.gui.widgets.switch import Switch
from chatapp.gui.widgets.text_fit import shorten, wrap
from chatapp.languages.translation import N_, _

MARGIN = 16
SWITCH = 48  # the width of the switch without its text
BUTTON_SHARE = 0.45  # of the width, at most, for the text of the button
TITLE = N_("Join or make a channel")
HINT = N_("Find a channel, or type the name of a new one")
ESCAPE, JOINING = N_("Esc closes"), N_("Joining…")
LOADING = N_("Loading the channels…")
NO_ANSWER = N_("The server has not sent its list of channels. You can still type a name.")
NONE = N_("This server lists no channels. Type a name to make one.")
NO_MATCH = N_("No channel has this name.")
GUEST = N_("You are a guest here: if you leave this channel or disconnect, you lose your rank in it.")
GUEST_SHORT = N_("Guests lose their rank when they leave.")
MOST_ROWS = 9  # of the guest's note, in the narrowest window
FOOT_PAD, GAP = 12, 8  # around the fields at the bottom, and between parts; pixels at 96 dpi
PRIVATES = (
    N_("Private: only people who are invited can see and join it"),
    N_("Private: by invitation only"),
    N_("Private"),
)
TOPIC = N_("Topic (optional)")
NEEDS_KEY = N_("{channel} has a key. Enter it to join.")
WRONG_KEY = N_("This is not the key of {channel}.")
KEY = N_("Key of the channel")
LIST_MILLISECONDS = 10_000  # after which the list counts as not sent


@dataclass(frozen=True, slots=True)
class NewChannel:
    """A channel to join, or to make."""

    name: str
    key: str = ""
    topic: str = ""
    is_private: bool = False


class JoinDialog(Popup):
    """The first row is chosen; arrows move the choice, Enter or a click takes it, Escape closes.

    Args:
        may_be_private: Whether the server has invite-only and secret channels.
        on_join: Called with a channel to join or to make; `show_refused` or `close` follows.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        network: Network,
        may_be_private: bool,
        on_join: Callable[[NewChannel], object],
    ) -> None:
        super().__init__(master, theme)
        px = theme.px
        self._network = network
        self._on_join = on_join
        self._search = ChannelSearch(network)
        self._empty_text = _(LOADING)
        self._new = NO_NAME  # the channel that can be made
        self._asked_key = ""  # the channel whose key is asked for
        self._is_busy = False
        self._keys: list[str] = []
        self._marked = ""
        self.title = ttk.Label(self.body, text=_(TITLE), style="Header.TLabel")
        self.field = SearchField(self.body, theme, _(HINT), lambda text: self._find(), is_high=True)
        self.field.show_right(_(ESCAPE))
        self.entry = self.field.entry
        self.problem = ttk.Label(self.body, style="Danger.TLabel", justify="left")
        self.rows = RowList(
            self.body, theme, "pane", on_choose=self._choose,
            row=ROW, inset=INSET - EDGE, pad=PAD, takes_focus=False,
        )  # fmt: skip
        self._line = ttk.Frame(self.body, style="Divider.TFrame", height=max(px(1), 1))
        self._foot = ttk.Frame(self.body)
        self.topic = HintEntry(self._foot, theme, _(TOPIC))
        self.key = HintEntry(self._foot, theme, _(KEY))
        self.private = Switch(self._foot, theme, _(PRIVATES[0]))
        self.button = ttk.Button(self._foot, style="Primary.TButton", command=self._press)
        self.guest_hint = ttk.Label(self._foot, style="Muted.TLabel", text=_(GUEST), justify="left")
        self._may_be_private = may_be_private
        self._place_parts()
        self._bind_keys()
        self._timer = self.after(LIST_MILLISECONDS, self._on_no_list)
        self.bind("<Destroy>", lambda event: self._stop_timer(), add=True)
        self._find()
        self.open_in_window(self.entry)

    def show(self, listed: Sequence[ListedChannel]) -> None:
        """Show the channels of the server."""
        self._stop_timer()
        self._search = ChannelSearch(self._network, listed)
        self._empty_text = "" if listed else _(NONE)
        self._find(keep=True)

    def show_refused(self, name: str, reason: str, needs_key: bool = False) -> None:
        """Say why a channel could not be joined; ask for its key if that is the reason."""
        self._is_busy = False
        self.field.show_right(_(ESCAPE))
        self._asked_key = name if needs_key else ""
        if needs_key:
            reason = _(WRONG_KEY if self.key.get() else NEEDS_KEY).format(channel=name)
        self._show_foot()
        self._show_problem(reason)
        self.update_idletasks()  # a field that is not on the screen yet would get no focus now
        (self.key if needs_key else self.entry).focus_set()

    def _place_parts(self) -> None:
        px, margin = self._theme.px, self._theme.px(MARGIN - EDGE)
        self.title.grid(row=0, sticky="w", padx=margin, pady=(margin, px(8)))
        self.field.grid(row=1, sticky="ew", padx=margin, pady=(0, px(8)))
        self.problem.grid(row=2, sticky="ew", padx=margin, pady=(0, px(8)))
        self.rows.grid(row=3, sticky="nsew", pady=(0, px(4)))
        self._line.grid(row=4, sticky="ew")
        self._foot.grid(row=5, sticky="ew", padx=margin, pady=px(12))
        self._foot.columnconfigure(0, weight=1)
        self.topic.grid(row=0, column=0, sticky="ew")
        self.key.grid(row=0, column=0, sticky="ew")
        self.button.grid(row=0, column=1, padx=(px(8), 0))
        self.private.grid(row=1, column=0, columnspan=2, sticky="w", pady=(px(8), 0))
        self.guest_hint.grid(row=2, column=0, columnspan=2, sticky="w", pady=(px(8), 0))
        self.body.columnconfigure(0, weight=1)
        self.body.rowconfigure(3, weight=1)
        self.body.grid_propagate(False)
        self.body.configure(width=px(WIDTH - 2 * EDGE), height=px(HEIGHT - 2 * EDGE))
        self.bind("<Configure>", lambda event: self._wrap(), add=True)

    def _bind_keys(self) -> None:
        bind_steps(self.entry, STEPS, self._move)
        for entry in (self.entry, self.topic, self.key):
            entry.bind("<Escape>", lambda event: self._escape())
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda event: self._choose(self._marked))
            self.topic.bind(key, lambda event: self._press())
            self.key.bind(key, lambda event: self._press())

    def _find(self, keep: bool = False) -> None:
        """Show what matches the text, and choose the first row.

        Args:
            keep: Whether the chosen row stays chosen, and what the server has refused stays said.
        """
        typed = self.field.get().strip()
        new = new_channel(self._network, typed)
        is_known = self._search.is_known(new.name)
        self._new = NO_NAME if is_known else new
        if not keep:
            self._asked_key = ""
        self._rows = self._search.rows(typed, self._new)
        if is_known and not self._rows.keys:
            self._rows = self._search.rows(new.name)
        self._keys = list(self._rows.keys)
        if not (keep and self._marked in self._keys):
            self._marked = self._keys[0] if self._keys else ""
        if not (keep and self.problem.cget("text")):
            self._show_problem("" if self._keys else new.problem)
        self._show_foot()
        self._show_rows()

    def _show_rows(self) -> None:
        typed = self.field.get().strip()
        is_refused = bool(self.problem.cget("text"))
        text = self._empty_text or ("" if is_refused or not typed else _(NO_MATCH))
        self.rows.show(self._rows, self._marked, text)

    def _show_foot(self) -> None:
        """Show the fields for a new channel or for a key, if they are needed."""
        is_new = bool(self._new.name) and not self._asked_key
        shown: dict[tk.Widget, bool] = {
            self.key: bool(self._asked_key),
            self.topic: is_new,
            self.private: is_new and self._may_be_private,
            self.guest_hint: is_new and is_guest(self._network),
        }
        for part, is_shown in shown.items():
            if is_shown:
                part.grid()
            else:
                part.grid_remove()
        self._fit_button()
        for frame in (self._line, self._foot):
            if self._asked_key or self._new.name:
                frame.grid()
            else:
                frame.grid_remove()
        self._fit_height()
        self.adopt()

    def _fit_button(self) -> None:
        """Show what the button does, with as much of the name as there is room for."""
        text = _("Join {channel}") if self._asked_key else _("Make {channel}")
        measure = self._theme.fonts["ChatBold"].measure
        room = (self.body.winfo_width() - self._theme.px(2 * MARGIN)) * BUTTON_SHARE
        room_of_name = max(int(room) - measure(text.format(channel="")), 0)
        channel = shorten(self._asked_key or self._new.name, measure, room_of_name)
        self.button.configure(text=text.format(channel=channel))

    def _show_problem(self, text: str) -> None:
        self.problem.configure(text=text)
        if text:
            self.problem.grid()
        else:
            self.problem.grid_remove()

    def _wrap(self) -> None:
        width = max(self.winfo_width() - self._theme.px(2 * MARGIN), 1)
        for label in (self.problem, self.guest_hint):
            label.configure(wraplength=width)
        self._fit_button()
        measure = self._theme.fonts["ChatBody"].measure
        room = width - self._theme.px(SWITCH) - measure("  ")
        texts = [_(each) for each in PRIVATES]
        self.private.show_text(next((each for each in texts if measure(each) <= room), texts[-1]))
        self._fit_height()

    def _fit_height(self) -> None:
        """Leave out the title, and of the guest's note as much as has no room beside one row of the list."""
        px, height = self._theme.px, self.body.winfo_height()
        if height <= 1:  # not on the screen yet
            return
        parts = [self.field, *([self.problem] if self.problem.winfo_manager() else [])]
        room = height - px(MARGIN - EDGE + ROW) - sum(each.winfo_reqheight() + px(GAP) for each in parts)
        if self._foot.winfo_manager():
            shown = [each for each in (self.button, self.private) if each.winfo_manager()]
            room -= 2 * px(FOOT_PAD) + sum(each.winfo_reqheight() + px(GAP) for each in shown)
        has_title = room >= self.title.winfo_reqheight() + px(MARGIN - EDGE)
        (self.title.grid if has_title else self.title.grid_remove)()
        self.field.grid(pady=(0 if has_title else px(MARGIN - EDGE), px(GAP)))
        if has_title:
            room -= self.title.winfo_reqheight() + px(MARGIN - EDGE)
        if self.guest_hint.winfo_manager():
            self._fit_guest_hint(room)

    def _fit_guest_hint(self, room: int) -> None:
        font = self._theme.fonts["ChatSmall"]
        width = self.body.winfo_width() - self._theme.px(2 * MARGIN)
        for text in (_(GUEST), _(GUEST_SHORT)):
            rows = wrap(text, font.measure, max(width, 1), MOST_ROWS)
            if len(rows) * font.metrics("linespace") + self._theme.px(GAP) <= room:
                self.guest_hint.configure(text=text)
                return
        self.guest_hint.configure(text="")
        self.guest_hint.grid_remove()

    def _move(self, step: int) -> str:
        if self._keys:
            index = self._keys.index(self._marked) + step
            self._marked = self._keys[min(max(index, 0), len(self._keys) - 1)]
            self._show_rows()
        return "break"

    def _choose(self, key: str) -> str:
        if key == MAKE_KEY:
            self._press()
        elif key:
            self._marked = key
            self._join(NewChannel(key))
        return "break"

    def _press(self) -> str:
        """Join with the key that was typed, or make the channel."""
        if self._asked_key:
            self._join(NewChannel(self._asked_key, key=self.key.get().strip()))
        elif self._new.name:
            is_private = self._may_be_private and self.private.is_on
            self._join(NewChannel(self._new.name, topic=self.topic.get().strip(), is_private=is_private))
        return "break"

    def _join(self, channel: NewChannel) -> None:
        """Report a channel, unless the server has still to answer about the one before."""
        if not self._is_busy:
            self._is_busy = True
            self.field.show_right(_(JOINING))
            self._show_problem("")
            self._on_join(channel)

    def _escape(self) -> str:
        self.close()
        return "break"

    def _on_no_list(self) -> None:
        self._timer = ""
        self._empty_text = _(NO_ANSWER)
        self._show_rows()

    def _stop_timer(self) -> None:
        if self._timer:
            self.after_cancel(self._timer)
            self._timer = ""
