"""Pages of the history: bounds, order, contents and size."""

from __future__ import annotations

import unittest

from chatapp.server.state.accounts import Account
from chatapp.server.state.message_ids import first_id
from chatapp.server.storage import account_rows, history_pages, message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.history_pages import FOREVER, Content, DirectPartner, PageQuery
from chatapp.server.storage.message_rows import StoredMessage

ROOM = 100_000


class PageTest(unittest.TestCase):
    """Channel 1 contains messages at the times 10, 20, … 50, a JOIN at 25 and a TAGMSG at 35."""

    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)
        for time in range(10, 60, 10):
            self.add("PRIVMSG", time)
        self.add("JOIN", 25)
        self.add("TAGMSG", 35)

    def add(self, command: str, time: int, target: str = "#1", text: str = "hi") -> None:
        row = StoredMessage(first_id(time), target, "", time, command, "ann!a@h", "", text, {})
        insert = message_rows.insert if command == "PRIVMSG" else message_rows.insert_event
        self.database.write([insert(row, 1)])

    def query(self, limit: int = 10, content: Content = "messages", max_bytes: int = ROOM) -> PageQuery:
        return PageQuery(("#1",), content, limit, max_bytes)


class Between(PageTest):
    def between(self, after: int, before: int, newest: bool = True, limit: int = 10) -> list[int]:
        """Return the times on the page."""
        found = history_pages.between(self.database, self.query(limit), after, before, newest)
        return [message.time for message in found]

    def test_bounds_are_exclusive(self) -> None:
        self.assertEqual(self.between(10, 50), [20, 30, 40])
        self.assertEqual(self.between(20, 30), [])

    def test_a_limit_selects_the_newest_or_the_oldest_in_ascending_order(self) -> None:
        self.assertEqual(self.between(-1, FOREVER, newest=True, limit=2), [40, 50])
        self.assertEqual(self.between(-1, FOREVER, newest=False, limit=2), [10, 20])

    def test_events_and_tags_are_merged_by_time(self) -> None:
        pages: dict[Content, list[int]] = {
            "messages": [20, 30, 40],
            "messages and events": [20, 25, 30, 40],
            "messages, events and tags": [20, 25, 30, 35, 40],
        }
        for content, times in pages.items():
            with self.subTest(content):
                query = PageQuery(("#1",), content, 10, ROOM)
                found = history_pages.between(self.database, query, 10, 50, newest=True)
                self.assertEqual([message.time for message in found], times)

    def test_other_channels_are_not_read(self) -> None:
        self.add("PRIVMSG", 22, target="#2")
        self.assertEqual(self.between(10, 30), [20])


class Around(PageTest):
    def around(self, time: int, limit: int) -> list[int]:
        found = history_pages.around(self.database, self.query(limit), time)
        return [message.time for message in found]

    def test_equally_many_before_and_after(self) -> None:
        self.assertEqual(self.around(30, 4), [10, 20, 30, 40])
        self.assertEqual(self.around(35, 2), [30, 40])

    def test_one_side_fills_up_the_other(self) -> None:
        self.assertEqual(self.around(50, 4), [20, 30, 40, 50])
        self.assertEqual(self.around(0, 3), [10, 20, 30])


class Sizes(PageTest):
    def test_a_page_has_as_many_messages_as_fit(self) -> None:
        found = history_pages.between(self.database, self.query(max_bytes=700), -1, FOREVER, newest=True)
        self.assertEqual([message.time for message in found], [40, 50])

    def test_one_message_always_fits(self) -> None:
        message = StoredMessage(1, "#1", "", 1, "PRIVMSG", "ann!a@h", "", "x" * 5000, {})
        self.assertEqual(history_pages.first_within([message, message], 10), [message])

    def test_lines_and_tags_count(self) -> None:
        short = StoredMessage(1, "#1", "", 1, "PRIVMSG", "ann!a@h", "", "x", {})
        lines, tags = short._replace(text="x\n" * 50), short._replace(tags={"+note": "x" * 4000})
        for message in (lines, tags):
            self.assertEqual(len(history_pages.first_within([short, message, short], 2000)), 1)


