"""A renamed channel (RENAME) keeps everything but its name.

Source: IRCv3 channel-rename
"""

from __future__ import annotations

from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.changes import ConversationOpened
from tests.client.base import EVERYTHING, ClientTest

CAPABLE = f"{EVERYTHING} draft/channel-rename"
SERVER = "chat.example:5000"


class RenamingTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=CAPABLE)

    def rename(self, line: str = "RENAME #general #lobby :clearer") -> None:
        self.receive(f":ben!b@h {line}")

    def test_a_rename_is_requested(self) -> None:
        self.connect()
        self.receive(f":srv CAP * LS :{CAPABLE}")
        self.assertIn("draft/channel-rename", self.sent()[-1])

    def test_the_conversation_remains_complete(self) -> None:
        renamed = self.general
        self.receive(":ben!b@h PRIVMSG #general :hi", ":ben!b@h MODE #general +k secret")
        self.receive(":srv 332 ana #general :Exam")
        self.client.network.watching = False
        self.receive(":ben!b@h PRIVMSG #general :ana: look")
        renamed.draft, renamed.muted = "half a", True
        before = (renamed.unread, renamed.mentions, renamed.first_unread, set(renamed.members))
        self.rename()
        self.assertIs(self.client.network.find("#lobby"), renamed)
        self.assertIsNone(self.client.network.find("#general"))
        self.assertEqual(("#lobby", "#lobby", "Exam"), (renamed.name, renamed.title, renamed.topic))
        self.assertEqual((1, 1), before[:2])
        self.assertEqual(
            before, (renamed.unread, renamed.mentions, renamed.first_unread, set(renamed.members))
        )
        found = (renamed.draft, renamed.muted, renamed.joined, renamed.channel_key)
        self.assertEqual(("half a", True, True, "secret"), found)
        self.assertEqual(["hi", "ana: look"], self.texts(renamed))
        self.assertEqual(
            "ben renamed the channel from #general to #lobby (clearer)", renamed.entries[-1].text
        )

    def test_it_stays_current_and_no_other_is_opened(self) -> None:
        other = self.enter("#help")
        for current in (self.general, other):
            with self.subTest(current.name):
                self.client.open(current)
                self.client.poll(None)
                self.rename(f"RENAME {self.general.name} {self.general.name}-x")
                self.assertIs(self.client.network.current, current)
                self.assert_not_changed(ConversationOpened)

    def test_messages_are_sent_to_the_new_name_and_received_there(self) -> None:
        self.rename()
        self.client.run(self.general, "hi")
        self.assertIn("PRIVMSG #lobby :hi", self.sent()[-1])
        self.receive(":ben!b@h PRIVMSG #lobby :there")
        self.assertIn("there", self.texts(self.general))

    def test_only_the_letter_case_may_change(self) -> None:
        self.rename("RENAME #general #General")
        self.assertEqual("#General", self.conversation("#general").name)
        self.assertIs(self.conversation("#general"), self.general)

    def test_a_left_conversation_of_the_new_name_is_removed(self) -> None:
        self.enter("#lobby")
        self.receive(":ben!b@h KICK #lobby ana :out")
        self.rename()
        self.assertIs(self.conversation("#lobby"), self.general)

    def test_after_a_lost_connection_the_new_name_is_joined(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", channels=("#general", "#help")))
        self.link_up()
        self.welcome(CAPABLE)
        self.enter()
        self.rename()
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.sent()
        self.welcome(CAPABLE)
        (joined,) = [line for line in self.sent() if line.startswith("JOIN")]
        self.assertEqual({"#lobby", "#help"}, set(joined.removeprefix("JOIN ").split(",")))

    def test_a_requested_page_of_history_is_requested_again(self) -> None:
        self.general.complete = False
        self.client.load_older(self.general)
        self.sent()
        self.rename()
        self.assertEqual(["CHATHISTORY LATEST #lobby * 50"], self.sent())
        tags = "time=2026-03-12T11:00:00.000Z;msgid=m1"
        self.page("#general")
        self.page("#lobby", f"@{tags} :ben!b@h PRIVMSG #lobby :old")
        self.assertEqual(["old"], self.texts(self.general))
        self.assertIsNone(self.general.fetching)

    def test_a_channel_without_our_membership_is_ignored(self) -> None:
        self.rename("RENAME #elsewhere #there")
        self.assertIsNone(self.client.network.find("#there"))


class StoredTest(ClientTest):
    def test_nothing_is_stored_under_the_old_name(self) -> None:
        settings = Settings(channels=["#general", "#help"])
        self.client.prefs = memory = ConversationPrefs(settings, lambda: self.now)
        general = self.online(capabilities=CAPABLE)
        general.draft, general.muted, general.channel_key = "half a", True, "secret"
        self.receive("@time=2026-03-12T12:00:00.000Z;msgid=m1 :ben!b@h PRIVMSG #general :hi")
        self.client.mark_read(general)
        memory.save(is_last=True)
        self.assertEqual([f"{SERVER} #general"], settings.muted)
        self.receive(":ben!b@h RENAME #general #lobby")
        memory.save(is_last=True)
        key = f"{SERVER} #lobby"
        self.assertEqual(
            ({key: "half a"}, [key], {key: "secret"}, [key], {SERVER: "#lobby"}, ["#lobby", "#help"]),
            (
                settings.drafts,
                settings.muted,
                settings.keys,
                settings.conversations,
                settings.current,
                settings.channels,
            ),
        )
        self.assertEqual([key], list(settings.read))
