"""Display names: no user is shown like another one.

Source:
    IRCv3 metadata, key display-name
"""

from __future__ import annotations

from chatapp.protocol import display_names
from tests.server.base import ServerTest

CAPS = "draft/metadata-3 batch"
SET = "METADATA * SET display-name"
TAKEN = "FAIL METADATA NAME_IN_USE {} display-name :Another user has this name, or one that looks like it"
SHOWN = "Another user is shown under this name, or one that looks like it"


class DisplayNames(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=CAPS)

    def shown(self, name: str, line: str) -> str:
        """Let a client set its display name, and return the one in the answer."""
        self.say(name, f"{SET} :{line}")
        (message,) = self.messages(name)
        self.assertEqual(message.command, "761", str(message))
        return message.params[-1]


class Texts(DisplayNames):
    def test_a_name_is_cleaned(self) -> None:
        self.assertEqual(self.shown("ann", "  Ann  \u202eof the\x02 North "), "Ann of the North")
        self.assertEqual(
            self.world.metadata[self.user("ann").identity][display_names.KEY], "Ann of the North"
        )

    def test_members_are_told_the_clean_name(self) -> None:
        self.say("bob", "METADATA * SUB display-name")
        self.text("bob")
        self.say("ann", f"{SET} :Ann  N.")
        self.assertGot("bob", "761 * ann display-name * :Ann N.")

    def test_invalid_names_are_refused(self) -> None:
        for name, reason in (
            ("\u200b", "A name needs a character that can be seen"),
            ("x" * 65, "A name can have at most 64 characters"),
        ):
            with self.subTest(reason):
                expected = f"FAIL METADATA INVALID_VALUE display-name :{reason}"
                self.assertAnswer("ann", f"{SET} :{name}", expected)

    def test_in_version_2_too(self) -> None:
        self.enter("eve", caps="draft/metadata-2 batch")
        expected = "FAIL METADATA VALUE_INVALID :A name needs a character that can be seen"
        self.assertAnswer("eve", f"{SET} :\u200b", expected)

    def test_64_characters_of_four_bytes_fit(self) -> None:
        self.assertEqual(self.shown("ann", "𝄞" * 64), "𝄞" * 64)

    def test_the_display_name_of_a_channel_is_any_text(self) -> None:
        self.assertAnswer("ann", "METADATA #c SET display-name bob", "761 ann #c display-name * bob")
        self.say("ann", "METADATA #c SET display-name")
        self.assertEqual(self.world.metadata, {})


class Imitations(DisplayNames):
    def test_names_of_others_are_refused(self) -> None:
        self.make_account("Zoe")
        self.say("bob", f"{SET} :Robert Miller")
        for name in ("bob", "B0B", "Вob", "b o b", "Zoe", "ｚｏｅ", "robert_miller", "NickServ"):
            with self.subTest(name):
                self.assertAnswer("ann", f"{SET} :{name}", TAKEN.format("ann"))

    def test_ones_own_nick_account_and_name_are_allowed(self) -> None:
        self.log_in("ann", "Annie")
        for name in ("Ann", "ANN", "Annie", "annie"):
            with self.subTest(name):
                self.assertEqual(self.shown("ann", name), name)

    def test_two_sessions_of_an_account_share_the_name(self) -> None:
        self.enter_as("Dan", "pc", "phone", caps=CAPS)
        self.assertEqual(self.shown("pc", "Daniel B."), "Daniel B.")
        self.text("phone")
        self.assertEqual(self.shown("phone", "Daniel b"), "Daniel b")

    def test_a_nick_like_the_name_of_somebody_is_refused(self) -> None:
        self.say("bob", f"{SET} :Robert")
        self.assertAnswer("ann", "NICK R0bert", f"433 ann R0bert :{SHOWN}")
        self.assertAnswer("bob", "NICK robert", ":bob NICK robert")

    def test_also_at_connect(self) -> None:
        self.say("bob", f"{SET} :Robert")
        self.connect("eve")
        self.say("eve", "NICK Robert", "USER eve 0 * :Eve")
        self.assertGot("eve", f"433 * Robert :{SHOWN}")
        self.say("eve", "NICK eve")
        self.assertIn("001", self.codes("eve"))

    def test_a_guest_nick_is_never_the_name_of_somebody(self) -> None:
        self.make_account("Zed")
        guest = self.user("ann")
        self.say("bob", f"{SET} :guest {guest.id % 10_000}")
        self.world.rename_user(guest, "Zed")
        self.enter_as("Zed")
        self.assertEqual(guest.nick, f"Guest{guest.id % 10_000 + 1}")

    def test_an_account_like_the_name_of_somebody_is_refused(self) -> None:
        self.say("bob", f"{SET} :Robert")
        self.enter("eve")
        self.links["eve"].is_secure = True
        expected = "FAIL REGISTER BAD_ACCOUNT_NAME Robert :Another user is shown under this name"
        self.assertAnswer("eve", "REGISTER Robert * sesame", expected)

    def test_a_name_from_before_registration_is_checked_after_it(self) -> None:
        self.connect("eve")
        self.say(
            "eve", f"CAP REQ :{CAPS}", f"{SET} :Bob", "METADATA * SET url x", "NICK eve", "USER e 0 * :E"
        )
        self.text("eve")
        self.say("eve", "CAP END")
        self.assertIn(TAKEN.format("eve"), self.got("eve"))
        self.assertEqual(self.world.metadata[self.user("eve").identity], {"url": "x"})


