"""Invite links: how they are parsed and written, and which are refused."""

from __future__ import annotations

import unittest

from chatapp.protocol.invite_links import BadInvite, Invite, is_link

PIN = "0123456789abcdef" * 4


class Reading(unittest.TestCase):
    def test_each_part_is_read(self) -> None:
        for link, expected in (
            (
                f"ircs://192.168.1.20:5000/general?pin=sha256:{PIN}",
                Invite("192.168.1.20", 5000, ("#general",), PIN),
            ),
            ("ircs://chat.example", Invite("chat.example", 6697)),
            ("ircs://chat.example/", Invite("chat.example", 6697)),
            ("chat://192.168.1.20/?code=K7QX-29FM", Invite("192.168.1.20", 5000, code="K7QX-29FM")),
            ("CHAT://chat.example", Invite("chat.example", 5000)),
            ("chat://chat.example:6000/help", Invite("chat.example", 6000, ("#help",))),
            ("chat://[fe80::1%25eth0]/", Invite("fe80::1%eth0", 5000)),
            ("irc://chat.example", Invite("chat.example", 6667, secure=False)),
            ("IRCS://Chat.Example:5000/", Invite("chat.example", 5000)),
            ("  ircs://chat.example:5000 \n", Invite("chat.example", 5000)),
            ("ircs://chat.example:5000/a,b", Invite("chat.example", 5000, ("#a", "#b"))),
            ("ircs://chat.example/a,,a", Invite("chat.example", 6697, ("#a",))),
            ("irc://chat.example/#a", Invite("chat.example", 6667, ("#a",), secure=False)),
            ("irc://chat.example#a", Invite("chat.example", 6667, ("#a",), secure=False)),
            ("ircs://chat.example/%23a", Invite("chat.example", 6697, ("#a",))),
            ("ircs://chat.example/%23%23a", Invite("chat.example", 6697, ("##a",))),
            ("ircs://chat.example/##a", Invite("chat.example", 6697, ("##a",))),
            ("ircs://chat.example/%26a", Invite("chat.example", 6697, ("&a",))),
            ("ircs://chat.example/gr%C3%BC%C3%9Fe", Invite("chat.example", 6697, ("#grüße",))),
            ("ircs://chat.example/grüße", Invite("chat.example", 6697, ("#grüße",))),
            ("ircs://chat.example/100%25", Invite("chat.example", 6697, ("#100%",))),
            ("ircs://[::1]:5000/a", Invite("::1", 5000, ("#a",))),
            ("ircs://[2001:DB8:0:0::1]", Invite("2001:db8::1", 6697)),
            ("ircs://[fe80::1%25eth0]:5000", Invite("fe80::1%eth0", 5000)),
            ("ircs://büro.example:5000", Invite("büro.example", 5000)),
            ("ircs://my_pc.local.:5000", Invite("my_pc.local.", 5000)),
            ("ircs://h:5000/a?code=k3%26x", Invite("h", 5000, ("#a",), code="k3&x")),
            (f"ircs://h:5000?code=k3&pin=sha256:{PIN}", Invite("h", 5000, pin=PIN, code="k3")),
            ("ircs://h:5000/a?utm=x&code=k3&code=k4", Invite("h", 5000, ("#a",), code="k3")),
            ("ircs://h:5000/a?code=k3#top", Invite("h", 5000, ("#a",), code="k3")),
        ):
            with self.subTest(link):
                self.assertEqual(Invite.parse(link), expected)

    def test_a_fingerprint_may_be_written_in_pairs_and_capitals(self) -> None:
        pairs = ":".join(PIN[place : place + 2] for place in range(0, 64, 2)).upper()
        self.assertEqual(Invite.parse(f"ircs://h?pin=SHA256:{pairs}").pin, PIN)

    def test_a_fingerprint_requires_tls(self) -> None:
        invite = Invite.parse(f"irc://h?pin=sha256:{PIN}")
        self.assertEqual((invite.secure, invite.port), (True, 6697))

    def test_invalid_links_are_refused_with_a_reason(self) -> None:
        for link, expected in (
            ("", "begins with"),
            ("chat.example:5000", "begins with"),
            ("https://chat.example", "begins with"),
            ("ircs:chat.example", "begins with"),
            ("chat:chat.example", "begins with"),
            ("chats://chat.example", "begins with"),
            ("chat://", "no valid address"),
            ("chat://ana:secret@h", "name or a password"),
            ("chat://h:0", "port"),
            ("chat://h/?code=a%0d%0aQUIT", "invite code"),
            ("ircs://", "no valid address"),
            ("ircs:///general", "no valid address"),
            ("ircs://:5000", "no valid address"),
            ("ircs://-a.example", "no valid address"),
            ("ircs://a..example", "no valid address"),
            ("ircs://" + "a" * 64, "no valid address"),
            ("ircs://" + "a." * 130 + "example", "no valid address"),
            ("ircs://::1", "no valid address"),
            ("ircs://[::1", "no valid address"),
            ("ircs://[::g]", "not a valid IP address"),
            ("ircs://[192.168.1.20]", "not a valid IP address"),
            ("ircs://192.168.1.256", "not a valid IP address"),
            ("ircs://192.168.1", "not a valid IP address"),
            ("ircs://h:0", "port"),
            ("ircs://h:65536", "port"),
            ("ircs://h:port", "no valid address"),
            ("ircs://h:123456", "no valid address"),
            ("ircs://trusted.example@evil.example/a", "name or a password"),
            ("ircs://ana:secret@h", "name or a password"),
            ("ircs://h/a b", "characters"),
            ("ircs://h/a\r\nQUIT", "characters"),
            ("ircs://h/a\u202e", "characters"),
            ("ircs://h/100%", "characters"),
            ("ircs://h/a%20b", "not valid"),
            ("ircs://h/a%0d%0aQUIT", "not valid"),
            ("ircs://h/a%2cb", "not valid"),
            ("ircs://h/%23", "not valid"),
            ("ircs://h/" + "a" * 200, "not valid"),
            ("ircs://h/" + ",".join(f"c{number}" for number in range(21)), "more than 20"),
            ("ircs://h/%ff", "not UTF-8 text"),
            ("ircs://h%ff", "not UTF-8 text"),
            ("ircs://h?pin=sha256:abc", "damaged"),
            (f"ircs://h?pin={PIN}", "damaged"),
            (f"ircs://h?pin=md5:{PIN}", "damaged"),
            (f"ircs://h?pin=sha256:{PIN}0", "damaged"),
            ("ircs://h?code=a%0ab", "code"),
            ("ircs://h?code=" + "a" * 129, "code"),
            ("ircs://h/" + "a" * 3000, "too long"),
        ):
            with self.subTest(link), self.assertRaisesRegex(BadInvite, expected):
                Invite.parse(link)

    def test_the_representation_does_not_show_the_code(self) -> None:
        self.assertNotIn("k3", repr(Invite("h", 5000, code="k3")))

    def test_a_text_meant_as_a_link_is_distinguished_from_an_address(self) -> None:
        for text, expected in (
            ("ircs://h", True),
            (" IRC://", True),
            ("h:5000", False),
            ("http://h", False),
            ("irc", False),
        ):
            with self.subTest(text):
                self.assertIs(is_link(text), expected)


class Writing(unittest.TestCase):
    def test_links_are_written_in_the_usual_form(self) -> None:
        for invite, link in (
            (
                Invite("192.168.1.20", 5000, ("#general",), PIN),
                f"ircs://192.168.1.20:5000/general?pin=sha256:{PIN}",
            ),
            (Invite("h", 5000, ("#a", "#b"), PIN, "k&3"), f"ircs://h:5000/a,b?pin=sha256:{PIN}&code=k%263"),
            (Invite("h", 6667, secure=False), "irc://h:6667/"),
            (Invite("::1", 5000, ("##a", "&b")), "ircs://[::1]:5000/%23%23a,%26b"),
            (Invite("fe80::1%eth0", 5000), "ircs://[fe80::1%25eth0]:5000/"),
            (Invite("h", 5000, ("#grüße?",)), "ircs://h:5000/gr%C3%BC%C3%9Fe%3F"),
        ):
            with self.subTest(link):
                self.assertEqual(str(invite), link)
                self.assertEqual(Invite.parse(link), invite)


if __name__ == "__main__":
    unittest.main()
