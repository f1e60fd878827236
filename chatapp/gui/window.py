"""The whole window: the one module that knows every part of it, and ties them to the client.

poll → changes → parts          every 20 ms while something happens, on Tk's thread
parts → doors → client          at once; what that changes comes back with the next poll
"""

from __future__ import annotations

import logging
import shlex
import sys
import time
import tkinter as tk
from collections import deque
from collections.abc import Callable
from tkinter import ttk
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
    ConversationChanged,
    ConversationOpened,
    ConversationsChanged,
    MembersChanged,
    StatusChanged,
    TypingChanged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.connect_controller import ConnectController, Seek
from chatapp.gui.dialogs.overlays import OverlayHandlers, Overlays
from chatapp.gui.main import navigation, status_texts
from chatapp.gui.main.conversation_pane import ConversationPane
from chatapp.gui.main.member_list import MemberList
from chatapp.gui.main.sidebar import Sidebar
from chatapp.gui.theme import icons
from chatapp.gui.theme.theme import USUAL, Theme
from chatapp.gui.widgets import editing_keys, key_codes, platform_events, shortcuts
from chatapp.gui.widgets.dialog import CLASS
from chatapp.gui.widgets.geometry import WindowGeometry
from chatapp.gui.widgets.keyboard_focus import KeyboardFocus
from chatapp.gui.widgets.split_panes import SplitPanes
from chatapp.protocol.invite_links import BadInvite, Invite

POLL, POLL_QUIET, POLL_ICONIC = 20, 60, 100  # milliseconds to the next poll; when it is quiet; out of sight
POLL_BEHIND = 2  # milliseconds, while there is more to read than a poll may
SAVE = 2000  # milliseconds between two looks for what has to be written down
LIVELY = 3.0  # seconds after the last news, key or click until it is quiet
BUDGET = 0.004  # seconds of a poll for reading; showing takes about as long again
WIDTH, HEIGHT = 1040, 660  # at the first start, in pixels at 96 dpi
LEAST_WIDTH, LEAST_HEIGHT = 520, 360
ICON = 32  # pixels at 96 dpi
GOES_ON = "Something went wrong in this window; it goes on. The log has the details."

log = logging.getLogger(__name__)


