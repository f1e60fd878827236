"""Base of the dialogs: a window over the main window, fields with an error line, a question with answers."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.field_message import FieldMessage, MessageContent
from chatapp.gui.widgets.geometry import WindowGeometry
from chatapp.gui.widgets.widget_paths import last_focused
from chatapp.gui.widgets.wrapping import wrap_control

DIALOG_CLASS = "Chatapp"  # the Tk class of every dialog
TEXT_WIDTH = 380  # width at which text in a dialog wraps, in pixels at 96 dpi


class Dialog(tk.Toplevel):
    """An empty dialog with a margin; Escape and the close button close it. Fill `body`, then call `open`.

    Args:
        on_close: Called when the user closes it in any way, but not on `destroy`.
    """

    IS_MODAL = False  # whether the keys of the window behind it wait until it is closed

    def __init__(
        self, master: tk.Misc, theme: Theme, title: str, on_close: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(master, class_=DIALOG_CLASS)
        self.withdraw()
        self.title(title)
        self.resizable(False, False)
        self.theme = theme
        self.on_close = on_close
        self.body = ttk.Frame(self, padding=theme.px(24))
        self.body.pack(fill="both", expand=True)
        self.body.columnconfigure(0, weight=1, minsize=theme.px(TEXT_WIDTH))
        self.protocol("WM_DELETE_WINDOW", self.close)
        self.bind("<Escape>", lambda event: self.close())
        theme.watch(self, self._paint)

    def open(self, focus: tk.Misc) -> None:
        """Show the dialog centred over its window (or the screen), with the focus on one of its widgets."""
        self.update_idletasks()
        parent = self.master.winfo_toplevel()
        if parent.winfo_viewable():
            self.transient(parent)
            around = WindowGeometry(
                parent.winfo_rootx(), parent.winfo_rooty(), parent.winfo_width(), parent.winfo_height()
            )
        else:
            around = WindowGeometry(0, 0, self.winfo_screenwidth(), self.winfo_screenheight())
        centred = WindowGeometry.centred(self.winfo_reqwidth(), self.winfo_reqheight(), around)
        self.geometry(f"+{max(centred.x, 0)}+{max(centred.y, 0)}")
        self.deiconify()
        self.lift()
        focus.focus_set()

    def come_forward(self) -> None:
        """Bring it in front of its window, and give it the keyboard."""
        self.lift()
        (last_focused(self) or self).focus_force()

    def keep_on_screen(self) -> None:
        """Move the dialog to the left, or up, if it has grown beyond an edge of the screen."""
        self.update_idletasks()
        width, height = self.winfo_reqwidth(), self.winfo_reqheight()
        right = self.winfo_rootx() + width - self.winfo_screenwidth()
        below = self.winfo_rooty() + height - self.winfo_screenheight()
        is_on_screen = self.winfo_viewable() and right < width and below < height
        if is_on_screen and (right > 0 or below > 0):
            x, y = self.winfo_x() - max(right, 0), self.winfo_y() - max(below, 0)
            self.geometry(f"+{max(x, 0)}+{max(y, 0)}")

    def _paint(self) -> None:
        self.configure(background=self.theme.colours.pane)

    def close(self) -> None:
        """Close the dialog and call `on_close`."""
        self.destroy()
        self.on_close()


class Field(ttk.Frame):
    """A label, an entry, and below it a red error line, optionally with a button that fixes the error.

    Args:
        hint: A short text at the right of the label.
        show: The character shown in place of each typed one, for a password.
        values: Makes it a combobox with these choices.
        width: In pixels at 96 dpi.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        label: str,
        hint: str = "",
        show: str = "",
        values: Sequence[str] | None = None,
        width: int = TEXT_WIDTH,
    ) -> None:
        super().__init__(master)
        self._gap = theme.px(4)
        self.columnconfigure(1, weight=1)
        self._label = ttk.Label(self, text=label, style="Bold.TLabel", justify="left")
        self._label.grid(row=0, column=0, sticky="w")
        self._hint_label = ttk.Label(self, text=hint, style="Muted.TLabel")
        self._hint_label.grid(row=0, column=1, sticky="e", padx=(2 * self._gap, 0))
        self.entry = (
            ttk.Entry(self, font="ChatBody", show=show)
            if values is None
            else ttk.Combobox(self, font="ChatBody", values=list(values))
        )
        self.entry.bind("<FocusOut>", lambda event: self._on_focus_out())
        self.entry.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(self._gap, 0))
        self.bind("<Configure>", lambda event: self._place_hint())
        self._theme, self._width = theme, width

    @cached_property
    def error_message(self) -> FieldMessage:
        """The red line below the entry, which few fields ever need."""
        return FieldMessage(self, self._theme, self._width)

    @cached_property
    def note_message(self) -> FieldMessage:
        """The note below the entry."""
        return FieldMessage(self, self._theme, self._width)

    @property
    def action_button(self) -> ttk.Button:
        """The button that fixes the error."""
        return self.error_message.button

    @property
    def value(self) -> str:
        """The text, without spaces around it."""
        return self.entry.get().strip()

    @value.setter
    def value(self, text: str) -> None:
        self.entry.delete(0, "end")
        self.entry.insert(0, text)

    @property
    def error(self) -> str:
        """The error shown at the moment, "" for none."""
        return self.error_message.text if self._is_shown("error_message") else ""

    def show_error(self, text: str, action: str = "", on_action: Callable[[], object] = lambda: None) -> None:
        """Show an error, and give the field the focus.

        Args:
            action: Label of a button that fixes it, "" for none.
        """
        self.show_problem(MessageContent(text, action=(action, on_action)))
        self.entry.focus_set()

    def show_problem(self, content: MessageContent) -> None:
        """Show an error with more to choose than one button; the focus stays where it is."""
        self.error_message.show(content)
        self.error_message.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(self._gap, 0))
        self.entry.state(["invalid"])

    def show_hint(self, text: str) -> None:
        """Change the hint at the right of the label."""
        self._hint_label.configure(text=text)
        self._place_hint()

    def _place_hint(self) -> None:
        """Put the hint beside the label, or below it where there is no room.

        A hint below returns only if there is more room than it needs: exactly that much may be what it has
        asked for itself while it was beside the label, and the two places would alternate for ever.
        """
        wrap_control(self._label, 0)
        needed = self._label.winfo_reqwidth() + self._hint_label.winfo_reqwidth() + 2 * self._gap
        is_below = bool(self._hint_label.grid_info()) and self._hint_label.grid_info()["row"] == 1
        if 1 < self.winfo_width() < needed + is_below:
            self._hint_label.grid(row=1, column=0, columnspan=2, sticky="w", padx=0)
            wrap_control(self._label, self.winfo_width() - 2 * self._gap)
        else:
            self._hint_label.grid(row=0, column=1, columnspan=1, sticky="e", padx=(2 * self._gap, 0))

    @property
    def note(self) -> str:
        """The note shown at the moment, "" for none."""
        return self.note_message.text if self._is_shown("note_message") else ""

    def show_note(self, text: str) -> None:
        """Show a note about the text that was typed; "" hides it."""
        self.show_remark(MessageContent(text, "muted"))

    def show_remark(self, content: MessageContent) -> None:
        """Show a note with an icon or a button; an empty text hides it."""
        if content.text:
            self.note_message.show(content)
            self.note_message.grid(row=4, column=0, columnspan=2, sticky="w", pady=(self._gap, 0))
        elif self._is_shown("note_message"):
            self.note_message.grid_forget()

    def clear_error(self) -> None:
        """Hide the error."""
        if self._is_shown("error_message"):
            self.error_message.grid_forget()
        self.entry.state(["!invalid"])

    def _is_shown(self, message: str) -> bool:
        """Return whether a message is made and placed."""
        made = self.__dict__.get(message)
        return made is not None and bool(made.winfo_manager())

    def _on_focus_out(self) -> None:
        """Clear the selection when the focus moves within the dialog, but not when another window gets it."""
        if last_focused(self) is not self.entry:
            self.entry.selection_clear()


