"""The whole window against a hostile server: ten thousand lines of every kind, and one can still write."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.client.messages import MESSAGES
from tests.gui.window_case import WindowCase

LINES = 10_000
CHANNELS = 5_000  # of these lines: that the server makes the user join
AT_ONCE = 200  # lines; then the window must answer a PING
WAIT = 60_000  # milliseconds for that
RTL = "\u202eנתוק\u202b العربية"
NAMES = (
    "ben", "dee", "Ann", "x" * 400, "\u202eneb", "אבג", "a\u0300" * 60, "👩‍👩‍👧‍👦" * 20, "~&@%+", "-",
    "0", "ben|away",
)  # fmt: skip
TEXTS = (
    "hello ana", RTL * 5, "x" * 4000, "a\u0300\u0301\u0302" * 300, "👍" * 200, "\x01ACTION waves\x01",
    "\x01VERSION\x01",
    "\x02\x1d\x0399,99x\x0f", "**" * 200, "`" * 300, "```\nx", "https://" + "[(" * 200, "irc://" + "a/" * 300,
    "@ana " * 100, "\x00\x1b[2J\x07", "| a | b |", "> " * 100, ":" * 500, "\ufdfd" * 50, "￼\ufffe",
)  # fmt: skip
REACTIONS = ("👍", "x" * 300, "\u202e", "", "a\\nb", "👩‍👩‍👧‍👦", *(f"r{number}" for number in range(200)))
TIMES = ("2026-03-12T09:00:00.000Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "nonsense", "")
DISPLAY_NAMES = ("", RTL, "x" * 2000, "ana", "Ben Okafor", "a\u0300" * 200, "\x02bold\x0f\n")


class HostileServerTest(WindowCase):
    capabilities = f"{MESSAGES} draft/metadata-2 away-notify account-notify setname chghost multi-prefix"

    def setUp(self) -> None:
        super().setUp()
        self.chance = random.Random(2026)
        self.number = 0
        self.enter()

    def test_after_ten_thousand_lines_one_can_write_search_switch_and_close(self) -> None:
        joins = (f":ana!a@h JOIN {self.channel(number)}" for number in range(CHANNELS))
        others = self.others()
        for number in range(LINES // AT_ONCE):
            lot = [next(joins) if each % 2 else next(others) for each in range(AT_ONCE)]
            self.server.send(*(" ".join(line.splitlines()) for line in lot), f"PING :{number}")
            self.until(lambda: self.server.received("PONG"), WAIT)
        self.assertEqual(self.client.network.state, "online")
        self.assertGreater(self.client.network.conversation_count, CHANNELS)
        self.writes("#after")
        self.finds("the needle")
        self.switches()
        self.searches()
        self.window.close()
        self.assertTrue(self.saved)

    # what one can still do

    def writes(self, channel: str) -> None:
        self.join(channel, "ben")
        self.until(lambda: self.client.network.find(channel) is not None, WAIT)
        self.client.open(self.conversation(channel))
        self.until(lambda: self.shown() == channel)
        self.say("ben", "the needle", channel)
        self.wait_for_text("the needle")
        self.write("still here")
        self.until(lambda: any("PRIVMSG #after :still here" in line for line in self.sent()), WAIT)

    def finds(self, text: str) -> None:
        pane = self.window.pane
        pane.open_find()
        pane.find_bar.field.set(text)
        self.until(lambda: "disabled" not in pane.find_bar.older.state())
        self.press(pane.find_bar.field.entry, "<Escape>")
        self.assertFalse(pane.find_bar.winfo_ismapped())

    def switches(self) -> None:
        before = self.shown()
        self.key("<Alt-Down>")
        self.until(lambda: self.shown() != before)
        self.window.overlays.jump()
        dialog = self.window.overlays.dialog
        assert dialog is not None
        self.press(dialog.focus_get() or dialog, "<Escape>")

    def searches(self) -> None:
        self.window.commands.open_search("needle")
        self.until(self.window.search.pane.hits.winfo_viewable)
        self.window.commands.close_search()

    def sent(self) -> list[str]:
        self.server.received("\0")  # reads what has arrived
        return self.server.lines

    # what the server sends

    def channel(self, number: int) -> str:
        return f"#{number}-{self.pick('room', RTL, 'x' * 180, 'é', '👍')}".replace(" ", "")

    def others(self) -> Iterator[str]:
        """Yield lines of every kind for ever, in the order of the table and then again."""
        kinds: tuple[Callable[[], str], ...] = (
            *[self.message] * 3,
            *[self.reaction] * 2,
            *(self.edit, self.redaction, self.batch, self.metadata, self.mode, self.topic, self.names),
            *(self.coming, self.going, self.renaming, self.away, self.listed, self.standard_reply),
            *(self.typing, self.marker, self.numeric, self.support),
        )
        while True:
            for kind in kinds:
                yield kind()

    def pick(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def name(self) -> str:
        return self.pick(*NAMES, f"n{self.chance.randrange(3000)}").replace(" ", "")

    def msgid(self) -> str:
        return f"m{self.chance.randrange(400)}"

    def place(self) -> str:
        return self.pick("#general", "#general", "#general", "#1-room", "ana", "#nowhere", "")

    def message(self) -> str:
        self.number += 1
        tags = f"msgid=m{self.number % 500};time={self.pick(*TIMES)};+reply={self.msgid()}"
        tags += f";batch={self.pick('', 'b1')}"
        kind, text = self.pick("PRIVMSG", "PRIVMSG", "NOTICE"), self.pick(*TEXTS)
        return f"@{tags} :{self.name()}!u@h {kind} {self.place()} :{text}"

    def reaction(self) -> str:
        tag = self.pick("+draft/react", "+draft/react", "+draft/unreact")
        return f"@+reply={self.msgid()};{tag}={self.pick(*REACTIONS)} :{self.name()}!u@h TAGMSG #general"

    def edit(self) -> str:
        tags = f"draft/target-msgid={self.msgid()};draft/edit-text={self.pick('new', 'x' * 4000, '', RTL)}"
        return f"@{tags} :{self.name()}!u@h EDIT #general {self.msgid()} :{self.pick(*TEXTS)}".replace(
            "\n", " "
        )

    def redaction(self) -> str:
        return f":{self.name()}!u@h REDACT {self.place()} {self.msgid()} :{self.pick('', RTL, 'x' * 3000)}"

    def batch(self) -> str:
        """A batch that begins and never ends."""
        self.number += 1
        kind = self.pick(
            "chathistory #general", "draft/multiline #general", "netsplit a b", "labeled-response", "x"
        )
        return f"@msgid=m{self.number % 500} :s BATCH +{self.pick('b1', f'b{self.number}')} {kind}"

    def metadata(self) -> str:
        return f":s METADATA {self.name()} display-name * :{self.pick(*DISPLAY_NAMES)}"

    def mode(self) -> str:
        letters = self.pick(
            "+ov-ov", "+" + "b" * 50, "-k+l-i", "+m-m+i-i", "+qaohv", "+\u0300", "+" + "n" * 300
        )
        return f":{self.name()}!u@h MODE #general {letters} {self.name()} {self.name()} {self.name()} 7"

    def topic(self) -> str:
        return f":{self.name()}!u@h TOPIC #general :{self.pick(*TEXTS)}"

    def names(self) -> str:
        people = " ".join(self.pick("@", "+", "", "~&@%+") + self.name() for _ in range(20))
        return f":s 353 ana = #general :{people}"

    def coming(self) -> str:
        host = f"{'u' * 300}@{'h' * 300}"
        return f":{self.name()}!{host} JOIN #general {self.name()} :{self.pick(*DISPLAY_NAMES)}".replace(
            "\n", ""
        )

    def going(self) -> str:
        return f":{self.name()}!u@h {self.pick('QUIT', 'PART #general')} :{self.pick(*TEXTS)}".replace(
            "\n", " "
        )

    def renaming(self) -> str:
        return f":{self.name()}!u@h NICK {self.name()}"

    def away(self) -> str:
        return f":{self.name()}!u@h AWAY :{self.pick('', RTL, 'x' * 3000)}"

    def listed(self) -> str:
        return (
            f":s 322 ana {self.channel(self.chance.randrange(9999))} {self.pick('3', '-1', '9' * 40)} :{RTL}"
        )

    def standard_reply(self) -> str:
        kind, command = self.pick("FAIL", "WARN", "NOTE"), self.pick("PRIVMSG", "*", "JOIN")
        return f":s {kind} {command} CODE {self.name()} :{RTL}"

    def typing(self) -> str:
        return (
            f"@+typing={self.pick('active', 'paused', 'done', 'x')} :{self.name()}!u@h TAGMSG {self.place()}"
        )

    def marker(self) -> str:
        return f":s MARKREAD {self.place()} timestamp={self.pick(*TIMES)}"

    def numeric(self) -> str:
        number = self.chance.randrange(300, 999)
        return f":s {number} ana {self.name()} {self.place()} :{self.pick(*TEXTS)}"

    def support(self) -> str:
        return f":s 005 ana NICKLEN={self.pick('9' * 40, '30', '-1')} AWAYLEN=x TOPICLEN= :are supported"
