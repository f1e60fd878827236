"""No password appears in what the server prints or stores."""

from __future__ import annotations

import base64

from chatapp.protocol.sasl import Plain, split_response
from tests.live.base import LiveTest, RawClient

WORDS = ("Kolibri", "Papagei", "Albatros", "Pinguin", "Zaunkoenig", "Rotkehlchen", "Goldammer", "Wiedehopf")
SERVER, FIRST, SECOND, THIRD, WRONG, SWAPPED, ASIDE, UNFINISHED = (f"{word}-7419" for word in WORDS)


class Secrets(LiveTest):
    CONFIG = f"[server]\npassword = '{SERVER}'\n[limits]\npassword_attempts = 0\nflood_per_second = 0"
    FLAGS = ("--log-level", "debug")

    def enter_with_password(self, nick: str, *lines: str) -> RawClient:
        client = self.connect()
        client.send(f"PASS {SERVER}", *lines, f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        client.settle()
        return client

    def authenticate(self, client: RawClient, password: str) -> str:
        """Log in with SASL PLAIN and return the numeric of the result."""
        client.send(
            "AUTHENTICATE PLAIN",
            *(f"AUTHENTICATE {each}" for each in split_response(bytes(Plain("ann", password)))),
        )
        while (message := client.next()).command not in ("903", "904"):
            continue
        return message.command

    def use_all_passwords(self) -> None:
        """Send correct and wrong passwords in every way in which they reach the server."""
        ann = self.enter_with_password("ann")
        ann.send(f"REGISTER * * {FIRST}")
        ann.until("900")
        ann.send(f"NS SET PASSWORD {FIRST} {SECOND}")
        ann.until("NOTICE")
        ann.send(f"SETPASS {ASIDE}", f"CONFIRM {WRONG}", f"CONFIRM {SECOND}", f"SETPASS {SECOND}")
        ann.settle()
        bob = self.enter_with_password(
            "bob", "CAP REQ :echo-message labeled-response batch draft/multiline", "CAP END"
        )
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
        guest = self.enter_with_password("guest", "CAP REQ sasl")
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

    def test_passwords_are_neither_printed_nor_stored(self) -> None:
        self.start()
        self.use_all_passwords()
        eve = self.enter_with_password("eve")
        eve.send("PRIVMSG #general :Nachtigall")  # this is stored: the search must find it
        eve.settle()
        self.server.printed("Username is eve")
        self.assert_no_password()
        self.server.stop()
        self.assert_no_password()

    def assert_no_password(self) -> None:
        printed = "\n".join(self.server.lines).encode()
        stored = {path.name: path.read_bytes() for path in self.data.iterdir()}
        self.assertIn(b"Username is bob", printed)
        self.assertTrue(any(b"Nachtigall" in text for text in stored.values()))
        for word in WORDS:
            for place, text in {"printed": printed, **stored}.items():
                with self.subTest(word, place=place):
                    self.assertNotIn(word.lower().encode(), text.lower())
                    for start in range(3):  # base64 has three alignments
                        encoded = base64.b64encode(b"x" * start + word.encode())[4 if start else 0 : -4]
                        self.assertNotIn(encoded, text)
