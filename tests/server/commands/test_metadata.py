"""METADATA: the metadata of users and channels, and its subscribers.

Source:
    IRCv3 metadata, in its two versions
"""

from __future__ import annotations

import unittest

from tests.server.batches import MetadataTest

THIRD = "draft/metadata-3 batch"
SECOND = "draft/metadata-2 batch"
LATER = "774 ann *ALL 0 :Please synchronize metadata later"  # the new keys of users are not set


class Reading(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)
        self.say("ann", "METADATA * SET url :http://ann.example/", "METADATA #c SET topic-url :x")
        self.forget()

    def test_requested_keys_come_in_the_order_of_the_request(self) -> None:
        self.assertEqual(
            self.batch("bob", "METADATA ANN GET avatar url $bad"),
            (
                ["metadata", "ann"],
                [
                    "766 bob ann avatar :Key not set",
                    "761 bob ann url * http://ann.example/",
                    "WARN METADATA INVALID_KEY $bad :A key may contain a to z, 0 to 9 and _ . / -",
                ],
            ),
        )

    def test_all_keys(self) -> None:
        table = {
            "ann": (["metadata", "ann"], ["761 bob ann url * http://ann.example/"]),
            "#C": (["metadata", "#c"], ["761 bob #c topic-url * x"]),
            "*": (["metadata", "bob"], []),
            "bob": (["metadata", "bob"], []),
        }
        for target, answer in table.items():
            with self.subTest(target):
                self.assertEqual(self.batch("bob", f"METADATA {target} LIST"), answer)

    def test_an_unknown_user(self) -> None:
        for target in ("nobody", "#nowhere", "$a:user", "*ALL"):
            for what in ("GET url", "LIST", "SET url x", "CLEAR"):
                with self.subTest(f"{target} {what}"):
                    (line,) = self.answer("bob", f"METADATA {target} {what}")
                    self.assertTrue(line.startswith(f"FAIL METADATA INVALID_TARGET {target} :"), line)

    def test_an_unknown_subcommand(self) -> None:
        expected = "Wrong number of parameters"
        table = {
            "METADATA": "461 bob METADATA :Not enough parameters",
            "METADATA ann": "461 bob METADATA :Not enough parameters",
            "METADATA ann SNEEZE": "FAIL METADATA INVALID_PARAMS SNEEZE :Unknown subcommand",
            "METADATA ann :: hi!": "FAIL METADATA INVALID_PARAMS _hi! :Unknown subcommand",
            "METADATA ann get": f"FAIL METADATA INVALID_PARAMS GET :{expected}",
            "METADATA ann LIST url": f"FAIL METADATA INVALID_PARAMS LIST :{expected}",
            "METADATA * SET url two words": f"FAIL METADATA INVALID_PARAMS SET :{expected}",
        }
        for line, answer in table.items():
            with self.subTest(line):
                self.assertAnswer("bob", line, answer)

    def test_a_secret_channel_does_not_exist_for_non_members(self) -> None:
        self.enter("eve")
        self.say("ann", "MODE #c +s")
        (line,) = self.answer("eve", "METADATA #c LIST")
        self.assertTrue(line.startswith("FAIL METADATA INVALID_TARGET #c :"), line)

    def test_a_restricted_channel_shows_its_keys_to_members_only(self) -> None:
        self.enter("eve", caps=THIRD)
        for mode in ("i", "k secret"):
            with self.subTest(mode):
                self.say("ann", f"MODE #c +{mode}")
                (line,) = self.answer("eve", "METADATA #c GET topic-url")
                self.assertTrue(line.startswith("FAIL METADATA KEY_NO_PERMISSION #c * :"), line)
                self.say("ann", f"MODE #c -{mode}")
        self.assertEqual(self.batch("eve", "METADATA #c LIST")[1], ["761 eve #c topic-url * x"])

    def test_clients_without_capabilities_get_no_batches(self) -> None:
        self.enter("eve")
        self.assertAnswer("eve", "METADATA ann LIST", "761 eve ann url * http://ann.example/")
        self.assertAnswer("eve", "METADATA eve LIST")


