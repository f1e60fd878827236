"""The text field of the composer: grows with its text, shows a prompt while empty, colours emoji."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.outgoing import pasted_text, text_formatting
from chatapp.client.text import emoji_names
from chatapp.client.text.code_parts import block_lines
from chatapp.gui.theme import emoji
from chatapp.gui.theme.text_tags import tab_stops
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import editing_keys, platform_events
from chatapp.gui.widgets.key_codes import pressed
from chatapp.gui.widgets.text_fit import shorten

LEAST_LINES, AROUND = 2, 120  # in any window; room for the header and the toolbar, pixels at 96 dpi
LONG_LINE = 4000  # columns
MAX_LINES = 8  # that the field grows to; then it has a scrollbar
LINE = 20  # least height of a line, in pixels at 96 dpi
LEFT, TOP, BOTTOM = 10, 6, 2  # margins of the text, in pixels at 96 dpi
SET, SELECT = "tk::TextSetCursor", "tk::TextKeySelect"  # Tk commands: move the cursor, and select to there
TEXT_KINDS = ("UTF8_STRING", "STRING")  # types of a selection
CODE = "code"  # the tag of lines in a block of code
FORMATS: dict[str, text_formatting.Format] = {"b": "bold", "i": "italic", "e": "code"}
"""Key with Control -> the formatting command."""


class MessageField(ttk.Frame):
    """A Text on the surface of a field.

    Args:
        on_change: Called with the text after every change.
        on_paste: Called with a pasted text that was inserted, and with why one was refused, or "".
        on_format: Called with a formatting command whose key was pressed; None to carry it out.
        on_clipboard: Called after the text of the clipboard was pasted, with that text; empty for none. The
            clipboard may have files, too.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_change: Callable[[str], object],
        on_paste: Callable[[str, str], object] = lambda text, refusal: None,
        on_format: Callable[[text_formatting.Format], object] | None = None,
        on_clipboard: Callable[[str], object] = lambda text: None,
    ) -> None:
        super().__init__(master, style="Field.TFrame")
        self._theme = theme
        self._on_change = on_change
        self._on_paste = on_paste
        self._on_format = on_format or self.format
        self._on_clipboard = on_clipboard
        self._prompt = ""
        self._length = 0  # of the text at the last change
        self._row_x = 0  # pixels from the left at which the cursor moves up and down
        self._moved_to = ""  # index to which the last such move led
        self.text_widget = editing_keys.FileField(
            self, width=1, height=1, wrap="word", undo=True, maxundo=200, font="ChatBody",
            tabstyle="wordprocessor",
            borderwidth=0, highlightthickness=0, padx=0, pady=0,
        )  # fmt: skip
        self.scrollbar = ttk.Scrollbar(
            self, style="Field.Vertical.TScrollbar", command=self.text_widget.yview, takefocus=False
        )
        self.text_widget.configure(yscrollcommand=self.scrollbar.set)
        self._hint = ttk.Label(self, style="Muted.Field.TLabel", font="ChatBody", cursor="xterm")
        self._hint.configure(borderwidth=0, padding=0)
        self.pack_propagate(False)
        self._bind_events()

    @property
    def text(self) -> str:
        """The text that was typed."""
        return pasted_text.without_surrogates(self.text_widget.get("1.0", "end-1c"))

    @property
    def cursor(self) -> int:
        """The offset of the cursor in the text."""
        return len(self.text_widget.get("1.0", "insert"))

    @property
    def rows(self) -> int:
        """How many lines the field is high."""
        return int(str(self.text_widget.cget("height")))

    @property
    def can_undo(self) -> bool:
        """Whether a change of the text can be undone."""
        return self.tk.getboolean(self.tk.call(self.text_widget, "edit", "canundo"))

    @property
    def is_cut(self) -> bool:
        """Whether the text is longer than the field, so that only a part of it is seen."""
        return bool(self.scrollbar.winfo_manager())

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
        self._see_cursor()
        self._on_modified()

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace the text between two offsets; the cursor goes behind it. Undo needs one step for it."""
        self._replace(self._index(start), self._index(end), text)

    def insert(self, text: str) -> None:
        """Insert text at the cursor, replacing the selection."""
        selected = self.text_widget.tag_ranges("sel")
        first, last = map(str, selected) if selected else ("insert", "insert")
        self._replace(first, last, pasted_text.without_surrogates(text))

    def format(self, kind: text_formatting.Format) -> None:
        """Switch formatting of the selection, or at the cursor, on or off."""
        field = self.text_widget
        ranges = field.tag_ranges("sel") or ("insert", "insert")
        start, end = (len(field.get("1.0", index)) for index in ranges[:2])
        change = text_formatting.edit(kind, self.text, start, end)
        if (change.start, change.text) != (change.end, ""):
            self.replace(change.start, change.end, change.text)
        first, last = (self._index(offset) for offset in change.selected)
        field.mark_set("insert", last)
        field.tag_remove("sel", "1.0", "end")
        if first != last:
            field.tag_add("sel", first, last)
        self._see_cursor()

    def set_prompt(self, prompt: str) -> None:
        """Set the text to show while the field is empty."""
        self._prompt = prompt
        self._fit()

    def forget_undo(self) -> None:
        """Clear the undo history, so that undo does not bring back another conversation's text."""
        self.text_widget.edit_reset()

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
        above, between, below = self._spacings()
        self.text_widget.configure(
            background=colours.field, foreground=colours.text, insertbackground=colours.text,
            insertwidth=max(1, px(1.5)), selectbackground=colours.select, selectforeground=colours.text,
            inactiveselectbackground=colours.select, tabs=tab_stops(self._theme, "ChatBody"),
            spacing1=above, spacing2=between, spacing3=below,
        )  # fmt: skip
        above, between, below = self._spacings("ChatCode")
        self.text_widget.tag_configure(
            CODE,
            font="ChatCode",
            background=colours.codehead,
            spacing1=above,
            spacing2=between,
            spacing3=below,
        )
        self.text_widget.tag_configure(emoji.EM, font="ChatEmoji")
        self.text_widget.pack(fill="both", expand=True, padx=(px(LEFT), px(LEFT)), pady=(px(TOP), px(BOTTOM)))
        self._set_height(self.rows)
        self._fit()

    def line_height(self) -> int:
        """Return the height of one line in pixels."""
        return max(
            self._theme.px(LINE), self._theme.fonts["ChatBody"].metrics("linespace") + self._theme.px(2)
        )

    def _spacings(self, font: str = "ChatBody") -> tuple[int, int, int]:
        """Return the pixels above, between and below the rows of a line, which make it `line_height` high."""
        extra = max(self.line_height() - self._theme.fonts[font].metrics("linespace"), 0)
        return extra // 2, extra, extra - extra // 2

    def _set_height(self, rows: int) -> None:
        px = self._theme.px
        self.configure(height=rows * self.line_height() + px(TOP) + px(BOTTOM))

    def _bind_events(self) -> None:
        field = self.text_widget
        field.bind("<Shift-Return>", lambda event: self._break_line())
        field.bind(f"<{platform_events.COMMAND}-Key>", self._on_command_key)
        field.bind("<<SelectAll>>", lambda event: self._select_all())
        field.bind("<<Paste>>", lambda event: self._paste("CLIPBOARD"))
        field.bind("<<PasteSelection>>", self._on_middle_click)
        field.bind("<<Modified>>", lambda event: self._on_modified())
        field.bind("<Configure>", lambda event: self._on_resize())
        field.bind("<<SelectPrevLine>>", lambda event: self.move_row(-1, SELECT))
        field.bind("<<SelectNextLine>>", lambda event: self.move_row(1, SELECT))
        editing_keys.forward_clicks(self._hint, field, self._theme, self._insert_with_focus)

    def _on_resize(self) -> None:
        self._fit()
        self._see_cursor()

    def _break_line(self) -> str:
        self.insert("\n")
        return "break"

    def _insert_with_focus(self, text: str) -> None:
        self.text_widget.focus_set()
        self._insert_pasted(text)

    def _on_command_key(self, event: tk.Event[tk.Misc]) -> str | None:
        """Handle a key with Control; Tk handles those not listed here."""
        key = pressed(event)
        if key in FORMATS:
            self._on_format(FORMATS[key])
            return "break"
        return self._select_all() if key == "a" else None

    def _select_all(self) -> str:
        self.text_widget.tag_add("sel", "1.0", "end-1c")
        return "break"

    def _on_middle_click(self, event: tk.Event[tk.Misc]) -> str:
        self.text_widget.mark_set("insert", f"@{event.x},{event.y}")
        self.text_widget.tag_remove("sel", "1.0", "end")
        return self._paste("PRIMARY")

    def _paste(self, selection: str) -> str:
        self.paste(selection)
        return "break"

    def paste(self, selection: str = "CLIPBOARD") -> str:
        """Insert the text of the clipboard, or of another selection; return what was inserted."""
        pasted = ""
        for kind in TEXT_KINDS if self._has_text(selection) else ():
            try:
                pasted = str(self.tk.call("selection", "get", "-selection", selection, "-type", kind))
            except tk.TclError:
                continue  # there is nothing of this kind
            break
        inserted = self._insert_pasted(pasted) if pasted else ""
        if selection == "CLIPBOARD" and bool(inserted) == bool(pasted):
            self._on_clipboard(inserted)
        return inserted

    def _has_text(self, selection: str) -> bool:
        """Return whether there may be a text.

        Some programs give a picture when they are asked for one. Tk makes a list of numbers of that, or ends
        the transfer of a large one, after which such a program may not answer any more.
        """
        try:
            kinds = str(self.tk.call("selection", "get", "-selection", selection, "-type", "TARGETS"))
        except tk.TclError:
            return True
        return any(kind in TEXT_KINDS or kind.startswith(("TEXT", "text/plain")) for kind in kinds.split())

    def _insert_pasted(self, pasted: str) -> str:
        """Insert a pasted text as far as that is possible; return what was inserted."""
        refusal = pasted_text.refusal(pasted)
        if refusal:
            self._on_paste("", refusal)
            return ""
        text = pasted_text.cleaned(pasted)
        self.insert(text)
        self._on_paste(text, "")
        return text

    def _replace(self, start: str, end: str, text: str) -> None:
        field = self.text_widget
        field.edit_separator()
        field.mark_set("insert", end)
        field.replace(start, end, text)
        field.edit_separator()
        if field.edit_modified():
            self._on_modified()  # this scrolls to the cursor
        else:
            self._see_cursor()

    def _see_cursor(self) -> None:
        """Scroll to the cursor; out of sight in a long line, `see` of Tk needs five times as long for it."""
        field = self.text_widget
        line = field.index("insert").partition(".")[0]
        length = int(field.index(f"{line}.end").partition(".")[2])
        if length > LONG_LINE and field.dlineinfo("insert") is None:
            field.yview("insert")
            above = field.winfo_height() // self.line_height() // 2
            if above:
                field.yview_scroll(-above, "units")
        else:
            field.see("insert")

    def _index(self, offset: int) -> str:
        """Return the index of an offset. Tk counts an emoji as two characters, so it has to count itself."""
        before = self.text_widget.get("1.0", "end-1c")[:offset]
        lines, _, last = before.rpartition("\n")
        line = lines.count("\n") + 2 if len(last) < len(before) else 1
        return f"{line}.{self.tk.call('string', 'length', last)}"

    def _on_modified(self) -> None:
        if not self.text_widget.edit_modified():
            return
        self.text_widget.edit_modified(False)
        grown, self._length = len(self.text) - self._length, len(self.text)
        if grown == 1 and self._complete_short_name():
            return  # this has called _on_modified itself
        self._colour()
        self._fit()
        self._see_cursor()  # the fonts of code and the new height have moved it
        self._on_change(self.text)

    def _complete_short_name(self) -> bool:
        """Replace `:smile:` by its emoji when its last colon was typed; return whether that was done."""
        before = self.text_widget.get("insert linestart", "insert")
        if not before.endswith(":") or not emoji.can_be_drawn():
            return False
        before = self.text_widget.get("1.0", "insert")
        found = emoji_names.at_closing_colon(before)
        if found:
            self.replace(found[0], len(before), found[1].sequence)
        return found is not None

    def _colour(self) -> None:
        """Give emoji and code their fonts. Tk counts an emoji as two characters, so it counts the offsets."""
        field = self.text_widget
        for tag in (emoji.EM, CODE):
            field.tag_remove(tag, "1.0", "end")
        lines = field.get("1.0", "end-1c").split("\n")
        for first, last in block_lines(lines):
            field.tag_add(CODE, f"{first + 1}.0", f"{last + 1}.0")
        for number, line in enumerate(lines, 1):
            for run in emoji.emoji_runs(line):
                start, end = (int(field.tk.call("string", "length", line[:offset])) for offset in run)
                field.tag_add(emoji.EM, f"{number}.{start}", f"{number}.{end}")

    def _fit(self) -> None:
        """Be as high as the text, as far as there is room, and show the prompt in an empty field."""
        field, most = self.text_widget, self._most_lines()
        is_longer = self._has_row(most)  # counting all is slow, and so is a row in a long line
        self._show_scrollbar(is_longer)
        lines = most if is_longer else sum(map(self._has_row, range(most)))
        if self.rows != lines:
            field.configure(height=lines)
            self._set_height(lines)
            self._see_cursor()
        if field.compare("end-1c", "==", "1.0"):
            measure, width = self._theme.fonts["ChatBody"].measure, field.winfo_width()
            self._hint.configure(text=shorten(self._prompt, measure, width))
            self._hint.place(in_=field, x=0, y=self._spacings()[0])
        else:
            self._hint.place_forget()

    def _has_row(self, row: int) -> bool:
        """Return whether the text has this display row, counted from 0."""
        return self.text_widget.compare(f"1.0 +{row} display lines", "<=", "end-1c")

    def _most_lines(self) -> int:
        """Return how many lines it may be high: fewer in a low window with large text."""
        height = self.winfo_toplevel().winfo_height()
        if height <= 1:
            return MAX_LINES  # not on the screen yet
        room = height - self._theme.px(self._theme.grown(AROUND))
        return min(max(room // self.line_height(), LEAST_LINES), MAX_LINES)

    def _show_scrollbar(self, shown: bool) -> None:
        """Show the scrollbar in the right margin, so that it does not change where lines break."""
        if shown and not self.scrollbar.winfo_manager():
            px = self._theme.px
            self.scrollbar.place(relx=1, x=0, y=px(TOP), relheight=1, height=-px(TOP), anchor="ne")
        elif not shown:
            self.scrollbar.place_forget()
