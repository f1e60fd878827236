"""Servers that are forked from the template are killed like child processes."""

from __future__ import annotations

import os
import signal
import socket
import sys
import unittest

if sys.platform != "win32":
    from tests.live.server_template import ForkedServer


@unittest.skipIf(sys.platform == "win32", "Windows cannot fork")
class Forked(unittest.TestCase):
    def test_a_signal_to_a_process_that_has_ended_does_nothing(self) -> None:
        """Its end is reported a moment later, so a test that has noticed the end may kill it once more."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", ""])
        os.waitpid(pid, 0)
        with theirs, open(os.devnull, encoding="utf-8") as nothing:
            theirs.send(str(pid).encode())
            server = ForkedServer(nothing, ours)
            server.kill()
            self.assertIsNone(server.poll())
            theirs.send(str(-signal.SIGKILL).encode())
            self.assertEqual(-signal.SIGKILL, server.wait(20))


if __name__ == "__main__":
    unittest.main()
