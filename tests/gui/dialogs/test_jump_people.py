"""What "Jump to" offers after a verb and a name."""

from __future__ import annotations

import unittest

from chatapp.client.model.model import ChannelBan
from chatapp.gui.dialogs.jump_people import (
    LABELS,
    VERBS,
    Deed,
    PersonCommandActions,
    PersonCommands,
    translated_verbs,
    typed_verb,
)
from chatapp.gui.main import menu_items
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.languages import translation
from tests.gui.networks import add_members, make_network
from tests.languages.marking import Marking


class JumpPeopleTest(unittest.TestCase):
    def setUp(self) -> None:
        self.done: list[tuple[object, ...]] = []
        self.network = make_network("#general")
        self.general = add_members(self.network, "#general", "@ana", "ben")
        self.network.person("ben").display_name = "Ben Okafor"
        self.network.person("dee")
        self.commands = PersonCommands(
            self.network, PersonCommandActions(self.items, self.moderate, self.remove, self.invite, self.bans)
        )

    def items(self, nick: str) -> list[MenuItem]:
        def act(name: str) -> None:
            self.done.append((name, nick))

        actions = menu_items.PersonActions(
            profile=lambda: act("profile"),
            message=lambda: act("message"),
            mention=lambda: act("mention"),
            ignore=lambda: act("ignore"),
            set_rank=lambda letter, is_given: act(f"{letter} {is_given}"),
            moderate=act,
            lift=lambda: act("lift"),
        )
        return list(menu_items.person_items(self.network, self.general, nick, actions))

    def moderate(self, nick: str, deed: Deed) -> None:
        self.done.append(("moderate", nick, deed))

    def remove(self, nick: str, reason: str) -> None:
        self.done.append(("remove", nick, reason))

    def invite(self, nick: str) -> None:
        self.done.append(("invite", nick))

    def bans(self) -> None:
        self.done.append(("bans",))

    def test_a_removal_with_its_reason_needs_no_dialog(self) -> None:
        for verb in ("remove", "kick"):
            (row,) = self.commands.with_reason(verb, "ben", "spam")
            self.assertEqual(row.label, "Remove Ben Okafor now, reason: spam")
            row.run()
            self.assertEqual(self.done.pop(), ("remove", "ben", "spam"))
        self.assertEqual(list(self.commands.with_reason("ban", "ben", "spam")), [])
        self.assertEqual(list(self.commands.with_reason("remove", "dee", "spam")), [])

    def test_with_nobody_to_unban_there_is_the_list_of_bans(self) -> None:
        for verb in ("unban", "unmute", "lift"):
            (row,) = self.commands.instead(verb)
            self.assertEqual(row.label, "Bans of #general…")
            row.run()
            self.assertEqual(self.done.pop(), ("bans",))
        self.assertEqual(list(self.commands.instead("ban")), [])
        self.general.joined = False
        self.assertEqual(list(self.commands.instead("unban")), [])

    def test_verbs_are_understood_in_the_chosen_language_and_in_english(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        for language, ban, ignore in (("de", "Bannen", "ignorieren"), ("es", "vetar", "ignorar")):
            translation.use(language)
            for word, verb in ((ban, "ban"), ("ban", "ban"), (ignore, "ignore"), ("whois", "whois")):
                self.assertEqual(self.commands.verb(word), verb)
            self.assertEqual(typed_verb("ignore"), f"{ignore} ")
        translation.use("en")
        self.assertEqual((self.commands.verb("bannen"), typed_verb("op")), ("", "op "))

    def test_every_translated_verb_is_one_word_and_stands_for_one_verb(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        for language in translation.LANGUAGES:
            translation.use(language)
            for verb, word in translated_verbs().items():
                with self.subTest(language, word=word):
                    self.assertEqual(word.split(), [word])
                    self.assertEqual(self.commands.verb(word), verb)

    def labels(self, verb: str, nick: str = "ben") -> list[str]:
        return [each.label for each in self.commands.of(verb, nick)]

    def test_each_verb_does_what_it_says(self) -> None:
        for verb, label, done in (
            ("ban", "Ban Ben Okafor…", ("moderate", "ben", "ban")),
            ("kick", "Remove Ben Okafor…", ("moderate", "ben", "remove")),
            ("moderate", "Remove or ban Ben Okafor…", ("moderate", "ben", "")),
            ("profile", "Profile of Ben Okafor", ("profile", "ben")),
            ("msg", "Write to Ben Okafor", ("message", "ben")),
            ("mention", "Mention Ben Okafor", ("mention", "ben")),
            ("ignore", "Ignore Ben Okafor", ("ignore", "ben")),
            ("op", "Make Ben Okafor a moderator", ("o True", "ben")),
            ("unban", "Lift the ban on Ben Okafor", ("lift", "ben")),
        ):
            with self.subTest(verb):
                self.assertEqual(self.labels(verb), [label])
                next(self.commands.of(verb, "ben")).run()
                self.assertEqual(self.done.pop(), done)

    def test_who_is_elsewhere_cannot_be_removed_or_banned_from_the_channel(self) -> None:
        for verb in ("ban", "mute", "kick", "moderate"):
            self.assertEqual(self.labels(verb, "dee"), [])

    def test_who_is_elsewhere_can_be_banned_from_the_server(self) -> None:
        self.network.is_server_operator = True
        self.network.isupport = {"chatapp/TBAN": ""}
        self.assertEqual(self.labels("ban", "dee"), ["Ban dee…"])
        next(self.commands.of("ban", "dee")).run()
        self.assertEqual(self.done, [("moderate", "dee", "server_ban")])

    def test_who_is_banned_already_can_only_be_removed(self) -> None:
        self.general.bans = {"ben!*@*": ChannelBan("ben!*@*")}
        self.assertEqual(self.labels("ban"), [])
        self.assertEqual(self.labels("moderate"), [])
        self.assertEqual(self.labels("kick"), ["Remove Ben Okafor…"])

    def test_a_measure_that_the_server_does_not_have_is_replaced_by_the_others(self) -> None:
        self.assertEqual(self.labels("mute"), ["Remove or ban Ben Okafor…"])
        self.network.isupport = {"EXTBAN": ",m"}
        self.assertEqual(self.labels("mute"), ["Mute Ben Okafor…"])

    def test_without_the_rank_nothing_is_offered(self) -> None:
        self.general.members["ana"].ranks = ""
        for verb in ("ban", "mute", "remove", "moderate", "op"):
            with self.subTest(verb):
                self.assertEqual(self.labels(verb), [])

    def test_only_those_who_are_not_in_the_channel_can_be_invited_to_it(self) -> None:
        self.assertEqual(self.labels("invite", "dee"), ["Invite dee to #general"])
        self.assertEqual(self.labels("invite", "ben"), [])
        self.network.state = "offline"
        self.assertEqual(self.labels("invite", "dee"), [])

    def test_a_verb_finds_its_item_in_another_language(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        translation.install(Marking())
        self.assertEqual(self.labels("ignore"), ["⟦Ignore Ben Okafor⟧"])
        self.assertEqual(self.labels("unban"), ["⟦Lift the ban on Ben Okafor⟧"])

    def test_every_item_of_the_menu_has_a_sentence(self) -> None:
        meant = {name for names in VERBS.values() for name in names}
        self.assertEqual(meant, LABELS.keys())
        names = {each.name for each in self.items("ben") if each.label}
        self.assertLessEqual(names, LABELS.keys())
