"""Who makes a request: tokens and passwords."""

from __future__ import annotations

import base64

from chatapp.server.operations.file_authorization import break_off_refused
from chatapp.server.state.file_transfers import FileRequest, UploadPermit
from tests.server.file_service import FileTest, status_of


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


class Authorization(FileTest):
    def status(self, authorization: str, is_secure: bool = True, address: str = "192.0.2.7") -> int:
        """Ask for an upload; return 201 if it is permitted, else the status of the refusal."""
        request = FileRequest("upload", name="a", size=1, authorization=authorization)
        return status_of(self.request(request, address, is_secure))

    def test_a_token_in_the_path_or_as_bearer(self) -> None:
        self.enter("ann")
        token = self.token("ann")
        self.assertIsInstance(self.request(FileRequest("upload", size=1, token=token)), UploadPermit)
        self.assertEqual(self.status(f"Bearer {token}"), 201)
        self.assertEqual(self.status(f"bearer  {token}"), 201)

    def test_a_token_that_is_wrong_or_of_a_session_that_has_ended(self) -> None:
        self.enter("ann")
        token = self.token("ann")
        self.hang_up("ann")
        for wrong in (token, "x", ""):
            with self.subTest(wrong):
                self.assertEqual(self.status(f"Bearer {wrong}"), 401)

    def test_an_account_with_its_password(self) -> None:
        self.make_account("ann", password="sé:same")
        self.assertEqual(self.status(basic("Ann", "sé:same")), 201)

    def test_a_wrong_password_and_nonsense_are_unauthorized(self) -> None:
        self.make_account("ann")
        for authorization in (
            "", basic("ann", "wrong"), basic("nobody", "sesame"), basic("", "sesame"), "Basic", "Basic !!!",
            "Basic " + base64.b64encode(b"\xff:\xff").decode(), "Basic " + base64.b64encode(b"ann").decode(),
            "Digest x",
        ):  # fmt: skip
            with self.subTest(authorization):
                self.assertEqual(self.status(authorization), 401)

    def test_the_challenge_names_the_chat(self) -> None:
        self.write_settings('[server]\nnetwork = "Room \\"12\\" é"')
        reply = self.refused(FileRequest("upload"))
        self.assertEqual(reply.fields["WWW-Authenticate"], 'Basic realm="Room \\"12\\" ?", charset="UTF-8"')

    def test_a_password_without_tls_is_refused_unless_from_this_computer(self) -> None:
        self.make_account("ann")
        self.assertEqual(self.status(basic("ann", "sesame"), is_secure=False), 403)
        self.assertEqual(self.status(basic("ann", "sesame"), is_secure=False, address="127.0.0.1"), 201)

    def test_wrong_passwords_are_limited_like_those_of_logins(self) -> None:
        self.make_account("ann")
        limit = self.world.config.limits.password_attempts
        address = "203.0.113.5"
        self.assertEqual({self.status(basic("ann", "wrong"), address=address) for _ in range(limit)}, {401})
        self.assertEqual(self.status(basic("ann", "sesame"), address=address), 429)

    def test_a_banned_account_is_refused(self) -> None:
        self.make_account("ann")
        self.enter("boss")
        self.make_operator("boss")
        self.say("boss", "BAN ~account:ann :spam")
        self.assertEqual(self.status(basic("ann", "sesame")), 403)


class BreakingOff(FileTest):
    """Uploads by those who may not send files any more end before they are complete."""

    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(1.0, break_off_refused)
        self.enter("boss", address="192.0.2.99")
        self.make_operator("boss")
        self.enter("gus", address="192.0.2.7")

    def refusals(self, name: str, *commands: str) -> list[str]:
        """Begin an upload, have the owner send these commands, and return why it is broken off."""
        self.begin(self.token(name), "hello")
        self.say("boss", *commands)
        self.pass_time(1.5)
        link = self.links[self.under_way]
        self.assertFalse(link.is_closed)
        self.assertEqual({each.status for each in link.refusals} - {403}, set())
        return [each.text for each in link.refusals[:1]]

    def test_banned_senders(self) -> None:
        self.enter_as("ann")
        self.enter("joe", address="192.0.2.8")
        for name, mask in (("ann", "~account:ann"), ("gus", "gus!*@*"), ("joe", "192.0.2.0/28")):
            with self.subTest(mask):
                (text,) = self.refusals(name, f"BAN {mask} :spam")
                self.assertIn("spam", text)
                self.say("boss", f"UNBAN {mask}")

    def test_other_senders_go_on(self) -> None:
        self.enter("joe", address="198.51.100.7")
        self.assertEqual(self.refusals("gus", "BAN joe!*@* :spam", "BAN 198.51.100.7 :spam"), [])

    def test_a_sender_with_a_role_goes_on(self) -> None:
        self.enter_as("mod")
        self.make_operator("mod", "moderator")
        self.assertEqual(self.refusals("mod", "BAN 192.0.2.0/28 :spam"), [])

    def test_a_guest_who_is_not_there_may_come_back_until_the_end(self) -> None:
        self.begin(self.token("gus"), "hello")
        self.hang_up("gus")
        self.pass_time(1.5)
        self.assertEqual(self.links[self.under_way].refusals, [])

    def test_senders_who_lost_the_permission_or_their_account(self) -> None:
        self.begin(self.token("gus"), "hello")
        self.write_config('who = "members"')
        self.pass_time(1.5)
        self.assertEqual(len(self.links[self.under_way].refusals), 1)
        self.enter_as("ann")
        self.begin(self.token("ann"), "hello")
        self.world.remove_account(self.world.accounts["ann"])
        self.hang_up("ann")
        self.pass_time(1.5)
        self.assertEqual(len(self.links[self.under_way].refusals), 1)
