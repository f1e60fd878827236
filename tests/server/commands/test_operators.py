"""OPER, roles, KILL, WALLOPS and the audit log: the rights of server operators."""

from __future__ import annotations

import unittest

from chatapp.protocol.credentials import FEWEST_ROUNDS, Credentials
from chatapp.server.commands import COMMANDS
from chatapp.server.storage import account_rows, audit_log, settings
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.first_start import store_owner_key
from tests.server.base import SERVER, ServerTest


def hashed(password: str) -> str:
    return Credentials.make(password, b"salt" * 4, FEWEST_ROUNDS).stored()


NO_OPERATOR = "481 {} :Permission Denied- You're not an IRC operator"


class Oper(ServerTest):
    CONFIG = f'[operators]\nroot = "{hashed("toor")}"\n[limits]\npassword_attempts = 3'

    def setUp(self) -> None:
        super().setUp()
        self.store.write([settings.upsert(settings.OWNER_CREDENTIALS, hashed("first").encode())])
        self.restart()
        self.enter("ann")

    def test_oper_with_the_password_of_the_first_start(self) -> None:
        self.assertAnswer("ann", "OPER owner first", "381 ann :You are now an IRC operator", "MODE ann +o")
        self.assertEqual(self.user("ann").role, "owner")

    def test_oper_with_the_key_of_the_window_that_started_the_server(self) -> None:
        key = "the key of the owner"
        self.assertIn("464", "".join(self.answer("ann", f"OPER owner-key :{key}")))
        store_owner_key(self.store, key)  # as another program does, while the server runs
        self.assertIn("464", "".join(self.answer("ann", "OPER owner-key :another key of someone")))
        self.assertAnswer(
            "ann", f"OPER owner-key :{key}", "381 ann :You are now an IRC operator", "MODE ann +o"
        )
        self.assertEqual(self.user("ann").role, "owner")

    def test_the_log_tells_of_the_first_use_of_the_key_by_a_person_only(self) -> None:
        key = "the key of the owner"
        store_owner_key(self.store, key)
        for nick in ("bob", "bob", "cy"):
            self.enter(nick)
            self.say(nick, f"OPER owner-key :{key}")
            self.say(nick, "QUIT")
        self.say("ann", f"OPER owner-key :{key}")
        entries = [line for line in self.answer("ann", "AUDIT") if " OPER owner-key" in line]
        self.assertEqual(["bob", "cy", "ann"], [line.split("Z ")[1].split("!")[0] for line in entries])

    def test_oper_with_a_name_and_password_of_the_configuration(self) -> None:
        self.assertAnswer("ann", "OPER root toor", "381 ann :You are now an IRC operator", "MODE ann +o")

    def test_the_owner_can_stop_the_server(self) -> None:
        stopped: list[str] = []
        self.world.stop = stopped.append
        self.assertAnswer("ann", "STOP", "481 ann :Permission Denied- You're not an IRC operator")
        self.assertEqual([], stopped)
        self.say("ann", "OPER owner first")
        self.say("ann", "STOP :Good night")
        self.assertEqual(["The server was stopped by ann: Good night"], stopped)
        self.assertIn(f"STOP {SERVER} Good night", "".join(self.answer("ann", "AUDIT 1")))

    def test_die_is_another_name_for_stop(self) -> None:
        stopped: list[str] = []
        self.world.stop = stopped.append
        self.say("ann", "OPER owner first", "DIE")
        self.assertEqual(["The server was stopped by ann"], stopped)

    def test_a_moderator_cannot_stop_the_server(self) -> None:
        self.make_operator("ann", "moderator")
        self.assertAnswer("ann", "STOP", "723 ann STOP :Insufficient oper privileges")

    def test_a_wrong_name_or_password(self) -> None:
        for line in ("OPER owner toor", "OPER root first", "OPER nobody first"):
            with self.subTest(line):
                self.assertAnswer("ann", line, "464 ann :Wrong account name or password")
        self.assertFalse(self.user("ann").is_operator)

    def test_a_password_is_needed(self) -> None:
        self.assertAnswer("ann", "OPER owner", "461 ann OPER :Not enough parameters")

    def test_too_many_attempts_are_rate_limited(self) -> None:
        self.enter("eve", address="8.8.8.8")
        for _ in range(3):
            self.say("eve", "OPER owner wrong")
        self.assertEqual(
            self.answer("eve", "OPER owner first"), ["464 eve :Too many attempts, wait a minute"]
        )
        self.pass_time(61)
        self.assertEqual(self.answer("eve", "OPER owner first")[0], "381 eve :You are now an IRC operator")

    def test_an_account_stays_owner_after_reconnecting(self) -> None:
        self.enter_as("bob")
        self.say("bob", "OPER owner first")
        self.restart()
        self.enter_as("bob")
        self.assertEqual(self.user("bob").role, "owner")
        self.assertEqual(account_rows.load_all(self.store)["bob"].role, "owner")

    def test_a_guest_loses_the_role_after_reconnecting(self) -> None:
        self.say("ann", "OPER owner first", "QUIT")
        self.enter("ann")
        self.assertFalse(self.user("ann").is_operator)

    def test_an_operator_can_give_up_the_role(self) -> None:
        self.say("ann", "OPER owner first")
        self.assertAnswer("ann", "MODE ann -o", ":ann MODE ann -o")
        self.assertEqual(self.user("ann").role, "member")
        self.assertAnswer("ann", "KILL ann", NO_OPERATOR.format("ann"))


