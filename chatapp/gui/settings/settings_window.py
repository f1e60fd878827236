"""The window of the settings: navigation and search at its left, a page at its right.

It stays open beside the main window. Every change takes effect at once.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.client.local.settings import DEFAULT_FONT_SIZE
from chatapp.client.model.changes import Change
from chatapp.gui.settings.found_settings import FoundSettings
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_list import PageList
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.settings.setting_search import Found, find
from chatapp.gui.theme.theme import MAX_SIZE, MIN_SIZE
from chatapp.gui.widgets import keyboard_routing, platform_events, shortcuts
from chatapp.gui.widgets.descendants import with_descendants
from chatapp.gui.widgets.dialog import DIALOG_CLASS
from chatapp.gui.widgets.geometry import WindowGeometry
from chatapp.gui.widgets.row_list import bind_steps
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.search_field import SearchField
from chatapp.gui.widgets.setting_row import RowFlash
from chatapp.gui.widgets.widget_paths import last_focused
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
WIDTH, HEIGHT = 980, 720
MIN_WIDTH, MIN_HEIGHT = 520, 360
FRAME = 48  # of the height of a screen, for the title bar and the panel of the desktop
NAVIGATION, ICONS = 216, 56  # width of the navigation; with icons alone
LEAST_PAGE = 440  # width of a page below which the navigation becomes narrow
INSET, TITLE_TOP, LIST_TOP = 12, 18, 16
TITLE = N_("Settings")
HINT = N_("Find a setting")


class SettingsWindow(tk.Toplevel):
    """Shows one page at a time, and keeps those that were shown.

    Args:
        pages: All pages; those that are not offered on this network are left out.
        on_page: Called with the key of each page that is shown.
        on_close: Called when the user closes the window.
    """

    def __init__(
        self,
        master: tk.Misc,
        tools: PageTools,
        pages: Sequence[SettingsPage],
        on_page: Callable[[str], object],
        on_close: Callable[[], object],
    ) -> None:
        super().__init__(master, class_=DIALOG_CLASS)
        self.withdraw()
        self.title(_(TITLE))
        self._tools = tools
        self._theme = tools.theme
        self._all = list(pages)
        self._on_page = on_page
        self._on_close = on_close
        self._scrolled: dict[str, Scrolled] = {}
        self._flash: RowFlash | None = None
        self._sought: tk.Widget | None = None  # the row that was found last
        self._is_narrow: bool | None = None
        self.views: dict[str, PageView] = {}
        self.shown = ""
        self.offered = self._offered()
        self._build()
        self._bind_events()
        self._bind_parts()
        self._theme.watch(self, self._fit)

    @property
    def view(self) -> PageView:
        """The page that is shown."""
        return self.views[self.shown]

    def open(self, key: str) -> None:
        """Show the window with this page, or the first one if it is not offered."""
        self.show_page(key)
        if self.state() == "withdrawn":
            self._place()
        self.deiconify()
        self.lift()
        self.list.focus_force()

    def show_page(self, key: str) -> None:
        """Show a page; the first one if this one is not offered."""
        page = next((each for each in self.offered if each.key == key), self.offered[0])
        self.field.clear()
        self.results.hide()
        if page.key not in self.views:
            scrolled = self._scrolled[page.key] = Scrolled(self._content, self._theme)
            scrolled.body.bind("<Configure>", lambda event: self._on_moved(), add=True)
            view = self.views[page.key] = page.build(scrolled.body, self._tools)
            view.pack(fill="both", expand=True)
        self.views[page.key].show()
        if page.key != self.shown and self.shown in self._scrolled:
            self._scrolled[self.shown].grid_remove()
        self.shown = page.key
        self._scrolled[page.key].grid(row=1, column=0, sticky="nsew")
        self.list.show(self.offered, page.key)
        self._on_page(page.key)

    def open_found(self, found: Found) -> None:
        """Show the page of a row, scroll to it and flash it."""
        self.show_page(found.page.key)
        self.update_idletasks()
        row = self.view.rows.get(found.text.key) if found.text is not None else None
        if row is None:
            self.list.focus_set()
            return
        if self._flash is not None:
            self._flash.end()
        self._flash = RowFlash(row)
        self._sought = row
        self.list.focus_force()
        self._show_sought()

    def rebuild(self) -> None:
        """Make all parts anew, with their texts in the language that is chosen now; the focus stays."""
        shown, focus = self.shown, last_focused(self)
        rows = self.view.rows.items()
        key = next((key for key, row in rows if focus and keyboard_routing.is_inside(focus, [row])), "")
        if self._flash is not None:
            self._flash.end()
        for child in self.winfo_children():
            child.destroy()
        self._scrolled.clear()
        self.views.clear()
        self.shown, self._is_narrow, self._flash, self._sought = "", None, None, None
        self.offered = self._offered()
        self.title(_(TITLE))
        self._build()
        self._bind_parts()
        self.show_page(shown)
        self._fit()
        self.update_idletasks()
        self.list.focus_force()
        self._sought = self.view.rows.get(key)
        self._show_sought()

    def _show_sought(self) -> None:
        """Scroll to the row that was found, and give its control the focus, once it can be seen."""
        row = self._sought
        if row is None or not row.winfo_exists() or not row.winfo_viewable():
            return
        self._scrolled[self.shown].bring_into_sight(row)
        if last_focused(self) is self.list:
            is_control = partial(self.tk.call, "tk::FocusOK")
            control = next((each for each in with_descendants(row) if is_control(str(each))), self.list)
            control.focus_force()

    def _on_moved(self) -> None:
        """Show the row that was found again if it has moved while it is flashed: the page has grown."""
        if self._flash is not None and self._flash.is_running:
            self.master.after_idle(self._show_sought)  # this window may be gone by then

    def apply(self, change: Change) -> None:
        """Follow a change of the client."""
        self._follow_offered()
        self.view.apply(change)

    def show_settings(self) -> None:
        """Show the settings again, because one was changed elsewhere."""
        self.view.show()

    def close(self) -> None:
        """Close the window."""
        self.destroy()
        self._on_close()

    # parts

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        height = px(MIN_HEIGHT)  # Tk does not lay out again what has no height
        self._navigation = ttk.Frame(self, style="Sidebar.TFrame", height=height)
        self._content = ttk.Frame(self)
        self._top = ttk.Frame(self._content, style="Sidebar.TFrame")  # holds the search in a narrow window
        self._title = ttk.Label(self._navigation, text=_(TITLE), style="Header.Sidebar.TLabel")
        self.field = SearchField(self, theme, _(HINT), lambda text: self._search(), surface="Sidebar.")
        self.list = PageList(self, theme, self.show_page)
        self._line = ttk.Frame(self, style="Divider.TFrame")
        self._content.lower()
        self._navigation.lower()
        self.results = FoundSettings(self._content, theme, self.open_found)
        self._navigation.grid(row=0, column=0, sticky="nsew")
        self._content.grid(row=0, column=1, sticky="nsew")
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, weight=1)
        self._navigation.rowconfigure(2, weight=1)
        self._navigation.columnconfigure(0, weight=1)
        self._navigation.grid_propagate(False)
        self._top.columnconfigure(0, weight=1)
        self._content.columnconfigure(0, weight=1)
        self._content.rowconfigure(1, weight=1)
        self._content.grid_propagate(False)
        self._title.grid(row=0, sticky="w", padx=px(INSET + 8), pady=(px(TITLE_TOP), px(11)))
        self.list.grid(in_=self._navigation, row=2, sticky="nsew", pady=(px(LIST_TOP), px(8)))

    def _bind_events(self) -> None:
        self.protocol("WM_DELETE_WINDOW", self.close)
        self.bind("<Escape>", lambda event: self.close())
        self.bind("<Configure>", self._on_configure)
        self.bind("<Map>", lambda event: self._on_moved())
        self.bind(f"<{platform_events.COMMAND}-f>", lambda event: self.field.focus_field())
        shortcuts.bind_some(
            self,
            {
                "larger": lambda event: self._set_size(self._theme.size + 1),
                "smaller": lambda event: self._set_size(self._theme.size - 1),
                "default_size": lambda event: self._set_size(DEFAULT_FONT_SIZE),
            },
        )
        keyboard_routing.bind_type_ahead(
            self, lambda widget: widget in (self, self.list), lambda: self.field.entry, self._type
        )

    def _bind_parts(self) -> None:
        for key, pages in (("<Prior>", -1), ("<Next>", 1)):
            self.list.bind(key, lambda event, pages=pages: self._scroll(pages))  # type: ignore[misc]
        entry = self.field.entry
        bind_steps(entry, {"Up": -1, "Down": 1, "Prior": -8, "Next": 8}, self.results.move)
        for key in ("<Return>", "<KP_Enter>"):
            entry.bind(key, lambda event: self.results.choose())

    def _set_size(self, size: int) -> None:
        self._tools.set("font_size", min(max(size, MIN_SIZE), MAX_SIZE))

    def _type(self, text: str) -> None:
        self.field.entry.focus_set()
        self.field.entry.insert("end", text)

    def _scroll(self, pages: int) -> str:
        self._scrolled[self.shown].scroll_pages(pages)
        return "break"

    # size

    def _place(self) -> None:
        px = self._theme.px
        screen = WindowGeometry(0, 0, self.winfo_screenwidth(), self.winfo_screenheight())
        width, height = min(px(WIDTH), screen.width), min(px(HEIGHT), screen.height - px(FRAME))
        self.minsize(min(px(MIN_WIDTH), width), min(px(MIN_HEIGHT), height))
        main = self.master.winfo_toplevel()
        around = screen
        if main.winfo_viewable():
            around = WindowGeometry(
                main.winfo_rootx(), main.winfo_rooty(), main.winfo_width(), main.winfo_height()
            )
        centred = WindowGeometry.centred(width, height, around)
        x = min(max(centred.x, 0), max(screen.width - width, 0))
        y = min(max(centred.y, 0), max(screen.height - height - px(FRAME), 0))
        self.geometry(f"{width}x{height}+{x}+{y}")

    def _on_configure(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            self._fit()

    def _fit(self) -> None:
        """Give the navigation its width, or make it narrow, with the search above the page."""
        theme, px = self._theme, self._theme.px
        self.configure(background=theme.colours.pane)
        if theme.colours.sidebar == theme.colours.pane:
            self._line.place(in_=self._navigation, relx=1, relheight=1, width=max(px(1), 1), anchor="ne")
            self._line.lift()
        else:
            self._line.place_forget()
        longest = max(theme.fonts["ChatBold"].measure(page.name) for page in self.offered)
        wide = max(px(NAVIGATION), longest + px(52 + theme.grown(40)))
        is_narrow = self.winfo_width() - wide < px(LEAST_PAGE) and self.winfo_width() > 1
        self._navigation.configure(width=self.list.icons_width(px(ICONS)) if is_narrow else wide)
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        inset = px(INSET)
        if is_narrow:
            self._title.grid_remove()
            self._top.grid(row=0, column=0, sticky="ew")
            self.field.grid(in_=self._top, row=0, sticky="ew", padx=inset, pady=inset)
        else:
            self._title.grid()
            self._top.grid_remove()
            self.field.grid(in_=self._navigation, row=1, sticky="ew", padx=inset, pady=0)
        self.field.lift()
        tk.Misc.lift(self.list)  # a canvas has another `lift`

    # search

    def _search(self) -> None:
        if self.field.get().strip():
            self.results.show(find(self.offered, self.field.get()))
        else:
            self.results.hide()

    # what is offered

    def _offered(self) -> list[SettingsPage]:
        network = self._tools.client.network
        return [page.on(network) for page in self._all if page.is_offered(network)]

    def _follow_offered(self) -> None:
        """Add pages to the navigation or remove them, because the role or the network has changed."""
        offered = self._offered()
        if offered == self.offered:
            return
        self.offered = offered
        if self.shown in [page.key for page in offered]:
            self.list.show(offered, self.shown)
        else:
            self.show_page(offered[0].key)
