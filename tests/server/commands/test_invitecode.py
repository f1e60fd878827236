"""INVITECODE, and the accounts that are created with invite codes."""

from __future__ import annotations

from chatapp.server import config
from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Received
from chatapp.server.storage import invite_codes
from chatapp.server.tasks.periodic import delete_expired_codes
from tests.server.base import ServerTest

WANTED = "You need an invitation to create an account; give its code"
NOT_WANTED = "You have no account that needs a code: use REGISTER first"
WRONG = "The invite code is wrong, used up or expired"
CODE = "k3x9-abcd-efgh-jkmn"


class InvitationTest(ServerTest):
    CONFIG = "[accounts]\nregistration = 'invite'"

    def setUp(self) -> None:
        super().setUp()
        self.make_account("mod", role="moderator")
        self.enter_as("mod")

    def make_code(self, terms: str = "") -> str:
        """Return a new code of the moderator."""
        self.text("mod")
        self.say("mod", f"INVITECODE {terms}")
        (note,) = self.messages("mod")
        self.assertEqual(note.params[:2], ("INVITECODE", "CREATED"))
        self.assertIn(note.params[2], note.text)  # clients show only the text
        return note.params[2]

    def request_accounts(self, *names: str) -> None:
        """Let guests request accounts."""
        for name in names:
            self.enter(name)
            self.say(name, "REGISTER * * sesame")
            self.assertGot(name, f"REGISTER VERIFICATION_REQUIRED {name} :{WANTED}: VERIFY")


