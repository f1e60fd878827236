"""One window for each folder of settings."""

from __future__ import annotations

import errno
import json
import os
import socket
import stat
import sys
import tempfile
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

from chatapp.client.local import first_window
from chatapp.client.local.first_window import (
    LOCK_NAME,
    PORT_NAME,
    FirstWindow,
    NoAnswer,
    NotPossible,
    become_first,
    first_or_hand_over,
)
from tests.errors import Quiet

LINK = "ircs://chat.example:5000/general"
SOON = 0.1  # seconds, for what does not happen


class FirstWindowTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def first(self) -> FirstWindow:
        first = become_first(self.folder)
        assert first
        self.addCleanup(first.close)
        return first

    def start(self, link: str, first: FirstWindow) -> list[str]:
        """Start again while the first window polls; return the links that it gets."""
        links: list[str] = []
        with ThreadPoolExecutor(1) as threads:
            start = threads.submit(first_or_hand_over, self.folder, link, 10)
            while not start.done():
                links += first.take()
        self.assertIsNone(start.result())
        return links

    def ask(self, data: bytes) -> bytes:
        """Send something to the first window and return its answer."""
        port = json.loads((self.folder / PORT_NAME).read_text())["port"]
        with socket.create_connection(("127.0.0.1", port), 10) as sock:
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
            return sock.recv(100)

    def test_a_later_start_hands_its_link_over(self) -> None:
        first = self.first()
        self.assertEqual([LINK], self.start(LINK, first))
        self.assertEqual([""], self.start("", first))

    def test_the_window_is_told_when_a_later_start_waits(self) -> None:
        first, told = self.first(), threading.Event()
        first.on_request = told.set
        with ThreadPoolExecutor(1) as threads:
            start = threads.submit(first_or_hand_over, self.folder, LINK, 10)
            self.assertTrue(told.wait(10))
            self.assertEqual([LINK], first.take())
        self.assertIsNone(start.result())

    def test_of_many_starts_at_the_same_instant_one_becomes_the_first(self) -> None:
        links: list[str] = []
        together = threading.Barrier(6)

        def begin() -> FirstWindow | None:
            together.wait()
            return first_or_hand_over(self.folder, LINK, 10)

        with ThreadPoolExecutor(6) as threads:
            starts = [threads.submit(begin) for _ in range(6)]
            firsts: list[FirstWindow] = []
            while not all(each.done() for each in starts):
                firsts = [found for each in starts if each.done() and (found := each.result())]
                for each in firsts:
                    links += each.take()
        firsts = [found for each in starts if (found := each.result())]
        self.assertEqual(1, len(firsts))
        firsts[0].close()
        self.assertEqual([LINK] * 5, links)

    def test_after_the_first_window_has_closed_the_next_one_is_the_first(self) -> None:
        first = become_first(self.folder)
        assert first
        first.close()
        self.assertFalse((self.folder / PORT_NAME).exists())
        again = first_or_hand_over(self.folder, LINK)
        assert again
        again.close()

    def test_what_a_killed_window_has_left_behind_does_no_harm(self) -> None:
        (self.folder / LOCK_NAME).touch()
        for left in (
            '{"port": 1, "secret": "x"}',
            "{",
            "[]",
            '{"port": "x"}',
            '{"port": 99999, "secret": "x"}',
        ):
            with self.subTest(left):
                (self.folder / PORT_NAME).write_text(left)
                first = first_or_hand_over(self.folder, LINK)
                assert first
                first.close()

    def test_a_window_that_hangs_is_given_up(self) -> None:
        self.first()
        with self.assertRaises(NoAnswer):
            first_or_hand_over(self.folder, LINK, SOON)

    def test_a_damaged_file_of_a_window_that_runs_is_given_up(self) -> None:
        self.first()
        for damage in (
            '{"port": 1, "secret": "x"}',
            "{",
            "[]",
            '{"port": true}',
            '{"port": 0, "secret": "x"}',
        ):
            (self.folder / PORT_NAME).write_text(damage)
            with self.subTest(damage), self.assertRaises(NoAnswer):
                first_or_hand_over(self.folder, LINK, SOON)

    def test_who_does_not_know_the_secret_is_not_heard(self) -> None:
        first = self.first()
        secret = json.loads((self.folder / PORT_NAME).read_text())["secret"]
        for request in (
            b"",
            b"\n",
            b"GET / HTTP/1.1\r\n\r\n",
            b"x" * 9000,
            b"[" * 8000 + b"\n",
            json.dumps({"secret": "", "link": LINK}).encode() + b"\n",
            json.dumps({"secret": secret[:-1], "link": LINK}).encode() + b"\n",
            json.dumps({"secret": "é\ud800", "link": LINK}).encode() + b"\n",
            json.dumps({"secret": secret, "link": [LINK]}).encode() + b"\n",
        ):
            with self.subTest(request[:60]):
                self.assertEqual(b"", self._answer_or_reset(request))
        self.assertEqual([], first.take())

    def _answer_or_reset(self, request: bytes) -> bytes:
        try:
            return self.ask(request)
        except OSError:
            return b""

    @unittest.skipIf(sys.platform == "win32", "Windows has no such modes; the folder belongs to the user")
    def test_only_the_user_can_read_the_secret(self) -> None:
        self.first()
        for name in (PORT_NAME, LOCK_NAME):
            self.assertEqual(0o600, stat.S_IMODE((self.folder / name).stat().st_mode))

    def test_it_listens_on_this_computer_only(self) -> None:
        self.assertEqual("127.0.0.1", self.first()._listener.getsockname()[0])

    @unittest.skipIf(sys.platform == "win32" or os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_cannot_be_written_has_no_first_window(self) -> None:
        self.folder.chmod(0o500)
        self.addCleanup(self.folder.chmod, 0o700)
        with self.assertRaises(NotPossible):
            become_first(self.folder)

    def test_a_file_system_without_locks_has_no_first_window(self) -> None:
        error = OSError(errno.ENOLCK, "no locks")
        with mock.patch.object(first_window, "try_lock", side_effect=error), self.assertRaises(NotPossible):
            first_or_hand_over(self.folder, LINK)

    def test_with_a_full_disk_the_lock_is_released(self) -> None:
        error = OSError(errno.ENOSPC, "no space")
        with mock.patch("chatapp.client.json_file.save", side_effect=error):
            self.assertRaises(NotPossible, become_first, self.folder)
        self.first()


if __name__ == "__main__":
    unittest.main()
