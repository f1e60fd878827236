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

    def reconnect(self, capabilities: str) -> None:
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.sent()
        self.welcome(capabilities)

    def notes(self) -> list[str]:
        return [each.text for each in self.general.entries if each.kind == "system"]

    def test_an_away_of_the_user_is_set_again_on_a_new_connection_before_others_see_it(self) -> None:
        self.client.run(self.general, "/away at lunch")
        self.receive(":srv 306 ana :You have been marked as being away")
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.sent()
        self.receive(f":srv CAP * LS :{PRE_AWAY}", f":srv CAP * ACK :{PRE_AWAY}")
        self.assertEqual(self.sent()[-2:], ["AWAY :at lunch", "CAP END"])
        self.receive(":srv 306 * :You have been marked as being away", ":srv 001 ana :Welcome")
        network = self.client.network
        self.assertEqual((network.away, network.away_text, self.lines()), (True, "at lunch", []))
        self.assertEqual(len(self.notes()), 1)

    def test_without_pre_away_it_is_set_after_the_registration(self) -> None:
        self.client.run(self.general, "/away at lunch")
        self.receive(":srv 306 ana :You have been marked as being away")
        for _ in range(2):  # the second time before the server has answered
            self.reconnect(EVERYTHING)
            self.assertEqual(self.lines(), ["AWAY :at lunch"])
        self.receive(":srv 306 ana :You have been marked as being away")
        self.assertTrue(self.client.network.away)
        self.assertEqual(len(self.notes()), 1)
        self.client.run(self.general, "/back")
        self.receive(":srv 305 ana :You are no longer marked as being away")
        self.reconnect(EVERYTHING)
        self.assertEqual((self.lines(), self.client.network.away), ([], False))

    def test_an_automatic_away_is_set_again_before_the_registration_ends(self) -> None:
        self.wait(11)
        self.receive(":srv 306 ana :You have been marked as being away")
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.sent()
        self.receive(f":srv CAP * LS :{PRE_AWAY}", f":srv CAP * ACK :{PRE_AWAY}")
        self.assertEqual(self.lines(), ["AWAY :*"])
        self.receive(":srv 306 * :You have been marked as being away", ":srv 001 ana :Welcome")
        self.client.poll()
        self.assertEqual((self.client.network.away, self.lines(), self.notes()), (True, [], []))
        self.client.note_activity()
        self.assertEqual(self.lines(), ["AWAY"])
