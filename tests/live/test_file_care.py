"""Files on a running server: what deletes them, how the owner sees them, and backups of them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from chatapp.client.client import Client
from chatapp.client.login import Login
from chatapp.client.model.server_storage import PersonUse, ServerStorage
from chatapp.client.transport.certificates import TrustedCertificates
from tests.live.base import DEADLINE, ROOT
from tests.live.test_files import FileTest
from tests.waiting import wait_until

CAPS = "message-tags echo-message draft/message-redaction"


class CareTest(FileTest):
    def command(self, *words: str) -> tuple[int, str]:
        """Run a subcommand of `run_server.py` on the data; return its status and output."""
        command = [sys.executable, str(ROOT / "run_server.py"), *words, "--data", str(self.data)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE)
        return done.returncode, done.stdout + done.stderr

    def status(self, url: str) -> int:
        """Return the status of a download."""
        return self.request("GET", url)[0].status

    def assertGone(self, url: str) -> None:
        """Check that a file cannot be downloaded, and is deleted from the disk a moment later."""
        self.assertEqual(self.status(url), HTTPStatus.NOT_FOUND)
        wait_until(lambda: not self.stored(), "the contents are deleted")


class Deletions(CareTest):
    def test_a_file_goes_with_its_message(self) -> None:
        self.ann.send(f"CAP REQ :{CAPS}")
        url = self.upload(b"hello")
        self.ann.send(f"PRIVMSG #general :see {url}")
        msgid = self.ann.until("PRIVMSG").tags["msgid"]
        self.assertEqual(self.status(url), HTTPStatus.OK)
        self.ann.send(f"REDACT #general {msgid}")
        self.ann.until("REDACT")
        self.assertGone(url)

    def test_the_owner_lists_and_deletes_files_on_the_command_line(self) -> None:
        url = self.upload(b"hello", Content_Disposition='attachment; filename="plan.txt"')
        file_id = url.split("/")[-2]
        status, text = self.command("files", "list")
        self.assertEqual(status, 0)
        self.assertIn(f"{file_id} ", text)
        self.assertIn("ann  plan.txt", text)
        self.assertEqual(self.command("files", "check"), (0, "Checked 1 file, 5 bytes on the disk\n"))
        self.ann.send("CAP REQ chatapp/file-notify")
        self.ann.until("CAP")
        self.assertEqual(self.command("files", "delete", file_id), (0, "Deleted plan.txt\n"))
        self.assertEqual(self.ann.until("NOTE").params[:3], ("FILES", "GONE", file_id))
        self.assertGone(url)


class InAClient(CareTest):
    def setUp(self) -> None:
        super().setUp()
        self.client = Client(self.folder / "server.log", TrustedCertificates())
        self.addCleanup(self.client.close)

    def until(self, holds: Callable[[], object], what: str) -> None:
        def look() -> object:
            self.client.poll()
            return holds()

        wait_until(look, what)

    def storage(self) -> ServerStorage:
        return self.client.server.overview.storage or ServerStorage()

    def test_an_owner_sees_the_largest_files_and_deletes_one(self) -> None:
        self.upload(b"x" * 5000, Content_Disposition='attachment; filename="plan.txt"')
        url = self.upload(b"y" * 9000, Content_Disposition='attachment; filename="film.mp4"')
        client, network = self.client, self.client.network
        client.connect(Login("127.0.0.1", self.server.port, "ben"))
        self.until(lambda: network.state == "online", "online")
        password = self.server.printed("Owner password").rpartition(" ")[2]
        client.run(network.current, f"/oper owner {password}")
        self.until(lambda: network.is_server_operator, "owner")
        client.server.watch()
        self.until(lambda: self.storage().largest, "the files are read")
        self.assertEqual(
            [(each.name, each.by, each.size) for each in self.storage().largest],
            [("film.mp4", "ann", 9000), ("plan.txt", "ann", 5000)],
        )
        self.assertEqual(self.storage().people, (PersonUse("ann", 2, 14000),))
        order = client.server.delete_file(self.storage().largest[0].id)
        self.until(lambda: self.storage().files == 1, "the list is read again")
        self.assertEqual((order.problem, self.storage().size), ("", 5000))
        self.assertEqual(self.status(url), HTTPStatus.NOT_FOUND)


class Backups(CareTest):
    def test_a_backup_restored_elsewhere_has_the_files(self) -> None:
        url = self.upload(b"hello")
        archive = self.folder / "monday.zip"
        status, text = self.command("backup", str(archive))
        self.assertEqual(status, 0, text)
        self.server.stop()
        self.data = self.folder / "elsewhere"
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(self.data)
        self.start()
        self.assertEqual(self.request("GET", url)[1], b"hello")


class Changes(CareTest):
    def test_an_upload_ends_at_once_when_its_sender_is_banned(self) -> None:
        password = self.server.printed("Owner password").rpartition(" ")[2]
        _, url = self.sender("bob")
        for is_secure in (False, True):
            with self.subTest(is_secure=is_secure):
                client = self.open(is_secure)
                client.putrequest("POST", urlsplit(url).path)
                client.putheader("Content-Length", "1000000")
                client.endheaders(b"only the beginning")
                wait_until(self.stored, "the upload has begun")
                self.ann.send(f"OPER owner {password}", "BAN bob!*@* :spam")
                self.ann.settle()
                response = client.getresponse()
                self.assertEqual(response.status, HTTPStatus.FORBIDDEN)
                self.assertIn(b"spam", response.read())
                wait_until(lambda: not self.stored(), "nothing is left over")
                self.ann.send("UNBAN bob!*@*")
                self.ann.settle()
                _, url = self.sender("bob")

    def test_an_upload_is_refused_after_the_permission_was_withdrawn(self) -> None:
        password = self.server.printed("Owner password").rpartition(" ")[2]
        self.ann.send(f"OPER owner {password}")
        self.ann.until("381")
        self.ann.send("SETTING files-who nobody")
        self.ann.until("NOTE")
        response, body = self.request("POST", self.url, b"hello")
        self.assertEqual(response.status, HTTPStatus.UNAUTHORIZED, body)
        self.assertEqual(self.stored(), {})
