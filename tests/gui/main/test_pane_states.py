"""The bar and the page, in a window that is connected to a scripted server."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from chatapp.client.login import Login
from tests.gui.window_case import WindowCase

BAN = "You are banned from this server until 2099-01-01T08:00:00.000Z by ben: insults"


class PaneStatesTest(WindowCase):
    def bar_texts(self) -> list[str]:
        bar = self.window.pane.states.bar
        if not bar.winfo_ismapped():
            return []
        labels = [each for each in bar.winfo_children() if each.winfo_class() == "TLabel"]
        return [text for text in (str(each.cget("text")) for each in labels) if text]

    def page(self) -> str:
        states = self.window.pane.states
        return states.page.page.name if states.has_page and states.page.page else ""

    def press_on_page(self, label: str) -> None:
        buttons = self.window.pane.states.page.buttons
        next(each for each in buttons if each.cget("text") == label).invoke()
        self.settle()

    def strip(self) -> str:
        return str(self.window.pane.composer.strip.label.cget("text"))

    def test_a_slow_connection_has_a_page_whose_button_cancels(self) -> None:
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.page() == "connecting")
        self.assertFalse(self.window.pane.composer.winfo_ismapped())
        self.press_on_page("Cancel")
        self.assertEqual(self.client.network.state, "offline")
        self.assertIsNotNone(self.window.connect_controller.dialog)

    def test_a_page_has_the_keyboard_instead_of_the_composer(self) -> None:
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.page() == "connecting")
        button = self.window.pane.states.page.buttons[0]
        self.focus(button)
        self.press(button, "<x>")
        self.assertEqual(self.window.pane.composer.text, "")
        self.until(lambda: self.server.received("USER"))
        self.welcome()
        self.until(lambda: self.page() == "")
        self.until(lambda: bool(self.window.pane.composer.winfo_ismapped()))

    def test_a_ban_has_a_page_and_the_messages_stay_readable(self) -> None:
        self.enter()
        self.say("ben", "last warning")
        self.wait_for_text("last warning")
        self.server.send(f":s 465 ana :{BAN}", "ERROR :Banned: insults")
        self.wait_for_text("Banned: insults")  # a connection that is reset would lose lines
        self.server.hang_up()
        self.until(lambda: self.page() == "banned")
        self.press_on_page("Read the messages")
        self.assertEqual(self.page(), "")
        self.assertIn("last warning", self.text())
        self.assertEqual(self.bar_texts()[0], "You are banned from Room12")

    def test_a_user_who_is_banned_saves_the_messages_that_are_loaded(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "mine.json"
        self.enter()
        self.server.send(":ana!a@h PRIVMSG #general :my words")
        self.wait_for_text("my words")
        self.server.send(f":s 465 ana :{BAN}", "ERROR :Banned: insults")
        self.wait_for_text("Banned: insults")
        self.server.hang_up()
        self.until(lambda: self.page() == "banned")
        states = self.window.pane.states
        states._ask = lambda master: ""
        self.press_on_page("Save my messages…")
        states._ask = lambda master: str(path)
        self.press_on_page("Save my messages…")
        sentence = "1 message that was loaded is saved in mine.json."
        self.until(lambda: states.page.page is not None and sentence in states.page.page.lines)
        self.assertEqual(["my words"], [each["text"] for each in json.loads(path.read_text())["messages"]])

    def test_an_empty_channel_says_what_to_do_until_somebody_writes(self) -> None:
        self.enter()
        self.until(lambda: self.bar_texts()[:1] == ["No earlier messages"])
        self.say("ben", "hello")
        self.until(lambda: self.bar_texts() == [])

    def test_without_any_channel_the_bar_says_what_to_do(self) -> None:
        self.enter()
        self.write("/part")
        self.until(lambda: self.server.received("PART #general"))
        self.server.send(":ana!a@h PART #general")
        self.until(lambda: "You are in no channel yet" in self.bar_texts())
        self.window.pane.states.bar.button.invoke()
        self.assertIsNotNone(self.window.overlays.dialog)

    def test_messages_that_came_too_soon_wait_and_can_be_cancelled(self) -> None:
        self.enter()
        for number in (1, 2):
            self.write(f"text {number}")
            self.wait_for_text(f"text {number}")
        self.until(lambda: self.server.received("@label=1 PRIVMSG"))
        self.server.send("@label=1 :s FAIL PRIVMSG SLOW_MODE #general 30 :Slow mode: wait 30 seconds")
        self.until(lambda: "Slow mode" in "".join(self.bar_texts()))
        self.until(lambda: self.strip().endswith("in turn."))
        action = self.window.pane.composer.strip.action
        self.until(lambda: bool(action.winfo_ismapped()))
        action.invoke()
        self.settle()
        self.assertTrue(self.window.pane.composer.text.startswith("text 1"))
        self.until(lambda: not action.winfo_ismapped())

    def test_a_full_disk_offers_to_send_again(self) -> None:
        self.enter()
        self.write("the report")
        self.until(lambda: self.server.received("@label=1 PRIVMSG #general"))
        self.server.send("@label=1 :s FAIL PRIVMSG TEMPORARILY_UNAVAILABLE :The server cannot store anything")
        self.until(lambda: "The server's disk is full" in self.bar_texts())
        self.window.pane.states.bar.button.invoke()
        self.until(lambda: self.server.received("@label=2 PRIVMSG #general :the report"))
        self.server.send("@label=2 :ana!a@h PRIVMSG #general :the report")
        self.until(lambda: self.bar_texts() == [])
