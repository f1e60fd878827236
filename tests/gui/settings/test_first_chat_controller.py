"""When the page of a new chat is shown, and what it does."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.model.orders import Order
from chatapp.client.model.own_account import REGISTRATION
from chatapp.client.model.server_overview import CODES, TOKEN, InviteCodeRow, ServerSettings
from chatapp.client.session.own_server import OwnServer
from chatapp.gui.settings.first_chat import FirstChat
from chatapp.gui.settings.first_chat_cards import AGAIN, NEW, ProtectCard
from tests.gui.window_case import WindowCase

LINK = "ircs://192.168.1.20:5000/general"
CODE = InviteCodeRow("k7qx", "k7qx-29fm", 3, 0, None, "ana")


class Pages(WindowCase):
    capabilities = "server-time"

    def setUp(self) -> None:
        super().setUp()
        self.actions = {
            name: self.enterContext(mock.patch.object(OwnServer, name, return_value=Order(())))
            for name in ("make_code", "set_sharing", "watch")
        }
        self.enter()
        network = self.client.network
        network.isupport = {**network.isupport, TOKEN: "status"}
        network.is_server_operator = True
        overview = self.client.server.overview
        overview.role, overview.links, overview.codes = "owner", (LINK,), (CODE,)
        overview.settings, overview.read = ServerSettings("Room 12"), overview.read | {CODES}

    def page(self) -> FirstChat:
        self.window.first_chat.paint()
        page = self.window.first_chat.page
        assert page is not None
        return page

    def open_form(self) -> ProtectCard:
        """Open the form for a password on a server that has accounts."""
        network = self.client.network
        network.capability_values = {**network.capability_values, REGISTRATION: ""}
        protect = self.page().protect
        protect.button.invoke()
        self.until(lambda: bool(protect.form.fields[AGAIN].entry.winfo_viewable()))
        self.focus(protect.form.fields[NEW].entry)
        return protect

    def test_a_password_typed_in_its_form_never_reaches_the_composer(self) -> None:
        protect = self.open_form()
        first, again = (field.entry for field in protect.form.fields.values())
        self.press(first, "<s>", "<Tab>")
        self.assertIs(self.root.focus_get(), again)
        for widget in (protect.form.button, protect.form.cancel, protect.form):
            self.focus(widget)
            self.press(widget, "<s>")
        self.assertEqual(self.window.pane.composer.text, "")

    def test_it_stays_while_a_password_is_typed_although_a_message_arrives(self) -> None:
        protect = self.open_form()
        first = protect.form.fields[NEW].entry
        self.press(first, "<s>")
        self.say("ben", "hello")
        self.wait_for_text("hello")
        self.window.first_chat.paint()
        self.settle()
        self.assertTrue(first.winfo_viewable())
        self.assertIs(self.root.focus_get(), first)
        protect.form.cancel.invoke()
        self.assertIsNone(self.window.first_chat.page)

    def test_it_stays_while_a_password_is_typed_although_the_link_drops(self) -> None:
        protect = self.open_form()
        first = protect.form.fields[NEW].entry
        self.press(first, "<s>")
        self.client.disconnect()
        self.until(lambda: self.client.network.state == "offline")
        self.window.first_chat.paint()
        self.settle()
        self.assertTrue(first.winfo_viewable())
        self.assertIs(self.root.focus_get(), first)
        self.assertEqual(first.get(), "s")

    def test_an_owner_sees_link_and_code(self) -> None:
        page = self.page()
        self.assertEqual(f"{LINK}?code=k7qx-29fm", page.invite.link.get())
        self.assertTrue(page.is_owner)
        self.actions["make_code"].assert_not_called()

    def test_without_a_code_one_is_made_once(self) -> None:
        self.client.server.overview.codes = ()
        self.page()
        self.page()
        self.actions["make_code"].assert_called_once()

    def test_the_first_message_takes_its_place(self) -> None:
        self.page()
        self.say("ben", "hello")
        self.until(lambda: self.window.first_chat.page is None)

    def test_it_can_be_hidden_for_good(self) -> None:
        self.page().links["Hide this"].invoke()
        self.assertIsNone(self.window.first_chat.page)
        self.window.first_chat.paint()
        self.assertIsNone(self.window.first_chat.page)
        self.assertEqual([self.client.key], self.settings.begun)

    def test_the_switch_changes_the_server(self) -> None:
        self.page().share.switch.invoke()
        self.actions["set_sharing"].assert_called_once_with(True)

    def test_the_link_is_copied(self) -> None:
        self.page().invite.copy.invoke()
        self.assertEqual(f"{LINK}?code=k7qx-29fm", self.root.clipboard_get())

    def test_inviting_opens_the_first_card(self) -> None:
        self.assertTrue(self.window.first_chat.invite())
        dialog = self.window.first_chat.dialog
        assert dialog is not None
        self.assertEqual(f"{LINK}?code=k7qx-29fm", dialog.card.link.get())
        self.window.first_chat.close()
        self.assertIsNone(self.window.first_chat.dialog)

    def test_a_guest_cannot_invite_by_code(self) -> None:
        self.client.network.is_server_operator = False
        self.assertFalse(self.window.first_chat.invite())
        self.window.first_chat.paint()
        self.assertIsNone(self.window.first_chat.page)


if __name__ == "__main__":
    unittest.main()
