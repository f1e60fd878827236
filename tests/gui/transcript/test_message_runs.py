"""The lines of a message below its head: text, quote, state, reactions."""

from __future__ import annotations

import unittest
from typing import Any

from chatapp.client.model.files import Attachment
from chatapp.client.model.model import PendingDeletion, PendingEdit
from chatapp.gui.transcript.block_options import Ruler
from chatapp.gui.transcript.message_runs import MAX_CHIPS, is_big, message_runs
from chatapp.gui.transcript.runs import Run, Target
from tests.gui.transcript.conversations import ConversationMaker, pictures_of, tagged


class MessageCase(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def runs(self, content: str = "hello", nick: str = "ben", **more: Any) -> list[Run]:
        return message_runs(self.maker.say(nick, content, **more), self.maker.options(), "body")

    def text(self, runs: list[Run]) -> str:
        return "".join(run.text for run in runs)

    def targets(self, runs: list[Run]) -> list[Target]:
        """Return what can be clicked, each once."""
        return list(dict.fromkeys(run.target for run in runs if run.target))


class TextTest(MessageCase):
    def test_formatting_becomes_tags(self) -> None:
        table = {
            "plain": [("plain\n", ("body",))],
            "**b**.": [("b", ("body", "bold")), (".\n", ("body",))],
            "*i*": [("i", ("body", "italic")), ("\n", ("body",))],
            "`x`": [("x", ("body", "code")), ("\n", ("body",))],
            "~~s~~": [("s", ("body", "strike")), ("\n", ("body",))],
            "\x1fu\x1f": [("u", ("body", "underline")), ("\n", ("body",))],
            "http://a.example.": [("http://a.example", ("body", "link")), (".\n", ("body",))],
        }
        for content, pieces in table.items():
            with self.subTest(content):
                self.assertEqual([(run.text, run.tags) for run in self.runs(content)], pieces)

    def test_a_quotation_has_lines_of_its_own(self) -> None:
        runs = [run for run in self.runs("> said **b**\n> more\nno") if run.picture is None]
        lines = [(run.text, run.tags) for run in runs]
        mark = ("> ", ("quotation", "hidden"))
        first = [mark, ("said ", ("quotation",)), ("b", ("quotation", "bold")), ("\n", ("quotation",))]
        self.assertEqual([*first, mark, ("more\n", ("quotation",)), ("no\n", ("body",))], lines)

    def test_an_action_has_no_quotation(self) -> None:
        entry = self.maker.entry("action", "ben", "> x")
        runs = message_runs(entry, self.maker.options(), "action")
        self.assertEqual([("> x\n", ("action",))], [(run.text, run.tags) for run in runs])

    def test_a_link_can_be_clicked(self) -> None:
        self.assertEqual(
            self.targets(self.runs("see http://a.example.")), [Target("link", "http://a.example")]
        )

    def test_colour_tags_name_their_surface(self) -> None:
        self.assertEqual(self.runs("\x034,1red")[0][:2], ("red", ("body", "irc/4/1/pane/")))
        self.assertEqual(self.runs("\x034red", mention=True)[0].tags, ("body", "band", "irc/4//mention/"))
        self.assertEqual(self.runs("\x16turned")[0].tags, ("body", "irc///pane/reverse"))

    def test_a_mention_is_marked_but_not_in_the_users_own_message(self) -> None:
        self.assertEqual(self.runs("hi @ana!", mention=True)[1][:2], ("@ana", ("body", "band", "mention")))
        own = self.runs("I am ana", "ana", mention=True)
        self.assertEqual(tagged(own, "band") + tagged(own, "mention"), [])

    def test_the_display_name_is_marked_after_an_at_sign(self) -> None:
        self.maker.network.person("ana").display_name = "Ana Maria"
        runs = self.runs("@Ana Maria and ana: Ana Maria", mention=True)
        self.assertEqual(tagged(runs, "mention"), ["@Ana Maria", "ana", "Ana"])

    def test_another_person_is_mentioned_by_display_name_and_can_be_clicked(self) -> None:
        self.maker.network.person("ben_okafor").display_name = "Ben Okafor"
        self.maker.network.person("ana").display_name = "Ana Maria"
        for nick in ("dee", "ana"):
            runs = self.runs("hi @ben_okafor, and `@ben_okafor`", nick)
            self.assertEqual(tagged(runs, "person"), ["@Ben Okafor"])
            self.assertEqual(self.targets(runs), [Target("name", "ben_okafor")])
            self.assertEqual(tagged(runs, "band"), [])
        self.assertEqual(tagged(self.runs("I am @ana", "ana"), "person"), ["@Ana Maria"])
        self.assertEqual(tagged(self.runs("hi @nobody"), "person"), [])

    def test_every_message_ends_with_a_newline(self) -> None:
        for content in ("", "a", "a\n", "a\nb", "\n\n", "```x```", "```x```y", "`c`", "**b**", "👍"):
            for state in ("sent", "failed"):
                with self.subTest(content, state=state):
                    runs = self.runs(content, state=state)
                    self.assertTrue(runs[-1].text.endswith("\n"))
                    self.assertNotIn("", [run.text for run in runs if not run.picture])

    def test_up_to_three_emoji_alone_are_large(self) -> None:
        for text in ("👍", "👍👍 👍", "👨‍👩‍👧"):
            self.assertTrue(is_big(text), text)
        for text in ("👍👍👍👍", "👍 yes", "", "a", "é", " "):
            self.assertFalse(is_big(text), text)
        self.assertEqual(tagged(self.runs("👍"), "big"), ["👍"])

    def test_emoji_become_shortcodes_where_they_cannot_be_drawn_but_not_in_links(self) -> None:
        entry = self.maker.say("ben", "👍 https://a.example/👍", reactions={"👍": ["dee"]})
        runs = message_runs(entry, self.maker.options(emoji_as_text=True), "body")
        self.assertTrue(self.text(runs).startswith(":thumbs_up_sign: https://a.example/👍\n"))
        self.assertIn(":thumbs_up_sign:\u00a01", self.text(runs))

    def test_the_prefix_of_an_action_stands_in_the_line_of_its_text(self) -> None:
        runs = message_runs(self.maker.say(), self.maker.options(), "action", [Run("ben ", ("action",))])
        self.assertEqual(self.text(runs), "ben hello\n")


class StateTest(MessageCase):
    def test_an_edited_message_says_so(self) -> None:
        runs = self.runs("new", edited_at=1.0)
        self.assertEqual(self.text(runs), "new  (edited)\n")
        self.assertIn(Target("edited"), self.targets(runs))

    def test_an_edit_that_waits_or_was_refused_says_so(self) -> None:
        edit = PendingEdit("old", "new")
        self.assertEqual(self.text(self.runs("new", "ana", pending_edit=edit)), "new  (saving…)\n")
        edit.problem = "The time for changes is over."
        self.assertIn(
            "Not changed: the time for changes is over.", self.text(self.runs("new", pending_edit=edit))
        )

    def test_a_pending_message_is_faint_and_after_a_second_says_that_it_is_being_sent(self) -> None:
        self.maker.network.monotonic = 10.0
        self.assertEqual(
            tagged(self.runs("wait", "ana", state="pending", label="1", sent_at=9.5), "pending"), ["wait"]
        )
        later = self.runs("wait", "ana", state="pending", label="1", sent_at=9.0)
        self.assertEqual(self.text(later), "wait   sending…\n")
        self.maker.network.state = "waiting"
        self.assertEqual(self.text(self.runs("wait", "ana", state="pending")), "wait   waits\n")

    def test_sending_a_message_that_waits_for_files_can_be_cancelled(self) -> None:
        files = (Attachment(b"", "report.pdf", 1000, "uploading", 620, 1000),)
        runs = self.runs("see", "ana", state="pending", attachments=files)
        self.assertEqual(self.text(runs), "see   report.pdf · sending… 62 %   Cancel\n")
        self.assertEqual(self.targets(runs), [Target("cancel")])
        runs = self.runs("", "ana", state="pending", attachments=files)
        self.assertEqual(self.text(runs), "report.pdf · sending… 62 %   Cancel\n")

    def test_a_failed_message_has_its_reason_and_three_buttons(self) -> None:
        runs = self.runs("no", "ana", state="failed", problem="The message is too long.")
        self.assertEqual(
            self.text(runs), "  no   Not sent: the message is too long.   Try\u00a0again   Edit   Discard\n"
        )
        self.assertEqual(self.targets(runs), [Target("retry"), Target("edit"), Target("discard")])
        self.assertEqual(pictures_of(runs), ["icon alert"])

    def test_a_reason_that_begins_with_a_name_keeps_its_letters(self) -> None:
        runs = self.runs("no", "ana", state="failed", problem="Ben does not want messages.")
        self.assertIn("Not sent: Ben does", self.text(runs))

    def test_a_deleted_message_names_who_deleted_it(self) -> None:
        self.maker.network.person("ben").display_name = "Ben Okafor"
        runs = self.runs("", deleted_by="ben", reactions={"👍": ["dee"]}, reply_to="x")
        self.assertEqual(self.text(runs), "  Message deleted by Ben Okafor\n")
        self.assertEqual(pictures_of(runs), ["icon trash"])
        self.assertEqual(
            self.text(self.runs("", deleted_by="ben", about="spam")),
            "  Message deleted by Ben Okafor (spam)\n",
        )

    def test_an_own_deletion_can_be_undone_until_it_is_sent(self) -> None:
        deletion = PendingDeletion(8.0, "", "text", "", False, {})
        runs = self.runs("", "ana", deleted_by="ana", pending_deletion=deletion)
        self.assertEqual(self.text(runs), "  You deleted this message · Undo (8 s)\n")
        self.assertEqual(self.targets(runs), [Target("undo")])
        deletion.is_sent = True
        runs = self.runs("", "ana", deleted_by="ana", pending_deletion=deletion)
        self.assertEqual(self.text(runs), "  You deleted this message\n")


class QuoteTest(MessageCase):
    def reply(self, parent_text: str, width: int = 600) -> list[Run]:
        parent = self.maker.entry("message", "dee", parent_text, msgid="m1")
        self.maker.conversation.insert([parent])
        ruler = Ruler(width=width)
        return message_runs(
            self.maker.say("ben", "yes", reply_to="m1"), self.maker.options(ruler=ruler), "body"
        )

    def test_a_reply_shows_whom_and_what_it_answers(self) -> None:
        runs = self.reply("Use **it**\nnow")
        self.assertEqual(self.text(runs), "  dee  Use it now\nyes\n")
        self.assertEqual(pictures_of(runs), ["icon reply", "avatar dee"])
        self.assertEqual(self.targets(runs), [Target("quote")])

    def test_it_has_the_display_names_of_those_who_are_mentioned_and_code_in_the_same_line(self) -> None:
        self.maker.network.person("ben_okafor").display_name = "Ben Okafor"
        runs = self.reply("it hangs, @ben_okafor:```import socket```")
        self.assertIn("it hangs, @Ben Okafor: import socket\n", self.text(runs))

    def test_a_long_text_is_shortened_to_the_width(self) -> None:
        line = self.text(self.reply("word " * 40, width=300)).splitlines()[0]
        self.assertTrue(line.endswith("word…"))
        self.assertLess(8 * len(line), 300)

    def test_what_is_not_here_is_said(self) -> None:
        self.assertIn("an older message\n", self.text(self.runs(reply_to="gone")))
        self.maker.conversation.deletions["gone"] = ("dee", "")
        self.assertIn("a deleted message\n", self.text(self.runs(reply_to="gone")))
        self.maker.conversation.insert([self.maker.entry("message", "dee", "", msgid="m2", deleted_by="dee")])
        self.assertIn("a deleted message\n", self.text(self.runs(reply_to="m2")))


class ChipsTest(MessageCase):
    def test_each_reaction_is_a_chip_with_its_number(self) -> None:
        runs = self.runs(reactions={"👍": ["dee", "ANA"], "🎉": ["dee"]})
        self.assertEqual(tagged(runs, "chip_mine"), ["👍\u00a02"])
        self.assertEqual(tagged(runs, "chip"), ["🎉\u00a01"])
        self.assertEqual(self.targets(runs), [Target("chip", "👍"), Target("chip", "🎉")])
        self.assertEqual(pictures_of(runs), ["chip-left", "chip-right"] * 2)

    def test_one_more_can_be_added_where_the_server_passes_reactions_on(self) -> None:
        self.maker.network.capabilities = frozenset({"message-tags"})
        self.maker.conversation.joined = True
        runs = self.runs(reactions={"👍": ["dee"]})
        self.assertEqual(self.targets(runs)[-1], Target("chip-add"))
        self.assertEqual(pictures_of(runs)[-1], "chip-add")

    def test_many_chips_take_several_lines_below_a_gap_each(self) -> None:
        entry = self.maker.say(reactions={chr(0x1F600 + n): ["dee"] for n in range(20)})
        runs = message_runs(entry, self.maker.options(ruler=Ruler(width=400)), "body")
        lines = self.text(runs).split("\n")
        self.assertGreater(len(lines), 5)
        self.assertEqual(set(lines[1:-1:2]), {""})
        for line in lines[2:-1:2]:
            self.assertLessEqual(sum(20 + 8 * len(label) for label in line.split()), 400)

    def test_hundreds_of_kinds_and_long_ones_are_shortened(self) -> None:
        many = {f"{n} " + "x" * 500: ["dee"] for n in range(400)}
        runs = self.runs(reactions=many)
        self.assertEqual(len(tagged(runs, "chip")), MAX_CHIPS)
        self.assertIn("+360", self.text(runs))
        self.assertLess(max(map(len, tagged(runs, "chip"))), 40)
        self.assertEqual(tagged(self.runs(reactions={"\x02\n": ["dee"]}), "chip"), ["?\u00a01"])
