"""The middle of the window: header, transcript, bars and composer, connected to the client."""

from __future__ import annotations

import re
import time
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.model.changes import (
    AttachmentsChanged,
    Change,
    ConversationChanged,
    MessageReturned,
    Removed,
    Updated,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.gui.main import drafts, status_texts
from chatapp.gui.main.attachment_controller import AttachmentController
from chatapp.gui.main.composer import Composer
from chatapp.gui.main.find_bar import FindBar
from chatapp.gui.main.find_controller import FindController
from chatapp.gui.main.header import Header, HeaderHandlers
from chatapp.gui.main.link_opener import LinkOpener
from chatapp.gui.main.message_commands import MessageCommands
from chatapp.gui.main.message_files import MessageFiles
from chatapp.gui.main.pane_states import PaneStates, StateHandlers
from chatapp.gui.main.past_bar import PastBar
from chatapp.gui.main.place_controller import PlaceController, PlaceHandlers
from chatapp.gui.main.writing_commands import WritingCommands
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.pages import ReadingPlace
from chatapp.gui.transcript.transcript import Transcript
from chatapp.gui.widgets.undo_notice import Undo, UndoNotice
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.languages.translation import ngettext
from chatapp.protocol.message import Message

LOW_ROWS = 12  # of text; with less height, header and composer are low
BAR_GAP = 8  # below a bar over the composer, in pixels at 96 dpi
PROBLEM_MILLISECONDS = 30_000  # that an error about one action is shown
PRACTISED = 20  # sent messages after which the hint about Enter is no longer shown


class ConversationPane(ttk.Frame):
    """Passes user actions to the client; changes of the model come back through `apply` and `paint_…`.

    Args:
        on_person: Called with a clicked nick and the screen coordinates of the click.
        on_person_menu: The same for a right click.
        on_people: Called when the people button is pressed.
        on_sidebar: Called when the button is pressed that shows the hidden sidebar.
        on_menu: Called with screen coordinates, left of which the menu of the conversation opens.
        on_bell: The same for the menu of notifications.
        on_favourite: Called to make the conversation a favourite, or none.
        on_connect: Called when the user wants to connect, and there is no server to reconnect to.
        on_retry: Called to connect again with the same login.
        on_invite: Called with a clicked invite link.
        on_invite_people: Called to copy an invite link.
        on_join: Called to join or make a channel.
        on_server: Called to show the page of the server.
        on_write: Called to write to somebody.
        on_search: Called with a text to search for everywhere.
        on_emoji: Called to pick an emoji: screen coordinates, what is called with it, and whether several
            may be picked.
        on_picture: Called with a conversation and a picture in it to show it as a whole.
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        settings: Settings,
        *,
        on_person: Callable[[str, int, int], object],
        on_person_menu: Callable[[str, int, int], object],
        on_people: Callable[[], object],
        on_sidebar: Callable[[], object],
        on_menu: Callable[[int, int], object],
        on_bell: Callable[[int, int], object],
        on_favourite: Callable[[], object],
        on_connect: Callable[[], object],
        on_retry: Callable[[], object],
        on_invite: Callable[[str], object],
        on_invite_people: Callable[[], object],
        on_join: Callable[[], object],
        on_write: Callable[[], object],
        on_server: Callable[[], object] = lambda: None,
        on_search: Callable[[str], object] = lambda text: None,
        on_emoji: Callable[[int, int, Callable[[str], object], bool], object],
        on_picture: Callable[[Conversation, FileCard], object] = lambda conversation, card: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master)
        self._client = client
        self._settings = settings
        self._on_connect = on_connect
        self._now = now
        self.conversation: Conversation | None = None
        self._problem = ""
        self._is_true: Callable[[], bool] | None = None  # whether the problem is still one
        self._timers = WidgetTimers(self)
        self._at_end = True
        self.header = Header(
            self,
            theme,
            HeaderHandlers(
                on_topic=self._set_topic,
                on_favourite=on_favourite,
                on_search=self.open_find,
                on_bell=on_bell,
                on_people=on_people,
                on_sidebar=on_sidebar,
                on_menu=on_menu,
            ),
        )
        links = LinkOpener(
            self,
            theme,
            on_channel=lambda channel: self.show_problem(self._client.follow_channel(channel) or ""),
            on_invite=on_invite,
            show_problem=self.show_problem,
            asks_always=lambda: settings.ask_links,
        )
        self.files = MessageFiles(
            self,
            theme,
            client,
            lambda: self.conversation,
            show_problem=self.show_problem,
            on_picture=on_picture,
        )
        self._commands = commands = MessageCommands(
            client,
            lambda: self.conversation,
            lambda: self.transcript,
            lambda: self.composer,
            show_problem=self.show_problem,
            files=self.files,
            on_link=links.open,
            on_person=on_person,
            on_person_menu=on_person_menu,
            on_emoji=lambda x, y, on_choose: on_emoji(x, y, on_choose, False),
        )
        self.transcript = Transcript(
            self,
            theme,
            on_older=self._load_older,
            on_newer=self._load_newer,
            on_end=self._on_end,
            on_seen=self._on_seen,
            handlers=commands.handlers(),
            now=now,
        )
        self.find_bar = FindBar(
            self,
            theme,
            on_change=lambda: self.find.change(),
            on_step=lambda step: self.find.step(step),
            on_everywhere=on_search,
            on_close=lambda: self.find.close(),
        )
        self.find = FindController(
            self.find_bar,
            self.transcript,
            client,
            lambda: self.conversation,
            on_open=self.find_bar.grid,
            on_close=self._hide_find_bar,
        )
        self.places = PlaceController(
            self.transcript,
            client,
            lambda: self.conversation,
            twelve_hours=lambda: not settings.clock24,
            handlers=PlaceHandlers(self._on_place, self._show_present, self.show_problem),
        )
        self.past_bar = PastBar(self, theme, on_now=self.places.leave)
        self.states = PaneStates(
            self,
            theme,
            client,
            lambda: self.conversation,
            StateHandlers(
                on_connect=on_connect,
                on_retry=on_retry,
                on_invite=on_invite_people,
                on_join=on_join,
                on_write=on_write,
                on_server=on_server,
                on_page=self._on_page,
            ),
            twelve_hours=lambda: not settings.clock24,
            now=now,
        )
        self.undo_notice = UndoNotice(self, theme, most_height=self._room_for_notice)
        self.attachments = AttachmentController(
            self, client, settings, lambda: self.conversation, lambda: self.composer, now
        )
        self._writing = WritingCommands(
            client,
            lambda: self.conversation,
            lambda: self.composer,
            on_sent=self._on_sent,
            on_edit=self._on_edit,
            on_emoji=lambda x, y: on_emoji(x, y, self.insert_text, True),
            on_choose=lambda: self.transcript.input.choose_lowest(),
            on_undo=self.undo,
            on_undoable=self.show_undo,
            on_scroll=self.transcript.view.scroll_pages,
            on_end=self._scroll_to_end,
            attachments=self.attachments,
            enter_sends=lambda: settings.enter_sends,
        )
        self.composer = Composer(
            self,
            theme,
            self._writing.handlers(),
        )
        px = theme.px
        self.header.grid(row=0, sticky="ew")
        self.find_bar.grid(row=1, sticky="ew")
        self.find_bar.grid_remove()
        self.transcript.grid(row=2, sticky="nsew")
        self.past_bar.grid(row=3, sticky="ew", padx=px(16), pady=(0, px(BAR_GAP)))
        self.states.bar.grid(row=4, sticky="ew", padx=px(16), pady=(0, px(BAR_GAP)))
        self.states.bar.grid_remove()
        self.states.page.grid(row=2, rowspan=5, sticky="nsew")
        self.states.page.grid_remove()
        self.undo_notice.grid(row=5, sticky="ew", padx=px(16), pady=(0, px(BAR_GAP)))
        self.undo_notice.grid_remove()
        self.composer.grid(row=6, sticky="ew", padx=px(16))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        self._theme = theme
        self.bind("<Configure>", lambda event: self._fit_height(), add=True)
        theme.watch(self, self._fit_height)

    def _room_for_notice(self) -> int | None:
        """Return the height that is left for a notice if nothing else is cut off; None before it is known."""
        if self.winfo_height() <= 1:
            return None
        bars = (self.header, self.find_bar, self.past_bar, self.states.bar, self.composer)
        used = sum(each.winfo_reqheight() + self._theme.px(BAR_GAP) for each in bars if each.winfo_manager())
        return self.winfo_height() - used

    def _fit_height(self) -> None:
        """Leave the height to the messages if there is room for a few lines of text only."""
        rows = self.winfo_height() / self._theme.fonts["ChatBody"].metrics("linespace")
        if self.winfo_height() > 1:
            self.composer.show_low(rows < LOW_ROWS)
            self.header.show_low(rows < LOW_ROWS)

    def show(self, conversation: Conversation | None, place: ReadingPlace | None = None) -> None:
        """Show another conversation, or none; store the draft of the previous one.

        Args:
            place: Where the user was reading there; None for the first unread message, or else the end.
        """
        self.store_draft()
        if conversation is not self.conversation:
            self.find.close()
        self.places.forget_words(unless_in=conversation)
        self.conversation = conversation
        shown = conversation or Conversation("", "server", complete=True)
        self.composer.show(status_texts.prompt(self._client.network, shown), drafts.load(shown))
        self.attachments.restore()
        self.attachments.paint()
        self.paint_composer()
        self.show_transcript(place)
        self.show_problem("")
        self.update_watching()

    @property
    def reading_place(self) -> ReadingPlace | None:
        """Where the user reads; None at the end of the conversation."""
        return self.transcript.reading_place if self.conversation is not None else None

    def show_transcript(self, place: ReadingPlace | None = None) -> None:
        """Show the messages again, after a setting has changed; see `show`."""
        shown = self.conversation or Conversation("", "server", complete=True)
        network, twelve_hours = self._client.network, not self._settings.clock24
        self.transcript.view.folds_joins = self._settings.fold_joins
        self.transcript.view.files.shows_pictures = self._settings.show_pictures
        self.transcript.show(shown.past or shown, network, twelve_hours, place)

    def apply(self, change: Change) -> None:
        """Follow a change of the model."""
        self.transcript.apply(change)
        if getattr(change, "conversation", None) is self.conversation:
            self.places.follow(change)
            self._paint_past_bar()
        self.find.follow(change)
        if isinstance(change, AttachmentsChanged) and change.conversation is self.conversation:
            self.attachments.paint()
            for entry in self.attachments.stale_messages():
                self.transcript.apply(Updated(change.conversation, entry))
            self.states.paint()
            self.paint_status_line()
        if isinstance(change, Updated | Removed) and change.conversation is self.conversation:
            self._end_writing_about(change)
        if isinstance(change, ConversationChanged) and change.conversation is self.conversation:
            self.update_watching()  # missed messages may have arrived and be visible

    def paint_header(self) -> None:
        """Show name, topic and number of people, also in the prompt of the composer."""
        self.header.show(self._client.network, self.conversation, self._settings.notify_of)
        if self.conversation is not None:
            self.composer.show_prompt(status_texts.prompt(self._client.network, self.conversation))

    def show_cards(self, cards: tk.Widget | None) -> None:
        """Show the page of a new chat in the place of the messages, or the messages again."""
        self.states.has_cards = cards is not None
        if cards is not None:
            cards.grid(row=2, column=0, sticky="nsew")
            cards.lift(self.transcript)

    def paint_bars(self) -> None:
        """Show the bar over the composer, the page instead of the messages, and the bar of older messages."""
        self.states.paint()
        self._paint_past_bar()
        self.paint_composer()

    def _paint_past_bar(self) -> None:
        self.past_bar.show(None if self.states.has_page else self.conversation)

    def paint_status_line(self) -> None:
        """Show the current problem, or else who is typing."""
        if self._problem and self._is_true is not None and not self._is_true():
            self._problem = ""
        network, shown = self._client.network, self.conversation
        text = status_texts.strip(network, shown, not self._settings.clock24) if shown else ""
        is_typing = shown is not None and text == status_texts.typing(network, shown)
        self.composer.show_status(text, self._problem, may_be_cut=is_typing)

    def show_undo(self, undo: Undo) -> None:
        """Show a notice of something that can be undone, over the composer."""
        self.undo_notice.show(undo)

    def undo(self) -> bool:
        """Undo what the notice is about, or else the last deletion here; return whether there was any."""
        return self.undo_notice.take_back() or self._writing.undo_delete()

    def show_problem(self, text: str, is_true: Callable[[], bool] | None = None) -> None:
        """Show an error below the composer until the next action; "" removes it.

        Args:
            is_true: Returns whether it is still so. Without it, the error goes after a while.
        """
        self._problem, self._is_true = text, is_true
        if text and is_true is None:
            self._timers.start("problem", PROBLEM_MILLISECONDS, lambda: self.show_problem(""))
        else:
            self._timers.stop("problem")
        self.paint_status_line()

    def update_watching(self) -> None:
        """Tell the model whether the user sees the end of the conversation; if so, mark it as read."""
        network, focus = self._client.network, str(self.tk.call("focus"))
        if focus == str(self.composer.field):
            self.transcript.input.release()
        has_focus = focus != ""  # "" if another program has the focus
        network.watching = has_focus and self._at_end and self._is_current()
        if network.watching and self.conversation is not None:
            self._client.mark_read(self.conversation)

    def insert_text(self, text: str) -> None:
        """Insert text into the composer, unless a page takes its place."""
        if not self.states.has_page:
            self.composer.insert(text)

    @property
    def parts_without_forms(self) -> tuple[tk.Misc, ...]:
        """The parts in which what is typed outside of fields is meant for the composer."""
        return (self.header, self.transcript, self.past_bar, self.states.bar, self.states.page, self.composer)

    @property
    def focus_target(self) -> tk.Misc:
        """The widget that has the keyboard focus unless the user moves it: the composer, or the page."""
        return self.states.page.focus_target if self.states.has_page else self.composer.field

    def focus_set(self) -> None:
        """Give the keyboard focus to the composer, or to the page in its place."""
        self.focus_target.focus_set()

    def choose_files(self) -> None:
        """Let the user choose files to send, unless a page takes the place of the composer."""
        if not self.states.has_page:
            self.composer.choose_files()

    def choose_message(self) -> None:
        """Give the keyboard to the messages, unless a page takes their place."""
        if not self.states.has_page:
            self.composer.choose_message()

    def reply(self, step: int) -> None:
        """Reply to the last message, or to the one before (-1) or after (1) the present one."""
        if not self.states.has_page:
            self._commands.reply_to_neighbour(step)

    def scroll_to_newest(self) -> None:
        """Scroll to the newest message, and mark all as read."""
        self.places.leave()
        self.transcript.scroll_to_newest()
        self.transcript.dismiss_unread()
        self.focus_set()
        if self.conversation is not None:
            self._client.mark_read(self.conversation, by_command=True)

    def _scroll_to_end(self, is_newest: bool) -> None:
        """Scroll to the newest message, or to the first one that is loaded."""
        if is_newest:
            self.scroll_to_newest()
        else:
            self.transcript.view.scroll_to_start()

    def store_draft(self) -> None:
        """Store the text of the composer in the model."""
        if self.conversation is not None:
            drafts.store(self.conversation, self.composer.draft)

    def restore_text(self, conversation: Conversation, text: str, problem: str) -> None:
        """Put a command that the server refused back into the composer, unless it holds other text."""
        if conversation is not self.conversation:
            conversation.draft = conversation.draft or text
        elif not self.composer.text:
            self.composer.restore_text(text)
            self.show_problem(problem, lambda: self.composer.text == text)

    def take_back(self, message: MessageReturned) -> None:
        """Put a message whose files could not be sent back into the composer, before what it holds."""
        conversation = message.conversation
        if conversation is self.conversation:
            self.composer.take_back(message.text, message.reply_to)
            self.show_problem(message.reason, self._while_not_mended(conversation))
        else:
            conversation.draft = drafts.both_texts(message.text, conversation.draft)
            conversation.replying_to = conversation.replying_to or message.reply_to

    def _while_not_mended(self, conversation: Conversation) -> Callable[[], bool]:
        """Return what tells whether the files that came back, or else their text, are as they are now."""
        failed = [each for each in conversation.attachments if each.is_over]
        text = self.composer.text
        if failed:
            return lambda: any(each.is_over and each in conversation.attachments for each in failed)
        return lambda: self.composer.text == text

    def _set_topic(self, topic: str) -> None:
        if self.conversation is not None:
            self._client.send(Message("TOPIC", [self.conversation.name, topic]))

    def _load_older(self) -> None:
        if self.conversation is not None:
            self._client.load_older(self.conversation)

    def edit_topic(self) -> bool:
        """Open the field of the topic in the header; return whether there is room for it."""
        self.header.topic.edit()
        return self.header.topic.is_editing

    def edit_last(self) -> None:
        """Edit the last own message, if that is possible."""
        self._writing.edit_last()

    def open_find(self) -> None:
        """Show the bar to find a text in this conversation."""
        self.places.forget_words()
        self.find.open()

    def open_hit(self, conversation: Conversation, hit: Entry, words: re.Pattern[str] | None) -> None:
        """Show a message that was found elsewhere, with marks on these words."""
        self.find.close()
        self.places.open(conversation, hit, words)

    def find_again(self, step: int) -> None:
        """Go to the next older (1) or newer (-1) hit; without a bar, show it."""
        if self.find.is_open:
            self.find.step(step)
        else:
            self.find.open()

    def _hide_find_bar(self) -> None:
        self.find_bar.grid_remove()
        self.focus_set()

    def _load_newer(self) -> None:
        if self.conversation is not None:
            self._client.load_newer(self.conversation)

    def _show_present(self) -> None:
        """Show the newest messages instead of an older part, and give the keyboard to the composer."""
        self.show_transcript()
        self.paint_bars()
        self.focus_set()

    def _on_place(self) -> None:
        self._paint_past_bar()
        self.update_watching()

    def _on_end(self, at_end: bool) -> None:
        self._at_end = at_end
        self.update_watching()

    def _on_seen(self, entry: Entry) -> None:
        if self.conversation is not None and self._is_current() and self.tk.call("focus") != "":
            self._client.mark_read_to(self.conversation, entry)

    def _is_current(self) -> bool:
        """Return whether this conversation stays in view: the model may have opened another one already.

        Messages are added before the other conversation is shown, too late for the user to see them.
        """
        return self.conversation is not None and self.conversation is self._client.network.current

    def _on_page(self, shown: bool) -> None:
        """Hide the messages and the composer while a page takes their place."""
        had_focus = str(self.tk.call("focus")).startswith(str(self))
        for part in (self.transcript, self.composer):
            if shown:
                part.grid_remove()
            else:
                part.grid()
        if had_focus:
            self.focus_set()

    def connect(self) -> None:
        """Connect again, or let the user choose a server if there is none to return to."""
        if self._client.network.state == "waiting" or self._client.is_kept:
            self._client.reconnect_now()
        else:
            self._on_connect()

    def paint_composer(self) -> None:
        """Show the hint, the action beside it, and whether one may write here."""
        shown = self.conversation or Conversation("", "server", complete=True)
        self.composer.show_may_write(shown.removal is None, shown.kind != "server")
        waiting = self._client.waiting(shown)
        in_turn = waiting.count > 0 and shown.held_until > 0 and self._client.network.state == "online"
        cancel = ngettext("Cancel it", "Cancel them", waiting.count)
        self.composer.show_action(cancel if in_turn else "", self._cancel_waiting)
        can_write = shown.kind != "server" and shown.removal is None
        self.composer.show_hint(can_write and self._settings.messages_sent < PRACTISED)
        self.paint_status_line()

    def _cancel_waiting(self) -> None:
        """Do not send the messages that wait in turn; their text comes back into the composer."""
        if self.conversation is not None:
            self.composer.give_back("\n".join(self._client.cancel_waiting(self.conversation)))

    def _on_sent(self) -> None:
        self.show_problem("")
        if self._settings.messages_sent < PRACTISED:
            self._settings.messages_sent += 1
            self.paint_composer()

    def _end_writing_about(self, change: Updated | Removed) -> None:
        """End a reply to a message that was deleted, and the edit of one."""
        gone = change.entries if isinstance(change, Removed) else [change.entry]
        for entry in gone:
            if isinstance(change, Removed) or entry.deleted_by:
                self.composer.entry_gone(entry)

    def _on_edit(self, text: str) -> None:
        self.transcript.input.hover.pause()
        if text and self._problem:
            self.show_problem("")
        if self.conversation is not None and self._settings.typing:
            self._client.notify_typing(self.conversation, text)
