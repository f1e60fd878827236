"""The line above the messages: what is open, its topic, and what one can do with it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.model.notification_rules import level_in
from chatapp.client.model.person_status import said_by
from chatapp.client.text.formatting import plain
from chatapp.gui.main import conversation_row
from chatapp.gui.main.topic_line import TopicLine
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.canvas_button import CanvasButton, Face
from chatapp.gui.widgets.field_button import FieldButton
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
HEIGHT, END = 48, 12  # height, and room at the right end
COMPACT = 560  # below this width the search field is an icon
SEARCH_WIDTH, SEARCH_HEIGHT = 132, 28
AVATAR, ICON = 28, 16
PEOPLE_HEIGHT, PEOPLE_ICON_LEFT, PEOPLE_TEXT_LEFT, PEOPLE_PAD = 28, 10, 31, 12
RADIUS = 6
STAR_GAP = 2  # between the name and the star, whose focus ring must not touch the name
RULE_HEIGHT, TOPIC_GAP, MIN_TOPIC = 16, 20, 60
SHORTEST = "MM…"  # the name needs this room; with less, the picture beside it gives way
MIN_NAME = 80  # room for the name; with less, star and bell are only in the menu
NAME_SHARE = 0.7  # of the room for name and topic that the name may take

RULE_STYLE = "Rule.TFrame"
ABSENCES = {"away": N_("Away"), "offline": N_("Offline")}  # of a person who gives no reason
PEOPLE_TIP = N_("Show or hide the people")
BELL_TIPS = {
    "everything": N_("You are notified of every message"),
    "mentions": N_("You are notified of mentions of you"),
    "nothing": N_("You are notified of nothing"),
}
NO_CONVERSATION = Conversation("", "direct")


class HeaderHandlers(NamedTuple):
    """Functions that the header calls."""

    on_topic: Callable[[str], object]
    """Set this topic."""
    on_favourite: Callable[[], object]
    """Make the conversation a favourite, or none."""
    on_search: Callable[[], object]
    """Find something in the conversation."""
    on_bell: Callable[[int, int], object]
    """Open the menu of notifications to the left of these screen coordinates."""
    on_people: Callable[[], object]
    """Show or hide the people."""
    on_sidebar: Callable[[], object]
    """Show the sidebar, which has no room."""
    on_menu: Callable[[int, int], object]
    """Open the menu of the conversation to the left of these screen coordinates."""


class Header(ttk.Frame):
    """Icon, name, star, topic; search, bell, people, menu."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: HeaderHandlers) -> None:
        super().__init__(master, style="Chrome.TFrame")
        self._theme = theme
        self._handlers = handlers
        self._network = Network()
        self._notify_of = "direct"
        self._conversation = NO_CONVERSATION
        self._title = ""
        self._is_name_cut = False
        self._is_low = False
        self._placed: set[tk.Widget] = set()
        self._has_sidebar_button = False
        self.sidebar_button = IconButton(
            self, theme, "menu", _("Conversations"), handlers.on_sidebar, "Chrome."
        )
        self._picture = ttk.Label(self, style="Chrome.TLabel")
        self.name_label = ttk.Label(self, style="Header.Chrome.TLabel")
        self.star_button = IconButton(
            self, theme, "star", "", handlers.on_favourite, "Chrome.", key="Ctrl+Shift+D"
        )
        self._rule = ttk.Frame(
            self, style=RULE_STYLE, width=max(theme.px(1), 1), height=theme.px(RULE_HEIGHT)
        )
        self.topic = TopicLine(self, theme, handlers.on_topic, lambda editing: self._place())
        self.search_button = FieldButton(
            self, theme, _("Search"), shown_keys("Ctrl+F"), handlers.on_search, "chrome", "ChatSmall",
            SEARCH_HEIGHT,
        )  # fmt: skip
        self.search_icon = IconButton(
            self, theme, "search", _("Search"), handlers.on_search, "Chrome.", key="Ctrl+F"
        )
        self.bell_button = IconButton(self, theme, "bell", "", self._open_bell, "Chrome.")
        self.people_button = CanvasButton(
            self, theme, handlers.on_people, self._draw_people, "chrome", hover="", tip=_(PEOPLE_TIP)
        )
        self.menu_button = IconButton(self, theme, "dots", _("More"), self._open_menu, "Chrome.")
        self._divider = ttk.Frame(self, style="Divider.TFrame", height=max(theme.px(1), 1))
        tip = Tooltip(self.name_label, theme)
        self.name_label.bind("<Enter>", lambda event: tip.show(self._title if self._is_name_cut else ""))
        self.bind("<Configure>", lambda event: self._place())
        theme.watch(self, self._restyle)

    def show(self, network: Network, conversation: Conversation | None, notify_of: str = "direct") -> None:
        """Show a conversation; without one, show nothing.

        Args:
            notify_of: Of what the user is notified by the settings.
        """
        if conversation is not self._conversation:
            self.topic.stop_editing()
        self._network, self._conversation = network, conversation or NO_CONVERSATION
        self._notify_of = notify_of
        self._paint()

    def show_sidebar_button(self, is_shown: bool) -> None:
        """Show or hide the button that leads to the sidebar."""
        self._has_sidebar_button = is_shown
        self._place()

    def show_low(self, is_low: bool) -> None:
        """Take as little height as the text needs, or as much as usual."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._restyle()

    def _fit_height(self) -> None:
        theme = self._theme
        line = theme.fonts["ChatHeader"].metrics("linespace")
        if self._is_low:
            self.configure(height=line + theme.px(6))
        else:
            avatar = theme.px(theme.grown(AVATAR) + 8)
            self.configure(height=max(theme.px(HEIGHT), line + theme.px(16), avatar))

    def _restyle(self) -> None:
        """Set what only a change of the theme changes: with a style, Tk draws every widget again."""
        theme = self._theme
        ttk.Style(self).configure(RULE_STYLE, background=theme.colours.edge)
        self._fit_height()
        self._paint()

    def _paint(self) -> None:
        """Show everything in its present state and colours."""
        shown = self._conversation
        self._title = conversation_row.title(self._network, shown)
        if shown.kind == "server":
            self._title = _(conversation_row.SERVER_LONG_TITLE)
        self._paint_picture()
        self.star_button.show(
            "star-full" if shown.favourite else "star",
            _("Remove from favourites") if shown.favourite else _("Add to favourites"),
            "warn" if shown.favourite else "muted",
        )
        is_off = shown.muted or level_in(shown, self._notify_of) == "nothing"
        self.bell_button.show("bell-off" if is_off else "bell", bell_tip(shown, self._notify_of))
        may_edit = shown.kind == "channel" and self._network.may_set_topic(shown)
        whole = plain(shown.topic)
        self.topic.show(" ".join(whole.split()) or absence(self._network, shown), whole.strip(), may_edit)
        self.people_button.configure(width=self._people_width(), height=self._people_height())
        self.people_button.paint()
        self._place()

    def _paint_picture(self) -> None:
        """Show the avatar of the person, or the icon of the channel."""
        theme, shown = self._theme, self._conversation
        if shown is NO_CONVERSATION:
            self._picture.configure(image="")
        elif shown.kind == "direct":
            presence = conversation_row.presence_mark(self._network, shown.name)
            size = self._avatar_size()
            colour = self._network.colour(shown.name)
            avatar = theme.avatar(
                self._title, size, key=shown.name, colour=colour, presence=presence, surface="chrome"
            )
            self._picture.configure(image=avatar)
        else:
            icon = theme.icon(conversation_row.kind_icon(shown), "text", theme.grown(ICON))
            self._picture.configure(image=icon)

    def _avatar_size(self) -> int:
        """Return the size of an avatar, in pixels at 96 dpi."""
        theme = self._theme
        line = theme.fonts["ChatHeader"].metrics("linespace") / theme.scale
        return round(min(theme.grown(AVATAR), line - 2) if self._is_low else theme.grown(AVATAR))

    def _place(self) -> None:
        """Place the parts: from the right the buttons, from the left the name, between them the topic."""
        before, self._placed = self._placed, set()
        self._divider.place(rely=1, relwidth=1, anchor="sw")
        if self._has_sidebar_button:
            self._put(self.sidebar_button, self._theme.px(8))
        if self._conversation is not NO_CONVERSATION and self.winfo_width() > 1:
            self._place_parts()
        for part in before - self._placed:  # a part that stays is never hidden: it would lose the focus
            part.place_forget()

    def _place_parts(self) -> None:
        px, grown = self._theme.px, self._theme.grown
        is_direct = self._conversation.kind == "direct"
        left = px(12) + self.sidebar_button.winfo_reqwidth() if self._has_sidebar_button else px(16)
        begin, left = left, left + px(self._avatar_size() + 8 if is_direct else grown(ICON) + 4)
        buttons = self._buttons(tight=False)
        has_star = self._conversation.kind != "server"
        star = self.star_button.winfo_reqwidth() + px(STAR_GAP) if has_star else 0
        if self._begin(buttons) - left - star < px(grown(MIN_NAME)):
            buttons, star = self._buttons(tight=True), 0
        right = self._begin(buttons)
        if right - left < self._theme.fonts["ChatHeader"].measure(SHORTEST):
            left = begin
        else:
            self._put(self._picture, begin)
        end = self.winfo_width() - px(END)
        for part, width, gap in buttons:
            self._put(part, end - width, width)
            end -= width + gap
        left = self._place_name(left, right, star)
        self._place_topic(left, right)

    def _put(self, part: tk.Widget, x: int, width: int | str = "") -> None:
        """Place a part in the middle of the height."""
        part.place(x=x, rely=0.5, anchor="w", width=width)
        self._placed.add(part)

    def _buttons(self, tight: bool) -> list[tuple[tk.Widget, int, int]]:
        """Return the buttons from the right: each with its width and the gap at its left, in pixels.

        Args:
            tight: Whether to leave out what the menu has too, so that the name can be read.
        """
        px, shown = self._theme.px, self._conversation
        row: list[tuple[tk.Widget, int]] = [(self.menu_button, 6)]
        if shown.kind == "channel":
            row.append((self.people_button, 8))
        if shown.kind != "server" and not tight:
            row.append((self.bell_button, 8))
        is_compact = self.winfo_width() < px(self._theme.grown(COMPACT))
        row.append((self.search_icon if is_compact else self.search_button, 8))
        return [
            (part, self._search_width() if part is self.search_button else part.winfo_reqwidth(), px(gap))
            for part, gap in row
        ]

    def _begin(self, buttons: Sequence[tuple[tk.Widget, int, int]]) -> int:
        """Return where the buttons begin."""
        return self.winfo_width() - self._theme.px(END) - sum(width + gap for _, width, gap in buttons)

    def _search_width(self) -> int:
        fonts, px = self._theme.fonts, self._theme.px
        icon = self._theme.grown(14) - 14  # by how much it is larger than usual
        words = fonts["ChatSmall"].measure(_("Search")), fonts["ChatTiny"].measure(shown_keys("Ctrl+F"))
        need = sum(words) + px(54 + icon)
        return max(px(SEARCH_WIDTH), need)

    def _place_name(self, left: int, right: int, star: int) -> int:
        """Place name and star; return where the topic may begin.

        Args:
            star: The width of the star with its gap; 0 for none.
        """
        px, measure = self._theme.px, self._theme.fonts["ChatHeader"].measure
        room = max(right - left - star - px(4), 0)
        wanted = self.topic.wanted_width + px(TOPIC_GAP) if self.topic.wanted_width else 0
        if room < 2 * measure(SHORTEST):
            wanted = 0  # there is no room for a topic
        name = shorten(self._title, measure, max(int(room * NAME_SHARE), room - wanted))
        self._is_name_cut = name != self._title
        self.name_label.configure(text=name)
        self._put(self.name_label, left)
        left += self.name_label.winfo_reqwidth()
        if star:
            self._put(self.star_button, left + px(STAR_GAP))
        return left + star

    def _place_topic(self, left: int, right: int) -> None:
        px = self._theme.px
        smallest = max(px(MIN_TOPIC), self._theme.fonts["ChatSmall"].measure("Words…") + px(TOPIC_GAP))
        if right - left < smallest or not (self.topic.wanted_width or self.topic.is_editing):
            self.topic.stop_editing()
            return
        is_after_rule = self._conversation.kind == "channel"
        begin, left = left, left + (px(8) if is_after_rule else 0)
        if self.topic.is_all_or_nothing and right - left < self.topic.wanted_width:
            return
        if is_after_rule:
            self._put(self._rule, begin + px(6))
        self._put(self.topic, left, right - left)

    def _open_bell(self) -> None:
        self._handlers.on_bell(*_lower_right(self.bell_button))

    def _open_menu(self) -> None:
        self._handlers.on_menu(*_lower_right(self.menu_button))

    def _people_width(self) -> int:
        px, number = self._theme.px, self._people_number()
        text = self._theme.fonts["ChatSmallBold"].measure(number)
        icon = self._theme.grown(ICON) - ICON
        if not number:
            return px(PEOPLE_HEIGHT + 8 + icon)
        return text + px(PEOPLE_TEXT_LEFT + icon + PEOPLE_PAD)

    def _people_height(self) -> int:
        px, line = self._theme.px, self._theme.fonts["ChatSmallBold"].metrics("linespace")
        return max(px(PEOPLE_HEIGHT), line + px(8))

    def _people_number(self) -> str:
        """Return the number of members, "" while we are not in the channel."""
        return str(len(self._conversation.members) or "")

    def _draw_people(self, face: Face) -> None:
        theme, px = self._theme, self._theme.px
        middle = face.height // 2
        box = theme.box(face.width, face.height, RADIUS, "chip", "border" if face.hovered else "")
        face.canvas.create_image(0, 0, anchor="nw", image=box)
        icon = theme.icon("people", "text", theme.grown(ICON))
        face.canvas.create_image(px(PEOPLE_ICON_LEFT), middle, anchor="w", image=icon)
        face.canvas.create_text(
            px(PEOPLE_TEXT_LEFT - ICON + theme.grown(ICON)), middle, anchor="w", font="ChatSmallBold",
            text=self._people_number(), fill=theme.colours.text,
        )  # fmt: skip


def absence(network: Network, conversation: Conversation) -> str:
    """Return why the other user of a direct message is away; "" if they are not, or if that is unknown."""
    if conversation.kind != "direct":
        return ""
    presence = network.presence(conversation.name)
    person = network.people.get(network.fold(conversation.name))
    reason = said_by(person) if person is not None and presence in ("away", "online") else ""
    return reason or _(ABSENCES.get(presence, ""))


def bell_tip(conversation: Conversation, notify_of: str) -> str:
    """Return what the bell says: what the user is notified of.

    Args:
        notify_of: Of what the user is notified by the settings.
    """
    if conversation.muted:
        return _("Muted")
    return _(BELL_TIPS[level_in(conversation, notify_of)])


def _lower_right(widget: tk.Misc) -> tuple[int, int]:
    """Return the screen coordinates of the lower right corner, left of which a menu opens."""
    return widget.winfo_rootx() + widget.winfo_width(), widget.winfo_rooty() + widget.winfo_height()
