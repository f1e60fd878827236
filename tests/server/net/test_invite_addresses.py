"""The links that a server hands out: which of its addresses, with which pin."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

from chatapp.protocol.invite_links import Invite
from chatapp.server.cli import main
from chatapp.server.config import Config, ServerConfig, TlsConfig
from chatapp.server.net import invite_addresses as invitation
from chatapp.server.net.tls import context
from chatapp.server.storage import settings
from chatapp.server.storage.data_folder import DATABASE
from chatapp.server.storage.database import Database
from chatapp.server.storage.invite_codes import DAY, InviteCode, load_all
from chatapp.server.storage.reader import Reader

PIN = "ab" * 32
INTERFACES = {
    "docker0": ("172.17.0.1",),
    "wlan0": ("192.168.1.20", "fe80::1"),
    "eth0": ("10.0.0.7",),
}
LAN = [("0.0.0.0", 5000), ("::", 5000)]


class InvitationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network(["192.168.1.20", "2001:db8:1::20"])

    def network(self, outward: Sequence[str]) -> None:
        """This computer has the interfaces above, and speaks to the world from these addresses."""
        for name, value in (("_outward", outward), ("multicast.own_addresses", INTERFACES)):
            patch = mock.patch(f"chatapp.server.net.invite_addresses.{name}", return_value=value)
            patch.start()
            self.addCleanup(patch.stop)


class Links(InvitationTest):
    def hosts(self, listening: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        found = invitation.invites(Config(), listening, PIN)
        return [(invite.host, invite.port) for invite in found]

    def test_a_server_for_this_computer_alone_says_so(self) -> None:
        for host in ("127.0.0.1", "::1"):
            with self.subTest(host):
                [invite] = invitation.invites(Config(), [(host, 5000)], PIN)
                self.assertEqual(invite, Invite(host, 5000, ("#general",), PIN))
                self.assertTrue(invitation.is_private(invite))

    def test_the_way_out_comes_first_and_virtual_networks_after_real_ones(self) -> None:
        hosts = ["192.168.1.20", "10.0.0.7", "172.17.0.1", "2001:db8:1::20"]
        self.assertEqual(self.hosts(LAN), [(host, 5000) for host in hosts])
        self.assertEqual(self.hosts(LAN[:1]), [(host, 5000) for host in hosts[:3]])

    def test_without_a_way_out_the_real_networks_come_first(self) -> None:
        self.network([])
        self.assertEqual([host for host, _ in self.hosts(LAN)], ["192.168.1.20", "10.0.0.7", "172.17.0.1"])

    def test_one_address_is_the_only_one(self) -> None:
        self.assertEqual(self.hosts([("10.0.0.7", 6000)]), [("10.0.0.7", 6000)])

    def test_a_computer_without_a_network_is_left_with_itself(self) -> None:
        with (
            mock.patch("chatapp.server.net.invite_addresses._outward", return_value=[]),
            mock.patch("chatapp.server.net.invite_addresses.multicast.own_addresses", return_value={}),
        ):
            self.assertEqual(self.hosts(LAN), [("127.0.0.1", 5000)])

    def test_a_certificate_of_an_authority_needs_no_pin_and_is_for_a_name(self) -> None:
        config = Config(server=ServerConfig(name="chat.example.org"), tls=TlsConfig(certificate="chain.pem"))
        first, *_ = invitation.invites(config, LAN, PIN)
        self.assertEqual(str(first), "ircs://chat.example.org:5000/general")

    def test_a_name_that_nobody_chose_leads_nowhere(self) -> None:
        config = Config(tls=TlsConfig(certificate="chain.pem"))
        [invite] = invitation.invites(config, [("192.0.2.7", 5000)], PIN)
        self.assertEqual(str(invite), "ircs://192.0.2.7:5000/general")

    def test_without_tls_the_link_promises_none(self) -> None:
        [invite] = invitation.invites(replace(Config(), tls=TlsConfig(mode="off")), [("127.0.0.1", 5000)], "")
        self.assertEqual(str(invite), "irc://127.0.0.1:5000/general")

    def test_what_is_private_is_known(self) -> None:
        for host, expected in (
            ("127.0.0.1", True),
            ("::1", True),
            ("localhost", True),
            ("192.168.1.20", False),
            ("chat.example.org", False),
            ("fe80::1%eth0", False),
        ):
            with self.subTest(host):
                self.assertIs(invitation.is_private(Invite(host, 5000)), expected)


class Subcommand(InvitationTest):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)

    def listened(self, *addresses: tuple[str, int]) -> None:
        """A server has listened there, which had made its certificate before."""
        context.context(TlsConfig(), self.data)
        store = Database(self.data / DATABASE)
        store.write([settings.upsert_listening(addresses)])
        store.close()

    def invite(self, *flags: str) -> tuple[int, list[str], str]:
        """Exit status, printed lines, error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main.main(["invite", "--data", str(self.data), *flags])
        return status, out.getvalue().splitlines(), err.getvalue()

    def test_a_link_for_each_address_the_best_first(self) -> None:
        self.listened(*LAN[:1])
        status, links, err = self.invite()
        self.assertEqual((status, err, len(links)), (0, "", 3))
        first = Invite.parse(links[0])
        self.assertEqual((first.host, first.port, first.channels), ("192.168.1.20", 5000, ("#general",)))
        self.assertEqual(len(first.pin), 64)
        self.assertEqual(self.invite()[1], links)

    def test_for_this_computer_alone_it_says_how_to_let_others_in(self) -> None:
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

    def test_what_cannot_be_is_told_in_one_line(self) -> None:
        self.assertIn("there is no database", self.invite()[2])
        self.listened(*LAN)
        for flags, words in (
            (("--host", "a b"), "no name or address"),
            (("--channel", "a b"), "no name of a channel"),
        ):
            with self.subTest(flags):
                status, links, err = self.invite(*flags)
                self.assertEqual((status, links, err.count("\n")), (2, [], 1))
                self.assertIn(words, err)

    def codes(self) -> list[InviteCode]:
        reader = Reader(self.data / DATABASE)
        self.addCleanup(reader.close)
        return load_all(reader)

    def test_a_code_is_in_the_link_and_kept_as_a_hash(self) -> None:
        self.listened(("10.0.0.7", 5000))
        status, [link], err = self.invite("--code")
        typed = Invite.parse(link).code
        [code] = self.codes()
        self.assertTrue(code.matches(typed, code.at))
        self.assertEqual((status, code.uses, code.until - code.at), (0, 1, 7 * DAY))
        self.assertIn(f"The code {typed} is good for 1 account, until ", err)
        self.assertNotIn(typed[5:].encode(), (self.data / DATABASE).read_bytes())

    def test_a_code_may_be_good_for_more(self) -> None:
        self.listened(("10.0.0.7", 5000))
        self.invite("--code", "--uses", "30", "--days", "0")
        [code] = self.codes()
        self.assertEqual((code.uses, code.until), (30, 0))

    def test_without_the_flag_no_code_is_made(self) -> None:
        self.listened(("10.0.0.7", 5000))
        _, [link], _ = self.invite()
        self.assertEqual((Invite.parse(link).code, self.codes()), ("", []))

    def test_nonsense_is_no_number(self) -> None:
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
        self.assertIn("start it first", err)


if __name__ == "__main__":
    unittest.main()
