"""The page "This server"."""

from __future__ import annotations

import time
import tkinter as tk
import unittest
from itertools import pairwise
from unittest import mock

from chatapp.client.model.changes import OrderFinished, ServerOverviewChanged
from chatapp.client.model.orders import Order, Refusal, Step
from chatapp.client.model.own_account import REGISTRATION
from chatapp.client.model.server_overview import (
    TOKEN,
    InviteCodeRow,
    LogEntry,
    RoleHolder,
    ServerBan,
    ServerRole,
    ServerSettings,
    ServerStatus,
)
from chatapp.client.model.server_storage import KeptFile, PersonUse, ServerStorage
from chatapp.client.session.own_account import OwnAccount
from chatapp.client.session.own_server import OwnServer
from chatapp.gui.dialogs.stop_question import CANCEL, STOP
from chatapp.gui.settings.account_password import AGAIN, NEW
from chatapp.gui.settings.file_limits import FileLimits
from chatapp.gui.settings.server_access import ACCESS_KEY, CLOSED
from chatapp.gui.settings.server_page import MODERATOR, OWNER, SERVER, ServerPage
from chatapp.gui.settings.server_protect import NEED_ACCOUNT
from chatapp.gui.settings.setting_search import find
from chatapp.gui.widgets.code_screen import CodeScreen
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.protocol.message import Message
from tests.gui.cut_off import cut_off
from tests.gui.settings.settings_case import SettingsCase

LINK = "ircs://192.168.1.20:5000/general"


class ServerPageTest(SettingsCase):
    def setUp(self) -> None:
        super().setUp()
        network = self.client.network
        network.state, network.nick, network.account = "online", "ben", "ben"
        network.isupport, network.is_server_operator = {TOKEN: "status"}, True
        overview = self.client.server.overview
        overview.status = ServerStatus(time.time() - 3 * 86400, 12, 60, 412_000_000, 10_000, 0, "ab" * 32)
        overview.links = (LINK,)
        overview.settings = ServerSettings("Room 12", "invite")
        overview.roles = (
            RoleHolder("ben", "owner", False, "Ben"),
            RoleHolder("sofia", "moderator", False, "Sofia"),
        )
        overview.bans = (ServerBan("tom!*@*", None, "ben", None, "Insults"),)
        overview.codes = (InviteCodeRow("k7qx", "k7qx-29fm", 3, 9, None, "ben"),)
        overview.log = (LogEntry(7, time.time(), "ben", "UNBAN", "tom!*@*", ""),)
        self.sent: list[tuple[str, tuple[object, ...]]] = []
        self.order = Order(())

    def start(self, role: ServerRole = "owner", size: str = "1180x804") -> ServerPage:
        self.client.server.overview.role = role
        view = self.open("server", size)
        assert isinstance(view, ServerPage)
        return view

    def expect(self, name: str) -> mock.Mock:
        """Let an action of the server return an order that is under way."""
        made = mock.Mock(return_value=self.order)
        self.enterContext(mock.patch.object(OwnServer, name, made))
        return made

    def refuse(self, reason: str) -> None:
        if reason:
            self.order.refusals.append(Refusal(mock.Mock(), reason))
        self.order.is_finished = True
        self.controller.apply(OrderFinished(self.client.network, self.order))

    def found(self, kind: type[tk.Misc]) -> tk.Misc:
        """Return the window of this kind that is open."""
        everything = [
            *self.root.winfo_children(),
            *self.window.winfo_children(),
            *self.window.view.winfo_children(),
        ]
        (found,) = [each for each in everything if isinstance(each, kind)]
        return found


