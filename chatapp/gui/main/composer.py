"""The message field, its Send button, and a status line for errors, command usage and who is typing."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.outgoing.input_history import InputHistory
from chatapp.gui.main.message_field import MessageField
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten


class Composer(ttk.Frame):
    """The input for messages and commands.

    Args:
        on_send: Called with the text to send; returns None, or why it is refused; then the text stays.
        on_edit: Called with the text after every change by the user.
        on_tab: Called with text, cursor and whether Shift is down; returns the completed ones, or None.
        usage: Returns a hint about the text being typed, or None.
        confirmation: Returns what to confirm by a second Enter before this text is sent, or "".
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        on_send: Callable[[str], str | None],
        on_edit: Callable[[str], object],
        on_tab: Callable[[str, int, bool], tuple[str, int] | None],
        usage: Callable[[str], str | None],
        confirmation: Callable[[str], str] = lambda text: "",
    ) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self._on_send = on_send
        self._on_edit = on_edit
        self._on_tab = on_tab
        self._usage = usage
        self._confirmation = confirmation
        self._history = InputHistory()
        self._prompt = ""
        self._problem = ""
        self._typing = ""
        self._reported_text = ""  # the text last given to on_edit, or set by the program
        self._unconfirmed_text = ""  # the text that needs a second Enter
        self.box = MessageField(self, theme, self._on_change)
        self.field = self.box.text_widget
        self.button = ttk.Button(self, text="Send", style="Primary.TButton", command=self._send)
        self.status_line = ttk.Label(self, style="Muted.TLabel")
        self.box.grid(row=0, column=0, rowspan=2, sticky="ew")
        self.button.grid(row=1, column=1, sticky="nsew", padx=(px(8), 0))  # beside the lowest line
        self.status_line.grid(row=2, column=0, columnspan=2, sticky="ew", padx=px(2), pady=(px(4), px(6)))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._bind_events()
        theme.watch(self, self._paint)

    @property
    def text(self) -> str:
        """The text that was typed."""
        return self.box.text

    def show(self, prompt: str, draft: str) -> None:
        """Show the draft of another conversation, and its prompt (`Write to #general`)."""
        self._prompt = prompt
        self._reported_text = draft
        self.box.set_text(draft, len(draft))
        self.box.set_prompt(prompt)
        self.box.forget_undo()

    def show_prompt(self, prompt: str) -> None:
        """Change the prompt of this conversation; the text stays."""
        if prompt != self._prompt:
            self._prompt = prompt
            self.box.set_prompt(prompt)

    def restore_text(self, text: str) -> None:
        """Put back a text that was sent and then refused by the server."""
        self.box.set_text(text, len(text))

    def show_typing(self, text: str) -> None:
        """Show who else is typing; "" if no one is."""
        self._typing = text
        self._update_status_line()

    def insert(self, text: str) -> None:
        """Insert text at the cursor as if the user typed it."""
        self.field.focus_set()
        self.box.insert(text)

    def _bind_events(self) -> None:
        field = self.field
        for enter in ("<Return>", "<KP_Enter>"):
            field.bind(enter, lambda event: self._send())
        field.bind("<Tab>", lambda event: self._complete(event, back=False))
        field.bind("<Shift-Tab>", lambda event: self._complete(event, back=True))
        if self.tk.call("tk", "windowingsystem") == "x11":
            field.bind("<ISO_Left_Tab>", lambda event: self._complete(event, back=True))
        for older, newer in (("<Up>", "<Down>"), ("<<PrevLine>>", "<<NextLine>>")):
            field.bind(older, self._on_up)
            field.bind(newer, self._on_down)
        for keys in ("Alt-Up", "Alt-Down", "Alt-Shift-Up", "Alt-Shift-Down"):
            field.bind(f"<{keys}>", lambda event: None)  # shortcuts of the window, not moves of the cursor
        self.status_line.bind("<Configure>", lambda event: self._update_status_line())

    def _send(self) -> str:
        text = self.text.rstrip()
        if not text:
            return "break"
        question = self._confirmation(text) if self._unconfirmed_text != text else ""
        self._unconfirmed_text = text if question else ""
        if question:
            self._show_problem(question)
            return "break"
        problem = self._on_send(text)
        if problem is None:
            self._history.sent(text)
            self.box.set_text("", 0)
            self.box.forget_undo()
        else:
            self._show_problem(problem)
        return "break"

    def _show_problem(self, problem: str) -> None:
        self._problem = problem
        self.box.show_invalid(True)
        self._update_status_line()

    def _complete(self, event: tk.Event[tk.Misc], back: bool) -> str:
        """Complete the word before the cursor; in an empty field, move the focus to the next widget."""
        completed = self._on_tab(self.text, self.box.cursor, back)
        if completed is not None:
            self.box.set_text(*completed)
        elif not self.text:
            following = event.widget.tk_focusPrev() if back else event.widget.tk_focusNext()
            if following is not None:
                following.focus_set()
        return "break"

    def _on_up(self, event: tk.Event[tk.Misc]) -> str:
        text = self._history.older(self.text) if self.box.is_cursor_in_first_row() else None
        return self.box.move_row(-1) if text is None else self._recall(text)

    def _on_down(self, event: tk.Event[tk.Misc]) -> str:
        text = self._history.newer() if self.box.is_cursor_in_last_row() else None
        return self.box.move_row(1) if text is None else self._recall(text)

    def _recall(self, text: str) -> str:
        self.box.set_text(text, len(text))
        return "break"

    def _on_change(self, text: str) -> None:
        self._problem = ""
        self.box.show_invalid(False)
        self._update_status_line()
        if text != self._reported_text:
            self._reported_text = text
            self._on_edit(text)

    def _update_status_line(self) -> None:
        """Show an error on as many lines as it needs; everything else is cut to one line."""
        width = max(self.winfo_width() - self._theme.px(4), self._theme.px(100))
        text = (self._usage(self.text) if not self._problem else None) or self._typing
        self.status_line.configure(
            text=self._problem or shorten(text, self._theme.fonts["ChatSmall"].measure, width),
            style="Danger.TLabel" if self._problem else "Muted.TLabel",
            wraplength=width if self._problem else 0,
        )

    def _paint(self) -> None:
        self.box.paint()
        self.rowconfigure(1, minsize=self.box.line_height())
