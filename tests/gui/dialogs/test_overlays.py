"""The dialogs and menus that open over the window."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.gui.dialogs.join_dialog import JoinDialog
from chatapp.gui.dialogs.jump_commands import jump_commands
from chatapp.gui.dialogs.jump_dialog import JumpDialog
from chatapp.gui.dialogs.own_profile import OwnProfileCard
from chatapp.gui.dialogs.stop_question import CANCEL, StopQuestion
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.protocol.modes import KICK_LEVEL
from tests.gui.canvas import drawn_texts
from tests.gui.window_case import WindowCase


class OverlaysTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_jumping_to_a_channel(self) -> None:
        self.join("#homework", "ben")
        self.until(lambda: self.row("homework"))
        self.key("<Control-k>")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        dialog.entry.insert(0, "home")
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.shown() == "#homework")

    def test_jumping_to_a_person_without_a_conversation(self) -> None:
        self.key("<Control-k>")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        dialog.entry.insert(0, "dee")
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.shown() == "dee")

    def test_commands_and_settings_are_carried_out(self) -> None:
        checks: list[tuple[str, Callable[[], bool]]] = [
            ("light", lambda: self.theme.colours.name == "light"),
            ("mute gen", lambda: self.conversation("#general").muted),
            ("12-hour", lambda: not self.window.settings.clock24),
            ("larger", lambda: self.theme.size == 12),
            ("Copy the inv", lambda: "general" in str(self.root.clipboard_get())),
            ("shortcuts", lambda: self.window.settings.settings_page == "shortcuts"),
        ]
        for typed, done in checks:
            with self.subTest(typed):
                self.window.overlays.jump()
                dialog = self.window.overlays.dialog
                assert isinstance(dialog, JumpDialog)
                dialog.entry.insert(0, f">{typed}")
                self.focus(dialog.entry)
                self.press(dialog.entry, "<Return>")
                self.assertTrue(done())

    def test_every_command_of_the_window_can_be_found(self) -> None:
        """What the menus of the window offer is in "Jump to", too."""
        actions = self.window.commands.jump_actions()
        found = {each.label for each in jump_commands(self.window.network, self.window.settings, actions)}
        for label in ("Join or make a channel", "Set away…", "Disconnect", "Settings", "Search everywhere"):
            self.assertIn(label, found)

    def jump_to(self, typed: str) -> None:
        """Type into "Jump to", and take the first row."""
        self.window.overlays.jump()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        dialog.entry.insert(0, typed)
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.settle()

    def test_a_setting_opens_the_settings_at_its_row(self) -> None:
        self.jump_to("quiet hours")
        settings = self.window.settings_controller.window
        assert settings is not None
        self.assertEqual(settings.shown, "notifications")
        self.assertEqual(settings.view.rows["quiet_hours"].cget("style"), "Notice.TFrame")

    def become_operator(self) -> None:
        self.server.send(":ben!b@h MODE #general +o ana")
        general = self.conversation("#general")
        self.until(lambda: self.client.network.may(general, KICK_LEVEL))

    def test_a_person_is_moderated_in_three_steps(self) -> None:
        self.become_operator()
        self.jump_to("remove or ban")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        self.assertEqual(dialog.field.get(), "moderate ")
        dialog.entry.insert("end", "be")
        self.settle()
        self.press(dialog.entry, "<Return>")
        moderation = self.window.people_actions.moderation.dialog
        assert moderation is not None
        self.assertTrue(moderation.winfo_exists())

    def test_the_own_profile_opens_with_the_name_to_change(self) -> None:
        self.jump_to("change my name")
        card = self.window.people_actions.card
        assert isinstance(card, OwnProfileCard)
        self.assertIs(self.root.focus_get(), card.name.entry)

    def test_the_topic_is_edited_in_the_header_or_where_there_is_room(self) -> None:
        self.become_operator()
        self.jump_to("change the topic")
        self.assertTrue(self.window.pane.header.topic.is_editing)
        self.assertIs(self.root.focus_get(), self.window.pane.header.topic.field)
        self.size(520, 360)
        self.settle()
        self.jump_to("change the topic")
        settings = self.window.people_actions.settings_dialog
        assert settings is not None
        self.assertTrue(settings.winfo_exists())

    def test_a_slash_command_without_a_dialog_begins_in_the_composer(self) -> None:
        composer = self.window.pane.composer
        self.jump_to("server operator")
        self.assertEqual(composer.text, "/oper ")
        self.jump_to("raw irc")
        self.assertEqual(composer.text, "/quote ")
        composer.restore_text("Good morn")
        self.jump_to("raw irc")
        self.assertEqual(composer.text, "Good morn")
        self.assertIn("Send or delete the text", str(composer.strip.label.cget("text")))

    def test_the_current_conversation_is_marked_as_unread(self) -> None:
        self.say("ben", "Good morning")
        self.wait_for_text("Good morning")
        self.jump_to("mark as unread")
        self.until(lambda: self.conversation("#general").unread == 1)

    def test_a_name_that_is_nowhere_can_be_joined(self) -> None:
        self.window.overlays.jump()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        dialog.entry.insert(0, "#quiet")
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.server.received("@label=order-1 JOIN #quiet"))
        self.join("#quiet", "")
        self.server.send(":s PONG s order-1")
        self.until(lambda: self.shown() == "#quiet")

    def test_a_channel_with_a_key_that_was_chosen_in_jump_opens_the_card_for_the_key(self) -> None:
        self.jump_to("#my lab")
        self.until(lambda: self.server.received("@label=order-1 JOIN #my-lab"))
        self.server.send(":s 475 ana #my-lab :Cannot join (+k)", ":s PONG s order-1")
        self.until(lambda: isinstance(self.window.overlays.dialog, JoinDialog))
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JoinDialog)
        self.assertIn("#my-lab has a key", str(dialog.problem.cget("text")))
        self.assertIs(self.root.focus_get(), dialog.key)

    def test_a_channel_that_was_chosen_in_jump_and_is_refused_is_explained_below_the_composer(self) -> None:
        self.jump_to("#lab")
        self.until(lambda: self.server.received("@label=order-1 JOIN #lab"))
        self.server.send(":s 473 ana #lab :Cannot join (+i)", ":s PONG s order-1")
        strip = self.window.pane.composer.strip.label
        self.until(lambda: "you need an invitation" in str(strip.cget("text")))

    def test_joining_a_listed_channel(self) -> None:
        self.window.overlays.join()
        self.until(lambda: self.server.received("LIST"))
        self.server.send(":s 322 ana #help 3 :Ask here", ":s 322 ana #general 2 :", ":s 323 ana :End")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JoinDialog)
        self.until(lambda: "Ask here" in drawn_texts(dialog.rows.canvas))
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.server.received("@label=order-1 JOIN #help"))
        self.join("#help", "ben")
        self.server.send(":s PONG s order-1")
        self.until(lambda: self.shown() == "#help" and not dialog.winfo_exists())

    def test_what_the_server_refuses_is_said_in_the_card_and_a_key_is_asked_for(self) -> None:
        self.window.overlays.join()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JoinDialog)
        dialog.entry.insert(0, "lab")
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.server.received("@label=order-1 JOIN #lab"))
        self.server.send(":s 475 ana #lab :Cannot join (+k)", ":s PONG s order-1")
        self.until(lambda: "has a key" in str(dialog.problem.cget("text")))
        dialog.key.insert(0, "sesame")
        self.press(dialog.key, "<Return>")
        self.until(lambda: self.server.received("@label=order-2 JOIN #lab sesame"))
        self.server.send(":s 473 ana #lab :Cannot join (+i)", ":s PONG s order-2")
        self.until(lambda: "you need an invitation" in str(dialog.problem.cget("text")))
        self.assertNotIn("invitation", self.text())

    def test_a_private_channel_is_made_in_three_commands(self) -> None:
        self.window.overlays.join()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JoinDialog)
        dialog.entry.insert(0, "lab")
        self.settle()
        dialog.private.invoke()
        dialog.topic.insert(0, "Results")
        dialog.button.invoke()
        self.until(lambda: self.server.received("@label=order-1 JOIN #lab"))
        self.join("#lab", "")
        for number, line in ((1, "@label=order-2 MODE #lab +is"), (2, "@label=order-3 TOPIC #lab :Results")):
            self.server.send(f":s PONG s order-{number}")
            self.until(lambda: self.server.received(line))  # noqa: B023
        self.server.send(":s PONG s order-3")
        self.until(lambda: self.shown() == "#lab" and not dialog.winfo_exists())

    def test_the_settings_open_at_a_page_and_close_the_dialog(self) -> None:
        self.window.overlays.jump()
        dialog = self.window.overlays.dialog
        assert dialog is not None
        self.window.overlays.settings(page="about")
        self.assertFalse(dialog.winfo_exists())
        settings = self.window.settings_controller.window
        assert settings is not None
        self.assertEqual(settings.shown, "about")

    def test_stopping_the_server_asks_at_once(self) -> None:
        network = self.window.network
        network.isupport = {**network.isupport, "chatapp/OVERVIEW": "codes"}
        network.is_server_operator, network.server_role = True, "owner"
        self.jump_to("stop the server")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, StopQuestion)
        self.assertTrue(str(self.root.focus_get()).startswith(f"{dialog}."))
        dialog.buttons[CANCEL].invoke()
        self.assertEqual(network.state, "online")

    def test_another_host_gets_the_password_only_by_its_button(self) -> None:
        answers: list[bool] = []

        def ask() -> QuestionDialog:
            self.window.overlays.ask_about_password_host("files.example", answers.append)
            question = self.window.overlays.dialog
            assert isinstance(question, QuestionDialog)
            return question

        self.assertEqual("Primary.TButton", str(ask().buttons["Do not send it"].cget("style")))
        ask().buttons["Send the password"].invoke()
        ask().buttons["Do not send it"].invoke()
        ask().close()
        self.assertEqual(answers, [True, False, False])

    def test_before_files_that_are_not_sent_are_lost_the_window_asks(self) -> None:
        closed: list[bool] = []

        def ask() -> QuestionDialog:
            self.window.overlays.ask_close("“a.txt” is still being sent.", lambda: closed.append(True))
            question = self.window.overlays.dialog
            assert isinstance(question, QuestionDialog)
            return question

        ask().close()
        ask().buttons["Keep it open"].invoke()
        self.assertEqual(closed, [])
        ask().buttons["Close it"].invoke()
        self.assertEqual(closed, [True])

    def test_before_stopping_its_own_server_the_window_asks(self) -> None:
        answers: list[bool] = []
        self.window.overlays.ask_keep_server(answers.append)
        question = self.window.overlays.dialog
        assert isinstance(question, QuestionDialog)
        question.buttons["Keep it running"].invoke()
        self.assertEqual(answers, [True])
