"""The fields for a proxy."""

from __future__ import annotations

from chatapp.client.login import SYSTEM_PROXY
from chatapp.gui.dialogs.proxy_fields import DIRECT, SYSTEM, ProxyFields
from chatapp.languages import translation
from chatapp.protocol.proxy_address import BadProxy, ProxyAddress
from tests.gui.base import WindowTest
from tests.languages.marking import Marking


class ProxyFieldsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.proxy = ProxyFields(self.root, self.theme)
        self.proxy.pack(fill="x")
        self.settle()

    def choose(self, label: str) -> None:
        self.proxy.choice.value = label
        self.proxy.choice.entry.event_generate("<<ComboboxSelected>>")
        self.settle()

    def shown(self) -> list[str]:
        return [name for name, field in self.proxy.fields.items() if field.winfo_ismapped()]

    def test_what_is_shown_is_returned(self) -> None:
        for proxy in ("", SYSTEM_PROXY, "socks5://h:1080", "http://ana:p%40ss@h:3128"):
            with self.subTest(proxy):
                self.proxy.show(proxy)
                self.assertEqual(proxy, self.proxy.value)

    def test_what_is_shown_is_returned_in_another_language(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        translation.install(Marking())
        fields = ProxyFields(self.root, self.theme)
        for proxy, label in (("", f"⟦{DIRECT}⟧"), (SYSTEM_PROXY, f"⟦{SYSTEM}⟧"), ("http://a:1", "HTTP")):
            with self.subTest(proxy):
                fields.show(proxy)
                self.assertEqual((fields.choice.value, fields.value), (label, proxy))

    def test_only_a_proxy_of_ones_own_has_an_address(self) -> None:
        for label, shown in ((DIRECT, []), ("SOCKS5", list(self.proxy.fields)), (SYSTEM, [])):
            self.choose(label)
            self.assertEqual(shown, self.shown())

    def test_a_typed_proxy_is_returned(self) -> None:
        self.choose("HTTP")
        self.proxy.fields["proxy"].value = "proxy.example"
        self.proxy.fields["proxy-user"].value = "ana"
        self.proxy.fields["proxy-password"].value = "a:b"
        self.assertEqual("http://ana:a%3Ab@proxy.example:8080", self.proxy.value)

    def test_a_whole_address_may_be_pasted(self) -> None:
        self.choose("SOCKS5")
        self.proxy.fields["proxy"].value = "http://ana@h:1"
        self.assertEqual("http://ana@h:1", self.proxy.value)  # as it was typed

    def test_with_an_invalid_field_nothing_is_connected_directly(self) -> None:
        self.choose("SOCKS5")
        for place, user, password in (("", "", ""), ("h:x", "", ""), ("h", "", "secret"), ("h i", "ana", "")):
            for name, text in (("proxy", place), ("proxy-user", user), ("proxy-password", password)):
                self.proxy.fields[name].value = text
            with self.subTest(place), self.assertRaises(BadProxy):
                ProxyAddress.parse(self.proxy.value)

    def test_an_error_is_shown_at_its_place_until_another_choice(self) -> None:
        self.choose("SOCKS5")
        self.proxy.show_error("No such proxy.")
        self.assertEqual("No such proxy.", self.proxy.fields["proxy"].error)
        self.choose(SYSTEM)
        self.assertEqual("", self.proxy.fields["proxy"].error)

    def test_the_password_is_hidden(self) -> None:
        self.assertEqual("•", str(self.proxy.fields["proxy-password"].entry.cget("show")))

    def test_while_disabled_nothing_can_be_changed(self) -> None:
        entries = [self.proxy.choice.entry, *(field.entry for field in self.proxy.fields.values())]
        for disabled, state in ((True, "disabled"), (False, "!disabled")):
            self.proxy.set_disabled(disabled)
            self.assertTrue(all(entry.instate([state]) for entry in entries))
