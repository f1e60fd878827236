"""The row of buttons in the composer: more, formatting, emoji, mention, Send."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from chatapp.client.outgoing.text_formatting import Format
from chatapp.gui.main.attachment_texts import FileOffer
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.context_menus import pop_up
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _

HEIGHT = 36  # in pixels at 96 dpi
NARROW = 560  # width below which the formatting buttons go into the menu, in pixels at 96 dpi
LOW_GAPS = 20  # beside and between the two buttons beside the text, in pixels at 96 dpi
ENDS, BUTTON_GAP = 44, 4  # widths of lines with their gaps, and between buttons; pixels at 96 dpi
RULE = 18  # height of the lines between the buttons, in pixels at 96 dpi


@dataclass(frozen=True, slots=True)
class FormatButton:
    """One formatting command: its icon, its name, and its key or ""."""

    kind: Format
    icon: str
    label: str
    key: str = ""


BUTTONS = (
    FormatButton("bold", "bold", N_("Bold"), "Ctrl+B"),
    FormatButton("italic", "italic", N_("Italic"), "Ctrl+I"),
    FormatButton("code", "code", N_("Code"), "Ctrl+E"),
    FormatButton("list", "list", N_("List")),
    FormatButton("quote", "quote", N_("Quotation")),
)
EMOJI, EMOJI_KEY = N_("Emoji"), "Ctrl+Shift+E"
MENTION = N_("Mention somebody")
FILE, FILE_KEY = N_("File…"), "Ctrl+Shift+U"
PASTE_BLOCK = N_("Paste as a code block")
BLOCK = FormatButton("block", "code", N_("Code block"))


class ComposerToolbar(ttk.Frame):
    """The buttons below the text.

    Args:
        on_format: Called with a formatting command.
        on_emoji: Called when the emoji button is pressed.
        on_mention: Called when the `@` button is pressed.
        on_send: Called when Send is pressed.
        on_file: Called to choose files.
        on_paste_block: Called to paste a text as a block of code.
        file_offer: Returns whether files can be sent here.
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
        on_file: Callable[[], object] = lambda: None,
        on_paste_block: Callable[[], object] = lambda: None,
        file_offer: Callable[[], FileOffer] = FileOffer,
    ) -> None:
        super().__init__(master, style="Field.TFrame")
        px = theme.px
        self._theme = theme
        self._on_format = on_format
        self._on_emoji = on_emoji
        self._on_mention = on_mention
        self._on_paste_block = on_paste_block
        self._on_file = on_file
        self._file_offer = file_offer
        self._is_editing = False
        self._is_short = False  # whether Send has no room for its word
        self._takes_messages = True
        self._is_low = False  # whether it stands beside the text, with two buttons
        self.more = IconButton(
            self, theme, "plus", _("More"), self._open_menu, style="SoftField.", role="text"
        )
        self.more.configure(style="RoundIcon.Field.TButton")
        self._rules = [tk.Frame(self, width=px(1), height=px(RULE)) for side in ("left", "right")]
        self.formats = {
            each.kind: IconButton(
                self,
                theme,
                each.icon,
                _(each.label),
                partial(on_format, each.kind),
                style="Field.",
                key=each.key,
            )
            for each in BUTTONS
        }
        self.emoji = IconButton(self, theme, "smile", _(EMOJI), on_emoji, style="Field.", key=EMOJI_KEY)
        self.mention = IconButton(self, theme, "at", _(MENTION), on_mention, style="Field.")
        self.send_button = ttk.Button(
            self, style="SmallPrimary.Field.TButton", command=on_send, compound="left"
        )
        for button in (self.more, *self.formats.values(), self.emoji, self.mention, self.send_button):
            button.bind("<Button-1>", _keep_focus)
        self._send_tip = Tooltip(self.send_button, theme)
        self.send_button.bind(
            "<Enter>", lambda event: self._send_tip.show(self._label() if self._is_short else "")
        )
        self._shown: list[tk.Widget] = []
        self.pack_propagate(False)
        self.bind("<Configure>", lambda event: self._arrange())
        theme.watch(self, self._paint)

    def show(self, is_editing: bool, enabled: bool, takes_messages: bool = True) -> None:
        """Show whether the main button saves or sends, and whether a message can be sent here.

        Args:
            takes_messages: Whether there are messages here; else there are only commands, without formatting.
        """
        self._is_editing, self._takes_messages = is_editing, takes_messages
        self.send_button.state(["!disabled" if enabled else "disabled"])
        self._paint_send()
        self._arrange()

    def show_low(self, is_low: bool) -> None:
        """Show only `+` and Send, for the place beside the text, or all buttons again."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._paint()

    @property
    def emoji_place(self) -> tk.Widget:
        """The button beside which the emoji picker opens."""
        return self.emoji if self.emoji in self._shown else self.more

    def _arrange(self) -> None:
        """Pack the buttons that have room; the others are in the menu."""
        px, width = self._theme.px, self.winfo_width()
        shown = self._buttons_with_room(width)
        is_short = self._is_low or self._width_of(shown) > width > 1
        if is_short != self._is_short:
            self._is_short = is_short
            self._paint_send()
        if shown == self._shown:
            return
        self._shown = shown
        for child in self.pack_slaves():
            child.pack_forget()
        self.send_button.pack(side="right", padx=(px(8), px(4)), ipadx=px(2))
        if self.more in shown:
            self.more.pack(side="left", padx=(px(4), px(13) if self.emoji in shown else 0))
        if self.emoji in shown:
            self._rules[0].pack(side="left", padx=(0, px(8)))
        formats = [each for each in self.formats.values() if each in shown]
        for button in formats:
            button.pack(side="left", padx=(0, px(4)))
        if formats:
            self._rules[1].pack(side="left", padx=(px(4), px(8)))
        if self.emoji in shown:
            self.emoji.pack(side="left", padx=(0, px(4)))
        if self.mention in shown:
            self.mention.pack(side="left")
        self._fit_size()

    def _buttons_with_room(self, width: int) -> list[tk.Widget]:
        """Return the buttons that are shown: in a narrow composer those for formatting are not."""
        if not self._takes_messages:
            return [self.send_button]
        if self._is_low:
            return [self.more, self.send_button]
        formats = list(self.formats.values())
        shown: list[tk.Widget] = [self.more, *formats, self.emoji, self.mention, self.send_button]
        if width < max(self._theme.px(NARROW), self._width_of(shown)):
            shown = [each for each in shown if each not in formats]
        for button in (self.mention, self.emoji):
            if width < self._width_of(shown):
                shown.remove(button)
        return shown

    def _width_of(self, buttons: list[tk.Widget]) -> int:
        """Return the width of these buttons in one row, with lines and gaps; Send has its word."""
        gaps = ENDS + BUTTON_GAP * len(buttons)
        others = sum(each.winfo_reqwidth() for each in buttons if each is not self.send_button)
        word = self._theme.fonts["ChatBold"].measure(self._label()) if self._is_short else 0
        return others + self.send_button.winfo_reqwidth() + word + self._theme.px(gaps)

    def _open_menu(self) -> None:
        inside = [each for each in BUTTONS if self.formats[each.kind] not in self._shown]
        items = [
            *self._file_items(),
            MenuItem(_(PASTE_BLOCK), self._on_paste_block, "paste"),
            *(
                MenuItem(_(each.label), partial(self._on_format, each.kind), each.icon, each.key)
                for each in (BLOCK, *inside)
            ),
        ]
        if self.emoji not in self._shown:
            items.append(MenuItem(_(EMOJI), self._on_emoji, "smile", EMOJI_KEY))
        if self.mention not in self._shown:
            items.append(MenuItem(_(MENTION), self._on_mention, "at"))
        pop_up(self.more, self._theme, items, self.more.winfo_rootx(), self.more.winfo_rooty(), is_above=True)

    def _file_items(self) -> list[MenuItem]:
        """Return "File…", or why no files can be sent here; nothing from a server without files."""
        offer = self._file_offer()
        if offer.is_offered:
            return [MenuItem(_(FILE), self._on_file, "file", FILE_KEY)]
        return [MenuItem(offer.reason, icon="file", is_text=True)] if offer.reason else []

    def _paint(self) -> None:
        px = self._theme.px
        self._arrange()
        self._fit_size()
        for rule in self._rules:
            rule.configure(background=self._theme.colours.edge, height=px(self._theme.grown(RULE)))
        self._paint_send()

    def _fit_size(self) -> None:
        """Take the height of the buttons; beside the text also no more than their width."""
        px, linespace = self._theme.px, self._theme.fonts["ChatBold"].metrics("linespace")
        height = self.emoji.winfo_reqheight()
        if self._is_low:
            width = sum(each.winfo_reqwidth() for each in self._shown)
            self.configure(width=width + px(LOW_GAPS), height=height)
        else:
            self.configure(height=max(px(HEIGHT), linespace + px(16), height))

    def _label(self) -> str:
        """Return the word of the main button."""
        return _("Save") if self._is_editing else _("Send")

    def _paint_send(self) -> None:
        role = "muted" if self.send_button.instate(["disabled"]) else "on_primary"
        icon = "check" if self._is_editing else "send"
        image = self._theme.icon(icon, role, self._theme.grown(15))
        self.send_button["image"] = (image, "disabled", image)  # else Tk dots a disabled one
        self.send_button.configure(text="" if self._is_short else f" {self._label()}")


def _keep_focus(event: tk.Event[tk.Misc]) -> None:
    """Leave the keyboard where it is during a click, so that one can write on."""
    button = event.widget
    if isinstance(button, ttk.Button):
        button["takefocus"] = False
        button.tk.call("after", "idle", [button, "configure", "-takefocus", "ttk::takefocus"])
