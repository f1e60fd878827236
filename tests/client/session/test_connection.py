"""Getting connected, losing it, and coming back."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.login import Login, invited
from chatapp.client.model.changes import (
    ConnectFailed,
    ConversationOpened,
    ConversationsChanged,
    MembersChanged,
    StatusChanged,
)
from chatapp.client.session.connection import retry_delay
from chatapp.client.transport import link
from chatapp.client.transport.certificates import CertificateProblem, ServerTarget
from chatapp.protocol.invite_links import Invite
from tests.client.base import NOON, ClientTest


class RetryDelay(unittest.TestCase):
    def test_the_delay_doubles_from_a_second_to_a_minute(self) -> None:
        delays = [retry_delay(retries, 0.0) for retries in range(8)]
        self.assertEqual([1, 2, 4, 8, 16, 32, 60, 60], delays)
        self.assertEqual(60.0, retry_delay(10_000, 0.0))

    def test_chance_takes_up_to_a_half_of_it(self) -> None:
        self.assertEqual(0.5, retry_delay(0, 1.0))
        self.assertEqual(45.0, retry_delay(9, 0.5))


class First(ClientTest):
    def test_it_goes_from_offline_over_connecting_and_registering_to_online(self) -> None:
        network = self.client.network
        self.assertEqual("offline", network.state)
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual(("connecting", "ana", "chat.example"), (network.state, network.nick, network.name))
        self.assertEqual(ServerTarget("chat.example", 5000), self.link.target)
        self.linked()
        self.assertEqual("registering", network.state)
        self.assertEqual(["CAP LS 302", "NICK ana", "USER ana 0 * ana"], self.sent())
        self.welcome()
        self.assertEqual(("online", "ana", "Room"), (network.state, network.nick, network.name))

    def test_what_is_wrong_with_a_login_is_said_before_anybody_is_asked(self) -> None:
        for login, kind in (
            (Login("h", 5000, " "), "name"),
            (Login("h", 5000, "Ben Okafor"), "name"),
            (Login(" ", 5000, "ana"), "host"),
            (Login("h", 0, "ana"), "port"),
            (Login("h", 65536, "ana"), "port"),
        ):
            with self.subTest(login):
                self.client.connect(login)
                self.changes = self.client.poll()
                self.assert_failed(kind)
                self.assertEqual([], self.links)
        self.client.connect(Login("h", 5000, "Ben Okafor"))
        self.changes = self.client.poll()
        self.assertEqual("Ben_Okafor", self.assert_failed("name").suggestion)

    def test_where_nothing_answers_it_fails_for_good(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.assertEqual("nothing answers", self.assert_failed("refused").words)
        self.assertEqual("offline", self.client.network.state)
        self.passes(300)
        self.assertEqual(1, len(self.links))

    def test_a_taken_name_is_told_with_another_to_try(self) -> None:
        self.connect()
        self.hears(":srv 433 * ana :in use")
        self.assertEqual("ana_2", self.assert_failed("name-taken").suggestion)
        self.assertTrue(self.link.closed)

    def test_each_refusal_is_told_by_its_kind(self) -> None:
        for line, kind, words in (
            (":srv 432 * a.b :Bad letters", "name", "A name cannot contain “.”"),
            (":srv 464 ana :Password incorrect", "server-password", "password"),
            (":srv 465 ana :You are banned", "closed", "banned"),
        ):
            with self.subTest(line):
                self.connect()
                self.hears(line)
                self.assertIn(words, self.assert_failed(kind).words)

    def test_a_farewell_before_the_welcome_is_told(self) -> None:
        self.connect()
        self.hears("ERROR :Too many connections")
        self.loses()
        self.assertIn("Too many connections", self.assert_failed("closed").words)

    def test_what_hangs_up_without_a_word_is_no_chat_server(self) -> None:
        self.connect()
        self.loses()
        self.assertIn("port 5000 of chat.example is no chat server", self.assert_failed("not-chat").words)

    def test_what_is_silent_or_talks_otherwise_is_no_chat_server(self) -> None:
        for line in ("", "HTTP/1.1 403 Forbidden", "220 mail.example ESMTP"):
            with self.subTest(line):
                self.connect()
                self.passes(14)
                self.hears(*[line] if line else [])
                self.passes(2)
                self.assert_failed("not-chat")
                self.assertTrue(self.link.closed)

    def test_a_chat_server_that_takes_its_time_is_waited_for(self) -> None:
        self.connect()
        for _ in range(5):
            self.passes(10)
            self.hears("NOTICE * :*** still looking up your host")
        self.assertEqual("registering", self.client.network.state)
        self.passes(11)
        self.assert_failed("not-chat")

    def test_cancelling_ends_it_and_late_words_are_not_heard(self) -> None:
        self.connect()
        self.client.cancel()
        self.assertTrue(self.link.closed)
        self.hears(":srv 001 ana :Welcome")
        self.assertEqual("offline", self.client.network.state)

    def test_the_channels_of_the_login_are_joined(self) -> None:
        self.connect(Login("h", 5000, "ana", channels=("#help", "#random")))
        self.welcome()
        self.assertEqual(["JOIN #help,#random"], [line for line in self.sent() if "JOIN" in line])

    def test_the_first_channel_is_shown_and_later_ones_when_asked_for(self) -> None:
        general = self.online()
        self.assertIs(general, self.client.network.current)
        self.enter("#pushed")
        self.assertIs(general, self.client.network.current)
        self.client.run(general, "/join help")
        self.assertEqual(["JOIN #help"], [line for line in self.sent() if "JOIN" in line])
        self.enter("#help")
        self.assertEqual("#help", self.assert_changed(ConversationOpened).conversation.name)

    def test_another_server_is_another_network(self) -> None:
        self.online()
        self.client.network.ignored.add("zoe")
        self.client.connect(Login("other.example", 5000, "ana"))
        self.assertTrue(self.links[0].closed)
        self.assertEqual({}, self.client.network.conversations)
        self.assertEqual({"zoe"}, self.client.network.ignored)
        self.assert_changed(ConversationsChanged, self.client.poll())


class Losing(ClientTest):
    def test_it_is_tried_again_after_longer_and_longer_waits(self) -> None:
        self.online()
        self.loses("Connection reset by peer")
        network = self.client.network
        self.assertEqual(("waiting", NOON + 1), (network.state, network.retry_at))
        self.assertEqual("The connection broke: Connection reset by peer.", network.problem)
        for wait in (1, 2, 4, 8, 16, 32, 60, 60):
            with self.subTest(wait):
                count = len(self.links)
                self.passes(wait - 0.5)
                self.assertEqual(count, len(self.links))
                self.passes(0.6)
                self.assertEqual(count + 1, len(self.links))
                self.assertEqual(("connecting", None), (network.state, network.retry_at))
                self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.assertEqual("nothing answers", network.problem)

    def test_now_means_now(self) -> None:
        self.online()
        self.loses()
        self.client.reconnect_now()
        self.passes(0)
        self.assertEqual(2, len(self.links))

    def test_once_we_are_in_the_next_wait_is_short_again(self) -> None:
        self.online()
        for _ in range(3):
            self.loses()
            self.assertEqual(self.now + 1, self.client.network.retry_at)
            self.passes(1)
            self.linked()
            self.welcome()

    def test_the_channels_we_were_in_are_joined_again_with_their_keys(self) -> None:
        general = self.online()
        self.client.run(general, "/join #secret hush")
        self.enter("#secret")
        self.enter("#kicked")
        self.hears(":ben!b@h KICK #kicked ana")
        self.loses()
        self.assertFalse(general.joined)
        self.passes(1)
        self.linked()
        self.welcome()
        self.assertEqual(["JOIN #secret,#general hush"], [line for line in self.sent() if "JOIN" in line])
        lines = len(general.entries)
        self.enter("#general")
        self.assertTrue(general.joined)
        self.assertEqual(lines, len(general.entries))

    def test_channels_are_joined_again_though_a_try_in_between_failed(self) -> None:
        self.online()
        self.loses()
        self.passes(1)
        self.put(link.LinkFailed(self.link, "timeout", "no answer"))
        self.passes(2)
        self.linked()
        self.loses()
        self.passes(4)
        self.linked()
        self.welcome()
        self.assertIn("JOIN #general", self.sent())

    def test_what_was_under_way_has_failed_and_nothing_is_lost(self) -> None:
        general = self.online()
        self.client.run(general, "under way")
        self.loses()
        entry = general.entries[-1]
        self.assertEqual(("under way", "failed"), (entry.text, entry.state))
        self.assertIn("connection was lost", entry.problem)

    def test_what_is_said_meanwhile_waits_and_is_sent_when_we_are_back(self) -> None:
        general = self.online()
        self.client.run(None, "/msg ben one")
        self.loses()
        ben = self.conversation("ben")
        self.assertIsNone(self.client.run(general, "said while away"))
        self.assertIsNone(self.client.run(ben, "psst"))
        self.assertEqual(("pending", ""), (general.entries[-1].state, general.entries[-1].label))
        self.passes(1)
        self.linked()
        self.welcome()
        self.assertEqual(["psst"], [line.rpartition(":")[2] for line in self.sent() if "PRIVMSG" in line])
        self.enter("#general")
        self.assertEqual(
            ["said while away"], [line.rpartition(":")[2] for line in self.sent() if "PRIVMSG" in line]
        )
        label = general.entries[-1].label
        self.hears(f"@label={label};msgid=m :ana!a@h PRIVMSG #general :said while away")
        self.assertEqual("sent", general.entries[-1].state)

    def test_what_waits_for_a_channel_that_does_not_take_us_back_has_failed(self) -> None:
        general = self.online()
        self.loses()
        self.client.run(general, "one")
        self.client.run(general, "two")
        self.passes(1)
        self.linked()
        self.welcome()
        self.hears(":srv 474 ana #general :Cannot join channel (+b)")
        words = "You cannot join #general: you are banned."
        self.assertEqual([words] * 2, [entry.problem for entry in general.entries if entry.state == "failed"])
        self.assertEqual([], list(general.pending()))

    def test_after_a_kick_coming_back_is_told(self) -> None:
        general = self.online()
        self.hears(":ben!b@h KICK #general ana")
        self.client.run(general, "/join #general")
        self.enter("#general")
        self.assertEqual("join", general.entries[-1].kind)

    def test_nothing_can_be_said_once_it_is_given_up(self) -> None:
        general = self.online()
        self.loses()
        self.client.run(general, "waits")
        self.client.disconnect()
        self.assertEqual("failed", general.entries[-1].state)
        self.assertEqual("You are not connected.", self.client.run(general, "more"))
        self.passes(300)
        self.assertEqual(1, len(self.links))

    def test_members_stay_on_screen_until_the_new_roster_comes(self) -> None:
        general = self.online()
        self.loses()
        self.assert_not_changed(MembersChanged)
        self.assertEqual({"ana", "ben", "chen"}, set(general.members))

    def test_a_farewell_tells_why(self) -> None:
        general = self.online()
        self.hears("ERROR :Server is restarting")
        last = general.entries[-1]
        words = "The server closed the connection: Server is restarting"
        self.assertEqual(("error", words), (last.kind, last.text))
        self.loses()
        self.assertEqual(
            "The server closed the connection: Server is restarting", self.client.network.problem
        )


class Trusting(ClientTest):
    """A certificate that is in doubt ends the try; a person decides, and nobody else."""

    doubt = CertificateProblem("unknown", "chat.example", 5000, "1" * 64)

    def doubted(self, doubt: CertificateProblem) -> ConnectFailed:
        """The latest link ends in a doubt."""
        self.put(link.LinkFailed(self.link, "certificate", doubt.title, doubt))
        return self.assert_failed("certificate")

    def test_a_doubt_is_handed_on_and_nothing_is_tried_again(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual(self.doubt, self.doubted(self.doubt).doubt)
        self.passes(300)
        self.assertEqual(("offline", 1), (self.client.network.state, len(self.links)))

    def test_what_was_trusted_is_expected_from_then_on(self) -> None:
        login = Login("chat.example", 5000, "ana", channels=("#help",))
        self.client.connect(login)
        self.doubted(self.doubt)
        self.client.trust(self.doubt)
        self.assertEqual(ServerTarget("chat.example", 5000, known="1" * 64), self.link.target)
        self.assertEqual((login, "connecting"), (self.client.login, self.client.network.state))
        self.client.connect(Login("chat.example", 5001, "ana"))
        self.assertEqual("", self.link.target.known)

    def test_a_certificate_that_changes_later_stops_it_for_good(self) -> None:
        general = self.online()
        self.loses()
        self.passes(1)
        self.doubted(CertificateProblem("changed", "chat.example", 5000, "2" * 64))
        self.passes(300)
        self.assertEqual(("offline", 2), (self.client.network.state, len(self.links)))
        self.assertIsNone(self.trusted.known("chat.example", 5000) or None)
        self.client.trust(CertificateProblem("changed", "chat.example", 5000, "2" * 64))
        self.linked()
        self.welcome()
        self.assertIn("JOIN #general", self.sent())
        self.enter("#general")
        self.assertTrue(general.joined)

    def test_a_link_s_pin_and_choice_go_with_every_try(self) -> None:
        login = Login("chat.example", 5000, "ana", encrypt="always", pin="3" * 64)
        self.client.connect(login)
        self.linked()
        self.welcome()
        self.loses()
        self.passes(1)
        first, second = (wire.target for wire in self.links)
        self.assertEqual(ServerTarget("chat.example", 5000, "always", "3" * 64), first)
        self.assertEqual(ServerTarget("chat.example", 5000, "always", "3" * 64, known="3" * 64), second)

    def test_a_pin_that_was_right_is_remembered_for_who_comes_back_without_the_link(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", pin="3" * 64))
        self.assertEqual("", self.trusted.known("chat.example", 5000))
        self.linked()
        self.welcome()
        self.assertEqual("3" * 64, self.trusted.known("chat.example", 5000))

    def test_a_link_leads_somewhere_and_leaves_the_person_who_they_are(self) -> None:
        login = Login("", 5000, "ana", "secret", "Ana", ("#old",))
        for link_, expected in (
            (Invite("h", 1, ("#a",), "3" * 64, "k"), ("h", 1, ("#a",), "always", "3" * 64, "k")),
            (Invite("h", 1, secure=False), ("h", 1, (), "auto", "", "")),
        ):
            found = invited(login, link_)
            where = (found.host, found.port, found.channels, found.encrypt, found.pin, found.code)
            self.assertEqual(expected, where)
            self.assertEqual(("ana", "secret", "Ana"), (found.nick, found.password, found.realname))

    def test_a_link_to_where_we_are_leads_into_its_channels(self) -> None:
        self.online()
        pin = "1" * 64
        for link_, followed in (
            (Invite("chat.example", 5000, ("#help", "#general")), True),
            (Invite("chat.example", 5001, ("#help",)), False),
            (Invite("other.example", 5000, ("#help",)), False),
            (Invite("chat.example", 5000, ("#help",), pin), False),
        ):
            with self.subTest(link_):
                self.assertIs(followed, self.client.follow_invite(link_))
                self.assertEqual(["JOIN #help"] if followed else [], self.sent())
        self.trusted.trust("chat.example", 5000, pin)
        self.assertTrue(self.client.follow_invite(Invite("chat.example", 5000, pin=pin)))
        self.loses()
        self.assertFalse(self.client.follow_invite(Invite("chat.example", 5000)))

    def test_a_name_that_is_refused_is_explained_in_plain_words(self) -> None:
        for nick, line, words in (
            ("a@b", "432 * a@b :Not a nickname: letters, digits, -_[]\\`^{}|", "A name cannot contain “@”."),
            ("7up", "432 * 7up :Erroneous Nickname", "A name cannot begin with “7”."),
            ("小明", "432 * 小明 :Erroneous", "the name 小明. It may accept only the letters a to z."),
            ("ana", "432 * ana :Forbidden", "This server does not accept the name ana. It says: Forbidden"),
        ):
            with self.subTest(nick):
                self.connect(Login("chat.example", 5000, nick))
                self.hears(f":srv {line}")
                self.assertIn(words, self.assert_failed("name").words)

    def test_a_new_name_that_is_refused_is_explained_in_plain_words(self) -> None:
        general = self.online()
        for line, words in (
            ("432 ana a@b :Not a nickname", "A name cannot contain “@”. It may have letters, digits and - _"),
            ("433 ana ben :Nickname is already in use", "Somebody else is using the name ben."),
            ("433 ana ben :This name belongs to an account; log in to have it", "The name ben is protected"),
            ("437 ana ben :You are banned", "You cannot change your name now. The server says: You are"),
        ):
            with self.subTest(line):
                self.hears(f":srv {line}")
                self.assertIn(words, general.entries[-1].text)

    def test_a_channel_that_is_clicked_is_shown_or_joined(self) -> None:
        self.online()
        general = self.client.network.find("#general")
        for name, sent in (
            ("#GENERAL", []),
            ("#general에서", []),  # a particle, for we are in #general
            ("#general频道", []),
            ("#help", ["JOIN #help"]),
            ("#公告", ["JOIN #公告"]),
        ):
            with self.subTest(name):
                self.client.network.current = None
                self.assertIsNone(self.client.follow_channel(name))
                self.assertEqual(sent, self.sent())
                self.assertIs(self.client.network.current, None if sent else general)
        self.loses()
        self.assertIsNone(self.client.follow_channel("#general"))
        self.assertIs(self.client.network.current, general)
        self.assertEqual("You are not connected.", self.client.follow_channel("#elsewhere"))

    def test_who_hangs_up_on_plain_text_may_want_tls(self) -> None:
        self.client.connect(Login("chat.example", 6697, "ana", encrypt="never"))
        self.linked()
        self.loses()
        self.assertIn("wants an encrypted connection", self.assert_failed("wants-tls").words)

    def test_whether_others_can_read_along_is_known_while_there_is_a_link(self) -> None:
        for encrypted, here, privacy in (
            (True, False, "encrypted"),
            (True, True, "encrypted"),
            (False, True, "here"),
            (False, False, "open"),
        ):
            with self.subTest(privacy, here=here):
                self.client.connect(Login("chat.example", 5000, "ana"))
                self.put(link.LinkConnected(self.link, encrypted, here))
                self.welcome()
                self.assertEqual(privacy, self.client.network.privacy)
                self.loses()
                self.assertEqual("here", self.client.network.privacy)


class Nicks(ClientTest):
    def back(self) -> None:
        """The connection is lost, and our nick is still taken when we come back."""
        self.loses()
        self.passes(1)
        self.linked()
        self.hears(":srv 433 * ana :in use", ":srv 001 ana_2 :Welcome")

    def test_a_taken_nick_is_replaced_and_taken_back_when_its_holder_goes(self) -> None:
        self.online()
        self.back()
        self.assertIn("NICK ana_2", self.sent())
        self.assertEqual("ana_2", self.client.network.nick)
        self.enter("#general", nick="ana_2", others="ana ben")
        self.hears(":ana!ana@home.example QUIT :Ping timeout")
        self.assertIn("NICK ana", self.sent())
        self.hears(":ana_2!ana@home.example NICK ana")
        self.assertEqual("ana", self.client.network.nick)
        self.passes(60)
        self.assertNotIn("NICK ana", self.sent())

    def test_it_is_asked_for_now_and_then_and_a_refusal_is_not_shown(self) -> None:
        general = self.online()
        self.back()
        self.sent()
        self.passes(31)
        self.assertIn("NICK ana", self.sent())
        entries = len(general.entries)
        self.hears(":srv 433 ana_2 ana :in use")
        self.assertEqual(entries, len(general.entries))
        self.client.run(general, "/nick ben")
        self.hears(":srv 433 ana_2 ben :in use")
        self.assertEqual("Somebody else is using the name ben.", general.entries[-1].text)

    def test_a_nick_of_our_own_choice_is_the_one_to_come_back_with(self) -> None:
        self.online()
        self.hears(":ana!ana@home.example NICK anna")
        self.passes(61)
        self.assertNotIn("NICK ana", self.sent())
        self.loses()
        self.passes(1)
        self.linked()
        self.assertIn("NICK anna", self.sent())

    def test_a_nick_that_the_server_cut_is_not_fought_for_at_once(self) -> None:
        self.connect()
        self.welcome(nick="an")
        self.assertEqual("an", self.client.network.nick)


class Living(ClientTest):
    def test_a_ping_goes_out_after_silence_and_a_pong_is_enough(self) -> None:
        self.online()
        for _ in range(3):
            self.passes(25)
        self.assertEqual(["PING alive"], self.sent())
        self.hears(":srv PONG srv alive")
        self.passes(25)
        self.assertEqual("online", self.client.network.state)

    def test_a_link_that_stays_silent_is_given_up(self) -> None:
        self.online()
        for _ in range(4):
            self.passes(25)
        self.assertEqual("waiting", self.client.network.state)
        self.assertEqual("The server does not answer any more.", self.client.network.problem)
        self.assertTrue(self.links[0].closed)
        self.assert_changed(StatusChanged)

    def test_after_sleep_the_link_is_asked_before_it_is_given_up(self) -> None:
        self.online()
        self.sleeps(8 * 3600)
        self.assertEqual(("online", ["PING alive"]), (self.client.network.state, self.sent()))
        self.passes(9)
        self.assertEqual("online", self.client.network.state)
        self.passes(2)
        self.assertEqual("waiting", self.client.network.state)

    def test_after_sleep_it_is_not_waited_for_the_next_try(self) -> None:
        self.online()
        self.loses()
        self.assertEqual("waiting", self.client.network.state)
        self.sleeps(3600)
        self.assertEqual("connecting", self.client.network.state)

    def test_the_server_s_ping_is_answered(self) -> None:
        self.online()
        self.hears("PING :abc")
        self.assertEqual(["PONG abc"], self.sent())

    def test_closing_says_goodbye_once(self) -> None:
        self.online()
        self.client.close()
        self.client.close()
        self.assertEqual(["QUIT"], self.sent())
        self.assertEqual("offline", self.client.network.state)


class SetBack(ClientTest):
    """Somebody sets the clock of this computer back by an hour."""

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.hears("@time=2026-03-12T12:00:00.000Z :ben!b@h PRIVMSG #general :now")

    def shown(self) -> list[str]:
        return [each.text for each in self.general.entries]

    def test_the_server_is_asked_for_its_time_at_once(self) -> None:
        self.sent()
        self.sleeps(-3600)
        self.assertEqual(["PING alive"], self.sent())

    def test_what_happens_next_stands_below(self) -> None:
        self.sleeps(-3600)
        self.client.note(self.general, "an answer")
        self.hears(":dee!d@h PRIVMSG #general :without a time", ":dee!d@h TOPIC #general :new")
        self.assertEqual(["now", "an answer", "without a time", "new"], self.shown()[-4:])
        self.assertEqual(NOON, self.client.network.time(self.now + self.ahead))

    def test_an_answer_stands_below_even_when_the_server_s_clock_is_far_ahead_of_what_is_known(self) -> None:
        self.hears("@time=2026-03-12T12:30:00.000Z :ben!b@h PRIVMSG #general :later")
        self.client.note(self.general, "an answer")
        self.assertEqual(["later", "an answer"], self.shown()[-2:])

    def test_nobody_types_for_an_hour(self) -> None:
        self.hears("@+typing=active :ben!b@h TAGMSG #general")
        self.sleeps(-3600)
        self.passes(10)
        self.assertEqual({}, self.general.typing)


class Robust(ClientTest):
    def test_lines_that_make_no_sense_are_skipped_and_the_rest_is_read(self) -> None:
        general = self.online()
        with self.assertLogs("chatapp.client", "WARNING"):
            self.hears(
                "",
                " ",
                "@",
                ":",
                "@a=b",
                "PRIVMSG",
                ":x!y@z PRIVMSG #general",
                ":srv 353",
                ":srv 005",
                "BATCH +",
                ":srv CAP",
                "\ufffd\ufffd",
                ":ben!b@h PRIVMSG #general :still here",
            )
        self.assertEqual(["still here"], self.texts(general))

    def test_a_bug_at_one_line_costs_that_line_alone(self) -> None:
        general = self.online()
        del self.client.network.ignored
        with self.assertLogs("chatapp.client.client", "ERROR"):
            self.hears("@+typing=active :ben!b@h TAGMSG #general")
        self.client.network.ignored = set()
        self.hears(":ben!b@h PRIVMSG #general :still here")
        self.assertEqual(["still here"], self.texts(general))

    def test_polling_takes_no_longer_than_its_budget(self) -> None:
        general = self.online()
        lines = [f":ben!b@h PRIVMSG #general :message {number}" for number in range(100)]
        self._inbox.put(link.LinesReceived(self.link, lines))
        with mock.patch.object(self, "clock", self._ticking):
            self.client.poll(0.5)
        self.assertEqual(16, len(self.texts(general)))
        self.client.poll(None)
        self.assertEqual(100, len(self.texts(general)))

    def _ticking(self) -> float:
        self.now += 1
        return self.now
