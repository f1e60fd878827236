"""Settings of the window and the terminal client: a JSON file in the user's configuration folder.

A value of the wrong type is replaced by its default.
"""

from __future__ import annotations

import logging
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from chatapp.client import json_file
from chatapp.languages.translation import N_, _
from chatapp.system import folders

MAX_SERVERS = 10  # in the list of recent servers
FONT_SIZES = range(8, 25)  # points of body text
DEFAULT_FONT_SIZE = 11
DEFAULT_AWAY_MINUTES = 10
MAX_AWAY_MINUTES = 24 * 60

_ITEMS = {
    **dict.fromkeys(("servers", "remembered", "unencrypted", "channels", "muted", "ignored"), str),
    **dict.fromkeys(("drafts", "draft_files"), str),
    **dict.fromkeys(("conversations", "keys", "current", "favourites", "folded", "notify", "notes"), str),
    "kept_unread": str,
    **dict.fromkeys(("recent_emoji", "highlight_words"), str),
    "chats": str,
    "guest_keys": str,
    "logins": dict,
    "password_hosts": bool,
    **dict.fromkeys(("sashes", "read", "marked_unread", "seen"), int),
}

NO_HOME = N_("Settings cannot be stored because this user has no home folder. Set HOME or XDG_CONFIG_HOME.")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Settings:
    """All settings with their defaults.

    Attributes:
        name: The nick of the last login.
        realname: The real name of the last login.
        proxy: The proxy of the last login, as in `Login.proxy`, without a password.
        servers: Recent servers as `host:port`, the latest first.
        remembered: `host:port name` of logins whose password is in a password store.
        unencrypted: Servers to which the user allowed connections without TLS.
        channels: The channels that the user entered in the connection dialog.
        theme: "system", "dark", "light" or "contrast".
        language: The code of a language; "" for that of the system, see `languages.translation`.
        font_size: In points, see `FONT_SIZES`.
        clock24: Whether times are shown as `14:05` instead of `2:05 pm`.
        typing: Whether other users see that the user is typing.
        away_minutes: Minutes without keyboard or mouse input after which the user is away; 0 for never.
        connect_at_start: Whether the window connects to the latest server when it opens.
        messages_sent: How many messages were sent from the window, up to the number that ends the hints.
        recent_emoji: The emoji that were chosen in the picker, the latest first.
        notify_of: "direct" for direct messages and mentions, "everything" or "nothing".
        highlight_words: Words that count as a mention.
        quiet_hours: Whether nothing notifies from `quiet_from` to `quiet_to`, two times such as `22:00`.
        sounds: Whether notifications have a sound.
        direct_sounds: Whether those of direct messages have it.
        mention_sounds: Whether those of mentions have it.
        fold_joins: Whether consecutive joins and leaves are shown in one line.
        enter_sends: Whether Enter sends; otherwise Ctrl+Enter does.
        short_names: Whether `:joy:` becomes an emoji when a message is sent.
        reopen: Whether the conversations of the last time are opened again.
        ask_links: Whether the window asks before it opens a link.
        compact: Whether there is little space between messages.
        keep_drafts: Whether unsent texts are stored.
        share_read: Whether the server learns how far the user has read, for other devices.
        download_folder: Where downloads are put; empty for the folder that the system has for them.
        password_hosts: To which other hosts that keep the files of a server the password of the account is
            sent, by `SERVER HOST`.
        remove_metadata: Whether the place and the camera are removed from pictures that are sent.
        show_pictures: Whether pictures are shown among the messages.
        load_thumbnails: Whether their thumbnails are fetched without a click.
        file_folder: The folder in which files were chosen last.
        settings_page: The page of the settings that was shown last.
        people_shown: Whether the list of members is shown.
        place: Geometry of the window, as Tk writes it.
        sashes: Widths of the side panes in pixels at 96 dpi, see `SplitPanes.widths`.
        drafts: Unsent texts, by `host:port name`.
        draft_files: The paths of unsent files, one a line, by `host:port name`.
        muted: `host:port name` of muted conversations.
        favourites: `host:port name` of favourite conversations, in the order of the user.
        notify: Which messages are notified of, by `host:port name`, where it is not "default"; see
            `conversation.NotifyLevel`.
        folded: `host:port section` of the folded sections in the list of conversations.
        notes: The user's notes about people, see `notes`.
        ignored: `host:port key`, see `ignored_people.stored_keys`.
        conversations: `host:port name` of open conversations.
        keys: Channel keys, by `host:port name`.
        guest_keys: By what a server recognises the user as the guest of before, by `host:port`.
        current: The conversation that is shown, by `host:port`.
        read: Read markers in Unix milliseconds, by `host:port name`.
        marked_unread: How far the server knew messages as read that the user has marked as unread, in Unix
            milliseconds, by `host:port name`.
        kept_unread: `host:port name` of conversations that stay unread until the user leaves them.
        seen: When we were last connected, in Unix seconds, by `host:port`.
        chats: The servers of the window, in the order of the user, see `saved_servers`.
        begun: Those in which the page of a new chat is hidden.
        logins: The login of each of them.
        chat: The one that was shown.
    """

    name: str = ""
    realname: str = ""
    proxy: str = ""
    servers: list[str] = field(default_factory=list)
    remembered: list[str] = field(default_factory=list)
    unencrypted: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    theme: str = "system"
    language: str = ""
    font_size: int = DEFAULT_FONT_SIZE
    clock24: bool = True
    typing: bool = True
    away_minutes: int = DEFAULT_AWAY_MINUTES
    connect_at_start: bool = False
    messages_sent: int = 0
    recent_emoji: list[str] = field(default_factory=list)
    notify_of: str = "direct"
    highlight_words: list[str] = field(default_factory=list)
    quiet_hours: bool = False
    quiet_from: str = "22:00"
    quiet_to: str = "07:00"
    sounds: bool = True
    direct_sounds: bool = True
    mention_sounds: bool = True
    fold_joins: bool = True
    enter_sends: bool = True
    short_names: bool = True
    reopen: bool = True
    ask_links: bool = False
    compact: bool = False
    keep_drafts: bool = True
    share_read: bool = True
    download_folder: str = ""
    password_hosts: dict[str, bool] = field(default_factory=dict)
    remove_metadata: bool = True
    show_pictures: bool = True
    load_thumbnails: bool = True
    file_folder: str = ""
    settings_page: str = ""
    people_shown: bool = True
    place: str = ""
    sashes: dict[str, int] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    draft_files: dict[str, str] = field(default_factory=dict)
    muted: list[str] = field(default_factory=list)
    favourites: list[str] = field(default_factory=list)
    notify: dict[str, str] = field(default_factory=dict)
    folded: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    guest_keys: dict[str, str] = field(default_factory=dict, repr=False)
    current: dict[str, str] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    marked_unread: dict[str, int] = field(default_factory=dict)
    kept_unread: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    chats: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    logins: dict[str, dict[str, Any]] = field(default_factory=dict)
    chat: str = ""

    def note_use(self, server: str) -> None:
        """Move a server to the front of the recent ones."""
        self.servers = [server, *(each for each in self.servers if each != server)][:MAX_SERVERS]


