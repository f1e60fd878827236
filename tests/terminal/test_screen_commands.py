"""Slash commands of the terminal client, and those that it shares with the window."""

from __future__ import annotations

from chatapp.client.client import Client
from chatapp.client.model import abilities
from chatapp.client.model.changes import ConversationOpened
from chatapp.client.outgoing import slash_commands
from chatapp.terminal import screen_commands
from chatapp.terminal.account_commands import AccountCommands
from chatapp.terminal.file_commands import FileCommands
from tests.client.base import ClientTest


class Recorder:
    """A frontend that records calls."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.account = AccountCommands(client, self.print_note)
        self.files = FileCommands(client, self.print_note, self.print_note)
        self.notes: list[str] = []
        self.has_left = False

    def print_note(self, words: str) -> None:
        self.notes.append(words)

    def leave(self) -> None:
        self.has_left = True


class Commands(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.help = self.enter("#help", others="@ben chen")
        self.page("#help")
        self.sent()
        self.front = Recorder(self.client)

    def type(self, text: str) -> str | None:
        refusal = screen_commands.run(self.front, text)
        self.changes = self.client.poll()
        return refusal

    def assert_current(self, name: str) -> None:
        assert self.client.network.current
        self.assertEqual(name, self.client.network.current.name)

    def test_go_finds_a_conversation_by_number_name_or_prefix(self) -> None:
        for target, name in [("2", "#help"), ("#general", "#general"), ("help", "#help"), ("ge", "#general")]:
            with self.subTest(target):
                self.assertIsNone(self.type(f"/go {target}"))
                self.assert_changed(ConversationOpened)
                self.assert_current(name)

    def test_go_without_a_name_goes_to_the_most_urgent_conversation(self) -> None:
        self.receive(*[":ben!b@h PRIVMSG #help :hello"] * 3, ":dee!d@h PRIVMSG ana :psst")
        self.type("/go")
        self.assert_current("dee")
        self.client.mark_read(self.conversation("dee"))
        self.type("/go")
        self.assert_current("#help")
        self.client.mark_read(self.help)
        self.assertIn("Nothing is unread", self.type("/go") or "")

    def test_go_refuses_an_unknown_conversation(self) -> None:
        for target in ("9", "zoe"):
            with self.subTest(target):
                self.assertIn(f"no conversation {target}", self.type(f"/go {target}") or "")
        self.assert_current("#general")

    def test_names_lists_operators_first(self) -> None:
        self.type("/go #help")
        self.receive("@account=ben :chen!c@h AWAY :lunch")
        self.assertIsNone(self.type("/names"))
        self.assertEqual(["3 here: @ben, ana, chen (away)"], self.front.notes)

    def test_list_and_older_send_requests(self) -> None:
        self.type("/list")
        self.assertEqual(["LIST"], self.sent())
        self.receive(":ben!b@h PRIVMSG #general :hello")
        self.assertIn("no earlier messages", self.type("/older") or "")
        self.general.complete = False
        self.assertIsNone(self.type("/older"))
        self.assertIn("CHATHISTORY BEFORE #general", self.sent()[0])

    def test_retry_sends_failed_messages_again(self) -> None:
        self.assertIn("no unsent messages", self.type("/retry") or "")
        self.type("hello")
        self.receive("@label=1 :srv 404 ana #general :Cannot send")
        self.sent()
        self.assertIsNone(self.type("/retry"))
        self.assertIn("PRIVMSG #general :hello", self.sent()[0])

    def test_quit_sends_the_reason_and_leaves(self) -> None:
        self.type("/quit gone to lunch")
        self.assertEqual(["QUIT :gone to lunch"], self.sent())
        self.assertTrue(self.front.has_left)

    def test_help_lists_all_commands_and_describes_each(self) -> None:
        files = "chatapp/FILES=id:k3Xq9p soju.im/FILEHOST=http://h/up"
        self.receive(f":srv 005 ana chatapp/OVERVIEW=codes chatapp/TBAN {files} :are supported")
        self.client.network.capabilities |= {"message-tags", abilities.EDIT, abilities.REDACTION}
        self.type("/help")
        listed = "\n".join(entry.text for entry in self.general.entries[-2:])
        for name in {*slash_commands.COMMANDS, *screen_commands.COMMANDS}:
            self.assertEqual(1, sum(line.split()[0] == f"/{name}" for line in listed.splitlines()), name)
        self.type("/help go")
        self.assertTrue(self.front.notes[-1].startswith("/go "))
        self.type("/help join")
        self.assertTrue(self.general.entries[-1].text.startswith("/join "))
        self.assertEqual("There is no command /nonsense.", self.type("/help nonsense"))

    def test_other_commands_are_passed_to_the_client(self) -> None:
        self.assertIsNone(self.type("hello"))
        self.assertIsNone(self.type("//go"))
        self.assertEqual(["hello", "/go"], self.texts(self.general))
        self.assertIn("There is no command /nope", self.type("/nope") or "")

    def test_usage_is_shown_while_a_command_is_typed(self) -> None:
        for text, beginning in {
            "/go": "/go [NAME or NUMBER]  –",
            "/go x": "/go [NAME or NUMBER]  –",
            "/join": "/join #CHANNEL",
            "/na": "/names",
            "/ol": "/older",
            "/nope": "There is no command",
            "/nope x": "There is no command",
        }.items():
            with self.subTest(text):
                self.assertTrue(
                    (screen_commands.usage(text) or "").startswith(beginning), screen_commands.usage(text)
                )
        self.assertTrue({"/nick", "/names"} <= set((screen_commands.usage("/n") or "").split()))
        self.assertIsNone(screen_commands.usage("hello"))
        self.assertIsNone(screen_commands.usage("//hello"))

    def test_an_unambiguous_prefix_of_a_command_is_completed(self) -> None:
        for text, whole in {"/na": "/names ", "/G": "/go ", "/n": None, "/": None, "na": None}.items():
            with self.subTest(text):
                self.assertEqual(whole, screen_commands.complete_command(text))
