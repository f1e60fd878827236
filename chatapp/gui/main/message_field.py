"""The text field of the composer: grows with its text, shows a prompt while empty, colours emoji."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme import emoji
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import editing_keys, platform_events
from chatapp.gui.widgets.key_codes import pressed
from chatapp.gui.widgets.text_fit import shorten

MAX_LINES = 6  # that the field grows to
HEIGHT = 32  # of one line with its border, in pixels at 96 dpi
SET, SELECT = "tk::TextSetCursor", "tk::TextKeySelect"  # Tk commands: move the cursor, and select to there
MARKS = {"b": "**", "i": "*", "e": "`"}  # key with Control -> marks around the selection


class MessageField(ttk.Frame):
    """A Text in a box with round corners.

    Args:
        on_change: Called with the text after every change.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_change: Callable[[str], object]) -> None:
        super().__init__(master, style="Box.TFrame")
        self._theme = theme
        self._on_change = on_change
        self._prompt = ""
        self._row_x = 0  # pixels from the left at which the cursor moves up and down
        self._moved_to = ""  # index to which the last such move led
        self.text_widget = tk.Text(
            self, width=1, height=1, wrap="word", undo=True, maxundo=200, font="ChatBody",
            tabstyle="wordprocessor",
            borderwidth=0, highlightthickness=0, padx=0, pady=0,
        )  # fmt: skip
        self._hint = ttk.Label(self, style="Muted.Field.TLabel", font="ChatBody", cursor="xterm")
        self._hint.configure(borderwidth=0, padding=0)
        self._bind_events()

    @property
    def text(self) -> str:
        """The text that was typed."""
        return _without_surrogates(self.text_widget.get("1.0", "end-1c"))

    @property
    def cursor(self) -> int:
        """The offset of the cursor in the text."""
        return len(self.text_widget.get("1.0", "insert"))

    def set_text(self, text: str, cursor: int) -> None:
        """Replace the text.

        Args:
            cursor: Offset of the cursor. Tk counts differently, so the text is inserted in two parts.
        """
        field = self.text_widget
        field.delete("1.0", "end")
        field.insert("1.0", text[cursor:])
        field.mark_set("insert", "1.0")
        field.insert("insert", text[:cursor])
        field.see("insert")
        self._on_modified()

    def insert(self, text: str) -> None:
        """Insert text at the cursor, replacing the selection."""
        field = self.text_widget
        field.edit_separator()
        if field.tag_ranges("sel"):
            field.delete("sel.first", "sel.last")
        field.insert("insert", _without_surrogates(text))
        field.see("insert")
        self._on_modified()

    def set_prompt(self, prompt: str) -> None:
        """Set the text to show while the field is empty."""
        self._prompt = prompt
        self._fit()

    def forget_undo(self) -> None:
        """Clear the undo history, so that undo does not bring back another conversation's text."""
        self.text_widget.edit_reset()

    def show_invalid(self, invalid: bool) -> None:
        """Draw the box in red, or as usual."""
        self.state(["invalid" if invalid else "!invalid"])

    def is_cursor_in_first_row(self) -> bool:
        """Return whether the cursor is in the first display row."""
        return self.text_widget.compare("insert display linestart", "==", "1.0")

    def is_cursor_in_last_row(self) -> bool:
        """Return whether the cursor is in the last display row."""
        return self.text_widget.compare("insert display lineend", "==", "end-1c")

    def move_row(self, step: int, command: str = SET) -> str:
        """Move the cursor by a display row, as Tk's own keys do; those take quadratic time in a long line."""
        field = self.text_widget
        box = field.bbox("insert")
        if box and field.index("insert") != self._moved_to:
            self._row_x = box[0]
        row = field.index(f"insert {step:+} display lines")
        field.see(row)
        info = field.dlineinfo(row)
        self.tk.call(command, field, f"@{self._row_x},{info[1] + info[3] // 2}" if info else row)
        self._moved_to = field.index("insert")
        return "break"

    def paint(self) -> None:
        """Take over colours and sizes of the theme; called by the composer."""
        px, colours = self._theme.px, self._theme.colours
        linespace = self._theme.fonts["ChatBody"].metrics("linespace")
        height = self.line_height()
        padding = (height - linespace) // 2
        self.text_widget.configure(
            background=colours.field, foreground=colours.text, insertbackground=colours.text,
            insertwidth=max(1, px(1.5)), selectbackground=colours.select, selectforeground=colours.text,
            inactiveselectbackground=colours.select,
        )  # fmt: skip
        self.text_widget.tag_configure(emoji.EM, font="ChatEmoji")
        self.text_widget.pack(
            fill="both", expand=True, padx=px(9), pady=(padding, height - linespace - padding)
        )
        self._fit()

    def line_height(self) -> int:
        """Return the height of the field with one line, in pixels."""
        linespace = self._theme.fonts["ChatBody"].metrics("linespace")
        return max(self._theme.px(HEIGHT), linespace + self._theme.px(12))

    def _bind_events(self) -> None:
        field = self.text_widget
        field.bind("<Shift-Return>", lambda event: self._break_line())
        field.bind(f"<{platform_events.COMMAND}-Key>", self._on_command_key)
        field.bind("<<SelectAll>>", lambda event: self._select_all())
        field.bind("<<Paste>>", lambda event: self._paste())
        field.bind("<<Modified>>", lambda event: self._on_modified())
        field.bind("<Configure>", lambda event: self._fit())
        field.bind("<FocusIn>", lambda event: self.state(["focus"]))
        field.bind("<FocusOut>", lambda event: self.state(["!focus"]))
        field.bind("<<SelectPrevLine>>", lambda event: self.move_row(-1, SELECT))
        field.bind("<<SelectNextLine>>", lambda event: self.move_row(1, SELECT))
        editing_keys.forward_clicks(self._hint, field, self._theme, self._insert_with_focus)

    def _break_line(self) -> str:
        self.insert("\n")
        return "break"

    def _insert_with_focus(self, text: str) -> None:
        self.text_widget.focus_set()
        self.insert(text)

    def _on_command_key(self, event: tk.Event[tk.Misc]) -> str | None:
        """Handle a key with Control; Tk handles those not listed here."""
        key = pressed(event)
        if key in MARKS:
            return self._wrap(MARKS[key])
        return self._select_all() if key == "a" else None

    def _wrap(self, mark: str) -> str:
        """Put marks around the selection, or around the cursor if nothing is selected."""
        field = self.text_widget
        selected = field.get(*field.tag_ranges("sel")) if field.tag_ranges("sel") else ""
        self.insert(mark + selected + mark)
        if not selected:
            field.mark_set("insert", f"insert -{len(mark)}c")
        return "break"

    def _select_all(self) -> str:
        self.text_widget.tag_add("sel", "1.0", "end-1c")
        return "break"

    def _paste(self) -> str:
        try:
            pasted = self.text_widget.clipboard_get()
        except tk.TclError:
            return "break"  # the clipboard is empty, or it is not text
        self.insert("\n".join(pasted.splitlines()))
        return "break"

    def _on_modified(self) -> None:
        """React to a change of the text, by the user or by the program."""
        if not self.text_widget.edit_modified():
            return
        self.text_widget.edit_modified(False)
        self._tag_emoji()
        self._fit()
        self._on_change(self.text)

    def _tag_emoji(self) -> None:
        """Tag the emoji again. Tk counts their characters, because it does so differently from Python."""
        field = self.text_widget
        field.tag_remove(emoji.EM, "1.0", "end")
        for number, line in enumerate(field.get("1.0", "end-1c").split("\n"), 1):
            for run in emoji.emoji_runs(line):
                start, end = (int(field.tk.call("string", "length", line[:offset])) for offset in run)
                field.tag_add(emoji.EM, f"{number}.{start}", f"{number}.{end}")

    def _fit(self) -> None:
        """Set the height to that of the text, up to MAX_LINES, and show the prompt in an empty field."""
        field = self.text_widget
        row_starts = (f"1.0 +{row} display lines" for row in range(MAX_LINES))  # counting all rows is slow
        lines = sum(field.compare(start, "<=", "end-1c") for start in row_starts)
        if int(str(field.cget("height"))) != lines:
            field.configure(height=lines)
            field.see("insert")
        if field.compare("end-1c", "==", "1.0"):
            measure, width = self._theme.fonts["ChatBody"].measure, field.winfo_width()
            self._hint.configure(text=shorten(self._prompt, measure, width))
            self._hint.place(in_=field, x=0, y=0)
        else:
            self._hint.place_forget()


def _without_surrogates(text: str) -> str:
    """Remove lone surrogates, which a paste may contain and which cannot be encoded."""
    return text.encode(errors="ignore").decode()
