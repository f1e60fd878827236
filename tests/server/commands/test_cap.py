"""CAP: what is offered_capabilities, asked for, given; and told when it changes. ISUPPORT, which tells the
rest.

Source  IRCv3 capability-negotiation, cap-notify, extended-isupport
"""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.protocol.capabilities import NAMES
from chatapp.server import config
from chatapp.server.core.features import offered_capabilities
from chatapp.server.operations import welcome
from tests.server.base import ServerTest

SASL = "sasl=PLAIN,SCRAM-SHA-256,EXTERNAL"


class StrictTransportSecurity(ServerTest):
    """Source  IRCv3 sts"""

    CONFIG = "[tls]\ncertificate = 'fullchain.pem'\nsts_days = 30"

    def offers(self, line: str, is_secure: bool = True) -> list[str]:
        self.connect("ann", is_secure=is_secure)
        self.say("ann", line)
        words = [word for message in self.messages("ann") for word in message.text.split()]
        return [word for word in words if word.startswith("sts")]

    def test_who_uses_tls_shall_go_on_so(self) -> None:
        self.assertEqual(self.offers("CAP LS 302"), ["sts=duration=2592000"])

    def test_who_does_not_is_told_nothing(self) -> None:
        self.assertEqual(self.offers("CAP LS 302", is_secure=False), [])

    def test_without_values_it_means_nothing(self) -> None:
        self.assertEqual(self.offers("CAP LS"), [])

    def test_without_the_configuration_it_is_not_there(self) -> None:
        self.world.configure(config.parse(""), is_locked=False)
        self.assertEqual(self.offers("CAP LS 302"), [])

    def test_it_cannot_be_asked_for(self) -> None:
        """Clients MUST NOT request this capability."""
        self.connect("ann", is_secure=True)
        self.assertAnswer("ann", "CAP REQ sts", "CAP * NAK sts")


