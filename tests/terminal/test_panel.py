"""The last rows of the screen."""

from __future__ import annotations

from pathlib import Path

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.terminal.ansi import rendered
from chatapp.terminal.panel import (
    MAX_WAITING_ROWS,
    WAITING_SECONDS,
    PanelDraft,
    numbered_conversations,
    panel,
)
from tests.client.base import ClientTest
from tests.client.session.test_file_cards import LINK
from tests.client.session.test_file_uploads import FILES


class Rows(ClientTest):
    def rows(self, draft: PanelDraft | None = None) -> list[str]:
        shown = panel(self.client.network, draft or PanelDraft(), self.now)
        return [rendered(row, False) for row in shown.rows]

    def test_conversations_have_numbers_and_unread_counts(self) -> None:
        self.online()
        self.enter("#help")
        self.page("#help")
        self.assertEqual(["ana · 1:#general · 2:#help"], self.rows())
        self.receive(
            ":ben!b@h PRIVMSG #help :one", ":ben!b@h PRIVMSG #help :two", ":dee!d@h PRIVMSG ana :psst"
        )
        self.assertEqual(["ana · 1:#general · 2:#help 2 · 3:dee 1!"], self.rows())
        self.receive(":ben!b@h PRIVMSG #help :ana?")
        self.assertEqual(["ana · 1:#general · 2:#help 3! · 3:dee 1!"], self.rows())

    def test_the_conversation_of_the_server_has_number_0(self) -> None:
        self.online()
        titles = {number: each.title for number, each in numbered_conversations(self.client.network).items()}
        self.assertEqual({0: "Room", 1: "#general"}, titles)

    def test_the_prompt_names_the_conversation(self) -> None:
        general = self.online()
        general.title = "#gen\x1b[31meral"
        shown = panel(self.client.network, PanelDraft("be", "fore"), self.now)
        self.assertEqual("[#gen[31meral] ", rendered(shown.prompt, False))
        self.assertEqual(("be", "fore"), (shown.before, shown.after))

    def test_typing_users_and_the_away_state_are_shown(self) -> None:
        self.online()
        self.receive("@+typing=active :ben!b@h TAGMSG #general")
        self.assertEqual(["ana · 1:#general · ben is typing…"], self.rows())
        self.receive("@+typing=active :chen!b@h TAGMSG #general", ":srv 306 ana :away")
        self.assertEqual(["ana (away) · 1:#general · ben, chen are typing…"], self.rows())

    def test_a_problem_takes_precedence_over_the_connection_and_that_over_a_hint(self) -> None:
        self.online()
        self.assertEqual(["use"], self.rows(PanelDraft(hint="use")))
        self.lose_connection("broken")
        expected = "The connection was lost: broken. Trying again in 1 s; /reconnect tries now."
        self.assertEqual([expected], self.rows(PanelDraft(hint="use")))
        self.assertEqual(["no"], self.rows(PanelDraft(hint="use", problem="no")))
        self.pass_time(2)
        self.assertEqual(["Connecting…"], self.rows())

    def test_messages_that_wait_for_long_are_shown(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        self.assertEqual(1, len(self.rows()))
        self.now += WAITING_SECONDS + 0.1
        self.assertEqual("one  (waiting)", self.rows()[0])
        for number in range(MAX_WAITING_ROWS):
            self.client.run(general, f"more\x07 {number}")
        self.now += 1
        self.assertEqual(["one  (waiting)", "more 0  (waiting)", "more 1  (waiting)"], self.rows()[:-1])

    def test_files_that_are_sent_or_saved_show_how_far_they_are(self) -> None:
        general = self.online(isupport=FILES)
        attachment = self.client.files.attach(general, b"12345", "plan.pdf")
        self.client.run(general, "look")
        self.now += WAITING_SECONDS + 0.1
        attachment.sent, attachment.total = 2, 5
        card = FileCard(LINK, name="a.txt", size=2000, download=FileDownload(Path("there"), received=600))
        shown = panel(self.client.network, PanelDraft(), self.now, [card])
        self.assertEqual(
            ["a.txt  600 bytes of 2.0 kB", "look  plan.pdf 40 %  (waiting)", "ana · 1:#general"],
            [rendered(row, False) for row in shown.rows],
        )
