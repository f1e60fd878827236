"""Clients send each other files through a real server, and lose the connection in between."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.login import Login
from chatapp.client.model.changes import Change, MessageReturned
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import upload_address
from chatapp.client.model.files import Attachment, FileCard
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.client.transport.file_connection import FileConnection
from chatapp.client.transport.file_requests import TransferFailed
from chatapp.client.transport.file_upload import UploadFile
from chatapp.client.transport.transfer_control import TransferControl
from chatapp.server.storage.data_folder import DATABASE
from tests.client.files.pictures import PLACE, chunk, png
from tests.client.transport.proxies import SocksProxy
from tests.live.base import LiveTest
from tests.waiting import PATIENCE, wait_until

LARGE = 3_000_000


class Person:
    """A client in #general of a server."""

    def __init__(self, folder: Path, login: Login) -> None:
        self.client = Client(folder / "server.log", TrustedCertificates())
        self.changes: list[Change] = []
        self.client.files.options.folder = folder / login.nick
        self.client.connect(login)
        self.until(lambda: self.general is not None and self.general.joined, "in the channel")

    @property
    def general(self) -> Conversation | None:
        return self.client.network.find("#general")

    @property
    def here(self) -> Conversation:
        assert self.general
        return self.general

    def poll(self) -> None:
        self.changes += self.client.poll()

    def until(self, holds: object, what: str, *others: Person) -> None:
        assert callable(holds)

        def look() -> object:
            for each in (self, *others):
                each.poll()
            return holds()

        wait_until(look, what)

    def attach(self, source: Path | bytes, name: str = "", thumbnail: bytes = b"") -> Attachment:
        return self.client.files.attach(self.here, source, name, thumbnail)

    def texts(self) -> list[str]:
        return [each.text for each in self.here.entries if each.kind == "message" and each.state == "sent"]

    def cards(self) -> list[FileCard]:
        """Return the cards of the last message."""
        files, network = self.client.files, self.client.network
        links = [each for text in self.texts() for each in files.links(network, text)]
        return [files.card(network, each) for each in links]


class FilesTest(LiveTest):
    CONFIG = "[channels]\ndefault = ['#general']\n"

    def person(self, nick: str) -> Person:
        person = Person(self.folder, Login("127.0.0.1", self.server.port, nick))
        self.addCleanup(person.client.close)
        return person

    def two(self) -> tuple[Person, Person]:
        self.start()
        return self.person("ana"), self.person("ben")

    def sent(self, ana: Person, ben: Person, *sources: Path | bytes, text: str = "look") -> list[FileCard]:
        """Let ana send files; return the cards of ben.

        Waits until her message is confirmed to her, and he has learned from the server about the files.
        """
        for number, source in enumerate(sources):
            ana.attach(source, "" if isinstance(source, Path) else f"{number}.bin")
        self.assertIsNone(ana.client.run(ana.here, text))
        ana.until(lambda: len(ben.cards()) == len(sources) and not ana.here.pending(), "it has come", ben)
        ben.until(lambda: all(each.state == "known" for each in ben.cards()), "the cards are known")
        return ben.cards()

    def download(self, person: Person, card: FileCard) -> bytes:
        person.client.files.download(person.client.network, card)
        shown = card.download
        assert shown
        person.until(lambda: not shown.is_active, "the download has ended")
        self.assertEqual(("done", ""), (shown.state, shown.problem))
        assert shown.path
        return shown.path.read_bytes()


