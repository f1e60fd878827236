"""Files that are too old, and contents that no file has."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from unittest.mock import patch

from chatapp.server.core.inbox import RunTask
from chatapp.server.state.file_transfers import FileRequest
from chatapp.server.storage import file_lists, file_rows, settings
from chatapp.server.storage.file_contents import FileStore
from chatapp.server.storage.file_rows import StoredFile
from chatapp.server.tasks import file_care, retention
from chatapp.server.tasks.retention import Retention
from tests.server.base import ServerTest
from tests.server.file_service import PATIENT, FileTest, id_of, stored


class Care(FileTest):
    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(file_care.SECONDS, file_care.delete_unused)
        self.core.run_every(file_care.EXPIRY_SECONDS, file_care.delete_expired)
        self.enter_as("ann")
        self.token_of_ann = self.token("ann")

    def delete(self, url: str) -> None:
        self.request(FileRequest("delete", id_of(url), token=self.token_of_ann))

    def test_contents_are_deleted_from_the_disk_a_moment_after_their_last_file(self) -> None:
        one, other = self.upload("ann", "same"), self.upload("ann", "same")
        self.delete(one)
        self.pass_time(file_care.SECONDS)
        self.assertEqual(self.contents.deleted, [])
        self.delete(other)
        self.pass_time(2 * file_care.SECONDS)
        self.assertEqual(self.contents.deleted, [stored("same").sha256])
        self.assertEqual(file_rows.unused(self.store, 10), [])

    def test_a_thumbnail_is_deleted_with_its_file(self) -> None:
        url = self.upload("ann")
        self.store.write(file_rows.set_thumbnail(id_of(url), "small", 3))
        self.delete(url)
        self.pass_time(2 * file_care.SECONDS)
        self.assertEqual(set(self.contents.deleted), {"small", stored("hello").sha256})

    def reports(self) -> int:
        """Return how many reports about the files the owner gets in the next round."""
        self.forget()
        self.pass_time(2 * file_care.REPORT_SECONDS)
        return sum("OVERVIEW CHANGED storage" in line for line in self.got("boss"))

    def test_who_watches_the_server_is_told_when_files_come_and_go(self) -> None:
        self.core.run_every(file_care.REPORT_SECONDS, file_care.report_usage)
        self.enter("boss", address="192.0.2.99")
        self.make_operator("boss")
        self.upload("ann")
        self.assertEqual(self.reports(), 0)
        self.say("boss", "OVERVIEW WATCH on")
        self.assertEqual(self.reports(), 1)  # it may have changed since the owner has read it
        self.assertEqual(self.reports(), 0)
        urls = [self.upload("ann", body) for body in "abc"]
        self.assertEqual(self.reports(), 1)
        for url in urls:
            self.delete(url)
        self.assertEqual(self.reports(), 1)
        self.say("boss", "OVERVIEW WATCH off")
        self.upload("ann", "x")
        self.assertEqual(self.reports(), 0)

    def test_contents_that_cannot_be_deleted_are_tried_again(self) -> None:
        self.delete(self.upload("ann"))
        with (
            patch.object(self.contents, "delete", side_effect=OSError("busy")),
            self.assertLogs("chatapp.server.tasks.file_care", "WARNING"),
        ):
            self.pass_time(file_care.SECONDS)
        self.assertEqual(len(file_rows.unused(self.store, 10)), 1)
        self.pass_time(2 * file_care.SECONDS)
        self.assertEqual(file_rows.unused(self.store, 10), [])

    def test_contents_that_are_uploaded_again_stay(self) -> None:
        url = self.upload("ann")
        self.delete(url)
        again = self.upload("ann")
        self.pass_time(2 * file_care.SECONDS)
        self.assertEqual(self.contents.deleted, [])
        self.assertTrue(self.exists(again))

    def test_nothing_is_done_where_no_files_are_kept(self) -> None:
        self.delete(self.upload("ann"))
        self.world.files.contents = None
        self.pass_time(2 * file_care.SECONDS)
        self.assertEqual(self.contents.deleted, [])


class DeletedElsewhere(FileTest):
    def test_clients_are_told_once_of_a_file_that_another_process_has_deleted(self) -> None:
        self.core.run_every(file_care.DELETED_SECONDS, file_care.tell_deleted)
        self.enter("ann", caps="chatapp/file-notify")
        file_id = id_of(self.upload("ann"))
        self.store.write([file_rows.delete(file_id), settings.add_deleted_file(file_id, 1)])
        self.forget()
        self.pass_time(2 * file_care.DELETED_SECONDS)
        self.assertEqual(self.got("ann"), [f"NOTE FILES GONE {file_id} :A file was deleted"])
        self.pass_time(2 * file_care.DELETED_SECONDS)
        self.assertEqual(self.got("ann"), [])


class Expiry(FileTest):
    def expire(self, days: float) -> None:
        """Let this many days pass, then run the task once."""
        self._passed += days * 86_400
        self.turn(RunTask(file_care.delete_expired))

    def files(self) -> int:
        return file_lists.storage_use(self.store, 0).files

    def test_files_go_after_the_configured_days(self) -> None:
        self.enter("ann")
        self.write_config("keep_days = 2")
        self.upload("ann")
        self.expire(1.9)
        self.assertEqual(self.files(), 1)
        self.expire(0.2)
        self.assertEqual(self.files(), 0)

    def test_clients_are_told_of_files_that_have_expired(self) -> None:
        self.enter("ann")
        self.say("ann", "CAP REQ chatapp/file-notify")
        self.write_settings(f"[files]\nkeep_days = 2\n{PATIENT}")
        url = self.upload("ann")
        self.forget()
        self.expire(2.1)
        self.assertIn(f"NOTE FILES GONE {id_of(url)} ", "\n".join(self.got("ann")))

    def test_files_that_are_kept_for_ever_stay(self) -> None:
        self.enter("ann")
        self.write_config("keep_days = 0")
        self.upload("ann")
        self.expire(10_000)
        self.assertEqual(self.files(), 1)


class ExpiryOfChannel(FileTest):
    """The limit of a channel, its mode H."""

    CONFIG = PATIENT

    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(retention.SECONDS, Retention(None))
        self.core.run_every(file_care.SECONDS, file_care.delete_unused)
        self.enter("ann", channel="#short")
        self.say("ann", "JOIN #long", "MODE #short +H 1")

    def later(self, days: float) -> None:
        self._passed += days * 86_400
        self.pass_time(2 * file_care.SECONDS)

    def files(self) -> set[str]:
        return {name for (name,) in self.reader.rows("SELECT name FROM files")}

    def test_only_files_of_that_channel_go_with_their_messages(self) -> None:
        for channel, name in (("#short", "short.txt"), ("#long", "long.txt")):
            self.say("ann", f"PRIVMSG {channel} :{self.upload('ann', name, name)}")
        self.assertEqual({"short.txt", "long.txt"}, self.files())
        self.later(1.1)
        self.assertEqual({"long.txt"}, self.files())
        self.assertEqual(1, len(self.contents.deleted))

    def test_a_file_that_another_channel_has_too_stays(self) -> None:
        url = self.upload("ann", "both", "both.txt")
        self.say("ann", f"PRIVMSG #short :{url}", f"PRIVMSG #long :{url}")
        self.later(1.1)
        self.assertEqual({"both.txt"}, self.files())
        self.say("ann", "MODE #long +H 1")
        self.later(0.1)
        self.assertEqual(set(), self.files())

    def test_without_the_mode_files_stay(self) -> None:
        self.say("ann", "MODE #short -H", f"PRIVMSG #short :{self.upload('ann', 'short', 'short.txt')}")
        self.later(30)
        self.assertEqual({"short.txt"}, self.files())


class LeftOver(ServerTest):
    """What a crash has left on the disk is deleted at the next start."""

    def test_contents_without_a_file_and_parts_of_uploads_are_deleted(self) -> None:
        folder = self.enterContext(tempfile.TemporaryDirectory())
        contents = FileStore(Path(folder, "files"))
        kept = contents.begin(10)
        kept.write(b"kept")
        sha256 = kept.finish().sha256
        lost = contents.begin(10)
        lost.write(b"lost")
        lost.finish()
        Path(folder, "files", "partial", "part").write_bytes(b"part")
        row = StoredFile("id", "a", "text/plain", sha256, 4, "=ann", "ann", "=ann", 1)
        self.store.write(file_rows.insert(row))
        again = FileStore(Path(folder, "files"))
        self.assertEqual(file_care.delete_left_over(again, self.store), 2)
        self.assertEqual([each.sha256 for each in again.stored()], [hashlib.sha256(b"kept").hexdigest()])
        self.assertEqual(file_care.delete_left_over(again, self.store), 0)