class Writing(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)

    def test_values_are_set_changed_and_removed(self) -> None:
        self.assertAnswer("ann", "METADATA * SET url :a b", "761 ann ann url * :a b")
        self.assertAnswer("ann", "METADATA ann SET url c", "761 ann ann url * c")
        self.assertAnswer("ann", "METADATA * SET url", "766 ann ann url :Key not set")
        self.assertAnswer("ann", "METADATA * SET url :", "766 ann ann url :Key not set")
        self.assertEqual(self.world.metadata, {})

    def test_any_text_is_a_valid_value(self) -> None:
        for value in ("💜 ünïcödé", "a;b=c\\d", ":colon", "*"):
            with self.subTest(value):
                self.say("ann", f"METADATA * SET status :{value}")
                (message,) = self.messages("ann")
                self.assertEqual(message.params[-1], value)

    def test_only_channel_operators_may_set_keys_of_a_channel(self) -> None:
        self.assertAnswer("ann", "METADATA #c SET url x", "761 ann #c url * x")
        for line, key in (("SET url x", "url"), ("SET url", "url"), ("CLEAR", "*")):
            with self.subTest(line):
                (refusal,) = self.answer("bob", f"METADATA #c {line}")
                self.assertTrue(refusal.startswith(f"FAIL METADATA KEY_NO_PERMISSION #c {key} :"), refusal)

    def test_only_server_operators_may_set_keys_of_other_users(self) -> None:
        (refusal,) = self.answer("bob", "METADATA ann SET url x")
        self.assertTrue(refusal.startswith("FAIL METADATA KEY_NO_PERMISSION ann url :"), refusal)
        self.make_operator("bob")
        self.assertAnswer("bob", "METADATA ann SET url x", "761 bob ann url * x")

    def test_invalid_keys(self) -> None:
        for key in ("$url$", "URL", "a:b", "é", "k" * 65, "a*"):
            with self.subTest(key):
                (refusal,) = self.answer("ann", f"METADATA * SET {key} x")
                self.assertTrue(refusal.startswith(f"FAIL METADATA INVALID_KEY {key} :"), refusal)
        self.assertAnswer("ann", "METADATA * SET a-b_c.d/e0 x", "761 ann ann a-b_c.d/e0 * x")

    def test_all_keys_are_cleared_in_a_batch(self) -> None:
        self.say("ann", "METADATA * SET a 1", "METADATA * SET b 2")
        self.assertEqual(
            self.batch("ann", "METADATA * CLEAR"),
            (["metadata", "ann"], ["766 ann ann a :Key not set", "766 ann ann b :Key not set"]),
        )
        self.assertEqual(self.batch("ann", "METADATA * CLEAR"), (["metadata", "ann"], []))

    def test_a_line_with_a_value_is_never_too_long(self) -> None:
        """The value must fit behind the longest nick of a reader and the name of the channel."""
        self.say("ann", "JOIN #" + "é" * 60)
        self.text("ann")
        (refusal,) = self.answer("ann", f"METADATA #{'é' * 60} SET k{'e' * 60} {'v' * 350}")
        self.assertIn("INVALID_VALUE", refusal)
        self.assertEqual(self.answer("ann", f"METADATA * SET key {'v' * 350}")[0][:7], "761 ann")


