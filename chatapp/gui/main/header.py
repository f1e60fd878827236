"""The line above the messages: name of the conversation, topic, and the People button.

A click on the topic (or Enter on it) turns it into a field; Enter sets the topic, Escape cancels.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.client.text.formatting import plain
from chatapp.gui.main.sidebar import spaced_name
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip

NO_TOPIC = "Set a topic"
NAME_SHARE = 0.7  # of the width beside the button that the name may take
TOPIC_STYLE = "Topic.SmallQuiet.Chrome.TButton"


class Header(ttk.Frame):
    """Name, topic, People button.

    Args:
        on_topic: Called with the new topic.
        on_people: Called when the button is pressed.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_topic: Callable[[str], object],
        on_people: Callable[[], object],
    ) -> None:
        super().__init__(master, style="Chrome.TFrame")
        px = theme.px
        self._theme = theme
        self._on_topic = on_topic
        self._title = self._topic = ""
        self._name_label = ttk.Label(self, style="Header.Chrome.TLabel")
        self.topic = ttk.Button(self, style=TOPIC_STYLE, command=self.edit)
        self.field = ttk.Entry(self, font="ChatSmall")
        self._people_button = ttk.Button(self, style="Small.Chrome.TButton", command=on_people)
        self._name_label.grid(row=0, column=0, padx=(px(18), px(6)))
        self.topic.grid(row=0, column=1, sticky="w")
        self._people_button.grid(row=0, column=2, padx=px(16), pady=px(6))
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, minsize=px(42))
        name_tip, topic_tip = Tooltip(self._name_label, theme), Tooltip(self.topic, theme)
        self._name_label.bind("<Enter>", lambda event: _show_if_cut(self._name_label, name_tip, self._title))
        self.topic.bind("<Enter>", lambda event: _show_if_cut(self.topic, topic_tip, self._topic))
        self.topic.bind("<Return>", lambda event: self.edit())
        self.field.bind("<Return>", self._set_topic)
        self.field.bind("<Escape>", self._cancel_editing)
        self.field.bind("<FocusOut>", lambda event: self._on_focus_out())
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, conversation: Conversation | None, may_set_topic: bool = False) -> None:
        """Show name, topic and number of people of this conversation; without one, show nothing."""
        conversation = conversation or Conversation("", "direct")
        is_channel = conversation.kind == "channel"
        is_server = conversation.kind == "server"
        title = "Messages from the server" if is_server else spaced_name(conversation.title)
        topic = " ".join(plain(conversation.topic).split())
        if title != self._title:
            self._stop_editing()
        self._title, self._topic = title, topic
        self.topic.state(["!disabled" if may_set_topic else "disabled"])
        number = len(conversation.members)  # 0 while the user is not in the channel
        self._people_button.configure(text=f"People {number}" if number else "People")
        if is_channel:
            self._people_button.grid()
        else:
            self._people_button.grid_remove()
        self._fit()

    def edit(self) -> None:
        """Show the topic in a field, to edit it."""
        self.topic.grid_remove()
        self.field.grid(row=0, column=1, sticky="ew")
        self.field.delete(0, "end")
        self.field.insert(0, self._topic)
        self.field.select_range(0, "end")
        self.field.focus_set()

    def _stop_editing(self) -> None:
        if self.field.winfo_manager():
            self.field.grid_forget()
            self.topic.grid()

    def _on_focus_out(self) -> None:
        """Stop editing when the focus moves within this window, but not when another window gets it."""
        if self.focus_lastfor() is not self.field:
            self._stop_editing()

    def _set_topic(self, event: tk.Event[tk.Misc]) -> str:
        topic = " ".join(self.field.get().split())
        self._stop_editing()
        if topic != self._topic:
            self._on_topic(topic)
        return "break"

    def _cancel_editing(self, event: tk.Event[tk.Misc]) -> str:
        self._stop_editing()
        return "break"

    def _paint(self) -> None:
        ttk.Style(self).configure(TOPIC_STYLE, foreground=self._theme.colours.muted)
        self._fit()

    def _fit(self) -> None:
        """Shorten name and topic to the available width."""
        px, fonts = self._theme.px, self._theme.fonts
        people = (
            self._people_button.winfo_reqwidth() + px(32) if self._people_button.winfo_manager() else px(16)
        )
        width = max(self.winfo_width() - people - px(44), 0)  # 44: margins of name and topic
        measure, measure_small = fonts["ChatHeader"].measure, fonts["ChatSmall"].measure
        name_width = max(int(width * NAME_SHARE), width - measure_small(self._topic))
        name = shorten(self._title, measure, name_width)
        width -= measure(name)
        topic = shorten(self._topic, measure_small, width)
        if not self._topic and self.topic.instate(["!disabled"]) and measure_small(NO_TOPIC) <= width:
            topic = NO_TOPIC
        self._name_label.configure(text=name)
        self.topic.configure(text=topic)


def _show_if_cut(widget: ttk.Label | ttk.Button, tooltip: Tooltip, text: str) -> None:
    """Show the whole text in the tooltip if the widget shows only a part of it."""
    shown = str(widget.cget("text"))
    tooltip.show(text if shown.endswith("…") and shown != text else "")