class MakingAccounts(InvitationTest):
    def test_a_code_creates_the_account_and_logs_in(self) -> None:
        code = self.make_code()
        self.request_accounts("ann")
        self.assertNotIn("ann", self.world.accounts)
        self.say("ann", f"VERIFY ann {code}")
        success, logged_in, *_ = self.got("ann")
        self.assertEqual(success, "VERIFY SUCCESS ann :The account was created")
        self.assertTrue(logged_in.startswith("900 ann "))
        self.restart()
        self.enter_as("ann")

    def test_a_code_is_accepted_before_registration(self) -> None:
        code = self.make_code()
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "USER ann 0 * :Ann", "REGISTER * * sesame")
        self.assertIn("draft/account-registration=before-connect", self.text("ann"))
        self.say("ann", f"VERIFY ann {code}", "CAP END")
        self.assertEqual(self.codes("ann")[:3], ["VERIFY", "900", "001"])

    def test_nickserv_accepts_a_code(self) -> None:
        code = self.make_code()
        self.enter("ann")
        self.assertAnswer("ann", "NS REGISTER sesame", f":NickServ NOTICE ann :{WANTED}: VERIFY <code>")
        self.assertAnswer("ann", "NS VERIFY wrong", f":NickServ NOTICE ann :{WRONG}")
        answer = self.answer("ann", f"NS VERIFY {code.replace('-', ' ')}")
        self.assertEqual(
            answer[0], ":NickServ NOTICE ann :Registered the account ann; you are logged in to it"
        )

    def test_a_wrong_code_is_refused_and_can_be_corrected(self) -> None:
        code = self.make_code()
        self.request_accounts("ann")
        self.assertAnswer("ann", f"VERIFY ann {code}x", f"FAIL VERIFY INVALID_CODE ann :{WRONG}")
        self.assertAnswer("ann", f"VERIFY ann {CODE}", f"FAIL VERIFY INVALID_CODE ann :{WRONG}")
        self.say("ann", f"VERIFY ann {code}")
        self.assertIn("ann", self.world.accounts)

    def test_guessing_is_rate_limited(self) -> None:
        self.request_accounts("ann")
        self.say("ann", *("VERIFY ann wrong" for _ in range(5)))
        expected = "Too many attempts, wait a minute"
        self.assertEqual(self.got("ann")[-1], f"FAIL VERIFY INVALID_CODE ann :{WRONG}")
        self.assertAnswer("ann", "VERIFY ann wrong", f"FAIL VERIFY TEMPORARILY_UNAVAILABLE ann :{expected}")

    def test_the_code_creates_the_requested_account(self) -> None:
        code = self.make_code()
        self.request_accounts("ann")
        self.assertAnswer("ann", f"VERIFY bob {code}", f"FAIL VERIFY INVALID_CODE bob :{NOT_WANTED}")

    def test_a_code_without_a_requested_account_is_refused(self) -> None:
        code = self.make_code()
        self.enter("ann")
        self.assertAnswer("ann", f"VERIFY ann {code}", f"FAIL VERIFY INVALID_CODE ann :{NOT_WANTED}")
        self.assertAnswer("ann", f"NS VERIFY {code}", f":NickServ NOTICE ann :{NOT_WANTED}")

    def test_the_first_of_two_clients_gets_the_name(self) -> None:
        code = self.make_code("2")
        self.enter("ann", "bob")
        for name in ("ann", "bob"):
            self.say(name, "REGISTER anna * sesame")
        self.say("bob", f"VERIFY anna {code}")
        self.text("ann")
        expected = "An account with this name already exists"
        self.assertAnswer("ann", f"VERIFY anna {code}", f"FAIL VERIFY ACCOUNT_EXISTS anna :{expected}")
        self.assertIn(" 1 ", self.answer("mod", "INVITECODE LIST")[0])

    def test_a_code_is_valid_for_a_limited_number_of_accounts(self) -> None:
        code = self.make_code("2")
        self.request_accounts("ann", "bob", "carl")
        for name in ("ann", "bob"):
            self.say(name, f"VERIFY {name} {code}")
        self.assertAnswer("carl", f"VERIFY carl {code}", f"FAIL VERIFY INVALID_CODE carl :{WRONG}")
        self.assertEqual(set(self.world.accounts), {"mod", "ann", "bob"})

    def test_the_limit_holds_when_two_clients_use_the_code_at_the_same_time(self) -> None:
        code = self.make_code()
        self.request_accounts("ann", "bob")
        self.turn(
            *(Received(self.links[name], read([f"VERIFY {name} {code}".encode()])) for name in ("ann", "bob"))
        )
        self.assertEqual(len(self.world.accounts), 2)
        self.assertIn("VERIFY SUCCESS", self.text("ann"))
        self.assertIn("FAIL VERIFY INVALID_CODE", self.text("bob"))

    def test_a_code_expires_after_its_days(self) -> None:
        code = self.make_code("1 1")
        self.request_accounts("ann")
        self._passed += 86_400
        self.assertAnswer("ann", f"VERIFY ann {code}", f"FAIL VERIFY INVALID_CODE ann :{WRONG}")

    def test_a_code_is_refused_while_registration_is_closed(self) -> None:
        code = self.make_code()
        self.request_accounts("ann")
        self.make_operator("ann")  # stays when the server is closed to guests
        self.say("mod", "LOCKDOWN on")
        self.text("ann")
        self.say("ann", f"VERIFY ann {code}")
        (failed,) = self.messages("ann")
        self.assertEqual(failed.params[:2], ("VERIFY", "TEMPORARILY_UNAVAILABLE"))

    def test_a_code_created_on_the_command_line_is_valid_at_once(self) -> None:
        self.request_accounts("ann")
        code = invite_codes.make_record(CODE, 1, 0, "run_server.py", self._milliseconds())
        self.store.write([invite_codes.upsert(code)])
        self.say("ann", f"VERIFY ann {CODE}")
        self.assertIn("ann", self.world.accounts)