class Showing(ServerPageTest):
    def test_an_owner_sees_everything(self) -> None:
        page = self.start()
        self.assertEqual(str(page.role.cget("text")).strip(), OWNER)
        self.assertEqual(str(page.status.cget("text")).strip(), "Running for 3 days · 12 of 60 people online")
        self.assertEqual(page.access.name.get(), "Room 12")
        self.assertEqual(page.invite.link.get(), f"{LINK}?code=k7qx-29fm")
        self.assertEqual(list(page.bans.list.rows), ["tom!*@*"])
        self.assertIn("lifted the ban of tom", page.log.text.get("1.0", "end"))
        self.assertIn("412 MB", str(page.storage.cget("text")))

    def test_no_text_is_cut_off_in_a_narrow_page_with_the_largest_text(self) -> None:
        self.theme.zoom(24)
        page = self.start("owner", "520x360")
        self.assertEqual(cut_off(page), [])

    def test_the_settings_offer_a_moderator_no_more_than_the_page_shows(self) -> None:
        network = self.client.network
        network.server_role = "owner"
        self.assertEqual([*SERVER.on(network).texts], [each for each in SERVER.texts if each.key != "files"])
        network.isupport = {TOKEN: "status,storage"}
        self.assertEqual(SERVER.on(network).texts, SERVER.texts)
        network.server_role = "moderator"
        self.assertEqual([each.key for each in SERVER.on(network).texts], ["roles", "bans", "log", "files"])
        found = find([SERVER.on(network)], "stop the server")
        self.assertEqual([each for each in found if each.text is not None], [])

    def test_a_moderator_sees_roles_bans_and_the_log(self) -> None:
        page = self.start("moderator")
        self.assertEqual(str(page.role.cget("text")).strip(), MODERATOR)
        self.assertFalse(page.access.winfo_viewable() or page.stop.winfo_viewable())
        self.assertTrue(
            page.roles.winfo_viewable() and page.bans.winfo_viewable() and page.log.winfo_viewable()
        )
        self.assertEqual(page.roles.choices, {})

    def test_for_an_owner_it_has_a_crown_in_the_navigation(self) -> None:
        roles: tuple[tuple[ServerRole, list[str]], ...] = (("owner", ["crown"]), ("moderator", []))
        for role, icons in roles:
            self.client.network.server_role = role
            self.start(role)
            self.window.apply(ServerOverviewChanged(self.client.network))
            (page,) = [each for each in self.window.offered if each.key == "server"]
            self.assertEqual([mark.icon for mark in page.marks], icons)

    def test_it_is_not_offered_to_others(self) -> None:
        self.client.network.is_server_operator = False
        self.open("server")
        self.assertNotEqual(self.window.shown, "server")

    def test_tab_leads_over_the_switches_of_this_computer_to_the_button_that_stops_the_server(self) -> None:
        with mock.patch.object(type(self.client), "is_local_server", True):
            page = self.start()
            self.until(lambda: bool(page.here.winfo_viewable()))
            self.settle()
            way = [page.here.keep, page.here.start, page.stop]
            for before, after in pairwise(way):
                self.focus(before)
                self.press(before, "<Tab>")
                self.assertIs(self.root.focus_get(), after)

    def test_there_are_two_columns_in_a_wide_window_and_one_in_a_narrow_one(self) -> None:
        page = self.start()
        self.assertGreater(page.roles.winfo_rootx(), page.access.winfo_rootx() + page.access.winfo_width())
        self.resize("900x700")
        self.until(lambda: page.roles.winfo_rootx() == page.access.winfo_rootx())
        self.assertGreater(page.roles.winfo_rooty(), page.stop.winfo_rooty())

    def test_it_follows_the_server(self) -> None:
        page = self.start()
        self.client.server.overview.bans = ()
        self.client.server.overview.settings = ServerSettings("Lab", "everyone", closed=True)
        self.controller.apply(ServerOverviewChanged(self.client.network))
        self.assertEqual(
            (page.bans.list.rows, page.access.name.get(), page.access.closed.is_on), ({}, "Lab", True)
        )

    def test_the_server_is_watched_while_the_page_is_open(self) -> None:
        watch = self.expect("watch")
        self.start()
        self.assertEqual(watch.call_args, mock.call())
        self.controller.close()
        self.assertEqual(watch.call_args, mock.call(False))


