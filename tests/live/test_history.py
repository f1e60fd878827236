"""History, search, multiline messages, redaction and read markers, over real sockets."""

from __future__ import annotations

import socket

from tests.live.base import LiveTest, RawClient

CAPS = (
    "batch message-tags server-time echo-message labeled-response draft/chathistory draft/event-playback"
    " draft/multiline draft/message-redaction draft/read-marker soju.im/search draft/message-edit"
)


class History(LiveTest):
    CONFIG = "[limits]\nflood_per_second = 0"

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann = self.enter("ann", CAPS, "#c")
        self.bob = self.enter("bob", CAPS, "#c")

    def texts(self, client: RawClient, line: str) -> list[str]:
        """Send a line and return the texts in the batch that answers it."""
        client.send(line)
        received = [message for message in client.settle() if message.command == "PRIVMSG"]
        return [message.text for message in received if "batch" in message.tags]

    def test_pages_are_read_from_the_newest_to_the_oldest(self) -> None:
        self.bob.send(*(f"PRIVMSG #c :{number}" for number in range(250)))
        self.bob.settle()
        self.ann.settle()
        read: list[str] = []
        bound = "*"
        while True:
            self.ann.send(f"CHATHISTORY {'LATEST' if bound == '*' else 'BEFORE'} #c {bound} 100")
            page = [message for message in self.ann.settle() if message.command == "PRIVMSG"]
            if not page:
                break
            read = [message.text for message in page] + read
            bound = f"msgid={page[0].tags['msgid']}"
        self.assertEqual(read, [str(number) for number in range(250)])

    def test_a_multiline_message_is_one_message_in_history_and_search(self) -> None:
        old = self.enter("old", "", "#c")
        lines = [f"@batch=1 PRIVMSG #c :line {number}" for number in range(50)]
        self.bob.send("@label=7 BATCH +1 draft/multiline #c", *lines, "BATCH -1")
        echo = self.bob.until("BATCH")
        self.assertEqual(echo.tags["label"], "7")
        opener = self.ann.until("BATCH")
        self.assertEqual(opener.tags["msgid"], echo.tags["msgid"])
        sent = [f"line {number}" for number in range(50)]
        self.assertEqual([self.ann.until("PRIVMSG").text for _ in sent], sent)
        self.assertEqual([old.until("PRIVMSG").text for _ in sent], sent)
        self.server.stop()
        self.start()
        ann = self.enter("ann", CAPS, "#c")
        self.assertEqual(self.texts(ann, "CHATHISTORY LATEST #c * 10"), sent)
        self.assertEqual(self.texts(ann, "SEARCH text=line\\s7"), sent)

    def test_a_redacted_message_is_found_neither_in_history_nor_in_search(self) -> None:
        self.bob.send("PRIVMSG #c :a slip of the tongue")
        sent = self.bob.until("PRIVMSG")
        self.assertEqual(self.texts(self.ann, "SEARCH text=tongue"), [sent.text])
        self.bob.send(f"REDACT #c {sent.tags['msgid']} :oops")
        redaction = self.ann.until("REDACT")
        self.assertEqual(redaction.params, ("#c", sent.tags["msgid"], "oops"))
        for line in ("SEARCH text=tongue", "CHATHISTORY LATEST #c * 10"):
            self.assertEqual(self.texts(self.ann, line), [])

    def test_an_edited_message_has_its_new_text_everywhere(self) -> None:
        old = self.enter("old", "", "#c")
        self.bob.send("PRIVMSG #c :a slip of the tnogue")
        sent = self.bob.until("PRIVMSG")
        old.until("PRIVMSG")
        text = "\\n".join(["the longest; text".replace(";", "\\:").replace(" ", "\\s")] * 100)
        self.bob.send(f"@draft/target-msgid={sent.tags['msgid']};draft/edit-text={text} EDIT #c")
        for client in (self.bob, self.ann):
            edit = client.until("EDIT")
            self.assertEqual(edit.tags["draft/target-msgid"], sent.tags["msgid"])
            self.assertEqual(edit.tags["draft/edit-text"], "\n".join(["the longest; text"] * 100))
        self.assertEqual(old.until("PRIVMSG").text, "(edited) the longest; text")
        self.assertEqual(self.texts(self.ann, "SEARCH text=tnogue"), [])
        self.server.kill()
        self.start()
        ann = self.enter("ann", CAPS, "#c")
        for line in ("SEARCH text=longest", "CHATHISTORY LATEST #c * 10"):
            self.assertEqual(self.texts(ann, line), ["the longest; text"] * 100)

    def test_all_sessions_of_an_account_share_its_read_marker(self) -> None:
        laptop = self.enter("dan", CAPS + " draft/account-registration")
        laptop.send("REGISTER * * :open sesame", "JOIN #c")
        self.assertEqual(laptop.until("MARKREAD").params, ("#c", "*"))
        self.bob.send("PRIVMSG #c :hello")
        time = f"timestamp={laptop.until('PRIVMSG').tags['time']}"
        phone = self.connect()
        phone.send("PASS :dan:open sesame", f"CAP REQ :{CAPS}", "NICK dan", "USER dan 0 * dan", "CAP END")
        phone.settle()
        laptop.send(f"MARKREAD #c {time}")
        self.assertEqual(phone.until("MARKREAD").params, ("#c", time))
        self.server.kill()
        self.start()
        tablet = self.connect()
        tablet.send("PASS :dan:open sesame", f"CAP REQ :{CAPS}", "NICK dan", "USER dan 0 * dan", "CAP END")
        received = [message for message in tablet.settle() if message.command in ("MARKREAD", "366")]
        markers = [
            message.params for message in received if message.params[0] == "#c" or message.params[1] == "#c"
        ]
        self.assertEqual(markers[0], ("#c", time))
        self.assertEqual(len(markers), 2)

    def test_conversations_are_listed_after_a_restart(self) -> None:
        dan = self.enter("dan", CAPS + " draft/account-registration")
        dan.send("REGISTER * * :open sesame", "PRIVMSG bob :are you there")
        dan.settle()
        self.bob.send("PRIVMSG dan :yes")
        self.bob.settle()
        self.bob.close()
        self.server.stop()
        self.start()
        dan = self.connect()
        dan.send("PASS :dan:open sesame", f"CAP REQ :{CAPS}", "NICK dan", "USER dan 0 * dan", "CAP END")
        ever = "timestamp=2020-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z"
        dan.send(f"CHATHISTORY TARGETS {ever} 50")
        targets = [message.params[1] for message in dan.settle() if message.command == "CHATHISTORY"]
        self.assertEqual(targets, ["bob"])
        self.assertEqual(self.texts(dan, "CHATHISTORY LATEST bob * 10"), ["are you there", "yes"])


