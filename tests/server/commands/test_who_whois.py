"""WHO, WHOIS, WHOWAS, USERHOST, ISON.

Source:
    modern IRC "User-Based Queries"; WHOX
"""

from __future__ import annotations

import unittest

from chatapp.protocol.tls import fingerprint
from tests.server.base import ServerTest


class Who(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.enter("dan", address="198.51.100.9", realname="Dan the Man")
        self.host = self.user("ann").host

    def nicks(self, asker: str, line: str) -> list[str]:
        """Return the nicks that a WHO finds."""
        rows = [row.split() for row in self.answer(asker, line)]
        self.assertEqual(rows[-1][0], "315")
        return [row[6] for row in rows[:-1]]

    def test_by_channel(self) -> None:
        self.assertAnswer(
            "dan",
            "WHO #C",
            f"352 dan #c ann {self.host} chatapp.local ann H@ :0 Ann",
            f"352 dan #c bob {self.host} chatapp.local bob H :0 Bob",
            "315 dan #C :End of WHO list",
        )

    def test_by_nick(self) -> None:
        self.assertAnswer(
            "bob",
            "WHO ANN",
            f"352 bob * ann {self.host} chatapp.local ann H :0 Ann",
            "315 bob ANN :End of WHO list",
        )

    def test_by_mask_of_nick_user_host_real_name_or_account(self) -> None:
        self.log_in("bob", "robert")
        table = {
            "a*": ["ann"],
            "B?B": ["bob"],
            "*the man": ["dan"],
            "rob*": ["bob"],
            "robert": ["bob"],
            self.host: ["ann", "bob"],
            f"{self.host[:6]}*": ["ann", "bob"],
            f"bob!*@{self.host}": ["bob"],
            "*!dan@*": ["dan"],
            "*": ["ann", "bob", "dan"],
            "0": ["ann", "bob", "dan"],
            "zed*": [],
        }
        for mask, found in table.items():
            with self.subTest(mask):
                self.assertEqual(self.nicks("dan", f"WHO :{mask}"), found)

    def test_without_a_mask_it_finds_all_users(self) -> None:
        self.assertEqual(self.nicks("dan", "WHO"), ["ann", "bob", "dan"])

    def test_no_match(self) -> None:
        for mask in ("nobody", "#nowhere", "x*"):
            with self.subTest(mask):
                self.assertAnswer("ann", f"WHO {mask}", f"315 ann {mask} :End of WHO list")

    def test_flags_show_away_operator_ranks_and_bots(self) -> None:
        self.enter("eve", channel="#c", caps="multi-prefix")
        self.make_operator("ann")
        self.say("ann", "MODE #c +v ann", "MODE ann +B", "AWAY :lunch")
        self.forget()
        self.assertEqual(self.answer("bob", "WHO #c")[0].split()[7], "G*@B")
        self.assertEqual(self.answer("eve", "WHO #c")[0].split()[7], "G*@+B")
        self.assertEqual(self.answer("eve", "WHO ann")[0].split()[7], "G*B")

    def test_the_flag_o_limits_it_to_server_operators(self) -> None:
        self.make_operator("bob")
        self.assertEqual(self.nicks("dan", "WHO * o"), ["bob"])
        self.assertEqual(self.nicks("dan", "WHO #c o"), ["bob"])

    def test_invisible_users_are_found_in_shared_channels_and_by_their_nick(self) -> None:
        self.say("ann", "MODE ann +i")
        self.assertEqual(self.nicks("dan", "WHO *"), ["bob", "dan"])
        self.assertEqual(self.nicks("dan", "WHO #c"), ["bob"])
        self.assertEqual(self.nicks("dan", "WHO a*"), [])
        self.assertEqual(self.nicks("dan", "WHO ann"), ["ann"])
        self.assertEqual(self.nicks("bob", "WHO a*"), ["ann"])
        self.text("ann")
        self.assertEqual(self.nicks("ann", "WHO a*"), ["ann"])

    def test_the_channels_of_invisible_users_are_hidden_from_outsiders(self) -> None:
        self.say("ann", "MODE ann +i")
        self.assertNotIn("319", [line[:3] for line in self.answer("dan", "WHOIS ann")])
        self.assertIn("319 bob ann @#c", self.answer("bob", "WHOIS ann"))

    def test_a_secret_channel_is_found_by_its_members_only(self) -> None:
        self.say("ann", "MODE #c +s")
        self.assertEqual(self.nicks("dan", "WHO #c"), [])
        self.text("bob")
        self.assertEqual(self.nicks("bob", "WHO #c"), ["ann", "bob"])


class Whox(ServerTest):
    """WHOX: the fields come in the order t c u i h s n f d l a o r, whatever the order of the request."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.host = self.user("ann").host

    def test_all_fields_in_their_order(self) -> None:
        self.log_in("ann", "anna")
        self.pass_time(7)
        self.assertAnswer(
            "bob",
            "WHO ann %roaldfnshiuct,42",
            f"354 bob 42 * ann 255.255.255.255 {self.host} chatapp.local ann H 0 7 anna n/a Ann",
            "315 bob ann :End of WHO list",
        )

    def test_some_fields(self) -> None:
        table = {
            "%cnf": "354 ann #c ann H@",
            "%na": "354 ann ann 0",
            "%tn": "354 ann 0 ann",
            "%tn,999": "354 ann 999 ann",
            "%tn,1000": "354 ann 0 ann",
            "%tn,x": "354 ann 0 ann",
            "%nxyz": "354 ann ann",
            "%i": "354 ann 255.255.255.255",
        }
        for fields, line in table.items():
            with self.subTest(fields):
                self.assertEqual(self.answer("ann", f"WHO #c {fields}")[0], line)

    def test_a_real_name_of_several_words_stays_whole(self) -> None:
        self.enter("eve", realname="Eve of the Garden")
        self.assertEqual(self.answer("ann", "WHO eve %nr")[0], "354 ann eve :Eve of the Garden")

    def test_flags_may_come_before_the_fields(self) -> None:
        self.make_operator("bob")
        self.assertAnswer("ann", "WHO #c o%n", "354 ann bob", "315 ann #c :End of WHO list")

    def test_addresses_are_not_shown_even_to_operators(self) -> None:
        self.make_operator("bob")
        self.assertEqual(self.answer("bob", "WHO ann %i")[0], "354 bob 255.255.255.255")


class Whois(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.host = self.user("ann").host

    def test_public_information(self) -> None:
        self.pass_time(5)
        self.assertAnswer(
            "bob",
            "WHOIS ANN",
            f"311 bob ann ann {self.host} * Ann",
            "319 bob ann @#c",
            "312 bob ann chatapp.local Chatapp",
            "317 bob ann 5 1773316800 :seconds idle, signon time",
            "318 bob ANN :End of /WHOIS list",
        )

    def test_the_display_name_for_clients_with_metadata(self) -> None:
        """760 RPL_WHOISKEYVALUE: <Target> <Key> <Visibility> :<Value>"""
        self.enter("dan", caps="draft/metadata-2 batch")
        self.enter("eve", caps="draft/metadata-3 batch")
        self.say("ann", "METADATA * SET display-name :Ann of Kiel", "METADATA * SET url x")
        for name in ("dan", "eve"):
            received = [line for line in self.answer(name, "WHOIS ann") if line.startswith("76")]
            self.assertEqual(received, [f"760 {name} ann display-name * :Ann of Kiel"])
            self.assertNotIn("760", [line[:3] for line in self.answer(name, "WHOIS bob")])
        self.assertNotIn("760", [line[:3] for line in self.answer("bob", "WHOIS ann")])

    def test_account_bot_away_and_operator(self) -> None:
        self.log_in("ann", "anna")
        self.make_operator("ann")
        self.say("ann", "MODE ann +B", "AWAY :at lunch")
        answer = self.answer("bob", "WHOIS ann")
        for line in (
            "301 bob ann :at lunch",
            "313 bob ann :is an IRC operator",
            "330 bob ann anna :is logged in as",
            "335 bob ann :is a bot",
        ):
            with self.subTest(line):
                self.assertIn(line, answer)

    def test_the_address_is_shown_to_operators_and_to_the_user(self) -> None:
        line = "338 {} ann 192.0.2.7 :is actually using host"
        self.assertIn(line.format("ann"), self.answer("ann", "WHOIS ann"))
        self.assertNotIn("338", " ".join(self.answer("bob", "WHOIS ann")))
        self.make_operator("bob")
        self.assertIn(line.format("bob"), self.answer("bob", "WHOIS ann"))

    def test_a_user_with_tls_is_shown_as_secure(self) -> None:
        self.connect("carl", is_secure=True)
        self.say("carl", "NICK carl", "USER carl 0 * :Carl")
        self.assertEqual(self.got("carl")[-1], "MODE carl +Z")
        self.assertIn("671 bob carl :is using a secure connection", self.answer("bob", "WHOIS carl"))
        self.assertAnswer("carl", "MODE carl -Z")
        self.assertAnswer("carl", "MODE carl", "221 carl +Z")

    def test_a_certificate_is_shown_to_operators_and_to_the_user(self) -> None:
        self.links["ann"].certificate = b"a certificate"
        line = f"276 {{}} ann :has client certificate fingerprint {fingerprint(b'a certificate')}"
        self.assertIn(line.format("ann"), self.answer("ann", "WHOIS ann"))
        self.assertNotIn("276", " ".join(self.answer("bob", "WHOIS ann")))
        self.make_operator("bob")
        self.assertIn(line.format("bob"), self.answer("bob", "WHOIS ann"))

    def test_idle_time_counts_from_the_last_message(self) -> None:
        self.pass_time(60)
        self.say("ann", "PRIVMSG #c :hello")
        self.pass_time(3)
        self.assertIn("317 bob ann 3 1773316800 :seconds idle, signon time", self.answer("bob", "WHOIS ann"))

    def test_secret_channels_are_hidden_from_non_members(self) -> None:
        self.say("ann", "JOIN #secret", "MODE #secret +s", "JOIN #open", "MODE #open +v ann")
        self.enter("eve", caps="multi-prefix")
        self.assertIn("319 ann ann :@#c @#secret @#open", self.answer("ann", "WHOIS ann"))
        self.assertIn("319 eve ann :@#c @+#open", self.answer("eve", "WHOIS ann"))

    def test_a_user_without_visible_channels_has_no_channels_line(self) -> None:
        self.enter("eve")
        self.assertNotIn("319", [line[:3] for line in self.answer("ann", "WHOIS eve")])

    def test_many_channels_need_several_lines(self) -> None:
        for number in range(20):
            self.say("ann", f"JOIN #{'long' * 8}{number}")
        lines = [line for line in self.answer("bob", "WHOIS ann") if line.startswith("319")]
        self.assertGreater(len(lines), 1)
        self.assertTrue(all(len(line) < 450 for line in lines))
        self.assertEqual(" ".join(lines).count("#long"), 20)

    def test_several_nicks_at_once(self) -> None:
        self.say("bob", "WHOIS ann,nobody,bob")
        self.text("ann")
        codes = [line.split()[0] for line in self.got("bob") if line[:3] in ("311", "401", "318")]
        self.assertEqual(codes, ["311", "401", "311", "318"])

    def test_an_unknown_nick(self) -> None:
        self.assertAnswer(
            "ann",
            "WHOIS nobody",
            "401 ann nobody :No such nick or channel",
            "318 ann nobody :End of /WHOIS list",
        )

    def test_a_nick_is_required(self) -> None:
        self.assertAnswer("ann", "WHOIS", "431 ann :No nickname given")
        self.assertAnswer("ann", "WHOIS :", "431 ann :No nickname given")

    def test_a_server_may_be_named_first(self) -> None:
        for server in ("chatapp.local", "*.local", "bob"):
            with self.subTest(server):
                self.assertEqual(self.answer("ann", f"WHOIS {server} bob")[0][:11], "311 ann bob")
        self.assertAnswer("ann", "WHOIS other.example bob", "402 ann other.example :No such server")


class Whowas(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")
        self.host = self.user("ann").host

    def come_and_go(self, name: str, realname: str) -> None:
        self.enter(name, realname=realname)
        self.say(name, "QUIT")

    def test_newest_first(self) -> None:
        self.come_and_go("bob", "First Bob")
        self.pass_time(60)
        self.come_and_go("Bob", "Second Bob")
        self.assertAnswer(
            "ann",
            "WHOWAS bob",
            f"314 ann Bob Bob {self.host} * :Second Bob",
            "312 ann Bob chatapp.local :Thu Mar 12 12:01:00 2026",
            f"314 ann bob bob {self.host} * :First Bob",
            "312 ann bob chatapp.local :Thu Mar 12 12:00:00 2026",
            "369 ann bob :End of WHOWAS",
        )

    def test_the_count_limits_the_answers(self) -> None:
        for number in range(3):
            self.come_and_go("bob", f"Bob {number}")
        for count, found in (("1", 1), ("2", 2), ("9", 3), ("0", 3), ("-1", 3), ("x", 3)):
            with self.subTest(count):
                self.assertEqual(
                    [line[:3] for line in self.answer("ann", f"WHOWAS bob {count}")].count("314"), found
                )

    def test_a_former_nick(self) -> None:
        self.enter("bob")
        self.say("bob", "NICK rob")
        self.assertEqual(self.answer("ann", "WHOWAS bob")[0], f"314 ann bob bob {self.host} * Bob")

    def test_the_account_is_remembered(self) -> None:
        self.enter("bob")
        self.log_in("bob", "robert")
        self.say("bob", "QUIT")
        self.assertIn("330 ann bob robert :is logged in as", self.answer("ann", "WHOWAS bob"))

    def test_an_unknown_nick(self) -> None:
        self.assertAnswer(
            "ann",
            "WHOWAS zed",
            "406 ann zed :There was no such nickname",
            "369 ann zed :End of WHOWAS",
        )
        self.assertAnswer("ann", "WHOWAS", "431 ann :No nickname given")


class UserhostAndIson(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob")
        self.host = self.user("ann").host

    def test_userhost_shows_away_users_and_operators(self) -> None:
        self.make_operator("bob")
        self.say("ann", "AWAY :lunch")
        self.forget()
        self.assertAnswer(
            "bob", "USERHOST ann nobody BOB", f"302 bob :ann=-ann@{self.host} bob*=+bob@{self.host}"
        )

    def test_userhost_answers_for_up_to_five_nicks(self) -> None:
        self.enter("eve")
        self.assertAnswer("ann", "USERHOST a b c d bob eve", f"302 ann bob=+bob@{self.host}")

    def test_ison_accepts_nicks_in_one_or_several_parameters(self) -> None:
        self.assertAnswer("ann", "ISON bob nobody ANN", "303 ann :bob ann")
        self.assertAnswer("ann", "ISON :bob nobody ANN", "303 ann :bob ann")
        self.assertAnswer("ann", "ISON nobody", "303 ann :")

    def test_both_need_a_nick(self) -> None:
        for command in ("USERHOST", "ISON"):
            with self.subTest(command):
                self.assertAnswer("ann", command, f"461 ann {command} :Not enough parameters")


if __name__ == "__main__":
    unittest.main()
