"""What is written in the composer reaches the server, and nothing written is lost."""

from __future__ import annotations

from chatapp.client.model.model import Entry, PendingEdit
from chatapp.gui.main.conversation_pane import PRACTISED
from chatapp.gui.widgets.undo_notice import Undo
from tests.gui.window_case import CAPABILITIES, NINE, WindowCase


class WritingCase(WindowCase):
    capabilities = f"{CAPABILITIES} draft/message-edit draft/message-redaction"

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.composer = self.window.pane.composer

    def receive(self, text: str, nick: str = "ben", msgid: str = "m1") -> Entry:
        """Receive a message, and return its entry."""
        self.server.send(f"@time={NINE};msgid={msgid} :{nick}!{nick}@h PRIVMSG #general :{text}")
        self.until(lambda: self.conversation("#general").has_msgid(msgid))
        entry = self.conversation("#general").by_msgid(msgid)
        assert entry is not None
        self.wait_for_text(text)
        return entry

    def own(self, text: str, msgid: str = "o1") -> Entry:
        """Send a message and have it echoed."""
        self.write(text)
        (entry,) = self.conversation("#general").pending()
        self.until(lambda: self.server.received(f"@label={entry.label}"))
        self.server.send(f"@label={entry.label};msgid={msgid};time={NINE} :ana!a@h PRIVMSG #general :{text}")
        self.until(lambda: entry.state == "sent")
        return entry

    def received_lines(self) -> list[str]:
        self.server.received("nothing")  # reads what has arrived
        return self.server.lines

    def bar(self) -> bool:
        return bool(self.composer.reply_bar.winfo_ismapped())


