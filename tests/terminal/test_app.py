"""The terminal client from its command line to its exit status, with a scripted server."""

from __future__ import annotations

import base64
import errno
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from chatapp.client import client
from chatapp.client.local import settings
from chatapp.client.model.network import Network
from chatapp.client.session.client_files import ClientFiles
from chatapp.client.transport import link
from chatapp.client.transport.certificates import ServerTarget, TrustedCertificates
from chatapp.client.transport.link import Inbox
from chatapp.protocol.message import Message
from chatapp.terminal import app
from tests.client.base import FakeLink
from tests.errors import Quiet
from tests.terminal.standard_streams import StandardStreamsTest

Step = tuple[str, str | Callable[[], object]]  # the text to wait for, and what to type or do then

DEADLINE = 20.0  # seconds, for one step of the user on the terminal
TAKEN = "ben"  # the nick that is in use
PASSWORD = "secret"


class ScriptedServer(FakeLink):
    """A server that joins each user to #general and answers the client. It accepts every login."""

    def __init__(self, target: ServerTarget, inbox: Inbox) -> None:
        super().__init__(target, inbox)
        self._inbox = inbox
        self._nick = ""
        inbox.put(link.LinkConnected(self, encrypted=True))

    def send(self, line: str) -> None:
        super().send(line)
        message = Message.parse(line)
        match message.command, message.params:
            case "CAP", ("LS", *_):
                self._reply(":srv CAP * LS :sasl=PLAIN")
            case "CAP", ("REQ", capabilities):
                self._reply(f":srv CAP * ACK :{capabilities}")
            case "AUTHENTICATE", ("PLAIN",):
                self._reply("AUTHENTICATE +")
            case "AUTHENTICATE", _:
                self._reply(f":srv 903 {self._nick} :SASL authentication successful")
            case "NICK", (nick,):
                self._nick = nick
            case "CAP", ("END",) if self._nick == TAKEN:
                self._reply(f":srv 433 * {TAKEN} :Nickname is already in use")
            case "CAP", ("END",):
                self._reply(f":srv 001 {self._nick} :Welcome")
                self._join("#general")
            case "JOIN", (channel, *_):
                self._join(channel)
            case "LIST", _:
                self._reply(f":srv 323 {self._nick} :End of LIST")

    def hang_up(self) -> None:
        """End the connection and refuse all further attempts."""
        self._inbox.put(link.LinkFailed(self, "certificate", "Stop."))

    def _join(self, channel: str) -> None:
        self._reply(
            f":{self._nick}!user@host JOIN {channel}",
            f":srv 353 {self._nick} = {channel} :{self._nick}",
            f":srv 366 {self._nick} {channel} :End of NAMES",
        )

    def _reply(self, *lines: str) -> None:
        self._inbox.put(link.LinesReceived(self, list(lines)))


