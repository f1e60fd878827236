"""SETTING: what owners change while the server runs."""

from __future__ import annotations

import unittest

from chatapp.server.commands.setting import SETTINGS
from chatapp.server.operations.server_settings import LOCKED_OUT
from tests.server.base import ServerTest


class SettingTest(ServerTest):
    CONFIG = "[server]\nnetwork = 'Lab'"

    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann", role="owner")
        self.make_account("mod", role="moderator")
        self.enter_as("ann")
        self.enter_as("mod")
        self.enter("eve")
        self.shared: list[bool | None] = []
        self.world.share = self.share
        self.failure = ""

    def share(self, chosen: bool | None) -> str:
        self.shared.append(chosen)
        return self.failure


class Showing(SettingTest):
    def test_owners_and_moderators_see_all_settings(self) -> None:
        for name in ("ann", "mod"):
            self.assertAnswer(
                name,
                "SETTING",
                "NOTE SETTING ENTRY name configured Lab",
                "NOTE SETTING ENTRY access configured everyone",
                "NOTE SETTING ENTRY sharing configured off",
                "NOTE SETTING ENTRY closed configured off",
                "NOTE SETTING ENTRY files-who configured everybody",
                "NOTE SETTING ENTRY files-max_bytes configured 25000000",
                "NOTE SETTING ENTRY files-total_bytes configured 2000000000",
                "NOTE SETTING ENTRY files-bytes_per_day configured 500000000",
                "NOTE SETTING ENTRY files-keep_days configured 90",
                "NOTE SETTING ENTRY files-when_full configured refuse",
                "NOTE SETTING END :10 settings",
            )

    def test_one_setting_is_shown_by_its_name(self) -> None:
        self.assertAnswer("mod", "SETTING Access", "NOTE SETTING ENTRY access configured everyone")

    def test_members_see_none(self) -> None:
        self.assertAnswer("eve", "SETTING", "481 eve :Permission Denied- You're not an IRC operator")

    def test_an_unknown_setting(self) -> None:
        text = f"There is no such setting; there are {', '.join(SETTINGS)}"
        self.assertAnswer("ann", "SETTING colour :red", f"FAIL SETTING NO_SUCH_SETTING colour :{text}")


