"""Files in the composer, and messages that wait for them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.changes import AttachmentsChanged, PasswordHostAsked, StatusChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment
from chatapp.client.session.file_uploads import (
    ADDRESS_SECONDS,
    NOT_ALLOWED,
    PAUSE_SECONDS,
    STALL_SECONDS,
    THUMBNAIL_SECONDS,
    TRIES,
)
from chatapp.client.session.transfer_progress import PROGRESS_SECONDS
from chatapp.client.transport import link
from chatapp.client.transport.file_requests import DeleteFile, FailureKind, SendThumbnail, TransferFailed
from chatapp.client.transport.file_upload import UploadFile
from tests.client.base import EVERYTHING, ISUPPORT, ClientTest
from tests.client.files.pictures import png

HOST = "soju.im/FILEHOST"
FILES = f"{ISUPPORT} {HOST}=http://192.168.1.7:5000/upload/t1 chatapp/FILES=id:k3Xq9p,max:1000"
URL = "http://192.168.1.7:5000/files/k3Xq9pA1b2C3d4E5f6G7h8I9j0_-/a.txt"


class UploadsTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.general = self.online(isupport=FILES)
        self.files = self.client.files

    def attach(self, contents: bytes = b"hello", name: str = "a.txt", awaits: bool = False) -> Attachment:
        attachment = self.files.attach(self.general, contents, name, awaits_thumbnail=awaits)
        self.changes = self.client.poll(None)
        return attachment

    def attach_ready(self, name: str = "a.txt", url: str = URL) -> Attachment:
        attachment = self.attach(name=name)
        self.end_task(url)
        return attachment

    def lose(self, kind: FailureKind, reason: str = "The disk is full.") -> None:
        """Let the latest upload fail."""
        self.end_task(failure=TransferFailed(kind, reason))

    def announce(self, token: str) -> None:
        """Let the server announce another address, or take it back."""
        self.receive(f":srv 005 ana {token} :are supported")

    def latest(self) -> UploadFile:
        task = self.tasks[-1].task
        assert isinstance(task, UploadFile)
        return task

    def messages(self) -> list[str]:
        return [each.partition(" PRIVMSG #general :")[2] for each in self.sent() if "PRIVMSG" in each]


class Composer(UploadsTest):
    def test_a_file_waits_in_the_composer(self) -> None:
        path = self.folder / "plan.pdf"
        path.write_bytes(b"12345")
        attachment = self.files.attach(self.general, path)
        self.assertEqual(("plan.pdf", 5, 5), (attachment.name, attachment.size, attachment.total))
        self.assertEqual((attachment,), self.files.attachments(self.general))
        changed = self.assert_changed(AttachmentsChanged, self.client.poll())
        self.assertEqual(self.general, changed.conversation)

    def test_it_is_sent_to_the_server_of_the_chat_at_once(self) -> None:
        attachment = self.attach()
        self.assertEqual("uploading", attachment.state)
        task = self.latest()
        self.assertEqual(
            ("chat.example", 5000, "never"), (task.target.host, task.target.port, task.target.encrypt)
        )
        self.assertEqual("http://192.168.1.7:5000/upload/t1", task.url)
        self.assertEqual(
            (b"hello", "a.txt", "", True), (task.source, task.name, task.authorization, task.removes_metadata)
        )

    def test_metadata_is_kept_if_the_user_wants_that(self) -> None:
        self.files.options.removes_metadata = False
        self.attach()
        self.assertFalse(self.latest().removes_metadata)

    def test_a_file_whose_metadata_cannot_be_removed_is_sent_with_it_on_another_try(self) -> None:
        attachment = self.attach()
        self.end_task(failure=TransferFailed("metadata", "Data about the place cannot be removed."))
        self.assertEqual((attachment.state, attachment.has_metadata), ("failed", True))
        self.files.retry(self.general, attachment)
        self.client.poll()
        self.assertEqual((attachment.has_metadata, self.latest().removes_metadata), (False, False))

    def test_its_progress_is_reported(self) -> None:
        attachment = self.attach()
        self.client.poll()
        self.tasks[-1].done, self.tasks[-1].total = 3, 4
        self.assert_changed(AttachmentsChanged, self.pass_time(PROGRESS_SECONDS))
        self.assertEqual((3, 4), (attachment.sent, attachment.total))
        self.assertEqual([], self.pass_time(PROGRESS_SECONDS))

    def test_but_not_more_often_than_anybody_can_see(self) -> None:
        self.attach()
        self.tasks[-1].done = 3
        self.pass_time(PROGRESS_SECONDS)
        self.tasks[-1].done = 4
        self.assertEqual([], self.client.poll())
        self.assert_changed(AttachmentsChanged, self.pass_time(PROGRESS_SECONDS))

    def test_two_files_are_sent_at_once(self) -> None:
        states = [self.attach(name=f"{number}.txt") for number in range(3)]
        self.assertEqual(["uploading", "uploading", "waiting"], [each.state for each in states])
        self.end_task(URL)
        self.assertEqual(["uploading", "ready", "uploading"], [each.state for each in states])

    def test_a_file_that_was_missing_can_be_tried_again(self) -> None:
        path = self.folder / "plan.pdf"
        attachment = self.files.attach(self.general, path)
        path.write_bytes(b"12345")
        self.files.retry(self.general, attachment)
        self.client.poll()
        self.assertEqual(("uploading", "", 5), (attachment.state, attachment.problem, attachment.size))

    def test_other_limits_of_the_server_count_for_files_that_are_here(self) -> None:
        small, large = self.attach(b"x" * 900), self.attach(b"x" * 2000)
        self.attach(b"x" * 900)
        waits = self.attach(b"x" * 800)
        self.assertEqual(["too-large", "waiting"], [large.state, waits.state])
        self.announce("chatapp/FILES=id:k3Xq9p,max:700")
        self.assertEqual(["uploading", "too-large", "too-large"], [small.state, large.state, waits.state])
        self.assert_changed(AttachmentsChanged)
        self.assert_changed(StatusChanged)
        self.announce("chatapp/FILES=id:k3Xq9p,max:5000")
        self.assertEqual(["waiting", "waiting"], [large.state, waits.state])
        self.end_task(URL)
        self.assertIn("uploading", [large.state, waits.state])

    def test_removing_a_file_stops_it(self) -> None:
        first, second = self.attach(), self.attach(b"2", "b.txt")
        self.files.detach(self.general, first)
        self.files.detach(self.general, first)
        self.assertEqual((second,), self.files.attachments(self.general))
        self.assertEqual([True, False], [each.is_cancelled for each in self.tasks])
        self.end_task(failure=TransferFailed("cancelled", ""), at=0)
        self.assertEqual((second,), self.files.attachments(self.general))

    def test_removing_one_that_the_server_has_deletes_it_there(self) -> None:
        attachment = self.attach_ready()
        self.files.detach(self.general, attachment)
        task = self.tasks[-1].task
        assert isinstance(task, DeleteFile)
        self.assertEqual((f"/{URL.split('/', 3)[3]}", "Bearer t1"), (task.path, task.authorization))
        self.end_task(True)

    def test_removing_one_that_the_server_just_got_deletes_it_there(self) -> None:
        self.files.detach(self.general, self.attach())
        self.end_task(URL)
        self.client.poll()
        task = self.tasks[-1].task
        assert isinstance(task, DeleteFile)
        self.assertEqual(f"/{URL.split('/', 3)[3]}", task.path)
        self.end_task(True)

    def test_removing_one_of_which_all_was_sent_waits_for_its_url_and_deletes_it_there(self) -> None:
        attachment = self.attach()
        self.tasks[-1].done = self.tasks[-1].total = 1000
        self.files.detach(self.general, attachment)
        self.assertFalse(self.tasks[-1].is_cancelled)
        self.end_task(URL)
        self.client.poll()
        self.assertIsInstance(self.tasks[-1].task, DeleteFile)
        self.end_task(True)

    def test_a_conversation_that_is_closed_takes_its_files_along(self) -> None:
        direct = self.client.open_direct("ben")
        self.files.attach(direct, b"1", "a.txt")
        self.client.poll()
        self.client.leave(direct)
        self.client.poll()
        self.assertTrue(self.tasks[-1].is_cancelled)

    def test_removing_the_network_stops_it_until_the_network_comes_back(self) -> None:
        attachment = self.attach()
        removed = self.client.remove_network(self.client.network)
        self.assertTrue(self.tasks[-1].is_cancelled)
        removed.bring_back()
        self.end_task(failure=TransferFailed("cancelled", ""))
        self.assertEqual(("waiting", ""), (attachment.state, attachment.problem))
        self.link_up()
        self.welcome(isupport=FILES)
        self.client.poll()
        self.assertEqual(("uploading", 2), (attachment.state, len(self.tasks)))

    def test_a_server_without_room_is_told_from_other_refusals(self) -> None:
        attachment = self.attach()
        self.lose("full", "The server has no room for files now.")
        self.assertTrue(attachment.lacks_room)
        self.files.retry(self.general, attachment)
        self.assertFalse(attachment.lacks_room)

    def test_closing_the_client_stops_all_transfers(self) -> None:
        self.attach()
        self.client.close()
        self.assertTrue(self.tasks[-1].is_cancelled)


class Thumbnails(UploadsTest):
    def test_the_thumbnail_follows_the_file(self) -> None:
        attachment = self.files.attach(self.general, b"picture", "a.png", png())
        self.client.poll()
        self.end_task(URL)
        self.assertEqual("uploading", attachment.state)
        task = self.tasks[-1].task
        assert isinstance(task, SendThumbnail)
        self.assertEqual("/thumbnails/k3Xq9pA1b2C3d4E5f6G7h8I9j0_-", task.path)
        self.assertEqual(("Bearer t1", png()), (task.authorization, task.data))
        self.end_task(True)
        self.assertEqual("ready", attachment.state)

    def test_its_size_is_a_part_of_the_link(self) -> None:
        self.files.attach(self.general, b"picture", "a.png", png(width=32, height=20))
        self.client.poll()
        self.end_task(URL)
        self.end_task(True)
        self.client.run(self.general, "look")
        self.assertIn(f"{URL}#32x20", self.messages()[-1])

    def test_a_link_without_a_thumbnail_has_no_size(self) -> None:
        attachment = self.files.attach(self.general, b"picture", "a.png", png())
        self.client.poll()
        self.end_task(URL)
        self.lose("refused")
        self.assertEqual(URL, attachment.url)

    def test_a_file_is_as_good_without_it(self) -> None:
        attachment = self.files.attach(self.general, b"picture", "a.png", png())
        self.client.poll()
        self.end_task(URL)
        self.lose("refused")
        self.assertEqual(("ready", ""), (attachment.state, attachment.problem))

    def test_it_waits_for_a_thumbnail_that_is_being_made(self) -> None:
        attachment = self.attach(awaits=True)
        self.end_task(URL)
        self.assertEqual("uploading", attachment.state)
        self.files.set_thumbnail(attachment, png())
        self.client.poll()
        self.assertIsInstance(self.tasks[-1].task, SendThumbnail)

    def test_but_not_for_ever(self) -> None:
        attachment = self.attach(awaits=True)
        self.end_task(URL)
        self.pass_time(THUMBNAIL_SECONDS)
        self.assertEqual("ready", attachment.state)

    def test_it_waits_for_the_connection_of_the_chat(self) -> None:
        attachment = self.files.attach(self.general, b"picture", "a.png", png())
        self.client.poll()
        self.lose_connection()
        self.end_task(URL)
        self.assertEqual(("uploading", 1), (attachment.state, len(self.tasks)))
        self.pass_time(30)
        self.link_up()
        self.welcome(isupport=FILES)
        self.client.poll()
        self.assertIsInstance(self.tasks[-1].task, SendThumbnail)

    def test_none_is_sent_if_it_is_too_large(self) -> None:
        attachment = self.files.attach(self.general, b"picture", "a.png", png(width=2000))
        self.client.poll()
        self.end_task(URL)
        self.assertEqual("ready", attachment.state)


class Losses(UploadsTest):
    def test_a_lost_upload_is_tried_again(self) -> None:
        attachment = self.attach()
        for tries in range(1, TRIES):
            self.lose("lost", "The connection was lost.")
            self.assertEqual(("waiting", tries), (attachment.state, len(self.tasks)))
            self.receive(":srv PONG srv :alive")  # only files are lost
            self.pass_time(PAUSE_SECONDS * 2 ** (tries - 1))
        self.lose("lost", "The connection was lost.")
        self.assertEqual("“a.txt” was not sent. The connection was lost.", attachment.problem)

    def test_only_further_tries_tell_the_server_that_it_may_have_the_file(self) -> None:
        attachment = self.attach()
        self.assertFalse(self.latest().is_repeated)
        self.lose("lost")
        self.pass_time(PAUSE_SECONDS)
        self.assertEqual((attachment.key, True), (self.latest().key, self.latest().is_repeated))

    def test_one_that_has_changed_since_the_server_got_it_can_be_sent_as_it_is_now(self) -> None:
        attachment = self.attach()
        before = self.latest().key
        self.lose("changed", "The file has changed in the meantime.")
        self.assertEqual(("failed", True), (attachment.state, attachment.can_retry))
        self.assertEqual("“a.txt” was not sent. The file has changed in the meantime.", attachment.problem)
        self.files.retry(self.general, attachment)
        self.client.poll()
        self.assertNotEqual(before, self.latest().key)
        self.assertFalse(self.latest().is_repeated)
        self.end_task(URL)
        self.assertEqual("ready", attachment.state)

    def test_one_that_stands_still_says_so_and_the_chat_is_asked_whether_it_answers(self) -> None:
        attachment = self.attach()
        self.tasks[-1].done, self.tasks[-1].total = 3, 4
        self.pass_time(PROGRESS_SECONDS)
        self.sent()
        self.assert_changed(AttachmentsChanged, self.pass_time(STALL_SECONDS))
        self.assertTrue(attachment.is_stalled)
        self.assertEqual(1, sum(each.startswith("PING") for each in self.sent()))
        self.tasks[-1].done = 4
        self.assert_changed(AttachmentsChanged, self.pass_time(PROGRESS_SECONDS))
        self.assertFalse(attachment.is_stalled)

    def test_what_the_chat_lost_meanwhile_is_tried_as_often_as_before(self) -> None:
        attachment = self.attach()
        for tries in range(TRIES - 1):
            self.lose("lost")
            self.assertEqual(("waiting", True), (attachment.state, attachment.is_stalled))
            self.pass_time(PAUSE_SECONDS * 2**tries)
        self.lose_connection()
        self.lose("lost")
        self.pass_time(60)
        self.link_up()
        self.welcome(isupport=FILES)
        self.pass_time(60)
        self.assertEqual("uploading", attachment.state)
        self.lose("lost")
        self.assertEqual("waiting", attachment.state)
        self.pass_time(5)
        self.end_task(URL)
        self.assertEqual(("ready", False), (attachment.state, attachment.is_stalled))

    def test_it_waits_for_the_connection_and_a_new_token(self) -> None:
        attachment = self.attach()
        self.lose_connection()
        self.lose("lost")
        self.pass_time(60)
        self.assertEqual(("waiting", 1), (attachment.state, len(self.tasks)))
        self.link_up()
        self.welcome(isupport=FILES.replace("t1", "t2"))
        self.pass_time(5)
        self.assertEqual("http://192.168.1.7:5000/upload/t2", self.latest().url)

    def test_an_old_token_waits_for_the_new_one(self) -> None:
        attachment = self.attach()
        self.lose("token")
        self.pass_time(5)
        self.assertEqual(("waiting", 1), (attachment.state, len(self.tasks)))
        self.announce(f"{HOST}=http://192.168.1.7:5000/upload/t2")
        self.assertEqual("http://192.168.1.7:5000/upload/t2", self.latest().url)

    def test_it_fails_if_none_comes(self) -> None:
        attachment = self.attach()
        self.lose("token")
        self.pass_time(ADDRESS_SECONDS)
        self.assertEqual(f"“a.txt” was not sent. {NOT_ALLOWED}", attachment.problem)

    def test_losing_the_right_to_send_is_a_change(self) -> None:
        self.announce(f"-{HOST}")
        self.assertFalse(self.files.can_send(self.client.network))
        self.assert_changed(StatusChanged)
        attachment = self.attach()
        self.pass_time(ADDRESS_SECONDS)
        self.assertEqual("failed", attachment.state)
        self.assertEqual([], self.tasks)


class OtherServers(ClientTest):
    LOGIN_FIELD = "Basic YW5hOnNlY3JldA=="

    def announced(self, url: str) -> Conversation:
        """Log in to a server that wants files to be sent to a URL."""
        self.client.connect(Login("chat.example", 5000, "ana", password="secret"))
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.welcome(EVERYTHING, f"{ISUPPORT} {HOST}={url}")
        return self.enter()

    def attach(self, general: Conversation) -> Attachment:
        attachment = self.client.files.attach(general, b"1" * 2000, "a.txt")
        self.changes = self.client.poll()
        return attachment

    def asked(self) -> list[str]:
        """Return the hosts about which the user was asked by the latest poll."""
        return [each.host for each in self.changes if isinstance(each, PasswordHostAsked)]

    def answer(self, may_have_password: bool) -> None:
        self.client.files.answer_about_host(self.client.network, "files.example", may_have_password)
        self.client.poll()

    def upload(self) -> UploadFile:
        task = self.tasks[-1].task
        assert isinstance(task, UploadFile)
        return task

    def test_the_host_of_the_chat_gets_the_login_of_the_account(self) -> None:
        general = self.announced("https://chat.example/_up?x\\x3D1")
        self.attach(general)
        self.assertEqual([], self.asked())
        target = self.upload().target
        self.assertEqual(self.LOGIN_FIELD, self.upload().authorization)
        self.assertEqual(("chat.example", 443, "always"), (target.host, target.port, target.encrypt))
        self.end_task("https://chat.example/x/a.txt")
        self.client.run(general, "look")
        self.assertIn("PRIVMSG #general :https://chat.example/x/a.txt", "\n".join(self.sent()))

    def test_nothing_goes_to_another_host_before_the_user_has_answered(self) -> None:
        general = self.announced("https://files.example/_up")
        attachment = self.attach(general)
        self.assertEqual(["files.example"], self.asked())
        self.assertEqual("files.example", self.client.files.asked_host(self.client.network))
        self.attach(general)
        self.assertEqual([], self.asked())
        self.assertEqual([], self.tasks)
        self.assertEqual("waiting", attachment.state)

    def test_another_host_gets_the_login_if_the_user_allows_that_and_is_asked_once(self) -> None:
        settings = Settings()
        self.client.files.follow(settings)
        general = self.announced("https://files.example/_up")
        self.attach(general)
        self.answer(True)
        self.assertEqual(self.LOGIN_FIELD, self.upload().authorization)
        self.assertEqual({"chat.example:5000 files.example": True}, settings.password_hosts)
        self.attach(general)
        self.assertEqual([], self.asked())
        self.assertEqual("", self.client.files.asked_host(self.client.network))

    def test_a_no_is_kept_until_the_end_of_the_program_only(self) -> None:
        settings = Settings()
        self.client.files.follow(settings)
        general = self.announced("https://files.example/_up")
        self.attach(general)
        self.answer(False)
        self.client.files.follow(settings)
        self.attach(general)
        self.assertEqual([], self.asked())
        self.assertEqual({}, settings.password_hosts)

    def test_else_the_file_goes_without_the_login(self) -> None:
        general = self.announced("https://files.example/_up")
        self.attach(general)
        self.answer(False)
        self.assertEqual("", self.upload().authorization)
        self.attach(general)
        self.assertEqual([], self.asked())

    def test_the_answer_about_one_host_is_none_about_another(self) -> None:
        general = self.announced("https://files.example/_up")
        self.attach(general)
        self.answer(True)
        self.receive(f":srv 005 ana {HOST}=https://evil.example/_up :are supported")
        self.attach(general)
        self.assertEqual(["evil.example"], self.asked())
        self.assertEqual(1, len(self.tasks))

    def test_the_question_ends_with_the_file(self) -> None:
        general = self.announced("https://files.example/_up")
        attachment = self.attach(general)
        self.client.files.detach(general, attachment)
        self.client.poll()
        self.assertEqual("", self.client.files.asked_host(self.client.network))

    def test_one_that_does_not_know_us_has_refused(self) -> None:
        general = self.online(isupport=f"{ISUPPORT} {HOST}=http://files.example/_up")
        attachment = self.client.files.attach(general, b"1", "a.txt")
        self.client.poll()
        self.end_task(failure=TransferFailed("token", "The server wants you to log in first."))
        self.assertEqual("“a.txt” was not sent. The server wants you to log in first.", attachment.problem)