class Ids(PageTest):
    def test_the_time_of_an_id_is_known_even_if_the_message_is_deleted(self) -> None:
        self.assertEqual(history_pages.time_of_id(self.database, ("#1",), first_id(25)), 25)
        self.assertEqual(history_pages.time_of_id(self.database, ("#1",), first_id(33) + 7), 33)

    def test_the_time_of_the_newest_message_does_not_count_events(self) -> None:
        self.add("JOIN", 90)
        self.assertEqual(history_pages.newest_message_time(self.database, "#1"), 50)
        self.assertIsNone(history_pages.newest_message_time(self.database, "#2"))


class Conversations(PageTest):
    def setUp(self) -> None:
        super().setUp()
        for partner, nick, time in (("=bob.8", "bobby", 60), ("!9", "Zoe", 70)):
            self.converse(partner, nick, time)

    def converse(self, partner: str, nick: str, time: int) -> None:
        key = f"=ann.7\n{partner}"
        self.database.write([message_rows.upsert_conversation("=ann.7", partner, key, nick, time)])
        self.add("PRIVMSG", time, target=key)

    def test_partners_are_those_with_stored_messages(self) -> None:
        both = [DirectPartner("!9", "Zoe", 70), DirectPartner("=bob.8", "bobby", 60)]
        self.assertEqual(sorted(history_pages.partners(self.database, "=ann.7")), both)
        self.database.write([message_rows.delete(first_id(60))])
        self.assertEqual(history_pages.partners(self.database, "=ann.7"), both[:1])

    def keys(self, name: str, *message_ids: int, is_online: bool = False) -> list[str]:
        """Return the partners whose conversations are found, without the present one."""
        found = history_pages.keys_of_conversation(
            self.database, "=ann.7", name, "=ann.7\n!99", is_online, message_ids
        )
        self.assertEqual(found[0], "=ann.7\n!99")
        return [key.partition("\n")[2] for key in found[1:]]

    def test_a_conversation_is_found_by_account_or_last_nick(self) -> None:
        for name, partners in (("BOB", ["=bob.8"]), ("bobby", ["=bob.8"]), ("zoe", ["!9"]), ("x", [])):
            with self.subTest(name):
                self.assertEqual(self.keys(name), partners)

    def test_a_user_who_has_the_last_nick_of_an_account_is_somebody_else(self) -> None:
        self.assertEqual(self.keys("bobby", is_online=True), [])

    def test_all_guests_of_a_nick_are_one_conversation(self) -> None:
        self.converse("!12", "zoe", 80)
        self.assertEqual(self.keys("Zoe", is_online=True), ["!9", "!12"])
        query = PageQuery(("=ann.7\n!9", "=ann.7\n!12"), "messages", 10, ROOM)
        for newest, limit, times in ((True, 1, [80]), (False, 1, [70]), (True, 2, [70, 80])):
            limited = query._replace(limit=limit)
            found = history_pages.between(self.database, limited, -1, FOREVER, newest)
            self.assertEqual([message.time for message in found], times)
        self.assertEqual(history_pages.time_of_id(self.database, query.targets, first_id(80)), 80)

    def test_a_message_leads_to_its_conversation_if_a_partner_had_the_name(self) -> None:
        """Each test message is from ann and says so, whoever is asked for."""
        self.assertEqual(self.keys("ann", first_id(70)), ["!9"])
        self.assertEqual(self.keys("stranger", first_id(70)), [])
        self.assertEqual(self.keys("ann", first_id(20)), [])  # in a channel
        self.add("PRIVMSG", 90, target="!3\n!9")
        self.assertEqual(self.keys("ann", first_id(90)), [])  # of others

    def test_conversations_with_deleted_accounts_are_not_found(self) -> None:
        self.database.write(account_rows.delete(Account("bob", "", "member", "", 0, 8)))
        self.assertEqual(self.keys("bob"), [])
        self.assertEqual(self.keys("ann", first_id(60)), [])
        self.assertEqual([each.nick for each in history_pages.partners(self.database, "=ann.7")], ["Zoe"])
