"""The card with name and colour."""

from __future__ import annotations

from tests.gui.settings.account_case import LOGGED_IN, AccountCase


class Head(AccountCase):
    def test_it_says_whether_the_name_is_protected(self) -> None:
        self.assertEqual(
            (self.page.card.name.cget("text"), self.page.card.badge.text), ("ana", "Not protected")
        )
        self.server.send(LOGGED_IN)
        self.until(lambda: self.page.card.badge.text == "Protected")

    def test_with_large_text_in_a_narrow_window_the_badge_is_below_the_whole_name(self) -> None:
        self.theme.zoom(24)
        card = self.page.card
        self.size(520, 360)
        self.settle()
        self.assertEqual(card.name.cget("text"), "ana")
        self.assertGreater(card.badge.winfo_y(), card.name.winfo_y())
        self.theme.zoom(11)
        self.size(1000, 700)
        self.settle()
        self.assertGreater(card.badge.winfo_x(), card.name.winfo_x())

    def test_a_colour_is_shown_at_once_and_sent_when_the_keys_rest(self) -> None:
        swatches = self.page.card.swatches
        self.focus(swatches)
        self.press(swatches, "<Right>", "<Right>")
        self.assertEqual(swatches.chosen, 4)
        self.answer("METADATA * SET color #baaf11", ":s 761 ana ana color * :#baaf11")
        self.until(lambda: self.client.network.colour("ana") == 4)
        self.assertTrue(self.nothing_was_sent("METADATA * SET color"))

    def test_a_refused_colour_becomes_the_old_one_with_the_reason(self) -> None:
        swatches = self.page.card.swatches
        self.press(swatches, "<Right>")
        self.focus(swatches)
        self.press(swatches, "<Right>")
        self.answer("METADATA", ":s FAIL METADATA RATE_LIMITED ana color 60 :Too many changes")
        self.until(lambda: swatches.chosen == 2)
        self.assertEqual(self.page.card.problem.cget("text"), "Too many changes.")

    def test_a_new_name_is_given_in_place(self) -> None:
        card = self.page.card
        card.change.invoke()
        self.settle()
        self.assertEqual(card.form.fields["name"].value, "ana")
        card.form.fields["name"].value = ""
        card.form.button.invoke()
        self.assertEqual(card.form.fields["name"].error, "Please enter a name.")
        card.form.fields["name"].value = "zoe"
        card.form.button.invoke()
        card.form.button.invoke()
        self.answer("NICK zoe", ":s 433 ana zoe :Nickname is already in use")
        self.until(lambda: bool(card.form.fields["name"].error))
        self.assertEqual(card.form.fields["name"].value, "zoe")
        card.form.button.invoke()
        self.answer("NICK zoe", ":ana!a@h NICK zoe")
        self.until(lambda: not card.form.winfo_manager() and card.name.cget("text") == "zoe")

    def test_without_a_connection_nothing_can_be_changed(self) -> None:
        self.client.disconnect()
        self.until(lambda: not self.page.card.change.winfo_manager())
        self.assertFalse(self.page.card.swatches.winfo_manager())


class OldServer(AccountCase):
    capabilities = "message-tags server-time"
    tokens = "NICKLEN=9"

    def test_a_server_without_metadata_has_no_colours(self) -> None:
        self.assertFalse(self.page.card.swatches.winfo_manager())
        self.assertFalse(self.page.card.badge.winfo_manager())
        self.assertFalse(self.page.password.winfo_viewable())
        self.assertFalse(self.page.sessions.winfo_viewable())
        self.assertFalse(self.page.export.winfo_viewable())
