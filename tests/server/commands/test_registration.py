"""Registration and disconnection: capabilities, nicks, the welcome, QUIT.

Source:
    modern IRC "Connection Registration"; IRCv3 capability-negotiation
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Welcome(ServerTest):
    def test_it_comes_after_nick_and_user_in_any_order(self) -> None:
        orders = {"ann": ("NICK ann", "USER ann 0 * :Ann"), "bob": ("USER bob 0 * :Bob", "NICK bob")}
        for name, (first, second) in orders.items():
            with self.subTest(first):
                self.connect(name)
                self.assertAnswer(name, first)
                codes = [line.split()[0] for line in self.answer(name, second)]
                self.assertEqual(codes[:5], ["001", "002", "003", "004", "005"])
                self.assertEqual(codes[-1], "422")
                self.assertIn("251", codes)

    def test_user_needs_four_parameters(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "USER ann 0 *", "461 * USER :Not enough parameters")
        self.assertAnswer("ann", "USER : 0 * :Ann", "461 * USER :Not enough parameters")

    def test_an_empty_real_name_is_the_user_name(self) -> None:
        self.connect("ann")
        self.say("ann", "NICK ann", "USER anna 0 * :")
        self.assertEqual(self.user("ann").realname, "anna")

    def test_invalid_characters_are_removed_from_the_user_name(self) -> None:
        for name, typed, accepted in (
            ("ann", "a!b@c", "abc"),
            ("bob", "@!", "user"),
            ("eve", "e" * 40, "e" * 16),
        ):
            with self.subTest(typed):
                self.connect(name)
                self.say(name, f"NICK {name}", f"USER {typed} 0 * :x")
                self.assertEqual(self.user(name).username, accepted)

    def test_a_second_registration_is_refused(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "USER ann 0 * :Ann", "462 ann :You may not reregister")
        self.assertAnswer("ann", "PASS secret", "462 ann :You may not reregister")

    def test_most_commands_are_refused_before_registration(self) -> None:
        self.connect("ann")
        for line in ("JOIN #c", "PRIVMSG bob :hello", "WHO", "NONSENSE"):
            with self.subTest(line):
                self.assertAnswer("ann", line, "451 * :You have not registered")
        self.assertAnswer("ann", "PING here", "PONG chatapp.local here")

    def test_the_error_for_an_unknown_command_names_it(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "FLY away", "421 ann FLY :Unknown command")

    def test_the_address_is_cloaked(self) -> None:
        self.enter("ann", "bob", address="192.0.2.7")
        self.enter("eve", address="192.0.2.8")
        hosts = [self.user(name).host for name in ("ann", "bob", "eve")]
        self.assertEqual(hosts[0], hosts[1])
        self.assertNotEqual(hosts[0], hosts[2])
        self.assertNotIn("192.0.2", "".join(hosts))


class Nicks(ServerTest):
    def test_invalid_nicks(self) -> None:
        self.enter("ann")
        expected = "Not a nickname: letters, digits, -_[]\\`^{}|"
        table = {
            "1ann": "1ann",
            "-ann": "-ann",
            ":two words": "two_words",
            "#ann": "#ann",
            "a!b": "a!b",
            "a,b": "a,b",
            "a*": "a*",
            "@ann": "@ann",
            "\u0430nn": "\u0430nn",  # the first letter is Cyrillic: it looks like ann
            "\uff41nn": "\uff41nn",  # a wide Latin letter
            "\U0001d41ann": "\U0001d41ann",  # a bold one, for mathematics
            "an\u200bn": "an\u200bn",
            "a" * 33: "a" * 33,
        }
        for typed, shown in table.items():
            with self.subTest(typed):
                self.assertAnswer("ann", f"NICK {typed}", f"432 ann {shown} :{expected}")
        self.assertAnswer("ann", f"NICK {'a' * 32}", f":ann NICK {'a' * 32}")

    def test_a_nick_is_required(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "NICK", "431 * :No nickname given")
        self.assertAnswer("ann", "NICK :", "431 * :No nickname given")


class Capabilities(ServerTest):
    def test_without_a_version_they_are_one_line_without_values(self) -> None:
        self.connect("ann")
        (line,) = self.answer("ann", "CAP LS")
        self.assertTrue(line.startswith("CAP * LS :"), line)
        offered = line.split(" :")[1].split()
        self.assertIn("message-tags", offered)
        self.assertFalse([name for name in offered if "=" in name])

    def test_version_302_implies_cap_notify(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302")
        self.assertIn("cap-notify", self.answer("ann", "CAP LIST")[0].split(" LIST ")[1])
        (answer,) = self.answer("ann", "CAP REQ -cap-notify")
        self.assertTrue(answer.startswith("CAP * NAK"), answer)

    def test_negotiation_suspends_registration(self) -> None:
        for name, line in (("ann", "CAP LS 302"), ("bob", "CAP REQ :batch")):
            with self.subTest(line):
                self.connect(name)
                self.say(name, line, f"NICK {name}", "USER x 0 * :X")
                self.assertNotIn("001", self.codes(name))
                self.assertEqual(self.answer(name, "CAP END")[0].split()[0], "001")

    def test_a_request_is_acknowledged_verbatim(self) -> None:
        self.connect("ann")
        self.assertAnswer(
            "ann", "CAP REQ :server-time  batch -echo-message", "CAP * ACK :server-time  batch -echo-message"
        )
        self.assertAnswer("ann", "CAP LIST", "CAP * LIST :server-time batch")

    def test_a_request_is_granted_whole_or_not_at_all(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "CAP REQ :batch x/unheard-of", "CAP * NAK :batch x/unheard-of")
        self.assertAnswer("ann", "CAP LIST", "CAP * LIST :")

    def test_they_can_be_removed(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP REQ :batch server-time")
        self.forget()
        self.assertAnswer("ann", "CAP REQ :-batch", "CAP * ACK -batch")
        self.assertAnswer("ann", "CAP LIST", "CAP * LIST server-time")

    def test_they_can_be_changed_after_registration(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("bob", "PRIVMSG #c :one")
        self.assertTrue(self.text("ann").startswith(":bob!"))
        self.assertAnswer("ann", "CAP REQ :server-time", "CAP ann ACK server-time")
        self.text("ann")
        self.say("bob", "PRIVMSG #c :two")
        self.assertTrue(self.text("ann").startswith("@time="))

    def test_an_unknown_subcommand(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "CAP FLY", "410 * FLY :Invalid CAP command")
        self.assertAnswer("ann", "CAP", "461 * CAP :Not enough parameters")

    def test_each_client_gets_exactly_the_tags_that_it_requested(self) -> None:
        table = {
            "": set(),
            "server-time": {"time"},
            "account-tag": {"account"},
            "message-tags": {"msgid", "+x", "bot"},
            "message-tags server-time account-tag": {"time", "account", "msgid", "+x", "bot"},
        }
        self.enter("ann", channel="#c", caps="message-tags")
        self.log_in("ann")
        self.say("ann", "MODE ann +B")
        for number, (caps, tags) in enumerate(table.items()):
            with self.subTest(caps):
                name = f"n{number}"
                self.enter(name, channel="#c", caps=caps)
                self.say("ann", "@+x=1;y=2;label=z PRIVMSG #c :hello")
                (message,) = self.messages(name)
                self.assertEqual(set(message.tags), tags)


class Ping(ServerTest):
    def test_ping_is_answered_at_once_even_before_registration(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "PING :two words", "PONG chatapp.local :two words")

    def test_a_token_is_required(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "PING", "461 ann PING :Not enough parameters")
        self.assertAnswer("ann", "PING :", "461 ann PING :Not enough parameters")

    def test_pong_is_not_answered(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "PONG chatapp.local")


class Leaving(ServerTest):
    def test_quit_is_sent_once_to_each_user_who_shares_a_channel(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.enter("dan")
        self.say("ann", "JOIN #d")
        self.say("bob", "JOIN #d")
        self.forget()
        self.assertAnswer("ann", "QUIT :gone to lunch", "ERROR :Closing connection")
        self.assertGot("bob", ":ann QUIT :Quit: gone to lunch")
        self.assertGot("dan")
        self.assertTrue(self.links["ann"].is_closed)
        self.assertTrue(self.links["ann"].is_disposed)
        self.assertNotIn("ann", self.world.users)

    def test_quit_without_a_reason(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "QUIT")
        self.assertGot("bob", ":ann QUIT :Quit")

    def test_the_reason_of_a_lost_connection_is_sent(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.hang_up("ann", "Connection reset by peer")
        self.assertGot("bob", ":ann QUIT :Connection reset by peer")

    def test_lines_after_quit_are_ignored(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "QUIT", "PRIVMSG #c :still here")
        self.assertEqual(self.codes("bob"), ["QUIT"])

    def test_before_registration_no_user_is_notified(self) -> None:
        self.enter("bob", channel="#c")
        self.connect("ann")
        self.assertAnswer("ann", "QUIT", "ERROR :Closing connection")
        self.assertGot("bob")
        self.assertEqual(self.world.unregistered, set())

    def test_the_nick_is_available_again_at_once(self) -> None:
        self.enter("ann", "bob")
        self.say("ann", "QUIT")
        self.assertAnswer("bob", "NICK ann", ":bob NICK ann")


if __name__ == "__main__":
    unittest.main()