class ReplyTest(WritingCase):
    def test_undo_in_an_empty_field_takes_the_last_deletion_back(self) -> None:
        entries = [self.own("first", "o1"), self.own("second", "o2")]
        for entry in entries:
            self.client.delete(self.conversation("#general"), entry)
        self.wait_for_text("Undo (8 s)")
        self.focus(self.composer.field)
        self.press(self.composer.field, "<<Undo>>")
        self.assertEqual([bool(entry.deleted_by) for entry in entries], [True, False])
        self.window.pane.undo()
        self.assertEqual([bool(entry.deleted_by) for entry in entries], [False, False])

    def test_undo_takes_back_what_the_notice_says_before_deletions(self) -> None:
        entry = self.own("first", "o1")
        self.client.delete(self.conversation("#general"), entry)
        undone: list[str] = []
        for field in (self.composer.field, self.window.pane.transcript.view.text):
            self.window.pane.show_undo(Undo("dee is banned", lambda: undone.append("ban")))
            self.focus(field)
            self.press(field, "<Control-z>")
        self.assertEqual((undone, bool(entry.deleted_by)), (["ban", "ban"], True))

    def test_undo_right_after_del_on_a_message_brings_it_back(self) -> None:
        entry = self.own("first", "o1")
        text = self.window.pane.transcript.view.text
        self.key("<Control-Up>")
        self.press(text, "<Delete>")
        self.assertTrue(entry.deleted_by)
        self.press(text, "<Control-z>")
        self.assertFalse(entry.deleted_by)

    def test_undo_beside_a_draft_takes_back_only_if_the_draft_has_no_change(self) -> None:
        undone: list[str] = []
        self.window.pane.show_undo(Undo("dee is banned", lambda: undone.append("ban")))
        self.composer.insert("a draft")
        self.key("<Control-z>")
        self.assertEqual((undone, self.composer.text), ([], ""))
        self.composer.restore_text("an old draft")
        self.composer.box.forget_undo()
        self.key("<Control-z>")
        self.assertEqual((undone, self.composer.text), (["ban"], "an old draft"))

    def test_undo_in_another_field_takes_nothing_back(self) -> None:
        entry = self.own("first", "o1")
        self.client.delete(self.conversation("#general"), entry)
        search = self.window.people.field.entry
        self.focus(search)
        self.press(search, "<Control-z>")
        self.assertTrue(entry.deleted_by)

    def test_control_up_and_t_edit_an_own_message(self) -> None:
        entry = self.own("teh plan")
        text = self.window.pane.transcript.view.text
        self.key("<Control-Up>")
        self.press(text, "<Key-t>")
        self.assertIs(self.composer.draft.editing, entry)
        self.assertIs(self.root.focus_get(), self.composer.field)

    def test_page_keys_in_the_composer_scroll_the_messages(self) -> None:
        for number in range(60):
            self.say("ben", f"message {number}")
        self.wait_for_text("message 59")
        self.settle()
        view = self.window.pane.transcript.view
        self.key("<Prior>")
        paged = view.text.yview()[0]
        self.assertFalse(view.is_at_end())
        self.key("<Control-Home>")
        self.assertLess(view.text.yview()[0], paged)
        self.key("<Control-End>")
        self.assertTrue(view.is_at_end())

    def test_page_keys_move_in_a_text_that_is_longer_than_the_field(self) -> None:
        for number in range(60):
            self.say("ben", f"message {number}")
        self.wait_for_text("message 59")
        self.composer.insert("\n".join(map(str, range(40))))
        self.settle()
        self.key("<Prior>", "<Control-Home>")
        self.assertEqual(self.composer.box.cursor, 0)
        self.assertTrue(self.window.pane.transcript.view.is_at_end())

    def test_control_up_and_r_reply_to_the_last_message(self) -> None:
        self.receive("the last words")
        text = self.window.pane.transcript.view.text
        self.focus(self.composer.field)
        self.press(self.composer.field, "<Control-Up>")
        self.assertIs(self.root.focus_get(), text)
        self.press(text, "<Key-r>")
        reply = self.composer.draft.reply_to
        assert reply is not None
        self.assertEqual(reply.text, "the last words")
        self.assertIs(self.root.focus_get(), self.composer.field)

    def test_control_r_replies_to_an_older_message_in_three_steps(self) -> None:
        for number, text in enumerate(("Who has the slides?", "Where is Ben?", "hi")):
            self.server.send(f"@msgid=q{number} :ben!ben@h PRIVMSG #general :{text}")
        self.wait_for_text("hi")
        self.key("<Control-r>", "<Control-r>", "<Control-r>")
        self.composer.insert("I have")
        self.key("<Return>")
        self.until(lambda: any("+reply=q0" in line for line in self.received_lines()))

    def test_control_r_goes_back_and_forth_and_keeps_what_was_typed(self) -> None:
        for number, text in enumerate(("first", "second")):
            self.server.send(f"@msgid=q{number} :ben!ben@h PRIVMSG #general :{text}")
        self.wait_for_text("second")
        self.composer.insert("a draft")
        steps = (
            ("<Control-r>", "second"), ("<Control-r>", "first"), ("<Control-r>", "first"),
            ("<Control-Shift-r>", "second"), ("<Control-Shift-r>", ""), ("<Control-Shift-r>", ""),
        )  # fmt: skip
        for key, expected in steps:
            self.key(key)
            reply = self.composer.draft.reply_to
            self.assertEqual((reply.text if reply else "", self.composer.text), (expected, "a draft"))

    def test_control_r_skips_what_one_cannot_reply_to(self) -> None:
        self.server.send(
            "@msgid=q0 :ben!ben@h PRIVMSG #general :theirs",
            "@msgid=q1 :ana!a@h PRIVMSG #general :mine",
            ":dee!d@h JOIN #general",
            ":ben!ben@h PRIVMSG #general :without an id",
        )
        self.wait_for_text("without an id")
        self.key("<Control-r>")
        reply = self.composer.draft.reply_to
        assert reply is not None
        self.assertEqual(reply.text, "theirs")

    def test_a_reply_carries_the_msgid_and_its_bar_goes_when_it_is_sent(self) -> None:
        parent = self.receive("Who has the slides?")
        self.composer.reply_to(parent)
        self.settle()
        self.assertTrue(self.bar())
        self.write("I have")
        self.until(lambda: any("+reply=m1" in line for line in self.received_lines()))
        self.assertEqual(self.conversation("#general").pending()[0].reply_to, "m1")
        self.settle()
        self.assertFalse(self.bar())

    def test_reply_and_text_are_there_when_one_comes_back(self) -> None:
        parent = self.receive("Who has the slides?")
        self.composer.reply_to(parent)
        self.composer.insert("half a sentence")
        self.join("#help", "dee")
        self.until(lambda: self.client.network.find("#help") is not None)
        self.client.open(self.conversation("#help"))
        self.until(lambda: self.shown() == "#help")
        self.assertEqual((self.composer.text, self.bar()), ("", False))
        self.client.open(self.conversation("#general"))
        self.until(lambda: self.shown() == "#general")
        self.settle()
        self.assertEqual((self.composer.text, self.bar()), ("half a sentence", True))
        self.assertIs(self.composer.draft.reply_to, parent)

    def test_when_the_parent_is_deleted_the_bar_goes_and_the_text_stays(self) -> None:
        self.composer.reply_to(self.receive("Who has the slides?"))
        self.composer.insert("I have")
        self.server.send(":ben!b@h REDACT #general m1 :oops")
        self.until(lambda: self.composer.draft.reply_to is None)
        self.settle()
        self.assertEqual((self.composer.text, self.bar()), ("I have", False))


