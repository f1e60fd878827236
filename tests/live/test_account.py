"""Accounts on a real server: logins, sessions, messages for absent accounts, the account command."""

from __future__ import annotations

import base64
import subprocess
import sys

from chatapp.protocol.credentials import salt_password
from chatapp.protocol.message import Message
from chatapp.protocol.sasl import Plain, split_response
from chatapp.protocol.scram import Hello
from tests.live.base import DEADLINE, PYTHON, ROOT, LiveTest, RawClient


class FirstStart(LiveTest):
    def test_the_account_command_may_run_at_the_same_time_as_the_first_start(self) -> None:
        """The command and the server both create the database."""
        for number in range(3):
            self.data = self.folder / f"data{number}"
            adding = {name: self.start_adding(name) for name in ("ann", "bob")}
            self.start()
            for name, process in adding.items():
                printed, _ = process.communicate("sesame\n", timeout=DEADLINE)
                self.assertEqual(printed, f"Added account {name} with role member\n")
            client = self.connect()
            client.send("PASS :bob:sesame", "NICK bob", "USER bob 0 * :Bob")
            self.assertEqual(client.until("900").params[2], "bob")

    def start_adding(self, name: str) -> subprocess.Popen[str]:
        command = [*PYTHON, str(ROOT / "run_server.py"), "account", "add", name, "--data", str(self.data)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True
        )


