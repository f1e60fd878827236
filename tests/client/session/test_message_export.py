"""The export of our own messages: pages of every conversation, then a file."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from chatapp.client.local import export_file
from chatapp.client.local.export_spool import ExportSpool
from chatapp.client.model.changes import ExportChanged
from chatapp.client.model.exports import MessageExport
from chatapp.client.model.own_account import offers
from chatapp.client.session.message_export import ANSWER_SECONDS, LOST, NO_ANSWER, NO_ROOM
from tests.client.base import EVERYTHING, ClientTest

MINE = "@msgid={0};time=2026-03-12T11:00:0{0}.000Z;account=ana :ana!a@h PRIVMSG {1} :mine {0}"
THEIRS = "@msgid={0};time=2026-03-12T11:00:0{0}.000Z;account=ben :ben!b@h PRIVMSG {1} :theirs {0}"


class Exporting(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "mine.json"
        self.online()
        self.receive(":srv 900 ana ana!a@h ana :You are now logged in as ana")
        self.sent()

        self.while_writing: Callable[[], object] = lambda: None

        def write_now(
            path: Path,
            chat: str,
            name: str,
            messages: export_file.Messages,
            done: Callable[[str], object],
            is_stopped: Callable[[], bool],
        ) -> None:
            self.while_writing()
            done(export_file.write(path, chat, name, messages, is_stopped))

        patch = mock.patch.object(export_file, "write_soon", write_now)
        patch.start()
        self.addCleanup(patch.stop)

    def start(self) -> MessageExport:
        export = self.client.export_messages(self.path)
        self.addCleanup(self.client.cancel_export, export)
        self.receive()
        return export

    def request(self) -> tuple[str, str]:
        """Return label and command of the request that was sent."""
        (line,) = [each for each in self.sent() if "CHATHISTORY" in each]
        tags, _, command = line.partition(" ")
        return tags.removeprefix("@label="), command

    def targets(self, *names: str) -> None:
        label, command = self.request()
        self.assertTrue(command.startswith("CHATHISTORY TARGETS timestamp=2026-03-12T12:01:00.000Z"))
        rows = [f"@batch=t :srv CHATHISTORY TARGETS {name} 2026-03-12T11:00:00.000Z" for name in names]
        begin = f"@label={label} :srv BATCH +t draft/chathistory-targets"
        self.receive(begin, *rows, ":srv BATCH -t")

    def messages(self) -> list[tuple[str, str]]:
        read = json.loads(self.path.read_text("utf-8"))
        return [(each["conversation"], each["text"]) for each in read["messages"]]

    def test_every_conversation_is_read_to_its_beginning(self) -> None:
        export = self.start()
        self.targets("ben")
        self.assertEqual(export.conversations, 2)
        label, command = self.request()
        self.assertEqual(command, "CHATHISTORY LATEST #general * 100")
        self.page("#general", THEIRS.format(5, "#general"), MINE.format(6, "#general"), label=label)
        label, command = self.request()
        self.assertEqual(command, "CHATHISTORY BEFORE #general msgid=5 100")
        self.page("#general", MINE.format(4, "#general"), label=label)
        label, _ = self.request()
        self.page("#general", label=label)
        label, command = self.request()
        self.assertEqual(command, "CHATHISTORY LATEST ben * 100")
        self.page("ben", MINE.format(3, "ben"), label=label)
        label, _ = self.request()
        self.page("ben", label=label)
        self.client.poll()
        self.assertEqual((export.state, export.found, export.finished), ("done", 3, 2))
        expected = [("#general", "mine 4"), ("#general", "mine 6"), ("ben", "mine 3")]
        self.assertEqual(self.messages(), expected)

    def test_a_full_disk_ends_it_with_the_reason(self) -> None:
        export = self.start()
        self.targets("ben")
        label, _ = self.request()
        full = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch.object(ExportSpool, "add", side_effect=full):
            self.page("#general", MINE.format(6, "#general"), label=label)
        self.assertEqual((export.state, export.problem), ("failed", NO_ROOM.format(problem=full.strerror)))

    def test_pages_of_an_export_are_not_shown(self) -> None:
        self.start()
        self.targets("ben")
        label, _ = self.request()
        self.page("#general", MINE.format(6, "#general"), label=label)
        self.assertEqual(self.texts(self.conversation("#general")), [])
        self.assertIsNone(self.client.network.find("ben"))

    def test_a_page_that_goes_no_further_back_is_the_last_one(self) -> None:
        export = self.start()
        self.targets()
        for _ in range(2):
            label, _ = self.request()
            self.page("#general", MINE.format(6, "#general"), label=label)
        self.client.poll()
        self.assertEqual((export.state, export.found), ("done", 1))

    def test_a_refused_conversation_is_left_out(self) -> None:
        export = self.start()
        self.targets("ben")
        label, _ = self.request()
        self.receive(f"@label={label} :srv FAIL CHATHISTORY INVALID_TARGET LATEST #general :No")
        label, command = self.request()
        self.assertIn("ben", command)
        self.page("ben", label=label)
        self.client.poll()
        self.assertEqual((export.state, self.messages()), ("done", []))

    def test_without_a_list_the_open_conversations_are_read(self) -> None:
        self.start()
        label, _ = self.request()
        self.receive(f"@label={label} :srv FAIL CHATHISTORY UNKNOWN_COMMAND TARGETS :No")
        self.assertIn("#general", self.request()[1])

    def test_it_can_be_cancelled(self) -> None:
        export = self.start()
        self.targets("ben")
        label, _ = self.request()
        self.client.cancel_export(MessageExport(self.path))
        self.assertEqual(export.state, "running")
        self.client.cancel_export(export)
        self.client.poll()
        self.page("#general", MINE.format(6, "#general"), label=label)
        self.assertEqual((export.state, self.path.exists()), ("cancelled", False))

    def test_it_can_be_cancelled_while_the_file_is_written(self) -> None:
        export = self.start()
        self.while_writing = lambda: self.client.cancel_export(export)
        self.targets()
        label, _ = self.request()
        self.page("#general", label=label)
        self.client.poll()
        self.assertEqual((export.state, export.problem), ("cancelled", ""))
        self.assertEqual(list(self.path.parent.iterdir()), [])
        self.client.cancel_export(export)
        self.assertEqual(export.state, "cancelled")

    def test_a_page_instead_of_the_list_is_no_answer(self) -> None:
        export = self.start()
        label, _ = self.request()
        self.page("#general", MINE.format(6, "#general"), label=label)
        self.pass_time(ANSWER_SECONDS)
        self.assertEqual((export.state, export.found, export.problem), ("failed", 0, NO_ANSWER))

    def test_silence_and_a_lost_connection_end_it(self) -> None:
        export = self.start()
        self.pass_time(ANSWER_SECONDS)
        self.assertEqual((export.state, export.problem), ("failed", NO_ANSWER))
        export = self.start()
        self.lose_connection()
        self.assertEqual((export.state, export.problem), ("failed", LOST))
        self.assert_changed(ExportChanged)
        export = self.client.export_messages(self.path)
        self.assertEqual(export.state, "failed")

    def test_without_a_connection_what_is_loaded_is_saved(self) -> None:
        self.receive(MINE.format(1, "#general"), THEIRS.format(2, "#general"), MINE.format(3, "#general"))
        self.lose_connection()
        export = self.client.save_loaded_messages(self.path)
        self.client.poll()
        self.assertEqual((export.state, export.found, export.is_partial), ("done", 2, True))
        self.assertEqual(self.messages(), [("#general", "mine 1"), ("#general", "mine 3")])

    def test_a_full_disk_ends_it_also_without_a_connection(self) -> None:
        self.receive(MINE.format(1, "#general"))
        error = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch.object(ExportSpool, "add", side_effect=error):
            export = self.client.save_loaded_messages(self.path)
        self.assertEqual((export.state, export.problem), ("failed", NO_ROOM.format(problem=error.strerror)))

    def test_a_file_that_cannot_be_written_is_said(self) -> None:
        self.path = self.path.parent / "gone" / "mine.html"
        export = self.start()
        self.targets()
        label, _ = self.request()
        self.page("#general", label=label)
        self.client.poll()
        self.assertEqual(export.state, "failed")
        self.assertIn("mine.html could not be written.", export.problem)

    def test_it_needs_history_and_labels(self) -> None:
        self.assertTrue(offers(self.client.network).export)
        self.client.network.capabilities = frozenset(EVERYTHING.replace("labeled-response", "").split())
        self.assertFalse(offers(self.client.network).export)
