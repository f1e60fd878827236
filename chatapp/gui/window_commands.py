"""What the keys of the window and the commands of "Jump to" do."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.local.settings import DEFAULT_FONT_SIZE, Settings
from chatapp.client.model.conversation import Conversation
from chatapp.client.outgoing.slash_commands import COMMANDS
from chatapp.gui.dialogs.connect_controller import ConnectController
from chatapp.gui.dialogs.jump_commands import JumpActions
from chatapp.gui.dialogs.jump_conversation import CurrentActions
from chatapp.gui.dialogs.jump_people import PersonCommandActions
from chatapp.gui.dialogs.menus import Menus
from chatapp.gui.dialogs.overlays import Overlays
from chatapp.gui.dialogs.people import People
from chatapp.gui.dialogs.servers import Servers
from chatapp.gui.main import navigation
from chatapp.gui.main.conversation_pane import ConversationPane
from chatapp.gui.main.member_list import MemberList
from chatapp.gui.main.search_controller import SearchController
from chatapp.gui.main.sidebar import Sidebar
from chatapp.gui.settings.settings_controller import SettingsController
from chatapp.gui.theme.theme import MAX_SIZE, MIN_SIZE, Theme
from chatapp.gui.widgets import key_codes, keyboard_routing, shortcuts
from chatapp.gui.widgets.popup import Area, area_of
from chatapp.gui.widgets.split_panes import SplitPanes
from chatapp.languages import translation
from chatapp.languages.translation import N_, _
from chatapp.system.user_languages import preferred_languages

UNFINISHED = N_("Send or delete the text you are writing first.")


class WindowParts(NamedTuple):
    """The parts of the window that its commands act on."""

    root: tk.Tk
    theme: Theme
    client: Client
    settings: Settings
    overlays: Overlays
    menus: Menus
    people_actions: People
    connect_controller: ConnectController
    split_panes: SplitPanes
    sidebar: Sidebar
    pane: ConversationPane
    people: MemberList
    search: SearchController
    servers: Servers
    settings_controller: SettingsController
    close: Callable[[], object]
    """Close the window."""
    rebuild: Callable[[], object]
    """Make all parts of the window anew."""


class WindowCommands:
    """Carries out the commands, for which it keeps nothing of its own."""

    def __init__(self, parts: WindowParts) -> None:
        self._parts = parts

    def shortcut_actions(self) -> dict[str, shortcuts.Action]:
        """Return what each action of SHORTCUTS does."""
        parts, go = self._parts, self.go
        return {
            "jump": lambda event: parts.overlays.jump(),
            "find": lambda event: parts.pane.open_find(),
            "older_hit": lambda event: parts.pane.find_again(1),
            "newer_hit": lambda event: parts.pane.find_again(-1),
            "search": lambda event: self.open_search(),
            "write": lambda event: self.write(),
            "favourite": lambda event: parts.menus.toggle_favourite(),
            "settings": lambda event: parts.overlays.settings(),
            "channel_settings": lambda event: parts.people_actions.channel_settings(),
            "choose_message": lambda event: parts.pane.choose_message(),
            "reply_older": lambda event: parts.pane.reply(-1),
            "reply_newer": lambda event: parts.pane.reply(1),
            "undo_notice": lambda event: parts.pane.undo(),
            "above": lambda event: go(navigation.neighbour(*self._shown(), -1)),
            "below": lambda event: go(navigation.neighbour(*self._shown(), 1)),
            "unread_above": lambda event: go(navigation.unread(*self._shown(), -1)),
            "unread_below": lambda event: go(navigation.unread(*self._shown(), 1)),
            "nth": lambda event: go(navigation.nth(parts.sidebar.shown(), int(key_codes.pressed(event)))),
            "nth_server": lambda event: parts.servers.go_to_nth(int(key_codes.digit(event))),
            "bottom": lambda event: self._on_escape(),
            "emoji": lambda event: parts.pane.composer.open_emoji(),
            "file": lambda event: parts.pane.choose_files(),
            "next_pane": lambda event: self._focus_next_pane(1),
            "previous_pane": lambda event: self._focus_next_pane(-1),
            "larger": lambda event: self.zoom(parts.settings.font_size + 1),
            "smaller": lambda event: self.zoom(parts.settings.font_size - 1),
            "default_size": lambda event: self.zoom(DEFAULT_FONT_SIZE),
            "shortcuts": lambda event: parts.overlays.shortcuts(),
        }

    def jump_actions(self) -> JumpActions:
        """Return what the commands of "Jump to" do."""
        parts, overlays, menus = self._parts, self._parts.overlays, self._parts.menus
        return JumpActions(
            current=self._current_actions(),
            people=PersonCommandActions(
                items=lambda nick: parts.people_actions.items(nick, self._header_area()),
                moderate=parts.people_actions.moderation.moderate,
                remove=parts.people_actions.moderation.remove,
                invite=lambda nick: overlays.run(parts.client.network.current, f"/invite {nick}"),
                bans=parts.people_actions.channel_bans,
            ),
            copy_link=overlays.invite,
            join=overlays.join,
            write=self.write,
            search=self.open_search,
            mark_all_read=menus.mark_all_read,
            ask_person=overlays.jump,
            change_name=self._show_own_profile,
            profile=self._show_own_profile,
            set_away=overlays.ask_away,
            set_back=lambda: overlays.run(None, "/back"),
            copy_name=menus.copy_name,
            toggle_people=parts.split_panes.toggle_people,
            settings=overlays.settings,
            shortcuts=overlays.shortcuts,
            explain=overlays.notice,
            add_server=parts.servers.add,
            connect=parts.pane.connect,
            disconnect=parts.client.disconnect,
            start_server=parts.client.start_server_again if parts.client.can_start_server_again else None,
            stop_server=overlays.ask_to_stop_server,
            stop_server_now=overlays.stop_server,
            ignored=lambda: overlays.run(parts.client.network.current, "/ignore"),
            above=lambda: self.go(navigation.neighbour(*self._shown(), -1)),
            below=lambda: self.go(navigation.neighbour(*self._shown(), 1)),
            previous_unread=lambda: self.go(navigation.unread(*self._shown(), -1)),
            next_unread=lambda: self.go(navigation.unread(*self._shown(), 1)),
            next_part=lambda: self._focus_next_pane(1),
            zoom=lambda step: self.zoom(parts.settings.font_size + step if step else DEFAULT_FONT_SIZE),
            set=self._set_setting,
            slash=self._slash,
            close=parts.close,
        )

    def apply_setting(self, name: str) -> None:
        """Make a changed setting take effect; the others are read when they are needed."""
        parts = self._parts
        if name == "theme":
            parts.theme.use(parts.settings.theme)
        elif name == "language":
            translation.use(translation.choose(parts.settings.language, preferred_languages()))
            parts.root.after_idle(parts.rebuild)  # not inside a callback of a widget that it destroys
            return
        elif name == "font_size":
            self.zoom(parts.settings.font_size)
        elif name == "away_minutes":
            parts.client.away_minutes = parts.settings.away_minutes
        elif name == "compact":
            parts.theme.set_compact(parts.settings.compact)
        elif name == "notify_of":
            parts.pane.paint_header()
        elif name in ("share_read", "short_names"):
            parts.client.apply_options()
        elif name in ("enter_sends", "messages_sent"):
            parts.pane.paint_composer()
        elif name in ("download_folder", "load_thumbnails", "remove_metadata"):
            parts.client.files.follow(parts.settings)
        elif name == "show_pictures":
            parts.client.files.follow(parts.settings)
            parts.pane.show_transcript()
            parts.search.repaint()
        elif name in ("clock24", "fold_joins"):
            parts.pane.show_transcript()
            parts.search.repaint()
        parts.settings_controller.setting_changed()

    def zoom(self, size: int) -> None:
        """Set the size of text. Only the last of several in quick succession is shown: each takes long."""
        self._parts.settings.font_size = min(max(size, MIN_SIZE), MAX_SIZE)
        self._parts.root.after_idle(self._show_size)

    def _show_size(self) -> None:
        size = self._parts.settings.font_size
        if size != self._parts.theme.size:
            self._parts.theme.zoom(size)

    def go(self, conversation: Conversation | None) -> None:
        """Open a conversation, if there is one."""
        if conversation is not None:
            self._parts.client.open(conversation)
            self._show_messages()

    def show_sidebar(self) -> None:
        """Show the sidebar in the place of the messages, in a window in which it is hidden; or hide it."""
        parts = self._parts
        is_shown = parts.split_panes.toggle_sidebar()
        parts.root.update_idletasks()  # what is not on the screen yet would get no focus
        if is_shown:
            parts.sidebar.rows.canvas.focus_set()
        else:
            parts.pane.focus_set()

    def type_ahead(self, text: str) -> None:
        """Insert text that was typed outside of fields into the composer, which comes into sight."""
        self._show_messages()
        self._parts.pane.insert_text(text)

    def _show_messages(self) -> bool:
        """Show the messages if the sidebar is in their place; return whether it was."""
        was_hidden = self._parts.split_panes.show_messages()
        if was_hidden:
            self._parts.root.update_idletasks()
            self._parts.pane.focus_set()
        return was_hidden

    def write(self) -> None:
        """Open "New message", which needs a connection."""
        if self._parts.client.network.state == "online":
            self._parts.overlays.write()

    def open_search(self, text: str = "") -> None:
        """Show the search over everything.

        Args:
            text: What to search for; empty to show the search as it was.
        """
        self._parts.split_panes.show_search(True)
        self._parts.search.open(text)

    def close_search(self) -> None:
        """Hide the search; the keyboard belongs to the composer again."""
        self._parts.split_panes.show_search(False)
        self._parts.pane.places.forget_words()
        self._parts.pane.focus_set()

    def _current_actions(self) -> CurrentActions | None:
        """Return what the commands of "Jump to" do in the current conversation."""
        pane, menu = self._parts.pane, self._parts.menus.current_actions(self._header_area())
        if menu is None:
            return None
        return CurrentActions(
            menu=menu,
            find=pane.open_find,
            newest=pane.scroll_to_newest,
            edit_topic=self._edit_topic,
            choose_message=pane.choose_message,
            edit_last=pane.edit_last,
            undo=pane.undo,
            emoji=pane.composer.open_emoji,
            file=pane.choose_files if pane.attachments.offer().is_offered else None,
            bans=self._parts.people_actions.channel_bans,
            ask_person=self._parts.overlays.jump,
        )

    def _edit_topic(self) -> None:
        """Edit the topic in the header; in a narrow window, in the settings of the channel."""
        if not self._parts.pane.edit_topic():
            self._parts.people_actions.channel_settings()

    def _header_area(self) -> Area:
        """Return where the name of the conversation is on the screen."""
        return area_of(self._parts.pane.header.name_label)

    def _show_own_profile(self) -> None:
        self._parts.people_actions.show_own(area_of(self._parts.sidebar.own_card))

    def _slash(self, name: str) -> None:
        """Run a slash command, or begin it in the composer if it needs more words.

        It takes the place of another command there, but not of a message.
        """
        parts, command = self._parts, COMMANDS[name]
        written = parts.pane.composer.text.strip()
        if " " not in command.usage.partition("[")[0].strip():
            parts.overlays.run(parts.client.network.current, f"/{name}")
        elif written and not written.startswith("/"):
            parts.overlays.notice(_(UNFINISHED))
        else:
            parts.pane.composer.restore_text(f"/{name} ")
            parts.pane.focus_set()

    def _set_setting(self, name: str, value: object) -> None:
        setattr(self._parts.settings, name, value)
        self.apply_setting(name)

    def _shown(self) -> tuple[list[Conversation], Conversation | None]:
        """Return the conversations in the list, and the current one."""
        return self._parts.sidebar.shown(), self._parts.client.network.current

    def _on_escape(self) -> None:
        """Close the search if it has the keyboard; else show the newest messages and mark them as read."""
        if str(self._parts.root.tk.call("focus")).startswith(str(self._parts.search.pane)):
            self.close_search()
        elif not self._show_messages():
            if not self._parts.search.pane.winfo_ismapped():
                # in a narrow window they stay when the search gives way
                self._parts.pane.places.forget_words()
            self._parts.pane.scroll_to_newest()

    def _focus_next_pane(self, step: int) -> None:
        parts = self._parts
        panes = [
            parts.servers.rail,
            parts.sidebar.rows.canvas,
            parts.pane.transcript.view.text,
            parts.pane.focus_target,
            parts.people.field.entry,
            parts.search.pane.field.entry,
        ]
        keyboard_routing.focus_next(parts.root, panes, step)
