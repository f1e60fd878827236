"""METADATA: what people and channels say of themselves, and who is told.

Source  IRCv3 metadata, in its two versions
"""

from __future__ import annotations

import unittest

from chatapp.server.operations import login
from chatapp.server.state.accounts import Account
from chatapp.server.storage import account_rows, metadata_rows
from tests.server.base import ServerTest

THIRD = "draft/metadata-3 batch"
SECOND = "draft/metadata-2 batch"
LATER = "774 ann *ALL 0 :Please synchronize metadata later"  # nothing is known of the new keys


class MetadataTest(ServerTest):
    def batch(self, name: str, line: str) -> tuple[list[str], list[str]]:
        """The one batch that answers a line. Gives  its kind and parameters, and what is in it, in short"""
        self.text(name)
        self.say(name, line)
        opener, *inside, closer = self.messages(name)
        reference = opener.params[0][1:]
        self.assertEqual((opener.command, opener.params[0]), ("BATCH", f"+{reference}"))
        self.assertEqual((closer.command, closer.params), ("BATCH", (f"-{reference}",)))
        self.assertEqual([message.tags.get("batch") for message in inside], [reference] * len(inside))
        return list(opener.params[1:]), [message.body().partition(" ")[2] for message in inside]


class Reading(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)
        self.say("ann", "METADATA * SET url :http://ann.example/", "METADATA #c SET topic-url :x")
        self.forget()

    def test_some_keys_in_the_order_of_the_question(self) -> None:
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

    def test_nobody_of_this_name(self) -> None:
        for target in ("nobody", "#nowhere", "$a:user", "*ALL"):
            for what in ("GET url", "LIST", "SET url x", "CLEAR"):
                with self.subTest(f"{target} {what}"):
                    (line,) = self.answer("bob", f"METADATA {target} {what}")
                    self.assertTrue(line.startswith(f"FAIL METADATA INVALID_TARGET {target} :"), line)

    def test_what_is_no_command(self) -> None:
        words = "Wrong number of parameters"
        table = {
            "METADATA": "461 bob METADATA :Not enough parameters",
            "METADATA ann": "461 bob METADATA :Not enough parameters",
            "METADATA ann SNEEZE": "FAIL METADATA INVALID_PARAMS SNEEZE :Unknown subcommand",
            "METADATA ann :: hi!": "FAIL METADATA INVALID_PARAMS _hi! :Unknown subcommand",
            "METADATA ann get": f"FAIL METADATA INVALID_PARAMS GET :{words}",
            "METADATA ann LIST url": f"FAIL METADATA INVALID_PARAMS LIST :{words}",
            "METADATA * SET url two words": f"FAIL METADATA INVALID_PARAMS SET :{words}",
        }
        for line, answer in table.items():
            with self.subTest(line):
                self.assertAnswer("bob", line, answer)

    def test_a_secret_channel_is_not_there_for_outsiders(self) -> None:
        self.enter("eve")
        self.say("ann", "MODE #c +s")
        (line,) = self.answer("eve", "METADATA #c LIST")
        self.assertTrue(line.startswith("FAIL METADATA INVALID_TARGET #c :"), line)

    def test_a_closed_channel_tells_its_members_alone(self) -> None:
        self.enter("eve", caps=THIRD)
        for mode in ("i", "k secret"):
            with self.subTest(mode):
                self.say("ann", f"MODE #c +{mode}")
                (line,) = self.answer("eve", "METADATA #c GET topic-url")
                self.assertTrue(line.startswith("FAIL METADATA KEY_NO_PERMISSION #c * :"), line)
                self.say("ann", f"MODE #c -{mode}")
        self.assertEqual(self.batch("eve", "METADATA #c LIST")[1], ["761 eve #c topic-url * x"])

    def test_without_any_capability_there_are_no_batches(self) -> None:
        self.enter("eve")
        self.assertAnswer("eve", "METADATA ann LIST", "761 eve ann url * http://ann.example/")
        self.assertAnswer("eve", "METADATA eve LIST")


