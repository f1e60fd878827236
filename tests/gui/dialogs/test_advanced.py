"""The page of the first dialog with what few chats need."""

from __future__ import annotations

from chatapp.client.login import Login
from chatapp.gui.dialogs.advanced import ENCRYPT, AdvancedOptions
from chatapp.languages import translation
from tests.gui.base import WindowTest
from tests.languages.marking import Marking


class AdvancedOptionsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.options = AdvancedOptions(self.root, self.theme, 352)
        self.options.pack()
        self.settle()

    def type(self, **values: str) -> None:
        for name, value in values.items():
            self.options.fields[name.replace("_", "-")].value = value

    def test_encryption_is_chosen_by_its_text(self) -> None:
        self.assertEqual(self.options.encrypt, "auto")
        for name, text in ENCRYPT.items():
            with self.subTest(name):
                self.options.encrypt = name
                self.assertEqual((self.options.choice.value, self.options.encrypt), (text, name))

    def test_encryption_is_chosen_in_another_language(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        translation.install(Marking())
        options = AdvancedOptions(self.root, self.theme, 352)
        for name, text in ENCRYPT.items():
            with self.subTest(name):
                options.encrypt = name
                self.assertEqual((options.choice.value, options.encrypt), (f"⟦{text}⟧", name))

    def test_what_was_typed_is_used(self) -> None:
        self.type(
            port="7000", realname="Ana Silva", channels="homework, #help", server_password="open sesame"
        )
        self.options.encrypt = "never"
        expected = Login(
            "h", 7000, realname="Ana Silva", channels=("#homework", "#help"), encrypt="never",
            server_password="open sesame",
        )  # fmt: skip
        self.assertEqual(self.options.applied_to(Login("h")), expected)

    def test_what_was_not_changed_stays_as_the_chat_has_it(self) -> None:
        login = Login("h", 6667, realname="Ana", channels=("#a",), encrypt="always")
        self.options.fill(login)
        self.assertEqual(self.options.applied_to(login), login)
        other = Login("x", 5001, realname="Ana", channels=("#b",), encrypt="never")
        self.assertEqual(self.options.applied_to(other), other)

    def test_another_chat_shows_its_values_but_what_was_typed_stays(self) -> None:
        self.options.fill(Login("h", 6667, channels=("#a",)))
        self.type(channels="#mine")
        self.options.show_server(Login("x", 5001, channels=("#b",), encrypt="always"))
        fields = self.options.fields
        self.assertEqual((fields["port"].value, fields["channels"].value), ("5001", "#mine"))
        self.assertEqual(self.options.encrypt, "always")

    def test_the_port_of_an_address_takes_precedence(self) -> None:
        self.type(port="7000")
        found = self.options.applied_to(Login("h", 6667), has_port=True)
        assert found is not None
        self.assertEqual(found.port, 6667)

    def test_the_proxy_is_that_of_the_user_for_every_chat(self) -> None:
        self.options.fill(Login("h", proxy="http://ana@proxy.example:8080"))
        for login in (Login("h"), Login("x", proxy="system")):
            found = self.options.applied_to(login)
            assert found is not None
            self.assertEqual(found.proxy, "http://ana@proxy.example:8080")

    def test_an_invalid_port_is_none(self) -> None:
        for port in ("0", "65536", "x", "-1", "²"):
            with self.subTest(port):
                self.type(port=port)
                self.assertIsNone(self.options.applied_to(Login("h")))

    def test_an_emptied_port_is_the_usual_one(self) -> None:
        self.options.fill(Login("h", 6667))
        self.type(port="")
        found = self.options.applied_to(Login("h", 6667))
        assert found is not None
        self.assertEqual(found.port, 5000)