class NoFolder(Exception):
    """There is no configuration folder. The text tells the user what to do."""


def folder() -> Path:
    """Return the configuration folder of this user on this platform.

    Raises:
        NoFolder: This user has no home folder.
    """
    try:
        return folders.settings_folder()
    except RuntimeError as error:
        raise NoFolder(_(NO_HOME)) from error


def why_unusable(folder: Path) -> str:
    """Create the folder for settings if necessary; return why it cannot be used, or an empty string."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return _("it or a folder above it is a file")
    except OSError as error:
        return error.strerror or str(error)
    return "" if os.access(folder, os.W_OK | os.X_OK) else _("you do not have permission to write there")


def load(path: Path | None = None) -> Settings:
    """Return the settings in a file; the defaults if it is missing or broken."""
    return _settings(json_file.load(path or folder() / "settings.json"))


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, completely or not at all.

    Raises:
        OSError: The file cannot be written.
    """
    json_file.save(path or folder() / "settings.json", asdict(settings))


def merged(before: Settings, ours: Settings, theirs: Settings) -> Settings:
    """Merge the settings of two windows that both changed them.

    Args:
        before: The settings that this window last read or wrote.
        ours: The settings that this window has now.
        theirs: The settings that the file holds now.
    """
    values = {
        each.name: _merged(getattr(before, each.name), getattr(ours, each.name), getattr(theirs, each.name))
        for each in fields(Settings)
    }
    return Settings(**values)


def _merged(before: Any, ours: Any, theirs: Any) -> Any:
    """Merge one value, list or table: take theirs and apply our changes."""
    if ours == before:
        return theirs
    if isinstance(ours, dict):
        changed = {key: value for key, value in ours.items() if before.get(key) != value}
        removed = before.keys() - ours.keys()
        return {key: value for key, value in theirs.items() if key not in removed} | changed
    if isinstance(ours, list):
        removed = set(before) - set(ours)
        news = [each for each in theirs if each not in before and each not in ours]
        lost = set(before) - set(theirs)
        rest = [each for each in ours if each not in lost or each not in before]
        return [each for each in [*rest, *news] if each not in removed]
    return ours


def _settings(read: dict[str, Any]) -> Settings:
    settings = Settings()
    for each in fields(Settings):
        default = getattr(settings, each.name)
        value = read.get(each.name, default)
        if type(value) is type(default) and _holds(value, _ITEMS.get(each.name)):
            setattr(settings, each.name, value)
        else:
            log.warning("setting %s has the wrong type and is ignored", each.name)
    settings.font_size = min(max(settings.font_size, FONT_SIZES[0]), FONT_SIZES[-1])
    settings.away_minutes = min(max(settings.away_minutes, 0), MAX_AWAY_MINUTES)
    return settings


def _holds(value: object, kind: type | None) -> bool:
    """Return whether all items of a list or table are of one type; true for other values."""
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return kind is None or all(type(item) is kind for item in items)
