"""Where the files of a network are, and as whom they are sent."""

from __future__ import annotations

import unittest

from chatapp.client.login import Login
from chatapp.client.model.network import Network, Privacy
from chatapp.client.session.file_servers import FileServers
from chatapp.client.transport.certificates import ServerTarget, TrustedCertificates

OWN = {"chatapp/FILES": "id:k3Xq9p", "soju.im/FILEHOST": "https://192.168.1.7:5000/upload/to-ken"}


class Servers(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.privacy = "encrypted"
        self.trusted = TrustedCertificates()
        self.trusted.trust("chat.example", 5000, "a" * 64)
        self.login = Login("chat.example", 5000, "ana", password="pass:wörd", proxy="socks5://proxy:1080")
        self.servers = FileServers(self.network, self.login, self.trusted)

    def test_the_server_of_the_chat_is_reached_like_the_chat(self) -> None:
        self.network.isupport = OWN
        expected = ServerTarget("chat.example", 5000, "always", known="a" * 64, proxy="socks5://proxy:1080")
        self.assertEqual(expected, self.servers.own)
        self.assertEqual(expected, self.servers.for_upload("https://192.168.1.7:5000/upload/to-ken"))

    def test_a_chat_without_encryption_has_files_without_it(self) -> None:
        self.network.state, self.network.privacy = "online", "here"
        self.assertEqual("never", self.servers.own.encrypt)

    def test_while_there_is_no_connection_nothing_goes_without_encryption(self) -> None:
        self.network.state, self.network.privacy = "waiting", "here"
        self.assertEqual("always", self.servers.own.encrypt)

    def test_links_lead_where_the_user_reaches_the_server(self) -> None:
        path = "/files/k3Xq9pA1b2C3d4E5f6G7h8I9j0_-/a.txt"
        told = f"https://192.168.1.7:5000{path}"
        self.network.isupport, self.network.state = OWN, "online"
        table: tuple[tuple[Privacy, str, str], ...] = (
            ("encrypted", f"http://192.168.1.7:5000{path}", f"https://chat.example:5000{path}"),
            ("encrypted", told, told),
            ("encrypted", f"https://other.example{path}", f"https://chat.example:5000{path}"),
            ("open", f"https://other.example{path}", f"http://chat.example:5000{path}"),
            ("open", "https://other.example/a.txt", "https://other.example/a.txt"),
        )
        for privacy, link, expected in table:
            with self.subTest(privacy=privacy, link=link):
                self.network.privacy = privacy
                self.assertEqual(f"see {expected}", self.servers.with_own_links(f"see {link}"))

    def test_its_token_is_in_the_address(self) -> None:
        self.network.isupport = OWN
        login = self.servers.login_field("https://192.168.1.7:5000/upload/to-ken", {})
        self.assertEqual(("Bearer to-ken", ""), (self.servers.token_field, login))
        self.network.isupport = {"chatapp/FILES": "id:k3Xq9p"}
        self.assertEqual("", self.servers.token_field)

    def test_another_server_is_at_its_url(self) -> None:
        target = self.servers.for_upload("https://files.example/_up")
        self.assertEqual(ServerTarget("files.example", 443, "always", proxy="socks5://proxy:1080"), target)
        self.assertEqual("", self.servers.token_field)

    def test_the_host_of_the_chat_gets_the_login(self) -> None:
        for url in ("https://chat.example/_up", "https://CHAT.example.:8443/_up"):
            with self.subTest(url):
                self.assertEqual("", self.servers.password_host(url))
                self.assertEqual("Basic YW5hOnBhc3M6d8O2cmQ=", self.servers.login_field(url, {}))
        self.network.account = "ann"
        self.assertEqual("Basic YW5uOnBhc3M6d8O2cmQ=", self.servers.login_field(url, {}))

    def test_another_port_of_the_host_is_trusted_by_the_certificate_of_the_chat(self) -> None:
        target = self.servers.for_upload("https://chat.example/_up")
        self.assertEqual(
            (443, "always", "a" * 64, ""), (target.port, target.encrypt, target.known, target.pin)
        )

    def test_another_host_gets_the_login_only_if_the_user_has_allowed_that(self) -> None:
        for url, host in {
            "https://files.example/_up": "files.example",
            "https://chat.example@evil.example/_up": "evil.example",
            "https://chat.example.evil.example/_up": "chat.example.evil.example",
            "http://127.0.0.1:80/_up": "127.0.0.1",
        }.items():
            with self.subTest(url):
                self.assertEqual(host, self.servers.password_host(url))
                self.assertEqual("", self.servers.login_field(url, {}))
                self.assertEqual("", self.servers.login_field(url, {f"chat.example:5000 {host}": False}))
                self.assertEqual("", self.servers.login_field(url, {f"other.example:5000 {host}": True}))
                allowed = self.servers.login_field(url, {f"chat.example:5000 {host}": True})
                self.assertEqual("Basic YW5hOnBhc3M6d8O2cmQ=", allowed)

    def test_no_other_computer_gets_the_login_without_encryption(self) -> None:
        for host in ("chat.example", "files.example"):
            with self.subTest(host):
                hosts = {f"chat.example:5000 {host}": True}
                self.assertEqual("", self.servers.login_field(f"http://{host}/_up", hosts))
                self.assertEqual("", self.servers.password_host(f"http://{host}/_up"))

    def test_without_a_password_there_is_no_login(self) -> None:
        servers = FileServers(self.network, Login("chat.example"), self.trusted)
        self.assertEqual("", servers.login_field("https://chat.example/_up", {}))
        self.assertEqual("", servers.password_host("https://files.example/_up"))

    def test_a_url_with_the_address_of_the_chat_has_its_certificate(self) -> None:
        target = self.servers.for_upload("https://CHAT.example:5000/_up")
        self.assertEqual(("chat.example", 5000, "a" * 64), (target.host, target.port, target.known))
