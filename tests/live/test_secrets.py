"""Passwords are nowhere but in people's heads: not in what the server prints, not in what it keeps."""

from __future__ import annotations

import base64

from chatapp.protocol.sasl import Plain, pieces
from tests.live.base import Client, LiveTest

WORDS = ("Kolibri", "Papagei", "Albatros", "Pinguin", "Zaunkoenig", "Rotkehlchen", "Goldammer", "Wiedehopf")
SERVER, FIRST, SECOND, THIRD, WRONG, SWAPPED, ASIDE, UNFINISHED = (f"{word}-7419" for word in WORDS)


class Secrets(LiveTest):
    CONFIG = f"[server]\npassword = '{SERVER}'\n[limits]\npassword_attempts = 0\nflood_per_second = 0"
    FLAGS = ("--log-level", "debug")

    def come(self, nick: str, *lines: str) -> Client:
        client = self.connect()
        client.send(f"PASS {SERVER}", *lines, f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        client.settle()
        return client

    def authenticate(self, client: Client, password: str) -> str:
        """By SASL PLAIN. Gives the number of the verdict."""
        client.send(
            "AUTHENTICATE PLAIN", *(f"AUTHENTICATE {each}" for each in pieces(bytes(Plain("ann", password))))
        )
        while (message := client.next()).command not in ("903", "904"):
            continue
        return message.command

    def use_all_of_them(self) -> None:
        """Every way in which a password reaches the server, right and wrong."""
        ann = self.come("ann")
        ann.send(f"REGISTER * * {FIRST}")
        ann.until("900")
        ann.send(f"NS SET PASSWORD {SECOND}")
        ann.until("NOTICE")
        bob = self.come("bob", "CAP REQ :echo-message labeled-response batch draft/multiline", "CAP END")
        bob.send(f"NS REGISTER {THIRD}")
        bob.until("900")
        bob.send(
            "NS LOGOUT",
            f"@label=1 PRIVMSG NickServ :IDENTIFY bob {THIRD}",
            f"PRIVMSG NickServ :IDENTIFY bob {WRONG}",
            f"NOTICE NickServ :IDENTIFY bob {THIRD}",
            "BATCH +1 draft/multiline NickServ",
            f"@batch=1 PRIVMSG NickServ :IDENTIFY bob {ASIDE}",
            "BATCH -1",
            f"NS IDENTFY {ASIDE}",
            f"NS GHOST ann {WRONG}",
            f"OPER owner {WRONG}",
            f"OPER {SWAPPED} owner",
            f"REGISTER carl * {WRONG}",
            f"IDENTIFY {ASIDE}",
        )
        bob.settle()
        guest = self.come("guest", "CAP REQ sasl")
        self.assertEqual(self.authenticate(guest, WRONG), "904")
        self.assertEqual(self.authenticate(guest, SECOND), "903")
        guest.send("CAP END")
        guest.settle()
        for line in (f"PASS {WRONG}", f"PASS ann:{WRONG}", f"PASS {SWAPPED}:ann"):
            other = self.connect()
            other.send(line, "NICK dora", "USER dora 0 * :Dora")
            self.assertEqual(other.rest()[-1].command, "ERROR")
        half = self.connect()
        half.send_bytes(f"PASS {UNFINISHED}".encode())
        half.reset()

    def test_they_are_neither_printed_nor_kept(self) -> None:
        self.start()
        self.use_all_of_them()
        eve = self.come("eve")
        eve.send("PRIVMSG #general :Nachtigall")  # is kept, so that we know that we look in the right place
        eve.settle()
        self.look_for_them()
        self.server.stop()
        self.look_for_them()

    def look_for_them(self) -> None:
        printed = "\n".join(self.server.lines).encode()
        kept = {path.name: path.read_bytes() for path in self.data.iterdir()}
        self.assertIn(b"Username is bob", printed)
        self.assertTrue(any(b"Nachtigall" in text for text in kept.values()))
        for word in WORDS:
            for place, text in {"printed": printed, **kept}.items():
                with self.subTest(word, place=place):
                    self.assertNotIn(word.lower().encode(), text.lower())
                    for start in range(3):  # the three ways in which base64 may fall upon it
                        said = base64.b64encode(b"x" * start + word.encode())[4 if start else 0 : -4]
                        self.assertNotIn(said, text)
