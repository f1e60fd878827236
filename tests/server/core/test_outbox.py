"""The outbox: what each of its methods sends, stores or starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatapp.protocol.capabilities import BATCH, LABELED_RESPONSE, MESSAGE_TAGS
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_NOSUCHNICK, RPL_AWAY, FailError, NumericError
from chatapp.server.core.effects import Send
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log
from tests.server.base import ServerTest


class OutboxTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def session(self, name: str) -> Session:
        return self.user(name).sessions[0]

    def outbox(self, name: str = "ann", label: str | None = None) -> Outbox:
        return Outbox(self.world, self.session(name), label, self._milliseconds(), self._passed)

    def lines(self, out: Outbox) -> list[str]:
        """Return the bodies of all messages in an outbox."""
        return [effect.message.body() for effect in out.effects if isinstance(effect, Send)]


class Replies(OutboxTest):
    def test_a_numeric_has_the_nick_and_its_default_text(self) -> None:
        out = self.outbox()
        out.reply(ERR_NOSUCHNICK, "zoe")
        self.assertEqual(self.lines(out), [":chatapp.local 401 ann zoe :No such nick or channel"])

    def test_errors_become_replies(self) -> None:
        out = self.outbox()
        out.refuse(NumericError(ERR_NOSUCHNICK, "zoe"))
        out.refuse(FailError("SEARCH", "INVALID_PARAMS", "Invalid time", "after"))
        out.warn(FailError("METADATA", "SYNC_CUT", "There is more"))
        out.note("BAN", "END", "0 bans")
        self.assertEqual(
            self.lines(out),
            [
                ":chatapp.local 401 ann zoe :No such nick or channel",
                ":chatapp.local FAIL SEARCH INVALID_PARAMS after :Invalid time",
                ":chatapp.local WARN METADATA SYNC_CUT :There is more",
                ":chatapp.local NOTE BAN END :0 bans",
            ],
        )

    def test_a_numeric_for_another_session_goes_to_that_one(self) -> None:
        self.act("ann", lambda out: out.reply_to(self.session("bob"), RPL_AWAY, "zoe", "gone"))
        self.assertGot("bob", "301 bob zoe gone")
        self.assertGot("ann")

    def test_a_numeric_that_is_not_a_reply_gets_no_label(self) -> None:
        self.session("ann").set_caps(LABELED_RESPONSE | MESSAGE_TAGS | BATCH)
        out = self.outbox(label="x")
        out.send_numeric(self.session("ann"), RPL_AWAY, "zoe", "gone")
        out.reply_from_server("PONG", "y")
        out.finish()
        labels = [each.message.tags.get("label") for each in out.effects if isinstance(each, Send)]
        self.assertEqual(labels, [None, "x"])

    def test_replies_inside_a_batch_carry_its_reference(self) -> None:
        self.session("ann").set_caps(BATCH)
        out = self.outbox()
        with out.batch("example", "x"):
            out.reply_from_server("PONG", "y")
        opened, inner, closed = [each.message for each in out.effects if isinstance(each, Send)]
        reference = opened.params[0][1:]
        self.assertEqual((opened.params[1:], inner.tags["batch"]), (("example", "x"), reference))
        self.assertEqual(closed.params, (f"-{reference}",))

    def test_a_session_without_batch_gets_only_the_replies(self) -> None:
        out = self.outbox()
        with out.batch("example"):
            out.reply_from_server("PONG", "y")
        out.batch_to(self.session("bob"), "example", (), [Message("PONG", ("z",), "chatapp.local")])
        self.assertEqual(self.lines(out), [":chatapp.local PONG y", ":chatapp.local PONG z"])

    def test_a_batch_for_another_session_has_a_reference_of_that_session(self) -> None:
        self.session("bob").set_caps(BATCH)
        used = self.session("bob").new_batch()
        out = self.outbox()
        out.batch_to(self.session("bob"), "example", ("x",), [Message("PONG", ("z",))])
        opened, inner, closed = [each.message for each in out.effects if isinstance(each, Send)]
        self.assertNotEqual(inner.tags["batch"], used)
        self.assertEqual(
            (opened.params[0], closed.params[0]), (f"+{inner.tags['batch']}", f"-{inner.tags['batch']}")
        )


class MessagesFromUsers(OutboxTest):
    def test_each_has_a_time_a_new_id_and_the_tags_of_its_user(self) -> None:
        self.log_in("ann")
        out = self.outbox()
        first = out.message_from(self.user("ann"), "PRIVMSG", "#c", "hello", tags={"+x": "1"})
        second = out.message_from(self.user("ann"), "PRIVMSG", "#c", "hello", at=1_000)
        self.assertEqual((first.tags["account"], first.tags["+x"]), ("ann", "1"))
        self.assertEqual(first.tags["time"], "2026-03-12T12:00:00.000Z")
        self.assertEqual(second.tags["time"], "1970-01-01T00:00:01.000Z")
        self.assertLess(int(first.tags["msgid"], 16), int(second.tags["msgid"], 16))

    def test_a_delivered_message_is_not_a_reply_even_for_its_sender(self) -> None:
        out = self.outbox()
        audience = self.user("ann").audience
        out.deliver(audience, Message("PRIVMSG", ("ann", "note")))
        out.send(audience, Message("PRIVMSG", ("ann", "note")))
        answers = [each.answers(self.session("ann")) for each in out.effects if isinstance(each, Send)]
        self.assertEqual(answers, [False, True])


class Ends(OutboxTest):
    def test_drop_leaves_only_the_reason(self) -> None:
        out = self.outbox()
        out.reply_from_server("PONG", "x")
        out.audit("KILL", "bob")
        out.run_job(lambda reader: None, lambda world, me, result, out: None)
        out.drop("No")
        self.assertEqual(self.lines(out), [":chatapp.local 400 ann No"])
        self.assertEqual((out.saves, out.job, out.follow_up, out.steps), ([], None, None, None))

    def test_close_sends_an_error_and_the_reason_to_others(self) -> None:
        self.act("ann", lambda out: out.close(self.session("ann"), "Go away", "Was sent away"))
        self.assertGot("ann", "ERROR :Go away")
        self.assertGot("bob", ":ann QUIT :Was sent away")

    def test_an_audit_entry_names_actor_action_and_subject(self) -> None:
        self.act("ann", lambda out: out.audit("KILL", "bob!b@host", "spam"))
        [entry] = audit_log.latest(self.reader, 10)
        self.assertEqual(
            (entry.by, entry.action, entry.about), (self.user("ann").source, "KILL", "bob!b@host")
        )

    def test_a_line_of_the_log_is_written_when_the_command_is_done(self) -> None:
        with self.assertLogs("chatapp.server.core", "INFO") as logged:
            self.act("ann", lambda out: out.log_info("something happened"))
        self.assertEqual([record.getMessage() for record in logged.records], ["something happened"])


class LaterWork(OutboxTest):
    def test_the_user_of_a_job_is_the_one_that_the_session_has_when_it_finishes(self) -> None:
        users: list[User] = []

        def done(world: World, me: Session, user: User, result: Any, out: Outbox) -> None:
            users.append(user)

        other = self.user("bob")
        with self.jobs_under_way():
            self.act("ann", lambda out: out.run_user_job(lambda reader: None, done))
            self.session("ann").user = other
        self.assertEqual(users, [other])

    def test_a_job_for_a_user_is_refused_when_the_session_has_none(self) -> None:
        self.connect("eve")
        [session] = self.world.unregistered
        out = Outbox(self.world, session, None, 0, 0.0)
        out.run_user_job(lambda reader: None, lambda world, me, user, result, out: None)
        assert out.job
        with self.assertRaises(NumericError) as caught:
            out.job.done(self.world, session, None, out)
        self.assertEqual(caught.exception.numeric.code, "451")

    def test_a_deferred_job_starts_after_the_command_is_answered(self) -> None:
        order: list[str] = []

        def act(out: Outbox) -> None:
            out.reply_from_server("PONG", "first")
            out.run_follow_up_job(
                lambda reader: order.append("job"),
                lambda world, me, result, out: out.reply_from_server("PONG", "second"),
            )

        with self.jobs_under_way():
            self.act("ann", act)
            self.assertGot("ann", "PONG first")
        self.assertGot("ann", "PONG second")
        self.assertEqual(order, ["job"])

    def test_a_delayed_task_runs_unless_the_session_is_closed(self) -> None:
        def remind(out: Outbox) -> None:
            out.after(3, lambda world, me, out: out.reply_from_server("NOTE", "now"))

        self.act("ann", remind)
        self.act("bob", remind)
        self.hang_up("bob")
        self.pass_time(2)
        self.assertGot("ann", ":bob QUIT :Connection closed")
        self.pass_time(2)
        self.assertGot("ann", "NOTE now")
        self.assertGot("bob")

    def test_steps_are_done_one_part_at_a_time(self) -> None:
        def steps() -> Iterator[int]:
            out.reply_from_server("PONG", "1")
            yield 10
            out.reply_from_server("PONG", "2")
            yield 20

        out = self.outbox()
        out.run_in_parts(steps())
        for lines, work in ((1, 10), (2, 30)):
            out.advance()
            self.assertEqual((len(out.effects), out.work), (lines, work))
            self.assertIsNotNone(out.steps)
        out.advance()
        self.assertIsNone(out.steps)
