"""Several sessions of one user, and users without any."""

from __future__ import annotations

from tests.server.base import ServerTest


class SeveralSessions(ServerTest):
    """Ann uses a laptop and a phone, under one nick."""

    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", "laptop", channel="#c")
        self.enter("bob", channel="#c")
        self.say("bob", "TOPIC #c :Tea", "MODE bob +B")
        self.forget()
        self.make_account("other")

    def add_phone(self, caps: str = "") -> list[str]:
        """Connect the phone; return what it gets."""
        self.connect("phone")
        self.say("phone", f"CAP REQ :sasl {caps}")
        self.authenticate("phone", "ann")
        self.text("phone")
        self.say("phone", "NICK Ann", "USER phone 0 * :Phone", "CAP END")
        return self.got("phone")

    def test_the_second_session_gets_the_channels(self) -> None:
        self.say("laptop", "TOPIC #c :Tea")
        self.forget()
        lines = self.add_phone()
        start = lines.index(":ann JOIN #c")
        self.assertTrue(lines[0].startswith("001 ann "))
        self.assertEqual(
            [line.split()[0] for line in lines[start + 1 :]],
            ["332", "333", "353", "366"],
        )
        self.assertIn("353 ann = #c :@ann bob", lines)

    def test_the_second_session_gets_the_modes_and_away_status(self) -> None:
        self.say("laptop", "MODE ann +B", "AWAY :lunch")
        lines = self.add_phone()
        self.assertIn("221 ann +BZ", lines)
        self.assertIn("306 ann :You have been marked as being away", lines)

    def test_the_user_is_secure_as_long_as_every_session_is(self) -> None:
        self.assertEqual(self.user("ann").modes, {"Z"})
        self.connect("phone")
        self.say("phone", "PASS ann:sesame", "NICK ann", "USER phone 0 * :Phone")
        self.assertGot("laptop", "MODE ann -Z")
        self.hang_up("phone")
        self.assertGot("laptop", "MODE ann +Z")
        self.hang_up("laptop")
        self.assertEqual(self.user("ann").modes, set())

    def test_other_users_do_not_notice(self) -> None:
        self.add_phone()
        self.assertGot("bob")
        self.assertGot("laptop")

    def test_the_join_has_the_format_of_the_capabilities_of_the_session(self) -> None:
        self.assertIn(":ann JOIN #c ann Laptop", self.add_phone("extended-join"))

    def test_channels_that_ann_left_are_not_joined_again(self) -> None:
        self.say("laptop", "PART #c")
        self.assertFalse(any(" JOIN " in line for line in self.add_phone()))

    def test_the_other_session_sees_the_commands_of_the_first(self) -> None:
        self.add_phone()
        for line, seen in (
            ("JOIN #d", ":ann JOIN #d"),
            ("TOPIC #d :News", ":ann TOPIC #d :News"),
            ("PRIVMSG #c :hello", ":ann PRIVMSG #c :hello"),
            ("PRIVMSG bob :psst", ":ann PRIVMSG bob :psst"),
            ("PART #d", ":ann PART #d"),
            ("NICK anna", ":ann NICK anna"),
        ):
            with self.subTest(line):
                self.forget()
                self.say("laptop", line)
                self.assertEqual(self.got("phone")[0], seen)

    def test_a_session_without_echo_message_gets_no_copy(self) -> None:
        self.add_phone()
        self.forget()
        self.say("laptop", "PRIVMSG #c :hello", "PRIVMSG bob :psst")
        self.assertGot("laptop")

    def test_messages_reach_all_sessions(self) -> None:
        self.add_phone()
        self.forget()
        self.say("bob", "PRIVMSG #c :hello", "PRIVMSG ann :psst")
        for name in ("laptop", "phone"):
            self.assertGot(name, ":bob PRIVMSG #c :hello", ":bob PRIVMSG ann :psst")

    def test_the_end_of_one_session_is_not_sent(self) -> None:
        self.add_phone()
        self.forget()
        self.say("phone", "QUIT :battery")
        self.assertGot("phone", "ERROR :Closing connection")
        self.assertGot("bob")
        self.assertGot("laptop")
        self.assertIn("ann", self.world.users)

    def test_another_nick_is_another_user(self) -> None:
        self.enter_as("ann", "tablet", nick="ann_tablet")
        self.assertEqual(self.user("ann_tablet").account, "ann")
        self.assertIsNot(self.user("ann_tablet"), self.user("ann"))

    def test_another_account_does_not_get_the_nick(self) -> None:
        self.connect("eve")
        self.say("eve", "CAP REQ sasl")
        self.authenticate("eve", "other")
        self.say("eve", "NICK ann", "USER eve 0 * :Eve", "CAP END")
        self.assertEqual(self.codes("eve")[-1], "433")

    def test_each_has_its_own_capabilities(self) -> None:
        self.add_phone("server-time message-tags")
        self.forget()
        self.say("bob", "PRIVMSG #c :hello")
        self.assertEqual(self.messages("laptop")[0].tags, {})
        self.assertEqual(set(self.messages("phone")[0].tags), {"time", "msgid", "bot"})


