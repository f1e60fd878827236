"""Slash commands about files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from chatapp.client.login import Login
from chatapp.client.model.changes import MessageReturned
from chatapp.client.session.transfer_progress import PROGRESS_SECONDS
from chatapp.client.transport import link
from chatapp.client.transport.file_download import DownloadFile
from chatapp.client.transport.file_requests import FileFacts, SendThumbnail, TransferFailed
from chatapp.client.transport.file_upload import UploadFile
from chatapp.terminal import file_commands, screen_commands
from chatapp.terminal.file_commands import LIST_SECONDS, FileCommands, complete_path
from tests.client.base import ISUPPORT, ClientTest
from tests.client.files.pictures import png
from tests.client.session.test_file_uploads import FILES, URL
from tests.terminal.test_screen_commands import Recorder

OTHER = URL.replace("A1b2", "Z9y8").replace("a.txt", "b%20c.pdf")
FACTS = FileFacts("a.txt", 1234, "text/plain", None, "", has_thumbnail=False)


class FileCommandsTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.general = self.online(isupport=FILES)
        self.front = Recorder(self.client)
        self.complaints: list[str] = []
        self.front.files = FileCommands(
            self.client,
            self.front.print_note,
            self.complaints.append,
            clock=self.clock,
            converters=lambda: [lambda *given: png()],
        )

    def type(self, text: str) -> str | None:
        refusal = screen_commands.run(self.front, text)
        self.apply()
        return refusal

    def apply(self) -> None:
        self.changes = self.client.poll(None)
        self.front.files.apply(self.changes)

    def end(self, result: object = None, failure: TransferFailed | None = None) -> None:
        self.end_task(result, failure)
        self.front.files.apply(self.changes)
        self.apply()

    def make(self, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(b"12345")
        return path

    def messages(self) -> list[str]:
        return [each.partition(" PRIVMSG #general :")[2] for each in self.sent() if "PRIVMSG" in each]

    def receive_files(self, *urls: str) -> None:
        for number, url in enumerate(urls):
            self.receive(
                f"@msgid=m{number};time=2026-03-12T12:00:0{number}.000Z :ben!b@h PRIVMSG #general :{url}"
            )


class Sending(FileCommandsTest):
    def latest(self) -> UploadFile:
        task = self.tasks[-1].task
        assert isinstance(task, UploadFile)
        return task

    def test_a_file_is_sent_with_a_message(self) -> None:
        path = self.make("plan.pdf")
        self.assertIsNone(self.type(f"/send {path} look here"))
        self.assertEqual(path, self.latest().source)
        self.assertEqual([], self.messages())
        self.end(URL)
        self.assertEqual(["look here", URL], self.messages())

    def test_a_name_with_spaces_needs_quotes_only_before_a_message(self) -> None:
        path = self.make("my plan.pdf")
        table = {
            f"/send {path}": ["URL"],
            f'/send "{path}"': ["URL"],
            f"/send '{path}' look": ["look", "URL"],
            f'/send "{path}" /shrug': ["/shrug", "URL"],
        }
        for typed, expected in table.items():
            with self.subTest(typed):
                self.assertIsNone(self.type(typed))
                self.assertEqual(path, self.latest().source)
                self.end("URL")
                self.assertEqual(expected, self.messages())

    def send_elsewhere(self, can_ask: bool = True) -> None:
        """Send a file on a server that wants it to be sent to another host."""
        self.client.connect(Login("chat.example", 5000, "ana", password="secret"))
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.welcome(isupport=f"{ISUPPORT} soju.im/FILEHOST=https://files.example/_up")
        self.enter()
        self.front.files = FileCommands(
            self.client, self.front.print_note, self.complaints.append, self.clock, can_ask
        )
        self.type(f"/send {self.make('plan.pdf')}")

    def test_the_user_says_whether_another_host_gets_the_password(self) -> None:
        for answer, field in (("yes", "Basic YW5hOnNlY3JldA=="), ("no", "")):
            with self.subTest(answer):
                self.client.files.options.password_hosts = {}
                self.send_elsewhere()
                question = "Files of this server go to files.example. Send your account's password there?"
                self.assertEqual(f"{question} /send yes, /send no", self.front.notes[-1])
                count = len(self.tasks)
                self.assertIsNone(self.type(f"/send {answer}"))
                self.assertEqual(count + 1, len(self.tasks))
                self.assertEqual(field, self.latest().authorization)
                self.end("https://files.example/1")

    def test_where_nobody_can_answer_it_does_not_get_it(self) -> None:
        self.send_elsewhere(can_ask=False)
        self.apply()
        self.assertEqual("", self.latest().authorization)

    def test_a_picture_is_sent_with_a_thumbnail(self) -> None:
        path = self.folder / "beach.png"
        path.write_bytes(png())
        self.type(f"/send {path} look")
        self.end(URL)
        self.assertEqual([], self.messages())
        while self.front.files._jobs.is_busy:
            self.apply()
        self.apply()
        task = self.tasks[-1].task
        assert isinstance(task, SendThumbnail)
        self.assertEqual(png(), task.data)

    def test_what_cannot_be_sent_is_refused_at_once(self) -> None:
        large = self.folder / "large"
        large.write_bytes(bytes(1001))
        table = {
            "/send": "Usage: /send [--as-is] FILE [TEXT]",
            f"/send {self.folder / 'no'}": "There is no file “no”.",
            f"/send {large}": "“large” is 1.0 kB. This server takes files of up to 1.0 kB.",
        }
        for typed, problem in table.items():
            with self.subTest(typed):
                self.assertEqual(problem, self.type(typed))
        self.assertEqual((), self.client.files.attachments(self.general))
        self.assertEqual([], self.tasks)

    def test_a_message_that_was_not_sent_can_be_typed_again(self) -> None:
        path = self.make("plan.pdf")
        self.type(f"/send {path} look")
        self.end(failure=TransferFailed("refused", "The server has no room for files now."))
        returned = MessageReturned(self.general, "look", None, "why")
        self.assertEqual(f'/send "{path}" look', self.front.files.returned(returned))
        self.assertEqual((), self.client.files.attachments(self.general))
        self.assertEqual("look", self.front.files.returned(returned))

    def test_a_picture_whose_metadata_cannot_be_removed_can_be_sent_as_it_is(self) -> None:
        path = self.make("photo.jpg")
        self.type(f"/send {path} look")
        self.end(failure=TransferFailed("metadata", "Data about the place cannot be removed from it."))
        typed = self.front.files.returned(MessageReturned(self.general, "look", None, "why"))
        self.assertEqual(f'/send --as-is "{path}" look', typed)
        self.type(typed)
        task = self.tasks[-1].task
        assert isinstance(task, UploadFile)
        self.assertEqual((task.name, task.removes_metadata), ("photo.jpg", False))

    def test_after_a_failure_a_text_is_sent_without_the_file(self) -> None:
        self.type(f"/send {self.make('plan.pdf')} look")
        self.end(failure=TransferFailed("refused", "The server has no room for files now."))
        self.front.files.returned(MessageReturned(self.general, "look", None, "why"))
        self.assertIsNone(self.type("look"))
        self.assertEqual("look", self.general.entries[-1].text)

    def test_a_server_without_files_does_not_offer_them(self) -> None:
        self.client.network.isupport = {}
        self.assertEqual("This server does not offer that.", self.type("/send x"))
        self.client.network.isupport = {"chatapp/FILES": "id:k3Xq9p,who:members"}
        self.assertEqual("Only people with an account can send files here.", self.type("/send x"))
        self.client.network.isupport = {}
        self.assertEqual({"send", "files", "save"}, file_commands.missing(self.client.network))
        self.type("/help")
        self.assertNotIn("/send", self.general.entries[-1].text)

    def test_help_names_the_commands(self) -> None:
        self.type("/help")
        for usage in ("/send [--as-is] FILE [TEXT]", "/files", "/save [NUMBER] [FOLDER]"):
            self.assertIn(usage, self.general.entries[-1].text)

    def test_where_nobody_may_send_files_they_can_be_saved(self) -> None:
        self.client.network.isupport = {"chatapp/FILES": "id:k3Xq9p,who:nobody"}
        self.assertEqual({"send"}, file_commands.missing(self.client.network))


class Listing(FileCommandsTest):
    def test_the_latest_file_is_number_one_and_stands_last(self) -> None:
        self.receive_files(f"see {OTHER}", f"{URL} and {OTHER}", URL)
        self.assertIsNone(self.type("/files"))
        self.assertTrue(self.front.files.is_busy)
        self.end_task(FACTS, at=0)
        self.end(FACTS)
        self.assertEqual(
            ["2  a.txt · 1.2 kB · ben · ", "1  a.txt · 1.2 kB · ben · "],
            [each[: each.index("2026")] for each in self.front.notes],
        )
        self.assertFalse(self.front.files.is_busy)

    def test_a_file_that_is_gone_is_no_longer_kept(self) -> None:
        self.receive_files(URL)
        self.type("/files")
        self.end(failure=TransferFailed("gone", ""))
        self.assertTrue(
            self.front.notes[0].startswith("1  a.txt · No longer kept · ben · "), self.front.notes
        )

    def test_a_silent_server_delays_the_list_only_for_a_moment(self) -> None:
        self.receive_files(OTHER)
        self.type("/files")
        self.apply()
        self.assertEqual([], self.front.notes)
        self.now += LIST_SECONDS
        self.apply()
        self.assertTrue(self.front.notes[0].startswith("1  b c.pdf · ben · "), self.front.notes)

    def test_a_conversation_without_files_says_so(self) -> None:
        self.assertEqual("There are no files here.", self.type("/files"))
        self.assertEqual("There are no files here.", self.type("/save"))


class Saving(FileCommandsTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive_files(OTHER, URL)
        self.client.files.options.folder = Path("downloads")

    @property
    def download(self) -> int:
        """The index of the latest download among the tasks."""
        return max(at for at, each in enumerate(self.tasks) if isinstance(each.task, DownloadFile))

    def end_download(self, result: object = None, failure: TransferFailed | None = None) -> None:
        self.end_task(result, failure, self.download)
        self.front.files.apply(self.changes)

    def test_the_number_and_the_folder_can_be_given(self) -> None:
        table = {
            "/save": ("a.txt", Path("downloads")),
            "/save 2": ("b c.pdf", Path("downloads")),
            "/save 2 my plans": ("b c.pdf", Path("my plans")),
            "/save ~/plans": ("a.txt", Path.home() / "plans"),
        }
        for typed, expected in table.items():
            with self.subTest(typed):
                self.assertIsNone(self.type(typed))
                task = self.tasks[self.download].task
                assert isinstance(task, DownloadFile)
                self.assertEqual(expected, (task.name, task.folder))
                self.end_download(Path("there/x"))

    def test_its_end_is_told(self) -> None:
        self.type("/save")
        self.assertTrue(self.front.files.is_busy)
        self.end_download(Path("downloads/a (2).txt"))
        self.assertEqual([f"a.txt is saved: {Path('downloads/a (2).txt')}"], self.front.notes)
        self.assertFalse(self.front.files.is_busy)

    def test_so_is_a_failure(self) -> None:
        self.type("/save")
        self.end_download(failure=TransferFailed("disk", "The disk is full."))
        self.assertEqual(["a.txt was not saved. The disk is full."], self.complaints)
        self.assertFalse(self.front.files.is_busy)

    def test_its_progress_is_shown(self) -> None:
        self.type("/save")
        (card,) = self.front.files.downloads
        self.tasks[self.download].done = 600
        self.pass_time(PROGRESS_SECONDS)
        self.assertEqual("a.txt  600 bytes", file_commands.progress_text(card))
        card.size = 1234
        self.assertEqual("a.txt  600 bytes of 1.2 kB", file_commands.progress_text(card))

    def test_a_number_without_a_file_is_refused(self) -> None:
        for number in ("0", "3"):
            with self.subTest(number):
                problem = f"There is no file {number} here. /files lists them."
                self.assertEqual(problem, self.type(f"/save {number}"))


class Completion(FileCommandsTest):
    def test_tab_completes_the_path_of_a_file(self) -> None:
        for name in ("plan.pdf", "photo 1.png", "photo 2.png", ".hidden"):
            self.make(name)
        (self.folder / "sub").mkdir()
        table = {
            "pl": f"/send {self.folder}/plan.pdf ",
            "pho": f'/send "{self.folder}/photo ',
            "photo 1": f'/send "{self.folder}/photo 1.png" ',
            "su": f"/send {self.folder}/sub/",
            "": None,
            "no": None,
        }
        for typed, expected in table.items():
            with self.subTest(typed):
                self.assertEqual(expected, complete_path(f"/send {self.folder}/{typed}"))
        self.assertEqual(f'/send "{self.folder}/plan.pdf" ', complete_path(f'/send "{self.folder}/pl'))

    def test_nothing_else_is_completed(self) -> None:
        for typed in ("hello", "/send", "/msg /etc/pass", "/send /no/such/folder/x"):
            with self.subTest(typed):
                self.assertIsNone(complete_path(typed))


class OtherServers(ClientTest):
    def test_files_can_be_sent_where_the_server_only_takes_them(self) -> None:
        self.online(isupport=f"{ISUPPORT} soju.im/FILEHOST=http://files.example/_up")
        self.assertEqual({"files", "save"}, file_commands.missing(self.client.network))
