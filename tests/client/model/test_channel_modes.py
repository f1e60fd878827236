"""Modes of channels, ranks, and the permissions that they give."""

from __future__ import annotations

from chatapp.client.model.changes import ConversationChanged
from chatapp.client.model.event_texts import sentence
from chatapp.protocol.modes import OPERATOR, chanmodes, prefix
from tests.client.base import ClientTest

RICH = "PREFIX=(qaohv)~&@%+ CHANTYPES=# CHANMODES=beI,k,fl,imnt"


class Modes(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def line(self) -> tuple[str, str, str, str]:
        """Return the last entry: kind, nick, about, text."""
        entry = self.general.entries[-1]
        return entry.kind, entry.nick, entry.about, entry.text

    def may_set_topic(self) -> bool:
        return self.client.network.may_set_topic(self.general)

    def test_ranks_are_added_and_removed_in_order(self) -> None:
        for line, ranks in (
            ("+v chen", "+"),
            ("+o chen", "@+"),
            ("-v+b chen x!*@*", "@"),
            ("+l-o+k 5 chen secret", ""),
            ("+kv secret CHEN", "+"),
            ("-lv chen", ""),
            ("+o", ""),
        ):
            with self.subTest(line):
                self.receive(f":ben!b@h MODE #general {line}")
                self.assertEqual(ranks, self.general.members["chen"].ranks)
                self.assertEqual(("mode", "ben", "#general", line), self.line())

    def shown(self, line: str) -> str:
        """Return the sentence for a change of modes."""
        self.receive(f":ben!b@h MODE #general {line}")
        return sentence(self.general.entries[-1])

    def test_modes_of_our_own_server_have_sentences(self) -> None:
        self.receive(f":srv 005 ana PREFIX={prefix()} CHANMODES={chanmodes()} :are supported")
        self.assertEqual("ben hid members without a rank from each other", self.shown("+u"))
        self.assertEqual("ben made chen an owner", self.shown("+q chen"))

    def test_ranks_that_the_server_restores_are_no_news(self) -> None:
        before = list(self.general.entries)
        self.receive(":chat.example MODE #general +o chen")
        self.assertEqual(("@", before), (self.general.members["chen"].ranks, self.general.entries))
        self.receive(":chat.example MODE #general -o chen", ":chat.example MODE #general +m")
        self.assertEqual(len(before) + 2, len(self.general.entries))

    def test_a_mute_says_why(self) -> None:
        self.receive(f":srv 005 ana PREFIX={prefix()} CHANMODES={chanmodes()} :are supported")
        self.receive("@chatapp/reason=Too\\sloud :ben!b@h MODE #general +b ~m:chen!*@*")
        self.assertEqual("ben muted chen (Too loud)", sentence(self.general.entries[-1]))
        self.assertEqual("Too loud", self.general.bans["~m:chen!*@*"].reason)

    def test_on_another_server_only_the_common_modes_have_sentences(self) -> None:
        self.receive(":srv 005 ana PREFIX=(ov)@+ CHANMODES=beIq,k,flj,imntuz :are supported")
        for line, expected in (
            ("+i", "ben made the channel invite-only"),
            ("+ov chen chen", "ben made chen an operator and gave voice to chen"),
            ("+u", "ben set the mode +u"),  # means unfiltered there
            ("+q x!*@*", "ben set the mode +q x!*@*"),  # means a list of muted masks there
            ("+iu", "ben set the mode +iu"),
        ):
            with self.subTest(line):
                self.assertEqual(expected, self.shown(line))

    def test_a_rank_that_only_this_server_has_is_named_by_its_prefix(self) -> None:
        self.receive(
            ":srv 005 ana PREFIX=(yqaohv)!~&@%+ CHANMODES=IXbegw,k,FHJLdfjl,ABCDKMNOPQRSTcimnprstuz"
            " :are supported"
        )
        for line, text in (
            ("+y chen", "ben gave chen the rank !"),
            ("-y chen", "ben took the rank ! from chen"),
            ("+yo chen chen", "ben gave chen the rank ! and made chen an operator"),
            ("+q chen", "ben made chen an owner"),
            ("+y", "ben set the mode +y"),
        ):
            with self.subTest(line):
                self.assertEqual(self.shown(line), text)
        self.receive(":ben!b@h MODE #general +yq chen chen")
        self.assertEqual(self.general.members["chen"].ranks, "!~@")

    def test_a_ban_that_ends_by_itself_is_over(self) -> None:
        for line, text in (
            ("-b ~m:chen!*@*", "The mute of chen is over"),
            ("-b chen!*@*", "The ban of chen is over"),
            ("-bb a!*@* c!*@*", "chat.example lifted the ban on a!*@* and lifted the ban on c!*@*"),
        ):
            with self.subTest(line):
                self.receive(f":chat.example MODE #general {line}")
                self.assertEqual(sentence(self.general.entries[-1]), text)

    def test_changes_of_our_own_user_modes_are_not_shown(self) -> None:
        self.assertEqual([], self.receive(":ana MODE ana +i"))

    def test_the_modes_of_a_channel_are_requested_when_it_is_first_shown(self) -> None:
        other = self.enter("#help")
        self.assertNotIn("MODE #help", self.sent())
        self.client.open(other)
        self.assertEqual(["MODE #help"], self.sent())
        self.receive(":srv 324 ana #help +klnt secret 5")
        self.assertEqual(frozenset("klnt"), other.modes)
        self.client.open(self.general)
        self.client.open(other)
        self.assertEqual([], self.sent())

    def rejoins(self) -> str:
        """Return the JOIN that is sent after a lost connection."""
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.welcome()
        found = next(line for line in self.sent() if line.startswith("JOIN"))
        self.enter()
        return found

    def test_a_key_that_is_set_later_is_used_after_a_lost_connection(self) -> None:
        for modes, line in (
            ("+k secret", "JOIN #general secret"),
            ("+lk 5 other", "JOIN #general other"),
            ("-k+k other newer", "JOIN #general newer"),
            ("+ov-k chen chen newer", "JOIN #general"),
            ("+k *", "JOIN #general"),  # hidden, as on some servers
            ("+kl last 9", "JOIN #general last"),
            ("-l", "JOIN #general last"),
            ("-k *", "JOIN #general"),
        ):
            with self.subTest(modes):
                self.receive(f":ben!b@h MODE #general {modes}")
                self.assertEqual(line, self.rejoins())

    def test_a_ban_of_one_person_names_the_person_and_hides_the_host(self) -> None:
        self.receive(":tom!t@far.example JOIN #general", ":srv METADATA tom display-name * :Tom Hale")
        for modes, expected in (
            ("+b *!*@far.example", "ben banned Tom Hale"),
            ("+b tom!*@*", "ben banned Tom Hale"),
            ("-b *!*@far.example", "ben lifted the ban on Tom Hale"),
            ("+b *!*@elsewhere", "ben banned *!*@elsewhere"),
        ):
            with self.subTest(modes):
                self.receive(f":ben!b@h MODE #general {modes}")
                shown = sentence(self.general.entries[-1], self.client.network.display_name)
                self.assertEqual(shown, expected)

    def test_a_key_sent_by_the_server_is_stored(self) -> None:
        for modes, line in (
            ("+klnt secret 5", "JOIN #general secret"),
            ("+knt *", "JOIN #general secret"),
            ("+nt", "JOIN #general"),
        ):
            with self.subTest(modes):
                self.receive(f":srv 324 ana #general {modes}")
                self.assertEqual(line, self.rejoins())

    def test_the_key_of_a_join_is_stored_unless_it_was_refused(self) -> None:
        for typed, refused, line in (
            ("/join #help secret", False, "JOIN #help,#general secret"),
            ("/quote JOIN #a,#help ka,kb", False, "JOIN #help,#general kb"),
            ("/quote JOIN #help wrong", True, "JOIN #general,#help"),
        ):
            with self.subTest(typed):
                self.client.run(self.general, typed)
                if refused:
                    self.receive(":srv 475 ana #help :Cannot join channel (+k)")
                other = self.enter("#help")
                self.assertEqual(line, self.rejoins())
                self.client.network.remove(other)

    def test_modes_are_requested_again_after_a_reconnect(self) -> None:
        self.lose_connection()
        self.assertIsNone(self.general.modes)
        self.pass_time(5)
        self.link_up()
        self.welcome()
        self.enter()
        self.assertIn("MODE #general", self.sent())

    def test_modes_are_tracked_without_lists_and_ranks(self) -> None:
        for line, modes in (
            ("+m-t", "mn"),
            ("+b x!*@*", "mn"),
            ("+kl-m secret 5", "kln"),
            ("-k+o * chen", "ln"),
            ("-l+t", "nt"),
        ):
            with self.subTest(line):
                self.receive(f":ben!b@h MODE #general {line}")
                self.assertEqual(frozenset(modes), self.general.modes)
                self.assert_changed(ConversationChanged)

    def test_modes_requested_by_the_user_are_shown(self) -> None:
        self.receive(":srv 324 ana #general +lnt 5")
        self.assertEqual(("system", "", "", "Channel modes: +lnt 5"), self.line())

    def test_modes_of_an_unknown_channel_are_ignored(self) -> None:
        self.assertEqual([], self.receive(":srv 324 ana #elsewhere +nt"))

    def test_the_time_when_a_channel_was_made_is_stored(self) -> None:
        self.receive(":srv 329 ana #general 1700000000")
        self.assertEqual(self.general.made_at, 1_700_000_000)
        self.assert_changed(ConversationChanged)
        for line in (":srv 329 ana #general soon", ":srv 329 ana #elsewhere 5"):
            self.assertEqual([], self.receive(line))

    def test_every_member_may_set_the_topic_where_the_channel_allows_it(self) -> None:
        self.assertFalse(self.may_set_topic())
        self.receive(":ben!b@h MODE #general -t")
        self.assertTrue(self.may_set_topic())
        self.receive(":ben!b@h KICK #general ana")
        self.assertFalse(self.may_set_topic())

    def test_otherwise_the_topic_needs_a_rank(self) -> None:
        for line, may in (("+v ana", False), ("+o ana", True), ("-o ana", False)):
            with self.subTest(line):
                self.receive(f":ben!b@h MODE #general {line}")
                self.assertEqual(may, self.may_set_topic())

    def test_half_operator_is_enough_where_it_exists(self) -> None:
        self.receive(f":srv 005 ana {RICH} :are supported")
        for line, topic, ranks in (
            ("+h ana", True, False),
            ("+a-h ana ana", True, True),
            ("-a+o ana ana", True, True),
            ("-o ana", False, False),
        ):
            with self.subTest(line):
                self.receive(f":ben!b@h MODE #general {line}")
                network = self.client.network
                self.assertEqual((topic, ranks), (self.may_set_topic(), network.may(self.general, OPERATOR)))

    def test_without_ranks_on_the_server_no_member_has_one(self) -> None:
        self.receive(":srv 005 ana PREFIX= :are supported")
        self.assertFalse(self.client.network.may(self.general, OPERATOR))

    def test_the_user_modes_at_the_welcome_make_a_server_operator(self) -> None:
        self.receive(":srv 221 ana +i")
        self.assertFalse(self.client.network.is_server_operator)
        self.receive(":srv 221 ana +io")
        self.assertTrue(self.client.network.is_server_operator)

    def test_a_server_operator_has_all_permissions(self) -> None:
        self.receive(":srv MODE ana +ow")
        self.assert_changed(ConversationChanged)
        self.assertTrue(self.may_set_topic())
        self.assertTrue(self.client.network.may(self.general, OPERATOR))
        self.receive(":srv MODE ana -o")
        self.assertFalse(self.may_set_topic())
