"""Members of channels who join, leave and change."""

from __future__ import annotations

from chatapp.client.model.changes import (
    ConversationChanged,
    ConversationsChanged,
    MembersChanged,
    StatusChanged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.event_texts import sentence
from chatapp.languages import translation
from tests.client.base import ClientTest


class People(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def nicks(self, conversation: Conversation | None = None) -> dict[str, str]:
        """Return the members with their ranks."""
        members = (conversation or self.general).members.values()
        return {member.nick: member.ranks for member in members}

    def last_entry(self) -> tuple[str, str, str, str]:
        """Return the last entry: kind, nick, about, text."""
        entry = self.general.entries[-1]
        return entry.kind, entry.nick, entry.about, entry.text


class JoiningAndLeaving(People):
    def test_a_names_reply_replaces_the_members(self) -> None:
        self.assertEqual({"ana": "", "ben": "@", "chen": ""}, self.nicks())
        self.receive(":srv 353 ana = #general :@+ben!b@h dee", ":srv 366 ana #general :End")
        self.assertEqual({"ben": "@+", "dee": ""}, self.nicks())
        self.assertEqual("h", self.general.members["ben"].person.host)
        self.assertNotIn("chen", self.client.network.people)

    def test_a_join_adds_an_entry_and_a_member(self) -> None:
        self.receive(":dee!d@host JOIN #general DeeAccount :Dee")
        self.assertEqual(("join", "dee", "", ""), self.last_entry())
        self.assertEqual("DeeAccount", self.general.members["dee"].account)
        self.assert_changed(MembersChanged)

    def test_our_own_join_opens_the_channel_and_shows_the_first_one(self) -> None:
        help_channel = self.enter("#help")
        self.assertTrue(help_channel.joined)
        self.assertIs(self.general, self.client.network.current)
        self.assertEqual("ana!ana@home.example", self.client.network.source)

    def test_a_topic_removed_while_we_were_away_is_not_shown_after_a_rejoin(self) -> None:
        self.receive(":srv 332 ana #general :Old")
        self.assertEqual("Old", self.general.topic)
        self.receive(":ana!ana@home.example JOIN #general", ":srv 366 ana #general :End")
        self.assertEqual("", self.general.topic)

    def test_a_join_in_another_channel_changes_nothing(self) -> None:
        self.receive(":dee!d@h JOIN #elsewhere", ":dee!d@h PART #elsewhere", ":srv 332 ana #elsewhere :x")
        self.assertIsNone(self.client.network.find("#elsewhere"))

    def test_a_part_is_shown_with_its_reason(self) -> None:
        self.receive(":ben!b@h PART #general :bye")
        self.assertEqual(("part", "ben", "", "bye"), self.last_entry())
        self.assertNotIn("ben", self.nicks())
        self.assertEqual("unknown", self.client.network.presence("ben"))

    def test_our_own_part_closes_the_conversation_and_shows_another(self) -> None:
        self.enter("#help")
        self.receive(":ana!ana@home.example PART #general")
        self.assertIsNone(self.client.network.find("#general"))
        self.assert_changed(ConversationsChanged)
        self.assertEqual("#help", getattr(self.client.network.current, "name", None))

    def test_a_quit_is_shown_in_every_shared_conversation(self) -> None:
        self.enter("#help", others="ben")
        self.enter("#random", others="chen")
        self.receive(":ben!b@h PRIVMSG ana :psst", ":ben!b@h QUIT :gone")
        for name, kind in {"#general": "quit", "#help": "quit", "ben": "quit", "#random": "join"}.items():
            with self.subTest(name):
                self.assertEqual(kind, self.conversation(name).entries[-1].kind)
        self.assertNotIn("ben", self.client.network.people)

    def test_a_kick_shows_kicker_target_and_reason(self) -> None:
        self.receive(":ben!b@h KICK #general chen :enough")
        self.assertEqual(("kick", "ben", "chen", "enough"), self.last_entry())
        self.assertNotIn("chen", self.nicks())

    def test_the_name_of_the_kicker_is_no_reason(self) -> None:
        """Servers write it where KICK has none."""
        self.receive(":ben!b@h KICK #general chen :ben")
        self.assertEqual(("kick", "ben", "chen", ""), self.last_entry())

    def test_our_own_kick_is_marked(self) -> None:
        self.receive(":ben!b@h KICK #general chen :enough", ":ben!b@h KICK #general ana :enough")
        marks = [each.mention for each in self.general.entries if each.kind == "kick"]
        self.assertEqual(marks, [False, True])

    def test_after_a_kick_the_conversation_stays_readable(self) -> None:
        self.receive(":ben!b@h KICK #general ana :enough")
        self.assertFalse(self.general.joined)
        self.assertEqual({}, self.nicks())
        self.assertIs(self.general, self.client.network.find("#general"))
        self.assertEqual("You are not in #general.", self.client.run(self.general, "hello"))


class Changing(People):
    def test_a_new_nick_is_shown_everywhere(self) -> None:
        self.receive(":ben!b@h PRIVMSG ana :psst")
        direct = self.conversation("ben")
        self.receive(":ben!b@h NICK Benny")
        self.assertEqual({"ana": "", "Benny": "@", "chen": ""}, self.nicks())
        self.assertEqual(("nick", "ben", "Benny", ""), self.last_entry())
        self.assertIs(direct, self.client.network.find("benny"))
        self.assertEqual("Benny", direct.title)

    def test_a_nick_in_another_letter_case_is_the_same_member(self) -> None:
        self.receive(":ben!b@h NICK BEN")
        self.assertEqual({"ana": "", "BEN": "@", "chen": ""}, self.nicks())

    def call(self, nick: str, name: str) -> None:
        """Give a person a display name."""
        self.receive(f":srv METADATA {nick} display-name * :{name}")

    def last_sentence(self) -> str:
        return sentence(self.general.entries[-1], self.client.network.display_name)

    def test_a_new_nick_with_a_new_display_name_says_the_display_names(self) -> None:
        self.call("ben", "Ben Okafor")
        self.pass_time(60)
        self.call("ben", "Béatrice Núñez")
        self.receive(":ben!b@h NICK Beatrice_Nunez")
        self.assertEqual("Ben Okafor is now called Béatrice Núñez", self.last_sentence())
        self.assertEqual("Ben Okafor", self.client.network.display_name("ben"))

    def test_a_new_nick_alone_is_not_shown_if_the_display_name_stays(self) -> None:
        self.call("ben", "Ben Okafor")
        self.pass_time(60)
        before = len(self.general.entries)
        self.receive(":ben!b@h NICK ben2")
        self.assertEqual(before, len(self.general.entries))
        self.assertEqual("Ben Okafor", self.client.network.display_name("ben"))
        self.assertEqual("Ben Okafor", self.client.network.display_name("ben2"))

    def test_our_own_new_nick_alone_is_a_note(self) -> None:
        self.call("ana", "Ana Ruiz")
        self.pass_time(60)
        self.receive(":ana!ana@home.example NICK ana2")
        self.assertEqual("Your nick is now ana2.", self.general.entries[-1].text)
        self.assertEqual("Ana Ruiz", self.client.network.display_name("ana"))

    def test_our_own_new_name_is_shown_as_it_is_written(self) -> None:
        self.call("ana", "Tomas Hale Sorensen")
        self.receive(":ana!ana@home.example NICK Tomas_Hale_Sorensen")
        self.assertEqual("You are now called Tomas Hale Sorensen", self.last_sentence())

    def test_two_direct_conversations_are_not_merged(self) -> None:
        self.receive(
            ":ben!b@h PRIVMSG ana :one", ":chen!c@h PRIVMSG ana :two", ":chen!c@h QUIT", ":ben!b@h NICK chen"
        )
        self.assertEqual(["one"], self.texts(self.conversation("ben")))
        self.assertEqual(["two"], self.texts(self.conversation("chen")))

    def test_our_own_new_nick_is_used(self) -> None:
        self.receive(":ana!ana@home.example NICK anna")
        self.assertEqual("anna", self.client.network.nick)
        self.assert_changed(StatusChanged)
        self.assertTrue(self.general.entries[-1].own)
        self.receive(":ben!b@h PRIVMSG #general :anna?")
        self.assertTrue(self.general.entries[-1].mention)

    def test_a_topic_is_known_or_newly_set(self) -> None:
        self.receive(":srv 332 ana #general :Welcome")
        self.assertEqual("Welcome", self.general.topic)
        self.assertNotEqual("topic", self.last_entry()[0])
        self.receive(":ben!b@h TOPIC #general :Exam on Friday")
        self.assertEqual("Exam on Friday", self.general.topic)
        self.assertEqual(("topic", "ben", "", "Exam on Friday"), self.last_entry())
        self.assert_changed(ConversationChanged)


class Invitations(People):
    def test_an_invitation_is_shown_once(self) -> None:
        self.receive(":ben!b@h INVITE ana #exam")
        self.assertEqual("ben invited you to #exam. To join: /join #exam", self.general.entries[-1].text)
        self.receive(":srv 341 ana dee #general", ":ana!a@h INVITE dee #general")
        texts = [entry.text for entry in self.general.entries if entry.kind == "system"]
        self.assertEqual(1, texts.count("You invited dee to #general."))

    def test_notes_are_said_again_in_another_language(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        self.receive(
            ":srv 341 ana dee #general", ":dee!d@h RENAME #general #start :shorter", ":ana!a@h NICK ann"
        )
        self.receive(":srv 306 ann :away", ":srv 305 ann :back")
        notes = [entry for entry in self.general.entries if entry.kind == "system"]
        before = [entry.text for entry in notes]
        translation.use("de")
        self.client.translate_notes()
        for entry, text in zip(notes, before, strict=True):
            self.assertNotEqual(text, entry.text)
        self.assertIn("Du hast dee", notes[0].text)
        translation.use("en")
        self.client.translate_notes()
        self.assertEqual(before, [entry.text for entry in notes])

    def test_an_invitation_to_a_channel_that_removed_us_needs_no_command(self) -> None:
        self.receive(":ben!b@h MODE #general +b *!*@home.example", ":ben!b@h KICK #general ana :spam")
        removal = self.general.removal
        assert removal is not None
        self.assertEqual(("ben banned you", False), (removal.text, removal.is_invited))
        self.receive(":ben!b@h INVITE ana #general")
        removal = self.general.removal
        assert removal is not None
        self.assertEqual(("ben invited you to come back", True), (removal.text, removal.is_invited))
        self.assertEqual("ben invited you to #general.", self.general.entries[-1].text)
