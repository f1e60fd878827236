"""The page of the first dialog where one pastes a link, or types an address or an invite code."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.local.code_lookup import CodeFound, CodeResult, CodeUnknown
from chatapp.client.login import Login, for_invite
from chatapp.client.transport.server_check import CheckResult, ServerAnswers
from chatapp.gui.dialogs.chat_offers import cleaned
from chatapp.gui.dialogs.typed_address import (
    BadAddress,
    TypedAddress,
    is_worth_checking,
    read_address,
)
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.field_message import MessageContent
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.languages.translation import N_, _
from chatapp.protocol.code_text import typed_code
from chatapp.protocol.tls import format_fingerprint

PAUSE = 450  # milliseconds without a key, after which the server is asked
DIGITS = 16  # of the fingerprint
CHECKING = N_("Asking the server…")
LOOKING = N_("Looking on this network for the chat with this code…")


class JoinPage(ttk.Frame):
    """The address, and what is known about its server.

    Args:
        on_change: Called when another address was typed.
        on_check: Called with an address whose server is to be asked, None to ask none.
        on_code: Called with an invite code whose chat is to be looked for on this network.
        on_compare: Called when the user wants to compare the fingerprint.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        width: int,
        on_change: Callable[[], object],
        on_check: Callable[[TypedAddress | None], object],
        on_code: Callable[[str], object],
        on_compare: Callable[[TypedAddress, str], object],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_change, self._on_check = on_change, on_check
        self._on_code, self._on_compare = on_code, on_compare
        self._timers = WidgetTimers(self)
        self._text = ""
        self._checked: CheckResult | None = None
        self._of_code: CodeResult | None = None
        self.columnconfigure(0, weight=1, minsize=theme.px(width))
        self.address = Field(self, theme, _("Link, code or address"), width=width)
        self.address.grid(row=0, sticky="ew")
        for event in ("<KeyRelease>", "<<Paste>>", "<<Cut>>"):
            self.address.entry.bind(event, lambda event: self.after_idle(self._typed), add=True)

    def show(self, text: str) -> None:
        """Put a text into the field, as if it were pasted."""
        self.address.value = text
        self._typed()

    def typed(self) -> TypedAddress:
        """Return where the text leads.

        Raises:
            BadAddress: It leads nowhere.
        """
        if not typed_code(self.address.value):
            return read_address(self.address.value)
        match self._of_code:
            case CodeFound():
                login = for_invite(Login(""), self._of_code.invite)
                return TypedAddress(login, True, True, cleaned(self._of_code.name) or login.host)
            case CodeUnknown():
                raise BadAddress(self._of_code.reason)
            case None:
                raise BadAddress(_(LOOKING))

    @property
    def is_looking(self) -> bool:
        """Whether the chat of a code is looked for."""
        return bool(typed_code(self.address.value)) and self._of_code is None

    @property
    def target_name(self) -> str:
        """The name of the chat, or else its address; "" if the text leads nowhere."""
        if isinstance(self._checked, ServerAnswers) and self._checked.name:
            return cleaned(self._checked.name)
        try:
            return self.typed().name
        except BadAddress:
            return ""

    def show_checked(self, result: CheckResult) -> None:
        """Show what the server of the address has answered."""
        self._checked = result
        if isinstance(result, ServerAnswers):
            self._show_answer(result)
        else:
            text = result.problem.title if result.problem else result.reason
            self.address.show_remark(MessageContent(text, "warn", "alert"))
        self._on_change()

    def show_code(self, result: CodeResult) -> None:
        """Show which chat of this network has the code."""
        self._of_code = result
        if isinstance(result, CodeFound):
            name = self.target_name
            text = _("{name} has this code. The connection is encrypted.").format(name=name)
            self.address.show_remark(MessageContent(text, "ok", "check"))
        else:
            self.address.show_remark(MessageContent(result.reason, "warn", "alert"))
        self._on_change()

    def show_compared(self) -> None:
        """Say that the user has compared the fingerprint."""
        if isinstance(self._checked, ServerAnswers):
            self._checked = ServerAnswers(self._checked.name, self._checked.is_encrypted)
            self._show_answer(self._checked, _("You have compared its fingerprint."))

    def show_problem(self, content: MessageContent) -> None:
        """Say what is wrong with the address or its server."""
        self.address.show_remark(MessageContent(""))
        self.address.show_problem(content)

    def clear_problem(self) -> None:
        """Say nothing more about a failure."""
        self.address.clear_error()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable the field."""
        self.address.entry.state(["disabled" if disabled else "!disabled"])

    def _show_answer(self, answer: ServerAnswers, more: str = "") -> None:
        name = cleaned(answer.name) or self.target_name
        if not answer.is_encrypted:
            text = _("{name} answers, but the connection is not encrypted.").format(name=name)
            self.address.show_remark(MessageContent(text, "warn", "unlock"))
            return
        text = _("{name} answers. The connection is encrypted.").format(name=name)
        more = more or (_("Its certificate is the one in the link.") if answer.is_pinned else "")
        text = f"{text}\n{more}" if more else text
        content = MessageContent(text, "ok", "check")
        if answer.fingerprint:
            digits = format_fingerprint(answer.fingerprint[:DIGITS])
            footnote = _("Fingerprint {digits}").format(digits=digits)
            content = MessageContent(
                text, "ok", "check", footnote=footnote, action=(_("Compare"), self._compare)
            )
        self.address.show_remark(content)

    def _compare(self) -> None:
        if isinstance(self._checked, ServerAnswers):
            self._on_compare(self.typed(), self._checked.fingerprint)

    def _typed(self) -> None:
        """Forget what was known about another text, and ask its server after a pause."""
        text = self.address.value
        if text == self._text:
            return
        self._text = text
        self._checked = self._of_code = None
        self.address.clear_error()
        self.address.show_remark(MessageContent(""))
        self._timers.stop("check")
        self._on_check(None)
        if typed_code(text):
            self.address.show_remark(MessageContent(_(LOOKING), "muted", "clock"))
            self._on_code(text)
        elif is_worth_checking(text):
            self._timers.start("check", PAUSE, self._check)
        self._on_change()

    def _check(self) -> None:
        """Ask the server, or say what is wrong with the text."""
        try:
            typed = self.typed()
        except BadAddress as error:
            self.address.show_remark(MessageContent(str(error), "warn", "alert"))
        else:
            self.address.show_remark(MessageContent(_(CHECKING), "muted", "clock"))
            self._on_check(typed)
        self._on_change()
