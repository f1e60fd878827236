"""The pages of the settings, in the order of the navigation."""

from __future__ import annotations

from chatapp.gui.settings.about_page import ABOUT
from chatapp.gui.settings.account_page import ACCOUNT
from chatapp.gui.settings.appearance_page import APPEARANCE
from chatapp.gui.settings.files_page import FILES
from chatapp.gui.settings.language_page import LANGUAGE
from chatapp.gui.settings.messages_page import MESSAGES
from chatapp.gui.settings.notifications_page import NOTIFICATIONS
from chatapp.gui.settings.page import SettingsPage
from chatapp.gui.settings.privacy_page import PRIVACY
from chatapp.gui.settings.server_page import SERVER
from chatapp.gui.settings.shortcuts_page import SHORTCUTS_PAGE

PAGES: tuple[SettingsPage, ...] = (
    ACCOUNT, APPEARANCE, NOTIFICATIONS, MESSAGES, PRIVACY, FILES, SHORTCUTS_PAGE, LANGUAGE, SERVER, ABOUT
)  # fmt: skip
