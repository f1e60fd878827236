"""Discovery between two computers on one network, simulated by two network namespaces.

This needs Linux, root and `ip`, and is skipped elsewhere. Other tests cover the packets on every system.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unittest
from typing import Any

from tests.live.base import DEADLINE, PYTHON, ROOT, LiveTest, ServerProcess

FIND = """
import json, queue, time
from dataclasses import asdict
from chatapp.client.local.discovery import Discovery
found = queue.SimpleQueue()
began = time.monotonic()
Discovery(found.put).start()
wanted = {count}
while len(offers := found.get(timeout=5)) < wanted:
    pass
print(json.dumps([time.monotonic() - began, [asdict(offer) for offer in offers]]))
"""
CHAT = """
import hashlib, json, socket, ssl
capture = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
capture.setblocking(False)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
raw = socket.create_connection(({host!r}, {port}), 10)
tls = context.wrap_socket(raw)
tls.sendall(b"NICK ann\\r\\nUSER ann 0 * :ann\\r\\nPRIVMSG #general :over the wire\\r\\nPING end\\r\\n")
heard = b""
while b"PONG" not in heard:
    heard += tls.recv(4096)
seen = b""
try:
    while True:
        seen += capture.recv(65536)
except BlockingIOError:
    pass
fingerprint = hashlib.sha256(tls.getpeercert(binary_form=True)).hexdigest()
print(json.dumps([fingerprint, len(seen), b"over the wire" in seen or b"general" in seen]))
"""
CLEAR = """
import socket
raw = socket.create_connection(({host!r}, {port}), 10)
raw.sendall(b"NICK bob\\r\\nUSER bob 0 * :bob\\r\\n")
heard = b""
while data := raw.recv(4096):
    heard += data
print(heard.decode())
"""

WINDOW = """
import json, time, tkinter
from pathlib import Path
from chatapp.client.client import Client
from chatapp.client.local.discovery import Discovery
from chatapp.client.login import Login
from chatapp.client.local.settings import Settings
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.theme.theme import Theme
from chatapp.gui.window import Window
root = tkinter.Tk()
client = Client(Path({folder!r}) / "server.log", TrustedCertificates())
window = Window(root, Theme(root), client, Settings(), Login("", nick="ann"), print, make_search=Discovery)
window.start()
began = time.monotonic()
def until(done):
    while not done():
        assert time.monotonic() < began + 15, "deadline passed"
        root.update()
        root.after(5)
dialog = window.connect_controller.open()
until(lambda: dialog.pages.welcome.chats.cards)
seconds, [card] = time.monotonic() - began, dialog.pages.welcome.chats.cards
dialog.deed.invoke()
until(lambda: dialog.certificate_panel.winfo_ismapped())
fingerprint = dialog.certificate_panel.fingerprint.cget("text")
dialog.certificate_panel.trust.invoke()
until(lambda: window.pane.conversation is not None)
window.pane.insert_text("found you")
window.pane.composer._send()
until(lambda: window.pane.conversation.entries and not window.pane.conversation.pending())
print(json.dumps([seconds, [card.title, card.detail], fingerprint, window.network.privacy]))
window.end(keep_server=False)
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE, check=False, cwd=ROOT)


class TwoComputers(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("ip"):
            raise unittest.SkipTest("two computers need Linux, root and ip")
        self.here, self.there = (f"chatapp-{os.getpid()}-{side}" for side in "ab")
        for name in (self.here, self.there):
            if run("ip", "netns", "add", name).returncode:
                raise unittest.SkipTest("no network namespaces here")
            self.addCleanup(run, "ip", "netns", "del", name)
        cable = ("type", "veth", "peer", "name", "lan", "netns", self.there)
        self.ip("link", "add", "lan", "netns", self.here, *cable)
        for name, address in ((self.here, "10.77.0.1/24"), (self.there, "10.77.0.2/24")):
            self.ip("-n", name, "address", "add", address, "dev", "lan")
            self.ip("-n", name, "link", "set", "lan", "up")
            self.ip("-n", name, "link", "set", "lo", "up")

    def ip(self, *words: str) -> None:
        done = run("ip", *words)
        self.assertEqual(done.returncode, 0, done.stderr)

    def serve(self, data: str, port: int = 5000) -> ServerProcess:
        """Start a server for the network on the first computer."""
        prefix = ("ip", "netns", "exec", self.here)
        server = ServerProcess(self.folder / data, "--lan", port=port, prefix=prefix)
        self.addCleanup(self._end, server)
        return server

    def run_on_other(self, program: str, **values: Any) -> str:
        """Run a program on the second computer and return its output."""
        code = program.format(**values)
        done = run("ip", "netns", "exec", self.there, *PYTHON, "-c", code)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_the_other_computer_finds_the_server_within_a_second_and_connects_encrypted(self) -> None:
        server = self.serve("data")
        server.printed("Certificate fingerprint")
        self.run_on_other(FIND, count=1)  # the server has claimed its name
        seconds, [offer] = json.loads(self.run_on_other(FIND, count=1))
        self.assertLess(seconds, 1.0)
        self.assertEqual(offer["network"], "Chatapp")
        self.assertEqual((offer["addresses"][0], offer["port"]), ("10.77.0.1", 5000))
        shown, captured, readable = json.loads(self.run_on_other(CHAT, host="10.77.0.1", port=5000))
        self.assertEqual(shown, offer["fingerprint"])
        self.assertGreater(captured, 2000)
        self.assertFalse(readable, "the message can be read on the network")
        self.assertEqual(server.printed("Username is ann"), "Username is ann")

    def test_a_window_on_the_other_computer_offers_it_and_asks_only_about_the_fingerprint(self) -> None:
        if not os.environ.get("DISPLAY"):
            raise unittest.SkipTest("no display")
        server = self.serve("data")
        printed = server.fingerprint
        seen = self.run_on_other(WINDOW, folder=str(self.folder))
        seconds, name, fingerprint, privacy = json.loads(seen.splitlines()[0])
        self.assertLess(seconds, 3.0)
        self.assertEqual(name, ["Chatapp", "encrypted"])
        self.assertEqual("".join(fingerprint.split()).lower(), printed)
        self.assertEqual(privacy, "encrypted")
        self.assertEqual(server.printed("Username is ann"), "Username is ann")

    def test_plain_text_from_another_computer_is_refused_with_a_link(self) -> None:
        server = self.serve("data")
        received = self.run_on_other(CLEAR, host="10.77.0.1", port=server.port)
        self.assertIn("requires TLS", received)
        self.assertIn("ircs://", received)

    def test_two_servers_announce_different_names(self) -> None:
        self.serve("one", 5000)
        self.serve("two", 5001)
        _, found = json.loads(self.run_on_other(FIND, count=2))
        self.assertEqual({offer["port"] for offer in found}, {5000, 5001})
        self.assertEqual(len({offer["instance"] for offer in found}), 2)