class Window:
    """Takes  login: what the first dialog says
    save: writes the settings down
    autosave: writes them down if they have changed, without waiting; gives what to tell the person
    tidy: collects garbage; told whether nobody is busy here
    now: Unix seconds
    seek: looks for servers on this network, if not None
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
        seek: Seek | None = None,
        autosave: Callable[[], str] = lambda: "",
        tidy: Callable[[bool], object] = lambda is_quiet: None,
    ) -> None:
        self.root = root
        self.theme = theme
        self.client = client
        self.settings = settings
        self._save = save
        self._autosave = autosave
        self._tidy = tidy
        self._save_timer = ""
        self._is_leaving = False  # the system wants us to end
        self._now = now
        self._changes: deque[Change] = deque()
        self._stale: set[str] = set()  # what has to be painted at the end of a poll
        self._memory = client.prefs = ConversationPrefs(settings)
        self._state = ""  # of the network when we looked last
        self._timer = ""
        self._pause = POLL  # milliseconds until the next poll
        self._stirred = 0.0  # when something happened last, by the monotonic clock
        self.entrance = ConnectController(root, theme, client, settings, login, self._on_leave, seek)
        self._build()
        self._bind()
        self._place()

    def start(self) -> None:
        """Begin to follow the client."""
        self._show(None)
        self._tick()
        self._save_timer = self.root.after(SAVE, self._save_now_and_then)

    def reveal(self) -> None:
        """Let it be seen."""
        self.root.deiconify()
        self.pane.focus_set()

    def close(self) -> None:
        """Close it; whether a server that was started from here shall run on is asked first."""
        if self.client.server_running:
            self.overlays.keep_server(self.end)
        else:
            self.end(keep_server=False)

    def leave(self) -> None:
        """End soon, as from a signal: nobody is asked, a server that was started from here ends too.

        Thread:
            Any; also from a signal handler.
        """
        self._is_leaving = True

    @property
    def network(self) -> Network:
        """The client has another one after it was connected with another server."""
        return self.client.network

    # building

    def _build(self) -> None:
        theme, settings = self.theme, self.settings
        doors = OverlayHandlers(
            on_mention=lambda words: self.pane.write(words),
            on_muted=lambda: self._stale.update(("sidebar", "title")),
            on_setting=self._on_setting,
            on_other_server=self.entrance.open,
            on_problem=lambda words: self.pane.say_problem(words),
        )
        self.overlays = Overlays(self.root, theme, self.client, settings, doors)
        self.panes = SplitPanes(
            self.root, theme, settings.sashes, settings.people_shown, self._on_people_shown
        )
        self.sidebar = Sidebar(
            self.panes,
            theme,
            on_choose=lambda name: self._go(self.network.find(name)),
            on_menu=self.overlays.conversation_menu,
            on_invite=self.overlays.invite,
            on_join=self.overlays.join,
            on_settings=self.overlays.settings,
        )
        self.pane = ConversationPane(
            self.panes,
            theme,
            self.client,
            settings,
            on_person=self.overlays.person_menu,
            on_people=self.panes.toggle_people,
            on_connect=self.entrance.open,
            on_invite=self._follow,
            now=self._now,
        )
        self.people = MemberList(self.panes, theme, self.overlays.message, self.overlays.person_menu)
        self.panes.fill(self.sidebar, self.pane, self.people)
        self.panes.pack(fill="both", expand=True)
        theme.watch(self.panes, lambda: self.panes.after_idle(self._fit_sidebar))

    def _bind(self) -> None:
        root = self.root
        root.report_callback_exception = self._broke
        root.protocol("WM_DELETE_WINDOW", self.close)
        root.protocol("WM_SAVE_YOURSELF", self._session_ends)
        self._keyboard = KeyboardFocus(root, CLASS, lambda: self.pane.composer.field)
        root.bind_class("TButton", "<Return>", self._press)
        root.bind("<Key>", self._typed)
        root.bind("<<Paste>>", self._pasted)
        for event in ("<Key>", "<KeyRelease>", "<Button>", "<MouseWheel>"):
            root.bind_all(event, self._stir, add=True)
        for event in ("<FocusIn>", "<FocusOut>"):
            root.bind(event, lambda event: self.pane.watch())
        editing_keys.bind(root, self.theme)
        shortcuts.bind(
            root,
            {
                "jump": lambda event: self.overlays.jump(),
                "above": lambda event: self._go(navigation.neighbour(self.network, -1)),
                "below": lambda event: self._go(navigation.neighbour(self.network, 1)),
                "unread_above": lambda event: self._go(navigation.unread(self.network, -1)),
                "unread_below": lambda event: self._go(navigation.unread(self.network, 1)),
                "nth": lambda event: self._go(navigation.nth(self.network, int(key_codes.pressed(event)))),
                "bottom": lambda event: self.pane.to_bottom(),
                "next_pane": lambda event: self._step(1),
                "previous_pane": lambda event: self._step(-1),
                "larger": lambda event: self._zoom(self.theme.size + 1),
                "smaller": lambda event: self._zoom(self.theme.size - 1),
                "usual": lambda event: self._zoom(USUAL),
                "shortcuts": lambda event: self.overlays.settings(),
            },
        )

    def _place(self) -> None:
        """Where it stood at the last end, if that can be reached; else in the middle of the screen."""
        root, px = self.root, self.theme.px
        self._icon = tk.PhotoImage(master=root, data=icons.app_icon(px(ICON)), format="png")
        root.iconphoto(True, self._icon)
        root.minsize(px(LEAST_WIDTH), px(LEAST_HEIGHT))
        first = WindowGeometry(0, 0, root.winfo_screenwidth(), root.winfo_screenheight())
        all_screens = WindowGeometry(
            root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_vrootwidth(), root.winfo_vrootheight()
        )
        place = WindowGeometry.parse(self.settings.place) or WindowGeometry.centred(
            px(WIDTH), px(HEIGHT), first
        )
        root.geometry(str(place.within(all_screens)))

    # following the client

    def poll(self) -> None:
        """Show what has changed. What breaks one change leaves the others for the next time."""
        started = time.monotonic()
        news = self.client.poll(BUDGET)
        now = time.monotonic()
        if news:
            self._stirred = now
        self._pause = POLL_BEHIND if now - started >= BUDGET else self._usual_pause(now)
        self._changes += news
        while self._changes:
            self._apply(self._changes.popleft())
        self.entrance.poll()
        if self.network.state == "waiting":
            self._stale.add("bar")
        while self._stale:
            PAINTED[self._stale.pop()](self)

    def _tick(self) -> None:
        if self._is_leaving:
            self.end(keep_server=False)
            return
        try:
            self.poll()
            self._tidy(self._pause >= POLL_QUIET)
        finally:
            self._timer = self.root.after(self._pause, self._tick)

    def _usual_pause(self, now: float) -> int:
        if self.root.state() == "iconic":
            return POLL_ICONIC
        return POLL if now < self._stirred + LIVELY else POLL_QUIET

    def _stir(self, event: tk.Event[tk.Misc]) -> None:
        """A person does something: what comes of it shall be seen at once."""
        self._stirred = time.monotonic()
        if self._pause > POLL:
            self._pause = POLL
            self.root.after_cancel(self._timer)
            self._timer = self.root.after(POLL, self._tick)

    def _apply(self, change: Change) -> None:
        """Show a change, or note what has to be painted for it."""
        match change:
            case ConnectFailed():
                self.entrance.show_failed(change)
            case StatusChanged():
                self._stale |= {"sidebar", "people", "bar", "title"}
                self._on_state()
            case ConversationOpened(conversation):
                self._show(conversation)
            case ConversationsChanged():
                self._stale |= {"sidebar", "title"}
                if self.network.current is None:
                    self._show(None)
            case ConversationChanged():
                self._stale |= {"sidebar", "header", "bar", "title"}
                self.pane.apply(change)
            case MembersChanged():
                self._stale |= {"sidebar", "header", "people"}
            case TypingChanged():
                self._stale.add("strip")
            case ChannelsListed(channels=channels):
                self.overlays.show_channels(channels)
            case CommandRejected(conversation, text, words):
                self.pane.give_back(conversation, text, words)
            case _:
                self.pane.apply(change)

    def _show(self, conversation: Conversation | None) -> None:
        """Show another conversation, or none."""
        self.pane.show(conversation)
        self._keyboard.bring_home()
        self.panes.offer_people(conversation is not None and conversation.kind == "channel")
        self._stale |= set(PAINTED)

    def _on_state(self) -> None:
        """The network has come up, or gone down."""
        before, self._state = self._state, self.network.state
        if self._state == "online" != before:
            self.entrance.show_online()
            self.reveal()

    def _paint_sidebar(self) -> None:
        self.sidebar.show(self.network)

    def _paint_people(self) -> None:
        if self.pane.shown is not None:
            self.people.show(self.network, self.pane.shown)

    def _paint_title(self) -> None:
        self.root.title(status_texts.title(self.network))

    # what a person does

    def _go(self, conversation: Conversation | None) -> None:
        if conversation is not None:
            self.client.open(conversation)

    def _follow(self, link: str) -> None:
        """A link into a chat was clicked: go there if we are on that server, else ask."""
        try:
            invite = Invite.parse(link)
        except BadInvite as error:
            self.pane.say_problem(str(error))
            return
        if not self.client.follow_invite(invite):
            self.entrance.invite(invite)

    def _typed(self, event: tk.Event[tk.Misc]) -> None:
        """What is typed anywhere but in a field goes into the composer."""
        kind = event.widget.winfo_class()
        character = platform_events.typed(event)
        if character and kind not in editing_keys.EDITORS and (character != " " or kind != "TButton"):
            self.pane.write(character)

    def _pasted(self, event: tk.Event[tk.Misc]) -> None:
        """What is pasted anywhere but in a field goes into the composer."""
        if not editing_keys.is_field(event.widget):
            self.pane.composer.field.focus_set()
            self.pane.composer.field.event_generate("<<Paste>>")

    def _press(self, event: tk.Event[tk.Misc]) -> None:
        """Enter presses a button as Space does."""
        if isinstance(event.widget, ttk.Button):
            event.widget.invoke()

    def _step(self, step: int) -> None:
        """Give the keyboard to the next part of the window."""
        pane = self.pane
        parts = [self.sidebar.rows.canvas, pane.transcript.page.text, pane.composer.field, self.people.filter]
        seen = [part for part in parts if part.winfo_viewable()]
        focus = self.root.focus_get()
        at = next((place for place, part in enumerate(seen) if part is focus), -1)
        seen[(at + step) % len(seen)].focus_set()

    def _fit_sidebar(self) -> None:
        """Larger text needs more room."""
        self.panes.need(self.sidebar.least())

    def _zoom(self, size: int) -> None:
        self.theme.zoom(size)
        self.settings.font_size = self.theme.size

    def _on_setting(self, name: str) -> None:
        """Let a setting that was changed have its effect."""
        if name == "theme":
            self.theme.use(self.settings.theme)
        elif name == "font_size":
            self._zoom(self.settings.font_size)
        elif name == "clock24":
            self.pane.show_transcript()

    def _on_people_shown(self, shown: bool) -> None:
        self.settings.people_shown = shown

    # what goes wrong, and the end

    def _broke(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """One of the borders at which bugs are caught: a callback of Tk's."""
        log.error("a callback broke", exc_info=(kind, error, trace))
        self.pane.say_problem(GOES_ON)

    def _on_leave(self) -> None:
        """The first dialog was closed: without it there is nothing to see."""
        if self.root.state() == "withdrawn":
            self.end(keep_server=False)

    def _save_now_and_then(self) -> None:
        """Write down what has changed, so that little is lost if the window is killed."""
        try:
            self._take_down()
            problem = self._autosave()
            if problem:
                self.pane.say_problem(problem)
        finally:
            self._save_timer = self.root.after(SAVE, self._save_now_and_then)

    def _session_ends(self) -> None:
        """The session of this computer's user is about to end (X11), or Windows is."""
        self._take_down(is_last=True)
        self._save(self.settings)
        if self.root.tk.call("tk", "windowingsystem") == "x11":
            self.root.wm_command(shlex.join(sys.argv))  # the answer that a session manager waits for

    def _take_down(self, is_last: bool = False) -> None:
        """Put what is to be kept into the settings."""
        if self.root.state() != "withdrawn":
            self.settings.place = self.root.geometry()
            self.settings.sashes = self.panes.widths()
        self.pane.keep_draft()
        self._memory.save(is_last)

    def end(self, keep_server: bool) -> None:
        """Timer, what is kept, threads, widgets: in this order."""
        self.root.after_cancel(self._timer)
        self.root.after_cancel(self._save_timer)
        self._take_down(is_last=True)
        self.root.withdraw()
        self.root.update_idletasks()
        self.entrance.stop()
        self._save(self.settings)
        self.client.close(keep_server)
        self.root.destroy()


# Part of the window -> what paints it from the model
PAINTED: dict[str, Callable[[Window], None]] = {
    "sidebar": Window._paint_sidebar,
    "header": lambda window: window.pane.paint_header(),
    "people": Window._paint_people,
    "bar": lambda window: window.pane.paint_bar(),
    "title": Window._paint_title,
    "strip": lambda window: window.pane.paint_strip(),
}