class Freed(DisplayNames):
    def test_when_a_guest_leaves(self) -> None:
        self.say("bob", f"{SET} :Robert")
        self.hang_up("bob")
        self.forget()
        for name in ("Robert", "bob"):
            self.assertEqual(self.shown("ann", name), name)

    def test_when_it_is_removed_or_replaced(self) -> None:
        for line in (f"{SET} Bert", f"{SET}", "METADATA * CLEAR"):
            with self.subTest(line):
                self.say("bob", f"{SET} :Robert", line)
                self.assertEqual(self.shown("ann", "Robert"), "Robert")
                self.say("ann", SET)
                self.forget()

    def test_when_a_guest_logs_in_to_an_account_with_a_name(self) -> None:
        self.enter_as("Zed", caps=CAPS)
        self.say("Zed", f"{SET} :Zacharias")
        self.hang_up("Zed")
        self.say("bob", f"{SET} :Robert")
        self.authenticate("bob", "Zed")
        self.text("ann")
        self.assertEqual(self.shown("ann", "Robert"), "Robert")
        self.assertAnswer("ann", f"{SET} :Zacharias", TAKEN.format("ann"))

    def test_a_nick_is_free_after_a_change(self) -> None:
        self.say("bob", "NICK zed")
        self.text("ann")
        self.assertEqual(self.shown("ann", "Bob"), "Bob")


class Stored(DisplayNames):
    def test_a_guest_who_logs_in_stays_shown_under_the_same_name(self) -> None:
        self.say("bob", f"{SET} :Robert Miller")
        self.make_account("Zed")
        self.authenticate("bob", "Zed")
        self.assertAnswer("ann", f"{SET} :Robert Miller", TAKEN.format("ann"))
        self.restart()
        self.enter("ann", caps=CAPS)
        answer = self.answer("ann", "METADATA Zed GET display-name")
        self.assertIn("761 ann Zed display-name * :Robert Miller", answer)

    def test_the_name_of_an_account_survives_a_restart(self) -> None:
        self.enter_as("Dan", caps=CAPS)
        self.say("Dan", f"{SET} :Daniel B.")
        self.restart()
        self.enter("ann", caps=CAPS)
        self.assertAnswer("ann", f"{SET} :Daniel B", TAKEN.format("ann"))
        self.enter_as("Dan", caps=CAPS)
        self.assertEqual(self.shown("Dan", "Daniel B"), "Daniel B")

    def test_the_name_of_an_account_can_be_read_while_it_is_away(self) -> None:
        self.CONFIG = "[accounts]\nalways_on = false"
        self.replace()
        self.enter("ann", caps="draft/metadata-3")
        self.enter_as("Dan", caps=CAPS)
        self.say("Dan", f"{SET} :Daniel B.")
        self.hang_up("Dan")
        self.assertNotIn("dan", self.world.users)
        self.assertAnswer("ann", "METADATA DAN GET display-name", "761 ann Dan display-name * :Daniel B.")
        for line in ("METADATA Dan SET display-name x", "METADATA Dan CLEAR"):
            (refusal,) = self.answer("ann", line)
            self.assertTrue(refusal.startswith("FAIL METADATA KEY_NO_PERMISSION Dan"), refusal)
        (refusal,) = self.answer("ann", "METADATA Dan SUB url")
        self.assertTrue(refusal.startswith("FAIL METADATA INVALID_TARGET Dan"), refusal)
