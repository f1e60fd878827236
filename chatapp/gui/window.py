"""The whole window: the one module that knows every widget, and ties them to the client.

poll → changes → widgets        every 20 ms, on Tk's thread
widgets → doors → client        at once; what that changes comes back with the next poll
"""

from __future__ import annotations

import logging
import time
import tkinter as tk
from collections import deque
from collections.abc import Callable
from tkinter import ttk
from types import TracebackType

from chatapp.client import actions
from chatapp.client.changes import (
    Change,
    ChannelsListed,
    ConversationChanged,
    ConversationsChanged,
    Failed,
    MembersChanged,
    Opened,
    StatusChanged,
    TypingChanged,
)
from chatapp.client.client import Client
from chatapp.client.completion import Tab
from chatapp.client.model import Conversation, Entry, Network
from chatapp.client.session import Login
from chatapp.client.settings import Settings
from chatapp.gui import jump, keys, menus, mouse, navigation, phrases, sidebar
from chatapp.gui.composer import Composer
from chatapp.gui.connectionbar import ConnectionBar
from chatapp.gui.dialog import Dialog, Question
from chatapp.gui.entrance import Entrance, address
from chatapp.gui.header import Header
from chatapp.gui.joindialog import JoinDialog
from chatapp.gui.memory import Memory
from chatapp.gui.panes import Panes
from chatapp.gui.people import People
from chatapp.gui.picker import Picker
from chatapp.gui.place import Place
from chatapp.gui.settingswindow import SettingsWindow
from chatapp.gui.sidebar import Sidebar
from chatapp.gui.theme import USUAL, Theme
from chatapp.gui.transcript import Transcript
from chatapp.protocol.message import Message

POLL, POLL_ICONIC = 20, 100  # milliseconds between two polls, and when nobody can see the window
BUDGET = 0.004  # seconds of a poll for reading; showing takes about as long again
WIDTH, HEIGHT = 1040, 660  # at the first start, in pixels at 96 dpi
LEAST_WIDTH, LEAST_HEIGHT = 520, 360
ALIVE = "Something went wrong in this window; it goes on. The log has the details."

log = logging.getLogger(__name__)