class SlowReaders(LiveTest):
    CONFIG = "[limits]\nflood_per_second = 0\nsend_queue = 16777216"
    LINES, PAGES = 1000, 10  # four megabytes, more than the system buffers for a connection

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann = self.enter("ann", CAPS, "#c")
        self.ann.send(*(f"PRIVMSG #c :{number} {'x' * 300}" for number in range(self.LINES)))
        self.ann.settle()

    def ask(self, nick: str) -> RawClient:
        """Request a large history without reading the answer yet."""
        client = RawClient(self.server.port, receive_bytes=4096)
        self.addCleanup(client.close)
        capabilities = "CAP REQ :batch draft/chathistory"
        client.send(capabilities, f"NICK {nick}", f"USER {nick} 0 * :{nick}", "CAP END", "JOIN #c")
        client.send(*[f"CHATHISTORY LATEST #c * {self.LINES}"] * self.PAGES, "PRIVMSG ann :all requested")
        self.ann.until("PRIVMSG")
        return client

    def test_a_client_that_connects_after_a_slow_reader_left_gets_everything(self) -> None:
        """The system gives the new connection the file descriptor of the closed one."""
        for nick in ("bob", "cat", "dan"):
            slow = self.ask(nick)
            slow.sock.shutdown(socket.SHUT_WR)
            self.ann.until("QUIT")
        patient = self.ask("eve")
        for _ in range(self.PAGES):
            for number in range(self.LINES):
                self.assertEqual(patient.until("PRIVMSG").text.split()[0], str(number))
