"""Tab completion."""

from __future__ import annotations

from chatapp.client.outgoing.completion import Completion, CompletionOption, TabCompletion, complete, suggest
from chatapp.languages import translation
from tests.client.base import ClientTest


class CompletionTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.enter("#help", others="ben")
        self.enter("#general", others="@ben Beatrix chen anabel")
        self.receive(
            ":Beatrix!b@h PRIVMSG #general :hi", ":chen!c@h PRIVMSG #general :hi", ":ben!b@h JOIN #help"
        )

    def options(self, text: str, cursor: int | None = None) -> tuple[str, ...]:
        at = len(text) if cursor is None else cursor
        found = complete(self.client.network, self.general, text, at)
        return tuple(option.text for option in found.options) if found else ()


class Completing(CompletionTest):
    def test_nicks_come_with_a_suffix_and_the_latest_speaker_first(self) -> None:
        for text, options in {
            "be": ("Beatrix: ", "ben: "),
            "BE": ("Beatrix: ", "ben: "),
            "hello be": ("Beatrix ", "ben "),
            "hello\nc": ("chen ",),
            "@be": ("@Beatrix ", "@ben "),
            "an": ("anabel: ",),
            "zoe": (),
            "hello ": (),
            "": (),
        }.items():
            with self.subTest(text):
                self.assertEqual(options, self.options(text))

    def test_somebody_who_wrote_here_and_is_gone_comes_last(self) -> None:
        self.receive(":Bert!b@h JOIN #general", ":Bert!b@h PRIVMSG #general :bye", ":Bert!b@h QUIT")
        self.assertEqual(("@Beatrix ", "@ben ", "@Bert "), self.options("@be"))
        self.assertEqual("Bert", self.client.network.mentioned_name("Bert"))

    def test_the_former_nick_of_somebody_who_wrote_is_not_completed(self) -> None:
        self.receive(":Beatrix!b@h NICK :Trixie")
        self.assertEqual(("ben: ",), self.options("be"))

    def test_a_bare_at_sign_lists_all_members(self) -> None:
        self.assertEqual(("@chen ", "@Beatrix ", "@anabel ", "@ben "), self.options("@"))

    def test_channels_and_commands_are_completed_too(self) -> None:
        self.assertEqual(("#help ",), self.options("see #h"))
        self.assertEqual(("/away ",), self.options("/aw"))
        self.assertEqual((), self.options("see /aw"))

    def test_the_purpose_of_a_command_is_told_in_the_chosen_language(self) -> None:
        translation.use("de")
        self.addCleanup(translation.use, translation.ENGLISH)
        found = complete(self.client.network, self.general, "/aw", 3)
        assert found is not None
        self.assertEqual("dich als abwesend markieren", found.options[0].detail)

    def test_only_the_word_before_the_cursor_counts(self) -> None:
        found = complete(self.client.network, self.general, "hi be there", 5)
        assert found is not None
        self.assertEqual((3, 5), (found.start, found.end))

    def test_the_partner_of_a_direct_message_can_be_named(self) -> None:
        zoe = self.client.open_direct("zoe")
        found = complete(self.client.network, zoe, "z", 1)
        assert found is not None
        self.assertEqual("zoe: ", found.options[0].text)


class DisplayNames(CompletionTest):
    def setUp(self) -> None:
        super().setUp()
        self.client.network.person("ben").display_name = "Dr. Ben Okafor"

    def test_a_display_name_is_completed_with_an_at_sign_and_its_nick_is_the_detail(self) -> None:
        for word in ("dr", "ben", "oka", "@Dr. Ben O", "see\n@Dr. Ben"):
            with self.subTest(word):
                found = complete(self.client.network, self.general, word, len(word))
                assert found is not None
                option = next(each for each in found.options if each.name == "ben")
                self.assertEqual(("@Dr. Ben Okafor ", "Dr. Ben Okafor", "ben"), option_parts(option))

    def test_a_word_after_another_mention_is_completed_by_itself(self) -> None:
        self.assertEqual(("chen ",), self.options("@Dr. Ben Okafor c"))


def option_parts(option: CompletionOption) -> tuple[str, str, str]:
    return option.text, option.label, option.detail


class Suggesting(CompletionTest):
    def suggested(self, text: str) -> Completion | None:
        return suggest(self.client.network, self.general, text, len(text))

    def labels(self, text: str) -> list[str]:
        found = self.suggested(text)
        return [option.label for option in found.options] if found else []

    def test_a_menu_needs_a_sign_and_two_letters(self) -> None:
        for text, labels in {
            "@be": ["Beatrix", "ben"],
            "@b": [],
            "be": [],
            "see #he": ["#help"],
            "#h": [],
            "/aw": ["/away [REASON]"],
            "see /aw": [],
            ":)": [],
            ":D": [],
        }.items():
            with self.subTest(text):
                self.assertEqual(labels, self.labels(text))

    def test_emoji_are_found_by_their_short_names_the_shortest_first(self) -> None:
        self.assertEqual([":joy:", ":joy_cat:", ":joystick:"], self.labels("ha :joy"))
        self.assertEqual(("😂 ", "😂"), self.emoji("ha :joy"))

    def emoji(self, text: str) -> tuple[str, str]:
        found = self.suggested(text)
        assert found is not None
        return found.options[0].text, found.options[0].name

    def test_nothing_is_suggested_in_code_or_for_a_finished_word(self) -> None:
        for text in ("`@be", "```\n:joy", "@ben", "#help", "10:30:15"):
            with self.subTest(text):
                self.assertEqual([], self.labels(text))


class PressingTab(CompletionTest):
    def press(self, text: str, cursor: int, back: bool = False) -> tuple[str, int] | None:
        return self.tab.next(self.client.network, self.general, text, cursor, back)

    def setUp(self) -> None:
        super().setUp()
        self.tab = TabCompletion()

    def test_repeated_presses_cycle_through_the_options(self) -> None:
        first = self.press("hi be", 5)
        self.assertEqual(("hi Beatrix ", 11), first)
        assert first is not None
        second = self.press(*first)
        self.assertEqual(("hi ben ", 7), second)
        assert second is not None
        self.assertEqual(first, self.press(*second))

    def test_shift_tab_goes_backwards(self) -> None:
        self.assertEqual(("hi ben ", 7), self.press("hi be", 5, back=True))

    def test_the_text_after_the_cursor_stays(self) -> None:
        first = self.press("hi be and you", 5)
        self.assertEqual(("hi Beatrix and you", 11), first)
        assert first is not None
        self.assertEqual(("hi ben and you", 7), self.press(*first))

    def test_typing_starts_a_new_completion(self) -> None:
        self.press("be", 2)
        self.assertEqual(("Beatrix: hi chen ", 17), self.press("Beatrix: hi c", 13))

    def test_without_options_the_result_is_none(self) -> None:
        self.assertIsNone(self.press("zzz", 3))