class Window:
    """Takes  save: writes the settings down
    now: Unix seconds
    """

    def __init__(
        self,
        root: tk.Tk,
        client: Client,
        settings: Settings,
        login: Login,
        save: Callable[[Settings], object],
        now: Callable[[], float] = time.time,
    ) -> None:
        self.root = root
        self.client = client
        self.settings = settings
        self._save = save
        self._now = now
        self.theme = Theme(root, settings.theme, settings.font_size)
        self.shown: Conversation | None = None
        self.dialog: Dialog | None = None
        self.entrance = Entrance(root, self.theme, client, settings, login, self._on_leave)
        self._changes: deque[Change] = deque()
        self._stale: set[str] = set()  # what has to be painted at the end of a poll
        self._tab = Tab()
        self._memory = Memory(settings)
        self._at_end = True  # of the transcript
        self._state = ""  # of the network when we looked last
        self._problem = ""
        self._timer = ""
        self._build()
        self._bind()
        self._place()

    def start(self) -> None:
        """Begin to follow the client."""
        self._show(None)
        self._stale |= set(PAINTED)
        self._poll()

    def reveal(self) -> None:
        """Let it be seen."""
        self.root.deiconify()
        self.composer.field.focus_set()

    def close(self) -> None:
        """Close it; whether a server that was started from here shall run on is asked first."""
        if not self.client.server_running:
            self._end(keep_server=False)
        else:
            self._open_dialog(
                lambda: Question(
                    self.root,
                    self.theme,
                    "Keep the chat running?",
                    "This window has started the server. If it stops, nobody can chat there any more.",
                    {
                        "Keep it running": lambda: self._end(keep_server=True),
                        "Stop it": lambda: self._end(keep_server=False),
                        "Cancel": self.composer.field.focus_set,
                    },
                )
            )

    # building

    def _build(self) -> None:
        theme, settings, px = self.theme, self.settings, self.theme.px
        self.panes = Panes(self.root, theme, settings.sashes, settings.people_shown, self._keep_people_shown)
        self.sidebar = Sidebar(
            self.panes, theme, self._open_named, self._conversation_menu, self.open_join, self.open_settings
        )
        middle = ttk.Frame(self.panes)
        self.people = People(self.panes, theme, self._message, self._person_menu)
        self.header = Header(middle, theme, self._set_topic, self.panes.toggle_people)
        self.transcript = Transcript(
            middle,
            theme,
            on_older=self._load_older,
            on_end=self._on_end,
            on_retry=self._retry,
            on_discard=self._discard,
            on_link=self._open_link,
            on_person=self._person_menu,
            on_type=lambda character: self.composer.insert(character),
            now=self._now,
        )
        self.bar = ConnectionBar(middle, theme, self._connect_now)
        self.composer = Composer(
            middle,
            theme,
            on_send=lambda text: self.client.run(self.shown, text),
            on_edit=self._on_edit,
            on_tab=self._complete,
            usage=actions.usage,
        )
        self.header.grid(row=0, sticky="ew")
        self.transcript.grid(row=1, sticky="nsew")
        self.bar.grid(row=2, sticky="ew", padx=px(16), pady=(0, px(8)))
        self.composer.grid(row=3, sticky="ew", padx=px(16))
        middle.columnconfigure(0, weight=1)
        middle.rowconfigure(1, weight=1)
        self.panes.fill(self.sidebar, middle, self.people)
        self.panes.pack(fill="both", expand=True)

    def _bind(self) -> None:
        root = self.root
        root.report_callback_exception = self._broke
        root.protocol("WM_DELETE_WINDOW", self.close)
        root.bind_class("TButton", "<Return>", self._press)
        root.bind("<Key>", self._typed)
        for event in ("<FocusIn>", "<FocusOut>"):
            root.bind(event, lambda event: self._watch())
        keys.bind(
            root,
            {
                "jump": lambda event: self.open_jump(),
                "above": lambda event: self._go(navigation.neighbour(self.network, -1)),
                "below": lambda event: self._go(navigation.neighbour(self.network, 1)),
                "unread_above": lambda event: self._go(navigation.unread(self.network, -1)),
                "unread_below": lambda event: self._go(navigation.unread(self.network, 1)),
                "nth": lambda event: self._go(navigation.nth(self.network, int(event.keysym))),
                "bottom": lambda event: self._to_bottom(),
                "next_pane": lambda event: self._step_pane(1),
                "previous_pane": lambda event: self._step_pane(-1),
                "larger": lambda event: self._zoom(self.theme.size + 1),
                "smaller": lambda event: self._zoom(self.theme.size - 1),
                "usual": lambda event: self._zoom(USUAL),
                "shortcuts": lambda event: self.open_settings(),
            },
        )

    def _place(self) -> None:
        """Where it stood at the last end, if that can be reached; else in the middle of the screen."""
        root, px = self.root, self.theme.px
        root.minsize(px(LEAST_WIDTH), px(LEAST_HEIGHT))
        first = Place(0, 0, root.winfo_screenwidth(), root.winfo_screenheight())
        screens = Place(
            root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_vrootwidth(), root.winfo_vrootheight()
        )
        place = Place.parse(self.settings.place) or Place.centred(px(WIDTH), px(HEIGHT), first)
        root.geometry(str(place.within(screens)))

    # following the client

    @property
    def network(self) -> Network:
        """The client has another one after it was connected with another server."""
        return self.client.network

    def _poll(self) -> None:
        try:
            self._changes += self.client.poll(BUDGET)
            while self._changes:
                self._apply(self._changes.popleft())
            if self.network.state == "waiting":
                self._stale.add("bar")
            while self._stale:
                PAINTED[self._stale.pop()](self)
        finally:
            iconic = self.root.state() == "iconic"
            self._timer = self.root.after(POLL_ICONIC if iconic else POLL, self._poll)

    def _apply(self, change: Change) -> None:
        """Show a change, or note what has to be painted for it."""
        match change:
            case Failed():
                self.entrance.show_failed(change)
            case StatusChanged():
                self._stale |= {"sidebar", "bar", "title"}
                self._on_state()
            case Opened(conversation):
                self._show(conversation)
            case ConversationsChanged():
                self._memory.recall(address(self.client.login), self.network)
                self._stale |= {"sidebar", "title"}
                if self.network.current is None:
                    self._show(None)
            case MembersChanged(conversation) if conversation is self.shown:
                self._stale |= {"sidebar", "header", "people"}
            case TypingChanged(conversation) if conversation is self.shown:
                self._stale.add("strip")
            case ChannelsListed(channels):
                if isinstance(self.dialog, JoinDialog) and self.dialog.winfo_exists():
                    self.dialog.show(channels)
            case ConversationChanged() | MembersChanged():
                self._stale |= {"sidebar", "header", "title"}
                self.transcript.apply(change)
            case _:
                self.transcript.apply(change)

    def _show(self, conversation: Conversation | None) -> None:
        """Show another conversation, or none."""
        if self.shown is not None:
            self.shown.draft = self.composer.text
        self.shown = conversation
        shown = conversation or Conversation("", "server", complete=True)
        self.transcript.show(shown, self.network.nick, twelve_hours=not self.settings.clock24)
        self.composer.show(f"Write to {shown.title}" if shown.title else "Write a message", shown.draft)
        self.panes.offer_people(shown.kind == "channel")
        self._problem = ""
        self._stale |= set(PAINTED)
        self._watch()

    def _on_state(self) -> None:
        """The network has come up, or gone down."""
        before, self._state = self._state, self.network.state
        if self._state == "online" != before:
            self._memory.recall(address(self.client.login), self.network)
            self.entrance.show_online()
            self.reveal()

    def _watch(self) -> None:
        """Whether somebody sees the end of the conversation: then what is there is read."""
        network = self.network
        focused = self.root.tk.call("focus") != ""
        network.watching = focused and self._at_end and self.shown is not None
        if network.watching and self.shown is not None:
            self.client.mark_read(self.shown)

    # painting

    def _paint_sidebar(self) -> None:
        self.sidebar.show(self.network)

    def _paint_header(self) -> None:
        if self.shown is not None:
            self.header.show(self.shown)

    def _paint_people(self) -> None:
        if self.shown is not None:
            self.people.show(self.network, self.shown)

    def _paint_bar(self) -> None:
        self.bar.show(self.network, self._now())

    def _paint_title(self) -> None:
        self.root.title(phrases.title(self.network))

    def _paint_strip(self) -> None:
        self.composer.show_typing(self._problem or (phrases.typing(self.shown) if self.shown else ""))

    # doors of the widgets

    def _open_named(self, name: str) -> None:
        conversation = self.network.find(name)
        if conversation is not None:
            self.client.open(conversation)

    def _message(self, nick: str) -> None:
        if not self.network.is_me(nick):
            self.client.direct(nick)

    def _run(self, conversation: Conversation | None, command: str) -> None:
        """Do a slash command that was chosen in a menu."""
        self._say_problem(self.client.run(conversation, command) or "")

    def _conversation_menu(self, name: str, x: int, y: int) -> None:
        conversation = self.network.find(name)
        if conversation is not None:
            items = menus.conversation_items(
                self.network,
                conversation,
                run=lambda command: self._run(conversation, command),
                read=lambda: self.client.mark_read(conversation),
                mute=lambda: self._mute(conversation),
            )
            menus.pop_up(self.root, self.theme, items, x, y)

    def _person_menu(self, nick: str, x: int, y: int) -> None:
        items = menus.person_items(
            self.network,
            self.shown,
            nick,
            run=lambda command: self._run(self.shown, command),
            mention=lambda nick: self.composer.insert(f"@{nick} "),
        )
        menus.pop_up(self.root, self.theme, items, x, y)

    def _mute(self, conversation: Conversation) -> None:
        conversation.muted = not conversation.muted
        self._stale |= {"sidebar", "title"}

    def _set_topic(self, topic: str) -> None:
        if self.shown is not None:
            self.client.send(Message("TOPIC", [self.shown.name, topic]))

    def _load_older(self) -> None:
        if self.shown is not None:
            self.client.load_older(self.shown)

    def _retry(self, entry: Entry) -> None:
        if self.shown is not None:
            self.client.retry(self.shown, entry)

    def _discard(self, entry: Entry) -> None:
        if self.shown is not None:
            self.client.discard(self.shown, entry)

    def _open_link(self, link: str) -> None:
        import webbrowser  # takes long to load, and few links are opened

        if not webbrowser.open(link):
            self._say_problem("No browser was found that could open the link.")

    def _on_end(self, at_end: bool) -> None:
        self._at_end = at_end
        self._watch()

    def _on_edit(self, text: str) -> None:
        if self.shown is not None and self.settings.typing:
            self.client.typing(self.shown, text)

    def _complete(self, text: str, cursor: int, back: bool) -> tuple[str, int] | None:
        return self._tab.next(self.network, self.shown, text, cursor, back) if self.shown else None

    def _connect_now(self) -> None:
        if self.network.state == "waiting":
            self.client.reconnect_now()
        else:
            self.entrance.open()

    def _typed(self, event: tk.Event[tk.Misc]) -> None:
        """What is typed anywhere but in a field goes into the composer."""
        kind = event.widget.winfo_class()
        character = mouse.typed(event)
        if character and kind not in keys.EDITORS and (character != " " or kind != "TButton"):
            self.composer.insert(character)

    def _press(self, event: tk.Event[tk.Misc]) -> None:
        """Enter presses a button as Space does."""
        if isinstance(event.widget, ttk.Button):
            event.widget.invoke()

    def _go(self, conversation: Conversation | None) -> None:
        if conversation is not None:
            self.client.open(conversation)

    def _to_bottom(self) -> None:
        self.transcript.latest()
        self.composer.field.focus_set()
        if self.shown is not None:
            self.client.mark_read(self.shown)

    def _step_pane(self, step: int) -> None:
        """Give the keyboard to the next part of the window."""
        parts: list[tk.Misc] = [
            self.sidebar.rows.canvas, self.transcript.page.text, self.composer.field, self.people.filter
        ]  # fmt: skip
        seen = [part for part in parts if part.winfo_viewable()]
        focus = self.root.focus_get()
        at = seen.index(focus) if focus in seen else -1
        seen[(at + step) % len(seen)].focus_set()

    # dialogs

    def open_jump(self) -> None:
        """The dialog that jumps to a channel or person."""
        self._open_dialog(
            lambda: Picker(
                self.root,
                self.theme,
                "Jump to",
                "Channel or person",
                lambda text: jump.found(self.network, text),
                self._jump,
                self.composer.field.focus_set,
            )
        )

    def open_join(self) -> None:
        """The dialog that joins a channel."""
        self._open_dialog(
            lambda: JoinDialog(
                self.root,
                self.theme,
                lambda name: self._run(self.shown, f"/join {name}"),
                self.composer.field.focus_set,
            )
        )
        self.client.list_channels()

    def open_settings(self) -> None:
        """The settings with the list of shortcuts."""
        self._open_dialog(
            lambda: SettingsWindow(self.root, self.theme, self.settings, self._on_setting, self.entrance.open)
        )

    def _open_dialog(self, make: Callable[[], Dialog]) -> None:
        """Open a dialog in place of the one that is open."""
        if self.dialog is not None:
            self.dialog.destroy()
        self.dialog = make()

    def _jump(self, key: str) -> None:
        name = sidebar.named(key)
        if self.network.find(name) is not None:
            self._open_named(name)
        else:
            self._message(name)

    def _on_setting(self, name: str) -> None:
        if name == "theme":
            self.theme.use(self.settings.theme)
        elif name == "font_size":
            self._zoom(self.settings.font_size)
        elif name == "clock24" and self.shown is not None:
            self.transcript.show(self.shown, self.network.nick, twelve_hours=not self.settings.clock24)

    def _zoom(self, size: int) -> None:
        self.theme.zoom(size)
        self.settings.font_size = self.theme.size

    def _keep_people_shown(self, shown: bool) -> None:
        self.settings.people_shown = shown

    # what goes wrong, and the end

    def _say_problem(self, words: str) -> None:
        self._problem = words
        self._stale.add("strip")

    def _broke(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """One of the borders at which bugs are caught: a callback of Tk's."""
        log.error("a callback broke", exc_info=(kind, error, trace))
        self._say_problem(ALIVE)

    def _on_leave(self) -> None:
        """The first dialog was closed: without it there is nothing to see."""
        if self.root.state() == "withdrawn":
            self._end(keep_server=False)

    def _end(self, keep_server: bool) -> None:
        """Timer, what is kept, threads, widgets: in this order."""
        self.root.after_cancel(self._timer)
        if self.root.state() != "withdrawn":
            self.settings.place = self.root.geometry()
            self.settings.sashes = self.panes.widths()
        if self.shown is not None:
            self.shown.draft = self.composer.text
        self.root.withdraw()
        self.root.update_idletasks()
        self._memory.keep()
        self._save(self.settings)
        self.client.close(keep_server)
        self.root.destroy()


# Part of the window -> what paints it from the model
PAINTED: dict[str, Callable[[Window], None]] = {
    "sidebar": Window._paint_sidebar,
    "header": Window._paint_header,
    "people": Window._paint_people,
    "bar": Window._paint_bar,
    "title": Window._paint_title,
    "strip": Window._paint_strip,
}
