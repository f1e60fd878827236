"""The middle of the window: header, messages, connection bar and composer, tied to the client."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.model.changes import Change, ConversationChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.outgoing import slash_commands
from chatapp.client.outgoing.completion import TabCompletion
from chatapp.client.text.links import target
from chatapp.gui.main import status_texts
from chatapp.gui.main.composer import Composer
from chatapp.gui.main.connection_bar import ConnectionBar
from chatapp.gui.main.header import Header
from chatapp.gui.main.removed_bar import RemovedBar
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.transcript import Transcript
from chatapp.protocol.invite_links import is_link
from chatapp.protocol.message import Message


class ConversationPane(ttk.Frame):
    """What a person does here goes to the client; what that changes comes back through `apply` and `paint_…`.

    Takes  on_person: a nick that was clicked, and where; on_people, on_connect: the buttons
           on_invite: a link into a chat that was clicked
           now: Unix seconds
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        settings: Settings,
        *,
        on_person: Callable[[str, int, int], object],
        on_people: Callable[[], object],
        on_connect: Callable[[], object],
        on_invite: Callable[[str], object],
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master)
        self._client = client
        self._settings = settings
        self._on_connect = on_connect
        self._on_invite = on_invite
        self._now = now
        self.shown: Conversation | None = None
        self._problem = ""
        self._at_end = True
        self._tab = TabCompletion()
        self.header = Header(self, theme, on_topic=self._set_topic, on_people=on_people)
        self.transcript = Transcript(
            self,
            theme,
            on_older=self._load_older,
            on_end=self._on_end,
            on_seen=self._on_seen,
            on_retry=self._retry,
            on_discard=self._discard,
            on_link=self._open_link,
            on_person=on_person,
            on_type=self.write,
            now=now,
        )
        self.bar = ConnectionBar(self, theme, on_now=self._connect)
        self.removed = RemovedBar(self, theme, on_join=self._join_again)
        self.composer = Composer(
            self,
            theme,
            on_send=self._send,
            on_edit=self._on_edit,
            on_tab=self._complete,
            usage=slash_commands.usage,
            question=lambda text: self._client.question(self.shown, text),
        )
        px = theme.px
        self.header.grid(row=0, sticky="ew")
        self.transcript.grid(row=1, sticky="nsew")
        for bar in (self.bar, self.removed):
            bar.grid(row=2, sticky="ew", padx=px(16), pady=(0, px(8)))
        self.composer.grid(row=3, sticky="ew", padx=px(16))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)

    def show(self, conversation: Conversation | None) -> None:
        """Show another conversation, or none. What was being written in the one before is kept in it."""
        self.keep_draft()
        self.shown = conversation
        shown = conversation or Conversation("", "server", complete=True)
        self.composer.show(status_texts.prompt(shown), shown.draft)
        self.show_transcript()
        self.say_problem("")
        self.watch()

    def show_transcript(self) -> None:
        """Show the messages anew."""
        shown = self.shown or Conversation("", "server", complete=True)
        nick = self._client.network.nick
        self.transcript.show(shown, nick, twelve_hours=not self._settings.clock24)

    def apply(self, change: Change) -> None:
        """Follow a change of what was said."""
        self.transcript.apply(change)
        if isinstance(change, ConversationChanged) and change.conversation is self.shown:
            self.composer.show_prompt(status_texts.prompt(change.conversation))
            self.watch()  # what was missed may have come, and perhaps somebody sees it

    def paint_header(self) -> None:
        """Name, topic and number of people."""
        shown = self.shown
        self.header.show(shown, shown is not None and self._client.network.may_set_topic(shown))

    def paint_bar(self) -> None:
        """How the connection stands; when all is well with it, whether we were removed from the channel."""
        self.bar.show(self._client.network, self._now())
        self.removed.show(self.shown if self._client.network.state == "online" else None)

    def paint_strip(self) -> None:
        """What went wrong, else who is typing."""
        typing = status_texts.typing(self.shown) if self.shown else ""
        self.composer.show_typing(self._problem or typing)

    def say_problem(self, words: str) -> None:
        """Say below the composer what went wrong; it stays until something else is done."""
        self._problem = words
        self.paint_strip()

    def watch(self) -> None:
        """Whether somebody sees the end of the conversation: then what is there is read."""
        network = self._client.network
        focused = self.tk.call("focus") != ""  # of the whole program
        network.watching = focused and self._at_end and self.shown is not None
        if network.watching and self.shown is not None:
            self._client.mark_read(self.shown)

    def write(self, words: str) -> None:
        """Go on writing with these words."""
        self.composer.insert(words)

    def focus_set(self) -> None:
        """Give the keyboard to the composer."""
        self.composer.field.focus_set()

    def to_bottom(self) -> None:
        """Go to the newest message, and take all as read."""
        self.transcript.latest()
        self.focus_set()
        if self.shown is not None:
            self._client.mark_read(self.shown)

    def keep_draft(self) -> None:
        """Put what is being written into the model."""
        if self.shown is not None:
            self.shown.draft = self.composer.text

    def _set_topic(self, topic: str) -> None:
        if self.shown is not None:
            self._client.send(Message("TOPIC", [self.shown.name, topic]))

    def _load_older(self) -> None:
        if self.shown is not None:
            self._client.load_older(self.shown)

    def _retry(self, entry: Entry) -> None:
        if self.shown is not None:
            self._client.retry(self.shown, entry)

    def _discard(self, entry: Entry) -> None:
        if self.shown is not None:
            self._client.discard(self.shown, entry)

    def _open_link(self, link: str) -> None:
        if link.startswith("#"):
            self.say_problem(self._client.follow_channel(link) or "")
            return
        link = target(link)
        if is_link(link):
            self._on_invite(link)
            return
        import webbrowser  # takes long to load, and few links are opened

        if not webbrowser.open(link):
            self.say_problem("No program was found that could open the link.")

    def _on_end(self, at_end: bool) -> None:
        self._at_end = at_end
        self.watch()

    def _on_seen(self, entry: Entry) -> None:
        if self.shown is not None and self.tk.call("focus") != "":
            self._client.mark_read_to(self.shown, entry)

    def give_back(self, conversation: Conversation, text: str, words: str) -> None:
        """Put a command that was refused back into the field, unless something else is there already."""
        if conversation is not self.shown:
            conversation.draft = conversation.draft or text
        elif not self.composer.text:
            self.composer.give_back(text)
            self.say_problem(words)

    def _join_again(self) -> None:
        if self.shown is not None:
            self._client.join(self.shown.name, self.shown.channel_key)

    def _connect(self) -> None:
        if self._client.network.state == "waiting":
            self._client.reconnect_now()
        else:
            self._on_connect()

    def _send(self, text: str) -> str | None:
        return self._client.run(self.shown, text)

    def _on_edit(self, text: str) -> None:
        if text and self._problem:
            self.say_problem("")
        if self.shown is not None and self._settings.typing:
            self._client.typing(self.shown, text)

    def _complete(self, text: str, cursor: int, back: bool) -> tuple[str, int] | None:
        return self._tab.next(self._client.network, self.shown, text, cursor, back) if self.shown else None
