"""The line above the messages: which conversation this is, what it is about, and the button for its people.

A click on the topic (or Enter on it) makes it a field; Enter sets the topic, Escape leaves it as it was.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.client.text.formatting import plain
from chatapp.gui.main.sidebar import spaced
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shortened
from chatapp.gui.widgets.tooltip import Tooltip

NO_TOPIC = "Set a topic"
NAME_PART = 0.7  # of the room beside the button that the name may take
TOPIC_STYLE = "Topic.Quiet.Chrome.TButton"


class Header(ttk.Frame):
    """Name, topic, People button.

    Takes  on_topic: called with the new topic; on_people: the button was pressed
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
        self._name = ttk.Label(self, style="Header.Chrome.TLabel")
        self.topic = ttk.Button(self, style=TOPIC_STYLE, command=self.edit)
        self.field = ttk.Entry(self, font="ChatSmall")
        self._people = ttk.Button(self, style="Chrome.TButton", command=on_people)
        self._name.grid(row=0, column=0, padx=(px(18), px(6)))
        self.topic.grid(row=0, column=1, sticky="w")
        self._people.grid(row=0, column=2, padx=px(16), pady=px(6))
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, minsize=px(42))
        self._name_tip, self._topic_tip = Tooltip(self._name, theme), Tooltip(self.topic, theme)
        self._name.bind("<Enter>", lambda event: self._tell(self._name, self._name_tip, self._title))
        self.topic.bind("<Enter>", lambda event: self._tell(self.topic, self._topic_tip, self._topic))
        self.topic.bind("<Return>", lambda event: self.edit())
        self.field.bind("<Return>", self._set_topic)
        self.field.bind("<Escape>", self._leave_topic)
        self.field.bind("<FocusOut>", lambda event: self._leave())
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, conversation: Conversation | None, may_set_topic: bool = False) -> None:
        """Show this conversation's name, topic and number of people; of none, nothing."""
        conversation = conversation or Conversation("", "direct")
        is_channel = conversation.kind == "channel"
        title = "Messages from the server" if conversation.kind == "server" else spaced(conversation.title)
        topic = " ".join(plain(conversation.topic).split())
        if title != self._title:
            self._stop_editing()
        self._title, self._topic = title, topic
        self.topic.state(["!disabled" if may_set_topic else "disabled"])
        number = len(conversation.members)  # 0 while we are not in it and see nobody
        self._people.configure(text=f"People {number}" if number else "People")
        if is_channel:
            self._people.grid()
        else:
            self._people.grid_remove()
        self._fit()

    def edit(self) -> None:
        """Make a field of the topic."""
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

    def _leave(self) -> None:
        """The keyboard is elsewhere in this window. What was typed stays while one is in another window."""
        if self.focus_lastfor() is not self.field:
            self._stop_editing()

    def _set_topic(self, event: tk.Event[tk.Misc]) -> str:
        words = " ".join(self.field.get().split())
        self._stop_editing()
        if words != self._topic:
            self._on_topic(words)
        return "break"

    def _leave_topic(self, event: tk.Event[tk.Misc]) -> str:
        self._stop_editing()
        return "break"

    def _paint(self) -> None:
        ttk.Style(self).configure(TOPIC_STYLE, foreground=self._theme.colours.muted)
        self._fit()

    def _fit(self) -> None:
        """Cut name and topic to the width there is."""
        px, fonts = self._theme.px, self._theme.fonts
        people = self._people.winfo_reqwidth() + px(32) if self._people.winfo_manager() else px(16)
        room = max(self.winfo_width() - people - px(44), 0)  # with the margins of name and topic
        measure, measure_small = fonts["ChatHeader"].measure, fonts["ChatSmall"].measure
        name = shortened(self._title, measure, max(int(room * NAME_PART), room - measure_small(self._topic)))
        room -= measure(name)
        topic = shortened(self._topic, measure_small, room)
        if not self._topic and self.topic.instate(["!disabled"]) and measure_small(NO_TOPIC) <= room:
            topic = NO_TOPIC
        self._name.configure(text=name)
        self.topic.configure(text=topic)

    def _tell(self, widget: ttk.Label | ttk.Button, tip: Tooltip, words: str) -> None:
        """Show the whole text of what had to be cut."""
        tip.show(words if str(widget.cget("text")).endswith("…") and widget.cget("text") != words else "")