class Files(ServerPageTest):
    def setUp(self) -> None:
        super().setUp()
        self.client.network.isupport = {TOKEN: "status,storage"}
        self.client.server.overview.storage = ServerStorage(
            12, 30_000_000, 2_000_000_000, 90,
            (PersonUse("sofia", 10, 29_000_000),),
            (KeptFile("PREFIXabc", "ben", 29_000_000, None, "film.mp4"),),
        )  # fmt: skip

    def test_owners_and_moderators_see_how_much_is_kept_and_the_largest_files(self) -> None:
        roles: tuple[ServerRole, ...] = ("owner", "moderator")
        for role in roles:
            page = self.start(role)
            self.until(lambda page=page: bool(page.files.winfo_viewable()))  # type: ignore[misc]
            facts = "12 files, 30 MB of 2.0 GB · kept for 90 days"
            self.assertEqual(str(page.files.facts.cget("text")), facts)
            self.assertEqual(page.files.people.rows["0"].note, "10 files, 29 MB")
            self.assertEqual(page.files.list.rows["PREFIXabc"].note, "29 MB · by you")
            self.assertEqual(cut_off(page), [])

    def test_a_moderator_cannot_change_the_limits(self) -> None:
        self.client.server.overview.settings = ServerSettings("Room 12", files={"max_bytes": "25000000"})
        self.assertFalse(self.start("moderator").files.limits.winfo_ismapped())

    def test_an_owner_changes_the_limits_and_sees_why_one_was_refused(self) -> None:
        self.client.server.overview.settings = ServerSettings("Room 12", files={"max_bytes": "25000000"})
        page = self.start()
        give = self.expect("set_file_limits")
        page.files.limits.invoke()
        dialog = self.found(FileLimits)
        assert isinstance(dialog, FileLimits)
        dialog.fields["max_bytes"].set("5 MB")
        dialog.save_button.invoke()
        give.assert_called_once_with({"max_bytes": "5000000"})
        step = Step(Message("SETTING", ["files-max_bytes", "5000000"]))
        self.order.refusals.append(Refusal(step, "Not so small"))
        self.refuse("")
        self.assertEqual(dialog.fields["max_bytes"].get(), "25 MB")
        self.assertEqual(str(dialog._problems["max_bytes"].cget("text")), "Not so small.")
        dialog.destroy()

    def test_a_server_that_keeps_no_files_shows_none(self) -> None:
        self.client.network.isupport = {TOKEN: "status"}
        page = self.start()
        self.assertFalse(page.files.winfo_viewable())
        network = self.client.network
        network.server_role = "owner"
        self.assertNotIn("files", [each.key for each in SERVER.on(network).texts])

    def test_a_file_is_deleted_after_a_question(self) -> None:
        page = self.start()
        delete = self.expect("delete_file")
        button = page.files.list.rows["PREFIXabc"].control
        assert button is not None
        self.root.tk.call(button, "invoke")
        self.assertFalse(delete.called)
        question = self.found(QuestionDialog)
        assert isinstance(question, QuestionDialog)
        question.buttons["Delete the file"].invoke()
        delete.assert_called_once_with("PREFIXabc")
        self.refuse("There is no such file")
        self.assertEqual(page.files.list.rows["PREFIXabc"].problem, "There is no such file")

    def test_no_text_is_cut_off_in_a_narrow_page_with_the_largest_text(self) -> None:
        self.theme.zoom(24)
        self.assertEqual(cut_off(self.start("owner", "520x360")), [])


class Acting(ServerPageTest):
    def test_a_refused_change_returns_with_the_reason_below(self) -> None:
        page = self.start()
        self.expect("set_access")
        page.access.access.choose(2)
        self.refuse("Protect your name first")
        self.assertEqual(
            (page.access.access.chosen, page.access.problem(ACCESS_KEY)),
            ("invite", "Protect your name first"),
        )

    def test_every_part_gives_its_order(self) -> None:
        page = self.start()
        for name, act in (
            ("set_name", lambda: page.access._handlers.on_name("Lab")),
            ("set_sharing", page.access.sharing.invoke),
            ("set_closed", page.access.closed.invoke),
            ("make_code", page.invite.new_code.invoke),
            ("revoke_code", page.invite.revoke_buttons["k7qx"].invoke),
            ("set_role", lambda: page._set_role("sofia", "owner")),
            ("lift_ban", lambda: page._lift("tom!*@*")),
        ):
            with self.subTest(name):
                self.order = Order(())
                made = self.expect(name)
                act()
                self.assertEqual(made.call_count, 1)
                self.refuse("")

    def test_a_ban_that_was_lifted_meanwhile(self) -> None:
        page = self.start()
        self.expect("lift_ban")
        page._lift("tom!*@*")
        self.refuse("There is no such ban")
        self.assertEqual(page.bans.list.rows["tom!*@*"].problem, "There is no such ban")

    def test_stopping_asks_first(self) -> None:
        page = self.start()
        stop = self.expect("stop")
        page.stop.invoke()
        question = self.found(QuestionDialog)
        assert isinstance(question, QuestionDialog)
        texts = [
            str(each.cget("text"))
            for each in question.body.winfo_children()
            if isinstance(each, tk.Widget) and each.winfo_class() == "TLabel"
        ]
        self.assertIn("11 people will be disconnected. The messages stay.", texts)
        question.buttons[CANCEL].invoke()
        self.assertFalse(stop.called)
        page.stop.invoke()
        question = self.found(QuestionDialog)
        assert isinstance(question, QuestionDialog)
        question.buttons[STOP].invoke()
        self.assertTrue(stop.called)

    def test_the_code_fills_the_screen(self) -> None:
        page = self.start()
        page.invite.full_screen.invoke()
        screen = self.found(CodeScreen)
        assert isinstance(screen, CodeScreen)
        self.assertEqual(screen.invite_code.cget("text"), "K7QX-29FM")
        screen.destroy()

    def test_the_link_is_copied(self) -> None:
        page = self.start()
        page.invite.copy.invoke()
        self.assertEqual(self.root.clipboard_get(), f"{LINK}?code=k7qx-29fm")

    def test_people_with_an_account_are_found_and_any_account_can_be_typed(self) -> None:
        page = self.start()
        dee = self.client.network.person("dee")
        dee.account = "dee"
        self.client.network.person("guest")
        self.assertEqual([row.key for row in page._find_accounts("")], ["dee"])
        self.assertEqual([row.key for row in page._find_accounts("kim")], ["kim"])
        self.assertEqual([row.key for row in page._find_accounts("sofia")], [""])