class Changing(SettingTest):
    def test_only_owners_change_them(self) -> None:
        for name in SETTINGS:
            self.assertAnswer("mod", f"SETTING {name} :on", "723 mod SETTING :Insufficient oper privileges")

    def test_the_name_is_announced_recorded_and_kept(self) -> None:
        answer = self.answer("ann", "SETTING name :Room  12")
        self.assertIn("NOTE SETTING CHANGED name set :Room 12", answer)
        self.assertIn(r"005 ann NETWORK=Room\x2012 :are supported by this server", answer)
        self.assertIn("SETTING name Room 12", "".join(self.answer("ann", "AUDIT 1")))
        self.restart()
        self.enter_as("ann")
        self.assertAnswer("ann", "SETTING name", "NOTE SETTING ENTRY name set :Room 12")

    def test_a_name_typed_without_a_colon_is_whole(self) -> None:
        self.assertIn("NOTE SETTING CHANGED name set :Room 12", self.answer("ann", "SETTING name Room 12"))

    def test_reset_returns_to_the_configuration(self) -> None:
        self.say("ann", "SETTING name :Room 12", "SETTING access invite")
        self.assertIn("NOTE SETTING CHANGED name configured Lab", self.answer("ann", "SETTING RESET name"))
        answer = self.answer("ann", "SETTING RESET access")
        self.assertIn("NOTE SETTING CHANGED access configured everyone", answer)

    def test_values_that_are_not_valid(self) -> None:
        for line, text in (
            ("name :\u200b", "A name needs a character that can be seen"),
            (f"name :{'x' * 65}", "A name can have at most 64 characters"),
            ("access :friends", "Expected one of everyone, invite, accounts"),
            ("sharing :maybe", "Expected on or off"),
            ("closed :maybe", "Expected on or off"),
        ):
            with self.subTest(line):
                name = line.partition(" ")[0]
                self.assertAnswer("ann", f"SETTING {line}", f"FAIL SETTING INVALID_VALUE {name} :{text}")

    def test_access_by_invitation(self) -> None:
        answer = self.answer("ann", "SETTING access INVITE")
        self.assertIn("NOTE SETTING CHANGED access set invite", answer)
        self.connect("bob")
        self.say("bob", "NICK bob", "USER bob 0 * :Bob")
        self.assertIn("INVITE_REQUIRED", self.text("bob"))

    def test_an_owner_without_an_account_cannot_lock_themselves_out(self) -> None:
        self.make_operator("eve")
        for name, value in (("access", "invite"), ("access", "accounts"), ("closed", "on")):
            with self.subTest(name=name, value=value):
                refused = f"FAIL SETTING NEED_ACCOUNT {name} :{LOCKED_OUT}"
                self.assertAnswer("eve", f"SETTING {name} {value}", refused)

    def test_an_owner_without_an_account_opens_the_server(self) -> None:
        self.say("ann", "SETTING access invite")
        self.make_operator("eve")
        answer = self.answer("eve", "SETTING access everyone")
        self.assertIn("NOTE SETTING CHANGED access set everyone", answer)

    def test_sharing_is_switched_and_kept(self) -> None:
        answer = self.answer("ann", "SETTING sharing on")
        self.assertEqual((self.shared, self.world.live_settings.sharing), ([True], True))
        self.assertIn("NOTE SETTING CHANGED sharing set off", answer)  # the fake application stays off
        self.say("ann", "SETTING RESET sharing")
        self.assertEqual((self.shared, self.world.live_settings.sharing), ([True, None], None))

    def test_sharing_that_is_not_possible_changes_nothing(self) -> None:
        self.failure = "port 5000 of 192.0.2.1 is in use by another program"
        refused = f"FAIL SETTING CANNOT_LISTEN sharing :{self.failure}"
        self.assertAnswer("ann", "SETTING sharing on", refused)
        self.assertIsNone(self.world.live_settings.sharing)

    def test_a_closed_server_keeps_those_who_are_connected(self) -> None:
        self.assertIn("NOTE SETTING CHANGED closed set on", self.answer("ann", "SETTING closed on"))
        self.assertFalse(self.links["eve"].is_closed)
        answer = self.answer("ann", "SETTING RESET closed")
        self.assertIn("NOTE SETTING CHANGED closed configured off", answer)

    def test_a_lockdown_is_shown_as_closed_and_ends_with_it(self) -> None:
        self.say("ann", "LOCKDOWN on")
        self.assertAnswer("ann", "SETTING closed", "NOTE SETTING ENTRY closed set on")
        self.say("ann", "SETTING closed off")
        self.assertIn("NOTE LOCKDOWN OFF", "".join(self.answer("ann", "LOCKDOWN")))

    def test_others_who_watch_are_told(self) -> None:
        self.say("mod", "OVERVIEW WATCH on")
        self.forget()
        self.say("ann", "SETTING access invite")
        self.assertGot(
            "mod",
            "NOTE OVERVIEW CHANGED settings :The settings of the server have changed",
            "NOTE AUDIT ADDED :The moderation log has a new entry",
        )


class OfFiles(SettingTest):
    """Keys of [files] that owners change while the server runs."""

    def test_a_limit_is_announced_recorded_and_kept(self) -> None:
        answer = self.answer("ann", "SETTING files-max_bytes 1000")
        self.assertIn("NOTE SETTING CHANGED files-max_bytes set 1000", answer)
        self.assertIn("SETTING files-max_bytes 1000", "".join(self.answer("ann", "AUDIT 1")))
        self.restart()
        self.assertEqual(self.world.config.files.max_bytes, 1000)

    def test_words_of_two_parts_and_in_capitals(self) -> None:
        self.say("ann", "SETTING files-when_full Oldest first", "SETTING files-who MEMBERS")
        files = self.world.config.files
        self.assertEqual((files.when_full, files.who), ("oldest first", "members"))

    def test_reset_changes_one_of_them(self) -> None:
        self.say("ann", "SETTING files-max_bytes 1000", "SETTING files-keep_days 3")
        self.say("ann", "SETTING RESET files-max_bytes")
        files = self.world.config.files
        self.assertEqual((files.max_bytes, files.keep_days), (25_000_000, 3))

    def test_values_that_are_not_allowed(self) -> None:
        for line, text in (
            ("files-max_bytes many", "max_bytes must be a whole number of at least 0, not 'many'"),
            ("files-keep_days -1", "keep_days must be a whole number of at least 0, not '-1'"),
            (
                "files-who all",
                "who must be one of 'everybody', 'members', 'moderators', 'nobody', not 'all'",
            ),
        ):
            with self.subTest(line):
                name = line.split()[0]
                self.assertAnswer("ann", f"SETTING {line}", f"FAIL SETTING INVALID_VALUE {name} :{text}")


if __name__ == "__main__":
    unittest.main()