class Limits(MetadataTest):
    CONFIG = """
        [limits]
        metadata_keys = 2
        metadata_subscriptions = 2
        metadata_value = 5
        metadata_changes = 4
        """

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", caps=THIRD)

    def test_limits_are_advertised(self) -> None:
        self.connect("bob")
        offered = " ".join(self.answer("bob", "CAP LS 302"))
        values = "before-connect,max-subs=2,max-keys=2,max-value-bytes=5"
        self.assertIn(f"draft/metadata-2={values} ", f"{offered} ")
        self.assertIn(f"draft/metadata-3={values},max-key-bytes=64 ", f"{offered} ")

    def test_a_value_that_is_too_long(self) -> None:
        line = "FAIL METADATA INVALID_VALUE a :This value is too long"
        self.assertAnswer("ann", "METADATA * SET a 123456", line)
        self.assertAnswer("ann", "METADATA * SET a ééé", line)
        self.assertAnswer("ann", "METADATA * SET a éé1", "761 ann ann a * éé1")

    def test_too_many_keys(self) -> None:
        self.say("ann", "METADATA * SET a 1", "METADATA * SET b 1")
        line = "FAIL METADATA LIMIT_REACHED ann 2 :There are too many keys"
        self.text("ann")
        self.assertAnswer("ann", "METADATA * SET c 1", line)
        self.assertAnswer("ann", "METADATA * SET a 2", "761 ann ann a * 2")

    def test_too_many_subscriptions(self) -> None:
        line = "FAIL METADATA LIMIT_REACHED c 2 :Too many subscriptions"
        self.assertAnswer("ann", "METADATA * SUB a b c a", line, "770 ann a b", LATER)

    def test_too_many_changes_per_minute(self) -> None:
        self.say("ann", *["METADATA * SET a 1", "METADATA * SET a"] * 2)
        self.text("ann")
        line = "FAIL METADATA RATE_LIMITED ann a 60 :Too many changes, try again later"
        self.assertAnswer("ann", "METADATA * SET a 1", line)
        self.pass_time(61)
        self.text("ann")
        self.assertAnswer("ann", "METADATA * SET a 1", "761 ann ann a * 1")


class SecondVersion(MetadataTest):
    """metadata-2 has other error codes, and METADATA lines for unsolicited values."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=SECOND)

    def test_the_error_codes(self) -> None:
        keys = "A key may contain a to z, 0 to 9 and _ . / -"
        table = {
            "METADATA * SNEEZE": "FAIL METADATA SUBCOMMAND_INVALID SNEEZE :Unknown subcommand",
            "METADATA * GET": "461 ann METADATA :Not enough parameters",
            "METADATA * SET $a x": f"FAIL METADATA KEY_INVALID $a :{keys}",
            "METADATA * SET a": "FAIL METADATA KEY_NOT_SET ann a :This key is not set",
            f"METADATA * SET a {'v' * 351}": "FAIL METADATA VALUE_INVALID :This value is too long",
        }
        for line, answer in table.items():
            with self.subTest(line):
                self.assertAnswer("ann", line, answer)
        self.assertEqual(self.batch("ann", "METADATA * GET $a")[1], [f"FAIL METADATA KEY_INVALID $a :{keys}"])

    def test_an_empty_value_is_a_value(self) -> None:
        self.assertAnswer("ann", "METADATA * SET a :", "761 ann ann a * :")
        self.assertAnswer("ann", "METADATA * SET a", "766 ann ann a :Key not set")

    def test_cleared_keys_are_sent_with_their_values(self) -> None:
        self.say("ann", "METADATA * SET a 1")
        self.assertEqual(self.batch("ann", "METADATA * CLEAR")[1], ["761 ann ann a * 1"])

    def test_nothing_follows_a_subscription_without_values(self) -> None:
        self.assertAnswer("ann", "METADATA * SUB a", "770 ann a")

    def test_values_are_sent_as_metadata_lines(self) -> None:
        self.say("ann", "METADATA #c SET a 1", "METADATA * SUB a")
        self.assertEqual(self.batch("ann", "METADATA #c SYNC")[1], ["METADATA #c a * 1"])

    def test_clients_with_both_versions_get_the_newer(self) -> None:
        self.say("ann", "CAP REQ draft/metadata-3")
        self.text("ann")
        self.assertAnswer("ann", "METADATA * SET a", "766 ann ann a :Key not set")


if __name__ == "__main__":
    unittest.main()
