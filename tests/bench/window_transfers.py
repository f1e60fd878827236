"""Uploads and downloads of the window: how fast they are, and how the window runs meanwhile."""

from __future__ import annotations

import os
import time
import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from statistics import median

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.files import Attachment
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.theme.theme import Theme
from chatapp.gui.window import Window
from tests.bench.display import open_root
from tests.bench.report import BenchFailed, print_result

MEGABYTE = 1_000_000
BEAT_MILLISECONDS = 5  # between two looks at how the window runs
SETTLE_SECONDS = 1.0


def measure_window(port: int, folder: Path, size: int, rounds: int) -> None:
    """Measure the transfers of a window that is connected to a server on this computer."""
    root = open_root()
    client = Client(trusted=TrustedCertificates())
    window = Window(root, Theme(root, "dark"), client, Settings(), Login(""), lambda settings: None)
    client.files.options.folder = folder / "downloads"
    client.connect(Login("127.0.0.1", port, "window", channels=("#files",)))
    window.start()
    window.reveal()
    transfers = WindowTransfers(root, client)
    uploads, downloads = [], []
    for number in range(rounds):
        source = folder / f"{number}.bin"
        source.write_bytes(os.urandom(size))
        transfers.settle()
        attachment, seconds = transfers.upload(source)
        uploads.append(size / MEGABYTE / seconds)
        downloads.append(size / MEGABYTE / transfers.download(attachment))
        source.unlink()
    print_result("the window, over TLS: upload", median(uploads), "MB/s")
    print_result("the window, over TLS: download", median(downloads), "MB/s")
    print_result("longest pause of the window meanwhile", 1000 * transfers.longest_pause, "ms")
    print_result("most CPU time in such a pause", 1000 * transfers.longest_work, "ms")
    print_result("growth of its memory after the first transfer", transfers.grown_bytes / 1024, "KB")
    client.close()
    root.destroy()


class WindowTransfers:
    """Transfers of a window that is in a channel.

    Attributes:
        longest_pause: Between two timers of Tk, beyond BEAT_MILLISECONDS; seconds.
        longest_work: The most CPU time of the thread of Tk between two.
        grown_bytes: How much memory the process has got since its first transfer.
    """

    def __init__(self, root: tk.Tk, client: Client) -> None:
        self.longest_pause = self.longest_work = 0.0
        self.grown_bytes = 0
        self._root, self._client = root, client
        self._first_bytes = 0
        self._last = self._last_work = 0.0
        self._is_timed = False
        self._until(lambda: self._is_here() and client.files.can_send(client.network))
        self._beat()

    def settle(self) -> None:
        """Let the window do what is left of before."""
        end = time.perf_counter() + SETTLE_SECONDS
        self._until(lambda: time.perf_counter() > end)

    def upload(self, source: Path) -> tuple[Attachment, float]:
        """Upload a file; return it and the seconds.

        Raises:
            BenchFailed: It was refused.
        """
        here = self._client.network.current
        assert here is not None
        attachment = self._client.files.attach(here, source)
        seconds = self._timed(lambda: attachment.state in ("ready", "failed", "too-large"))
        if attachment.state != "ready":
            raise BenchFailed(attachment.problem)
        return attachment, seconds

    def download(self, attachment: Attachment) -> float:
        """Download a file that was uploaded, and return the seconds.

        Raises:
            BenchFailed: It failed.
        """
        files, network = self._client.files, self._client.network
        card = files.card(network, files.links(network, attachment.url)[0])
        self._until(lambda: card.state in ("known", "failed"))
        files.download(network, card)
        download = card.download
        assert download is not None
        seconds = self._timed(lambda: not download.is_active)
        if download.path is None:
            raise BenchFailed(download.problem)
        download.path.unlink()
        return seconds

    def _is_here(self) -> bool:
        here = self._client.network.current
        return here is not None and here.joined

    def _timed(self, is_done: Callable[[], bool]) -> float:
        self._last, self._last_work = time.perf_counter(), time.thread_time()
        self._is_timed = True
        began = time.perf_counter()
        self._until(is_done)
        seconds = time.perf_counter() - began
        self._is_timed = False
        self._first_bytes = self._first_bytes or _own_bytes()
        self.grown_bytes = max(self.grown_bytes, _own_bytes() - self._first_bytes)
        return seconds

    def _beat(self) -> None:
        now, work = time.perf_counter(), time.thread_time()
        if self._is_timed:
            self.longest_pause = max(self.longest_pause, now - self._last - BEAT_MILLISECONDS / 1000)
            self.longest_work = max(self.longest_work, work - self._last_work)
        self._last, self._last_work = now, work
        self._root.after(BEAT_MILLISECONDS, self._beat)

    def _until(self, is_done: Callable[[], bool]) -> None:
        while not is_done():
            self._root.tk.dooneevent(0)


def _own_bytes() -> int:
    """Return the memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
