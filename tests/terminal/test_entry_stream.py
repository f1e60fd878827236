"""Each entry is printed once, in order of time, in spite of lost connections."""

from __future__ import annotations

from chatapp.client.model.changes import Change
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.delivery_status import CONFIRM_SECONDS
from chatapp.client.model.history import SLOW_SECONDS
from chatapp.client.model.model import Entry
from chatapp.terminal.entry_stream import EntryStream
from tests.client.base import ClientTest
from tests.client.messages import MESSAGES, edit, reaction

MESSAGE_KINDS = ("message", "action", "notice")


def line(number: int, nick: str = "ben", text: str = "", target: str = "#general") -> str:
    """Return a message of the history, some seconds after noon."""
    clock = f"{12 + number // 3600}:{number // 60 % 60:02}:{number % 60:02}"
    words = text or f"message {number}"
    return f"@time=2026-03-12T{clock}.000Z;msgid=m{number} :{nick}!{nick}@h PRIVMSG {target} :{words}"


class EntryStreamTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.now += 3600
        self.printed: list[str] = []

    def print_entries(self, history: int = 0, on_open: int | None = None, everything: bool = True) -> None:
        """Print messages from now on: all, or those of the current conversation."""

        def wanted(conversation: Conversation, entry: Entry) -> bool:
            current = conversation is self.client.network.current
            return entry.kind in MESSAGE_KINDS and (everything or current or entry.state == "failed")

        self.stream = EntryStream(wanted, history, on_open)

    def put(self, item: object) -> list[Change]:
        return self.take(super().put(item))

    def pass_time(self, seconds: float) -> list[Change]:
        return self.take(super().pass_time(seconds))

    def take(self, changes: list[Change]) -> list[Change]:
        for printed in self.stream.take(self.client.network, changes, self.now):
            mark = (
                "reactions to " if printed.reactions_only else "!" if printed.entry.state == "failed" else ""
            )
            if printed.entry.kind in MESSAGE_KINDS:
                self.printed.append(f"{printed.conversation.name} {mark}{printed.entry.text}")
        return changes

    def assert_printed(self, *expected: str) -> None:
        """Check what was printed since the last check."""
        printed, self.printed = self.printed, []
        self.assertEqual(list(expected), printed)

    def say(self, conversation: Conversation, text: str) -> None:
        self.client.run(conversation, text)
        self.pass_time(0)

    def echo(self, text: str, number: int) -> None:
        label = self.sent()[-1].partition("label=")[2].partition(" ")[0]
        self.receive(line(number, "ana", text).replace("@", f"@label={label};", 1))


