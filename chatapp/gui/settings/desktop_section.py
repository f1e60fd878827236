"""The rows about this computer on the page "About": the menu of applications, and who opens chat links."""

from __future__ import annotations

import logging
from collections.abc import Callable

from chatapp.gui.settings.page import PageView
from chatapp.gui.theme import icons
from chatapp.gui.widgets.setting_row import SettingRow, SettingText
from chatapp.gui.widgets.switch import Switch
from chatapp.languages.translation import N_, _
from chatapp.system.desktop import DesktopPlace
from chatapp.system.icon_files import ICON_SIZES

TEXTS = (
    SettingText(
        "menu", N_("In the applications menu"), N_("Start Chatapp there with a click."),
        N_("shortcut start icon desktop"),
    ),
    SettingText(
        "links", N_("Open chat links with Chatapp"),
        N_("Links on web pages and in mails that begin with chat:, irc: or ircs:."),
        N_("url irc ircs chat browser default program register"),
    ),
)  # fmt: skip

log = logging.getLogger(__name__)


class DesktopSection:
    """Adds its rows to a page. A change that fails is told in its row.

    Args:
        page: Has the texts above.
        place: The place of this program on the desktop.
    """

    def __init__(self, page: PageView, place: DesktopPlace) -> None:
        self._place = place
        card = page.section(_("This computer"))
        self.menu_row, self.links_row = (page.add(card, each.key) for each in TEXTS)
        self.menu = self.menu_row.attach(Switch(self.menu_row, page.theme, on_change=self._put_in_menu))
        self.links = self.links_row.attach(Switch(self.links_row, page.theme, on_change=self._open_links))

    def show(self) -> None:
        """Show what the system says now."""
        self.menu.show(_answer(lambda: self._place.is_in_menu))
        self.links.show(_answer(lambda: self._place.opens_links))

    def _put_in_menu(self, wanted: bool) -> None:
        place = self._place
        self._change(
            self.menu_row, lambda: place.put_in_menu(_icons()) if wanted else place.remove_from_menu()
        )

    def _open_links(self, wanted: bool) -> None:
        self._change(self.links_row, lambda: self._place.open_links(wanted, _icons() if wanted else {}))

    def _change(self, row: SettingRow, work: Callable[[], object]) -> None:
        try:
            work()
        except OSError as error:
            log.info("changing the desktop failed: %s", error)
            row.show_problem(_("This was not possible: {reason}.").format(reason=error.strerror or error))
        else:
            row.show_problem("")
        self.show()


def _icons() -> dict[int, bytes]:
    return {size: icons.app_icon(size) for size in ICON_SIZES}


def _answer(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError as error:
        log.info("asking the desktop failed: %s", error)
        return False
