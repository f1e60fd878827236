"""Preferences restored at the next start: conversations, the current one, drafts, unread messages."""

from __future__ import annotations

import unittest
from pathlib import Path

from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings, merged
from chatapp.client.login import Login
from chatapp.client.model import favourites
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment
from chatapp.client.model.network import Network
from tests.client.base import EVERYTHING, NOON, ClientTest

SERVER = "chat.example:5000"


def message_line(number: int, target: str = "#general", nick: str = "ben") -> str:
    tags = f"time=2026-03-12T12:{number // 60:02}:{number % 60:02}.000Z;msgid=m{number}"
    return f"@{tags} :{nick}!{nick}@h PRIVMSG {target} :message {number}"


def network_with(*channels: str) -> Network:
    """Return a network with these joined channels; the first one is current."""
    network = Network()
    network.nick, network.state = "ana", "online"
    for name in channels:
        network.add(name, "channel").joined = True
    network.current = network.find(channels[0])
    return network


class WithoutConnection(unittest.TestCase):
    def setUp(self) -> None:
        self.settings = Settings()

    def test_each_server_has_a_guest_key_of_its_own_that_stays(self) -> None:
        keys = []
        for server in (SERVER, "other:5000", SERVER):
            prefs = ConversationPrefs(self.settings)
            prefs.follow(server, network_with("#general"))
            keys.append(prefs.guest_key())
        self.assertEqual(keys[0], keys[2])
        self.assertNotEqual(keys[0], keys[1])
        self.assertRegex(keys[0], r"\A[A-Za-z0-9_-]{32,64}\Z")
        prefs.forget()
        self.assertEqual(["other:5000"], list(self.settings.guest_keys))

    def test_a_draft_survives_a_restart(self) -> None:
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        network.conversations["#general"].draft = "half a sentence"
        prefs.save()
        again = network_with("#general")
        ConversationPrefs(self.settings).follow(SERVER, again)
        self.assertEqual(again.conversations["#general"].draft, "half a sentence")

    def test_files_that_are_not_sent_survive_a_restart_with_the_text_of_their_message(self) -> None:
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        general = network.conversations["#general"]
        first, second = Path("/home/ana/a b.txt"), Path("/home/ana/c.txt")
        entry = network.entry("message", NOON, "ana", "see this")
        entry.state, entry.attachments = "pending", (Attachment(first, "a b.txt"),)
        general.add_pending(entry)
        general.attachments = [Attachment(b"pasted", "picture.png"), Attachment(second, "c.txt")]
        general.draft = "half a sentence"
        prefs.save()
        again = network_with("#general")
        ConversationPrefs(self.settings).follow(SERVER, again)
        self.assertEqual(again.conversations["#general"].kept_files, [first.absolute(), second.absolute()])
        self.assertEqual(again.conversations["#general"].draft, "see this\nhalf a sentence")
        general.attachments, entry.attachments = [], ()
        prefs.save()
        self.assertEqual(self.settings.draft_files, {})

    def test_files_that_were_not_taken_again_are_kept_on(self) -> None:
        self.settings.draft_files = {f"{SERVER} #general": "/home/ana/a.txt"}
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        prefs.save()
        self.assertEqual(list(self.settings.draft_files), [f"{SERVER} #general"])
        self.settings.keep_drafts = False
        prefs.save()
        self.assertEqual(self.settings.draft_files, {})

    def test_no_draft_is_stored_if_the_user_wants_that(self) -> None:
        self.settings.keep_drafts = False
        self.settings.drafts = {"elsewhere:1 #lab": "old"}
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        network.conversations["#general"].draft = "half a sentence"
        prefs.save()
        self.assertEqual(self.settings.drafts, {})

    def test_nothing_is_reopened_if_the_user_wants_that(self) -> None:
        self.settings.reopen = False
        self.settings.conversations = [f"{SERVER} #general"]
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network_with("#random"))
        self.assertEqual(prefs.to_reopen().channels, ())

    def test_changed_settings_about_sending_reach_the_network(self) -> None:
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        self.settings.share_read = self.settings.short_names = False
        prefs.apply_options()
        self.assertEqual((network.shares_read, network.short_names), (False, False))

    def test_a_sent_draft_is_deleted(self) -> None:
        self.settings.drafts = {f"{SERVER} #general": "old"}
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        network.conversations["#general"].draft = ""
        prefs.save()
        self.assertEqual(self.settings.drafts, {})

    def test_muted_conversations_and_ignored_people_are_restored(self) -> None:
        network = network_with("#general", "#random")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        network.conversations["#random"].muted = True
        network.ignored.add("dee")
        prefs.save()
        again = network_with("#general", "#random")
        ConversationPrefs(self.settings).follow(SERVER, again)
        self.assertEqual([each.muted for each in again.conversations.values()], [False, True])
        self.assertEqual(again.ignored, {"dee"})

    def test_favourites_with_their_order_levels_and_folded_sections_are_restored(self) -> None:
        network = network_with("#a", "#b")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        favourites.set_favourite(network, network.conversations["#b"], True)
        favourites.set_favourite(network, network.conversations["#a"], True)
        network.conversations["#a"].notify = "nothing"
        network.folded.add("direct")
        prefs.save()
        again = network_with("#a", "#b")
        ConversationPrefs(self.settings).follow(SERVER, again)
        self.assertEqual([each.name for each in favourites.in_order(again)], ["#b", "#a"])
        self.assertEqual([each.notify for each in again.conversations.values()], ["nothing", "default"])
        self.assertTrue(again.conversations["#a"].favourite)
        self.assertEqual(again.folded, {"direct"})

    def test_a_closed_favourite_is_one_again_when_it_is_opened(self) -> None:
        self.settings.favourites = [f"{SERVER} ben", f"{SERVER} #general"]
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        prefs.save()
        self.assertEqual(self.settings.favourites, [f"{SERVER} ben", f"{SERVER} #general"])
        self.assertTrue(network.add("Ben", "direct").favourite)

    def test_a_renamed_favourite_stays_one(self) -> None:
        network = network_with("#old")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        favourites.set_favourite(network, network.conversations["#old"], True)
        network.rename(network.conversations["#old"], "#new")
        prefs.save()
        self.assertEqual(self.settings.favourites, [f"{SERVER} #new"])

    def test_favourites_of_two_windows_are_merged(self) -> None:
        before = Settings(favourites=[f"{SERVER} #a", f"{SERVER} #b"])
        ours = Settings(favourites=[f"{SERVER} #b", f"{SERVER} #a"], folded=[f"{SERVER} unread"])
        theirs = Settings(favourites=[f"{SERVER} #a", f"{SERVER} #b", f"{SERVER} #c"])
        both = merged(before, ours, theirs)
        self.assertEqual(both.favourites, [f"{SERVER} #b", f"{SERVER} #a", f"{SERVER} #c"])
        self.assertEqual(both.folded, [f"{SERVER} unread"])

    def test_an_unknown_level_is_the_default(self) -> None:
        self.settings.notify = {f"{SERVER} #general": "loudly"}
        network = network_with("#general")
        ConversationPrefs(self.settings).follow(SERVER, network)
        self.assertEqual(network.conversations["#general"].notify, "default")

    def test_mentions_are_a_level_of_their_own(self) -> None:
        network = network_with("#general", "#help")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        network.conversations["#general"].notify = "mentions"
        prefs.save()
        self.assertEqual(self.settings.notify, {f"{SERVER} #general": "mentions"})
        again = network_with("#general", "#help")
        ConversationPrefs(self.settings).follow(SERVER, again)
        self.assertEqual([each.notify for each in again.conversations.values()], ["mentions", "default"])

    def test_a_conversation_that_is_opened_later_is_restored_too(self) -> None:
        self.settings.muted = [f"{SERVER} ben"]
        network = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network)
        ben = network.add("Ben", "direct")
        prefs.follow(SERVER, network)
        self.assertTrue(ben.muted)

    def test_preferences_of_other_servers_stay(self) -> None:
        other = "other.example:5000 #general"
        self.settings.drafts, self.settings.muted = {other: "there"}, [other]
        self.settings.favourites, self.settings.folded = [other], ["other.example:5000 direct"]
        self.settings.notify = {other: "everything"}
        self.settings.ignored = ["other.example:5000 zoe"]
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, network_with("#general"))
        prefs.save()
        self.assertEqual((self.settings.drafts, self.settings.muted), ({other: "there"}, [other]))
        self.assertEqual(self.settings.ignored, ["other.example:5000 zoe"])
        self.assertEqual(self.settings.favourites, [other])
        self.assertEqual(self.settings.folded, ["other.example:5000 direct"])
        self.assertEqual(self.settings.notify, {other: "everything"})

    def test_changing_to_another_server_does_not_delete_preferences_of_the_first(self) -> None:
        first = network_with("#general")
        prefs = ConversationPrefs(self.settings)
        prefs.follow(SERVER, first)
        first.conversations["#general"].draft = "here"
        prefs.follow("other.example:5000", network_with("#general"))
        self.assertEqual(self.settings.drafts, {f"{SERVER} #general": "here"})