class EditTest(WritingCase):
    def test_up_in_an_empty_field_edits_the_last_own_message(self) -> None:
        entry = self.own("teh plan")
        self.receive("ok")
        self.focus(self.composer.field)
        self.key("<Up>")
        self.assertEqual((self.composer.text, self.composer.draft.editing), ("teh plan", entry))
        self.composer.box.set_text("the plan", 8)
        self.key("<Return>")
        self.until(lambda: any("EDIT #general" in line for line in self.received_lines()))
        self.assertEqual(entry.text, "the plan")
        self.assertEqual(self.composer.text, "")

    def test_without_the_capability_up_recalls_the_text(self) -> None:
        self.own("teh plan")
        self.client.network.capabilities = frozenset(CAPABILITIES.split())
        self.focus(self.composer.field)
        self.key("<Up>")
        self.assertEqual((self.composer.text, self.composer.draft.editing), ("teh plan", None))

    def test_names_are_edited_as_they_are_shown_and_sent_as_nicks(self) -> None:
        self.client.network.person("ben").display_name = "Ben Okafor"
        entry = self.own("hi @ben")
        self.composer.edit(entry)
        self.assertEqual(self.composer.text, "hi @Ben Okafor")
        self.composer.insert(" :+1:")
        self.key("<Return>")
        self.assertEqual(entry.text, "hi @ben 👍")

    def test_an_emptied_message_is_deleted_after_a_second_enter(self) -> None:
        entry = self.own("never mind")
        self.composer.edit(entry)
        self.composer.box.set_text("", 0)
        self.key("<Return>")
        self.assertIn("Press Enter again to delete it", self.composer._problem)
        self.key("<Return>")
        self.assertTrue(entry.deleted_by)
        self.assertIsNone(self.composer.draft.editing)

    def test_when_the_server_deletes_the_edited_message_the_text_stays(self) -> None:
        entry = self.own("my words")
        self.composer.edit(entry)
        self.composer.insert(" and more")
        self.server.send(":ben!b@h REDACT #general o1")
        self.until(lambda: self.composer.draft.editing is None)
        self.assertEqual(self.composer.text, "my words and more")


class EditedFilesTest(WritingCase):
    """The files of a message that is edited stand in rows, and go with the new text."""

    def setUp(self) -> None:
        super().setUp()
        self.server.send(":s 005 ana chatapp/FILES=id:k3Xq9p,max:1000 :are supported")
        self.until(lambda: "chatapp/FILES" in self.client.network.isupport)
        self.urls = [f"http://h:1/files/k3Xq9p{letter * 22}/{letter}.txt" for letter in "ab"]

    def message(self, text: str, *urls: str) -> Entry:
        """Have an own message with files."""
        entry = self.own(text)
        entry.text = "\n".join([*([text] if text != "-" else []), *urls])
        return entry

    def rows(self) -> list[str]:
        return (
            [each.name for each in self.composer.files.rows] if self.composer.files.winfo_ismapped() else []
        )

    def remove(self, name: str) -> None:
        (row,) = (view for each, view in self.composer.files.rows.items() if each.name == name)
        row.remove.invoke()
        self.settle()

    def test_only_the_text_is_in_the_field_and_a_new_one_keeps_the_files(self) -> None:
        entry = self.message("look", *self.urls)
        self.composer.edit(entry)
        self.settle()
        self.assertEqual((self.composer.text, self.rows()), ("look", ["a.txt", "b.txt"]))
        self.composer.restore_text("something else")
        self.key("<Return>")
        self.assertEqual(entry.text, "\n".join(["something else", *self.urls]))
        self.assertEqual(self.rows(), [])

    def test_a_message_of_files_only_gets_a_text_above_them(self) -> None:
        entry = self.message("-", self.urls[0])
        self.composer.edit(entry)
        self.settle()
        self.assertEqual((self.composer.text, self.rows()), ("", ["a.txt"]))
        self.composer.insert("from the beach")
        self.key("<Return>")
        self.assertEqual(entry.text, f"from the beach\n{self.urls[0]}")

    def test_the_text_can_go_while_files_stay(self) -> None:
        entry = self.message("look", self.urls[0])
        self.composer.edit(entry)
        self.composer.box.set_text("", 0)
        self.key("<Return>")
        self.assertEqual((entry.text, bool(entry.deleted_by)), (self.urls[0], False))

    def test_a_file_is_taken_out_and_put_back_in_its_place(self) -> None:
        entry = self.message("look", *self.urls)
        self.composer.edit(entry)
        self.settle()
        self.remove("a.txt")
        self.assertEqual(self.rows(), ["b.txt"])
        self.assertTrue(self.window.pane.undo())
        self.settle()
        self.assertEqual(self.rows(), ["a.txt", "b.txt"])
        self.remove("a.txt")
        self.key("<Return>")
        self.assertEqual(entry.text, f"look\n{self.urls[1]}")
        self.assertFalse(self.window.pane.undo())

    def test_without_a_text_and_with_no_file_left_the_message_would_be_empty(self) -> None:
        entry = self.message("-", self.urls[0])
        self.composer.edit(entry)
        self.settle()
        self.remove("a.txt")
        self.focus(self.composer.field)
        self.key("<Return>")
        self.assertIn("would be empty", self.composer._problem)
        self.assertFalse(entry.deleted_by)

    def test_escape_keeps_the_message_as_it_was(self) -> None:
        entry = self.message("look", self.urls[0])
        before = entry.text
        self.composer.edit(entry)
        self.settle()
        self.remove("a.txt")
        self.focus(self.composer.field)
        self.key("<Escape>")
        self.assertEqual((entry.text, self.rows(), self.composer.text), (before, [], ""))
        self.assertFalse(self.window.pane.undo())

    def test_a_refused_change_comes_back_with_its_files(self) -> None:
        entry = self.message("look", self.urls[0])
        entry.pending_edit = PendingEdit(entry.text, f"new\n{self.urls[1]}", 0.0, "Refused.")
        self.composer.edit(entry)
        self.settle()
        self.assertEqual((self.composer.text, self.rows()), ("new", ["b.txt"]))

    def test_the_files_are_still_there_after_another_conversation(self) -> None:
        self.composer.edit(self.message("look", *self.urls))
        self.settle()
        self.remove("a.txt")
        self.join("#exam", "@ben")
        self.until(lambda: self.client.network.find("#exam") is not None)
        self.client.open(self.conversation("#exam"))
        self.until(lambda: self.shown() == "#exam")
        self.assertEqual(self.rows(), [])
        self.client.open(self.conversation("#general"))
        self.until(lambda: self.rows() == ["b.txt"])


