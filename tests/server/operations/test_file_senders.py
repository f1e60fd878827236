"""Who may send files, and where to."""

from __future__ import annotations

from chatapp.server.operations import file_senders
from chatapp.server.operations.file_senders import (
    base_url,
    reason_not_to_send,
    sender_of_account,
    sender_of_user,
)
from chatapp.server.state.accounts import Account
from tests.server.file_service import FileTest


class Permission(FileTest):
    def reasons(self, who: str) -> list[bool]:
        """Return whether a guest, a member, a moderator and an owner may not send files."""
        self.write_config(f'who = "{who}"')
        guest = sender_of_user(self.world, self.user("gus"), self.user("gus").sessions[0])
        members = [
            sender_of_account(Account("x", "", role, "", 0)) for role in ("member", "moderator", "owner")
        ]
        return [bool(reason_not_to_send(self.world, sender)) for sender in (guest, *members)]

    def test_it_depends_on_the_configuration(self) -> None:
        self.enter("gus")
        for who, refused in (
            ("everybody", [False, False, False, False]),
            ("members", [True, False, False, False]),
            ("moderators", [True, True, False, False]),
            ("nobody", [True, True, True, True]),
        ):
            with self.subTest(who):
                self.assertEqual(self.reasons(who), refused)

    def test_guests_of_an_address_have_one_payer_and_an_account_is_one_everywhere(self) -> None:
        self.enter("gus", "gil")
        self.enter("far", address="198.51.100.1")
        self.enter_as("ann", address="198.51.100.2")
        payers = [
            sender_of_user(self.world, self.user(name), self.user(name).sessions[0]).payer
            for name in ("gus", "gil", "far", "ann")
        ]
        self.assertEqual(payers[0], payers[1])
        self.assertEqual(len(set(payers)), 3)
        self.assertEqual(payers[3], sender_of_account(self.world.accounts["ann"]).payer)

    def test_no_files_are_offered_without_a_place_for_them(self) -> None:
        self.assertTrue(file_senders.is_offered(self.world))
        self.world.files.contents = None
        self.assertFalse(file_senders.is_offered(self.world))


class Urls(FileTest):
    def base(
        self, links: list[str], address: str = "192.0.2.7", is_secure: bool = False, shared: bool = True
    ) -> str:
        self.world.invite_links = lambda: links
        self.world.is_shared = lambda: shared
        self.connect("web", address, is_secure)
        return base_url(self.world, list(self.core._turn.sessions.values())[-1])

    def test_the_best_invite_link_gives_the_host(self) -> None:
        self.assertEqual(
            self.base(["ircs://192.168.1.20:5001/general", "ircs://10.0.0.1:5001"]),
            "http://192.168.1.20:5001",
        )

    def test_a_connection_with_tls_gets_https(self) -> None:
        self.assertEqual(self.base(["ircs://chat.example:6697"], is_secure=True), "https://chat.example:6697")

    def test_behind_a_proxy_the_url_is_the_configured_one(self) -> None:
        self.write_config('url = "https://chat.example"')
        for is_secure in (True, False):
            self.assertEqual(self.base(["ircs://10.0.0.1:5000"], is_secure=is_secure), "https://chat.example")

    def test_a_configured_url_without_tls_is_not_for_who_has_it(self) -> None:
        self.write_config('url = "http://chat.example"')
        self.assertEqual(self.base(["ircs://10.0.0.1:5000"]), "http://chat.example")
        self.assertEqual(self.base(["ircs://10.0.0.1:5000"], is_secure=True), "https://10.0.0.1:5000")

    def test_an_ipv6_address_is_in_brackets(self) -> None:
        self.assertEqual(self.base(["ircs://[2001:db8::1]:5000"]), "http://[2001:db8::1]:5000")

    def test_a_server_that_is_not_shared_is_on_this_computer(self) -> None:
        self.assertEqual(
            self.base(["ircs://localhost:5003"], "127.0.0.1", shared=False), "http://127.0.0.1:5003"
        )

    def test_a_shared_server_has_an_address_for_all_also_for_its_own_computer(self) -> None:
        self.assertEqual(self.base(["ircs://192.168.1.20:5003"], "127.0.0.1"), "http://192.168.1.20:5003")
