"""The page of the connection dialog that asks whether to trust a certificate."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.transport.certificates import CertificateProblem
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.wrapping import EDGES
from chatapp.languages.translation import N_, _
from chatapp.protocol.tls import format_fingerprint

TRUST, TRUST_ANYWAY = N_("Trust it"), N_("Trust it anyway")
CANCEL, BACK = N_("Cancel"), N_("Back")
OTHER_CHAT = N_("It is a different chat from before")
SAME, OTHER = N_("It is the same"), N_("It is different")
COMPARE = N_("Compare the fingerprint")
HOW_TO_COMPARE = N_(
    "Ask the person who runs this chat for its fingerprint, by telephone or face to face. It is shown under "
    "“This server” in the settings, and printed when the server starts. If all digits are the same, nobody "
    "can listen in between you and the chat."
)

GROUPS_PER_LINE = 8  # of the fingerprint


class CertificatePanel(ttk.Frame):
    """Title, explanation, fingerprint, buttons.

    If something is probably wrong, Trust is not the default button. If the invite link names another
    certificate, there is no Trust button.

    Args:
        on_trust: Called with the problem when the user trusts the certificate, and with whether it is a
            certificate of the chat that was there before.
        on_cancel: Called when the user does not trust it.
        width: At which text wraps, in pixels at 96 dpi.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_trust: Callable[[CertificateProblem, bool], object],
        on_cancel: Callable[[], object],
        width: int,
    ) -> None:
        super().__init__(master)
        px = self._px = theme.px
        self._least = width
        self.columnconfigure(0, weight=1, minsize=px(width))
        self.problem: CertificateProblem | None = None
        self._title = ttk.Label(self, wraplength=px(width), justify="left")
        self._explanation = ttk.Label(self, wraplength=px(width), justify="left")
        heading = ttk.Label(self, text=_("Fingerprint (SHA-256)"), style="Muted.TLabel")
        self.fingerprint = ttk.Label(self, style="Hover.TLabel", font="ChatCode", padding=px(8))
        foot = ttk.Frame(self)
        self.cancel = ttk.Button(foot, command=on_cancel)
        self.trust = ttk.Button(foot, command=self._trust)
        self._on_trust = on_trust
        self._is_other = tk.BooleanVar(self, False)
        self.other_chat = ttk.Checkbutton(self, text=_(OTHER_CHAT), variable=self._is_other)
        self._title.grid(row=0, sticky="w")
        self._explanation.grid(row=1, sticky="w", pady=(px(8), 0))
        heading.grid(row=2, sticky="w", pady=(px(14), px(4)))
        self.fingerprint.grid(row=3, sticky="ew")
        self.other_chat.grid(row=4, sticky="w", pady=(px(14), 0))
        foot.grid(row=5, sticky="e", pady=(px(20), 0))
        self.bind("<Configure>", lambda event: self._wrap(event.width))

    def _trust(self) -> None:
        problem = self.problem
        if problem is not None:
            self._on_trust(problem, problem.may_be_same_chat and not self._is_other.get())

    def _wrap(self, width: int) -> None:
        """Use the whole width: large text makes the fingerprint wider than the text of other dialogs."""
        self._explanation.configure(wraplength=max(width - EDGES, self._px(self._least)))

    def show(self, problem: CertificateProblem) -> ttk.Button:
        """Show a problem; return the default button."""
        self.problem = problem
        style = "DangerHeader.TLabel" if problem.is_alarming else "Header.TLabel"
        self._title.configure(text=problem.title, style=style)
        self._explanation.configure(text=problem.explanation)
        self.fingerprint.configure(text=format_fingerprint(problem.fingerprint, GROUPS_PER_LINE))
        default = self.cancel if problem.is_alarming else self.trust
        self.cancel.configure(text=_(CANCEL if problem.can_be_trusted else BACK))
        self.trust.configure(text=_(TRUST_ANYWAY if problem.is_alarming else TRUST))
        self._ask_about_chat(problem.may_be_same_chat)
        return self._place_buttons(default, problem.can_be_trusted)

    def show_comparison(self, problem: CertificateProblem) -> ttk.Button:
        """Ask to compare the fingerprint of an unknown certificate before connecting; return the default."""
        self.problem = problem
        self._title.configure(text=_(COMPARE), style="Header.TLabel")
        self._explanation.configure(text=_(HOW_TO_COMPARE))
        self.fingerprint.configure(text=format_fingerprint(problem.fingerprint, GROUPS_PER_LINE))
        self.cancel.configure(text=_(OTHER))
        self.trust.configure(text=_(SAME))
        self._ask_about_chat(False)
        return self._place_buttons(self.trust, True)

    def _ask_about_chat(self, is_asked: bool) -> None:
        """Let the user say that it is another chat, if that is not certain."""
        self._is_other.set(False)
        (self.other_chat.grid if is_asked else self.other_chat.grid_remove)()

    def _place_buttons(self, default: ttk.Button, has_trust: bool) -> ttk.Button:
        """Place the buttons, the default at the right; return it."""
        for button in (self.cancel, self.trust):
            button.configure(style="Primary.TButton" if button is default else "TButton")
            button.pack_forget()
        other = self.trust if default is self.cancel else self.cancel
        for button in (default, other) if has_trust else (default,):
            button.pack(side="right", padx=(self._px(8), 0), fill="y")
        return default
