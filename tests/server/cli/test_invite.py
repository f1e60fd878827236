"""`run_server.py invite`: the links and the codes that it prints."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from chatapp.protocol.invite_links import Invite
from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.cli import main
from chatapp.server.config import TlsConfig
from chatapp.server.net.tls import context
from chatapp.server.storage import audit_log, settings
from chatapp.server.storage.data_folder import DATABASE
from chatapp.server.storage.database import Database
from chatapp.server.storage.invite_codes import InviteCode, load_all
from chatapp.server.storage.reader import Reader
from tests.server.net.test_invite_addresses import LAN, InviteTest


class InviteCommand(InviteTest):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)

    def listened(self, *addresses: tuple[str, int]) -> None:
        """Let a server with its own certificate have listened there before."""
        context.context(TlsConfig(), self.data)
        store = Database(self.data / DATABASE)
        store.write([settings.upsert_listening(addresses)])
        store.close()

    def invite(self, *flags: str) -> tuple[int, list[str], str]:
        """Return exit status, printed lines and error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main.main(["invite", "--data", str(self.data), *flags])
        return status, out.getvalue().splitlines(), err.getvalue()

    def test_each_address_has_a_link_and_the_best_comes_first(self) -> None:
        self.listened(*LAN[:1])
        status, links, err = self.invite()
        self.assertEqual((status, err, len(links)), (0, "", 3))
        first = Invite.parse(links[0])
        self.assertEqual((first.host, first.port, first.channels), ("192.168.1.20", 5000, ("#general",)))
        self.assertEqual(len(first.pin), 64)
        self.assertEqual(self.invite()[1], links)

    def test_on_a_loopback_address_it_explains_how_to_admit_others(self) -> None:
        self.listened(("127.0.0.1", 5000))
        status, links, err = self.invite()
        self.assertEqual((status, len(links)), (0, 1))
        self.assertIn("--lan", err)

    def test_address_port_and_channels_may_be_given(self) -> None:
        self.listened(*LAN)
        channels = ("--channel", "a", "--channel", "#b")
        _, [link], err = self.invite("--host", "chat.example.org", "--port", "6697", *channels)
        self.assertTrue(link.startswith("ircs://chat.example.org:6697/a,b?pin="))
        self.assertEqual(err, "")
        _, [link], _ = self.invite("--host", "2001:db8::9")
        self.assertTrue(link.startswith("ircs://[2001:db8::9]:5000/general?pin="))

    def test_an_invalid_option_is_explained_in_one_line(self) -> None:
        self.assertIn("there is no database", self.invite()[2])
        self.listened(*LAN)
        for flags, expected in (
            (("--host", "a b"), "not a valid name or address"),
            (("--channel", "a b"), "not a valid channel name"),
        ):
            with self.subTest(flags):
                status, links, err = self.invite(*flags)
                self.assertEqual((status, links, err.count("\n")), (2, [], 1))
                self.assertIn(expected, err)

    def codes(self) -> list[InviteCode]:
        reader = Reader(self.data / DATABASE)
        self.addCleanup(reader.close)
        return load_all(reader)

    def test_a_code_is_part_of_the_link(self) -> None:
        self.listened(("10.0.0.7", 5000))
        status, [link], err = self.invite("--code")
        typed = Invite.parse(link).code
        [code] = self.codes()
        self.assertTrue(code.matches(typed, code.at))
        self.assertEqual((status, code.uses, code.until - code.at), (0, 1, 7 * DAY_MILLISECONDS))
        self.assertIn(f"The code {typed} is valid for 1 person, until ", err)

    def test_a_code_may_be_valid_for_several_accounts(self) -> None:
        self.listened(("10.0.0.7", 5000))
        self.invite("--code", "--uses", "30", "--days", "0")
        [code] = self.codes()
        self.assertEqual((code.uses, code.until), (30, 0))

    def test_a_new_code_is_in_the_moderation_log_by_its_label(self) -> None:
        self.listened(*LAN)
        self.invite("--code", "--days", "0")
        with contextlib.closing(Reader(self.data / DATABASE)) as reader:
            [entry] = audit_log.latest(reader, 5)
        [code] = self.codes()
        self.assertEqual(
            entry[1:], (audit_log.COMMAND_LINE, "", "INVITECODE", code.label, "1 person, for ever")
        )
        self.assertNotEqual(code.label, code.code)

    def test_without_the_flag_no_code_is_created(self) -> None:
        self.listened(("10.0.0.7", 5000))
        _, [link], _ = self.invite()
        self.assertEqual((Invite.parse(link).code, self.codes()), ("", []))

    def test_an_invalid_number_is_refused(self) -> None:
        self.listened(("10.0.0.7", 5000))
        for flag, value in (("--uses", "0"), ("--uses", "x"), ("--days", "-1"), ("--days", "9999")):
            with self.subTest(flag, value=value), self.assertRaises(SystemExit) as caught:
                self.invite("--code", f"{flag}={value}")
            self.assertEqual(caught.exception.code, 2)
        self.assertEqual(self.codes(), [])

    def test_without_the_certificate_of_a_server_there_is_no_link(self) -> None:
        self.listened(*LAN)
        (self.data / context.CERTIFICATE).unlink()
        status, links, err = self.invite()
        self.assertEqual((status, links, err.count("\n")), (2, [], 1))
        self.assertIn("certificate.pem; start the server with this configuration first", err)
        self.assertFalse((self.data / context.CERTIFICATE).exists())

    def test_before_the_first_start_there_is_no_link(self) -> None:
        Database(self.data / DATABASE).close()
        status, _, err = self.invite()
        self.assertEqual(status, 2)
        self.assertIn("yet; start it first", err)


if __name__ == "__main__":
    unittest.main()
