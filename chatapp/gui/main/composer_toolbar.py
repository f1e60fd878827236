"""The row of buttons in the composer: more, formatting, emoji, mention, Send."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from chatapp.client.outgoing.text_formatting import Format
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.context_menus import pop_up
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.icon_menu import MenuItem

HEIGHT = 36  # in pixels at 96 dpi
NARROW = 560  # width below which the formatting buttons go into the menu, in pixels at 96 dpi
RULE = 18  # height of the lines between the buttons, in pixels at 96 dpi


@dataclass(frozen=True, slots=True)
class FormatButton:
    """One formatting command: its icon, its name, and its key or ""."""

    kind: Format
    icon: str
    label: str
    key: str = ""


BUTTONS = (
    FormatButton("bold", "bold", "Bold", "Ctrl+B"),
    FormatButton("italic", "italic", "Italic", "Ctrl+I"),
    FormatButton("code", "code", "Code", "Ctrl+E"),
    FormatButton("list", "list", "List"),
    FormatButton("quote", "quote", "Quotation"),
)
BLOCK = FormatButton("block", "code", "Code block")


class ComposerToolbar(ttk.Frame):
    """The buttons below the text.

    Args:
        on_format: Called with a formatting command.
        on_emoji: Called when the emoji button is pressed.
        on_mention: Called when the `@` button is pressed.
        on_send: Called when Send is pressed.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        on_format: Callable[[Format], object],
        on_emoji: Callable[[], object],
        on_mention: Callable[[], object],
        on_send: Callable[[], object],
    ) -> None:
        super().__init__(master, style="Field.TFrame")
        px = theme.px
        self._theme = theme
        self._on_format = on_format
        self._label = "Send"
        self.more = IconButton(self, theme, "plus", "More", self._open_menu, style="SoftField.", role="text")
        self.more.configure(style="RoundIcon.Field.TButton")
        self._rules = [tk.Frame(self, width=px(1), height=px(RULE)) for _ in range(2)]
        self.formats = {
            each.kind: IconButton(
                self,
                theme,
                each.icon,
                each.label,
                partial(on_format, each.kind),
                style="Field.",
                key=each.key,
            )
            for each in BUTTONS
        }
        self.emoji = IconButton(self, theme, "smile", "Emoji", on_emoji, style="Field.", key="Ctrl+Shift+E")
        self.mention = IconButton(self, theme, "at", "Mention somebody", on_mention, style="Field.")
        self.send_button = ttk.Button(
            self, style="SmallPrimary.Field.TButton", command=on_send, compound="left"
        )
        self._is_narrow: bool | None = None
        self.pack_propagate(False)
        self.bind("<Configure>", lambda event: self._arrange())
        theme.watch(self, self._paint)

    def show(self, label: str, enabled: bool) -> None:
        """Show what the main button does ("Send", "Save"), and whether a message can be sent here."""
        self._label = label
        self.send_button.configure(text=label)
        self.send_button.state(["!disabled" if enabled else "disabled"])
        self._paint_send()

    def _arrange(self) -> None:
        """Pack the buttons; in a narrow composer without those for formatting."""
        px = self._theme.px
        is_narrow = self.winfo_width() < px(NARROW)
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for child in self.pack_slaves():
            child.pack_forget()
        self.send_button.pack(side="right", padx=(px(8), px(4)), ipadx=px(4))
        self.more.pack(side="left", padx=(px(4), px(13)))
        self._rules[0].pack(side="left", padx=(0, px(8)))
        if not is_narrow:
            for button in self.formats.values():
                button.pack(side="left", padx=(0, px(4)))
            self._rules[1].pack(side="left", padx=(px(4), px(8)))
        self.emoji.pack(side="left", padx=(0, px(4)))
        self.mention.pack(side="left")

    def _open_menu(self) -> None:
        inside = BUTTONS if self._is_narrow else ()
        items = [
            MenuItem(each.label, partial(self._on_format, each.kind), each.icon, each.key)
            for each in (BLOCK, *inside)
        ]
        pop_up(self.more, self._theme, items, self.more.winfo_rootx(), self.more.winfo_rooty())

    def _paint(self) -> None:
        px = self._theme.px
        linespace = self._theme.fonts["ChatBold"].metrics("linespace")
        self.configure(height=max(px(HEIGHT), linespace + px(16)))
        for rule in self._rules:
            rule.configure(background=self._theme.colours.edge)
        self._paint_send()

    def _paint_send(self) -> None:
        role = "muted" if self.send_button.instate(["disabled"]) else "on_primary"
        icon = "check" if self._label == "Save" else "send"
        image = self._theme.icon(icon, role, 15)
        self.send_button["image"] = (image, "disabled", image)  # else Tk dots a disabled one