class SendingTest(WritingCase):
    def test_the_hint_about_enter_goes_after_twenty_messages(self) -> None:
        self.assertTrue(self.composer._shows_hint)
        self.settings.messages_sent = PRACTISED - 1
        self.write("the last one with the hint")
        self.assertEqual(self.settings.messages_sent, PRACTISED)
        self.assertFalse(self.composer._shows_hint)

    def test_a_refused_command_does_not_count_and_stays(self) -> None:
        self.write("/nonsense")
        self.assertEqual((self.settings.messages_sent, self.composer.text), (0, "/nonsense"))

    def test_a_menu_names_people_and_takes_the_display_name(self) -> None:
        self.client.network.person("ben").display_name = "Ben Okafor"
        self.focus(self.composer.field)
        self.composer.insert("hi @oka")
        self.assertTrue(self.composer.completion.menu.is_open)
        self.key("<Tab>")
        self.assertEqual(self.composer.text, "hi @Ben Okafor ")
        self.key("<Return>")
        self.assertEqual(self.conversation("#general").pending()[0].text, "hi @ben")

    def test_an_emoji_from_the_picker_goes_into_the_field_and_is_recent(self) -> None:
        self.composer.insert("well done ")
        self.composer.open_emoji()
        picker = self.window.overlays._emoji_picker
        assert picker is not None
        self.focus(picker.search.entry)
        self.press(picker.search.entry, "<Return>")
        self.assertEqual(self.composer.text, "well done 👍")
        self.assertEqual(self.settings.recent_emoji, ["👍"])
        self.until(lambda: self.root.focus_get() is self.composer.field)

    def test_escape_in_the_picker_gives_the_keyboard_back_to_the_composer(self) -> None:
        self.composer.open_emoji()
        picker = self.window.overlays._emoji_picker
        assert picker is not None
        self.focus(picker.search.entry)
        self.press(picker.search.entry, "<Escape>")
        self.assertFalse(picker.winfo_exists())
        self.assertIs(self.root.focus_get(), self.composer.field)

    def test_offline_the_strip_says_what_waits(self) -> None:
        self.server.hang_up()
        self.until(lambda: self.client.network.state != "online")
        self.write("later")
        self.until(lambda: "1 message waits" in str(self.composer.strip.label.cget("text")))
        self.assertEqual(self.composer.text, "")

    def test_an_edit_that_is_not_saved_is_a_draft_after_the_window_has_closed(self) -> None:
        self.composer.edit(self.own("my words"))
        self.composer.insert(" and more")
        self.window.end(keep_server=False)
        self.assertEqual(list(self.saved[-1].drafts.values()), ["my words and more"])