class Writing(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)

    def test_set_changed_and_removed(self) -> None:
        self.assertAnswer("ann", "METADATA * SET url :a b", "761 ann ann url * :a b")
        self.assertAnswer("ann", "METADATA ann SET url c", "761 ann ann url * c")
        self.assertAnswer("ann", "METADATA * SET url", "766 ann ann url :Key not set")
        self.assertAnswer("ann", "METADATA * SET url :", "766 ann ann url :Key not set")
        self.assertEqual(self.world.metadata, {})

    def test_any_text_may_be_a_value(self) -> None:
        for value in ("💜 ünïcödé", "a;b=c\\d", ":colon", "*"):
            with self.subTest(value):
                self.say("ann", f"METADATA * SET status :{value}")
                (message,) = self.messages("ann")
                self.assertEqual(message.params[-1], value)

    def test_of_a_channel_only_by_its_operators(self) -> None:
        self.assertAnswer("ann", "METADATA #c SET url x", "761 ann #c url * x")
        for line, key in (("SET url x", "url"), ("SET url", "url"), ("CLEAR", "*")):
            with self.subTest(line):
                (refusal,) = self.answer("bob", f"METADATA #c {line}")
                self.assertTrue(refusal.startswith(f"FAIL METADATA KEY_NO_PERMISSION #c {key} :"), refusal)

    def test_of_others_only_by_operators_of_the_server(self) -> None:
        (refusal,) = self.answer("bob", "METADATA ann SET url x")
        self.assertTrue(refusal.startswith("FAIL METADATA KEY_NO_PERMISSION ann url :"), refusal)
        self.make_operator("bob")
        self.assertAnswer("bob", "METADATA ann SET url x", "761 bob ann url * x")

    def test_what_can_be_no_key(self) -> None:
        for key in ("$url$", "URL", "a:b", "é", "k" * 65, "a*"):
            with self.subTest(key):
                (refusal,) = self.answer("ann", f"METADATA * SET {key} x")
                self.assertTrue(refusal.startswith(f"FAIL METADATA INVALID_KEY {key} :"), refusal)
        self.assertAnswer("ann", "METADATA * SET a-b_c.d/e0 x", "761 ann ann a-b_c.d/e0 * x")

    def test_all_are_cleared_in_a_batch(self) -> None:
        self.say("ann", "METADATA * SET a 1", "METADATA * SET b 2")
        self.assertEqual(
            self.batch("ann", "METADATA * CLEAR"),
            (["metadata", "ann"], ["766 ann ann a :Key not set", "766 ann ann b :Key not set"]),
        )
        self.assertEqual(self.batch("ann", "METADATA * CLEAR"), (["metadata", "ann"], []))

    def test_a_line_of_it_is_never_too_long(self) -> None:
        """The value has to fit behind the longest nick that may ask for it, and the name of the channel."""
        self.say("ann", "JOIN #" + "é" * 60)
        self.text("ann")
        (refusal,) = self.answer("ann", f"METADATA #{'é' * 60} SET k{'e' * 60} {'v' * 350}")
        self.assertIn("INVALID_VALUE", refusal)
        self.assertEqual(self.answer("ann", f"METADATA * SET key {'v' * 350}")[0][:7], "761 ann")


