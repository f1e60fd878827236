"""Online, away, why, and automatically."""

from __future__ import annotations

from tests.gui.settings.account_case import AccountCase


class Status(AccountCase):
    def away(self) -> None:
        self.server.send(":s 306 ana :You have been marked as being away")
        self.until(lambda: self.page.status.choice.get() == "Away")

    def write(self, text: str) -> None:
        status = self.page.status
        self.focus(status.text)
        status.text.clear()
        status.text.insert(0, text)
        self.press(status.text, "<Return>")

    def test_a_status_needs_no_absence(self) -> None:
        self.write("Writing my report")
        self.answer("METADATA * SET status :Writing my report", ":s 761 ana ana status * :Writing my report")
        self.until(lambda: self.client.network.people["ana"].status == "Writing my report")
        self.press(self.page.status.text, "<Return>")
        self.assertTrue(self.nothing_was_sent("METADATA"))
        self.assertEqual(self.page.status.choice.get(), "Online")

    def test_escape_keeps_the_status(self) -> None:
        self.write("Writing my report")
        self.answer("METADATA * SET status :Writing my report", ":s 761 ana ana status * :Writing my report")
        self.until(lambda: self.client.network.people["ana"].status == "Writing my report")
        self.page.status.text.put("Wr")
        self.press(self.page.status.text, "<Escape>")
        self.focus(self.page.status.choice)
        self.assertTrue(self.nothing_was_sent("METADATA"))
        self.assertEqual(self.page.status.text.get(), "Writing my report")

    def test_a_refused_status_is_said(self) -> None:
        self.write("Writing my report")
        self.answer("METADATA", ":s FAIL METADATA RATE_LIMITED ana status 60 :Too many changes")
        self.until(lambda: self.page.status.problem.cget("text") == "Too many changes.")

    def test_away_with_a_reason_and_back(self) -> None:
        status = self.page.status
        status.choice.set("Away")
        self.press(status.choice, "<<ComboboxSelected>>")
        self.until(lambda: self.server.received("AWAY"))
        self.away()
        self.write("At lunch")
        self.until(lambda: self.server.received("AWAY :At lunch"))
        status.choice.set("Online")
        self.focus(status.choice)
        self.press(status.choice, "<<ComboboxSelected>>")
        self.until(lambda: self.server.received("AWAY"))
        self.server.send(":s 305 ana :Back")
        self.until(lambda: not self.client.network.away)
        self.assertEqual((status.text.get(), status.choice.get()), ("", "Online"))

    def test_a_reason_that_is_too_long_is_not_sent(self) -> None:
        self.away()
        self.write("x" * 21)
        self.assertEqual(self.page.status.problem.cget("text"), "At most 20 characters; these are 21.")
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


class OldServer(AccountCase):
    capabilities = "message-tags server-time"
    tokens = "NICKLEN=9"

    def test_a_reason_means_to_be_away(self) -> None:
        text = self.page.status.text
        self.focus(text)
        text.insert(0, "At lunch")
        self.press(text, "<Return>")
        self.until(lambda: self.server.received("AWAY :At lunch"))
