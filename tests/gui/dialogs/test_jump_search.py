"""What "Jump to" finds."""

from __future__ import annotations

import unittest

from chatapp.client.model.network import Network
from chatapp.gui.dialogs.jump_people import PersonCommandActions, PersonCommands
from chatapp.gui.dialogs.jump_search import JumpSearch
from chatapp.gui.dialogs.jump_targets import CommandTarget, PersonTarget
from chatapp.gui.widgets.list_row import Heading, ListRow, Row
from chatapp.languages import translation
from tests.gui.networks import add_members, make_network


def nothing() -> None:
    """Do nothing."""


COMMANDS = (
    CommandTarget("Copy the invite link", "link", nothing, words="share"),
    CommandTarget("Mute general", "bell-off", nothing),
    CommandTarget("Light theme", "palette", nothing, "Settings, Appearance"),
)


class JumpSearchTest(unittest.TestCase):
    def setUp(self) -> None:
        self.commands = list(COMMANDS)
        self.network = make_network("#general", "#library", "#olympiad-line-up")
        self.network.add("chen_li", "direct")
        add_members(self.network, "#library", "ana", "(chen_li)", "lina", "lilei", "ben")
        names = {"chen_li": "Chen Li", "lina": "Lina Moreau", "lilei": "李雷"}
        for nick, name in names.items():
            self.network.person(nick).display_name = name
        self.network.person("chen_li").away_text = "At lunch until 13:00"

    def rows(self, typed: str, *others: Network, only_people: bool = False) -> list[Row]:
        search = JumpSearch(
            [self.network, *others], self.commands, only_people, unlisted=lambda text: [
                CommandTarget(f"Join or make #{text}", "plus", nothing, "")
            ],
            about_people=PersonCommands(
                self.network,
                PersonCommandActions(
                    items=lambda nick: (),
                    moderate=lambda nick, deed: None,
                    remove=lambda nick, reason: None,
                    invite=lambda nick: None,
                    bans=nothing,
                ),
            ),
            servers={each: each.name for each in (self.network, *others)} if others else None,
        )  # fmt: skip
        found = search.find(typed)
        return [found.rows.make(index) for index in range(len(found.rows.keys))]

    def texts(self, typed: str, only_people: bool = False) -> list[str]:
        return [each.text for each in self.rows(typed, only_people=only_people)]

    def test_all_kinds_of_things_are_found(self) -> None:
        self.assertEqual(
            self.texts("li"),
            [
                "CONVERSATIONS", "library", "olympiad-line-up", "Chen Li",
                "PEOPLE", "Lina Moreau", "李雷 (lilei)",
                "COMMANDS AND SETTINGS", "Light theme", "Copy the invite link",
            ],
        )  # fmt: skip

    def test_a_prefix_limits_what_is_found(self) -> None:
        for typed, texts in (
            ("#li", ["CHANNELS", "library", "olympiad-line-up", "COMMANDS AND SETTINGS", "Join or make #li"]),
            ("@chen", ["PEOPLE", "Chen Li", "chen"]),
            (">light", ["COMMANDS AND SETTINGS", "Light theme"]),
            (">", ["COMMANDS AND SETTINGS", "Copy the invite link", "Mute general", "Light theme"]),
        ):
            with self.subTest(typed):
                self.assertEqual(self.texts(typed), texts)

    def test_what_is_called_so_comes_before_what_is_found_by_other_words(self) -> None:
        self.commands[:] = [
            CommandTarget("Bans of #general…", "shield", nothing, words="unban muted list"),
            CommandTarget("Unmute general", "bell", nothing),
        ]
        self.assertEqual(self.texts("mute"), ["COMMANDS AND SETTINGS", "Unmute general", "Bans of #general…"])

    def test_a_section_with_scattered_letters_only_comes_last(self) -> None:
        self.network.add("#cute-people", "channel").joined = True
        self.assertEqual(self.texts("cop")[0], "COMMANDS AND SETTINGS")

    def test_what_begins_with_the_text_comes_first_and_scattered_letters_last(self) -> None:
        self.network.add("#urban-planning", "channel").joined = True
        self.network.person("bea").display_name = "Béatrice Núñez"
        self.network.person("banu").display_name = "Banu Kaya"
        add_members(self.network, "#library", "bea", "banu")
        self.assertEqual(
            self.texts("ban"),
            [
                "PEOPLE", "Banu Kaya", "CONVERSATIONS", "urban-planning",
                "OTHER RESULTS", "Béatrice Núñez",
            ],
        )  # fmt: skip
        self.assertEqual(self.texts("btnz"), ["PEOPLE", "Béatrice Núñez"])

    def test_a_verb_and_the_beginning_of_a_name_offer_what_can_be_done(self) -> None:
        add_members(self.network, "#general", "@ana", "ben", "@chen_li", "liam")
        for typed, texts in (
            ("ban li", ["COMMANDS AND SETTINGS", "Ban liam…", "Ban Chen Li…"]),
            ("Kick  @BEN", ["COMMANDS AND SETTINGS", "Remove ben…"]),
            ("> moderate ben", ["COMMANDS AND SETTINGS", "Remove or ban ben…"]),
            ("ban ", ["COMMANDS AND SETTINGS", "Ban Chen Li…", "Ban ben…", "Ban liam…"]),
            ("ban ana", []),
            ("ban iam", []),
            ("ban", []),
            ("banish ben", []),
            ("@ban ben", []),
        ):
            with self.subTest(typed):
                self.assertEqual([each for each in self.texts(typed) if "lina" not in each.lower()], texts)

    def test_a_row_that_only_asks_for_a_name_is_left_out_where_the_names_are(self) -> None:
        add_members(self.network, "#general", "@ana", "ben")
        self.commands.append(
            CommandTarget("Remove or ban somebody…", "shield", nothing, words="moderate", asks="moderate")
        )
        self.assertEqual(self.texts("moderate ben")[1:], ["Remove or ban ben…"])
        self.assertIn("Remove or ban ben…", self.texts("moderate "))
        self.assertNotIn("Remove or ban somebody…", self.texts("moderate "))
        self.assertIn("Remove or ban somebody…", self.texts("moderate"))

    def test_with_nobody_to_unban_the_bans_of_the_channel_are_found(self) -> None:
        add_members(self.network, "#general", "@ana", "ben")
        self.network.current = self.network.find("#general")
        for typed in ("unban ", "unban ben", "unmute zoe"):
            self.assertEqual(self.texts(typed), ["COMMANDS AND SETTINGS", "Bans of #general…"])

    def test_a_word_that_nothing_is_called_offers_a_channel_without_choosing_it(self) -> None:
        def offered(text: str) -> list[CommandTarget]:
            return [CommandTarget(f"Make #{text}", "plus", nothing, "")]

        search = JumpSearch([self.network], COMMANDS, unlisted=offered)
        offer = search.find("lunch-crew")
        row = offer.target(offer.rows.keys[1])
        assert isinstance(row, CommandTarget)
        self.assertEqual((row.label, offer.is_offer), ("Make #lunch-crew", True))
        for typed in ("lina", "lnmr", "lunch crew", ""):
            found = search.find(typed)
            labels = [each.label for each in found.targets if isinstance(each, CommandTarget)]
            self.assertFalse([each for each in labels if each.startswith("Make")], typed)

    def test_a_verb_offers_nothing_that_is_not_allowed(self) -> None:
        add_members(self.network, "#general", "ana", "ben")
        self.assertEqual(self.texts("ban ben"), [])

    def test_a_command_that_begins_with_the_text_comes_before_the_people(self) -> None:
        add_members(self.network, "#general", "@ana", "gerd")
        self.network.isupport = {"EXTBAN": ",m"}
        self.assertEqual(self.texts("mute ge")[1:3], ["Mute general", "Mute gerd…"])

    def test_people_are_found_by_display_name_and_by_nick(self) -> None:
        self.network.past_names["old_nick"] = "Olga Petrova"
        for typed in ("@olga", "@old_n"):
            with self.subTest(typed):
                self.assertIn("Olga Petrova (old_nick)", self.texts(typed))
        self.assertIn("李雷 (lilei)", self.texts("@lilei"))

    def test_the_old_nick_of_somebody_who_is_here_is_no_other_person(self) -> None:
        self.network.past_names["old_li"] = "Old Li"
        self.network.people["lilei"].former_nicks = ("old_li",)
        self.assertNotIn("Old Li (old_li)", self.texts("@old"))

    def test_commands_are_found_by_other_words(self) -> None:
        self.assertEqual(self.texts("share"), ["COMMANDS AND SETTINGS", "Copy the invite link"])

    def test_without_a_text_unread_conversations_come_first_and_the_current_one_last(self) -> None:
        conversations = self.network.conversations
        conversations["#olympiad-line-up"].unread = 3
        conversations["#library"].mentions = conversations["#library"].unread = 1
        conversations["chen_li"].read_marker = 50.0
        self.assertEqual(
            self.texts(""), ["UNREAD", "library", "olympiad-line-up", "RECENT", "Chen Li", "general"]
        )
        row = self.rows("")[1]
        assert isinstance(row, ListRow)
        self.assertEqual((row.count, row.badge), ("@ 1", True))

    def test_people_only(self) -> None:
        self.assertEqual(
            self.texts("", only_people=True), ["PEOPLE", "Chen Li", "ben", "Lina Moreau", "李雷 (lilei)"]
        )
        found = self.texts("li", only_people=True)
        self.assertEqual(found, ["PEOPLE", "Lina Moreau", "李雷 (lilei)", "Chen Li", "li"])

    def test_somebody_who_is_nowhere_can_be_written_to(self) -> None:
        search = JumpSearch([self.network], only_people=True)
        found = search.find("zora")
        target = found.target(found.rows.keys[1])
        assert isinstance(target, PersonTarget)
        self.assertEqual((target.nick, target.is_known), ("zora", False))
        for typed in ("two words", "ana", "1st"):
            with self.subTest(typed):
                self.assertEqual(search.find(typed).rows.keys, [])

    def test_a_name_after_the_word_channel_makes_or_joins_it(self) -> None:
        for typed in ("channel rowing", "Channel #rowing", "join rowing"):
            with self.subTest(typed):
                self.assertEqual(self.texts(typed)[:2], ["COMMANDS AND SETTINGS", "Join or make #rowing"])
        self.addCleanup(translation.use, translation.ENGLISH)
        translation.use("de")
        self.assertEqual(self.texts("kanal rowing")[1:2], ["Join or make #rowing"])

    def test_a_reason_may_follow_the_name_of_who_is_removed(self) -> None:
        add_members(self.network, "#general", "@ana", "lina", "ben")
        self.network.current = self.network.find("#general")
        for typed, label in (
            ("remove ben spam and more", "Remove ben now, reason: spam and more"),
            ("remove lina moreau spam", "Remove Lina Moreau now, reason: spam"),
        ):
            with self.subTest(typed):
                self.assertEqual(self.texts(typed)[1:2], [label])
        self.assertEqual(self.texts("remove ben")[1:2], ["Remove ben…"])

    def test_only_a_text_with_a_hash_sign_is_taken_for_a_channel(self) -> None:
        self.assertEqual(self.texts("#zzz"), ["COMMANDS AND SETTINGS", "Join or make #zzz"])
        self.assertEqual(self.texts("zzz"), ["NOTHING FOUND", "Join or make #zzz"])

    def test_with_several_chats_a_row_names_its_own(self) -> None:
        other = make_network("#openings")
        other.name = "Chess Club"
        rows = self.rows("openings", other)
        assert isinstance(rows[1], ListRow)
        self.assertEqual((rows[1].text, rows[1].note), ("openings", "Chess Club"))

    def test_a_long_section_leaves_room_for_the_others(self) -> None:
        for number in range(100):
            self.network.add(f"#lines-{number}", "channel").joined = True
        rows = self.rows("li")
        self.assertIn(Heading("PEOPLE"), rows[:33])
        self.assertGreater(len(self.rows("#li")), 100)
