"""BATCH: messages of several lines, how they are delivered, stored and refused.

Source:
    IRCv3 client-batch, multiline
"""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.multiline import IDLE_SECONDS, MAX_BYTES, MAX_LINES
from tests.server.base import ServerTest

CAPS = "batch draft/multiline message-tags"
ALL = f"{CAPS} echo-message labeled-response server-time"


class BatchTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=CAPS)

    def lines(self, *lines: str, target: str = "#c", tags: str = "", command: str = "PRIVMSG") -> list[str]:
        """Return the lines of a whole batch. A line that begins with `+` continues the line before it."""
        body = [
            f"@batch=1;draft/multiline-concat {command} {target} :{line[1:]}"
            if line.startswith("+")
            else f"@batch=1 {command} {target} :{line}"
            for line in lines
        ]
        return [f"{tags} BATCH +1 draft/multiline {target}".lstrip(), *body, "BATCH -1"]


class Delivery(BatchTest):
    def test_clients_with_multiline_get_one_batch_with_all_tags_on_its_first_line(self) -> None:
        self.say("ann", *self.lines("hello", "", "how is ", "+everyone?", tags="@+x=1;label=7"))
        first, *inner, last = self.messages("bob")
        reference = first.params[0][1:]
        self.assertEqual((first.command, first.nick), ("BATCH", "ann"))
        self.assertEqual(first.params[1:], ("draft/multiline", "#c"))
        self.assertEqual(set(first.tags), {"msgid", "+x"})
        self.assertEqual(
            [(line.command, line.params, dict(line.tags)) for line in inner],
            [
                ("PRIVMSG", ("#c", "hello"), {"batch": reference}),
                ("PRIVMSG", ("#c", ""), {"batch": reference}),
                ("PRIVMSG", ("#c", "how is "), {"batch": reference}),
                ("PRIVMSG", ("#c", "everyone?"), {"batch": reference, "draft/multiline-concat": ""}),
            ],
        )
        self.assertEqual((last.command, last.params, last.tags), ("BATCH", (f"-{reference}",), {}))

    def test_lines_within_the_batch_have_no_time(self) -> None:
        self.enter("dan", channel="#c", caps=f"{CAPS} server-time")
        self.say("ann", *self.lines("a", "b"))
        first, *inner, _ = self.messages("dan")
        self.assertIn("time", first.tags)
        self.assertEqual([set(line.tags) for line in inner], [{"batch"}, {"batch"}])

    def test_clients_without_multiline_get_the_lines_except_blank_ones(self) -> None:
        """Servers MUST only include a message ID on the first message of a batch."""
        self.enter("dan", channel="#c", caps="message-tags account-tag server-time")
        self.log_in("ann")
        self.say("ann", *self.lines("", "hello", "", "how is ", "+everyone?", tags="@+x=1"))
        messages = self.messages("dan")
        self.assertEqual([message.text for message in messages], ["hello", "how is ", "everyone?"])
        self.assertEqual(
            [set(message.tags) for message in messages],
            [{"msgid", "time", "account", "+x"}, *[{"time", "account", "+x"}] * 2],
        )

    def test_clients_with_only_one_of_the_two_capabilities_get_the_lines(self) -> None:
        self.enter("dan", channel="#c", caps="draft/multiline")
        self.enter("eve", channel="#c", caps="batch")
        self.say("ann", *self.lines("a", "b"))
        for name in ("dan", "eve"):
            self.assertGot(name, ":ann PRIVMSG #c :a", ":ann PRIVMSG #c :b")

    def test_the_capabilities_can_be_requested_in_any_order_and_removed(self) -> None:
        self.enter("dan", channel="#c", caps="draft/multiline")
        self.say("dan", "CAP REQ batch", "CAP REQ -draft/multiline", "CAP REQ draft/multiline")
        self.forget()
        self.say("ann", *self.lines("a", "b"))
        self.assertEqual(self.codes("dan"), ["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"])
        self.say("dan", "CAP REQ -batch")
        self.forget()
        self.say("ann", *self.lines("a", "b"))
        self.assertEqual(self.codes("dan"), ["PRIVMSG", "PRIVMSG"])

    def test_a_plain_text_client_reads_the_lines(self) -> None:
        link = self.connect("dan")
        self.pass_time(4)
        self.send("dan", Message("", ("Dan",)))
        self.say("dan", "JOIN #c")
        link.take()
        self.say("ann", *self.lines("a", "", "b"))
        self.assertEqual(link.take(), "ann: a\nann: b\n")

    def test_notices_can_be_batches(self) -> None:
        self.say("ann", *self.lines("a", "b", command="NOTICE"))
        self.assertEqual(self.codes("bob"), ["BATCH", "NOTICE", "NOTICE", "BATCH"])

    def test_direct_messages_can_be_batches(self) -> None:
        self.say("ann", *self.lines("a", "b", target="bob"))
        self.assertEqual([message.params[-1] for message in self.messages("bob")][:3], ["bob", "a", "b"])

    def test_a_service_gets_the_batch_and_its_echo_is_a_batch(self) -> None:
        self.enter("dan", caps=f"{CAPS} echo-message")
        self.say("dan", *self.lines("HELP", "me", target="NickServ"))
        self.assertEqual(self.codes("dan")[:4], ["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"])

    def test_an_absent_user_gets_the_batch_later(self) -> None:
        self.enter_as("dan")
        self.hang_up("dan")
        self.say("ann", *self.lines("hello", "", "there", target="dan"))
        row = self.reader.rows("SELECT text FROM messages JOIN waiting ON message = id").fetchone()
        self.assertEqual(row, ("hello\n\nthere",))

    def test_a_batch_of_one_line_is_a_plain_message(self) -> None:
        self.say("ann", *self.lines("alone", tags="@+x=1"))
        (message,) = self.messages("bob")
        self.assertEqual((message.command, message.text, message.tags["+x"]), ("PRIVMSG", "alone", "1"))
        self.assertNotIn("batch", message.tags)