class Saving(ServerPageTest):
    def test_the_log_is_written_when_all_of_it_is_read(self) -> None:
        page, path = self.start(), self.folder / "log.csv"
        overview = self.client.server.overview
        overview.has_more_log = True
        page.save_log(path)
        self.assertFalse(path.exists())
        overview.log += (LogEntry(6, time.time(), "ben", "REHASH", "srv", ""),)
        overview.has_more_log = False
        self.client.sessions.current.server_watch.connection_lost()  # nothing more is read
        self.controller.apply(ServerOverviewChanged(self.client.network))
        self.until(lambda: "was saved as log.csv" in str(page.log.note.cget("text")))
        self.assertIn("reloaded the configuration", path.read_text("utf-8"))

    def test_a_file_that_cannot_be_written_is_explained(self) -> None:
        page = self.start()
        page.save_log(self.folder / "gone" / "log.csv")
        self.until(lambda: "could not be written" in str(page.log.note.cget("text")))


class WithoutAnAccount(ServerPageTest):
    """The owner is a guest, who could not come back to a server that is closed or for accounts only."""

    def setUp(self) -> None:
        super().setUp()
        network = self.client.network
        network.account = ""
        network.capability_values = {**network.capability_values, REGISTRATION: "custom-account-name"}
        self.page = self.start()
        self.change = self.expect("set_closed")
        self.page.access.closed.invoke()
        self.settle()

    def refuse_for_want_of_an_account(self) -> None:
        self.order.refusals.append(Refusal(mock.Mock(), "Protect your name first", code=NEED_ACCOUNT))
        self.refuse("")
        self.settle()

    def test_the_name_is_protected_in_place_and_the_change_is_made_then(self) -> None:
        self.refuse_for_want_of_an_account()
        form = self.page.access.protect
        self.assertTrue(form.winfo_viewable())
        self.assertFalse(self.page.access.closed.is_on)
        protecting, self.order = Order(()), Order(())
        self.change.return_value = self.order
        protect = mock.Mock(return_value=protecting)
        self.enterContext(mock.patch.object(OwnAccount, "protect", protect))
        for key in (NEW, AGAIN):
            form.fields[key].value = "open sesame"
        form.button.invoke()
        protect.assert_called_once_with("open sesame", "")
        self.assertEqual(self.change.call_count, 1)
        protecting.is_finished = True
        self.controller.apply(OrderFinished(self.client.network, protecting))
        self.assertEqual(self.change.call_args_list, [mock.call(True), mock.call(True)])
        self.assertFalse(form.winfo_manager())

    def test_where_no_account_can_be_made_the_reason_is_shown(self) -> None:
        self.client.network.capability_values = {}
        self.refuse_for_want_of_an_account()
        self.assertEqual(self.page.access.problem(CLOSED), "Protect your name first")
        self.assertFalse(self.page.access.protect.winfo_manager())


if __name__ == "__main__":
    unittest.main()