class Merging(ServerTest):
    """Ann's old connection is dead but not closed yet; she reconnects under another nick."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("bob", channel="#c")
        self.say("bob", "JOIN #d", "JOIN #e")
        self.enter_as("ann", "old", channel="#c")
        self.say("old", "JOIN #d")
        self.enter("new", channel="#d")
        self.say("new", "JOIN #e")
        self.authenticate("new", "ann")
        self.forget()

    def test_a_login_moves_the_session_to_the_user_with_the_nick(self) -> None:
        self.say("new", "NICK ann")
        self.assertIs(self.world.users["ann"].sessions[1].link, self.links["new"])
        self.assertNotIn("new", self.world.users)
        self.assertEqual({channel.name for channel in self.user("ann").channels}, {"#c", "#d", "#e"})

    def test_the_moved_session_gets_the_channels(self) -> None:
        self.say("new", "NICK ann")
        lines = self.got("new")
        self.assertEqual(lines[0], ":new NICK ann")
        for name in ("#c", "#d", "#e"):
            self.assertIn(f":ann JOIN {name}", lines)
            self.assertIn(f"366 ann {name} :End of /NAMES list", lines)

    def test_a_full_channel_admits_the_user(self) -> None:
        self.say("bob", "MODE #e +l 2")
        self.say("new", "NICK ann")
        self.assertIn(self.user("ann"), self.channel("#e").members)

    def test_a_ban_on_the_nick_keeps_the_user_out(self) -> None:
        self.say("bob", "MODE #e +b ann!*@*")
        self.text("new")
        self.say("new", "NICK ann")
        self.assertIn(":ann PART #e", self.got("new"))
        self.assertNotIn(self.user("ann"), self.channel("#e").members)
        self.assertEqual(self.user("ann").invites, {})

    def test_others_get_join_and_quit(self) -> None:
        self.say("new", "NICK ann")
        self.assertGot("bob", ":ann JOIN #e", ":new QUIT :Now known as ann")

    def test_a_client_with_the_password_gets_the_nick_at_once(self) -> None:
        self.connect("third")
        self.say("third", "NICK ann", "USER ann 0 * :Ann", "NICK ann_")
        self.say("third", "NS IDENTIFY sesame")
        self.assertEqual(len(self.user("ann").sessions), 2)
        self.assertNotIn("ann_", self.world.users)


class Absence(ServerTest):
    """Ann has an account and disconnects."""

    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c", caps="away-notify")
        self.forget()

    def come_back(self) -> list[str]:
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.text("ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        return self.got("ann")

    def test_she_stays_and_is_shown_as_away(self) -> None:
        self.hang_up("ann")
        self.assertGot("bob", ":ann AWAY :Not connected; messages are stored")
        self.assertIn(self.user("ann"), self.channel("#c").members)
        self.say("bob", "WHO #c %nf")
        self.assertIn("354 bob ann G@", self.got("bob"))

    def test_she_stays_after_a_quit(self) -> None:
        self.say("ann", "QUIT :bye")
        self.assertGot("bob", ":ann AWAY :Not connected; messages are stored")

    def test_she_comes_back_into_her_channels(self) -> None:
        self.hang_up("ann")
        self.text("bob")
        lines = self.come_back()
        self.assertIn(":ann JOIN #c", lines)
        self.assertIn("353 ann = #c :@ann bob", lines)
        self.assertGot("bob", ":ann AWAY")

    def test_her_own_away_message_remains(self) -> None:
        self.say("ann", "AWAY :on holiday")
        self.text("bob")
        self.hang_up("ann")
        self.assertGot("bob")
        self.come_back()
        self.assertGot("bob")
        self.assertEqual(self.user("ann").away, "on holiday")

    def test_a_guest_does_not_stay(self) -> None:
        self.enter("eve", channel="#c")
        self.forget()
        self.hang_up("eve", "gone")
        self.assertGot("bob", ":eve QUIT :gone")

    def test_a_user_who_logs_out_does_not_stay(self) -> None:
        self.say("ann", "NS LOGOUT")
        self.hang_up("ann", "gone")
        self.assertGot("bob", ":ann QUIT :gone")
        self.restart()
        self.assertNotIn("ann", self.world.users)

    def test_of_two_users_of_the_account_the_first_stays(self) -> None:
        self.enter_as("ann", "phone", nick="ann_phone", channel="#c")
        self.forget()
        self.hang_up("phone", "gone")
        self.assertGot("bob", ":ann_phone QUIT :gone")
        self.hang_up("ann")
        self.assertGot("bob", ":ann AWAY :Not connected; messages are stored")

    def test_she_stays_after_a_restart(self) -> None:
        self.say("ann", "JOIN #d", "JOIN #e", "PART #d", "NICK annie")
        self.restart()
        annie = self.user("annie")
        self.assertEqual({channel.name for channel in annie.channels}, {"#c", "#e"})
        self.assertEqual((annie.account, annie.away), ("ann", "Not connected; messages are stored"))
        self.assertEqual(self.channel("#c").members[annie].ranks, "o")
        self.enter_as("ann", nick="annie")
        self.assertEqual(annie.away, "")

    def test_an_absent_user_is_still_absent_after_a_restart(self) -> None:
        self.say("ann", "AWAY :on holiday")
        self.hang_up("ann")
        self.pass_time(5)
        since = self.world.absent[self.user("ann")]
        self.restart()
        self.assertEqual(self.user("ann").away, "on holiday")
        self.assertEqual(self.world.absent, {self.user("ann"): since})

    def test_a_kick_is_effective_for_an_absent_user(self) -> None:
        self.enter("op", channel="#d")
        self.say("ann", "JOIN #d")
        self.hang_up("ann")
        self.say("op", "KICK #d ann")
        self.restart()
        self.assertEqual({channel.name for channel in self.user("ann").channels}, {"#c"})

    def test_a_return_under_another_nick_leaves_one_user(self) -> None:
        self.enter("op", channel="#d")
        self.say("ann", "JOIN #d", "NICK annie")
        self.hang_up("ann")
        self.enter_as("ann")
        self.assertEqual({channel.name for channel in self.user("ann").channels}, {"#c", "#d"})
        self.assertNotIn("annie", self.world.users)
        self.hang_up("ann")
        self.restart()
        self.assertEqual({channel.name for channel in self.user("ann").channels}, {"#c", "#d"})

    def test_others_get_join_of_the_new_nick_and_quit_of_the_old(self) -> None:
        self.say("ann", "NICK annie")
        self.hang_up("ann")
        self.enter("eve")
        self.forget()
        self.authenticate("eve", "ann")
        got = self.got("bob")
        self.assertEqual(got, [":eve JOIN #c", "MODE #c +o eve", ":annie QUIT :Now known as eve"])
        self.assertIn(":eve JOIN #c", self.got("eve"))

    def test_a_channel_that_bans_the_new_nick_is_left_silently(self) -> None:
        self.enter("op", channel="#d")
        self.say("ann", "JOIN #d", "NICK annie")
        self.hang_up("ann")
        self.say("op", "MODE #d +b ann")
        self.enter("ann_")
        self.say("op", "MODE #d +b ann_")
        self.forget()
        self.authenticate("ann_", "ann")
        self.assertFalse([line for line in self.got("ann_") if "#d" in line])
        self.assertGot("op", ":annie QUIT :Now known as ann_")

    def test_her_nick_stays_reserved(self) -> None:
        self.hang_up("ann")
        self.connect("eve")
        self.say("eve", "NICK ann", "USER eve 0 * :Eve")
        self.assertEqual(self.codes("eve"), ["433"])

    def test_queries_about_her_are_answered(self) -> None:
        self.hang_up("ann")
        self.say("bob", "WHOIS ann", "USERHOST ann", "ISON ann", "WHO ann", "NAMES #c")
        lines = self.got("bob")
        self.assertIn("301 bob ann :Not connected; messages are stored", lines)
        self.assertIn("330 bob ann ann :is logged in as", lines)


class Expiry(ServerTest):
    CONFIG = "[limits]\nabsent = 2\n[accounts]\nabsent_days = 1"

    def test_a_user_who_is_absent_for_too_long_is_removed(self) -> None:
        self.enter("bob", channel="#c")
        self.enter_as("ann", channel="#c")
        self.enter_as("carl", channel="#c")
        self.hang_up("ann")
        self.world.absent[self.user("ann")] -= 86_400_000
        self.forget()
        self.hang_up("carl")
        self.assertGot("bob", ":ann QUIT :Absent for too long")
        self.restart()
        self.assertEqual(set(self.world.users), {"carl"})

    def test_the_number_of_absent_users_is_limited(self) -> None:
        for name in ("ann", "bob", "carl", "dora"):
            self.enter_as(name)
            self.hang_up(name)
        self.assertEqual(set(self.world.users), {"carl", "dora"})


class WithoutPersistence(ServerTest):
    CONFIG = "[accounts]\nalways_on = false"

    def test_the_user_ends_with_the_last_session(self) -> None:
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c")
        self.hang_up("ann", "gone")
        self.assertGot("bob", ":ann QUIT :gone")
        self.restart()
        self.assertEqual(self.world.users, {})
