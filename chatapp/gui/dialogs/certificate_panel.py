"""What the first dialog asks about a certificate: is it the right one? With its fingerprint, to compare."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.transport.certificates import CertificateProblem, grouped
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import WRAP

TRUST, TRUST_STILL = "Trust it", "Trust it all the same"
CANCEL, BACK = "Cancel", "Back"


class CertificatePanel(ttk.Frame):
    """Where something is probably wrong, to go on is not the default; where it certainly is, it is no choice.

    Takes  on_trust: with the doubt
           on_cancel: nobody trusts it
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_trust: Callable[[CertificateProblem], object],
        on_cancel: Callable[[], object],
    ) -> None:
        super().__init__(master)
        px = self._px = theme.px
        self.columnconfigure(0, weight=1)
        self.doubt: CertificateProblem | None = None
        self._title = ttk.Label(self)
        self._words = ttk.Label(self, wraplength=px(WRAP), justify="left")
        heading = ttk.Label(self, text="Its fingerprint (SHA-256)", style="Muted.TLabel")
        self.fingerprint = ttk.Label(self, style="Hover.TLabel", font="ChatCode", padding=px(8))
        foot = ttk.Frame(self)
        self.cancel = ttk.Button(foot, command=on_cancel)
        self.trust = ttk.Button(foot, command=lambda: self.doubt and on_trust(self.doubt))
        self._title.grid(row=0, sticky="w")
        self._words.grid(row=1, sticky="w", pady=(px(8), 0))
        heading.grid(row=2, sticky="w", pady=(px(14), px(4)))
        self.fingerprint.grid(row=3, sticky="ew")
        foot.grid(row=4, sticky="e", pady=(px(20), 0))

    def show(self, doubt: CertificateProblem) -> ttk.Button:
        """Ask about this one. Gives the button that is the default."""
        self.doubt = doubt
        style = "Alarm.TLabel" if doubt.is_alarming else "Header.TLabel"
        self._title.configure(text=doubt.title, style=style)
        self._words.configure(text=doubt.words)
        self.fingerprint.configure(text=grouped(doubt.fingerprint))
        default = self.cancel if doubt.is_alarming else self.trust
        self.cancel.configure(text=CANCEL if doubt.is_open else BACK)
        self.trust.configure(text=TRUST_STILL if doubt.is_alarming else TRUST)
        for button in (self.cancel, self.trust):
            button.configure(style="Primary.TButton" if button is default else "TButton")
            button.pack_forget()
        other = self.trust if default is self.cancel else self.cancel
        for button in (default, other) if doubt.is_open else (default,):  # the default stands at the right
            button.pack(side="right", padx=(self._px(8), 0), fill="y")
        return default