class Labels(BatchTest):
    """Servers MUST only include the label tag on the opening BATCH command."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("dan", channel="#c", caps=ALL)

    def test_the_echo_is_one_batch_with_the_label(self) -> None:
        self.say("dan", *self.lines("a", "b", tags="@label=7"))
        messages = self.messages("dan")
        self.assertEqual([message.command for message in messages], ["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"])
        self.assertEqual([message.tags.get("label") for message in messages], ["7", None, None, None])

    def test_without_an_echo_the_end_is_acknowledged(self) -> None:
        self.enter("eve", channel="#c", caps=f"{CAPS} labeled-response")
        first, *rest = self.lines("a", "b", tags="@label=7")
        self.say("eve", first)
        self.assertGot("eve")
        self.say("eve", *rest)
        (answer,) = self.messages("eve")
        self.assertEqual((answer.command, answer.tags["label"]), ("ACK", "7"))

    def test_an_error_carries_the_label_wherever_it_is_found(self) -> None:
        for lines in (
            self.lines("a", target="#nowhere", tags="@label=7"),
            self.lines("", "", tags="@label=7"),
            self.lines("a", "+", tags="@label=7"),
            ["@label=7 BATCH +1 draft/other #c"],
        ):
            with self.subTest(lines[0]):
                self.say("dan", *lines)
                (answer,) = self.messages("dan")
                self.assertEqual(answer.tags["label"], "7")

    def test_to_oneself_only_the_echo_carries_the_label(self) -> None:
        self.say("dan", *self.lines("a", "b", target="dan", tags="@label=7"))
        openers = [message for message in self.messages("dan") if message.params[0][0] == "+"]
        self.assertEqual([message.tags.get("label") for message in openers], [None, "7"])
        self.assertEqual(len({message.tags["msgid"] for message in openers}), 1)


class Storage(BatchTest):
    def setUp(self) -> None:
        super().setUp()
        self.say("ann", "PRIVMSG #c :before", *self.lines("hello", "", "how is ", "+everyone?", tags="@+x=1"))
        self.msgid = self.messages("bob")[1].tags["msgid"]

    def test_a_batch_is_stored_as_one_message(self) -> None:
        rows = self.reader.rows("SELECT text FROM messages ORDER BY id").fetchall()
        self.assertEqual(rows, [("before",), ("hello\n\nhow is \reveryone?",)])

    def test_history_returns_it_as_a_nested_batch(self) -> None:
        self.say("bob", "CHATHISTORY LATEST #c * 1")
        page, first, *inner, last, _ = self.messages("bob")
        outside = page.params[0][1:]
        self.assertEqual(first.command, "BATCH")
        self.assertEqual((first.tags["msgid"], first.tags["batch"]), (self.msgid, outside))
        self.assertEqual(first.tags["+x"], "1")
        self.assertEqual([line.text for line in inner], ["hello", "", "how is ", "everyone?"])
        self.assertEqual({line.tags["batch"] for line in inner}, {first.params[0][1:]})
        self.assertIn("draft/multiline-concat", inner[3].tags)
        self.assertEqual((last.params[0][1:], last.tags["batch"]), (first.params[0][1:], outside))

    def test_history_returns_it_as_lines_that_count_as_one_message(self) -> None:
        self.enter("dan", channel="#c", caps="batch message-tags")
        self.say("dan", "CHATHISTORY LATEST #c * 2")
        messages = self.messages("dan")[1:-1]
        self.assertEqual([message.text for message in messages], ["before", "hello", "how is ", "everyone?"])
        self.assertEqual([message.tags.get("msgid") for message in messages][1:], [self.msgid, None, None])

    def test_a_batch_is_redacted_as_one_message(self) -> None:
        self.say("ann", f"REDACT #c {self.msgid}")
        self.assertEqual(self.reader.rows("SELECT text FROM messages").fetchall(), [("before",)])


class Refusals(BatchTest):
    def assertRefused(self, code: str, *lines: str, context: str = "") -> None:
        """Check that the wrong line gets exactly one error and that no message is sent."""
        answers = self.answer("ann", *lines)
        self.assertEqual(len(answers), 1, answers)
        self.assertTrue(answers[0].startswith(f"FAIL BATCH {code}{context} :"), answers)
        self.assertGot("bob")

    def test_too_many_bytes(self) -> None:
        text = "x" * 256
        for lines, fits in (
            ([text] + [f"+{text}"] * 15, True),
            ([text] * 16, False),
            ([text] + [f"+{text}"] * 15 + ["+x"], False),
            (["ä" * 128] + ["+" + "ä" * 128] * 15, True),
        ):
            with self.subTest(len(lines)):
                self.forget()
                if fits:
                    self.assertEqual(self.answer("ann", *self.lines(*lines)), [])
                    self.assertEqual(len(self.messages("bob")), len(lines) + 2)
                else:
                    self.assertRefused("MULTILINE_MAX_BYTES", *self.lines(*lines), context=f" {MAX_BYTES}")

    def test_too_many_lines(self) -> None:
        self.say("ann", *self.lines(*["x"] * MAX_LINES))
        self.assertEqual(len(self.messages("bob")), MAX_LINES + 2)
        lines = self.lines(*["x"] * (MAX_LINES + 5))
        self.assertRefused("MULTILINE_MAX_LINES", *lines, context=f" {MAX_LINES}")

    def test_a_line_with_another_target(self) -> None:
        first, *_ = self.lines()
        line = "@batch=1 PRIVMSG #d :hello"
        self.assertRefused("MULTILINE_INVALID_TARGET", first, line, line, "BATCH -1", context=" #c #d")

    def test_another_spelling_is_the_same_target(self) -> None:
        first, _, last = self.lines("x")
        self.say("ann", first, "@batch=1 PRIVMSG #C :x", last)
        self.assertGot("bob", ":ann PRIVMSG #c :x")

    def test_other_errors(self) -> None:
        first = "BATCH +1 draft/multiline #c"
        line = "@batch=1 PRIVMSG #c :x"
        for lines in (
            self.lines("", ""),
            self.lines(),
            self.lines("x", "+"),
            [first, line, "@batch=1 NOTICE #c :x", "BATCH -1"],
            [first, line, "@batch=1 TAGMSG #c", "BATCH -1"],
            [first, line, "@batch=1 JOIN #d", "BATCH -1"],
            [first, line, "@batch=1 BATCH +2 draft/multiline #c", "BATCH -1"],
            [first, line, "BATCH +2 draft/multiline #c"],
            ["BATCH +1 draft/other #c"],
            ["BATCH +1 draft/multiline"],
            ["BATCH +1 draft/multiline #c,#d"],
            ["BATCH 1 draft/multiline #c"],
            ["BATCH -1"],
            ["@batch=9 PRIVMSG #c :x"],
        ):
            with self.subTest(lines):
                self.assertRefused("MULTILINE_INVALID", *lines)
                self.say("ann", "BATCH -1")
                self.text("ann")

    def test_the_capability_is_required(self) -> None:
        self.enter("dan", channel="#c", caps="batch")
        (answer,) = self.answer("dan", "BATCH +1 draft/multiline #c")
        self.assertTrue(answer.startswith("FAIL BATCH MULTILINE_INVALID "))

    def test_a_sender_without_permission_gets_the_error_at_the_end(self) -> None:
        self.say("ann", "MODE #c +m")
        self.forget()
        self.assertEqual(
            self.answer("bob", *self.lines("a", "b")),
            ["404 bob #c :Only members with voice or a higher rank can write here (+m)"],
        )

    def test_a_text_of_many_lines_costs_less_of_the_flood_budget_than_as_many_messages(self) -> None:
        link = self.links["ann"]
        link.charged = 0.0
        self.say("ann", *self.lines(*(f"line {number}" for number in range(40))))
        self.assertEqual(-30.0, link.charged)
        self.say("ann", "BATCH +1 draft/multiline #c", *["@batch=1 PRIVMSG #other :x"] * 9)
        self.assertGreaterEqual(link.charged, -31.0, "the lines of a refused batch cost as usual")

    def test_other_commands_may_come_between_the_lines(self) -> None:
        first, one, two, last = self.lines("a", "b")
        self.say("ann", first, one, "PING x", "PRIVMSG #c :between", two, last)
        self.assertEqual(self.codes("ann"), ["PONG"])
        self.assertEqual(self.codes("bob"), ["PRIVMSG", "BATCH", "PRIVMSG", "PRIVMSG", "BATCH"])


class UnfinishedBatches(BatchTest):
    CONFIG = "[limits]\nping_seconds = 10_000\ndrop_seconds = 20_000"

    def test_an_unfinished_batch_times_out(self) -> None:
        first, one, two, last = self.lines("a", "b")
        self.say("ann", first, one)
        self.pass_time(IDLE_SECONDS - 1)
        self.assertGot("ann")
        self.say("ann", two)
        self.pass_time(IDLE_SECONDS + 1)
        self.assertGot("ann", "FAIL BATCH TIMEOUT 1 :The batch was open for too long without a line")
        self.assertEqual(self.answer("ann", two, last), [])
        self.assertGot("bob")

    def test_a_finished_batch_does_not_time_out(self) -> None:
        self.say("ann", *self.lines("a", "b"))
        self.pass_time(2 * IDLE_SECONDS)
        self.assertGot("ann")

    def test_a_batch_cut_off_by_a_disconnect_is_not_sent(self) -> None:
        self.say("ann", *self.lines("a", "b")[:-1])
        self.hang_up("ann")
        self.pass_time(2 * IDLE_SECONDS)
        self.assertEqual(self.codes("bob"), ["QUIT"])
