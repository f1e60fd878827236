"""The features of the server follow its configuration."""

from __future__ import annotations

import unittest

from chatapp.server.config import parse
from chatapp.server.core.features import (
    capability_tokens,
    isupport_tokens,
    offered_capabilities,
    sasl_mechanisms,
)

HISTORY = {
    "draft/chathistory", "draft/event-playback", "draft/message-edit", "draft/message-redaction",
    "soju.im/search",
}  # fmt: skip

HISTORY_TOKENS = {"CHATHISTORY", "MSGREFTYPES", "chatapp/REDACT", "chatapp/SEARCH"}


class Capabilities(unittest.TestCase):
    def test_without_the_history_its_capabilities_are_not_offered(self) -> None:
        with_history = offered_capabilities(parse("")).keys()
        without = offered_capabilities(parse("[history]\nenabled = false")).keys()
        self.assertEqual(with_history - without, HISTORY)

    def test_editing_is_offered_with_its_time_and_the_longest_text(self) -> None:
        value = offered_capabilities(parse("[history]\nedit_hours = 2"))["draft/message-edit"]
        self.assertEqual(value, "window=7200,max-bytes=3500")
        self.assertNotIn("draft/message-edit", offered_capabilities(parse("[history]\nedit_hours = 0")))

    def test_deleted_files_are_told_of_where_there_are_files(self) -> None:
        self.assertIn("chatapp/file-notify", offered_capabilities(parse("")))
        self.assertNotIn("chatapp/file-notify", offered_capabilities(parse("[files]\nenabled = false")))

    def test_registration_is_offered_with_its_requirements(self) -> None:
        for config, value in (
            ("", "before-connect,custom-account-name"),
            ("[accounts]\nrequire_email = true", "before-connect,custom-account-name,email-required"),
            ("[accounts]\nregister_before_connect = false", "custom-account-name"),
        ):
            with self.subTest(config):
                self.assertEqual(offered_capabilities(parse(config))["draft/account-registration"], value)
        closed = offered_capabilities(parse('[accounts]\nregistration = "closed"'))
        self.assertNotIn("draft/account-registration", closed)

    def test_a_mechanism_that_reveals_the_password_is_offered_only_on_private_connections(self) -> None:
        """RFC 4616 section 1: PLAIN needs a private connection."""
        self.assertIn("PLAIN", sasl_mechanisms(is_private=True))
        self.assertEqual(set(sasl_mechanisms(True)) - set(sasl_mechanisms(False)), {"PLAIN"})
        config = parse("")
        self.assertIn("PLAIN", offered_capabilities(config, is_private=True)["sasl"].split(","))
        self.assertNotIn("PLAIN", offered_capabilities(config, is_private=False)["sasl"].split(","))

    def test_values_are_written_only_if_there_is_one_and_it_is_requested(self) -> None:
        capabilities = {"batch": "", "sasl": "PLAIN,EXTERNAL"}
        self.assertEqual(capability_tokens(capabilities, True), ["batch", "sasl=PLAIN,EXTERNAL"])
        self.assertEqual(capability_tokens(capabilities, False), ["batch", "sasl"])


class Isupport(unittest.TestCase):
    def test_limits_come_from_the_configuration(self) -> None:
        tokens = isupport_tokens(parse("[limits]\nnick = 20\ntargets = 7\nmonitor = 5\nmasks = 9"))
        self.assertEqual((tokens["NICKLEN"], tokens["MAXTARGETS"], tokens["MONITOR"]), (20, 7, 5))
        self.assertEqual(tokens["TARGMAX"], "PRIVMSG:7,NOTICE:7,TAGMSG:7,KICK:7")
        self.assertIn("b:9", str(tokens["MAXLIST"]))

    def test_without_the_history_its_tokens_are_missing(self) -> None:
        with_history = isupport_tokens(parse("")).keys()
        without = isupport_tokens(parse("[history]\nenabled = false")).keys()
        self.assertEqual(with_history - without, HISTORY_TOKENS)

    def test_a_server_for_members_only_is_marked(self) -> None:
        self.assertNotIn("draft/ACCOUNTREQUIRED", isupport_tokens(parse("")))
        self.assertIn("draft/ACCOUNTREQUIRED", isupport_tokens(parse("[accounts]\nmembers_only = true")))


if __name__ == "__main__":
    unittest.main()
