"""Online, away, why, and automatically."""

from __future__ import annotations

from tests.gui.settings.account_case import AccountCase


class Status(AccountCase):
    def away(self) -> None:
        self.server.send(":s 306 ana :You have been marked as being away")
        self.until(lambda: self.page.status.choice.get() == "Away")

    def test_away_with_a_reason_and_back(self) -> None:
        status = self.page.status
        self.focus(status.text)
        status.text.insert(0, "At lunch")
        self.press(status.text, "<Return>")
        self.until(lambda: self.server.received("AWAY :At lunch"))
        self.away()
        status.choice.set("Online")
        self.press(status.choice, "<<ComboboxSelected>>")
        self.until(lambda: self.server.received("AWAY"))
        self.server.send(":s 305 ana :Back")
        self.until(lambda: not self.client.network.away)
        self.assertEqual((status.text.get(), status.choice.get()), ("", "Online"))

    def test_a_reason_that_is_too_long_is_not_sent(self) -> None:
        status = self.page.status
        self.focus(status.text)
        status.text.insert(0, "x" * 21)
        self.press(status.text, "<Return>")
        self.assertEqual(status.problem.cget("text"), "At most 20 characters; these are 21.")
        self.assertEqual(status.choice.get(), "Online")
        self.assertTrue(self.nothing_was_sent("AWAY"))

    def test_away_that_was_set_elsewhere_is_shown_and_what_is_typed_stays(self) -> None:
        status = self.page.status
        self.focus(status.text)
        status.text.insert(0, "half a")
        self.away()
        self.assertEqual(status.text.get(), "half a")

    def test_the_automatic_away_is_a_setting(self) -> None:
        status = self.page.status
        self.assertTrue(status.switch.is_on)
        status.switch.invoke()
        self.assertEqual((self.settings.away_minutes, self.client.away_minutes), (0, 0))
        status.switch.invoke()
        self.assertEqual((self.settings.away_minutes, self.client.away_minutes), (10, 10))

    def test_without_a_connection_only_the_setting_stays(self) -> None:
        self.client.disconnect()
        self.until(lambda: not self.page.status.choice.winfo_manager())
        self.assertTrue(self.page.status.switch.winfo_viewable())
