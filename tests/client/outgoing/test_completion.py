"""Tab completion."""

from __future__ import annotations

from chatapp.client.outgoing.completion import TabCompletion, complete
from tests.client.base import ClientTest


class Completing(ClientTest):
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
        return found.options if found else ()

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

    def test_a_bare_at_sign_lists_all_members(self) -> None:
        self.assertEqual(("@chen ", "@Beatrix ", "@anabel ", "@ben "), self.options("@"))

    def test_channels_and_commands_are_completed_too(self) -> None:
        self.assertEqual(("#help ",), self.options("see #h"))
        self.assertEqual(("/away ",), self.options("/aw"))
        self.assertEqual((), self.options("see /aw"))

    def test_only_the_word_before_the_cursor_counts(self) -> None:
        found = complete(self.client.network, self.general, "hi be there", 5)
        assert found is not None
        self.assertEqual((3, 5), (found.start, found.end))

    def test_the_partner_of_a_direct_message_can_be_named(self) -> None:
        zoe = self.client.open_direct("zoe")
        found = complete(self.client.network, zoe, "z", 1)
        assert found is not None
        self.assertEqual(("zoe: ",), found.options)


class PressingTab(Completing):
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