class Sending(FilesTest):
    def test_a_picture_and_a_document_go_from_one_to_the_other(self) -> None:
        ana, ben = self.two()
        self.assertEqual("encrypted", ana.client.network.privacy)
        photo, plan = self.folder / "Größe 1.png", self.folder / "plan.pdf"
        photo.write_bytes(png(chunk(b"tEXt", b"Comment\0" + PLACE)))
        plan.write_bytes(b"%PDF-1.7 " + os.urandom(300_000))
        ana.attach(photo, thumbnail=png(width=7))
        ana.attach(plan)
        ana.client.run(ana.here, "look")
        ana.until(lambda: len(ben.cards()) == 2, "the message has come", ben)
        first, second = ben.cards()
        ben.until(lambda: first.thumbnail and second.state == "known", "the cards are known")
        self.assertEqual(("Größe 1.png", "image/png"), (first.name, first.media_type))
        self.assertEqual(("plan.pdf", plan.stat().st_size), (second.name, second.size))
        self.assertEqual(png(width=7), first.thumbnail)
        self.assertEqual(((7, 2), (7, 2)), (first.link.preview, first.thumbnail_size))
        self.assertEqual((None, None), (second.link.preview, second.thumbnail_size))
        self.assertEqual(png(), self.download(ben, first))
        self.assertEqual(plan.read_bytes(), self.download(ben, second))
        self.assertEqual(["Größe 1.png", "plan.pdf"], sorted(os.listdir(self.folder / "ben")))
        text, links = ben.client.files.split(ben.client.network, "\n".join(ben.texts()))
        self.assertEqual(("look", 2), (text, len(links)))

    def test_through_a_proxy_with_the_certificate_of_an_invite_link(self) -> None:
        self.start()
        proxy = SocksProxy(("127.0.0.1", self.server.port))
        self.addCleanup(proxy.close)
        pin = self.server.fingerprint
        place = f"socks5://127.0.0.1:{proxy.port}"
        ana = Person(self.folder, Login("chat.example", 5000, "ana", pin=pin, proxy=place))
        self.addCleanup(ana.client.close)
        ben = self.person("ben")
        (card,) = self.sent(ana, ben, os.urandom(LARGE))
        self.assertEqual(LARGE, len(self.download(ben, card)))
        self.assertEqual({"chat.example:5000"}, set(proxy.requests))
        self.assertGreater(len(proxy.requests), 1)

    def test_a_file_that_is_deleted_is_no_longer_kept(self) -> None:
        ana, ben = self.two()
        (card,) = self.sent(ana, ben, b"12345")
        own = ana.cards()[0]
        ana.client.files.delete(ana.client.network, own)
        ana.until(lambda: own.state == "gone", "the file is deleted")
        ben.client.files.download(ben.client.network, card)
        assert card.download
        download = card.download
        ben.until(lambda: download.state == "failed", "the download has failed")
        self.assertEqual("The server does not have this file any more.", download.problem)
        self.assertEqual("gone", card.state)
        self.assertEqual([], os.listdir(self.folder / "ben"))
        chen = self.person("chen")
        chen.until(lambda: chen.cards() and chen.cards()[0].state == "gone", "the card says so")

    def test_it_cannot_be_deleted_by_somebody_else(self) -> None:
        ana, ben = self.two()
        (card,) = self.sent(ana, ben, b"12345")
        ben.client.files.delete(ben.client.network, card)
        ben.until(lambda: card.problem, "it was refused")
        self.assertEqual(b"12345", self.download(ben, card))


class Limits(FilesTest):
    CONFIG = FilesTest.CONFIG + "[files]\nmax_bytes = 1000\nbytes_per_day = 1500\n"

    def test_a_file_that_is_too_large_is_not_even_sent(self) -> None:
        ana, _ben = self.two()
        attachment = ana.attach(bytes(1001), "a.bin")
        self.assertEqual("too-large", attachment.state)

    def test_the_server_refuses_it_before_its_contents_are_sent(self) -> None:
        ana, _ben = self.two()
        servers = ana.client.sessions.current.file_servers
        url = upload_address(ana.client.network)
        control = TransferControl()
        self.addCleanup(control.close)
        task = UploadFile(servers.for_upload(url), url, "", bytes(5_000_000), "a.bin")
        with self.assertRaises(TransferFailed) as caught:
            task.run(control)
        self.assertEqual("The file is too large for this server.", caught.exception.reason)
        self.assertEqual(0, control.done)

    def test_what_the_server_refuses_comes_back_into_the_composer(self) -> None:
        ana, ben = self.two()
        self.sent(ana, ben, os.urandom(900))
        attachment = ana.attach(os.urandom(900), "b.bin")
        ana.client.run(ana.here, "once more")
        returned: list[MessageReturned] = []

        def is_returned() -> bool:
            returned.extend(each for each in ana.changes if isinstance(each, MessageReturned))
            return bool(returned)

        ana.until(is_returned, "the message came back")
        self.assertEqual("once more", returned[0].text)
        self.assertTrue(returned[0].reason.startswith("“b.bin” was not sent. "), returned[0].reason)
        self.assertEqual((attachment,), ana.client.files.attachments(ana.here))
        self.assertEqual("failed", attachment.state)
        self.assertNotIn("once more", ben.texts())


class Members(FilesTest):
    CONFIG = FilesTest.CONFIG + "[files]\nwho = 'members'\n"

    def test_a_guest_who_makes_an_account_can_send_files_from_then_on(self) -> None:
        ana, ben = self.two()
        self.assertFalse(ana.client.files.can_send(ana.client.network))
        ana.client.account.protect("correct horse battery")
        ana.until(lambda: ana.client.files.can_send(ana.client.network), "files can be sent")
        (card,) = self.sent(ana, ben, b"12345")
        self.assertEqual(b"12345", self.download(ben, card))