class NewEntries(EntryStreamTest):
    def test_messages_from_before_the_join_are_not_printed(self) -> None:
        self.print_entries()
        self.come()
        self.assert_printed("#general now")

    def test_the_requested_number_of_them_is_printed(self) -> None:
        self.print_entries(history=2)
        self.come()
        self.assert_printed("#general message 2", "#general message 3", "#general now")

    def come(self) -> None:
        """Join a channel with three old messages; a new one follows."""
        self.connect()
        self.welcome()
        self.enter()
        self.page("#general", line(1), line(2), line(3))
        self.receive(":ben!b@h PRIVMSG #general :now")

    def test_an_own_message_is_printed_when_the_server_has_it(self) -> None:
        self.print_entries()
        general = self.online()
        self.say(general, "hello")
        self.assert_printed()
        self.echo("hello", 3700)
        self.assert_printed("#general hello")

    def test_missed_messages_come_before_new_ones(self) -> None:
        self.print_entries()
        self.online()
        self.receive(line(3700))
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.enter()
        self.receive(line(3703))
        self.assert_printed("#general message 3700")
        self.page("#general", line(3701), line(3702), line(3703))
        self.assert_printed()
        self.page("#general")
        self.assert_printed("#general message 3701", "#general message 3702", "#general message 3703")

    def test_missed_messages_come_first_however_late_their_page_is(self) -> None:
        self.print_entries()
        self.online()
        self.receive(line(3700))
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.enter()
        self.pass_time(10 * SLOW_SECONDS)
        self.receive(line(3703))
        self.pass_time(10 * SLOW_SECONDS)
        self.assert_printed("#general message 3700")
        self.page("#general", line(3701), line(3702), line(3703))
        self.pass_time(10 * SLOW_SECONDS)
        self.page("#general")
        self.assert_printed("#general message 3701", "#general message 3702", "#general message 3703")

    def test_a_page_that_the_pong_has_overtaken_is_not_waited_for(self) -> None:
        self.print_entries()
        self.connect()
        self.welcome()
        self.enter()
        self.receive(":ben!b@h PRIVMSG #general :hi")
        self.pass_time(SLOW_SECONDS)
        self.assert_printed()
        self.receive(f":srv PONG srv {self.sent()[-1].split()[-1]}")
        self.assert_printed("#general hi")

    def test_a_failed_message_is_printed_at_once_and_again_if_it_was_delivered_after_all(self) -> None:
        self.print_entries()
        general = self.online()
        self.receive(line(3700))
        self.say(general, "did it arrive?")
        self.pass_time(CONFIRM_SECONDS + 1)
        self.assert_printed("#general message 3700", "#general !did it arrive?")
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.enter()
        self.page("#general", line(3701, "ana", "did it arrive?"))
        self.page("#general")
        self.assert_printed("#general did it arrive?")

    def test_a_message_is_not_printed_while_it_is_uncertain_whether_it_arrived(self) -> None:
        self.print_entries()
        general = self.online()
        self.say(general, "did it arrive?")
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.enter()
        self.assert_printed()
        self.page("#general", line(3701, "ana", "did it arrive?"))
        self.page("#general")
        self.assert_printed("#general did it arrive?")

    def test_a_direct_message_that_opens_a_conversation_is_printed(self) -> None:
        self.print_entries()
        self.online()
        self.receive(":chen!c@h PRIVMSG ana :psst")
        self.assert_printed("chen psst")

    def test_messages_read_elsewhere_are_not_printed_when_their_page_comes_after_new_ones(self) -> None:
        self.print_entries()
        self.online()
        self.now += 3600
        self.receive(line(7200, "eve", "new", target="ana"))
        self.assert_printed("eve new")
        self.receive("MARKREAD eve timestamp=2026-03-12T12:00:08.000Z")
        self.page("eve", line(7, "eve", "read", target="ana"), line(9, "eve", "unread", target="ana"))
        self.assert_printed("eve unread")

    def test_no_entry_is_printed_twice_when_entries_move(self) -> None:
        self.print_entries()
        self.online()
        self.receive(line(3702), line(3701), line(3703))
        self.assert_printed("#general message 3701", "#general message 3702", "#general message 3703")
        self.receive(line(3700))
        self.assert_printed("#general message 3700")


class ChangedMessages(EntryStreamTest):
    """What changes about a message that was printed before."""

    def setUp(self) -> None:
        super().setUp()
        self.print_entries()
        self.general = self.online(capabilities=MESSAGES)

    def test_a_changed_text_is_printed_again(self) -> None:
        self.receive(line(3601, text="helo"))
        self.assert_printed("#general helo")
        self.receive(edit(2, "hello", to="m3601"))
        self.assert_printed("#general hello")

    def test_an_own_change_is_printed_when_it_is_confirmed_or_refused(self) -> None:
        self.receive(line(3601, "ana", "helo"))
        self.assert_printed("#general helo")
        entry = self.general.entries[-1]
        self.client.edit(self.general, entry, "hello")
        self.pass_time(0)
        self.assert_printed()
        self.receive(edit(2, "hello", "ana", "m3601", "label=change-1"))
        self.assert_printed("#general hello")
        self.client.edit(self.general, entry, "hi")
        self.receive("@label=change-2 :srv FAIL EDIT EDIT_FORBIDDEN #general m3601 :No")
        self.assert_printed("#general hello")

    def test_reactions_are_printed_alone(self) -> None:
        self.receive(line(3601, text="done"), reaction(2, "👍", to="m3601"))
        self.assert_printed("#general done")
        for _ in range(2):
            self.receive(reaction(3, "👍", "chen", "m3601"))
        self.assert_printed("#general reactions to done")


class Entering(EntryStreamTest):
    def setUp(self) -> None:
        super().setUp()
        self.print_entries(on_open=2, everything=False)

    def test_some_history_is_printed_and_then_new_messages(self) -> None:
        self.connect()
        self.welcome()
        self.receive(":ana!ana@home.example JOIN #general * :Ana")
        self.page("#general", *(line(number) for number in range(1, 9)))
        self.assert_printed("#general message 8")
        self.receive(":ben!b@h PRIVMSG #general :now")
        self.assert_printed("#general now")

    def test_all_unread_messages_are_printed_even_if_they_are_more(self) -> None:
        general = self.online()
        help_ = self.enter("#help")
        self.page("#help")
        for number in range(3700, 3705):
            self.receive(line(number, target="#help"))
        self.assert_printed()
        self.client.open(help_)
        self.pass_time(0)
        self.assert_printed(*(f"#help message {number}" for number in range(3700, 3705)))
        self.client.mark_read(help_)
        self.client.open(general)
        self.client.open(help_)
        self.pass_time(0)
        self.assert_printed("#help message 3703", "#help message 3704")