class Offering(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.connect("ann", is_secure=True)

    def words(self, line: str) -> list[str]:
        """The capabilities that an answer names, over all its lines."""
        self.say("ann", line)
        return [word for message in self.messages("ann") for word in message.text.split()]

    def test_version_302_gets_values_in_several_lines(self) -> None:
        self.say("ann", "CAP LS 302")
        *lines, last = self.messages("ann")
        self.assertTrue(lines)
        for line in lines:
            self.assertEqual(line.params[:3], ("*", "LS", "*"))
        self.assertEqual((last.params[:2], len(last.params)), (("*", "LS"), 3))
        self.assertTrue(all(len(str(line)) <= 510 for line in (*lines, last)))
        self.assertIn(SASL, self.words("CAP LS 307"))

    def test_where_somebody_may_listen_no_password_is_taken(self) -> None:
        self.links["ann"].is_secure = False
        self.assertIn("sasl=SCRAM-SHA-256,EXTERNAL", self.words("CAP LS 302"))

    def test_without_a_version_it_is_one_line_of_names(self) -> None:
        for line in ("CAP LS", "CAP LS 301", "CAP LS x"):
            with self.subTest(line):
                self.say("ann", line)
                (message,) = self.messages("ann")
                words = message.text.split()
                self.assertEqual({name for name in NAMES if "/" not in name} - set(words), set())
                self.assertEqual(set(words) - set(NAMES), set())
                self.assertLess(len(str(message)), 510)

    def test_a_lower_version_later_changes_only_the_answer(self) -> None:
        """The server should answer as that request can read it, but keep the higher version."""
        self.say("ann", "CAP LS 302", "CAP LS")
        self.text("ann")
        self.assertNotIn(SASL, self.words("CAP LS"))
        self.assertAnswer("ann", "CAP REQ -cap-notify", "CAP * NAK -cap-notify")

    def test_everything_that_is_offered_can_be_had(self) -> None:
        self.words("CAP LS 302")
        there = list(offered_capabilities(self.world.config))
        self.assertEqual(set(there) - set(NAMES), set())
        for name in there:
            with self.subTest(name):
                self.assertAnswer("ann", f"CAP REQ {name}", f"CAP * ACK {name}")
        self.assertEqual(sorted(self.words("CAP LIST")), sorted(there))

    def test_all_of_a_request_or_nothing(self) -> None:
        self.assertAnswer("ann", "CAP REQ :setname what batch", "CAP * NAK :setname what batch")
        self.assertAnswer("ann", "CAP LIST", "CAP * LIST :")
        self.assertAnswer("ann", "CAP REQ :setname -batch ", "CAP * ACK :setname -batch ")
        self.assertAnswer("ann", "CAP LIST", "CAP * LIST setname")

    def test_an_unknown_subcommand(self) -> None:
        self.assertAnswer("ann", "CAP what", "410 * what :Invalid CAP command")


class InOneTurn(ServerTest):
    """What was said before CAP REQ is told by the capabilities of before, also when both come in one turn."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_who_asks_for_echoes_gets_none_of_what_was_said_before(self) -> None:
        self.say("ann", "PRIVMSG #c :one")
        self.say("ann", "PRIVMSG #c :two", "CAP REQ echo-message", "PRIVMSG #c :three")
        self.assertGot("ann", "CAP ann ACK echo-message", ":ann PRIVMSG #c :three")
        self.assertGot("bob", *(f":ann PRIVMSG #c :{word}" for word in ("one", "two", "three")))

    def test_who_gives_echoes_back_gets_those_of_what_was_said_before(self) -> None:
        self.say("ann", "CAP REQ echo-message")
        self.text("ann")
        self.say("ann", "PRIVMSG #c :one", "CAP REQ -echo-message", "PRIVMSG #c :two")
        self.assertGot("ann", ":ann PRIVMSG #c :one", "CAP ann ACK -echo-message")

    def test_lines_have_the_tags_that_were_asked_for_when_they_were_said(self) -> None:
        self.say("bob", "PRIVMSG #c :mine", "PRIVMSG bob :one", "CAP REQ message-tags", "PRIVMSG bob :two")
        one, _, two = self.messages("bob")
        self.assertEqual((one.text, set(one.tags)), ("one", set()))
        self.assertEqual((two.text, set(two.tags)), ("two", {"msgid"}))

    def test_of_several_who_say_something_each_is_left_out_by_itself(self) -> None:
        self.enter("eve", channel="#c")
        self.say("ann", "PRIVMSG #c :one", "CAP REQ message-tags", "PRIVMSG #c :two", "CAP REQ echo-message")
        self.assertGot("ann", "CAP ann ACK message-tags", "CAP ann ACK echo-message")
        self.assertGot("eve", ":ann PRIVMSG #c :one", ":ann PRIVMSG #c :two")


class ExtendedIsupport(ServerTest):
    def test_before_registration_only_for_who_asked_for_it(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "ISUPPORT", "451 * :You have not registered")
        self.say("ann", "CAP REQ draft/extended-isupport")
        codes = self.answer("ann", "ISUPPORT")
        self.assertTrue(all(line.startswith("005 * ") for line in codes), codes)

    def test_with_batches_the_tokens_are_in_one(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP REQ :draft/extended-isupport batch")
        self.text("ann")
        for lines in (["ISUPPORT"], ["NICK ann", "USER ann 0 * :Ann", "CAP END"], ["VERSION"]):
            with self.subTest(lines):
                self.say("ann", *lines)
                messages = self.messages("ann")
                opener = next(message for message in messages if message.command == "BATCH")
                reference = opener.params[0][1:]
                self.assertEqual(opener.params, (f"+{reference}", "draft/isupport"))
                tokens = [message for message in messages if message.command == "005"]
                self.assertTrue(tokens)
                self.assertEqual({message.tags.get("batch") for message in tokens}, {reference})
                self.assertIn((f"-{reference}",), [message.params for message in messages])

    def test_without_batches_they_come_as_ever(self) -> None:
        self.enter("ann", caps="batch")
        self.assertNotIn("BATCH", [line.split()[0] for line in self.answer("ann", "ISUPPORT")])

    def test_all_that_the_server_can_do_is_there(self) -> None:
        self.enter("ann")
        lines = [line.split(" :")[0].split()[2:] for line in self.answer("ann", "ISUPPORT")]
        self.assertTrue(all(len(line) <= 13 for line in lines))
        tokens = dict(token.partition("=")[::2] for line in lines for token in line)
        self.assertEqual([value for value in tokens.values() if "=" in value], [])
        self.assertLessEqual(
            {
                "ACCOUNTEXTBAN": "a,account",
                "AWAYLEN": "390",
                "BOT": "B",
                "CASEMAPPING": "ascii",
                "CHANLIMIT": "#:100",
                "CHANMODES": "Ibe,k,Sfl,CMRUimnstu",
                "CHANNELLEN": "64",
                "CHANTYPES": "#",
                "CHATHISTORY": "1000",
                "ELIST": "CMNTU",
                "EXCEPTS": "e",
                "EXTBAN": "~,am",
                "INVEX": "I",
                "KICKLEN": "390",
                "MAXLIST": "b:100,e:100,I:100",
                "MODES": "20",
                "MONITOR": "100",
                "MSGREFTYPES": "msgid,timestamp",
                "NETWORK": "Chatapp",
                "NICKLEN": "32",
                "PREFIX": "(qaohv)~&@%+",
                "SAFELIST": "",
                "STATUSMSG": "~&@%+",
                "TOPICLEN": "390",
                "UTF8ONLY": "",
                "WHOX": "",
            }.items(),
            tokens.items(),
        )
        self.assertIn("TARGMAX", tokens)

    def test_what_changes_is_told(self) -> None:
        self.enter("ann")
        before = self.world.config
        limits, accounts = replace(before.limits, nick=20), replace(before.accounts, members_only=True)
        self.world.config = replace(before, limits=limits, accounts=accounts)
        self.act("ann", lambda out: welcome.notify_features(self.world, before, out))
        words = ":are supported by this server"
        self.assertGot("ann", f"005 ann draft/ACCOUNTREQUIRED NICKLEN=20 {words}")
        self.world.config, after = before, self.world.config
        self.act("ann", lambda out: welcome.notify_features(self.world, after, out))
        self.assertGot("ann", f"005 ann NICKLEN=32 -draft/ACCOUNTREQUIRED {words}")


if __name__ == "__main__":
    unittest.main()