class Restart(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.settings = Settings()
        self.begin()

    def begin(self) -> None:
        """Start the client for the first time."""
        self.client.prefs = ConversationPrefs(self.settings, lambda: self.now)

    def end(self) -> None:
        assert self.client.prefs
        self.client.prefs.save(is_last=True)

    def restart(self) -> None:
        """Close the client and start it again."""
        self.end()
        settings = self.settings
        super().setUp()
        self.now = NOON + 3600
        self.settings = settings
        self.begin()

    def log_in(self, account: str = "", capabilities: str = EVERYTHING) -> None:
        """Log in, as a guest or with an account. The server joins every user to #general."""
        self.connect(Login("chat.example", 5000, "ana"))
        self.receive(f":srv CAP * LS :{capabilities}", f":srv CAP * ACK :{capabilities}")
        if account:
            self.receive(f":srv 900 ana ana!ana@h {account} :You are logged in")
        self.receive(":srv 001 ana :Welcome", ":srv 005 ana CHANTYPES=# CHATHISTORY=100 :are supported")
        self.enter()

    def joins(self) -> list[str]:
        return [line for line in self.sent() if line.startswith("JOIN")]

    def names(self) -> list[str]:
        return [each.name for each in self.client.network.conversations.values() if each.kind != "server"]


class Drafts(Restart):
    def test_a_draft_is_stored_unless_it_holds_a_password(self) -> None:
        self.log_in()
        general = self.conversation("#general")
        for draft, expected in (("half a sentence", 1), ("/oper ana secret", 0)):
            with self.subTest(draft):
                general.draft = draft
                self.end()
                self.assertEqual(len(self.settings.drafts), expected)


class Ignored(Restart):
    def test_a_user_who_changed_nick_is_ignored_under_both_after_a_restart(self) -> None:
        self.log_in()
        self.client.run(self.conversation("#general"), "/ignore ben")
        self.receive(":ben!b@h NICK benny")
        self.end()
        self.assertEqual([f"{SERVER} ben", f"{SERVER} benny"], self.settings.ignored)


class MarkedUnread(Restart):
    """The user marks messages of #general as unread; the server knows all of them as read."""

    def setUp(self) -> None:
        super().setUp()
        self.enter_general()

    def enter_general(self, read_until: int = 4) -> None:
        """Log in, and receive the read marker and the messages of #general; the last one is our own."""
        nicks = ("ben", "ben", "ben", "ana")
        lines = [
            f"@time=2026-03-12T11:00:0{number}.000Z;msgid=m{number} :{nick}!b@h PRIVMSG #general :{number}"
            for number, nick in enumerate(nicks, start=1)
        ]
        self.log_in(capabilities=f"{EVERYTHING} draft/read-marker")
        self.receive(f":srv MARKREAD #general timestamp=2026-03-12T11:00:0{read_until}.000Z")
        self.page("#general", *lines)

    def mark_from(self, msgid: str) -> None:
        general = self.conversation("#general")
        entry = general.by_msgid(msgid)
        assert entry
        self.client.mark_unread_from(general, entry)

    def start_again(self, read_until: int = 4) -> None:
        """Restart in #general, whose end the user sees."""
        self.restart()
        self.enter_general(read_until)
        self.client.mark_read(self.conversation("#general"))

    def unread(self) -> list[str]:
        return [each.text for each in self.conversation("#general").entries if each.unread]

    def test_they_are_unread_after_a_restart(self) -> None:
        self.mark_from("m2")
        self.assertEqual(["2", "3"], self.unread())
        self.start_again()
        self.assertEqual((["2", "3"], 2), (self.unread(), self.conversation("#general").unread))

    def test_an_own_message_from_which_they_were_marked_is_unread_after_a_restart(self) -> None:
        self.mark_from("m4")
        self.assertEqual(["4"], self.unread())
        self.start_again()
        self.assertEqual(["4"], self.unread())
        self.start_again()
        self.assertEqual(["4"], self.unread())

    def test_after_a_restart_they_are_read_when_the_user_has_left_and_comes_back(self) -> None:
        self.mark_from("m4")
        self.start_again()
        self.client.open_direct("ben")
        self.client.open(self.conversation("#general"))
        self.client.mark_read(self.conversation("#general"))
        self.assertEqual([], self.unread())
        self.start_again()
        self.assertEqual([], self.unread())
        self.assertEqual(({}, []), (self.settings.marked_unread, self.settings.kept_unread))

    def test_in_a_conversation_that_the_user_had_left_they_are_read_after_a_restart(self) -> None:
        self.mark_from("m3")
        self.client.open_direct("ben")
        self.restart()
        self.enter_general()
        self.assertEqual(["3"], self.unread())
        self.client.open(self.conversation("#general"))
        self.client.mark_read(self.conversation("#general"))
        self.assertEqual([], self.unread())

    def test_what_another_device_has_read_meanwhile_is_read_after_a_restart(self) -> None:
        self.mark_from("m4")
        self.start_again(read_until=5)
        self.assertEqual([], self.unread())

    def test_a_channel_that_was_left_does_not_stay_unread_when_the_user_returns(self) -> None:
        self.mark_from("m3")
        self.receive(":ana!ana@h PART #general")
        self.end()
        self.assertEqual([], self.settings.kept_unread)


class Keys(Restart):
    def test_a_key_is_stored_while_it_is_valid(self) -> None:
        self.log_in()
        self.enter("#exam")
        for modes, expected in (("+k secret", ["secret"]), ("+k new", ["new"]), ("-k new", [])):
            with self.subTest(modes):
                self.receive(f":ben!b@h MODE #exam {modes}")
                self.end()
                self.assertEqual({f"{SERVER} #exam": key for key in expected}, self.settings.keys)

    def test_a_channel_with_a_key_is_joined_again(self) -> None:
        self.log_in()
        self.enter("#exam")
        self.receive(":ben!b@h MODE #exam +k secret")
        self.restart()
        self.log_in()
        self.assertIn("JOIN #exam,#general secret", self.joins())


class Restored(Restart):
    def test_a_guest_returns_to_the_channels_direct_messages_and_the_current_conversation(self) -> None:
        self.log_in()
        self.client.join("#club", "secret")
        self.enter("#club")
        self.enter("#attic")
        self.client.open_direct("zoe")
        self.client.open(self.conversation("#club"))
        self.restart()
        self.log_in()
        self.assertEqual(["JOIN #club,#attic,#general secret"], self.joins())
        self.enter("#attic")
        self.enter("#club")
        self.assertEqual(["#attic", "#club", "#general", "zoe"], self.names())
        self.assertEqual(self.conversation("#club"), self.client.network.current)

    def return_to_general(self) -> Conversation:
        """Come back to #general and get a message there before the server answers the JOIN of #club."""
        self.log_in()
        self.enter("#club")
        self.client.open(self.conversation("#club"))
        self.restart()
        self.log_in()
        general = self.conversation("#general")
        self.assertEqual(general, self.client.network.current)
        self.receive(":ben!b@h PRIVMSG #general :are you back?")
        self.client.mark_read(general)  # a window does this for what it shows
        self.client.mark_read_to(general, general.entries[-1])
        return general

    def test_a_channel_shown_only_until_the_last_place_is_back_does_not_count_as_read(
        self,
    ) -> None:
        general = self.return_to_general()
        self.assertEqual(1, general.unread)
        self.enter("#club")
        self.assertEqual((1, "#club"), (general.unread, getattr(self.client.network.current, "name", "")))
        self.client.open(general)
        self.client.mark_read(general)
        self.assertEqual(0, general.unread)

    def test_it_counts_as_read_once_the_last_place_cannot_come_back(self) -> None:
        general = self.return_to_general()
        self.receive(":srv 474 ana #club :Cannot join channel (+b)")
        self.client.mark_read(general)
        self.assertEqual(0, general.unread)
        self.receive(":ben!b@h PRIVMSG #general :hello")
        self.assertEqual(0, general.unread)

    def test_a_direct_message_that_was_current_is_current_again(self) -> None:
        self.log_in()
        self.client.open_direct("Zoe")
        self.restart()
        self.log_in()
        self.assertEqual("Zoe", self.client.network.current.name if self.client.network.current else "")

    def test_a_user_who_opened_another_conversation_stays_there(self) -> None:
        self.log_in()
        self.enter("#club")
        self.client.open(self.conversation("#club"))
        self.restart()
        self.log_in()
        self.client.open(self.conversation("#general"))
        self.enter("#club")
        self.assertEqual(self.conversation("#general"), self.client.network.current)

    def test_left_and_closed_conversations_are_not_restored(self) -> None:
        self.log_in()
        self.enter("#club")
        self.receive(":ana!a@h PART #club")
        self.client.leave(self.client.open_direct("zoe"))
        self.enter("#attic")
        self.receive(":ben!b@h KICK #attic ana :out")
        self.restart()
        self.log_in()
        self.assertEqual(["JOIN #general"], self.joins())
        self.assertEqual(["#general"], self.names())

    def test_no_preference_is_lost_before_everything_is_restored_or_while_offline(self) -> None:
        self.log_in()
        self.enter("#club")
        self.restart()
        self.end()
        self.connect(Login("chat.example", 5000, "ana"))
        self.end()
        self.welcome()
        self.end()
        self.restart()
        self.log_in()
        self.assertIn("#club", self.joins()[0])
        self.enter("#club")
        self.lose_connection()
        self.end()
        self.restart()
        self.log_in()
        self.assertIn("#club", self.joins()[0])

    def test_a_channel_that_refuses_the_user_is_tried_once(self) -> None:
        self.log_in()
        self.enter("#club")
        self.restart()
        self.log_in()
        self.receive(":srv 474 ana #club :Cannot join channel (+b)")
        self.restart()
        self.log_in()
        self.assertEqual(["JOIN #general"], self.joins())

    def test_each_server_has_its_own_preferences(self) -> None:
        self.log_in()
        self.enter("#club")
        self.connect(Login("other.example", 5000, "ana"))
        self.welcome()
        self.assertEqual([], self.joins())
        self.enter("#elsewhere")
        self.restart()
        self.log_in()
        self.assertEqual(["JOIN #club,#general"], self.joins())

    def test_a_reconnect_does_not_reopen_closed_conversations(self) -> None:
        self.log_in()
        self.client.open_direct("zoe")
        self.restart()
        self.log_in()
        self.client.leave(self.conversation("zoe"))
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.assertEqual(["#general"], self.names())


class Accounts(Restart):
    def setUp(self) -> None:
        super().setUp()
        self.log_in("ana")
        self.enter("#club")
        self.enter("#attic")
        self.restart()

    def test_a_server_that_stores_channels_of_accounts_decides_which_are_joined(self) -> None:
        self.log_in("ana")
        self.enter("#attic")
        self.assertEqual([], self.joins())
        self.receive(":srv PONG srv return")
        self.assertEqual([], self.joins())
        self.restart()
        self.log_in("ana")
        self.receive(":srv PONG srv return")
        self.assertEqual(["JOIN #attic"], self.joins())

    def test_on_other_servers_the_channels_of_an_account_are_restored_as_for_guests(self) -> None:
        self.log_in("ana")
        self.receive(":srv PONG srv return")
        self.assertEqual(["JOIN #attic,#club"], self.joins())


class Unread(Restart):
    def test_direct_messages_from_before_the_first_start_are_unread_again(self) -> None:
        message = "@time=2026-03-12T11:00:01.000Z;msgid=m1 :ben!b@h PRIVMSG ana :are you there?"
        overview = (
            ":srv BATCH +t draft/chathistory-targets",
            "@batch=t :srv CHATHISTORY TARGETS ben 2026-03-12T11:00:01.000Z",
            ":srv BATCH -t",
        )
        self.log_in(capabilities=f"{EVERYTHING} draft/read-marker")
        self.receive(*overview, ":srv MARKREAD ben *")
        self.page("ben", message)
        self.assertEqual(1, self.conversation("ben").unread)
        self.restart()
        self.log_in(capabilities=f"{EVERYTHING} draft/read-marker")
        bounds = "timestamp=2026-03-12T11:00:00.999Z timestamp=2026-03-12T13:00:01.000Z"
        self.assertIn(f"CHATHISTORY TARGETS {bounds} 50", self.sent())
        self.receive(*overview, ":srv MARKREAD ben *")
        self.page("ben", message)
        self.assertEqual(1, self.conversation("ben").unread)

    def test_unread_messages_are_unread_again(self) -> None:
        self.log_in()
        self.page("#general")
        self.receive(":srv BATCH +t draft/chathistory-targets", ":srv BATCH -t", message_line(10))
        self.client.network.watching = False
        self.receive(message_line(11), message_line(12))
        self.receive(message_line(13, target="ana"))
        self.restart()
        self.log_in()
        self.page("#general", message_line(9), message_line(10), message_line(11), message_line(12))
        self.assertEqual(2, self.conversation("#general").unread)
        bounds = "timestamp=2026-03-12T12:00:00.000Z timestamp=2026-03-12T13:00:01.000Z"
        self.assertIn(f"CHATHISTORY TARGETS {bounds} 50", self.sent())
        self.receive(
            ":srv BATCH +t draft/chathistory-targets",
            "@batch=t :srv CHATHISTORY TARGETS ben 2026-03-12T12:00:13.000Z",
            ":srv BATCH -t",
        )
        self.page("ben", message_line(13, target="ana"))
        self.assertEqual(1, self.conversation("ben").unread)

    def test_read_messages_stay_read(self) -> None:
        self.log_in()
        self.page("#general")
        self.receive("@time=2026-03-12T12:00:10.123Z;msgid=m :ben!b@h PRIVMSG #general :seen")
        self.restart()
        self.log_in()
        self.page("#general", "@time=2026-03-12T12:00:10.123Z;msgid=m :ben!b@h PRIVMSG #general :seen")
        self.assertEqual(0, self.conversation("#general").unread)

    def test_the_read_marker_is_sent_to_the_server(self) -> None:
        self.log_in()
        self.page("#general")
        self.receive(message_line(10))
        self.restart()
        self.log_in(capabilities=f"{EVERYTHING} draft/read-marker")
        self.receive(":srv MARKREAD #general *")
        self.page("#general", message_line(10))
        self.pass_time(1)
        marks = [line for line in self.sent() if "MARKREAD" in line]
        self.assertEqual(1, len(marks))
        self.assertTrue(marks[0].endswith("MARKREAD #general timestamp=2026-03-12T12:00:10.000Z"))


if __name__ == "__main__":
    unittest.main()
