"""The composer: a box with the message field and its toolbar, and below it a strip for errors and hints."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.files import Attachment, blocking
from chatapp.client.model.model import Entry
from chatapp.client.outgoing.completion import Completion
from chatapp.client.outgoing.input_history import InputHistory
from chatapp.client.outgoing.pasted_text import suits_a_block
from chatapp.client.outgoing.text_formatting import Format
from chatapp.client.text.code_parts import fenced, is_in_block
from chatapp.client.text.shown_names import one_line
from chatapp.gui.main.attachment_list import AttachmentList
from chatapp.gui.main.attachment_texts import (
    EDIT_FIRST,
    NO_FILES,
    AttachmentRow,
    FileOffer,
    has_too_large,
    kept_row,
)
from chatapp.gui.main.composer_strip import HINT, MOST_LINES, ComposerStrip
from chatapp.gui.main.composer_toolbar import ComposerToolbar
from chatapp.gui.main.drafts import Draft, both_texts
from chatapp.gui.main.field_completion import FieldCompletion
from chatapp.gui.main.message_field import MessageField
from chatapp.gui.main.reply_bar import ReplyBar
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.key_codes import SHIFT
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.languages.translation import N_, _

EDGE = 4  # margin inside the box, so that its round corners are seen, in pixels at 96 dpi
BAR_EDGE = 2  # margin around the reply bar, whose own corners are round, in pixels at 96 dpi
ENTER, CTRL_ENTER = "Enter", "Ctrl+Enter"
BLOCK_HINT = N_("In a code block, Enter begins a new line · Ctrl+Enter sends")
BLOCK_OFFER = N_("Make it a code block  {keys}")
CTRL_HINT = N_("Ctrl+Enter sends · Enter for a new line")
CTRL_EDIT_HINT = N_("Ctrl+Enter saves · Esc cancels")
EDIT_HINT = N_("Enter saves · Esc cancels")
EMPTY_EDIT = N_("The message would be empty. Press {key} again to delete it, or Esc to keep it.")


class ComposerHandlers(NamedTuple):
    """What a composer calls.

    Attributes:
        on_send: Called with the text to send and the message that it replies to; returns None, or why it is
            refused; then the text stays.
        on_save: Called with an edited message, its new text and the files that stay; returns None, or why it
            is refused.
        on_delete: Called with an own message of which nothing is left.
        on_file_left_out: Called with a file that was taken out of the edited message, what puts it back, and
            what returns whether that is still possible.
        on_edit: Called with the text after every change by the user.
        on_remove_file: Called with a file in the composer that is to be removed.
        on_retry_file: Called with one that is to be sent again.
        on_file: Called to choose files.
        on_clipboard: Called after the text of the clipboard was pasted; with "" if it has no text.
        file_offer: Returns whether files can be sent here.
        on_edit_last: Called for the last own message; edits it and returns True if that is possible.
        on_tab: Called with text, cursor and whether Shift is down; returns the completed ones, or None.
        on_emoji: Called with the screen coordinates above which the emoji picker opens.
        on_choose: Called to give the keyboard to the messages, with one of them chosen.
        on_undo: Called for Undo where nothing typed can be undone; takes back what was done last and returns
            True if that is possible.
        on_scroll: Called with the number of pages by which the messages scroll.
        on_end: Called to go to the first message that is loaded, or with True to the newest one.
        suggest: Called with text, cursor and whether the menu is open or asked for; returns its completions.
        usage: Returns a hint about the text being typed, or None.
        confirmation: Returns what to confirm before this text is sent, by the key that sends it, or "".
        name_of: Returns the name to show for a nick.
        with_file_names: Returns a message with the names of its files in place of their links.
        parts_of: Returns the text of an own message as it is edited, and its files.
        enter_sends: Returns whether Enter sends; otherwise it begins a new line, and Ctrl+Enter sends.
    """

    on_send: Callable[[str, Entry | None], str | None]
    on_edit: Callable[[str], object]
    on_tab: Callable[[str, int, bool], tuple[str, int] | None]
    usage: Callable[[str], str | None]
    on_save: Callable[[Entry, str, Sequence[Attachment]], str | None] = lambda entry, text, files: None
    on_delete: Callable[[Entry], object] = lambda entry: None
    on_file_left_out: Callable[[Attachment, Callable[[], object], Callable[[], bool]], object] = (
        lambda attachment, put_back, is_possible: None
    )
    on_remove_file: Callable[[Attachment], object] = lambda attachment: None
    on_retry_file: Callable[[Attachment], object] = lambda attachment: None
    on_file: Callable[[], object] = lambda: None
    on_clipboard: Callable[[str], object] = lambda text: None
    file_offer: Callable[[], FileOffer] = FileOffer
    on_edit_last: Callable[[], bool] = lambda: False
    on_emoji: Callable[[int, int], object] = lambda x, y: None
    on_choose: Callable[[], object] = lambda: None
    on_undo: Callable[[], bool] = lambda: False
    on_scroll: Callable[[int], object] = lambda pages: None
    on_end: Callable[[bool], object] = lambda is_newest: None
    suggest: Callable[[str, int, bool], Completion | None] = lambda text, cursor, is_open: None
    confirmation: Callable[[str, str], str] = lambda text, key: ""
    name_of: Callable[[str], str] = lambda nick: nick
    with_file_names: Callable[[str], str] = lambda text: text
    parts_of: Callable[[Entry], tuple[str, tuple[Attachment, ...]]] = lambda entry: (entry.text, ())
    enter_sends: Callable[[], bool] = lambda: True


class Composer(ttk.Frame):
    """The input for messages and commands."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: ComposerHandlers) -> None:
        super().__init__(master)
        self._theme = theme
        self._handlers = handlers
        self._history = InputHistory()
        self._draft = Draft()  # without its text, which is in the field
        self._prompt = ""
        self._problem = ""
        self._is_true: Callable[[], bool] = lambda: True  # whether the problem is still one
        self._status = self._notice = ""
        self._status_lines = 1
        self._shows_hint = False
        self._may_write = True
        self._takes_messages = True
        self._is_low = False
        self._reported_text = ""  # the text last given to on_edit, or set by the program
        self._pasted = ""  # the text just pasted that can become a block of code
        self._unconfirmed_text: str | None = None  # the text that needs the key a second time
        self._box = ttk.Frame(self, style="Composer.TFrame")
        self.reply_bar = ReplyBar(self._box, theme, self.cancel)
        self._files: list[AttachmentRow] = []
        self._blocked: Attachment | None = None  # the file that the line below is about
        self.files = AttachmentList(
            self._box,
            theme,
            self._remove_file,
            handlers.on_retry_file,
            on_left=lambda: self.field.focus_set(),
        )
        self.box = MessageField(
            self._box, theme, self._on_change, self._on_paste, self._format, handlers.on_clipboard
        )
        self.field = self.box.text_widget
        self.field.takes_files = lambda: self.takes_files
        self.toolbar = ComposerToolbar(
            self._box,
            theme,
            on_format=self._format,
            on_emoji=self.open_emoji,
            on_mention=lambda: self.completion.begin_mention(),
            on_send=self._on_send_pressed,
            on_file=self.choose_files,
            on_paste_block=self._paste_block,
            file_offer=handlers.file_offer,
        )
        self.button = self.toolbar.send_button
        self.strip = ComposerStrip(self, theme)
        self.completion = FieldCompletion(
            self.box, self._box, theme, on_tab=handlers.on_tab, suggest=handlers.suggest
        )
        self._place_box()
        self._box.columnconfigure(0, weight=1)
        self._box.pack(fill="x")
        self.strip.pack(fill="x")
        self._bind_events()
        theme.watch(self, self.box.paint)

    # what is shown

    @property
    def text(self) -> str:
        """The text that was typed."""
        return self.box.text

    @property
    def draft(self) -> Draft:
        """What the composer holds."""
        return replace(self._draft, text=self.text)

    def show(self, prompt: str, draft: Draft) -> None:
        """Show the draft of another conversation, and its prompt (`Write to #general`)."""
        self._prompt = prompt
        self._set_draft(draft)
        self.box.set_prompt(prompt)

    def show_prompt(self, prompt: str) -> None:
        """Change the prompt of this conversation; the text stays."""
        if prompt != self._prompt:
            self._prompt = prompt
            self.box.set_prompt(prompt)

    def show_files(self, rows: Sequence[AttachmentRow]) -> None:
        """Show the files that go with the next message."""
        self._files = list(rows)
        self._show_files()
        self.check_problem()

    def show_may_write(self, may_write: bool, takes_messages: bool = True) -> None:
        """Show whether messages can be sent here; commands always can.

        Args:
            takes_messages: Whether there are messages here, and not only commands.
        """
        self._may_write, self._takes_messages = may_write, takes_messages
        self._update_toolbar()
        self.check_problem()

    def show_low(self, is_low: bool) -> None:
        """Take little height, with the buttons beside the text, or as much as usual."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._place_box()
            self.toolbar.show_low(is_low)
            self.strip.show_low(is_low)
            self._update_strip()

    def _place_box(self) -> None:
        edge = self._theme.px(EDGE)
        if self._is_low:
            self.box.grid(row=2, sticky="ew", padx=(edge, 0), pady=edge)
            self.toolbar.grid(row=2, column=1, sticky="se", padx=(0, edge), pady=edge)
        else:
            self.box.grid(row=2, sticky="ew", padx=edge, pady=(edge, 0))
            self.toolbar.grid(row=3, column=0, sticky="ew", padx=edge, pady=(0, edge))

    def show_status(self, text: str, notice: str = "", *, may_be_cut: bool = False) -> None:
        """Show what happens in the conversation, such as who is typing; a notice is shown instead of it.

        Args:
            may_be_cut: Whether the text stays on one line, because it comes and goes all the time.
        """
        self._status, self._notice = notice or text, notice
        self._status_lines = 1 if may_be_cut and not notice else MOST_LINES
        self._update_strip()

    def show_action(self, label: str, on_press: Callable[[], object] = lambda: None) -> None:
        """Show a button in the line below, such as "Cancel them"; "" removes it."""
        self.strip.show_standing_action(label, on_press)

    def show_hint(self, shown: bool) -> None:
        """Show or hide the hint about Enter, which a practised user no longer needs."""
        self._shows_hint = shown
        self._update_strip()

    # what is written

    def reply_to(self, entry: Entry) -> None:
        """Begin a reply to a message; the text that is there stays."""
        if self._draft.editing:
            self.cancel()
        self._set_context(Draft(reply_to=entry))
        self.field.focus_set()

    def edit(self, entry: Entry) -> None:
        """Begin to edit an own message; the text that is there comes back afterwards."""
        kept, reply_to = self._draft.kept if self._draft.editing else self.text, self._draft.reply_to
        text, files = self._handlers.parts_of(entry)
        self._set_draft(Draft(text, reply_to, entry, kept, files))
        self.field.focus_set()

    def _remove_file(self, attachment: Attachment) -> None:
        """Remove a file that was not sent, or one of the edited message."""
        draft = self._draft
        if attachment not in draft.files:
            self._handlers.on_remove_file(attachment)
            return
        self._set_context(replace(draft, files=tuple(each for each in draft.files if each is not attachment)))
        self._handlers.on_file_left_out(
            attachment,
            partial(self._put_back, draft, attachment),
            lambda: self._draft.editing is draft.editing,
        )

    def _put_back(self, before: Draft, attachment: Attachment) -> None:
        """Put a file back into the message that is edited, in its place."""
        kept = {attachment, *self._draft.files}
        self._set_context(replace(self._draft, files=tuple(each for each in before.files if each in kept)))

    def choose_files(self) -> None:
        """Let the user choose files to send."""
        if self.takes_files:
            self._handlers.on_file()
        elif self._handlers.file_offer() != FileOffer():
            self.refuse_files()

    @property
    def takes_files(self) -> bool:
        """Whether files can be put in now."""
        return not self._why_no_files()

    def refuse_files(self) -> None:
        """Say why no files can be put in now."""
        reason = self._why_no_files()
        self._show_problem(reason, lambda: self._why_no_files() == reason)

    def _why_no_files(self) -> str:
        offer = self._handlers.file_offer()
        if offer.is_offered:
            return _(EDIT_FIRST) if self._draft.editing else ""
        return offer.reason or _(NO_FILES)

    def take_out(self, pasted: str) -> bool:
        """Remove a text that was just pasted; return whether it was still there."""
        start = self.text.rfind(pasted)
        if start >= 0:
            self.box.replace(start, start + len(pasted), "")
        return start >= 0

    def offer_file(self, label: str, on_press: Callable[[], object]) -> None:
        """Show a button that sends as a file what was pasted as text, until the text changes."""
        self.strip.show_action(label, on_press, "file")

    def quote(self, text: str) -> None:
        """Insert lines as a quotation, in lines of their own."""
        lines = "".join(f"> {line}\n" for line in text.strip("\n").split("\n"))
        before = self.text[: self.box.cursor]
        self.insert(lines if not before or before.endswith("\n") else f"\n{lines}")

    def cancel(self) -> bool:
        """End the reply or the edit; return whether there was one. An edit gives the text before it back."""
        draft = self._draft
        if draft.editing:
            self._set_draft(Draft(draft.kept, draft.reply_to))
        elif draft.reply_to:
            self._set_context(Draft())
        self.field.focus_set()
        return bool(draft.editing or draft.reply_to)

    def entry_gone(self, entry: Entry) -> None:
        """End a reply to a message that was deleted, or an edit of it; what was typed stays."""
        if entry is self._draft.editing:
            reply_to, kept = self._draft.reply_to, self._draft.kept
            if kept:
                self._set_draft(Draft(both_texts(kept, self.text), reply_to))
            else:
                self._set_context(Draft(reply_to=reply_to))
        elif entry is self._draft.reply_to:
            self._set_context(replace(self._draft, reply_to=None))

    def restore_text(self, text: str) -> None:
        """Put back a text that was sent and then refused by the server."""
        self.box.set_text(text, len(text))

    def give_back(self, text: str) -> None:
        """Put a text that was not sent in front of what is being written; an edit ends before."""
        if self._draft.editing:
            self.cancel()
        self.restore_text(both_texts(text, self.text))
        self.field.focus_set()

    def take_back(self, text: str, reply_to: Entry | None) -> None:
        """Put a message that was not sent in front of what is being written; the keyboard stays where it is.

        During an edit it waits with the text that comes back afterwards.
        """
        now = self.draft
        reply_to = now.reply_to or reply_to
        if now.editing:
            self._set_context(replace(now, kept=both_texts(text, now.kept), reply_to=reply_to))
        else:
            self._set_draft(Draft(both_texts(text, now.text), reply_to))

    def insert(self, text: str) -> None:
        """Insert text at the cursor as if the user typed it."""
        self.field.focus_set()
        self.box.insert(text)

    def open_emoji(self) -> None:
        """Open the emoji picker."""
        self.completion.close()
        button = self.toolbar.emoji_place
        self._handlers.on_emoji(button.winfo_rootx(), button.winfo_rooty())

    def choose_message(self) -> None:
        """Give the keyboard to the messages, with the last one chosen."""
        self.completion.close()
        self._handlers.on_choose()

    # events

    def _bind_events(self) -> None:
        field = self.field
        for enter in ("Return", "KP_Enter"):
            field.bind(f"<{enter}>", lambda event: self._on_enter())
            field.bind(f"<{platform_events.COMMAND}-{enter}>", lambda event: self._send())
        for older, newer in (("<Up>", "<Down>"), ("<<PrevLine>>", "<<NextLine>>")):
            field.bind(older, self._on_up)
            field.bind(newer, self._on_down)
        command = platform_events.COMMAND
        for keys in ("Alt", "Alt-Shift", command, f"{command}-Shift"):
            for arrow in ("Up", "Down"):  # shortcuts of the window, or Tk's own keys
                field.bind(f"<{keys}-{arrow}>", lambda event: None)
        field.bind("<<Undo>>", lambda event: self._on_undo())
        for key, pages in (("Prior", -1), ("Next", 1)):
            field.bind(f"<{key}>", partial(self._on_page, pages))
        for key, is_newest in (("Home", False), ("End", True)):
            field.bind(f"<{command}-{key}>", partial(self._on_end, is_newest))
        field.bind("<Escape>", self._on_escape)
        field.bind("<FocusIn>", lambda event: self._box.state(["focus"]))
        field.bind("<FocusOut>", lambda event: self._on_focus_out())

    def _on_focus_out(self) -> None:
        self._box.state(["!focus"])
        self.completion.close()

    def _on_escape(self, event: tk.Event[tk.Misc]) -> str | None:
        """Close the menu, or end the reply or the edit; otherwise the window has the key."""
        return "break" if self.completion.close() or self.cancel() else None

    def _on_enter(self) -> str:
        """Take the chosen completion, begin a line of code, or send."""
        if self.completion.take_chosen():
            return "break"
        if self._enter_begins_line():
            line = self.text[: self.box.cursor].rpartition("\n")[2]
            self.box.insert("\n" + line[: len(line) - len(line.lstrip(" \t"))])
            return "break"
        return self._send()

    def _on_send_pressed(self) -> None:
        """Send, and let the user write on."""
        self._send()
        self.field.focus_set()

    def _send(self) -> str:
        """Send the text, or save the edited message. It stays in the field until that was possible."""
        self.completion.close()
        text, editing = self.text.rstrip(), self._draft.editing
        if not text and not editing and not self._files:
            return "break"
        question = self._question(text)
        self._unconfirmed_text = text if question else None
        if question:
            self._show_problem(question)
        elif editing:
            self._save(editing, text)
        else:
            problem = self._handlers.on_send(text, self._draft.reply_to)
            if problem is None:
                if text:
                    self._history.sent(text)
                self._set_draft(Draft(), is_typed=True)
            else:
                self._show_refusal(text, problem)
        return "break"

    def _show_refusal(self, text: str, problem: str) -> None:
        """Show why a text, or without one the files, were not sent."""
        if text:
            self._show_problem(problem)
            return
        refused = self._blocked_files()
        self._show_problem(problem, lambda: self._blocked_files() == refused)
        self._show_blocked(is_new=False)

    def _question(self, text: str) -> str:
        """Return what the key that sends has to confirm; "" if nothing, or if it was confirmed."""
        if text == self._unconfirmed_text:
            return ""
        if self._draft.editing:
            return "" if text or self._draft.files else _(EMPTY_EDIT).format(key=self._sending_key())
        return self._handlers.confirmation(text, self._sending_key())

    def _sending_key(self) -> str:
        """Return the key that sends now, as it is shown to the user."""
        return shown_keys(CTRL_ENTER if self._enter_begins_line() else ENTER)

    def _enter_begins_line(self) -> bool:
        return is_in_block(self.text[: self.box.cursor]) or not self._handlers.enter_sends()

    def _save(self, entry: Entry, text: str) -> None:
        files = self._draft.files
        problem = self._handlers.on_save(entry, text, files) if text or files else None
        if problem is not None:
            self._show_problem(problem)
            return
        self.cancel()
        if not text and not files:
            self._handlers.on_delete(entry)

    def _show_problem(self, problem: str, is_true: Callable[[], bool] = lambda: True) -> None:
        """Show why something is not possible.

        Args:
            is_true: Returns whether that is still so; else it goes before the text is changed.
        """
        self._problem, self._is_true = problem, is_true
        self._show_validity()
        self._update_strip()

    def _blocked_files(self) -> list[Attachment]:
        return [each.attachment for each in self._files if each.attachment.is_over]

    def check_problem(self) -> None:
        """Show no longer what is not true any more."""
        if self._problem and not self._is_true():
            self._show_problem("")

    def _show_validity(self) -> None:
        """Draw the box in the colour of errors while something in it cannot be sent."""
        is_invalid = bool(self._problem) or (has_too_large(self._files) and not self._draft.editing)
        self._box.state(["invalid" if is_invalid else "!invalid"])

    def _on_up(self, event: tk.Event[tk.Misc]) -> str:
        if self.completion.move(-1):
            return "break"
        if not self.text and not self._draft.editing and self._handlers.on_edit_last():
            return "break"
        text = self._history.older(self.text) if self._recalls and self.box.is_cursor_in_first_row() else None
        return self.box.move_row(-1) if text is None else self._recall(text)

    def _on_down(self, event: tk.Event[tk.Misc]) -> str:
        if self.completion.move(1):
            return "break"
        text = self._history.newer() if self._recalls and self.box.is_cursor_in_last_row() else None
        return self.box.move_row(1) if text is None else self._recall(text)

    def _on_undo(self) -> str | None:
        """Take back what was done last, unless there is something written to take back."""
        has_written = bool(self.text) and self.box.can_undo
        return "break" if not has_written and self._handlers.on_undo() else None

    def _on_page(self, pages: int, event: tk.Event[tk.Misc]) -> str | None:
        """Scroll the messages, unless the text is longer than its field, which then scrolls itself."""
        if self.box.is_cut or int(event.state) & SHIFT:
            return None
        self._handlers.on_scroll(pages)
        return "break"

    def _on_end(self, is_newest: bool, event: tk.Event[tk.Misc]) -> str | None:
        """Go to the first or the newest message, unless there is a text in which the cursor moves."""
        if self.text:
            return None
        self._handlers.on_end(is_newest)
        return "break"

    @property
    def _recalls(self) -> bool:
        """Whether the arrow keys recall sent texts: not over the text of an edited message."""
        return self._draft.editing is None

    def _recall(self, text: str) -> str:
        self.box.set_text(text, len(text))
        self.completion.close()
        return "break"

    def _format(self, kind: Format) -> None:
        self.field.focus_set()
        if kind == "code" and self._pasted and not self.field.tag_ranges("sel"):
            self._fence(self._pasted)
        else:
            self.box.format(kind)

    def _on_paste(self, text: str, refusal: str) -> None:
        if refusal:
            self._show_problem(refusal)
        elif suits_a_block(text) and not is_in_block(self.text[: self.box.cursor - len(text)]):
            self._pasted = text
            offer = _(BLOCK_OFFER).format(keys=shown_keys("Ctrl+E"))
            self.strip.show_action(offer, lambda: self._fence(text), "code")

    def _paste_block(self) -> None:
        """Paste a text as a block of code."""
        self.field.focus_set()
        pasted = self.box.paste()
        if pasted and not is_in_block(self.text[: self.box.cursor - len(pasted)]):
            self._fence(pasted)

    def _fence(self, pasted: str) -> None:
        start = self.text.rfind(pasted)
        if start >= 0:
            end = start + len(pasted)
            if self.text[max(start - 1, 0) : start] == "`" == self.text[end : end + 1]:
                start, end = start - 1, end + 1  # the marks of code in a line, between which it was pasted
            before = "" if start == 0 or self.text[start - 1] == "\n" else "\n"
            after = "" if self.text[end : end + 1] in ("", "\n") else "\n"
            self.box.replace(start, end, before + fenced(pasted) + after)
        self.field.focus_set()

    # details

    def _on_change(self, text: str) -> None:
        self._forget_problem()
        if text != self._reported_text:
            self._reported_text = text
            self._handlers.on_edit(text)
            self.completion.suggest()

    def _forget_problem(self) -> None:
        """Show that nothing is wrong with the text, nor can be done to it."""
        self._problem = self._pasted = ""
        self._show_validity()
        self.strip.show_action("")
        self._update_strip()

    def _set_draft(self, draft: Draft, is_typed: bool = False) -> None:
        """Show a draft.

        Args:
            is_typed: Whether its text is reported like a change by the user.
        """
        if not is_typed:
            self._reported_text = draft.text
        self._set_context(draft)
        self.box.set_text(draft.text, len(draft.text))
        self.box.forget_undo()
        self._forget_problem()  # no change is reported from one empty text to another
        self.completion.close()

    def _set_context(self, draft: Draft) -> None:
        """Show which message is replied to or edited."""
        self._draft = replace(draft, text="")
        self._unconfirmed_text = None
        if draft.editing:
            text = self._handlers.with_file_names(draft.editing.text)
            self.reply_bar.show_edit(one_line(text, self._handlers.name_of))
        elif draft.reply_to:
            name_of = self._handlers.name_of
            text = self._handlers.with_file_names(draft.reply_to.text)
            self.reply_bar.show_reply(name_of(draft.reply_to.nick), one_line(text, name_of))
        edge = self._theme.px(BAR_EDGE)
        if draft.editing or draft.reply_to:
            self.reply_bar.grid(row=0, columnspan=2, sticky="ew", padx=edge, pady=(edge, 0))
        else:
            self.reply_bar.grid_forget()
        self._show_files()
        self._update_toolbar()
        self.check_problem()
        self._update_strip()

    def _show_files(self) -> None:
        """Show the rows of the files; while a message is edited, of those that it has."""
        shown = [kept_row(each) for each in self._draft.files] if self._draft.editing else self._files
        if shown and not self.files.winfo_manager():
            edge = self._theme.px(EDGE)
            self.files.grid(row=1, columnspan=2, sticky="ew", padx=edge, pady=(edge, 0))
        self.files.show(shown)
        if not shown:
            self.files.grid_forget()
        self._show_blocked(is_new=True)
        self._show_validity()

    def _show_blocked(self, is_new: bool) -> None:
        """Scroll to the file that the line below is about.

        Args:
            is_new: Whether only if it was another one before.
        """
        blocked = blocking(each.attachment for each in self._files)
        if blocked is not None and (blocked is not self._blocked or not is_new):
            self.files.bring_in_sight(blocked)
        self._blocked = blocked

    def _update_toolbar(self) -> None:
        self.toolbar.show(self._draft.editing is not None, self._may_write, self._takes_messages)

    def _update_strip(self) -> None:
        text = self.text
        enter_sends = self._handlers.enter_sends()
        hint = "" if not self._shows_hint else HINT if enter_sends else CTRL_HINT
        status = "" if self._is_low and not self._notice else self._status
        if self._draft.editing:
            hint = EDIT_HINT if enter_sends else CTRL_EDIT_HINT
        elif is_in_block(text[: self.box.cursor]):
            hint = BLOCK_HINT
        usage = self._handlers.usage(text)
        lines = 1 if usage else self._status_lines
        self.strip.show(usage or status, self._problem, "" if self._is_low else _(hint), lines)
