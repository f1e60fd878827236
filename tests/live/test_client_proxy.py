"""The terminal client reaches a real server through real proxies, by a name that only the proxy knows."""

from __future__ import annotations

from tests.client.transport.proxies import HttpProxy, LittleProxy, SocksProxy
from tests.live.test_terminal import TerminalTest

NAME = "chat.example"  # no resolver of this computer knows it: RFC 6761
LOGIN = "ana:p@ss"


class ClientProxy(TerminalTest):
    def chat(self, kind: type[LittleProxy], *arguments: str, **environment: str) -> None:
        """Say something through a proxy, pinned to the certificate of the server."""
        self.start()
        ann = self.enter("ann")
        proxy = kind(("127.0.0.1", self.server.port), login=LOGIN)
        self.addCleanup(proxy.close)
        place = f"ana:p%40ss@127.0.0.1:{proxy.port}"
        self.environment |= {name: value.format(place) for name, value in environment.items()}
        fingerprint = self.server.fingerprint
        link = f"ircs://{NAME}:{self.server.port}/?pin=sha256:{fingerprint}"
        options = [argument.format(place) for argument in arguments]
        keshav = self.script("--name", "Keshav", "--server", link, "--channel", "general", *options)
        keshav.wait_for("Keshav joined the chat!")
        keshav.type("hello")
        self.assertEqual("hello", ann.until("PRIVMSG").text)
        self.assertEqual((0, ""), keshav.end())
        self.assertEqual([f"{NAME}:{self.server.port}"], proxy.requests)

    def test_through_socks5(self) -> None:
        self.chat(SocksProxy, "--proxy", "socks5://{}")

    def test_through_http(self) -> None:
        self.chat(HttpProxy, "--proxy", "http://{}")

    def test_through_the_proxy_of_the_system(self) -> None:
        self.chat(SocksProxy, "--proxy", "system", ALL_PROXY="socks5h://{}")

    def test_a_proxy_that_is_not_one_is_refused_at_once(self) -> None:
        self.start()
        keshav = self.script("--name", "Keshav", "--proxy", "gopher://h")
        status, complaints = keshav.end()
        self.assertEqual(2, status)
        self.assertIn("socks5://HOST:PORT or http://HOST:PORT", complaints)
