"""What a page of the settings is: its description in the navigation, and the base of its widgets."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from tkinter import ttk

from chatapp.client.model.changes import Change
from chatapp.client.model.network import Network
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.settings.setting_controls import SettingChoice, SettingSwitch
from chatapp.gui.widgets.flow_row import FlowRow
from chatapp.gui.widgets.list_row import Mark
from chatapp.gui.widgets.setting_row import SectionHeading, SettingCard, SettingRow, SettingText
from chatapp.languages.translation import _

# Pixels at 96 dpi
MARGIN, NARROW_MARGIN = 32, 16  # beside the content of a page
TITLE_TOP, TITLE_GAP = 16, 14
SECTION_GAP, HEADING_GAP = 24, 8
LOW_WIDTH = 500  # of a page, below which its margins are narrow
WIDEST = 760  # of the content, so that a control stays near its label


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page in the navigation. It is built when it is shown for the first time.

    Attributes:
        key: The name by which it is opened.
        title: Marked for translation.
        icon: A name in `icon_shapes.ICONS`.
        texts: What its rows say, marked for translation; the search looks through them.
        build: Makes the page in a frame that scrolls.
        is_offered: Whether there is something to set on it, on this network.
        is_row_offered: Whether the user may set the row with this key there.
        marks: At the right of its name.
        marks_on: Returns the marks that it has on this network.
        is_apart: Whether a rule stands above it.
        is_list: Whether its rows only tell something, so that "Jump to" does not offer them.
    """

    key: str
    title: str
    icon: str
    texts: Sequence[SettingText]
    build: Callable[[tk.Misc, PageTools], PageView]
    is_offered: Callable[[Network], bool] = lambda network: True
    is_row_offered: Callable[[Network, str], bool] = lambda network, key: True
    marks: tuple[Mark, ...] = ()
    marks_on: Callable[[Network], tuple[Mark, ...]] = lambda network: ()
    is_apart: bool = False
    is_list: bool = False

    def on(self, network: Network) -> SettingsPage:
        """Return the page with the rows and marks that it has on this network."""
        rows = [each for each in self.texts if self.is_row_offered(network, each.key)]
        texts = self.texts if len(rows) == len(self.texts) else tuple(rows)
        return replace(self, texts=texts, marks=self.marks or self.marks_on(network))

    @property
    def name(self) -> str:
        """The title in the language that is chosen."""
        return _(self.title)


class PageView(ttk.Frame):
    """Base of the widgets of a page: title, sections, cards, rows.

    It shows the settings and the model; `show` and `apply` bring it up to date.

    Args:
        title: The title of the page, translated.
        texts: Those of the page, marked for translation.
        widest: The greatest width of the content in pixels at 96 dpi; None for no limit.
    """

    def __init__(
        self,
        master: tk.Misc,
        tools: PageTools,
        title: str,
        texts: Iterable[SettingText] = (),
        widest: int | None = WIDEST,
    ) -> None:
        super().__init__(master)
        px = tools.theme.px
        self.tools = tools
        self.theme = tools.theme
        self.rows: dict[str, tk.Widget] = {}
        """The widget of each row that the search finds, by the key of its text."""
        self._followers: list[SettingSwitch | SettingChoice] = []
        self._texts = {each.key: each.translated() for each in texts}
        self._widest = widest
        self.columnconfigure(0, weight=1)
        self.head = FlowRow(self, tools.theme, spread=True)
        """The line with the title; `show_head` places more into it."""
        self._title = ttk.Label(self.head, text=title, style="Title.TLabel", justify="left")
        self.show_head()
        self.head.grid(sticky="ew", pady=(px(TITLE_TOP), px(TITLE_GAP)))
        self.bind("<Configure>", lambda event: self._fit_margins(event.width))

    def show(self) -> None:
        """Show the settings and the model as they are now.

        Called before the page appears, and when a setting was changed elsewhere.
        """
        for each in self._followers:
            each.follow()

    def show_head(self, *notes: ttk.Label) -> None:
        """Show these labels, children of `head`, beside the title; the last one at the right end."""
        self.head.show(self._title, *notes)
        self.head.fit()

    def apply(self, change: Change) -> None:
        """Follow a change of the client while the page is open."""

    def section(self, title: str = "", note: str = "", below: str = "") -> SettingCard:
        """Begin a group of rows under a heading; return the card for them."""
        px = self.theme.px
        if title:
            self.heading(title, note, below)
        card = SettingCard(self, self.theme)
        card.grid(sticky="ew", pady=(0, px(SECTION_GAP)))
        return card

    def heading(self, title: str, note: str = "", below: str = "") -> SectionHeading:
        """Add the heading of a group."""
        heading = SectionHeading(self, self.theme, title, note, below)
        heading.grid(sticky="ew", pady=(0, self.theme.px(HEADING_GAP)))
        return heading

    def add(self, card: SettingCard, key: str) -> SettingRow:
        """Add the row with this key to a card; `SettingRow.attach` gives it a control."""
        row = card.add(SettingRow(card, self.theme, self._texts[key]))
        self.rows[key] = row
        return row

    def add_switch(self, card: SettingCard, name: str) -> SettingSwitch:
        """Add a row with a switch for a field of `Settings`, whose name is the key of the row."""
        row = self.add(card, name)
        switch = row.attach(SettingSwitch(row, self.tools, name))
        self._followers.append(switch)
        return switch

    def add_choice(self, card: SettingCard, name: str, labels: Mapping[str, str]) -> SettingChoice:
        """Add a row with a list of values for a field of `Settings`: value -> label."""
        row = self.add(card, name)
        choice = row.attach(SettingChoice(row, self.tools, name, labels))
        self._followers.append(choice)
        return choice

    def _fit_margins(self, width: int) -> None:
        px = self.theme.px
        margin = px(NARROW_MARGIN if width < px(LOW_WIDTH) else MARGIN)
        right = margin
        if self._widest is not None:
            right = max(margin, width - margin - px(self._widest))
        self.configure(padding=(margin, 0, right, px(MARGIN)))
