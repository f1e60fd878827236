"""Ignored people: their messages and events are not shown or counted, under any nick."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from tests.client.base import ClientTest


class IgnoringTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.receive(":srv 354 ana 71 b h ben H bob :Ben", ":srv 354 ana 71 c h chen H 0 :Chen")

    def ignore(self, nick: str) -> None:
        self.client.run(self.general, f"/ignore {nick}")
        self.general.clear()

    def rows(self) -> list[str]:
        """Return the conversations in the sidebar."""
        return [each.name for each in self.client.network.conversations.values() if each.kind != "server"]

    def assert_nothing(self, *lines: str) -> None:
        """Check that none of these lines is shown or counted."""
        for line in lines:
            with self.subTest(line):
                self.receive(line)
                self.assertEqual([], [entry.text or entry.kind for entry in self.general.entries])
                self.assertEqual({}, self.general.typing)
                self.assertEqual(["#general"], self.rows())
                unread = [each.unread for each in self.client.network.conversations.values()]
                self.assertEqual(0, sum(unread))

    def direct(self, nick: str, *texts: str) -> Conversation:
        self.receive(*(f":{nick}!b@h PRIVMSG ana :{text}" for text in texts))
        return self.conversation(nick)


class Guests(IgnoringTest):
    """A user without an account."""

    def test_none_of_their_events_is_shown(self) -> None:
        self.ignore("chen")
        self.assert_nothing(
            ":chen!c@h PRIVMSG #general :ana: look",
            ":chen!c@h NOTICE ana :psst",
            ":chen!c@h PRIVMSG ana :psst",
            "@+typing=active :chen!c@h TAGMSG #general",
            "@+typing=active :chen!c@h TAGMSG ana",
            ":chen!c@h INVITE ana #spam",
            ":chen!c@h INVITE dee #general",
            ":chen!c@h PART #general :read this",
            ":chen!c@h JOIN #general * :Chen",
            ":chen!c@h QUIT :and this",
        )

    def test_they_stay_ignored_after_a_nick_change(self) -> None:
        self.ignore("chen")
        self.assert_nothing(
            ":chen!c@h NICK chenny",
            ":chenny!c@h PRIVMSG #general :hi",
            ":chenny!c@h PRIVMSG ana :psst",
            ":chenny!c@h INVITE ana #spam",
            ":chenny!c@h NICK third",
            ":third!c@h PRIVMSG #general :hi",
        )
        self.assertEqual({"third"}, self.client.network.ignored)

    def test_another_user_who_takes_the_old_nick_is_not_ignored(self) -> None:
        self.ignore("chen")
        self.receive(":chen!c@h NICK chenny", ":dee!d@h JOIN #general * :Dee", ":dee!d@h NICK chen")
        self.receive(":chen!d@h PRIVMSG #general :I am dee")
        self.assertEqual(["I am dee"], self.texts(self.general))
        self.receive(":chenny!c@h QUIT :bye", ":chen!d@h PRIVMSG #general :still dee")
        self.assertEqual("still dee", self.texts(self.general)[-1])

    def test_a_new_user_with_that_nick_is_not_ignored(self) -> None:
        self.ignore("chen")
        self.receive(":chen!c@h NICK chenny", ":chen!n@h JOIN #general * :New", ":chenny!c@h QUIT :bye")
        self.receive(":chen!n@h PRIVMSG #general :I am new")
        self.assertIn("I am new", self.texts(self.general))

    def test_their_messages_under_an_earlier_nick_stay_hidden(self) -> None:
        self.ignore("chen")
        self.receive(":chen!c@h NICK chenny", ":chenny!c@h NICK third")
        for number, nick in enumerate(("chen", "chenny", "third")):
            tags = f"@time=2026-03-12T11:00:0{number}.000Z;msgid=m{number}"
            self.page("#general", f"{tags} :{nick}!c@h PRIVMSG #general :old words")
        self.assertEqual([], self.texts(self.general))

    def test_an_earlier_nick_is_ignored_again_when_they_may_have_returned_to_it(self) -> None:
        for is_seen in (True, False):
            with self.subTest(is_seen):
                self.client.network.ignored.clear()
                self.ignore("chen")
                self.receive(":chen!c@h NICK chenny", ":chenny!c@h NICK third")
                if is_seen:
                    self.receive(":third!c@h QUIT :bye")
                else:
                    self.lose_connection()
                self.assertEqual({"chen", "chenny", "third"}, self.client.network.ignored)
                self.assertEqual({}, self.client.network.former_nicks)
                self.receive(":chen!c@h JOIN #general * :Chen")

    def test_unignoring_applies_to_every_nick(self) -> None:
        self.ignore("chen")
        self.receive(":chen!c@h NICK chenny", ":chenny!c@h NICK third")
        self.client.run(self.general, "/ignore third")
        self.assertEqual((set(), {}), (self.client.network.ignored, self.client.network.former_nicks))

    def test_changing_the_nick_and_back_adds_one_nick(self) -> None:
        self.ignore("chen")
        self.receive(":chen!c@h NICK chenny", ":chenny!c@h NICK chen")
        self.assertEqual({"chen"}, self.client.network.ignored)
        self.assert_nothing(":chen!c@h PRIVMSG #general :hi")

    def test_after_a_login_they_are_recognised_by_the_account(self) -> None:
        self.ignore("chen")
        self.receive(":chen!c@h ACCOUNT chenacc", ":chen!c@h QUIT :bye")
        self.assert_nothing("@account=chenacc :new!n@h PRIVMSG #general :hi")

    def test_a_kick_is_shown_but_not_its_reason(self) -> None:
        self.ignore("chen")
        self.receive(":chen!c@h KICK #general ben :ha ha")
        self.assertEqual([("kick", "")], [(entry.kind, entry.text) for entry in self.general.entries])


class UnreadMessages(IgnoringTest):
    def test_those_of_a_person_who_is_ignored_do_not_count_any_more(self) -> None:
        self.client.network.watching = False
        self.receive(":chen!c@h PRIVMSG #general :ana: look", ":ben!b@h PRIVMSG #general :hi")
        self.assertEqual((2, 1), (self.general.unread, self.general.mentions))
        self.client.ignore("chen")
        self.assertEqual((1, 0), (self.general.unread, self.general.mentions))
        self.client.ignore("ben")
        self.assertEqual((0, None), (self.general.unread, self.general.first_unread))


class Accounts(IgnoringTest):
    """A user with an account: ben is logged in as bob."""

    def test_they_are_ignored_under_every_nick(self) -> None:
        self.ignore("ben")
        self.assertEqual({"ben", "=bob"}, self.client.network.ignored)
        self.receive(":ben!b@h QUIT :bye")
        self.assert_nothing(
            ":other!b@h JOIN #general bob :Ben",
            ":other!b@h PRIVMSG #general :hi",
            "@account=bob :unseen!b@h PRIVMSG ana :psst",
            "@+typing=active :other!b@h TAGMSG #general",
            ":other!b@h INVITE ana #spam",
        )

    def test_they_stay_ignored_after_a_logout(self) -> None:
        self.ignore("ben")
        self.receive(":ben!b@h QUIT :bye", ":other!b@h JOIN #general bob :Ben")
        self.assert_nothing(":other!b@h ACCOUNT *", ":other!b@h PRIVMSG #general :hi")

    def test_they_are_unignored_by_nick_or_account(self) -> None:
        for name in ("ben", "bob"):
            with self.subTest(name):
                self.client.network.ignored = {"ben", "=bob"} if name == "ben" else {"=bob"}
                self.client.run(self.general, f"/ignore {name}")
                self.assertEqual(set(), self.client.network.ignored)

    def test_accounts_are_listed_like_nicks(self) -> None:
        self.client.network.ignored = {"ben", "=bob", "dee", "=dee"}
        self.client.run(self.general, "/ignore")
        self.assertEqual("You are ignoring ben, bob, dee.", self.general.entries[-1].text)


class Pages(IgnoringTest):
    """Messages from the history."""

    def page_of(self, target: str, account: str) -> None:
        tags = f"@account={account};time=2026-03-12T11:00:00.000Z;msgid="
        self.page(target, *(f"{tags}m{n} :benny!b@h PRIVMSG ana :psst" for n in range(2)))

    def test_a_page_of_their_messages_is_empty(self) -> None:
        self.ignore("ben")
        tags = "@account=bob;time=2026-03-12T11:00:00.000Z;msgid=m1"
        self.page("#general", f"{tags} :benny!b@h PRIVMSG #general :hi")
        self.assertEqual([], self.texts(self.general))

    def test_a_page_of_their_messages_opens_no_conversation(self) -> None:
        self.ignore("ben")
        self.page_of("benny", "bob")
        self.assertEqual(["#general"], self.rows())

    def test_no_empty_conversation_is_left_after_a_reconnect(self) -> None:
        self.ignore("ben")
        self.lose_connection()
        self.pass_time(10)
        self.link_up()
        self.welcome()
        self.receive(
            ":srv BATCH +t draft/chathistory-targets",
            "@batch=t :srv CHATHISTORY TARGETS ben 2026-03-12T12:00:09.000Z",
            "@batch=t :srv CHATHISTORY TARGETS benny 2026-03-12T12:00:09.000Z",
            ":srv BATCH -t",
        )
        self.page_of("benny", "bob")
        self.assertEqual(["#general"], self.rows())

    def test_a_conversation_with_own_messages_stays(self) -> None:
        self.client.run(self.general, "/msg ben psst")
        self.client.open(self.general)
        self.ignore("ben")
        self.page_of("ben", "bob")
        self.assertEqual(["#general", "ben"], self.rows())


class EarlierMessages(IgnoringTest):
    def test_their_earlier_messages_are_no_longer_counted(self) -> None:
        ben = self.direct("ben", "one", "two")
        self.receive("@+typing=active :ben!b@h TAGMSG #general")
        self.assertEqual(2, ben.unread)
        self.client.run(self.general, "/ignore BEN")
        self.client.poll(None)
        self.assertEqual((0, {}), (ben.unread, self.general.typing))
