"""Files whose time is over while windows show them: the limit of the server, and that of a channel."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

from chatapp.client.model.conversation import Conversation
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.gui.window import Window
from chatapp.server.storage.data_folder import DATABASE
from tests.live.test_window import PATIENCE, LiveWindowTest

DAY = 86_400.0
LEFT = 4.0  # seconds until the time of a file is over


class FileExpiryTest(LiveWindowTest):
    CONFIG = '[files]\nkeep_days = 90\n[channels]\ndefault = ["#general"]\n[limits]\nflood_per_second = 0'

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ana = self.window("ana")

    def share(self, name: str) -> None:
        """Send a file to the conversation that is shown in the window of ana."""
        conversation = self.ana.pane.conversation
        assert conversation is not None
        self.ana.client.files.attach(conversation, name.encode(), name)
        self.write(self.ana, f"Here is {name}")
        self.until(lambda: conversation.entries[-1].is_confirmed_message, PATIENCE)
        self.wait_for_text("kept until", self.ana)

    def change(self, statement: str, value: float) -> None:
        """Change the database of the running server."""
        with closing(sqlite3.connect(self.data / DATABASE, timeout=10)) as database, database:
            database.execute(statement, (int(value * 1000),))

    def join(self, window: Window, channel: str) -> Conversation:
        window.client.join(channel)
        self.until(lambda: window.pane.conversation is not None and window.pane.conversation.name == channel)
        assert window.pane.conversation is not None
        return window.pane.conversation

    def test_a_card_says_that_the_file_is_no_longer_kept_when_its_days_are_over(self) -> None:
        self.share("plan.txt")
        self.change("UPDATE files SET created = ?", time.time() - 90 * DAY + LEFT)
        ben = self.window("ben")
        self.wait_for_text("kept until", ben)
        self.assertNotIn("No longer kept", self.text(ben))
        self.wait_for_text("No longer kept", ben)
        self.assertIn("Here is plan.txt", self.text(ben))

    def test_a_limit_that_is_set_in_a_window_deletes_messages_and_files_of_that_channel_alone(self) -> None:
        self.share("stays.txt")
        self.join(self.ana, "#lab")
        self.share("plan.txt")
        other = self.enter("eve", channel="#lab")
        self.limit_to_one_day(self.ana)
        self.assertEqual(("#lab", "+H", "1"), tuple(other.until("MODE").params))
        self.wait_for_text("set the days that messages and files are kept to 1", self.ana)
        self.change("UPDATE messages SET time = ? WHERE text LIKE '%plan.txt%'", time.time() - DAY + LEFT)
        ben = self.window("ben")
        lab = self.join(ben, "#lab")
        self.until(lambda: lab.keep_days == 1, PATIENCE)
        self.wait_for_text("kept until", ben)
        self.assertNotIn("No longer kept", self.text(ben))
        self.wait_for_text("No longer kept", ben)
        ben.client.open(self.general(ben))
        self.wait_for_text("Here is stays.txt", ben)
        self.wait_for_text("kept until", ben)
        late = self.window("dee")
        self.join(late, "#lab")
        late.client.open(self.general(late))
        self.wait_for_text("Here is stays.txt", late)
        found = late.client.network.find("#lab")
        assert found is not None
        self.assertNotIn("Here is plan.txt", [each.text.partition("\n")[0] for each in found.entries])

    def limit_to_one_day(self, window: Window) -> None:
        """Set the limit of the shown channel in its settings."""
        window.people_actions.channel_settings()
        dialog = window.people_actions.settings_dialog
        assert dialog is not None
        self.settle()
        dialog.overview.entries["keep_days"].set("1 day")  # type: ignore[attr-defined]
        dialog.save_button.invoke()
        self.settle()
        question = next(each for each in dialog.winfo_children() if isinstance(each, QuestionDialog))
        question.buttons["Save and delete"].invoke()
        self.until(lambda: not dialog.winfo_exists(), PATIENCE)