class ChoiceField(ttk.Frame):
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
        """The chosen text."""
        return self.entry.get()

    @value.setter
    def value(self, text: str) -> None:
        self.entry.set(text)


class QuestionDialog(Dialog):
    """A question with a button for each answer.

    Args:
        text: The explanation below the title.
        answers: Label of each button and the action it calls; the first one is the default.
        escape: The answer that Escape and the close button give.
        danger: The answer that ends or deletes something, whose button is red; empty for none. With it, the
            default has the focus but not the colour that asks to be pressed.
    """

    IS_MODAL = True

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        title: str,
        text: str,
        answers: Mapping[str, Callable[[], object]],
        escape: str,
        danger: str = "",
    ) -> None:
        super().__init__(master, theme, title, on_close=answers[escape])
        px, default = theme.px, next(iter(answers))
        ttk.Label(self.body, text=title, style="Header.TLabel").grid(row=0, column=0, sticky="w")
        explanation = ttk.Label(self.body, text=text, justify="left")
        theme.watch(explanation, lambda: explanation.configure(wraplength=px(theme.grown(TEXT_WIDTH))))
        explanation.grid(row=1, column=0, sticky="w", pady=(px(8), 0))
        self.buttons: dict[str, ttk.Button] = {}
        foot = ttk.Frame(self.body)
        foot.grid(row=2, column=0, sticky="e", pady=(px(20), 0))
        for label, action in reversed(list(answers.items())):
            style = "Primary.TButton" if label == default and not danger else "TButton"
            style = "DangerFill.TButton" if label == danger else style
            button = ttk.Button(foot, text=label, style=style, command=partial(self._answer, action))
            button.pack(side="left", padx=(px(8), 0), fill="y")
            self.buttons[label] = button
        self.open(self.buttons[default])

    def _answer(self, action: Callable[[], object]) -> None:
        self.destroy()
        action()


def modal_dialog(window: tk.Misc) -> Dialog | None:
    """Return the dialog over a window that has to be answered or closed first; None if there is none."""
    dialogs = (each for each in window.winfo_children() if isinstance(each, Dialog))
    return next((each for each in dialogs if each.IS_MODAL and each.winfo_viewable()), None)