class AppTest(Quiet, StandardStreamsTest):
    """A test that runs `main` in this process."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="chatapp-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.servers: list[ScriptedServer] = []
        self.errors = io.StringIO()
        self.replace_stream("stderr", self.errors)
        self.patch(mock.patch.object(settings, "folder", lambda: self.folder))
        self.patch(mock.patch.object(app, "Client", self._client))
        environment = {"TERM": "xterm", "NO_COLOR": "1", "CHATAPP_PASSWORD": ""}
        self.patch(mock.patch.dict(os.environ, environment))

    def patch(self, patch: Any) -> None:
        patch.start()
        self.addCleanup(patch.stop)

    def _client(self, passwords: Any, program: str) -> client.Client:
        return client.Client(
            server_log=Path("unused"),
            trusted=TrustedCertificates(),
            passwords=passwords,
            open_link=self._open,
            program=program,
        )

    def _open(self, target: ServerTarget, inbox: Inbox) -> ScriptedServer:
        self.servers.append(ScriptedServer(target, inbox))
        return self.servers[-1]

    def sent(self, command: str) -> list[Message]:
        """Return all messages with this command that the servers have received."""
        lines = [Message.parse(line) for server in self.servers for line in server.lines]
        return [message for message in lines if message.command == command]


class Piped(AppTest):
    def run_piped(self, typed: str, *arguments: str) -> tuple[int, list[str]]:
        """Run the client with this input.

        Returns:
            The exit status and the lines of output.
        """
        writer = self.pipe_stdin()
        writer.write(typed)
        writer.close()
        self.output = io.StringIO()
        self.replace_stream("stdout", self.output)
        status = app.main(arguments)
        return status, self.output.getvalue().splitlines()

    def test_input_lines_are_sent_and_messages_are_printed(self) -> None:
        status, lines = self.run_piped("hello\n/me waves\n", "--name", "ana")
        self.assertEqual(0, status)
        expected = ["Connected to server!", "ana joined the chat!", "ana: hello", "* ana waves"]
        self.assertEqual(expected, lines)
        sent = [message.params for message in self.sent("PRIVMSG")]
        self.assertEqual([("#general", "hello"), ("#general", "\x01ACTION waves\x01")], sent)
        self.assertEqual("", self.errors.getvalue())

    def test_links_to_files_lead_where_this_user_reaches_the_server(self) -> None:
        def with_own_links(files: ClientFiles, network: Network, text: str) -> str:
            return text.replace("https:", "http:")

        self.patch(mock.patch.object(ClientFiles, "with_own_links", with_own_links))
        _, lines = self.run_piped("see https://a.example\n", "--name", "ana")
        self.assertEqual("ana: see http://a.example", lines[-1])

    def test_the_name_and_then_the_password_may_be_the_first_lines(self) -> None:
        status, lines = self.run_piped(f"ana\n{PASSWORD}\nhello\n", "--password")
        self.assertEqual((0, "Choose a username:", "ana: hello"), (status, lines[0], lines[-1]))
        self.assert_logged_in()

    def test_the_password_may_be_in_the_environment(self) -> None:
        with mock.patch.dict(os.environ, {"CHATAPP_PASSWORD": PASSWORD}):
            self.assertEqual(0, self.run_piped("", "--name", "ana")[0])
        self.assert_logged_in()

    def assert_logged_in(self) -> None:
        """Check that the client has sent name and password."""
        _, sent = self.sent("AUTHENTICATE")
        self.assertEqual(f"\0ana\0{PASSWORD}", base64.b64decode(sent.params[0]).decode())

    def test_without_a_name_it_ends_with_an_explanation(self) -> None:
        self.assertEqual((2, ["Choose a username:"]), self.run_piped(""))
        self.assertEqual("A name is required: pass --name NAME.\n", self.errors.getvalue())

    def test_lines_go_to_the_first_channel_given(self) -> None:
        self.run_piped("hello\n", "--name", "ana", "--channel", "club", "--channel", "help")
        self.assertEqual([("#club", "hello")], [message.params for message in self.sent("PRIVMSG")])
        joined = {channel for message in self.sent("JOIN") for channel in message.params[0].split(",")}
        self.assertEqual({"#club", "#help"}, joined)

    def test_a_refused_name_is_one_line_and_an_exit_status(self) -> None:
        status, lines = self.run_piped("hello\n", "--name", TAKEN)
        self.assertEqual((2, []), (status, lines))
        self.assertEqual(1, self.errors.getvalue().count("\n"))
        self.assertIn(TAKEN, self.errors.getvalue())

    def test_a_failed_command_makes_the_status_1(self) -> None:
        status, _ = self.run_piped("/nope\n", "--name", "ana")
        self.assertEqual(1, status)
        self.assertIn("There is no command /nope.", self.errors.getvalue())

    def test_an_interrupt_ends_with_its_own_status(self) -> None:
        with mock.patch.object(app, "wait_until_online", side_effect=KeyboardInterrupt):
            self.assertEqual(130, self.run_piped("", "--name", "ana")[0])

    def test_without_a_home_folder_it_ends_with_the_variable_to_set(self) -> None:
        with mock.patch.object(settings, "folder", side_effect=settings.NoFolder(settings.NO_HOME)):
            self.assertEqual((2, []), self.run_piped("", "--name", "ana"))
        self.assertEqual(f"{settings.NO_HOME}\n", self.errors.getvalue())

    def test_a_folder_that_cannot_be_written_is_reported_and_the_chat_continues(self) -> None:
        (self.folder / "file").touch()
        with mock.patch.object(settings, "folder", lambda: self.folder / "file"):
            self.assertEqual(0, self.run_piped("hello\n", "--name", "ana")[0])
        self.assertIn(f"Cannot save settings in {self.folder / 'file'}: ", self.errors.getvalue())

    def test_the_reader_of_the_output_may_close_it(self) -> None:
        writer = self.pipe_stdin()
        reading, writing = os.pipe()
        os.close(reading)
        self.replace_stream("stdout", os.fdopen(writing, "w"))
        self.assertEqual(1, app.main(["--name", "ana"]))
        sys.stdout.flush()  # this must not fail again at exit
        writer.close()

    def test_the_module_can_be_run_by_its_name(self) -> None:
        command = [sys.executable, "-m", "chatapp.terminal.app", "--help"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        self.assertIn("input lines are sent and received messages are printed", " ".join(done.stdout.split()))


@unittest.skipIf(sys.platform == "win32", "Windows has no pseudo-terminals in Python")
class Interactive(AppTest):
    def setUp(self) -> None:
        super().setUp()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            number = getattr(signal, name)
            self.addCleanup(signal.signal, number, signal.getsignal(number))

    def run_interactive(self, steps: Sequence[Step], *arguments: str) -> int:
        """Run the client on a terminal.

        Args:
            steps: The user waits until a text is shown, then types another one or does something else.

        Returns:
            The exit status. `shown` holds the whole output.
        """
        user = self.open_terminal()
        self.shown = ""
        overdue = threading.Timer(DEADLINE, os.kill, (os.getpid(), signal.SIGTERM))
        overdue.start()  # a step that is never reached fails the test instead of waiting for ever
        self.missing = [text for text, _ in steps]
        player = threading.Thread(target=self._play, args=(user, steps))
        player.start()
        try:
            return app.main(arguments)
        finally:
            overdue.cancel()
            sys.stdin.close()
            sys.stdout.close()
            player.join(DEADLINE)
            os.close(user)
            self.assertEqual([], self.missing, self.shown)

    def _play(self, user: int, steps: Sequence[Step]) -> None:
        seen = 0
        for text, action in steps:
            while (at := self.shown.find(text, seen)) < 0:
                if not self._read(user):
                    return
            seen = at + len(text)
            self.missing.pop(0)
            if isinstance(action, str):
                os.write(user, action.encode())
            else:
                action()
        while self._read(user):
            continue

    def _read(self, user: int) -> bool:
        """Read the next output. Return False when the program has closed the terminal."""
        try:
            data = os.read(user, 65536)
        except OSError:  # Linux reports the closed terminal as an input/output error
            return False
        self.shown += data.decode("utf-8", "replace")
        return bool(data)

    def test_a_user_is_asked_for_a_name_chats_and_leaves(self) -> None:
        steps: list[Step] = [
            ("Choose a username:", "ana\n"),
            ("[#general] ", "hello\r"),
            ("ana: hello", "\x04"),
        ]
        self.assertEqual(0, self.run_interactive(steps))
        self.assertEqual([("#general", "hello")], [message.params for message in self.sent("PRIVMSG")])

    def test_after_a_taken_name_another_one_is_asked_for(self) -> None:
        question = f"Choose a username: [{TAKEN}_2] "
        self.assertEqual(
            0, self.run_interactive([(question, "\n"), ("[#general] ", "\x04")], "--name", TAKEN)
        )
        self.assertEqual(f"{TAKEN}_2", self.sent("NICK")[-1].params[0])

    def test_without_an_answer_it_ends_with_a_reason(self) -> None:
        self.assertEqual(2, self.run_interactive([("Choose a username:", "\x04")]))
        self.assertEqual("Cannot sign in without an answer.\n", self.errors.getvalue())

    def test_the_open_conversations_are_saved(self) -> None:
        self.assertEqual(
            0, self.run_interactive([("[#general] ", "/join #club\r"), ("[#club] ", "\x04")], "--name", "ana")
        )
        saved = json.loads((self.folder / "settings.json").read_text("utf-8"))
        self.assertIn("#club", "".join(saved["conversations"]))

    def test_a_signal_has_the_effect_of_ctrl_c_also_if_the_parent_process_ignores_it(self) -> None:
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            with self.subTest(name):
                number = getattr(signal, name)
                signal.signal(number, signal.SIG_IGN)
                steps = [("[#general] ", lambda number=number: os.kill(os.getpid(), number))]
                self.assertEqual(0, self.run_interactive(steps, "--name", "ana"))

    def test_a_connection_that_cannot_be_restored_ends_it_with_the_reason(self) -> None:
        steps = [("[#general] ", lambda: self.servers[0].hang_up())]
        self.assertEqual(1, self.run_interactive(steps, "--name", "ana"))
        self.assertEqual("Stop.\n", self.errors.getvalue())

    def test_settings_that_cannot_be_saved_are_reported(self) -> None:
        full = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch.object(settings, "save", side_effect=full):
            self.assertEqual(0, self.run_interactive([("[#general] ", "\x04")], "--name", "ana"))
        self.assertIn("No space left on device", self.errors.getvalue())

    def test_on_a_dumb_terminal_it_behaves_as_in_a_pipe(self) -> None:
        with mock.patch.dict(os.environ, {"TERM": "dumb"}):
            self.assertEqual(0, self.run_interactive([("ana joined the chat!", "hi\n\x04")], "--name", "ana"))
        self.assertIn("ana: hi", self.shown)
        self.assertNotIn("\x1b", self.shown)
