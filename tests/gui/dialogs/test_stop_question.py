"""The question before a server is stopped."""

from __future__ import annotations

import tkinter as tk
import unittest

from chatapp.client.model.server_overview import ServerOverview, ServerStatus
from chatapp.gui.dialogs.stop_question import CANCEL, STOP, StopQuestion
from tests.gui.base import WindowTest


def texts_in(widget: tk.Misc) -> list[str]:
    own = [str(widget.cget("text"))] if widget.winfo_class() == "TLabel" else []
    return own + [text for each in widget.winfo_children() for text in texts_in(each)]


class StopQuestionTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.stopped: list[str] = []

    def ask(self, online: int | None) -> StopQuestion:
        overview = ServerOverview()
        overview.status = None if online is None else ServerStatus(0.0, online, online, 0, 0, 0, "")
        return StopQuestion(self.root, self.theme, overview, lambda: self.stopped.append("stopped"))

    def test_it_says_how_many_people_it_concerns(self) -> None:
        for online, text in (
            (None, "The messages stay."),
            (1, "The messages stay."),
            (2, "1 person will be disconnected. The messages stay."),
            (13, "12 people will be disconnected. The messages stay."),
        ):
            dialog = self.ask(online)
            shown = [each for each in texts_in(dialog) if "stay" in each]
            self.assertEqual(shown, [text])
            dialog.destroy()

    def test_the_button_that_stops_it_is_red_and_the_focus_is_on_the_other(self) -> None:
        dialog = self.ask(2)
        styles = {label: str(button.cget("style")) for label, button in dialog.buttons.items()}
        self.assertEqual(styles, {CANCEL: "TButton", STOP: "DangerFill.TButton"})
        self.until(lambda: dialog.focus_get() is dialog.buttons[CANCEL])

    def test_only_the_answer_that_says_so_stops_it(self) -> None:
        self.ask(2).buttons[CANCEL].invoke()
        self.assertEqual(self.stopped, [])
        self.ask(2).buttons[STOP].invoke()
        self.assertEqual(self.stopped, ["stopped"])


if __name__ == "__main__":
    unittest.main()
