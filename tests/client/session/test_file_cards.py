"""Files that messages link to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chatapp.client.model.changes import FileCardChanged
from chatapp.client.model.files import FileCard
from chatapp.client.session.file_cards import (
    EXPIRY_SECONDS,
    PAUSE_SECONDS,
    PICTURE_BYTES,
    STORED_BYTES,
    THUMBNAILS,
    TRIES,
)
from chatapp.client.session.transfer_progress import PROGRESS_SECONDS
from chatapp.client.text.file_links import FileLink
from chatapp.client.transport.file_download import DownloadFile
from chatapp.client.transport.file_requests import (
    AskAboutFile,
    DeleteFile,
    FailureKind,
    FetchThumbnail,
    FileFacts,
    MakeThumbnail,
    TransferFailed,
)
from chatapp.protocol.file_ids import THUMBNAIL_BYTES
from tests.client.base import NOON, ClientTest
from tests.client.files.pictures import png
from tests.client.session.test_file_uploads import FILES, URL

ID = "k3Xq9pA1b2C3d4E5f6G7h8I9j0_-"
LINK = FileLink(URL, ID, "a.txt")
FACTS = FileFacts("holiday.png", 1_234_000, "image/png", None, '"1"', has_thumbnail=False)
SMALL = FileFacts("holiday.png", 1234, "image/png", None, '"1"', has_thumbnail=False)
PICTURE = FileFacts("holiday.png", 1234, "image/png", None, '"1"', has_thumbnail=True)


def link(number: int) -> FileLink:
    """Return the link of another file."""
    ident = f"k3Xq9p{number:022d}"
    return FileLink(f"http://h/files/{ident}/{number}.png", ident, f"{number}.png")


class CardsTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online(isupport=FILES)
        self.network = self.client.network
        self.files = self.client.files

    def card(self, wanted: FileLink = LINK) -> FileCard:
        """Want a card, and let the server be asked."""
        card = self.files.card(self.network, wanted)
        self.changes = self.client.poll(None)
        return card

    def known(self, facts: FileFacts = FACTS) -> FileCard:
        card = self.card()
        self.end_task(facts)
        return card

    def fail_task(self, kind: FailureKind) -> None:
        self.end_task(failure=TransferFailed(kind, "The connection was lost."))

    def asked(self) -> list[str]:
        return [each.task.path for each in self.tasks if isinstance(each.task, AskAboutFile)]


class Facts(CardsTest):
    def test_the_server_is_asked_once(self) -> None:
        card = self.card()
        self.assertEqual(("loading", "a.txt", None), (card.state, card.name, card.size))
        self.assertIs(card, self.card())
        self.assertEqual([f"/files/{ID}/a.txt"], self.asked())
        task = self.tasks[-1].task
        assert isinstance(task, AskAboutFile)
        self.assertEqual("chat.example", task.target.host)

    def test_what_it_says_is_on_the_card(self) -> None:
        card = self.known(FileFacts("../Plan.pdf", 1234, "application/pdf", 1e12, '"1"', False))
        self.assertEqual(("known", "Plan.pdf", 1234), (card.state, card.name, card.size))
        self.assertEqual(("application/pdf", 1e12), (card.media_type, card.until))
        self.assertEqual(card, self.assert_changed(FileCardChanged).card)
        self.assertEqual(1, len(self.tasks))

    def test_a_file_that_is_gone_is_gone(self) -> None:
        card = self.card()
        self.fail_task("gone")
        self.assertEqual("gone", card.state)
        self.card()
        self.assertEqual(1, len(self.tasks))

    def test_the_server_tells_of_a_file_that_is_deleted(self) -> None:
        card = self.known()
        entries = len(self.network.current.entries) if self.network.current else 0
        self.receive(f":srv NOTE FILES GONE {ID} :A file was deleted")
        self.changes = self.client.poll(None)
        self.assertEqual("gone", card.state)
        self.receive(f":srv NOTE FILES GONE {link(7).id} :A file was deleted")
        self.assertEqual(entries, len(self.network.current.entries) if self.network.current else 0)

    def test_a_file_that_was_deleted_while_the_connection_was_lost_is_gone(self) -> None:
        card = self.known()
        cards = self.client.sessions.of(self.network).file_cards
        cards.connected(self.network)
        self.client.poll(None)
        self.assertEqual(("known", 2), (card.state, len(self.asked())))
        self.fail_task("gone")
        self.assertEqual("gone", card.state)

    def test_two_are_asked_at_once_and_the_latest_one_first(self) -> None:
        for number in range(4):
            self.files.card(self.network, link(number))
        self.client.poll()
        self.assertEqual([link(2).path, link(3).path], self.asked())
        self.end_task(FACTS)
        self.assertEqual(link(1).path, self.asked()[-1])

    def test_a_lost_connection_is_tried_again(self) -> None:
        card = self.card()
        for tries in range(1, TRIES):
            self.fail_task("lost")
            self.assertEqual(("loading", tries), (card.state, len(self.tasks)))
            self.pass_time(PAUSE_SECONDS * tries)
        self.fail_task("lost")
        self.assertEqual(("failed", "The connection was lost."), (card.state, card.problem))

    def test_after_that_only_when_the_user_asks(self) -> None:
        card = self.card()
        self.fail_task("refused")
        self.card()
        self.assertEqual(1, len(self.tasks))
        self.files.ask_again(self.network, card)
        self.client.poll()
        self.assertEqual(2, len(self.tasks))

    def test_or_when_the_connection_is_back(self) -> None:
        card = self.card()
        self.fail_task("refused")
        self.lose_connection()
        self.pass_time(30)
        self.link_up()
        self.welcome(isupport=FILES)
        self.assertEqual("loading", card.state)

    def test_nobody_is_asked_while_the_connection_is_down(self) -> None:
        self.lose_connection()
        self.assertEqual("unknown", self.card().state)
        self.assertEqual([], self.tasks)

    def test_after_its_time_the_server_is_asked_again(self) -> None:
        card = self.known(FileFacts("a.txt", 5, "text/plain", self.now + 10, "", has_thumbnail=False))
        self.pass_time(5)
        self.assertEqual(1, len(self.tasks))
        while len(self.tasks) == 1 and self.now < NOON + 2 * EXPIRY_SECONDS:
            self.pass_time(20)
            self.receive(":srv PONG srv :still here")
        self.fail_task("gone")
        self.assertEqual("gone", card.state)


class Thumbnails(CardsTest):
    def test_the_thumbnail_is_fetched_too(self) -> None:
        card = self.known(PICTURE)
        task = self.tasks[-1].task
        assert isinstance(task, FetchThumbnail)
        self.assertEqual(f"/thumbnails/{ID}", task.path)
        self.end_task(png())
        self.assertEqual(png(), card.thumbnail)
        self.assert_changed(FileCardChanged)

    def test_of_a_small_picture_without_one_it_is_made(self) -> None:
        card = self.known(SMALL)
        task = self.tasks[-1].task
        assert isinstance(task, MakeThumbnail)
        self.assertEqual(f"/files/{ID}/a.txt", task.path)
        self.end_task(png())
        self.assertEqual((png(), True), (card.thumbnail, card.has_thumbnail))

    def test_where_that_cannot_be_it_is_tried_once(self) -> None:
        card = self.known(SMALL)
        self.end_task(b"")
        self.assertFalse(card.has_thumbnail)
        self.client.sessions.of(self.network).file_cards.connected(self.network)
        self.client.poll(None)
        self.end_task(SMALL)
        self.assertFalse(card.has_thumbnail)
        self.assertEqual(1, sum(isinstance(each.task, MakeThumbnail) for each in self.tasks))

    def test_a_large_picture_without_one_stays_a_card(self) -> None:
        self.assertFalse(self.known(replace(SMALL, size=THUMBNAIL_BYTES + 1)).has_thumbnail)

    def test_so_does_another_small_file(self) -> None:
        self.assertFalse(self.known(replace(SMALL, media_type="text/plain")).has_thumbnail)

    def test_so_does_a_picture_of_a_kind_that_is_decoded_only_after_a_click(self) -> None:
        self.assertFalse(self.known(replace(SMALL, media_type="image/webp")).has_thumbnail)

    def test_but_not_if_the_user_does_not_want_that(self) -> None:
        self.files.options.fetches_thumbnails = False
        card = self.known(PICTURE)
        self.card()
        self.assertTrue(card.has_thumbnail)
        self.assertEqual(1, len(self.tasks))

    def test_one_that_cannot_be_used_is_none(self) -> None:
        card = self.known(PICTURE)
        self.end_task(b"")
        self.assertFalse(card.has_thumbnail)
        self.card()
        self.assertEqual(2, len(self.tasks))

    def test_those_that_were_not_wanted_for_long_are_dropped_and_fetched_again(self) -> None:
        first = self.known(PICTURE)
        self.end_task(png())
        for number in range(THUMBNAILS):
            self.card(link(number))
            self.end_task(PICTURE)
            self.end_task(png())
        self.assertEqual(b"", first.thumbnail)
        self.card()
        self.end_task(png())
        self.assertEqual(png(), first.thumbnail)


class Downloads(CardsTest):
    def test_a_file_comes_into_the_folder_that_the_user_has_set(self) -> None:
        card = self.known()
        self.files.options.folder = Path("there")
        self.files.download(self.network, card)
        self.client.poll()
        task = self.tasks[-1].task
        assert isinstance(task, DownloadFile)
        self.assertEqual((Path("there"), "holiday.png", None), (task.folder, task.name, task.most_bytes))
        assert card.download
        self.tasks[-1].done = 600
        self.assert_changed(FileCardChanged, self.pass_time(PROGRESS_SECONDS))
        self.assertEqual(("running", 600), (card.download.state, card.download.received))
        self.tasks[-1].done = 1234
        self.end_task(Path("there/holiday.png"))
        self.assertEqual(
            ("done", 1234, Path("there/holiday.png")),
            (card.download.state, card.download.received, card.download.path),
        )

    def test_two_clicks_are_one_download(self) -> None:
        card = self.known()
        for _ in range(2):
            self.files.download(self.network, card, Path("there"))
        self.client.poll()
        self.assertEqual(2, len(self.tasks))

    def test_a_third_one_waits(self) -> None:
        cards = [self.card(link(number)) for number in range(3)]
        for card in cards:
            self.files.download(self.network, card, Path("there"))
        self.client.poll()
        states = [card.download.state for card in cards if card.download]
        self.assertEqual(["running", "running", "waiting"], states)

    def test_a_download_can_be_cancelled(self) -> None:
        card = self.known()
        self.files.cancel_download(self.network, card)
        self.files.download(self.network, card, Path("there"))
        self.client.poll()
        self.files.cancel_download(self.network, card)
        assert card.download
        self.assertEqual("cancelled", card.download.state)
        self.assertTrue(self.tasks[-1].is_cancelled)
        self.fail_task("cancelled")
        self.assertEqual("cancelled", card.download.state)

    def test_a_network_that_is_removed_ends_downloads_and_asks_again_when_it_is_back(self) -> None:
        card = self.known()
        self.files.download(self.network, card, Path("there"))
        other = self.card(link(1))
        removed = self.client.remove_network(self.network)
        self.assertEqual([False, True, True], [each.is_cancelled for each in self.tasks])
        removed.bring_back()
        for at in (1, 2):
            self.end_task(failure=TransferFailed("cancelled", ""), at=at)
        assert card.download
        self.assertEqual("cancelled", card.download.state)
        self.link_up()
        self.welcome(isupport=FILES)
        self.client.poll()
        self.end_task(FACTS)
        self.assertEqual("known", other.state)

    def test_a_failure_has_its_reason(self) -> None:
        card = self.known()
        self.files.download(self.network, card, Path("there"))
        self.client.poll()
        self.fail_task("gone")
        assert card.download
        self.assertEqual(("failed", "The connection was lost."), (card.download.state, card.download.problem))
        self.assertEqual("gone", card.state)

    def test_a_picture_is_fetched_once_into_a_folder_that_goes_with_the_program(self) -> None:
        card = self.known()
        self.files.fetch_picture(self.network, card)
        self.client.poll()
        task = self.tasks[-1].task
        assert isinstance(task, DownloadFile) and card.picture
        self.assertEqual(PICTURE_BYTES, task.most_bytes)
        task.folder.mkdir()
        self.end_task(task.folder / "holiday.png")
        self.files.fetch_picture(self.network, card)
        self.client.poll()
        self.assertEqual(("done", 2), (card.picture.state, len(self.tasks)))
        self.client.close()
        self.assertFalse(task.folder.exists())

    def fetched(self, number: int, size: int) -> FileCard:
        """Fetch a picture of this many bytes."""
        card = self.card(link(number))
        self.end_task(FACTS)
        self.files.fetch_picture(self.network, card)
        self.client.poll()
        task = self.tasks[-1].task
        assert isinstance(task, DownloadFile)
        task.folder.mkdir(parents=True)
        path = task.folder / "holiday.png"
        path.write_bytes(b"x")
        self.tasks[-1].done = size
        self.end_task(path)
        return card

    def test_pictures_can_be_deleted(self) -> None:
        card = self.fetched(1, 2000)
        assert card.picture and card.picture.path
        path = card.picture.path
        self.assertEqual(2000, self.files.stored_bytes())
        self.files.clear_pictures()
        self.assertEqual((0, None), (self.files.stored_bytes(), card.picture))
        self.assertFalse(path.exists())
        self.client.close()

    def test_the_oldest_pictures_go_when_they_are_too_many(self) -> None:
        cards = [self.fetched(number, STORED_BYTES // 2) for number in range(3)]
        self.assertEqual([True, False, False], [card.picture is None for card in cards])
        self.client.close()

    def test_fetching_a_picture_can_be_cancelled(self) -> None:
        card = self.known()
        self.files.fetch_picture(self.network, card)
        self.files.cancel_picture(self.network, card)
        self.client.poll()
        self.assertEqual(1, len(self.tasks))
        self.client.close()


class Deleting(CardsTest):
    def test_a_file_is_deleted_with_our_token(self) -> None:
        card = self.known()
        self.assertTrue(self.files.can_delete(self.network))
        self.files.delete(self.network, card)
        self.client.poll()
        task = self.tasks[-1].task
        assert isinstance(task, DeleteFile)
        self.assertEqual((f"/files/{ID}/a.txt", "Bearer t1"), (task.path, task.authorization))
        self.end_task(True)
        self.assertEqual("gone", card.state)

    def test_what_the_server_said_before_does_not_bring_it_back(self) -> None:
        card = self.files.card(self.network, LINK)
        self.client.poll()
        self.files.delete(self.network, card)
        self.client.poll()
        self.assertIsInstance(self.tasks[-1].task, DeleteFile)
        self.end_task(True)
        self.end_task(FACTS, at=-2)
        self.assertEqual("gone", card.state)

    def test_the_server_may_refuse_it(self) -> None:
        card = self.known()
        self.files.delete(self.network, card)
        self.client.poll()
        self.fail_task("refused")
        self.assertEqual(("known", "The connection was lost."), (card.state, card.problem))

    def test_without_a_token_it_is_not_offered(self) -> None:
        self.receive(":srv 005 ana -soju.im/FILEHOST :are supported")
        self.assertFalse(self.files.can_delete(self.network))
