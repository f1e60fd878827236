"""The page "Notifications" of the settings."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.client.model.notification_rules import parse_time, parse_words
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.languages.translation import N_, _

LEVELS = {
    "direct": N_("Direct messages and mentions"),
    "everything": N_("Every message"),
    "nothing": N_("Nothing"),
}
NOTE = N_("A click on a notification opens the message.")
NO_NOTIFIER = N_(
    "No way to show notifications was found on this computer. The title of the window counts direct "
    "messages and mentions."
)
NO_PLAYER = N_("Nothing that plays sounds was found on this computer.")
LOOKS, LOOK_MILLISECONDS = 20, 250  # how often, and between two looks at what the system has answered
BAD_TIME = N_("Enter a time such as 22:00.")
TEXTS = (
    SettingText(
        "notify_of", N_("Notify me of"),
        N_("For one conversation, choose something else with the bell above it."),
        N_("alerts mentions everything"),
    ),
    SettingText(
        "highlight_words", N_("Words that notify me, too"),
        N_("Separated by commas, such as: lab report, urgent"), N_("highlight keywords mention"),
    ),
    SettingText(
        "quiet_hours", N_("Quiet hours"), N_("No notification and no sound at these times."),
        N_("do not disturb dnd"),
    ),
    SettingText("quiet_times", N_("From and to"), keywords=N_("quiet hours start end night")),
    SettingText("try", N_("Notifications on this computer"), keywords=N_("test alert desktop banner")),
    SettingText("sounds", N_("Play a sound"), N_("With each notification."), N_("audio mute loud")),
    SettingText("direct_sounds", N_("For direct messages"), keywords=N_("sound audio")),
    SettingText("mention_sounds", N_("For mentions"), keywords=N_("sound audio")),
    SettingText("play", N_("What it sounds like"), keywords=N_("sound audio test")),
)  # fmt: skip


class NotificationsPage(PageView):
    """What the user is notified of, and when not."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("Notifications"), TEXTS)
        card = self.section()
        self.level = self.add_choice(card, "notify_of", {key: _(label) for key, label in LEVELS.items()})
        row = self.add(card, "highlight_words")
        self.words = row.attach(
            HintEntry(row, self.theme, _("None"), self._set_words, stored=self._stored_words)
        )
        self.words.configure(width=26)
        self.test_row = self.add(card, "try")
        test = ttk.Button(self.test_row, text=_("Show a test notification"), command=self._show_test)
        self.test = self.test_row.attach(test)
        sounds = self.section(_("Sound"))
        self.sounds = self.add_switch(sounds, "sounds")
        self.direct_sounds = self.add_switch(sounds, "direct_sounds")
        self.mention_sounds = self.add_switch(sounds, "mention_sounds")
        self.sound_row = self.add(sounds, "play")
        play = ttk.Button(self.sound_row, text=_("Play"), command=tools.notifications.play)
        self.play = self.sound_row.attach(play)
        quiet = self.section()
        self.quiet = self.add_switch(quiet, "quiet_hours")
        self.times_row = self.add(quiet, "quiet_times")
        times = self.times_row.attach(ttk.Frame(self.times_row))
        self.times = [
            HintEntry(times, self.theme, "22:00", self._set_times, stored=stored)
            for stored in (lambda: tools.settings.quiet_from, lambda: tools.settings.quiet_to)
        ]
        for number, entry in enumerate(self.times):
            entry.configure(width=7)
            entry.pack(side="left")
            if not number:
                ttk.Label(times, text="–").pack(side="left", padx=self.theme.px(8))
        self._is_showing = False
        self._timers = WidgetTimers(self)
        self._looks = 0  # that are left until the answer of the system is no longer awaited

    def show(self) -> None:
        """Show the settings; a text that is being changed stays."""
        super().show()
        self.tools.notifications.check()
        self._await_answer()
        settings = self.tools.settings
        self._is_showing = True
        if parse_words(self.words.get()) != settings.highlight_words:
            self.words.put(self._stored_words())
        if not self.times_row.problem:
            for entry, stored in zip(self.times, (settings.quiet_from, settings.quiet_to), strict=True):
                if parse_time(entry.get()) != parse_time(stored):
                    entry.put(stored)
        self._is_showing = False

    def _show_test(self) -> None:
        self.tools.notifications.show_test()
        self._await_answer()

    def _await_answer(self) -> None:
        """Show what this system can do, now and for some time: it answers on another thread."""
        self._looks = LOOKS
        self._show_abilities()

    def _show_abilities(self) -> None:
        notifications = self.tools.notifications
        is_absent = notifications.state == "absent"
        note = _(NOTE) if notifications.opens_messages else ""
        self.test_row.show_note(_(NO_NOTIFIER) if is_absent else note)
        self.sound_row.show_note("" if notifications.has_sound else _(NO_PLAYER))
        self.play.state(["!disabled" if notifications.has_sound else "disabled"])
        self._looks -= 1
        if self._looks > 0:
            self._timers.start("look", LOOK_MILLISECONDS, self._show_abilities)

    def _stored_words(self) -> str:
        return ", ".join(self.tools.settings.highlight_words)

    def _set_words(self, text: str) -> None:
        if not self._is_showing:
            self.tools.set("highlight_words", parse_words(text))

    def _set_times(self, text: str) -> None:
        """Store both times, or say what is wrong with one."""
        if self._is_showing:
            return
        texts = [entry.get().strip() for entry in self.times]
        found = [parse_time(each) for each in texts]
        wrong = [entry for entry, each in zip(self.times, found, strict=True) if each is None]
        for entry in self.times:
            entry.state(["invalid" if entry in wrong else "!invalid"])
        self.times_row.show_problem(_(BAD_TIME) if wrong else "")
        for name, each in zip(("quiet_from", "quiet_to"), found, strict=True):
            if each is not None:
                self.tools.set(name, f"{each:%H:%M}")


NOTIFICATIONS = SettingsPage("notifications", N_("Notifications"), "bell", TEXTS, NotificationsPage)
