"""The main window: builds all its parts and connects them to the client. No other module knows all parts."""

# The window has no state of its own. The client holds the model; each part has one way in and one way out:
# `show(data)` takes data in, `on_something(value)` reports what the user did. No part knows another one.
#
#     client.poll → changes → _apply → parts      on the Tk thread, every 20 ms while something happens
#     parts → on_something → client               at once; its effects arrive with the next poll
#
# Why a poll: only the Tk thread may call Tk. The connection's thread puts lines into a queue, and the
# window looks into it with `after`. `event_generate` from a worker would block while Tk is busy and raise
# at shutdown. A poll every 20 ms was measured at 1.6 % of a core, so an idle or iconic window polls less
# often (PollLoop). So that a line does not wait for the poll, the thread also writes a byte to a socket that
# Tk watches, which brings the next poll forward.
#
# A poll reads for at most BUDGET_SECONDS and shows for about as long again, so keys and clicks are served
# in between; it may read for BACKLOG_SECONDS as long as more waits, as in a flood. Many changes of one poll
# repaint a part once: `_apply` only marks it as stale, and the end of the poll paints the stale parts from
# the model. Only the transcript follows changes one by one, because it is large. A change that raises does
# not stop the next poll: the timer is set again in `finally`, and the remaining changes wait in `_changes`.
#
# What the keys and the commands of "Jump to" do: window_commands.py. Size, place and saving:
# main/window_saving.py.
#
# What would break this:
# * a call of Tk from another thread, or of a blocking function (socket, file, subprocess) on this one;
# * a part that keeps data between two `show` calls and answers from it: it would differ from the model;
# * closing in another order than `end` does: timers, settings, client with its threads, widgets.

from __future__ import annotations