class Keeping(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("anna")
        self.enter("ann", channel="#c", caps=THIRD)

    def test_what_accounts_and_channels_say_outlives_a_restart(self) -> None:
        self.log_in("ann", "anna")
        self.say("ann", "MODE #c +v ann", "METADATA * SET a 1", "METADATA #c SET b 2", "METADATA * SET x 3")
        self.say("ann", "METADATA * SET x")
        self.restart()
        self.enter("eve", channel="#c", caps=THIRD)
        self.assertEqual(self.batch("eve", "METADATA #c LIST")[1], ["761 eve #c b * 2"])
        self.assertEqual(self.batch("eve", "METADATA * LIST")[1], [])
        self.log_in("eve", "anna")
        self.assertEqual(self.batch("eve", "METADATA * LIST")[1], ["761 eve eve a * 1"])

    def test_what_a_guest_says_ends_with_the_visit(self) -> None:
        self.say("ann", "METADATA * SET a 1", "QUIT")
        self.assertEqual(self.world.metadata, {})
        self.restart()
        self.assertEqual(self.world.metadata, {})

    def test_a_channel_that_ends_takes_it_along(self) -> None:
        self.say("ann", "METADATA #c SET a 1", "MODE #c +k secret", "PART #c")
        self.assertEqual(self.world.metadata, {})
        self.assertEqual(metadata_rows.load_all(self.store), {})

    def test_it_moves_with_the_name_of_its_channel(self) -> None:
        self.say("ann", "METADATA #c SET a 1", "RENAME #c #d")
        self.assertEqual(self.batch("ann", "METADATA #d LIST")[1], ["761 ann #d a * 1"])

    def test_nothing_is_kept_for_an_account_that_was_deleted_meanwhile(self) -> None:
        self.log_in("ann", "anna")
        self.store.write(account_rows.delete(self.world.accounts["anna"]))
        self.say("ann", "METADATA * SET a 1")
        self.assertEqual(metadata_rows.load_all(self.store), {})


class Subscriptions(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", caps=THIRD)

    def test_taken_shown_and_given_back(self) -> None:
        self.assertAnswer("ann", "METADATA * SUB b a b", "770 ann b a", LATER)
        self.assertEqual(self.batch("ann", "METADATA * SUBS"), (["metadata-subs"], ["772 ann b a"]))
        self.assertAnswer("ann", "METADATA ann UNSUB b x", "771 ann b x")
        self.assertEqual(self.batch("ann", "METADATA * SUBS"), (["metadata-subs"], ["772 ann a"]))

    def test_a_subscription_that_tells_nothing_is_answered_too(self) -> None:
        """Either a metadata batch with `*ALL` as its parameter […] or a 774 with `*ALL` as its target."""
        self.assertAnswer("ann", "METADATA * SUB a", "770 ann a", LATER)
        self.assertAnswer("ann", "METADATA * SUB a", "770 ann a")

    def test_none_at_first(self) -> None:
        self.assertEqual(self.batch("ann", "METADATA * SUBS"), (["metadata-subs"], []))

    def test_what_is_no_key_is_named_and_the_others_are_done(self) -> None:
        warning = "WARN METADATA INVALID_KEY $x :A key may contain a to z, 0 to 9 and _ . / -"
        self.assertAnswer("ann", "METADATA * SUB a $x b", warning, "770 ann a b", LATER)
        self.assertAnswer("ann", "METADATA * UNSUB a $x", warning, "771 ann a")

    def test_only_ones_own(self) -> None:
        self.enter("bob")
        for what in ("SUB a", "UNSUB a", "SUBS"):
            with self.subTest(what):
                (line,) = self.answer("ann", f"METADATA bob {what}")
                self.assertTrue(line.startswith("FAIL METADATA INVALID_TARGET bob :"), line)

    def test_many_keys_take_several_lines(self) -> None:
        keys = [f"key-{number}" for number in range(40)]
        self.say("ann", f"METADATA * SUB {' '.join(keys)}")
        lines = [message.params[1:] for message in self.messages("ann") if message.command == "770"]
        self.assertEqual([key for line in lines for key in line], keys)
        self.assertTrue(all(len(line) <= 12 for line in lines))

    def test_what_is_known_of_the_new_ones_follows(self) -> None:
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


class Tidings(MetadataTest):
    """Who has subscribed is told of changes, and what there is when it begins to be told of somebody."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)
        self.enter("eve", channel="#c", caps=SECOND)
        self.enter("dan", caps=THIRD)
        for name in ("ann", "bob", "eve", "dan"):
            self.say(name, "METADATA * SUB url")
        self.forget()

    def test_of_members_of_a_shared_channel(self) -> None:
        self.assertAnswer("ann", "METADATA * SET url x", "761 ann ann url * x")
        self.assertGot("bob", "761 * ann url * x")
        self.assertGot("eve", "METADATA ann url * x")
        self.assertGot("dan")
        self.say("ann", "METADATA * SET url")
        self.assertGot("bob", "766 * ann url :Key not set")
        self.assertGot("eve", "METADATA ann url *")

    def test_of_channels(self) -> None:
        self.assertAnswer("ann", "METADATA #c SET url x", "761 ann #c url * x")
        self.assertGot("bob", "761 * #c url * x")
        self.assertGot("dan")

    def test_of_whom_one_monitors(self) -> None:
        self.say("dan", "MONITOR + ann")
        self.text("dan")
        self.say("ann", "METADATA * SET url x")
        self.assertGot("dan", "761 * ann url * x")

    def test_invisible_members_are_not_named_to_outsiders(self) -> None:
        self.say("ann", "METADATA * SET url x", "MODE ann +i")
        self.say("bob", "METADATA * SET url y")
        self.assertEqual(self.batch("dan", "METADATA #c SYNC")[1], ["761 dan bob url * y"])
        self.assertEqual(
            self.batch("bob", "METADATA #c SYNC")[1], ["761 bob ann url * x", "761 bob bob url * y"]
        )

    def test_not_of_other_keys_nor_of_what_stays_the_same(self) -> None:
        self.say("ann", "METADATA * SET url x")
        self.forget()
        self.say("ann", "METADATA * SET url x", "METADATA * SET avatar y")
        self.assertGot("bob")

    def test_what_is_cleared(self) -> None:
        self.say("ann", "METADATA * SET url x", "METADATA * SET avatar y")
        self.forget()
        self.say("ann", "METADATA * CLEAR")
        self.assertGot("bob", "766 * ann url :Key not set")

    def test_when_one_enters_a_channel(self) -> None:
        self.say("ann", "METADATA #c SET url x", "METADATA * SET url y", "METADATA * SET avatar z")
        self.forget()
        self.say("dan", "JOIN #c")
        *_, end, opener, first, second, _ = self.messages("dan")
        self.assertEqual(end.command, "366")
        self.assertEqual(opener.params[1:], ("metadata", "#c"))
        self.assertEqual(first.params, ("dan", "#c", "url", "*", "x"))
        self.assertEqual(second.params, ("dan", "ann", "url", "*", "y"))

    def test_when_somebody_who_is_monitored_is_here_or_comes(self) -> None:
        self.say("ann", "METADATA * SET url x")
        self.assertEqual(self.codes_for("dan", "MONITOR + ann"), ["730", "BATCH", "761", "BATCH"])
        self.assertEqual(self.codes_for("dan", "MONITOR S"), ["730", "BATCH", "761", "BATCH"])
        self.say("dan", "MONITOR + zed")
        self.forget()
        self.enter_aloud("zed")
        self.assertEqual(self.codes("dan"), ["730", "BATCH", "BATCH"])

    def test_who_has_just_come_is_told_what_is_known_of_them(self) -> None:
        self.connect("zed")
        self.say("zed", f"CAP REQ :{THIRD}", "NICK zed", "USER zed 0 * :Zed")
        self.text("zed")
        self.say("zed", "METADATA * SET url x", "CAP END")
        codes = self.codes("zed")
        self.assertEqual(codes[-4:], ["BATCH", "761", "BATCH", "422"])

    def test_a_login_brings_what_the_account_says(self) -> None:
        self.say("ann", "METADATA * SET url guest")
        self.world.metadata["=anna"] = {"url": "account"}
        self.forget()
        account = Account("anna", "", "member", "", 0)
        self.world.add_account(account)
        session = self.user("ann").sessions[0]
        self.act("ann", lambda out: login.log_in(self.world, session, account, out))
        self.assertGot("bob", "761 * ann url * account")
        self.assertEqual(set(self.world.metadata), {"=anna"})

    def test_all_users_of_an_account_say_the_same(self) -> None:
        self.log_in("ann", "anna")
        self.enter("ann2", channel="#c")
        self.log_in("ann2", "anna")
        self.forget()
        self.say("ann", "METADATA * SET url x")
        self.assertGot("bob", "761 * ann url * x", "761 * ann2 url * x")

    def test_in_an_auditorium_nothing_is_told_of_who_is_hidden(self) -> None:
        self.say("ann", "MODE #c +u", "METADATA * SET url x")
        self.say("bob", "METADATA * SET url y")
        self.forget()
        self.say("dan", "JOIN #c")
        about = [message.params[1] for message in self.messages("dan") if message.command == "761"]
        self.assertEqual(about, ["ann"])
        self.say("bob", "METADATA * SET url z")
        self.assertGot("dan")

    def codes_for(self, name: str, line: str) -> list[str]:
        """The commands and numbers that answer a line."""
        return [each.split()[0] for each in self.answer(name, line)]

    def enter_aloud(self, name: str) -> None:
        """Somebody comes, and what that causes is not forgotten."""
        self.connect(name)
        self.say(name, f"NICK {name}", f"USER {name} 0 * :{name}")


class Synchronizing(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)
        self.say("ann", "METADATA * SET url x", "METADATA #c SET url y", "METADATA * SET avatar z")
        self.say("bob", "METADATA * SUB url")

    def test_a_channel_stands_for_its_members_too(self) -> None:
        values = ["761 bob #c url * y", "761 bob ann url * x"]
        self.assertEqual(self.batch("bob", "METADATA #c SYNC"), (["metadata", "#c"], values))
        self.assertEqual(self.batch("bob", "METADATA *ALL SYNC"), (["metadata", "*ALL"], values))

    def test_one_person(self) -> None:
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

    def test_who_enters_is_asked_to_ask_later(self) -> None:
        self.assertEqual(self.answer("bob", "JOIN #c")[-1], "774 bob #c 5 :Please synchronize metadata later")

    def test_an_answer_never_overflows_the_queue(self) -> None:
        self.say("bob", "JOIN #c")
        answer = self.answer("bob", "METADATA #c SYNC")
        self.assertIn("WARN METADATA SYNC_CUT #c :There are more values: subscribe to fewer keys", answer)
        self.assertLess(len("".join(answer)), 16384 // 2 + 1000)


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

    def test_they_are_announced(self) -> None:
        self.connect("bob")
        offered = " ".join(self.answer("bob", "CAP LS 302"))
        values = "before-connect,max-subs=2,max-keys=2,max-value-bytes=5"
        self.assertIn(f"draft/metadata-2={values} ", f"{offered} ")
        self.assertIn(f"draft/metadata-3={values},max-key-bytes=64 ", f"{offered} ")

    def test_a_long_value(self) -> None:
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

    def test_too_many_changes_in_a_minute(self) -> None:
        self.say("ann", *["METADATA * SET a 1", "METADATA * SET a"] * 2)
        self.text("ann")
        line = "FAIL METADATA RATE_LIMITED ann a 60 :Too many changes, try again later"
        self.assertAnswer("ann", "METADATA * SET a 1", line)
        self.pass_time(61)
        self.text("ann")
        self.assertAnswer("ann", "METADATA * SET a 1", "761 ann ann a * 1")


class BeforeRegistration(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.connect("ann")

    def test_only_with_the_capability(self) -> None:
        self.assertAnswer("ann", "METADATA * SET url x", "451 * :You have not registered")

    def test_what_is_said_holds_afterwards(self) -> None:
        self.say("ann", f"CAP REQ :{THIRD}")
        self.text("ann")
        self.assertAnswer("ann", "METADATA * SUB url", "770 * url")
        self.assertAnswer("ann", "METADATA * SET url :a b", "761 * * url * :a b")
        self.assertAnswer("ann", "METADATA * SET avatar y", "761 * * avatar * y")
        self.assertAnswer("ann", "METADATA * SET avatar", "766 * * avatar :Key not set")
        self.assertEqual(self.batch("ann", "METADATA * LIST"), (["metadata", "*"], ["761 * * url * :a b"]))
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        self.text("ann")
        self.assertEqual(self.batch("ann", "METADATA * LIST")[1], ["761 ann ann url * :a b"])
        self.assertEqual(self.batch("ann", "METADATA * SUBS")[1], ["772 ann url"])

    def test_only_of_oneself(self) -> None:
        self.say("ann", f"CAP REQ :{THIRD}", "NICK ann")
        for target in ("ann", "bob", "#c", "*ALL"):
            with self.subTest(target):
                (line,) = self.answer("ann", f"METADATA {target} SYNC")
                self.assertTrue(line.startswith(f"FAIL METADATA INVALID_TARGET {target} :"), line)

    def test_it_reaches_the_user_that_a_session_joins(self) -> None:
        self.enter("bob", channel="#c")
        self.log_in("bob")
        self.enter("eve", channel="#c", caps=THIRD)
        self.say("eve", "METADATA * SUB url")
        self.text("eve")
        session = next(each for each in self.world.unregistered if each.link is self.links["ann"])
        session.account = "bob"
        self.say("ann", f"CAP REQ :{THIRD}", "METADATA * SET url x", "NICK bob", "USER b 0 * :B", "CAP END")
        self.assertGot("eve", "761 * bob url * x")


class SecondVersion(MetadataTest):
    """metadata-2 has other words for what is wrong, and METADATA for what was not asked for."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=SECOND)

    def test_the_words(self) -> None:
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

    def test_an_empty_value_is_one(self) -> None:
        self.assertAnswer("ann", "METADATA * SET a :", "761 ann ann a * :")
        self.assertAnswer("ann", "METADATA * SET a", "766 ann ann a :Key not set")

    def test_what_is_cleared_is_told_with_its_values(self) -> None:
        self.say("ann", "METADATA * SET a 1")
        self.assertEqual(self.batch("ann", "METADATA * CLEAR")[1], ["761 ann ann a * 1"])

    def test_nothing_follows_a_subscription_when_nothing_is_known(self) -> None:
        self.assertAnswer("ann", "METADATA * SUB a", "770 ann a")

    def test_values_come_by_the_verb(self) -> None:
        self.say("ann", "METADATA #c SET a 1", "METADATA * SUB a")
        self.assertEqual(self.batch("ann", "METADATA #c SYNC")[1], ["METADATA #c a * 1"])

    def test_who_knows_both_gets_the_newer(self) -> None:
        self.say("ann", "CAP REQ draft/metadata-3")
        self.text("ann")
        self.assertAnswer("ann", "METADATA * SET a", "766 ann ann a :Key not set")


if __name__ == "__main__":
    unittest.main()
