"""Sentences for events."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.client.model.event_texts import is_join_or_leave, mode_sentence, sentence, summary
from chatapp.client.model.model import Entry, EntryKind
from chatapp.protocol import modes


def entry(kind: EntryKind, nick: str = "Ben", text: str = "", about: str = "", own: bool = False) -> Entry:
    return Entry(1, kind, 0.0, nick, text, about, own=own)


class SentenceTest(unittest.TestCase):
    def test_each_kind_of_event_is_a_sentence(self) -> None:
        table = [
            (entry("join"), "Ben joined"),
            (entry("join", own=True), "You joined"),
            (entry("part"), "Ben left"),
            (entry("part", text="lunch"), "Ben left (lunch)"),
            (entry("quit", text="Ping timeout"), "Ben went offline (Ping timeout)"),
            (entry("quit", text="Quit: lunch"), "Ben went offline (lunch)"),
            *(
                (entry("quit", text=text), "Ben went offline")
                for text in ("Quit", "Client Quit", "Quit: ", "ben")
            ),
            (entry("kick", about="Dee", text="spam"), "Ben removed Dee (spam)"),
            (replace(entry("kick", about="Ana", text="spam"), mention=True), "Ben removed you (spam)"),
            (replace(entry("kick", about="Ana", own=True), mention=True), "You removed yourself"),
            (entry("nick", about="Benjamin"), "Ben is now called Benjamin"),
            (entry("nick", about="Benjamin", own=True), "You are now called Benjamin"),
            (entry("topic", text="Exam"), "Ben changed the topic to “Exam”"),
            (entry("topic"), "Ben removed the topic"),
            (entry("mode", text="+o Dee"), "Ben made Dee an operator"),
            (entry("mode", text="+b m:dee!*@*"), "Ben muted dee!*@*"),
            (entry("mode", text="-b ~m:dee!*@*"), "Ben lifted the mute of dee!*@*"),
            (replace(entry("mode", text="+b ~m:Dee"), reason="Spam"), "Ben muted Dee (Spam)"),
            (entry("system", nick="", text="Welcome"), "Welcome"),
        ]
        for one, expected in table:
            with self.subTest(expected):
                self.assertEqual(sentence(one), expected)

    def test_people_have_their_display_names(self) -> None:
        names = {"Ben_O": "Ben Okafor", "Tom_Hale": "Tom Hale", "Bea": "Béatrice Núñez"}
        table = [
            (entry("nick", "Ben_O", about="Bea"), "Ben Okafor is now called Béatrice Núñez"),
            (entry("nick", about="Bea", own=True), "You are now called Béatrice Núñez"),
            (entry("kick", "Ben_O", about="Tom_Hale"), "Ben Okafor removed Tom Hale"),
            (entry("mode", "Ben_O", "+b Tom_Hale"), "Ben Okafor banned Tom Hale"),
            (entry("mode", "Ben_O", "+b ~m:Tom_Hale"), "Ben Okafor muted Tom Hale"),
            (entry("mode", "Ben_O", "-o Tom_Hale"), "Ben Okafor removed Tom Hale as operator"),
            (entry("mode", "Ben_O", "+k Tom_Hale"), "Ben Okafor set a key to join with"),
        ]
        for one, expected in table:
            with self.subTest(expected):
                self.assertEqual(sentence(one, lambda nick: names.get(nick, nick)), expected)

    def test_a_mode_change_is_a_sentence_if_every_mode_is_known(self) -> None:
        table = [
            ("+o-v Dee Chen", "made Dee an operator and took voice from Chen"),
            ("+ov Dee Chen", "made Dee an operator and gave voice to Chen"),
            ("+l 20", "set a limit of 20 people"),
            ("-l", "removed the limit on the number of people"),
            ("+b *!*@bad.example", "banned *!*@bad.example"),
            ("+t", "let only operators change the topic"),
            ("+Z", "set the mode +Z"),
            ("+o", "set the mode +o"),
            ("+t extra", "set the mode +t extra"),
            ("+oZ Dee", "set the mode +oZ Dee"),
            ("+b {}", "banned {}"),
        ]
        for text, expected in table:
            with self.subTest(text):
                self.assertEqual(mode_sentence(text), expected)

    def test_every_mode_of_the_server_has_a_sentence_for_both_signs(self) -> None:
        for letter in modes.CHANNEL_MODES:
            for sign in "+-":
                text = f"{sign}{letter} Dee" if modes.takes_parameter(sign, letter) else f"{sign}{letter}"
                with self.subTest(text):
                    words = mode_sentence(text)
                    self.assertNotIn("set the mode", words)
                    self.assertNotIn("{", words)

    def test_letters_are_shown_for_a_mode_that_may_have_another_meaning(self) -> None:
        line = replace(entry("mode", text="+u"), has_sentence=False)
        self.assertEqual(sentence(line), "Ben set the mode +u")

    def test_a_summary_counts_joins_and_leaves(self) -> None:
        join, part, left = entry("join"), entry("part"), entry("quit")
        self.assertEqual(summary([join, part, join, join]), "3 joined, 1 left")
        self.assertEqual(summary([join, join]), "2 joined")
        self.assertEqual(summary([part, left]), "2 left")

    def test_only_joins_and_leaves_of_others_can_be_folded(self) -> None:
        self.assertTrue(all(is_join_or_leave(entry(kind)) for kind in ("join", "part", "quit")))
        self.assertFalse(
            any(is_join_or_leave(entry(kind)) for kind in ("kick", "nick", "topic", "message", "system"))
        )
        self.assertFalse(is_join_or_leave(entry("join", own=True)))
