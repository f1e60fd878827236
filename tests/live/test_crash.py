"""`kill -9` under load: every message that a client has seen is in the history afterwards.

`python -m tests.bench.crash` does the same many times.
"""

from __future__ import annotations

import unittest

from chatapp.protocol.message import Message
from tests.live.base import LiveTest
from tests.live.crash_traffic import (
    CAPS,
    CHANNEL,
    LINES,
    SPEAKERS,
    History,
    RecordingClient,
    Speaker,
    log_in,
    register,
)

SEEN = (300, 1500, 700, 1000)  # messages that the listener receives before each kill


class Crash(LiveTest):
    CONFIG = "[limits]\nflood_per_second = 0\n[channels]\ndefault = []"

    def test_every_message_that_a_client_saw_is_in_the_history(self) -> None:
        self.start()
        register(self.connect)
        history = History()
        for number, last in enumerate(SEEN):
            ann, *others = log_in(self.connect), *(self.enter(name, CAPS, CHANNEL) for name in SPEAKERS)
            speakers = [Speaker(f"{name}-{number}") for name in SPEAKERS]
            clients = [RecordingClient(ann, last=last, kill=self.server.process.kill)]
            clients += [
                RecordingClient(client, speaker.send)
                for client, speaker in zip(others, speakers, strict=True)
            ]
            for each in clients:
                each.end()
            self.server.kill()
            self.start()
            history.read(log_in(self.connect))
            self.assertGreaterEqual(len(clients[0].seen), last)
            self.assertEqual([], history.problems(each.seen for each in clients))
            for speaker in speakers:
                self.assertEqual("", speaker.missing(history.stored[CHANNEL]))


class Comparison(unittest.TestCase):
    """What would be wrong is found."""

    def setUp(self) -> None:
        self.history = History()
        self.history.stored[CHANNEL] = [self.message(number) for number in range(7)]

    def message(self, number: int) -> Message:
        text = f"bob {number // LINES} {number % LINES}"
        return Message.parse(f"@msgid={number};time=now;batch=1 :bob!u@h PRIVMSG {CHANNEL} :{text}")

    def test_a_message_that_is_not_stored_or_comes_twice_or_in_another_order(self) -> None:
        for numbers, expected in (
            ((0, 1, 6), []),
            ((2, 7), ["seen and not stored"]),
            ((2, 2), ["seen twice or in another order"]),
            ((3, 2), ["seen twice or in another order"]),
        ):
            with self.subTest(numbers):
                found = self.history.problems([list(map(self.message, numbers))])
                self.assertEqual(expected, [each.partition(":")[0] for each in found])
        self.history.stored["bob"] = [self.message(3)]
        self.assertEqual([f"stored twice: {self.message(3).body()}"], self.history.problems([]))

    def test_texts_that_are_missing_between_others(self) -> None:
        speaker, stored = Speaker("bob"), self.history.stored[CHANNEL]
        self.assertEqual("", speaker.missing(stored))
        self.assertEqual(
            "'bob 0 4' is stored where 'bob 0 3' was sent", speaker.missing(stored[:3] + stored[4:])
        )


if __name__ == "__main__":
    unittest.main()
