"""Files are downloaded completely or not at all, and go on after a lost connection."""

from __future__ import annotations

import errno
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.client.files.saved_names import free_path
from chatapp.client.transport import file_download
from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.file_download import TRIES, DownloadFile
from chatapp.client.transport.file_requests import TransferFailed
from chatapp.client.transport.transfer_control import TransferControl
from tests.client.transport.http_server import FileServer, Handler, Received
from tests.errors import Quiet

DATA = bytes(range(256)) * 1000


class Downloads(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.server = FileServer()
        self.addCleanup(self.server.close)
        self.control = TransferControl()
        self.addCleanup(self.control.close)
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "Downloads"
        self.enterContext(mock.patch.object(file_download, "PAUSE_SECONDS", 0.0))
        self.path = self.server.add("plan.pdf", DATA)

    def download(
        self, path: str = "", name: str = "plan.pdf", most: int | None = None, replaces: bool = False
    ) -> Path:
        target = ServerTarget("127.0.0.1", self.server.port, "never")
        return DownloadFile(target, path or self.path, self.folder, name, most, replaces).run(self.control)

    def failed(self, path: str = "", most: int | None = None) -> tuple[str, str]:
        with self.assertRaises(TransferFailed) as caught:
            self.download(path, most=most)
        self.assertEqual([], self.left(), "something was left behind")
        return caught.exception.kind, caught.exception.reason

    def left(self) -> list[str]:
        return sorted(each.name for each in self.folder.iterdir()) if self.folder.exists() else []

    def ranges(self) -> list[str]:
        return [each.fields.get("Range", "") for each in self.server.requests]

    def test_it_comes_under_its_name(self) -> None:
        found = self.download()
        self.assertEqual((self.folder / "plan.pdf", DATA), (found, found.read_bytes()))
        self.assertEqual(["plan.pdf"], self.left())
        self.assertEqual((len(DATA), len(DATA)), (self.control.done, self.control.total))

    def test_the_system_is_told_that_it_was_downloaded(self) -> None:
        with mock.patch.object(file_download, "mark_as_downloaded") as mark:
            found = self.download()
        mark.assert_called_once_with(found)

    def test_no_file_is_replaced(self) -> None:
        self.download()
        self.assertEqual("plan (2).pdf", self.download().name)

    def test_one_that_the_user_has_chosen_is_replaced(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "plan.pdf").write_bytes(b"old")
        (self.folder / "plan.pdf.part").write_bytes(b"of another program")
        found = self.download(replaces=True)
        self.assertEqual((self.folder / "plan.pdf", DATA), (found, found.read_bytes()))
        self.assertEqual(["plan.pdf", "plan.pdf.part"], self.left())

    def test_not_even_one_that_is_made_meanwhile(self) -> None:
        def make(handler: Handler, request: Received) -> bool:
            (self.folder / "plan.pdf").write_bytes(b"mine")
            return False

        self.server.fault(make)
        self.assertEqual("plan (2).pdf", self.download().name)
        self.assertEqual(b"mine", (self.folder / "plan.pdf").read_bytes())

    def test_nor_the_part_of_another_download(self) -> None:
        other = self.folder / "plan.pdf.part"

        def free(folder: Path, name: str) -> Path:
            if not other.exists():
                other.write_bytes(b"another")  # it begins between the choice of the name and its use
                return folder / name
            return free_path(folder, name)

        with mock.patch.object(file_download, "free_path", free):
            self.assertEqual("plan (2).pdf", self.download().name)
        self.assertEqual(b"another", other.read_bytes())

    @unittest.skipIf(sys.platform == "win32", "links need a permission there")
    def test_nor_a_link_to_nothing(self) -> None:
        self.folder.mkdir()
        for name in ("plan.pdf", "plan (2).pdf.part"):
            (self.folder / name).symlink_to("nowhere")
        self.assertEqual("plan (3).pdf", self.download().name)
        self.assertTrue((self.folder / "plan.pdf").is_symlink())

    def test_a_part_that_was_not_asked_for_is_refused(self) -> None:
        def first(handler: Handler, request: Received) -> bool:
            handler.reply(206, b"123", {"Content-Range": "bytes 0-2/9"})
            return True

        self.server.fault(first)
        self.assertEqual(DATA, self.download().read_bytes())

    def test_a_part_of_another_place_is_refused(self) -> None:
        def other(handler: Handler, request: Received) -> bool:
            handler.reply(206, b"123", {"Content-Range": "bytes 7-9/9"})
            return True

        self.server.cut(100_000)
        self.server.fault(other)
        self.assertEqual(DATA, self.download().read_bytes())
        self.assertEqual(["", "bytes=100000-", ""], self.ranges())

    def test_a_hostile_name_does_no_harm(self) -> None:
        self.assertEqual(self.folder / "bashrc", self.download(name="../../.bashrc"))

    def test_it_goes_on_after_a_lost_connection(self) -> None:
        for after in (100_000, 50_000, 1):
            self.server.cut(after)
        self.assertEqual(DATA, self.download().read_bytes())
        self.assertEqual(["", "bytes=100000-", "bytes=150000-", "bytes=150001-"], self.ranges())

    def test_a_file_that_has_changed_begins_again(self) -> None:
        self.server.cut(100_000)
        new = DATA[::-1]

        def change(handler: Handler, request: Received) -> bool:
            (stored,) = self.server.state.files.values()
            stored.data = new
            return False

        self.server.fault(change)
        self.assertEqual(new, self.download().read_bytes())

    def test_it_gives_up_when_nothing_comes(self) -> None:
        for _ in range(TRIES):
            self.server.cut(0)
        self.assertEqual("lost", self.failed()[0])
        self.assertEqual(TRIES, len(self.server.requests))

    def test_a_file_that_is_gone_is_gone(self) -> None:
        self.assertEqual(
            ("gone", "The server does not have this file any more."), self.failed("/files/no/plan.pdf")
        )

    def test_other_contents_than_the_server_has_are_refused(self) -> None:
        def falsify(handler: Handler, request: Received) -> bool:
            (stored,) = self.server.state.files.values()
            handler.reply(200, b"x" * len(DATA), {"ETag": stored.etag})
            return True

        self.server.fault(falsify)
        self.assertEqual("refused", self.failed()[0])

    def test_a_server_without_etag_and_length_is_enough(self) -> None:
        def plain(handler: Handler, request: Received) -> bool:
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(b"12345")
            return True

        self.server.fault(plain)
        self.assertEqual(b"12345", self.download().read_bytes())

    def test_a_picture_that_is_too_large_is_not_fetched(self) -> None:
        self.assertEqual("refused", self.failed(most=1000)[0])

        def hide(handler: Handler, request: Received) -> bool:
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(DATA)
            return True

        self.server.fault(hide)
        self.assertEqual("refused", self.failed(most=1000)[0])

    def test_a_range_that_the_server_does_not_have_begins_again(self) -> None:
        self.server.cut(100_000)
        self.server.refuse(416)
        self.assertEqual(DATA, self.download().read_bytes())
        self.assertEqual(["", "bytes=100000-", ""], self.ranges())

    def test_cancelling_leaves_nothing(self) -> None:
        def cancel(handler: Handler, request: Received) -> bool:
            self.control.cancel()
            return False

        self.server.fault(cancel)
        self.assertEqual("cancelled", self.failed()[0])

    def test_a_full_disk_leaves_nothing(self) -> None:
        full = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch("os.fsync", side_effect=full):
            self.assertEqual(("disk", "The disk is full."), self.failed())

    def test_a_folder_that_cannot_be_made_is_said(self) -> None:
        self.folder.write_text("a file")
        with self.assertRaises(TransferFailed) as caught:
            self.download()
        self.assertEqual("disk", caught.exception.kind)