class Roles(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("boss", role="owner")
        self.make_account("mod", role="moderator")

    def test_an_owner_gives_and_removes_roles(self) -> None:
        self.make_account("ann")
        self.enter_as("ann")
        self.enter_as("boss")
        self.assertAnswer(
            "boss", "ROLE ann moderator", "NOTE ROLE IS ann moderator :The role of ann is moderator"
        )
        self.assertGot("ann", "MODE ann +o")
        self.assertEqual(account_rows.load_all(self.store)["ann"].role, "moderator")
        self.say("boss", "ROLE ann member")
        self.assertGot("ann", "MODE ann -o")

    def test_a_moderator_sees_roles_and_cannot_change_them(self) -> None:
        self.enter_as("mod")
        self.assertAnswer("mod", "ROLE boss", "NOTE ROLE IS boss owner :The role of boss is owner")
        self.assertAnswer("mod", "ROLE mod owner", "723 mod ROLE :Insufficient oper privileges")
        self.enter("ann")
        self.assertAnswer("ann", "ROLE boss", NO_OPERATOR.format("ann"))

    def test_an_unknown_account_or_role(self) -> None:
        self.enter_as("boss")
        self.assertAnswer("boss", "ROLE nobody", "FAIL ROLE NO_SUCH_ACCOUNT nobody :There is no such account")
        self.assertAnswer(
            "boss",
            "ROLE mod king",
            "FAIL ROLE NO_SUCH_ROLE king :The role must be one of member, moderator, owner",
        )

    def test_every_command_that_needs_a_role_is_refused_without_one(self) -> None:
        self.enter("ann")
        for name, command in COMMANDS.items():
            if command.role != "member":
                with self.subTest(name):
                    self.assertAnswer("ann", f"{name} a b c", NO_OPERATOR.format("ann"))

    def test_commands_for_owners_are_refused_to_moderators(self) -> None:
        self.enter_as("mod")
        for name, command in COMMANDS.items():
            if command.role == "owner":
                with self.subTest(name):
                    self.assertAnswer("mod", name, f"723 mod {name} :Insufficient oper privileges")


class Kill(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", channel="#c")
        self.make_operator("ann", "moderator")

    def test_a_user_is_disconnected(self) -> None:
        self.say("ann", "KILL bob :Spam")
        self.assertGot("bob", "ERROR :Killed (ann (Spam))")
        self.assertGot("eve", ":bob QUIT :Killed (ann (Spam))")
        self.assertNotIn("bob", self.world.users)

    def test_a_persistent_user_is_removed_too(self) -> None:
        self.enter_as("dan", "home", "school")
        self.say("ann", "KILL dan")
        self.assertEqual(self.codes("home") + self.codes("school"), ["ERROR", "ERROR"])
        self.assertNotIn("dan", self.world.users)

    def test_an_unknown_nick_and_the_server_itself(self) -> None:
        self.assertAnswer("ann", "KILL nobody :Spam", "401 ann nobody :No such nick or channel")
        self.assertAnswer("ann", "KILL chatapp.local :Spam", "483 ann :You can't kill a server!")
        self.assertAnswer("ann", "KILL", "461 ann KILL :Not enough parameters")

    def test_a_user_of_a_higher_role_cannot_be_killed(self) -> None:
        self.make_operator("eve", "owner")
        self.assertAnswer("ann", "KILL eve", "723 ann KILL :Insufficient oper privileges")
        self.say("eve", "KILL ann")
        self.assertNotIn("ann", self.world.users)


class Wallops(ServerTest):
    def test_users_with_mode_w_get_it(self) -> None:
        self.enter("ann", "bob", "eve")
        self.make_operator("ann", "moderator")
        self.say("bob", "MODE bob +w")
        self.forget()
        self.assertAnswer("ann", "WALLOPS :Restart at noon")
        self.assertGot("bob", ":ann WALLOPS :Restart at noon")
        self.assertGot("eve")
        self.assertAnswer("ann", "WALLOPS :", "461 ann WALLOPS :Not enough parameters")
        self.assertAnswer("eve", "WALLOPS :hello", NO_OPERATOR.format("eve"))


class Audit(ServerTest):
    def test_entries_show_actor_action_subject_and_time(self) -> None:
        self.enter_as("mod")
        self.user("mod").operator_role = "moderator"
        self.make_operator("mod", "moderator")
        self.enter("bob", address="192.0.2.9")
        self.say("mod", "KILL bob :Spam")
        self.pass_time(61)
        self.say("mod", "BAN 192.0.2.9 1h :Spam again")
        host = self.user("mod").source
        bob = f"bob!bob@{self.world.cloak('192.0.2.9')}"
        self.assertAnswer(
            "mod",
            "AUDIT",
            f"NOTE AUDIT ENTRY 2026-03-12T12:00:00.000Z {host} mod KILL {bob}"
            f" :2026-03-12T12:00:00.000Z mod: KILL {bob} Spam",
            f"NOTE AUDIT ENTRY 2026-03-12T12:01:01.000Z {host} mod BAN 192.0.2.9"
            " :2026-03-12T12:01:01.000Z mod: BAN 192.0.2.9 until 2026-03-12T13:01:01.000Z: Spam again",
            "NOTE AUDIT END :2 entries",
        )
        self.assertEqual(len(self.answer("mod", "AUDIT 1")), 2)
        self.assertIn(" BAN ", self.answer("mod", "AUDIT 1")[0])

    def test_passwords_are_not_recorded(self) -> None:
        self.world.owner_credentials = hashed("first")
        self.enter("ann")
        self.say("ann", "OPER owner wrong", "OPER owner first")
        answer = "\n".join(self.answer("ann", "AUDIT"))
        self.assertIn(" OPER owner :", answer)
        self.assertNotIn("first", answer)
        self.assertIn("1 entry", answer)

    def test_the_size_of_the_log_is_limited(self) -> None:
        for number in range(5):
            self.store.write([audit_log.insert(AuditEntry(number, "ann", "", "KILL", "bob", ""))])
        self.store.write([audit_log.delete_old(2)])
        self.enter("ann")
        self.make_operator("ann")
        self.assertEqual(self.answer("ann", "AUDIT")[-1], "NOTE AUDIT END :2 entries")


if __name__ == "__main__":
    unittest.main()
