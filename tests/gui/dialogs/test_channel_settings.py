"""The settings of a channel, with a scripted server."""

from __future__ import annotations

from chatapp.gui.dialogs.channel_settings import ChannelSettings
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.protocol import modes
from tests.gui.canvas import drawn_texts
from tests.gui.dialogs.test_moderation_dialog import texts
from tests.gui.window_case import WindowCase


class ChannelSettingsTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.server.send(":s 324 ana #general +nt", ":ben!b@h MODE #general +o ana")
        self.general = self.conversation("#general")
        self.until(lambda: "ana" in self.general.members and self.general.members["ana"].ranks == "@")
        self.until(lambda: self.general.modes is not None)

    def open(self) -> ChannelSettings:
        self.key("<Control-Shift-I>")
        dialog = self.window.people_actions.settings_dialog
        assert dialog is not None
        return dialog

    def test_all_rules_are_saved_with_one_line(self) -> None:
        dialog = self.open()
        dialog.overview.switches["private"].invoke()
        dialog.overview.switches["moderated"].invoke()
        dialog.overview.entries["topic"].insert(0, "Exam")
        dialog.save_button.invoke()
        self.until(lambda: self.server.received("@label=order-1 MODE #general +sm"))
        self.server.send(":ana!a@h MODE #general +sm", ":s PONG s order-1")
        self.until(lambda: self.server.received("@label=order-2 TOPIC #general :Exam"))
        self.server.send(":ana!a@h TOPIC #general :Exam", ":s PONG s order-2")
        self.until(lambda: not dialog.winfo_exists())

    def test_a_shorter_time_to_keep_messages_is_set_after_a_question(self) -> None:
        self.server.send(
            f":s 005 ana CHANMODES={modes.chanmodes()} PREFIX={modes.prefix()} :are supported",
            ":ben!b@h MODE #general +H 30",
        )
        self.until(lambda: self.general.keep_days == 30)
        dialog = self.open()
        dialog.overview.entries["keep_days"].set("7 days")  # type: ignore[attr-defined]
        dialog.save_button.invoke()
        question = next(each for each in dialog.winfo_children() if isinstance(each, QuestionDialog))
        question.buttons["Cancel"].invoke()
        self.assertFalse(self.server.received("@label=order-1"))
        dialog.save_button.invoke()
        question = next(each for each in dialog.winfo_children() if isinstance(each, QuestionDialog))
        question.buttons["Save and delete"].invoke()
        self.until(lambda: self.server.received("@label=order-1 MODE #general +H 7"))
        self.server.send(":ana!a@h MODE #general +H 7", ":s PONG s order-1")
        self.until(lambda: not dialog.winfo_exists())
        self.assertEqual(self.general.keep_days, 7)

    def test_a_refused_rule_stays_as_it_was_with_the_reason(self) -> None:
        dialog = self.open()
        dialog.overview.switches["private"].invoke()
        dialog.save_button.invoke()
        self.until(lambda: self.server.received("@label=order-1 MODE #general +s"))
        self.server.send("@label=order-1 :s 482 ana #general :No", ":s PONG s order-1")
        self.until(lambda: "Only operators of #general can do that." in texts(dialog))
        self.assertFalse(dialog.overview.switches["private"].is_on)

    def test_cancel_changes_nothing(self) -> None:
        dialog = self.open()
        dialog.overview.switches["mute"].invoke()
        dialog.cancel_button.invoke()
        self.assertEqual((self.general.muted, dialog.winfo_exists()), (False, 0))

    def test_notifications_are_saved_without_the_server(self) -> None:
        dialog = self.open()
        dialog.overview.switches["mute"].invoke()
        dialog.overview.notify.segments["nothing"].invoke()
        dialog.save_button.invoke()
        self.assertEqual((self.general.muted, self.general.notify), (True, "nothing"))
        self.assertFalse(dialog.winfo_exists())
        dialog = self.open()
        dialog.overview.notify.segments["default"].invoke()
        dialog.save_button.invoke()
        self.assertEqual(self.general.notify, "default")

    def test_all_pages_have_the_same_width_at_every_size_of_text(self) -> None:
        for size in (11, 24):
            self.theme.zoom(size)
            dialog = self.open()
            self.settle()
            widths = set()
            for _ in range(3):
                self.focus(dialog.tabs)
                self.press(dialog.tabs, "<Right>")
                self.settle()
                widths.add(dialog.winfo_width())
            with self.subTest(size=size):
                self.assertEqual(len(widths), 1)
                self.assertLessEqual(widths.pop(), dialog.winfo_screenwidth())
            dialog.close()

    def test_the_members_are_listed(self) -> None:
        dialog = self.open()
        self.focus(dialog.tabs)
        self.press(dialog.tabs, "<Right>")
        self.assertIn("dee", drawn_texts(dialog.members.canvas))

    def test_a_ban_is_listed_and_lifted(self) -> None:
        dialog = self.open()
        self.focus(dialog.tabs)
        self.press(dialog.tabs, "<Left>")
        self.until(lambda: self.server.received("@label=order-1 MODE #general b"))
        self.server.send(
            ":s 367 ana #general tom!*@* ben 1773300000", ":s 368 ana #general :End", ":s PONG s order-1"
        )
        self.until(lambda: "tom!*@*" in dialog.bans.list.rows)
        self.settle()
        self.assertEqual(
            (0, "Close"), (dialog.save_button.winfo_ismapped(), dialog.cancel_button.cget("text"))
        )
        self.root.tk.call(dialog.bans.list.rows["tom!*@*"].control, "invoke")
        self.until(lambda: self.server.received("@label=order-2 MODE #general -b tom!*@*"))
        self.server.send(":ana!a@h MODE #general -b tom!*@*", ":s PONG s order-2")
        self.until(lambda: not dialog.bans.list.rows)

    def test_it_closes_when_one_is_removed(self) -> None:
        dialog = self.open()
        self.server.send(":ben!b@h KICK #general ana :bye")
        self.until(lambda: not dialog.winfo_exists())

    def test_escape_closes_it_and_the_composer_has_the_keyboard(self) -> None:
        dialog = self.open()
        self.press(dialog.overview.entries["topic"], "<Escape>")
        self.assertFalse(dialog.winfo_exists())
