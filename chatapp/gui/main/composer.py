"""The field that one writes in, its Send button, and a strip for refusals, usage and who is typing."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.outgoing.input_history import InputHistory
from chatapp.gui.theme import emoji
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import editing_keys, platform_events
from chatapp.gui.widgets.key_codes import pressed
from chatapp.gui.widgets.text_fit import shortened

MOST_LINES = 6  # that the field grows to
HEIGHT = 32  # of one line with its border, in pixels at 96 dpi
SET, SELECT = "tk::TextSetCursor", "tk::TextKeySelect"  # move the cursor, and select to there
MARKS = {"b": "**", "i": "*", "e": "`"}  # key with Control: what it wraps the selection in


class Composer(ttk.Frame):
    """Takes  on_send: gives None, or why it is refused, and the text is kept
    on_edit: the text, after every change by hand
    on_tab: text, cursor and whether backwards; gives the completed text and cursor, or None
    usage: what to say about a text while it is typed, or None
    question: what to ask before a text is sent, if Enter has to be pressed twice for it
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
        question: Callable[[str], str] = lambda text: "",
    ) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self._on_send = on_send
        self._on_edit = on_edit
        self._on_tab = on_tab
        self._usage = usage
        self._question = question
        self._recall = InputHistory()
        self._prompt = ""
        self._problem = ""
        self._typing = ""
        self._shown = ""  # the text as it was last shown or told of
        self._goal = 0  # pixels from the left at which the cursor goes up and down
        self._moved_to = ""  # where that has brought it
        self._asked = ""  # the long text about which it was asked whether to send it
        self._box = ttk.Frame(self, style="Box.TFrame")
        self.field = tk.Text(
            self._box, width=1, height=1, wrap="word", undo=True, maxundo=200, font="ChatBody",
            tabstyle="wordprocessor",
            borderwidth=0, highlightthickness=0, padx=0, pady=0,
        )  # fmt: skip
        self._hint = ttk.Label(self._box, style="Muted.Field.TLabel", font="ChatBody", cursor="xterm")
        self._hint.configure(borderwidth=0, padding=0)
        self._button = ttk.Button(self, text="Send", style="Primary.TButton", command=self._send)
        self._strip = ttk.Label(self, style="Muted.TLabel")
        self._box.grid(row=0, column=0, rowspan=2, sticky="ew")
        self._button.grid(row=1, column=1, sticky="nsew", padx=(px(8), 0))  # beside the lowest line
        self._strip.grid(row=2, column=0, columnspan=2, sticky="ew", padx=px(2), pady=(px(4), px(6)))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._bind()
        theme.watch(self, self._paint)

    @property
    def text(self) -> str:
        """What is written."""
        return _whole(self.field.get("1.0", "end-1c"))

    def show(self, prompt: str, draft: str) -> None:
        """Write something else: the draft that was left, under a prompt (`Write to #general`)."""
        self._prompt = prompt
        self._shown = draft
        self._write(draft, len(draft))
        self._fit()
        self.field.edit_reset()

    def show_prompt(self, prompt: str) -> None:
        """Change the prompt: the place has another name, or we are not there; what is written stays."""
        if prompt != self._prompt:
            self._prompt = prompt
            self._fit()

    def give_back(self, text: str) -> None:
        """Write a text again that was sent and refused."""
        self._write(text, len(text))

    def show_typing(self, words: str) -> None:
        """Who else is writing at the moment, or nothing."""
        self._typing = words
        self._tell()

    def insert(self, words: str) -> None:
        """Go on writing with these words, as if they were typed."""
        self.field.focus_set()
        self._put(words)

    def _bind(self) -> None:
        field = self.field
        for enter in ("<Return>", "<KP_Enter>"):
            field.bind(enter, lambda event: self._send())
        field.bind("<Shift-Return>", lambda event: self._put("\n"))
        field.bind("<Tab>", lambda event: self._complete(event, back=False))
        field.bind("<Shift-Tab>", lambda event: self._complete(event, back=True))
        if self.tk.call("tk", "windowingsystem") == "x11":
            field.bind("<ISO_Left_Tab>", lambda event: self._complete(event, back=True))
        for older, newer in (("<Up>", "<Down>"), ("<<PrevLine>>", "<<NextLine>>")):
            field.bind(older, self._older)
            field.bind(newer, self._newer)
        for keys in ("Alt-Up", "Alt-Down", "Alt-Shift-Up", "Alt-Shift-Down"):
            field.bind(f"<{keys}>", lambda event: None)  # go to other conversations
        field.bind(f"<{platform_events.COMMAND}-Key>", self._command)
        field.bind("<<SelectAll>>", lambda event: self._select_all())
        field.bind("<<Paste>>", lambda event: self._paste())
        field.bind("<<Modified>>", lambda event: self._modified())
        field.bind("<Configure>", lambda event: self._fit())
        field.bind("<FocusIn>", lambda event: self._box.state(["focus"]))
        field.bind("<FocusOut>", lambda event: self._box.state(["!focus"]))
        field.bind("<<SelectPrevLine>>", lambda event: self._move(-1, SELECT))
        field.bind("<<SelectNextLine>>", lambda event: self._move(1, SELECT))
        editing_keys.stand_for(self._hint, field, self._theme, self.insert)
        self._strip.bind("<Configure>", lambda event: self._tell())

    def _send(self) -> str:
        text = self.text.rstrip()
        if not text:
            return "break"
        question = self._question(text) if self._asked != text else ""
        self._asked = text if question else ""
        if question:
            self._refuse(question)
            return "break"
        problem = self._on_send(text)
        if problem is None:
            self._recall.sent(text)
            self._write("", 0)
            self.field.edit_reset()
        else:
            self._refuse(problem)
        return "break"

    def _refuse(self, problem: str) -> None:
        self._problem = problem
        self._box.state(["invalid"])
        self._tell()

    def _complete(self, event: tk.Event[tk.Misc], back: bool) -> str:
        """Tab completes the word before the cursor; in an empty field it goes on to what comes next."""
        completed = self._on_tab(self.text, self._cursor(), back)
        if completed is not None:
            self._write(*completed)
        elif not self.text:
            following = event.widget.tk_focusPrev() if back else event.widget.tk_focusNext()
            if following is not None:
                following.focus_set()
        return "break"

    def _older(self, event: tk.Event[tk.Misc]) -> str:
        in_first_row = self.field.compare("insert display linestart", "==", "1.0")
        text = self._recall.older(self.text) if in_first_row else None
        return self._move(-1, SET) if text is None else self._recalled(text)

    def _newer(self, event: tk.Event[tk.Misc]) -> str:
        in_last_row = self.field.compare("insert display lineend", "==", "end-1c")
        text = self._recall.newer() if in_last_row else None
        return self._move(1, SET) if text is None else self._recalled(text)

    def _recalled(self, text: str) -> str:
        self._write(text, len(text))
        return "break"

    def _move(self, step: int, command: str) -> str:
        """Move the cursor over a row, as Tk's own keys do; in a long line those take quadratic time."""
        field = self.field
        box = field.bbox("insert")
        if box and field.index("insert") != self._moved_to:
            self._goal = box[0]
        row = field.index(f"insert {step:+} display lines")
        field.see(row)
        info = field.dlineinfo(row)
        self.tk.call(command, field, f"@{self._goal},{info[1] + info[3] // 2}" if info else row)
        self._moved_to = field.index("insert")
        return "break"

    def _command(self, event: tk.Event[tk.Misc]) -> str | None:
        """A key with Control: all that is not ours is Tk's."""
        key = pressed(event)
        if key in MARKS:
            return self._wrap(MARKS[key])
        return self._select_all() if key == "a" else None

    def _wrap(self, mark: str) -> str:
        """Marks around the selection, or around the cursor where nothing is selected."""
        field = self.field
        selected = field.get(*field.tag_ranges("sel")) if field.tag_ranges("sel") else ""
        self._put(mark + selected + mark)
        if not selected:
            field.mark_set("insert", f"insert -{len(mark)}c")
        return "break"

    def _select_all(self) -> str:
        self.field.tag_add("sel", "1.0", "end-1c")
        return "break"

    def _paste(self) -> str:
        try:
            pasted = self.field.clipboard_get()
        except tk.TclError:
            return "break"  # nothing there, or no text
        self._put("\n".join(pasted.splitlines()))
        return "break"

    def _put(self, words: str) -> str:
        """Words at the cursor, instead of the selection."""
        field = self.field
        field.edit_separator()
        if field.tag_ranges("sel"):
            field.delete("sel.first", "sel.last")
        field.insert("insert", _whole(words))
        field.see("insert")
        self._modified()
        return "break"

    def _write(self, text: str, cursor: int) -> None:
        """Another text. An index counts otherwise in Tk than in Python: the cursor goes where it is left."""
        self.field.delete("1.0", "end")
        self.field.insert("1.0", text[cursor:])
        self.field.mark_set("insert", "1.0")
        self.field.insert("insert", text[:cursor])
        self.field.see("insert")
        self._modified()

    def _cursor(self) -> int:
        return len(self.field.get("1.0", "insert"))

    def _modified(self) -> None:
        """The text has changed, by hand or by us."""
        if not self.field.edit_modified():
            return
        self.field.edit_modified(False)
        self._problem = ""
        self._box.state(["!invalid"])
        self._colour_emoji()
        self._fit()
        self._tell()
        text = self.text
        if text != self._shown:
            self._shown = text
            self._on_edit(text)

    def _colour_emoji(self) -> None:
        """Tag the emoji anew. An index counts otherwise in Tk than in Python, so Tk counts."""
        field = self.field
        field.tag_remove(emoji.EM, "1.0", "end")
        for number, line in enumerate(field.get("1.0", "end-1c").split("\n"), 1):
            for place in emoji.runs(line):
                start, end = (int(field.tk.call("string", "length", line[:at])) for at in place)
                field.tag_add(emoji.EM, f"{number}.{start}", f"{number}.{end}")

    def _fit(self) -> None:
        """As high as the text, up to a limit; the prompt in an empty field."""
        field = self.field
        row_starts = (f"1.0 +{row} display lines" for row in range(MOST_LINES))  # to count all takes Tk long
        lines = sum(field.compare(start, "<=", "end-1c") for start in row_starts)
        if int(str(field.cget("height"))) != lines:
            field.configure(height=lines)
            field.see("insert")
        if field.compare("end-1c", "==", "1.0"):
            measure, room = self._theme.fonts["ChatBody"].measure, field.winfo_width()
            self._hint.configure(text=shortened(self._prompt, measure, room))
            self._hint.place(in_=self.field, x=0, y=0)
        else:
            self._hint.place_forget()

    def _tell(self) -> None:
        """Fill the strip. A refusal may take several lines; all else is cut to one."""
        room = max(self.winfo_width() - self._theme.px(4), self._theme.px(100))
        words = (self._usage(self.text) if not self._problem else None) or self._typing
        self._strip.configure(
            text=self._problem or shortened(words, self._theme.fonts["ChatSmall"].measure, room),
            style="Danger.TLabel" if self._problem else "Muted.TLabel",
            wraplength=room if self._problem else 0,
        )

    def _paint(self) -> None:
        px, colours = self._theme.px, self._theme.colours
        linespace = self._theme.fonts["ChatBody"].metrics("linespace")
        high = max(px(HEIGHT), linespace + px(12))
        around = (high - linespace) // 2
        self.field.configure(
            background=colours.field, foreground=colours.text, insertbackground=colours.text,
            insertwidth=max(1, px(1.5)), selectbackground=colours.select, selectforeground=colours.text,
            inactiveselectbackground=colours.select,
        )  # fmt: skip
        self.field.tag_configure(emoji.EM, font="ChatEmoji")
        self.field.pack(fill="both", expand=True, padx=px(9), pady=(around, high - linespace - around))
        self.rowconfigure(1, minsize=high)
        self._fit()


def _whole(text: str) -> str:
    """A text without lone halves of characters, which a paste may bring and nobody can encode."""
    return text.encode(errors="ignore").decode()
