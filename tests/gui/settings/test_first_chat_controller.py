"""When the page of a new chat is shown, and what it does."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.model.orders import Order, Refusal, Step
from chatapp.client.model.own_account import REGISTRATION
from chatapp.client.model.server_overview import CODES, SETTINGS, TOKEN, InviteCodeRow, ServerSettings
from chatapp.client.session.own_server import OwnServer
from chatapp.gui.settings.first_chat import FirstChat
from chatapp.gui.settings.first_chat_cards import AGAIN, NEW, ProtectCard
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.message import Message
from chatapp.protocol.server_access import Access
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

    def test_the_invite_button_opens_the_card(self) -> None:
        self.window.people.invite_button.invoke()
        dialog = self.window.first_chat.dialog
        assert dialog is not None
        self.assertEqual(("K7QX-29FM", True), (dialog.card.code, dialog.card.picture.is_shown))

    def test_a_copied_link_has_the_code_where_one_is_needed(self) -> None:
        self.read("invite")
        self.window.overlays.copy_link(self.client.network.current)
        self.assertEqual("k7qx-29fm", self.copied().code)
        self.read("everyone")
        self.window.overlays.copy_link(self.client.network.current)
        self.assertEqual("", self.copied().code)

    def test_a_copied_link_waits_for_the_code_that_is_made_for_it(self) -> None:
        self.read("invite")
        self.client.server.overview.codes = ()
        self.root.clipboard_clear()
        self.root.clipboard_append("before")
        self.window.overlays.copy_link(self.client.network.current)
        self.actions["make_code"].assert_called_once()
        self.assertEqual("before", self.root.clipboard_get())
        self.client.server.overview.codes = (CODE,)
        self.window.first_chat.paint()
        self.assertEqual("k7qx-29fm", self.copied().code)

    def test_a_refused_code_does_not_keep_the_link_from_being_copied(self) -> None:
        self.read("invite")
        self.client.server.overview.codes = ()
        refused = Order(())
        refused.refusals.append(Refusal(Step(Message("INVITECODE")), "There are too many codes."))
        self.actions["make_code"].return_value = refused
        self.window.overlays.copy_link(self.client.network.current)
        self.window.first_chat.paint()
        self.assertEqual("", self.copied().code)

    def test_a_guest_copies_the_link_at_once(self) -> None:
        self.client.network.is_server_operator = False
        self.window.overlays.copy_link(self.client.network.current)
        self.assertEqual("", self.copied().code)

    def test_there_is_room_for_the_code_that_is_being_made(self) -> None:
        self.client.server.overview.codes = ()
        page = self.page()
        self.settle()
        before = (page.invite.winfo_reqheight(), page.invite.full_screen.winfo_rooty())
        self.assertEqual("", page.invite.code)
        self.assertFalse(page.invite.picture.is_shown, "one without the code would not admit everybody")
        self.client.server.overview.codes = (CODE,)
        self.page()
        self.settle()
        self.assertEqual("K7QX-29FM", page.invite.code)
        after = (page.invite.winfo_reqheight(), page.invite.full_screen.winfo_rooty())
        self.assertEqual(before, after)

    def test_to_copy_moves_nothing(self) -> None:
        self.root.geometry("1100x700")
        page = self.page()
        self.settle()
        before = (page.invite.winfo_reqheight(), page.invite.full_screen.winfo_rooty())
        self.focus(page.invite.copy)
        page.invite.copy.invoke()
        self.window.first_chat.paint()
        self.settle()
        self.assertEqual(before, (page.invite.winfo_reqheight(), page.invite.full_screen.winfo_rooty()))

    def test_without_a_code_none_is_spoken_of(self) -> None:
        self.read("everyone")
        page = self.page()
        self.client.server.overview.codes = ()
        self.page()
        self.assertEqual("Send the link, or let people scan it.", page.invite.line.cget("text"))

    def read(self, access: Access) -> None:
        """Let everything of the server be known, which is kept current."""
        overview = self.client.server.overview
        overview.settings = ServerSettings("Room 12", access)
        overview.read |= {CODES, SETTINGS}
        self.enterContext(mock.patch.object(OwnServer, "is_watching", True))

    def copied(self) -> Invite:
        return Invite.parse(self.root.clipboard_get())

    def test_a_guest_cannot_invite_by_code(self) -> None:
        self.client.network.is_server_operator = False
        self.assertFalse(self.window.first_chat.invite())
        self.window.first_chat.paint()
        self.assertIsNone(self.window.first_chat.page)


if __name__ == "__main__":
    unittest.main()
