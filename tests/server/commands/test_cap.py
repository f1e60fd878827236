"""CAP: capabilities that are offered, requested and changed. ISUPPORT.

Source:
    IRCv3 capability-negotiation, cap-notify, extended-isupport
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
    """Source: IRCv3 sts"""

    CONFIG = "[tls]\ncertificate = 'fullchain.pem'\nsts_days = 30"

    def offers(self, line: str, is_secure: bool = True) -> list[str]:
        self.connect("ann", is_secure=is_secure)
        self.say("ann", line)
        words = [word for message in self.messages("ann") for word in message.text.split()]
        return [word for word in words if word.startswith("sts")]

    def test_clients_with_tls_get_the_duration(self) -> None:
        self.assertEqual(self.offers("CAP LS 302"), ["sts=duration=2592000"])

    def test_clients_without_tls_do_not_get_it(self) -> None:
        self.assertEqual(self.offers("CAP LS 302", is_secure=False), [])

    def test_without_a_version_it_is_not_listed(self) -> None:
        self.assertEqual(self.offers("CAP LS"), [])

    def test_without_the_configuration_it_is_not_offered(self) -> None:
        self.world.configure(config.parse(""), is_locked=False)
        self.assertEqual(self.offers("CAP LS 302"), [])

    def test_it_cannot_be_requested(self) -> None:
        """Clients MUST NOT request this capability."""
        self.connect("ann", is_secure=True)
        self.assertAnswer("ann", "CAP REQ sts", "CAP * NAK sts")


class Offering(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.connect("ann", is_secure=True)

    def capabilities(self, line: str) -> list[str]:
        """Return the capabilities that an answer lists, over all its lines."""
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
        self.assertIn(SASL, self.capabilities("CAP LS 307"))

    def test_sasl_plain_is_not_offered_on_an_unencrypted_connection(self) -> None:
        self.links["ann"].is_secure = False
        self.assertIn("sasl=SCRAM-SHA-256,EXTERNAL", self.capabilities("CAP LS 302"))

    def test_without_a_version_it_is_one_line_of_names(self) -> None:
        for line in ("CAP LS", "CAP LS 301", "CAP LS x"):
            with self.subTest(line):
                self.say("ann", line)
                (message,) = self.messages("ann")
                capabilities = message.text.split()
                self.assertEqual({name for name in NAMES if "/" not in name} - set(capabilities), set())
                self.assertEqual(set(capabilities) - set(NAMES), set())
                self.assertLess(len(str(message)), 510)

    def test_a_lower_version_later_changes_only_the_answer(self) -> None:
        """The server should answer in the format of that request, but remember the higher version."""
        self.say("ann", "CAP LS 302", "CAP LS")
        self.text("ann")
        self.assertNotIn(SASL, self.capabilities("CAP LS"))
        self.assertAnswer("ann", "CAP REQ -cap-notify", "CAP * NAK -cap-notify")

    def test_every_offered_capability_can_be_requested(self) -> None:
        self.capabilities("CAP LS 302")
        there = list(offered_capabilities(self.world.config))
        self.assertEqual(set(there) - set(NAMES), set())
        for name in there:
            with self.subTest(name):
                self.assertAnswer("ann", f"CAP REQ {name}", f"CAP * ACK {name}")
        self.assertEqual(sorted(self.capabilities("CAP LIST")), sorted(there))

    def test_a_request_is_granted_as_a_whole_or_not_at_all(self) -> None:
        self.assertAnswer("ann", "CAP REQ :setname what batch", "CAP * NAK :setname what batch")
        self.assertAnswer("ann", "CAP LIST", "CAP * LIST :")
        self.assertAnswer("ann", "CAP REQ :setname -batch ", "CAP * ACK :setname -batch ")
        self.assertAnswer("ann", "CAP LIST", "CAP * LIST setname")

    def test_an_unknown_subcommand(self) -> None:
        self.assertAnswer("ann", "CAP what", "410 * what :Invalid CAP command")


class InOneTurn(ServerTest):
    """A message sent before CAP REQ is delivered with the earlier capabilities, also in the same turn."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_requesting_echoes_does_not_echo_earlier_messages(self) -> None:
        self.say("ann", "PRIVMSG #c :one")
        self.say("ann", "PRIVMSG #c :two", "CAP REQ echo-message", "PRIVMSG #c :three")
        self.assertGot("ann", "CAP ann ACK echo-message", ":ann PRIVMSG #c :three")
        self.assertGot("bob", *(f":ann PRIVMSG #c :{word}" for word in ("one", "two", "three")))

    def test_removing_echo_message_does_not_drop_the_echoes_of_earlier_messages(self) -> None:
        self.say("ann", "CAP REQ echo-message")
        self.text("ann")
        self.say("ann", "PRIVMSG #c :one", "CAP REQ -echo-message", "PRIVMSG #c :two")
        self.assertGot("ann", ":ann PRIVMSG #c :one", "CAP ann ACK -echo-message")

    def test_lines_have_the_tags_that_were_enabled_when_they_were_sent(self) -> None:
        self.say("bob", "PRIVMSG #c :mine", "PRIVMSG bob :one", "CAP REQ message-tags", "PRIVMSG bob :two")
        one, _, two = self.messages("bob")
        self.assertEqual((one.text, set(one.tags)), ("one", set()))
        self.assertEqual((two.text, set(two.tags)), ("two", {"msgid"}))

    def test_each_of_several_senders_is_left_out_of_its_own_message(self) -> None:
        self.enter("eve", channel="#c")
        self.say("ann", "PRIVMSG #c :one", "CAP REQ message-tags", "PRIVMSG #c :two", "CAP REQ echo-message")
        self.assertGot("ann", "CAP ann ACK message-tags", "CAP ann ACK echo-message")
        self.assertGot("eve", ":ann PRIVMSG #c :one", ":ann PRIVMSG #c :two")


class ExtendedIsupport(ServerTest):
    def test_before_registration_it_needs_the_capability(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "ISUPPORT", "451 * :You have not registered")
        self.say("ann", "CAP REQ draft/extended-isupport")
        codes = self.answer("ann", "ISUPPORT")
        self.assertTrue(all(line.startswith("005 * ") for line in codes), codes)

    def test_with_batch_the_tokens_are_in_one_batch(self) -> None:
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

    def test_without_batch_the_tokens_come_as_lines(self) -> None:
        self.enter("ann", caps="batch")
        self.assertNotIn("BATCH", [line.split()[0] for line in self.answer("ann", "ISUPPORT")])

    def test_all_features_of_the_server_are_listed(self) -> None:
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
                "CHANMODES": "Ibe,k,HSfl,CMRUimnstu",
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

    def test_changed_tokens_are_announced(self) -> None:
        self.enter("ann")
        before = self.world.config
        limits, accounts = replace(before.limits, nick=20), replace(before.accounts, members_only=True)
        self.world.config = replace(before, limits=limits, accounts=accounts)
        self.act("ann", lambda out: welcome.notify_features(self.world, before, out))
        expected = ":are supported by this server"
        self.assertGot("ann", f"005 ann draft/ACCOUNTREQUIRED NICKLEN=20 {expected}")
        self.world.config, after = before, self.world.config
        self.act("ann", lambda out: welcome.notify_features(self.world, after, out))
        self.assertGot("ann", f"005 ann NICKLEN=32 -draft/ACCOUNTREQUIRED {expected}")


if __name__ == "__main__":
    unittest.main()
