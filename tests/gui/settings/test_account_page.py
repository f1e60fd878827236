"""The page "My account" as a whole; its parts have tests of their own."""

from __future__ import annotations

from chatapp.client.model.changes import ConversationsChanged
from chatapp.gui.settings.account_page import TEXTS
from tests.gui.cut_off import cut_off
from tests.gui.settings.account_case import SESSIONS, AccountCase


class Page(AccountCase):
    def test_every_row_can_be_found_and_what_is_absent_leads_to_the_top(self) -> None:
        rows = self.page.rows
        self.assertEqual(set(rows), {text.key for text in TEXTS})
        self.assertIs(rows["sessions"], self.page.card)
        self.log_in()
        self.assertIs(self.page.rows["deletion"], self.page.delete)
        self.client.disconnect()
        self.until(lambda: self.page.rows["sessions"] is self.page.offline)
        self.assertIs(self.page.rows["away_minutes"], self.page.status.switch)

    def test_it_names_the_chat(self) -> None:
        self.until(lambda: self.page.where.cget("text") == "on Room12")

    def test_a_guest_can_protect_the_name_and_delete_nothing(self) -> None:
        self.assertTrue(self.page.password.protect.winfo_viewable())
        self.assertFalse(self.page.sessions.winfo_viewable())
        self.assertFalse(self.page.delete.winfo_viewable())

    def test_a_member_has_sessions_and_can_leave(self) -> None:
        self.log_in()
        self.settle()
        for widget in (self.page.sessions, self.page.delete, self.page.password.change):
            self.assertTrue(widget.winfo_viewable())
        self.assertFalse(self.page.password.protect.winfo_viewable())

    def test_no_text_is_cut_off_in_a_narrow_page_with_the_largest_text(self) -> None:
        self.log_in()
        self.theme.zoom(24)
        self.settings_window.geometry("520x360")
        self.until(lambda: self.settings_window.winfo_width() == 520)
        forms = (
            lambda: None,
            self.page.password.change.invoke,
            self.page.password.give_up.invoke,
            self.page.delete.invoke,
            self.page.card.change.invoke,
        )
        for open_form in forms:
            open_form()
            self.settle()
            self.assertEqual(cut_off(self.page), [])

    def test_it_follows_the_user_to_another_network(self) -> None:
        self.log_in()
        first, other = self.client.network, self.client.add_network()
        self.page.apply(ConversationsChanged(other))
        self.assertTrue(self.page.offline.winfo_manager())
        self.assertEqual(self.page.sessions.rows, [])
        self.client.use_network(first)
        self.page.apply(ConversationsChanged(first))
        self.answer("SESSIONS", *SESSIONS)
        self.until(lambda: len(self.page.sessions.rows) == 3)

    def test_without_a_connection_it_says_so(self) -> None:
        self.assertFalse(self.page.offline.winfo_manager())
        self.client.disconnect()
        self.until(lambda: bool(self.page.offline.winfo_viewable()))
        self.assertFalse(self.page.password.winfo_viewable())

    def test_a_narrow_window_cuts_nothing(self) -> None:
        self.log_in()
        for width in (980, 520):
            self.settings_window.geometry(f"{self.theme.px(width)}x{self.theme.px(480)}")
            self.until(lambda width=width: self.settings_window.winfo_width() == self.theme.px(width))  # type: ignore[misc]
            self.settle()
            right = self.page.winfo_rootx() + self.page.winfo_width()
            for widget in (
                self.page.card.change,
                self.page.card.badge,
                self.page.delete,
                self.page.sessions.others,
            ):
                self.assertGreaterEqual(widget.winfo_width(), widget.winfo_reqwidth())
                self.assertLessEqual(widget.winfo_rootx() + widget.winfo_width(), right)
