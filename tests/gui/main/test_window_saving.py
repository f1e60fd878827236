"""What is saved while the window is open, and at its end."""

from __future__ import annotations

from unittest import mock

from chatapp.gui.widgets.geometry import WindowGeometry
from tests.gui.window_case import WindowCase


class WindowSavingTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_drafts_mutes_and_geometry_are_saved_while_the_window_is_open(self) -> None:
        key = f"127.0.0.1:{self.server.port} #general"
        self.window.pane.insert_text("half a sentence")
        self.conversation("#general").muted = True
        self.root.geometry("777x555+10+10")
        self.settle()
        self.until(lambda: self.settings.drafts.get(key) == "half a sentence")
        self.assertEqual(([key], [key]), (self.settings.muted, self.settings.conversations))
        self.until(lambda: self.settings.place.startswith("777x555"))

    def test_at_the_end_of_the_session_everything_is_saved(self) -> None:
        self.window.pane.insert_text("half a sentence")
        self.root.tk.eval(str(self.root.protocol("WM_SAVE_YOURSELF")))
        self.assertEqual(["half a sentence"], list(self.saved[-1].drafts.values()))
        self.assertNotEqual("", self.root.wm_command())
        self.assertEqual(1, self.root.winfo_exists())
        self.saved.clear()  # it is still open, so it is closed like every other window

    def test_an_error_of_saving_is_shown_below_the_composer(self) -> None:
        text = "Your settings cannot be saved in /x: No space left on device."
        saving, answers = self.window.saving, [text]
        handlers = saving._handlers._replace(autosave=lambda: answers.pop() if answers else "")
        with mock.patch.object(saving, "_handlers", handlers):
            self.until(lambda: text in str(self.window.pane.composer.strip.label.cget("text")))

    def test_geometry_sashes_and_drafts_are_stored(self) -> None:
        self.window.pane.composer.insert("half a sentence")
        self.root.geometry("900x600+30+20")
        self.settle()
        self.window.close()
        (settings,) = self.saved
        place = WindowGeometry.parse(settings.place)
        assert place is not None
        self.assertEqual((place.width, place.height), (900, 600))
        self.assertEqual(settings.drafts, {f"127.0.0.1:{self.server.port} #general": "half a sentence"})
        self.assertIn("sidebar", settings.sashes)
        self.until_received("QUIT")

    def until_received(self, line: str) -> None:
        """Check that the server received a line. Without a window there is no main loop to run."""
        self.assertTrue(self.server.received(line))