import logging
import re
import time
import tkinter as tk
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from chatapp.client.client import Client
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.changes import (
    Change,
    ChannelsListed,
    CommandRejected,
    ConnectFailed,
    ContextFound,
    ConversationChanged,
    ConversationOpened,
    ConversationsChanged,
    ExportChanged,
    FileCardChanged,
    LocalServerFound,
    LoginChanged,
    MembersChanged,
    MessageReturned,
    NetworkFound,
    OrderFinished,
    PasswordHostAsked,
    ProfileReceived,
    SearchFinished,
    StatusChanged,
    TypingChanged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.connect_controller import ConnectController, SearchFactory
from chatapp.gui.dialogs.menus import MenuHandlers, Menus
from chatapp.gui.dialogs.overlays import OverlayHandlers, Overlays
from chatapp.gui.dialogs.people import People, PeopleHandlers
from chatapp.gui.dialogs.servers import Servers, ServersHandlers
from chatapp.gui.main import closing_texts, status_texts
from chatapp.gui.main.conversation_pane import ConversationPane
from chatapp.gui.main.icon_badge import IconBadge
from chatapp.gui.main.member_list import MemberHandlers, MemberList
from chatapp.gui.main.notification_controller import (
    MakeNotifier,
    NotificationController,
    NotificationHandlers,
)
from chatapp.gui.main.search_controller import SearchController
from chatapp.gui.main.server_tiles import important_total
from chatapp.gui.main.sidebar import Sidebar, SidebarHandlers
from chatapp.gui.main.window_saving import SavingHandlers, WindowSaving
from chatapp.gui.settings.first_chat_controller import FirstChatActions, FirstChatController
from chatapp.gui.settings.settings_controller import SettingsController
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.pages import ReadingPlace
from chatapp.gui.widgets import editing_keys, keyboard_routing, shortcuts
from chatapp.gui.widgets.dialog import DIALOG_CLASS, Dialog
from chatapp.gui.widgets.input_activity import InputActivity
from chatapp.gui.widgets.keyboard_focus import KeyboardFocus
from chatapp.gui.widgets.password_typing import PasswordTyping
from chatapp.gui.widgets.poll_loop import PollLoop, PollResult
from chatapp.gui.widgets.popup import Area
from chatapp.gui.widgets.split_panes import SplitPanes
from chatapp.gui.widgets.widget_paths import last_focused
from chatapp.gui.window_commands import WindowCommands, WindowParts
from chatapp.languages.translation import N_, _
from chatapp.protocol.invite_links import BadInvite, Invite
from chatapp.system.notice import NoNotifier
from chatapp.system.sound import Sound
from chatapp.system.waker import Waker

BUDGET_SECONDS = 0.004  # of a poll for reading; showing takes about as long again
BACKLOG_SECONDS = 0.008  # of a poll for reading, while more waits: hardly anything is shown meanwhile
INTERNAL_ERROR = N_("Internal error; the window keeps working. The log has the details.")

STILL_RUNNING = N_(
    "Your chat “{name}” was still running on this computer. You can stop it under This server."
)

log = logging.getLogger(__name__)


class Window:
    """The main window and its parts.

    Args:
        login: The initial values of the first dialog.
        save: Saves the settings at the end.
        now: Returns Unix seconds.
        make_search: Makes a search for servers on this network; None for no search.
        autosave: Saves the settings if they have changed, without blocking; returns an error text or "".
        collect_garbage: Called after each poll with whether the window is idle.
        folder: The folder of settings and logs; None if nothing is stored.
        make_notifier: Makes what shows notifications of the system.
        sound: The sound of notifications; None for none.
        connect_controller: The one whose dialog is open already; then `login` and `make_search` are its own.
        icon: The icon, if it is shown already.
        arrivals: Woken by the client when something arrives; closed at the end. None if it wakes nothing.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        client: Client,
        settings: Settings,
        login: Login,
        save: Callable[[Settings], object],
        now: Callable[[], float] = time.time,
        make_search: SearchFactory | None = None,
        autosave: Callable[[], str] = lambda: "",
        collect_garbage: Callable[[bool], object] = lambda is_idle: None,
        folder: Path | None = None,
        make_notifier: MakeNotifier = NoNotifier,
        sound: Sound | None = None,
        connect_controller: ConnectController | None = None,
        icon: IconBadge | None = None,
        arrivals: Waker | None = None,
    ) -> None:
        self.root = root
        self.theme = theme
        self.client = client
        client.files.follow(settings)
        self.settings = settings
        self._quit_requested = False
        self._now = now
        self._changes: deque[Change] = deque()
        self._stale: set[str] = set()  # parts to be painted at the end of the poll
        client.prefs = ConversationPrefs(settings)
        self._shown = client.network  # the network that the parts show
        self.poll_loop = PollLoop(root, self._poll_or_quit, collect_garbage, arrivals)
        self.connect_controller = connect_controller or ConnectController(
            root, theme, lambda: client, client.password_location, settings, login, make_search=make_search
        )
        self.connect_controller.on_close = self._on_connect_dialog_closed
        theme.colour_of = lambda nick: self.network.colour(nick)
        self.notifications = NotificationController(
            root,
            client,
            settings,
            NotificationHandlers(self.open_message, lambda network: self._name_among_servers(network)),
            make_notifier,
            sound,
            now,
        )
        self.settings_controller = SettingsController(
            root,
            theme,
            client,
            settings,
            lambda name: self.commands.apply_setting(name),
            self.notifications,
            folder,
        )
        theme.set_compact(settings.compact)
        self._build()
        self.servers = self._make_servers()
        client.away_minutes = settings.away_minutes
        client.files.follow(settings)
        self._activity = InputActivity(root, client.note_activity)
        self.commands = self._make_commands()
        self.saving = self._make_saving(save, autosave)
        self._bind()
        self._icon = icon or IconBadge(root, theme)
        self.saving.place_window()

    def start(self) -> None:
        """Start to follow the client."""
        self._show(None)
        self.poll_loop.start()
        self.saving.start()

    def reveal(self) -> None:
        """Show the window on the screen."""
        self.root.deiconify()
        self.pane.focus_set()

    def come_to_front(self, invite: Invite | None) -> None:
        """Bring the window, or the first dialog, to the front, and follow a link."""
        dialog = self.connect_controller.dialog
        top: tk.Misc = self.root if self.root.state() != "withdrawn" or dialog is None else dialog
        assert isinstance(top, tk.Tk | tk.Toplevel)
        if top.state() != "zoomed":  # `deiconify` would restore its size on Windows
            top.deiconify()
        top.lift()
        question = self.overlays.dialog
        if isinstance(question, Dialog) and question.winfo_exists():
            question.come_forward()  # it is about the window, which would cover it
        else:
            (last_focused(top) or top).focus_force()
        if invite is not None and not self.client.follow_invite(invite):
            self.connect_controller.invite(invite)

    def open_message(self, conversation: Conversation | None, entry: Entry | None) -> None:
        """Bring the window to the front, and show a message in its conversation, if it is still there."""
        self.come_to_front(None)
        if not any(conversation in each.conversations.values() for each in self.client.networks):
            return
        assert conversation is not None
        self.overlays.close()
        if entry is not None and entry.msgid:
            self.client.open_at(conversation, entry)
        else:
            self.client.open(conversation)

    def rebuild(self) -> None:
        """Make all parts anew, with their texts in the language that is chosen now."""
        self._store(is_last=False)
        self.client.translate_notes()
        self.settings.sashes = self.split_panes.widths()
        place, found, jumping = self.pane.reading_place, self.pane.find.state, self.overlays.jump_state
        searched, is_search_shown = self.search.state, self.split_panes.shows_search
        self._close_dialogs()
        self.split_panes.destroy()
        self._build()
        self.servers.rebuild(self.split_panes)
        self.commands = self._make_commands()
        shortcuts.bind_some(self.root, self.commands.shortcut_actions())
        self._show(self.network.current, place)
        while self._stale:
            PAINT[self._stale.pop()](self)
        self.split_panes.show_search(is_search_shown)
        self.search.restore(searched)
        if found is not None:
            self.pane.find.restore(found)
        self.settings_controller.rebuild()
        if jumping is not None:
            self.overlays.reopen_jump(jumping)

    def close(self) -> None:
        """Close the window; first ask about files that are not sent."""
        text = closing_texts.question(self.client.networks, self.settings.keep_drafts)
        if text:
            self.overlays.ask_close(text, self._close)
        else:
            self._close()

    def _close(self) -> None:
        """Close the window; first ask whether the user's own server keeps running, unless that is set."""
        if self.client.keeps_server_running:
            self.end(keep_server=True)
        elif self.client.is_server_running:
            self.overlays.ask_keep_server(self._end_as_answered)
        else:
            self.end(keep_server=False)

    def _end_as_answered(self, keep_server: bool) -> None:
        """Close the window; "Keep it running" is stored as the setting.

        Else a signal, which leaves no time to ask, would stop the chat of a user who has said to keep it.
        """
        if keep_server:
            self.client.keeps_server_running = True
        self.end(keep_server)

    def request_quit(self) -> None:
        """Close the window at the next poll without asking.

        A server that it started stops too, unless it is set to keep running. One that was started in a
        terminal, or by an earlier window, goes on.

        Thread:
            Any; also from a signal handler.
        """
        self._quit_requested = True

    @property
    def network(self) -> Network:
        """The network of the server that is shown."""
        return self.client.network

    # parts and bindings

    def _build(self) -> None:
        theme, settings = self.theme, self.settings
        handlers = OverlayHandlers(
            on_mention=lambda text: self.pane.insert_text(text),
            on_settings=self.settings_controller.open,
            on_notice=lambda text: self.pane.show_problem(text),
            on_invite=lambda: self.first_chat.invite(),
            when_link_is_known=lambda done: self.first_chat.when_link_is_known(done),
            server_names=lambda: self.servers.labels(),
            jump_actions=lambda: self.commands.jump_actions(),
            setting_targets=self.settings_controller.targets,
        )
        self.overlays = Overlays(self.root, theme, self.client, settings, handlers)
        self.people_actions = People(
            self.root,
            theme,
            self.client,
            settings,
            PeopleHandlers(
                on_mention=lambda text: self.pane.insert_text(text),
                on_undo=lambda undo: self.pane.show_undo(undo),
                on_problem=lambda text: self.pane.show_problem(text),
                on_changed=lambda: self._stale.update(("sidebar", "header", "people", "title")),
                on_moderated=lambda: self.people.clear_field(),
                on_protect=self.settings_controller.protect,
                on_picture=self.overlays.view_picture,
            ),
        )
        self.menus = Menus(
            self.root,
            theme,
            self.client,
            settings,
            self.overlays,
            self.people_actions,
            MenuHandlers(
                on_changed=lambda: self._stale.update(("sidebar", "header", "title")),
                on_connect=lambda: self.pane.connect(),
                server_items=lambda: self.servers.menu_items(),
            ),
        )
        self.split_panes = SplitPanes(
            self.root,
            theme,
            settings.sashes,
            settings.people_shown,
            self._on_people_shown,
            lambda is_cramped: self.pane.header.show_sidebar_button(is_cramped),
        )
        self.sidebar = Sidebar(
            self.split_panes,
            theme,
            SidebarHandlers(
                on_choose=lambda name: self.commands.go(self.network.find(name)),
                on_menu=self.menus.conversation,
                on_section_menu=self.menus.section,
                on_fold=self.menus.fold,
                on_chat_menu=self.menus.chat,
                on_own_menu=self.menus.own,
                on_jump=self.overlays.jump,
                on_join=self.overlays.join,
                on_write=self.overlays.write,
                on_settings=self.overlays.settings,
            ),
        )
        self.pane = ConversationPane(
            self.split_panes,
            theme,
            self.client,
            settings,
            on_person=lambda nick, x, y: self.people_actions.show(nick, Area(x, y, 1, 1), is_below=True),
            on_person_menu=self.people_actions.menu,
            on_people=self.split_panes.toggle_people,
            on_sidebar=lambda: self.commands.show_sidebar(),
            on_menu=self.menus.current,
            on_bell=self.menus.bell,
            on_favourite=self.menus.toggle_favourite,
            on_connect=self.connect_controller.open_here,
            on_retry=self.connect_controller.connect_again,
            on_invite=self._follow_invite,
            on_invite_people=self.overlays.invite,
            on_join=self.overlays.join,
            on_write=lambda: self.commands.write(),
            on_server=lambda: self.settings_controller.open("server"),
            on_search=lambda text: self.commands.open_search(text),
            on_emoji=self.overlays.pick_emoji,
            on_picture=lambda conversation, card: self.overlays.view_picture(
                conversation, card, self.pane.files, self.pane.transcript.input.return_later()
            ),
            now=self._now,
        )
        self.first_chat = FirstChatController(
            self.pane,
            self.settings_controller.tools,
            lambda: self.pane.conversation,
            FirstChatActions(self.pane.show_cards, self.overlays.join, lambda: self.pane.edit_topic()),
        )
        self.people = MemberList(
            self.split_panes,
            theme,
            MemberHandlers(
                on_person=self.people_actions.show,
                on_write=self.overlays.message,
                on_menu=self.people_actions.menu,
                on_invite=self.overlays.invite_people,
            ),
        )
        self.split_panes.add_panes(self.sidebar, self.pane, self.people)
        self.split_panes.continue_line(self.sidebar.own_card)
        self.search = SearchController(
            self.split_panes,
            theme,
            self.client,
            clock24=lambda: settings.clock24,
            shows_pictures=lambda: settings.show_pictures,
            on_close=lambda: self.commands.close_search(),
            on_open=self._open_hit,
            on_scroll=lambda pages: self.pane.transcript.view.scroll_pages(pages),
            on_problem=lambda text: self.pane.show_problem(text),
            servers=lambda: self.servers.labels(),
            now=self._now,
        )
        self.split_panes.add_search(self.search.pane)
        self.split_panes.pack(side="left", fill="both", expand=True)

    def _make_servers(self) -> Servers:
        return Servers(
            self.root,
            self.theme,
            self.client,
            self.settings,
            self.connect_controller,
            ServersHandlers(
                on_current=self._show_network,
                on_changed=lambda: self._stale.update(("rail", "title")),
                on_elsewhere=lambda number: self.sidebar.network_header.show_elsewhere(number),
                on_undo=lambda undo: self.pane.show_undo(undo),
            ),
            beside=self.split_panes,
        )

    def _bind(self) -> None:
        root = self.root
        root.report_callback_exception = self._on_callback_error
        root.protocol("WM_DELETE_WINDOW", self.close)
        self._keyboard = KeyboardFocus(root, DIALOG_CLASS, lambda: self.pane.focus_target)
        PasswordTyping(root)
        keyboard_routing.bind_enter_on_buttons(root)
        keyboard_routing.bind_keys_that_open_lists(root)
        keyboard_routing.bind_type_ahead(
            root,
            lambda widget: keyboard_routing.is_inside(widget, self._parts_without_forms()),
            lambda: self.pane.composer.field,
            lambda text: self.commands.type_ahead(text),
        )
        keyboard_routing.bind_undo(root, lambda: self.pane.undo())
        for event in ("<FocusIn>", "<FocusOut>"):
            root.bind(event, lambda event: self.pane.update_watching())
        editing_keys.bind(root, self.theme)
        shortcuts.bind(root, self.commands.shortcut_actions())

    def _parts_without_forms(self) -> tuple[tk.Misc, ...]:
        """Return the parts in which what is typed outside of fields is meant for the composer.

        The window stands for itself here, not for all in it: a window manager gives it the keyboard.
        """
        return (self.root, self.servers.rail, self.sidebar, *self.pane.parts_without_forms, self.people)

    def _make_commands(self) -> WindowCommands:
        return WindowCommands(
            WindowParts(
                self.root,
                self.theme,
                self.client,
                self.settings,
                self.overlays,
                self.menus,
                self.people_actions,
                self.connect_controller,
                self.split_panes,
                self.sidebar,
                self.pane,
                self.people,
                self.search,
                self.servers,
                self.settings_controller,
                self.close,
                self.rebuild,
            )
        )

    def _make_saving(self, save: Callable[[Settings], object], autosave: Callable[[], str]) -> WindowSaving:
        handlers = SavingHandlers(
            save,
            autosave,
            sashes=lambda: self.split_panes.widths(),
            store=self._store,
            on_problem=lambda text: self.pane.show_problem(text),
        )
        return WindowSaving(self.root, self.theme, self.settings, handlers)

    # following the client

    def poll(self) -> PollResult:
        """Show what has changed. If one change raises, the others are shown by the next poll."""
        started = time.monotonic()
        budget = BACKLOG_SECONDS if self.poll_loop.is_behind else BUDGET_SECONDS
        changes = self.client.poll(budget)
        is_over_budget = time.monotonic() - started >= budget
        self._changes += changes
        while self._changes:
            change = self._changes.popleft()
            self.notifications.apply(change)
            self._apply(change)
        self.connect_controller.poll()
        self.notifications.poll()
        if self.pane.states.is_changing:
            self._stale.add("bars")
        if self.client.network is not self._shown:
            self._show_network()
        while self._stale:
            PAINT[self._stale.pop()](self)
        return "more" if is_over_budget else "news" if changes else "nothing"

    def _poll_or_quit(self) -> PollResult:
        if self._quit_requested:
            self.end(keep_server=self.client.keeps_server_running or not self.client.has_started_server)
            return "nothing"
        return self.poll()

    def _apply(self, change: Change) -> None:
        """Show a change, or mark the parts to be painted for it."""
        network = self._network_of(change)
        if isinstance(change, StatusChanged):
            self._on_state_change(change.network)
        if network is not None and network is not self.network:
            self._apply_in_background(change)
            return
        if self.network is not self._shown:
            self._show_network()
            if isinstance(change, ConversationOpened):
                return
        self.settings_controller.apply(change)
        self.first_chat.apply(change)
        match change:
            case ConnectFailed(kind="banned") if self._shows_page:
                self._stale.add("bars")
            case ConnectFailed():
                self.connect_controller.show_failed(change)
            case LoginChanged(login):
                self.connect_controller.login_changed(login)
                self.servers.store()
            case ExportChanged(_, export):
                self.pane.states.show_export(export)
            case LocalServerFound():
                self.pane.show_problem(_(STILL_RUNNING).format(name=self.network.name))
            case NetworkFound():
                self.connect_controller.show_found(change)
                self._stale.add("rail")
            case StatusChanged():
                self._stale |= {"sidebar", "people", "bars", "title", "rail"}
            case ConversationOpened(conversation):
                self._show(conversation)
            case ConversationsChanged():
                self._stale |= {"sidebar", "title", "rail"}
                if self.network.current is None:
                    self._show(None)
            case ConversationChanged():
                self._stale |= {"sidebar", "header", "bars", "title", "rail"}
                self.pane.apply(change)
                self.people_actions.apply(change)
            case MembersChanged():
                self._stale |= {"sidebar", "header", "people", "title"}
                self.pane.apply(change)
                self.people_actions.apply(change)
            case TypingChanged():
                self._stale.add("status_line")
            case SearchFinished() | ContextFound():
                self.search.follow(change)
                self.pane.apply(change)
                self.people_actions.apply(change)
            case ProfileReceived() | OrderFinished():
                self.people_actions.apply(change)
                if isinstance(change, OrderFinished):
                    self.overlays.order_finished(change.order)
            case ChannelsListed(channels=channels):
                self.overlays.show_channels(channels)
            case CommandRejected(conversation, text, problem):
                self.pane.restore_text(conversation, text, problem)
            case PasswordHostAsked():
                self._ask_about_password_host()
            case MessageReturned():
                self.pane.take_back(change)
            case FileCardChanged():
                self.search.follow(change)
                self.pane.apply(change)
                self.people_actions.apply(change)
            case _:
                self.pane.apply(change)
                self.people_actions.apply(change)
                if self.pane.states.has_bar:
                    self._stale.add("bars")

    def _show(self, conversation: Conversation | None, place: ReadingPlace | None = None) -> None:
        """Show another conversation, or none; at a place, or where it has unread messages."""
        self.pane.show(conversation, place)
        self.split_panes.show_messages()
        self._keyboard.focus_default()
        self.split_panes.set_people_available(conversation is not None and conversation.kind == "channel")
        self._stale |= set(PAINT)

    def _network_of(self, change: Change) -> Network | None:
        """Return the network that a change is about; None if it does not tell."""
        if isinstance(change, ContextFound):
            return None
        if isinstance(change, ConnectFailed) or not hasattr(change, "conversation"):
            return getattr(change, "network", None)
        return self.client.network_of(change.conversation)

    def _apply_in_background(self, change: Change) -> None:
        """Follow a change of a server that is not shown: only its tile and the title tell of it."""
        match change:
            case ConnectFailed():
                self.connect_controller.show_failed(change)
                self._stale.add("rail")
            case StatusChanged() | ConversationsChanged() | ConversationChanged():
                self._stale |= {"rail", "title"}
            case SearchFinished() | FileCardChanged():
                self.search.follow(change)
            case CommandRejected(conversation, text, problem):
                self.pane.restore_text(conversation, text, problem)
            case MessageReturned():
                self.pane.take_back(change)
            case OrderFinished(order=order):
                self.people_actions.moderation.order_finished(order)
                self.overlays.order_finished(order)

    def _show_network(self) -> None:
        """Show the current network where one was there."""
        before, self._shown = self._shown, self.network
        self.pane.store_draft()
        self.servers.keep_place(before, self.pane.reading_place)
        if before is not self.network:
            self.pane.undo_notice.end()
            self._close_dialogs()  # they are about the other server
            self.settings_controller.close()
            self._show(self.network.current, self.servers.take_place(self.network))
            self.servers.store_current()
            self._ask_about_password_host()
        while self._stale:
            PAINT[self._stale.pop()](self)

    def _ask_about_password_host(self) -> None:
        """Ask whether another host gets the password of the account, if files wait for the answer."""
        network, files = self.network, self.client.files
        if host := files.asked_host(network):
            answer = partial(files.answer_about_host, network, host)
            self.overlays.ask_about_password_host(host, answer)

    def _close_dialogs(self) -> None:
        for dialogs in (self.overlays, self.people_actions, self.first_chat):
            dialogs.close()

    def _paint_bars(self) -> None:
        self.first_chat.paint()
        self.pane.paint_bars()

    def _on_state_change(self, network: Network) -> None:
        """Follow the state of a network, also of one that is not shown."""
        if self.servers.became_online(network):
            self.connect_controller.show_online(network)
            if network is self.network:
                self.reveal()
        if network.state == "online":
            self.servers.store()  # its name may be new

    @property
    def _shows_page(self) -> bool:
        """Whether the window is open without the connection dialog, so that its page says what is wrong."""
        return self.connect_controller.dialog is None and self.root.state() != "withdrawn"

    def _paint_sidebar(self) -> None:
        self.sidebar.show(self.network)

    def _paint_people(self) -> None:
        if self.pane.conversation is not None:
            self.people.show(self.network, self.pane.conversation)

    def _paint_title(self) -> None:
        others = [each for each in self.client.networks if each is not self.network]
        self.root.title(status_texts.title(self.network, others))
        self._icon.show(sum(map(important_total, self.client.networks)))

    def _name_among_servers(self, network: Network) -> str:
        """Return the name of a server if there are several."""
        labels = self.servers.labels()
        return labels.get(network, "") if len(labels) > 1 else ""

    def _store(self, is_last: bool) -> None:
        """Put what is being written and all conversations into the settings."""
        self.pane.store_draft()
        self.client.save_conversations(is_last)
        self.servers.store_current()

    # user actions

    def _open_hit(self, conversation: Conversation, hit: Entry, words: re.Pattern[str] | None) -> None:
        """Show a hit of the search in its place; in a narrow window, instead of the search."""
        self.pane.open_hit(conversation, hit, words)
        if self.split_panes.covers_messages:
            self.split_panes.show_search(False)
            self.pane.focus_set()

    def _follow_invite(self, link: str) -> None:
        """Follow a clicked invite link: open its channel if it leads to this server, else open the dialog."""
        try:
            invite = Invite.parse(link)
        except BadInvite as error:
            self.pane.show_problem(str(error))
            return
        if not self.client.follow_invite(invite):
            self.connect_controller.invite(invite)

    def _on_people_shown(self, shown: bool) -> None:
        self.settings.people_shown = shown

    # errors, saving, closing

    def _on_callback_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an exception of a Tk callback, one of the few places where any exception is caught."""
        log.error("exception in a Tk callback", exc_info=(kind, error, trace))
        self.pane.show_problem(_(INTERNAL_ERROR))

    def _on_connect_dialog_closed(self) -> None:
        """Quit if the first dialog was closed before the window was ever shown."""
        if self.root.state() == "withdrawn":
            self.end(keep_server=False)

    def end(self, keep_server: bool) -> None:
        """Close the window without asking: timers, settings, client with its threads, widgets, in this order.

        Args:
            keep_server: Whether a server that this window started keeps running.
        """
        self.poll_loop.stop()
        self.servers.stop()
        self.notifications.stop()
        self.saving.stop()
        self.settings_controller.close()
        self.root.withdraw()
        self.root.update_idletasks()
        self.connect_controller.stop()
        self.saving.save()
        self.client.close(keep_server)
        self.root.destroy()


# Part of the window -> function that paints it from the model
PAINT: dict[str, Callable[[Window], None]] = {
    "sidebar": Window._paint_sidebar,
    "header": lambda window: window.pane.paint_header(),
    "people": Window._paint_people,
    "bars": Window._paint_bars,
    "title": Window._paint_title,
    "rail": lambda window: window.servers.paint(),
    "status_line": lambda window: window.pane.paint_status_line(),
}
