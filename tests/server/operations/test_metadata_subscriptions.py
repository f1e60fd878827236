"""METADATA SUB, UNSUB, SUBS and SYNC.

Source: IRCv3 metadata.
"""

from __future__ import annotations

import unittest

from tests.server.batches import MetadataTest

THIRD = "draft/metadata-3 batch"


LATER = "774 ann *ALL 0 :Please synchronize metadata later"  # the new keys are not set


class Subscriptions(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", caps=THIRD)

    def test_keys_are_subscribed_listed_and_unsubscribed(self) -> None:
        self.assertAnswer("ann", "METADATA * SUB b a b", "770 ann b a", LATER)
        self.assertEqual(self.batch("ann", "METADATA * SUBS"), (["metadata-subs"], ["772 ann b a"]))
        self.assertAnswer("ann", "METADATA ann UNSUB b x", "771 ann b x")
        self.assertEqual(self.batch("ann", "METADATA * SUBS"), (["metadata-subs"], ["772 ann a"]))

    def test_a_subscription_without_values_is_answered_too(self) -> None:
        """Either a metadata batch with `*ALL` as its parameter […] or a 774 with `*ALL` as its target."""
        self.assertAnswer("ann", "METADATA * SUB a", "770 ann a", LATER)
        self.assertAnswer("ann", "METADATA * SUB a", "770 ann a")

    def test_there_are_no_subscriptions_at_first(self) -> None:
        self.assertEqual(self.batch("ann", "METADATA * SUBS"), (["metadata-subs"], []))

    def test_invalid_keys_are_reported_and_the_others_subscribed(self) -> None:
        warning = "WARN METADATA INVALID_KEY $x :A key may contain a to z, 0 to 9 and _ . / -"
        self.assertAnswer("ann", "METADATA * SUB a $x b", warning, "770 ann a b", LATER)
        self.assertAnswer("ann", "METADATA * UNSUB a $x", warning, "771 ann a")

    def test_subscriptions_belong_to_one_session(self) -> None:
        self.enter("bob")
        for what in ("SUB a", "UNSUB a", "SUBS"):
            with self.subTest(what):
                (line,) = self.answer("ann", f"METADATA bob {what}")
                self.assertTrue(line.startswith("FAIL METADATA INVALID_TARGET bob :"), line)

    def test_many_keys_need_several_lines(self) -> None:
        keys = [f"key-{number}" for number in range(40)]
        self.say("ann", f"METADATA * SUB {' '.join(keys)}")
        lines = [message.params[1:] for message in self.messages("ann") if message.command == "770"]
        self.assertEqual([key for line in lines for key in line], keys)
        self.assertTrue(all(len(line) <= 12 for line in lines))

    def test_values_of_newly_subscribed_keys_follow(self) -> None:
        self.enter("bob", "eve", channel="#c")
        self.say("bob", "METADATA * SET a 1", "METADATA #c SET a 2", "METADATA * SET b 3")
        self.enter("dan")
        self.say("dan", "METADATA * SET a 4")
        self.say("ann", "JOIN #c", "MONITOR + dan", "METADATA * SUB b")
        self.text("ann")
        self.say("ann", "METADATA * SUB b a")
        numeric, opener, *values, _ = self.messages("ann")
        self.assertEqual(numeric.params, ("ann", "b", "a"))
        self.assertEqual(opener.params[1:], ("metadata", "*ALL"))
        self.assertEqual(
            [message.params for message in values],
            [("ann", "#c", "a", "*", "2"), ("ann", "bob", "a", "*", "1"), ("ann", "dan", "a", "*", "4")],
        )
        self.assertAnswer("ann", "METADATA * SUB a", "770 ann a")

    def test_they_end_with_the_capability(self) -> None:
        self.say("ann", "METADATA * SUB a", "CAP REQ -draft/metadata-3", "CAP REQ draft/metadata-3")
        self.assertEqual(self.batch("ann", "METADATA * SUBS")[1], [])


class Synchronizing(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)
        self.say("ann", "METADATA * SET url x", "METADATA #c SET url y", "METADATA * SET avatar z")
        self.say("bob", "METADATA * SUB url")

    def test_sync_of_a_channel_includes_its_members(self) -> None:
        values = ["761 bob #c url * y", "761 bob ann url * x"]
        self.assertEqual(self.batch("bob", "METADATA #c SYNC"), (["metadata", "#c"], values))
        self.assertEqual(self.batch("bob", "METADATA *ALL SYNC"), (["metadata", "*ALL"], values))

    def test_sync_of_a_user(self) -> None:
        values = ["761 bob ann url * x"]
        self.assertEqual(self.batch("bob", "METADATA ann SYNC"), (["metadata", "ann"], values))
        self.assertEqual(self.batch("bob", "METADATA * SYNC"), (["metadata", "bob"], []))


class TooMuch(MetadataTest):
    CONFIG = "[limits]\nsend_queue = 16384"

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=THIRD)
        for number in range(40):
            self.say("ann", f"METADATA #c SET key{number} {'v' * 300}")
        self.enter("bob", caps=THIRD)
        keys = [f"key{number}" for number in range(40)]
        self.say("bob", f"METADATA * SUB {' '.join(keys)}")
        self.forget()

    def test_a_session_that_joins_a_large_channel_is_told_to_sync_later(self) -> None:
        self.assertEqual(self.answer("bob", "JOIN #c")[-1], "774 bob #c 5 :Please synchronize metadata later")

    def test_an_answer_never_overflows_the_send_queue(self) -> None:
        self.say("bob", "JOIN #c")
        answer = self.answer("bob", "METADATA #c SYNC")
        self.assertIn("WARN METADATA SYNC_CUT #c :There are more values: subscribe to fewer keys", answer)
        self.assertLess(len("".join(answer)), 16384 // 2 + 1000)


if __name__ == "__main__":
    unittest.main()
