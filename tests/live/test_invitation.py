"""A server for members with invite links and codes, used by the real client."""

from __future__ import annotations

import subprocess

from chatapp.client.login import Login, for_invite
from chatapp.protocol.invite_links import Invite
from tests.live.base import DEADLINE, PYTHON, ROOT
from tests.live.test_trust import HERE, PASSWORD, TrustTest


class Invitations(TrustTest):
    CONFIG = "[accounts]\nregistration = 'invite'\nmembers_only = true"

    def setUp(self) -> None:
        super().setUp()
        self.start()

    def link(self) -> Invite:
        """Return the link that `run_server.py invite --code` prints."""
        flags = ("invite", "--code", "--data", str(self.data))
        command = [*PYTHON, str(ROOT / "run_server.py"), *flags]
        done = subprocess.run(command, text=True, check=True, capture_output=True, cwd=ROOT, timeout=DEADLINE)
        return Invite.parse(done.stdout)

    def login(self, nick: str, code: str = "") -> Login:
        return Login(HERE, self.server.port, nick, PASSWORD, code=code)

    def test_with_the_link_a_name_and_a_password_are_enough(self) -> None:
        ann, failed = self.connect_as(for_invite(Login("", nick="ann", password=PASSWORD), self.link()))
        self.assertIsNone(failed)
        self.assertEqual((ann.network.account, ann.network.privacy), ("ann", "encrypted"))
        ann.close()
        again, failed = self.connect_as(self.login("ann"))
        self.assertIsNone(failed)
        self.assertEqual(again.network.account, "ann")

    def test_a_code_creates_one_account(self) -> None:
        code = self.link().code
        self.assertIsNone(self.connect_as(self.login("ann", code))[1])
        _, failed = self.connect_as(self.login("bob", code))
        assert failed
        self.assertEqual(failed.kind, "code")
        self.assertIn("used up", failed.reason)

    def test_without_a_code_a_new_account_is_refused(self) -> None:
        _, failed = self.connect_as(Login(HERE, self.server.port, "eve"))
        assert failed
        self.assertEqual((failed.kind, failed.makes_accounts), ("password", True))
        _, failed = self.connect_as(Login(HERE, self.server.port, "eve", PASSWORD, new_account=True))
        assert failed
        self.assertEqual(failed.kind, "code")

    def test_a_moderator_creates_a_code_in_the_chat(self) -> None:
        self.assertIsNone(self.connect_as(self.login("ann", self.link().code))[1])
        boss = self.connect()
        boss.send(f"PASS :ann:{PASSWORD}", "NICK ann", "USER ann 0 * :Ann")
        boss.until("001")
        password = self.server.printed("Owner password").rpartition(" ")[2]
        boss.send(f"OPER owner {password}", "INVITECODE 2")
        code = boss.until("NOTE").params[2]
        for name in ("bob", "carl"):
            self.assertIsNone(self.connect_as(self.login(name, code))[1])
        boss.send(f"INVITECODE REVOKE {code}")
        boss.until("NOTE")
        _, failed = self.connect_as(self.login("dora", code))
        assert failed
        self.assertEqual(failed.kind, "code")
        self.server.stop()
        self.assertNotIn(code[5:], "\n".join(self.server.lines))


class OpenToAll(TrustTest):
    CONFIG = "[accounts]\nmembers_only = true"

    def test_requesting_an_account_is_enough(self) -> None:
        self.start()
        ann, failed = self.connect_as(Login(HERE, self.server.port, "ann", PASSWORD, new_account=True))
        self.assertIsNone(failed)
        self.assertEqual(ann.network.account, "ann")
        _, failed = self.connect_as(Login(HERE, self.server.port, "ann", "wrong", new_account=True))
        assert failed
        self.assertEqual(failed.kind, "password")
        self.assertIn("already", failed.reason)