class Codes(InvitationTest):
    def test_they_are_listed_by_their_prefix(self) -> None:
        one = self.make_code()
        self.pass_time(1)
        many = self.make_code("30 0")
        day = "2026-03-19"
        self.assertAnswer(
            "mod",
            "INVITECODE LIST",
            f"NOTE INVITECODE ENTRY {one[:4]} 1 {day}T12:00:00.000Z mod"
            f" :{one[:4]}: 1 person, until {day}, made by mod",
            f"NOTE INVITECODE ENTRY {many[:4]} 30 * mod :{many[:4]}: 30 people, for ever, made by mod",
            "NOTE INVITECODE END :2 codes",
        )

    def test_a_code_is_revoked_by_its_prefix_or_in_full(self) -> None:
        for name in (slice(4), slice(None)):
            code = self.make_code()
            self.request_accounts("ann")
            expected = "The code has been revoked"
            self.assertAnswer(
                "mod", f"INVITECODE REVOKE {code[name]}", f"NOTE INVITECODE REVOKED {code[:4]} :{expected}"
            )
            self.assertAnswer("ann", f"VERIFY ann {code}", f"FAIL VERIFY INVALID_CODE ann :{WRONG}")
            self.hang_up("ann")

    def test_an_unknown_code_cannot_be_revoked(self) -> None:
        expected = "There is no such code; INVITECODE LIST lists all"
        for typed in ("", " zzzz"):
            named = typed.strip() or "*"
            self.assertAnswer(
                "mod", f"INVITECODE REVOKE{typed}", f"FAIL INVITECODE NO_SUCH_CODE {named} :{expected}"
            )

    def test_invalid_parameters_are_refused(self) -> None:
        for line, allowed in (
            ("x", "x :Expected a number from 1 to 100000"),
            ("0", "0 :Expected a number from 1 to 100000"),
            ("100001", "100001 :Expected a number from 1 to 100000"),
            ("1 -1", "-1 :Expected a number from 0 to 3650"),
            ("1 3651", "3651 :Expected a number from 0 to 3650"),
            ("1 ٣", "٣ :Expected a number from 0 to 3650"),
        ):
            with self.subTest(line):
                self.assertAnswer("mod", f"INVITECODE {line}", f"FAIL INVITECODE INVALID_PARAMS {allowed}")

    def test_the_audit_log_records_actions_without_the_code(self) -> None:
        code = self.make_code("5")
        self.say("mod", f"INVITECODE REVOKE {code}")
        log = self.answer("mod", "AUDIT")
        self.assertIn(f"INVITECODE {code[:4]} 5 people, until 2026-03-19", log[-3])
        self.assertIn(f"INVITECODE {code[:4]} revoked", log[-2])
        self.assertNotIn(code[5:], "".join(log))

    def test_used_and_expired_codes_are_deleted(self) -> None:
        self.core.run_every(60, delete_expired_codes)
        self.make_code("1 1")
        code = self.make_code("1 2")
        self.request_accounts("ann")
        self.say("ann", f"VERIFY ann {code}")
        unlimited = self.make_code("1 0")
        self._passed += 86_400
        self.pass_time(61)
        rows = self.reader.rows("SELECT label FROM codes").fetchall()
        self.assertEqual(rows, [(unlimited[:4],)])

    def test_a_code_can_be_created_before_it_is_needed(self) -> None:
        for policy in ("open", "closed"):
            self.world.configure(config.parse(f"[accounts]\nregistration = '{policy}'"), is_locked=False)
            self.assertRegex(self.make_code(), r"^[a-z0-9]{4}-[a-z0-9]{4}$")

    def test_only_moderators_may_create_codes(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "INVITECODE", "481 ann :Permission Denied- You're not an IRC operator")


class MembersOnly(InvitationTest):
    CONFIG = "[accounts]\nregistration = 'invite'\nmembers_only = true"

    def test_a_guest_with_a_code_can_join(self) -> None:
        code = self.make_code()
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "USER ann 0 * :Ann", "REGISTER * * sesame")
        self.say("ann", f"VERIFY ann {code}", "CAP END")
        self.assertIn("001", self.codes("ann"))

    def test_a_guest_with_a_requested_account_only_cannot_join(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "USER ann 0 * :Ann", "REGISTER * * sesame", "CAP END")
        self.assertEqual(self.codes("ann")[-2:], ["FAIL", "ERROR"])