class Redaction(FilesTest):
    def test_a_file_goes_with_its_message(self) -> None:
        ana, ben = self.two()
        (card,) = self.sent(ana, ben, b"12345")
        (entry,) = (each for each in ana.here.entries if each.own and each.kind == "message")
        (received,) = (each for each in ben.here.entries if each.kind == "message")
        ana.client.delete(ana.here, entry)
        ana.client.close()  # which does not wait for the time to undo it
        ben.until(lambda: received.deleted_by == "ana", "the message is deleted")
        chen = self.person("chen")
        seen = chen.client.files.card(chen.client.network, card.link)
        chen.until(lambda: seen.state == "gone", "the file is gone")


class Nobody(FilesTest):
    CONFIG = FilesTest.CONFIG + "[files]\nwho = 'nobody'\n"

    def test_nothing_is_offered_where_nobody_may_send(self) -> None:
        ana, _ben = self.two()
        self.assertFalse(ana.client.files.can_send(ana.client.network))


class Interruptions(FilesTest):
    CONFIG = FilesTest.CONFIG + "[files]\nbytes_per_second = 2000000\n"

    def files_on_disk(self) -> list[str]:
        folder = self.data / "files"
        return [str(each) for each in folder.rglob("*") if each.is_file()]

    def test_a_file_that_is_removed_from_the_composer_leaves_nothing(self) -> None:
        ana, _ben = self.two()
        attachment = ana.attach(os.urandom(LARGE), "a.bin")
        ana.until(lambda: attachment.sent > 100_000, "a part is sent")
        ana.client.files.detach(ana.here, attachment)
        ana.until(lambda: not self.files_on_disk(), "the server has forgotten it")

    def test_a_cancelled_download_leaves_nothing(self) -> None:
        ana, ben = self.two()
        (card,) = self.sent(ana, ben, os.urandom(LARGE))
        read, count, cancelled = FileConnection.read_into, 0, threading.Event()

        def read_a_part(connection: FileConnection, buffer: memoryview) -> int:
            nonlocal count
            if count > 500_000:  # received in whole pieces
                cancelled.wait(PATIENCE)
            count += (got := read(connection, buffer))
            return got

        with mock.patch.object(FileConnection, "read_into", read_a_part):
            ben.client.files.download(ben.client.network, card)
            shown = card.download
            assert shown
            ben.until(lambda: shown.received > 100_000, "a part has come")
            ben.client.files.cancel_download(ben.client.network, card)
            cancelled.set()
            ben.until(lambda: not os.listdir(self.folder / "ben"), "nothing is left")

    def test_a_file_whose_answer_was_lost_is_stored_once(self) -> None:
        ana, ben = self.two()
        answer = FileConnection.answer
        lost: list[int] = []

        def lose_the_first(connection: FileConnection, method: str) -> HTTPResponse:
            response = answer(connection, method)
            if method == "POST" and not lost:
                lost.append(response.status)
                raise ConnectionResetError
            return response

        with mock.patch.object(FileConnection, "answer", lose_the_first):
            (card,) = self.sent(ana, ben, b"12345")
        self.assertEqual([201], lost)
        with closing(sqlite3.connect(self.data / DATABASE)) as database:
            self.assertEqual([(card.id,)], database.execute("SELECT id FROM files").fetchall())

    def test_an_upload_survives_a_restart_of_the_server(self) -> None:
        ana, ben = self.two()
        attachment = ana.attach(data := os.urandom(LARGE), "a.bin")
        ana.client.run(ana.here, "look")
        ana.until(lambda: attachment.sent > 500_000, "a part is sent")
        self.server.kill()
        ana.until(lambda: ana.client.network.state != "online", "the loss is noticed")
        self.start(self.server.port)
        ana.client.reconnect_now()
        ben.client.reconnect_now()
        ana.until(lambda: ben.cards(), "the message has come", ben)
        self.assertEqual(data, self.download(ben, ben.cards()[0]))
        self.assertEqual(1, sum(each.startswith("look\n") for each in ben.texts()))

    def test_a_download_goes_on_after_a_restart_of_the_server(self) -> None:
        ana, ben = self.two()
        data = os.urandom(LARGE)
        (card,) = self.sent(ana, ben, data)
        ben.client.files.download(ben.client.network, card)
        shown = card.download
        assert shown
        ben.until(lambda: shown.received > 500_000, "a part has come")
        self.server.kill()
        self.start(self.server.port)
        ben.until(lambda: not shown.is_active, "the download has ended")
        self.assertEqual("done", shown.state, shown.problem)
        assert shown.path
        self.assertEqual(data, shown.path.read_bytes())
