"""Away after some minutes without input, and back at the first one."""

from __future__ import annotations

from tests.client.base import EVERYTHING, ClientTest

PRE_AWAY = f"{EVERYTHING} draft/pre-away"


class AutomaticAway(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=PRE_AWAY)
        self.client.away_minutes = 10
        self.client.note_activity()

    def lines(self) -> list[str]:
        return [line for line in self.sent() if line.startswith("AWAY")]

    def wait(self, minutes: float) -> list[str]:
        """Let time pass while the server answers PING; return the AWAY that were sent."""
        found: list[str] = []
        for _ in range(round(minutes * 4)):
            self.pass_time(15)
            found += self.lines()
            self.receive(":srv PONG srv alive")
        return found

    def test_the_user_is_away_after_the_time_and_back_at_once(self) -> None:
        self.assertEqual(self.wait(9.5), [])
        self.assertEqual(self.wait(1), ["AWAY :*"])
        self.receive(":srv 306 ana :You have been marked as being away")
        self.assertTrue(self.client.network.away)
        self.assertEqual(self.wait(5), [])
        self.client.note_activity()
        self.assertEqual(self.lines(), ["AWAY"])
        self.receive(":srv 305 ana :You are no longer marked as being away")
        self.assertFalse(self.client.network.away)
        self.assertEqual([each for each in self.general.entries if each.kind == "system"], [])

    def test_other_servers_get_a_reason(self) -> None:
        self.lose_connection()
        self.client.disconnect()
        self.online(capabilities=EVERYTHING)
        self.assertEqual(self.wait(11), ["AWAY :No keyboard or mouse input"])

    def test_an_away_of_the_user_is_never_changed(self) -> None:
        self.client.run(self.general, "/away at lunch")
        self.receive(":srv 306 ana :You have been marked as being away")
        self.lines()
        self.assertEqual(self.wait(11), [])
        self.client.note_activity()
        self.assertEqual(self.lines(), [])

    def test_a_command_of_the_user_follows_the_return(self) -> None:
        self.wait(11)
        self.client.note_activity()
        self.client.run(self.general, "/away at lunch")
        self.assertEqual(self.lines(), ["AWAY", "AWAY :at lunch"])

    def test_it_can_be_switched_off_also_while_away(self) -> None:
        self.wait(11)
        self.client.away_minutes = 0
        self.client.poll()
        self.assertEqual(self.lines(), ["AWAY"])
        self.assertEqual(self.wait(11), [])

    def test_a_new_connection_of_an_unattended_window_is_away_again(self) -> None:
        self.wait(11)
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.welcome(PRE_AWAY)
        self.client.poll()
        self.assertEqual(self.lines(), ["AWAY :*"])
