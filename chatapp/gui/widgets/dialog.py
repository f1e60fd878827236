"""What dialogs share: a window over the window, fields with their error below, a question and its answers."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.geometry import WindowGeometry

CLASS = "Chatapp"  # of every dialog, in Tk's sense
WRAP = 380  # pixels at 96 dpi after which the lines of a dialog break


class Dialog(tk.Toplevel):
    """An empty dialog with a margin; Escape and the close box close it. `open` shows it when it is filled.

    Takes  on_close: called when the person closes it, in whatever way
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, title: str, on_close: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(master, class_=CLASS)
        self.withdraw()
        self.title(title)
        self.resizable(False, False)
        self.theme = theme
        self.on_close = on_close
        self.body = ttk.Frame(self, padding=theme.px(24))
        self.body.pack(fill="both", expand=True)
        self.body.columnconfigure(0, weight=1, minsize=theme.px(WRAP))
        self.protocol("WM_DELETE_WINDOW", self.close)
        self.bind("<Escape>", lambda event: self.close())
        theme.watch(self, self._paint)

    def open(self, focus: tk.Misc) -> None:
        """Show it in the middle of its window (or of the screen), with the keyboard in one of its fields."""
        self.update_idletasks()
        over = self.master.winfo_toplevel()
        if over.winfo_viewable():
            self.transient(over)
            around = WindowGeometry(
                over.winfo_rootx(), over.winfo_rooty(), over.winfo_width(), over.winfo_height()
            )
        else:
            around = WindowGeometry(0, 0, self.winfo_screenwidth(), self.winfo_screenheight())
        place = WindowGeometry.centred(self.winfo_reqwidth(), self.winfo_reqheight(), around)
        self.geometry(f"+{max(place.x, 0)}+{max(place.y, 0)}")
        self.deiconify()
        self.lift()
        focus.focus_set()

    def stay(self) -> None:
        """Move it, if it has grown beyond the edge of the screen."""
        self.update_idletasks()
        beyond = self.winfo_rootx() + self.winfo_reqwidth() - self.winfo_screenwidth()
        if self.winfo_viewable() and 0 < beyond < self.winfo_reqwidth():
            self.geometry(f"+{max(self.winfo_x() - beyond, 0)}+{self.winfo_y()}")

    def _paint(self) -> None:
        self.configure(background=self.theme.colours.pane)

    def close(self) -> None:
        """Take it away."""
        self.destroy()
        self.on_close()


class Field(ttk.Frame):
    """A label, an entry, and a red line for what is wrong with it, perhaps with a button that helps.

    Takes  hint: a few words at the right of the label; show: what a password shows for each letter;
           values: makes it a list to choose from or to type into; width: in pixels at 96 dpi
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        label: str,
        hint: str = "",
        show: str = "",
        values: Sequence[str] | None = None,
        width: int = WRAP,
    ) -> None:
        super().__init__(master)
        self._gap = theme.px(4)
        self._width = theme.px(width)
        self.columnconfigure(1, weight=1)
        ttk.Label(self, text=label, style="Bold.TLabel").grid(row=0, column=0, sticky="w")
        ttk.Label(self, text=hint, style="Muted.TLabel").grid(row=0, column=1, sticky="e")
        self.entry = (
            ttk.Entry(self, font="ChatBody", show=show)
            if values is None
            else ttk.Combobox(self, font="ChatBody", values=list(values))
        )
        self.entry.bind("<FocusOut>", lambda event: self._leave())
        self.entry.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(self._gap, 0))
        self._error = ttk.Frame(self)
        self._words = ttk.Label(self._error, style="Danger.TLabel", justify="left")
        self._words.pack(side="left")
        self.remedy = ttk.Button(self._error, style="Link.TButton")
        self._note = ttk.Label(self, style="Muted.TLabel", justify="left", wraplength=self._width)

    @property
    def value(self) -> str:
        """What was typed or chosen, without spaces around it."""
        return self.entry.get().strip()

    @value.setter
    def value(self, text: str) -> None:
        self.entry.delete(0, "end")
        self.entry.insert(0, text)

    @property
    def error(self) -> str:
        """What is said below it just now."""
        return str(self._words.cget("text")) if self._error.winfo_manager() else ""

    def refuse(self, words: str, remedy: str = "", on_remedy: Callable[[], object] = lambda: None) -> None:
        """Say what is wrong, and perhaps offer a way out."""
        self.remedy.configure(text=remedy, command=on_remedy)
        room = self._width - (self.remedy.winfo_reqwidth() + 2 * self._gap if remedy else 0)
        self._words.configure(text=words, wraplength=room)
        self._error.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(self._gap, 0))
        self.remedy.pack_forget()
        if remedy:
            self.remedy.pack(side="left", padx=self._gap)
        self.entry.state(["invalid"])
        self.entry.focus_set()

    @property
    def noted(self) -> str:
        """What is said about what was typed."""
        return str(self._note.cget("text"))

    def note(self, words: str) -> None:
        """Say something about what was typed, or nothing more."""
        self._note.configure(text=words)
        if words:
            self._note.grid(row=3, column=0, columnspan=2, sticky="w", pady=(self._gap, 0))
        else:
            self._note.grid_forget()

    def accept(self) -> None:
        """Nothing is wrong with it."""
        self._error.grid_forget()
        self.entry.state(["!invalid"])

    def _leave(self) -> None:
        """Nothing stays selected in a field that one goes on from; it does while one is in another window."""
        if self.focus_lastfor() is not self.entry:
            self.entry.selection_clear()


class Choice(ttk.Frame):
    """A label and a list to choose from."""

    def __init__(self, master: tk.Misc, theme: Theme, label: str, values: Sequence[str]) -> None:
        super().__init__(master)
        self.columnconfigure(0, weight=1)
        ttk.Label(self, text=label, style="Bold.TLabel").grid(row=0, column=0, sticky="w")
        self.entry = ttk.Combobox(self, font="ChatBody", values=list(values), state="readonly")
        self.entry.bind("<<ComboboxSelected>>", lambda event: self.entry.selection_clear())
        self.entry.grid(row=1, column=0, sticky="ew", pady=(theme.px(4), 0))
        self.value = values[0]

    @property
    def value(self) -> str:
        """What is chosen."""
        return self.entry.get()

    @value.setter
    def value(self, text: str) -> None:
        self.entry.set(text)


class QuestionDialog(Dialog):
    """A question with a button for each answer, the default one first.

    Takes  answers: what each button says, and what is done then
           escape: the answer that Escape and the close box give
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        title: str,
        words: str,
        answers: Mapping[str, Callable[[], object]],
        escape: str,
    ) -> None:
        super().__init__(master, theme, title, on_close=answers[escape])
        px, default = theme.px, next(iter(answers))
        ttk.Label(self.body, text=title, style="Header.TLabel").grid(row=0, column=0, sticky="w")
        text = ttk.Label(self.body, text=words, wraplength=px(WRAP), justify="left")
        text.grid(row=1, column=0, sticky="w", pady=(px(8), 0))
        self.buttons: dict[str, ttk.Button] = {}
        foot = ttk.Frame(self.body)
        foot.grid(row=2, column=0, sticky="e", pady=(px(20), 0))
        for label, act in reversed(list(answers.items())):
            style = "Primary.TButton" if label == default else "TButton"
            button = ttk.Button(foot, text=label, style=style, command=partial(self._answer, act))
            button.pack(side="left", padx=(px(8), 0), fill="y")
            self.buttons[label] = button
        self.open(self.buttons[default])

    def _answer(self, act: Callable[[], object]) -> None:
        self.destroy()
        act()
