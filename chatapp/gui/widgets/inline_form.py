"""A form that opens in place below the button that it belongs to; an error stands under its field."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.flow_row import FlowRow
from chatapp.gui.widgets.password_field import PasswordField
from chatapp.gui.widgets.wrapping import wrap_at
from chatapp.languages.translation import _

WIDTH = 380  # of the fields, in pixels at 96 dpi


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form.

    Attributes:
        is_secret: Whether the text is shown as dots, and kept with the spaces around it.
    """

    key: str
    label: str
    hint: str = ""
    is_secret: bool = False


class InlineForm(ttk.Frame):
    """Fields, a button that does something, and one that closes the form.

    Enter goes to the next field if that is an empty password, otherwise it submits. While the form is busy
    nothing can be pressed, so that nothing is done twice. It is not placed by itself.

    Args:
        fields: In their order.
        action: The label of the button.
        on_submit: Called with the text of each field by its key. It calls `show_problem`, or `show_busy` and
            later one of the others.
        on_close: Called when the user closes the form.
        text: An explanation above the fields.
        style: Of the button.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        fields: Sequence[FormField],
        action: str,
        on_submit: Callable[[Mapping[str, str]], object],
        on_close: Callable[[], object],
        text: str = "",
        style: str = "Primary.TButton",
    ) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self._on_submit, self._on_close = on_submit, on_close
        self._secrets = {each.key for each in fields if each.is_secret}
        self.columnconfigure(1, weight=1)
        self.text = ttk.Label(
            self, text=text, style="Muted.TLabel", justify="left", wraplength=theme.px(WIDTH)
        )
        if text:
            self.text.grid(row=0, column=0, columnspan=2, sticky="w", pady=(0, px(8)))
        self.fields: dict[str, Field] = {}
        for row, each in enumerate(fields, 1):
            make = PasswordField if each.is_secret else Field
            field = make(self, theme, each.label, each.hint, width=WIDTH)
            field.grid(row=row, column=0, sticky="ew", pady=(0, px(10)))
            for key in ("<Return>", "<KP_Enter>"):
                field.entry.bind(key, partial(self._on_enter, each.key))
            self.fields[each.key] = field
        foot = FlowRow(self, theme)
        foot.grid(row=len(fields) + 1, column=0, columnspan=2, sticky="ew")
        self.button = ttk.Button(foot, text=action, style=style, command=self._submit, cursor="hand2")
        self.cancel = ttk.Button(foot, text=_("Cancel"), command=self._close, cursor="hand2")
        foot.show(self.button, self.cancel)
        self._bind_escape(self)
        self.bind("<Configure>", lambda event: self._fit(event.width))

    def open(self, **values: str) -> None:
        """Empty the fields, except for these values, and give the first one the keyboard."""
        for key, field in self.fields.items():
            field.value = values.get(key, "")
            field.clear_error()
        self._set_busy(False)
        first = next(iter(self.fields.values())).entry
        first.focus_set()
        first.selection_range(0, "end")

    @property
    def is_in_use(self) -> bool:
        """Whether it is open and has text or the keyboard, so that it must not disappear by itself."""
        if not self.winfo_manager():
            return False
        has_text = any(field.entry.get() for field in self.fields.values())
        return has_text or f"{self.tk.call('focus')}".startswith(f"{self}.")

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self.button.instate(["disabled"])

    def show_busy(self) -> None:
        """Show that it is being done."""
        for field in self.fields.values():
            field.clear_error()
        self._set_busy(True)

    def show_problem(self, problem: str, key: str = "") -> None:
        """Show why it was not done, below a field; by default the last one. What was typed stays."""
        self._set_busy(False)
        for field in self.fields.values():
            field.clear_error()
        (self.fields[key] if key else list(self.fields.values())[-1]).show_error(problem)

    def clear(self) -> None:
        """Empty all fields, because it is done."""
        self._set_busy(False)
        for field in self.fields.values():
            field.value = ""
            field.clear_error()

    def show_field(self, key: str, shown: bool) -> None:
        """Show a field or hide it."""
        field = self.fields[key]
        (field.grid if shown else field.grid_remove)()

    def _on_enter(self, key: str, event: tk.Event[tk.Misc]) -> str:
        """Go on to the next field if that is a password which is still empty; otherwise submit."""
        shown = [name for name, field in self.fields.items() if field.winfo_manager()]
        following = next(iter(shown[shown.index(key) + 1 :]), "")
        if following in self._secrets and self.fields[key].entry.get():
            entry = self.fields[following].entry
            if not entry.get():
                entry.focus_set()
                return "break"
        return self._submit()

    def _submit(self) -> str:
        if not self.is_busy:
            shown = {key: field for key, field in self.fields.items() if field.winfo_manager()}
            texts = {key: field.entry.get() for key, field in shown.items()}
            self._on_submit(
                {key: text if key in self._secrets else " ".join(text.split()) for key, text in texts.items()}
            )
        return "break"

    def _close(self) -> str:
        self.clear()
        self._on_close()
        return "break"

    def _set_busy(self, is_busy: bool) -> None:
        for widget in (self.button, *(field.entry for field in self.fields.values())):
            widget.state(["disabled" if is_busy else "!disabled"])

    def _bind_escape(self, widget: tk.Misc) -> None:
        """Let Escape close the form and nothing around it. A frame with a key would be a stop of Tab."""
        if isinstance(widget, ttk.Entry | ttk.Button):
            widget.bind("<Escape>", lambda event: self._close())
        for child in widget.winfo_children():
            self._bind_escape(child)

    def _fit(self, width: int) -> None:
        """Let the fields be as wide as they want, but not wider than the form."""
        wrap_at(self.text, width)
        wanted = self._theme.px(WIDTH)
        fields = max(field.entry.winfo_reqwidth() for field in self.fields.values())
        self.columnconfigure(0, minsize=min(wanted, width), weight=1 if fields > width else 0)