class Accounts(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()

    def run_action(self, *words: str, stdin: str = "") -> str:
        """Run `run_server.py account …` and return its output."""
        command = [sys.executable, str(ROOT / "run_server.py"), "account", *words, "--data", str(self.data)]
        done = subprocess.run(
            command, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=DEADLINE
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def log_in(self, client: RawClient, account: str, password: str = "sesame") -> str:
        """Log in with SASL PLAIN and return the numeric of the result."""
        client.send("AUTHENTICATE PLAIN")
        client.until("AUTHENTICATE")
        client.send(*(f"AUTHENTICATE {piece}" for piece in split_response(bytes(Plain(account, password)))))
        while (message := client.next()).command not in ("903", "904"):
            continue
        return message.command

    def log_in_as(self, account: str) -> tuple[RawClient, list[Message]]:
        """Open a session of an account under its name and return it with the messages after registration."""
        client = self.connect()
        client.send("CAP REQ :sasl server-time message-tags batch")
        self.assertEqual(self.log_in(client, account), "903")
        client.send(f"NICK {account}", f"USER {account} 0 * :{account}", "CAP END")
        return client, client.settle()

    def test_a_user_logs_in_with_the_account_just_registered(self) -> None:
        ann = self.enter("ann")
        ann.send("REGISTER * * sesame")
        self.assertEqual(ann.until("REGISTER").params[:2], ("SUCCESS", "ann"))
        self.assertEqual(ann.until("900").params[2], "ann")
        guest = self.connect()
        guest.send("CAP REQ sasl")
        self.assertEqual(self.log_in(guest, "ann", "wrong"), "904")
        self.assertEqual(self.log_in(guest, "ann"), "903")

    def test_a_user_logs_in_by_scram_without_sending_the_password(self) -> None:
        ann = self.enter("ann")
        ann.send("REGISTER * * sesame")
        ann.until("900")
        hello = Hello("ann", "c" * 24)
        ann.send("AUTHENTICATE SCRAM-SHA-256")
        ann.until("AUTHENTICATE")
        ann.send(*(f"AUTHENTICATE {piece}" for piece in split_response(hello.message)))
        task = hello.read(base64.b64decode(ann.until("AUTHENTICATE").params[0]))
        proof = task.prove(salt_password("sesame", task.salt, task.iterations))
        ann.send(*(f"AUTHENTICATE {piece}" for piece in split_response(proof.message)))
        proof.check(base64.b64decode(ann.until("AUTHENTICATE").params[0]))
        ann.send("AUTHENTICATE +")
        ann.until("903")

    def test_two_sessions_are_one_user_who_stays_when_both_have_disconnected(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        bob = self.enter("bob", caps="away-notify")
        laptop, _ = self.log_in_as("ann")
        phone, _ = self.log_in_as("ann")
        laptop.send("PRIVMSG #general :from the laptop")
        self.assertEqual(phone.until("PRIVMSG").text, "from the laptop")
        laptop.send("QUIT")
        laptop.rest()
        self.assertNotIn("QUIT", [message.command for message in bob.settle()])
        phone.reset()
        self.assertEqual(bob.until("AWAY").nick, "ann")

    def test_a_message_for_an_absent_account_survives_a_crash(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        bob = self.enter("bob", channel="#tea", caps="away-notify")
        ann, _ = self.log_in_as("ann")
        ann.send("JOIN #tea")
        ann.settle()
        ann.close()
        bob.until("AWAY")
        bob.send("PRIVMSG ann :read this")
        self.assertIn("will be delivered", bob.until("301").text)
        self.server.kill()
        self.start()
        carl = self.enter("carl", channel="#tea")
        carl.send("NAMES #tea")
        self.assertIn("ann", carl.until("353").text.replace("@", "").split())
        _, received = self.log_in_as("ann")
        (waiting,) = [message for message in received if message.command == "PRIVMSG"]
        self.assertEqual((waiting.nick, waiting.text), ("bob", "read this"))

    def test_the_account_command_works_while_the_server_runs(self) -> None:
        ann = self.enter("ann")
        self.run_action("add", "carl", stdin="sesame\n")
        self.assertIn("carl", self.run_action("list"))
        ann.send("CAP REQ sasl")
        self.assertEqual(self.log_in(ann, "carl"), "903")
        self.run_action("delete", "carl")
        self.assertEqual(ann.until("901").command, "901")

    def test_a_new_password_and_the_end_of_an_account_survive_a_crash(self) -> None:
        ann = self.enter("ann")
        ann.send("REGISTER * * sesame", "CONFIRM sesame", "SETPASS :open up now")
        ann.until("900")
        while (note := ann.until("NOTE")).params[0] != "SETPASS":
            continue
        self.assertEqual(note.params[1], "CHANGED")
        self.server.kill()
        self.start()
        guest = self.connect()
        guest.send("CAP REQ sasl")
        self.assertEqual(self.log_in(guest, "ann"), "904")
        self.assertEqual(self.log_in(guest, "ann", "open up now"), "903")
        guest.send("NICK ann", "USER ann 0 * :Ann", "CAP END", "CONFIRM :open up now", "UNREGISTER ann")
        guest.until("901")
        guest.settle()
        self.server.kill()
        self.start()
        self.assertEqual(self.run_action("list"), "No accounts\n")

    def test_a_session_is_listed_and_ended_from_another_one(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        desk, _ = self.log_in_as("ann")
        phone, _ = self.log_in_as("ann")
        phone.send("CAP REQ standard-replies", "SESSIONS CLIENT Chatapp Linux :my phone")
        phone.settle()
        desk.send("SESSIONS")
        found = [desk.until("NOTE").params for _ in range(3)]
        self.assertEqual([params[1] for params in found], ["ENTRY", "ENTRY", "END"])
        other = next(params for params in found if "other" in params)
        self.assertEqual(other[6:10], ("127.0.0.1", "Chatapp", "Linux", "my_phone"))
        desk.send(f"SESSIONS END {other[2]}")
        self.assertEqual(phone.until("NOTE").params[1], "LOGGED_OUT")
        self.assertEqual(phone.rest()[-1].command, "ERROR")
        self.assertEqual(desk.until("NOTE").params[1:3], ("ENDED", "1"))

    def test_no_password_is_printed(self) -> None:
        ann = self.enter("ann")
        ann.send("REGISTER * * open-sesame", "NS SET PASSWORD open-sesame other-sesame")
        ann.until("NOTICE")
        client = self.connect()
        client.send("PASS ann:open-sesame")
        client.rest()
        self.server.stop()
        self.assertNotIn("sesame", "\n".join(self.server.lines))


class ManyLogins(LiveTest):
    def test_logins_do_not_delay_messages_of_others(self) -> None:
        self.start()
        ann, bob = self.enter("ann"), self.enter("bob")
        crowd = [self.connect() for _ in range(50)]
        for number, client in enumerate(crowd):
            client.send(f"PASS name{number}:wrong")
        ann.send("PRIVMSG #general :still here")
        self.assertEqual(bob.until("PRIVMSG").text, "still here")
        for client in crowd:
            self.assertEqual(client.rest()[0].command, "464")
