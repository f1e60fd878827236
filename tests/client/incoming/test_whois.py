"""WHOIS replies as text."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.whois import FACTS
from chatapp.protocol.message import Message

REPLIES = {
    ":s 311 ana ben b h.example * :Ben Okafor": "is Ben Okafor (b@h.example)",
    ":s 312 ana ben srv.example :Somewhere": "is connected to srv.example",
    ":s 313 ana ben :is an IRC operator": "is an IRC operator",
    ":s 319 ana ben :@#general +#help ": "is in @#general +#help",
    ":s 330 ana ben BenO :is logged in as": "is logged in as BenO",
    ":s 335 ana ben :is a Bot on this network": "is a bot",
    ":s 338 ana ben 192.0.2.7 :is actually using host": "is really at 192.0.2.7",
    ":s 671 ana ben :is using a secure connection": "is using a secure connection",
}

IDLE = {
    "0": "was active just now",
    "119": "was active just now",
    "120": "has been idle for 2 minutes",
    "3600": "has been idle for an hour",
    "7300": "has been idle for 2 hours",
    "86400": "has been idle for a day",
    "999999": "has been idle for 11 days",
    "soon": "was active just now",
}


class Facts(unittest.TestCase):
    def test_each_reply_is_the_second_part_of_a_sentence(self) -> None:
        for line, fact in REPLIES.items():
            with self.subTest(line):
                message = Message.parse(line)
                self.assertEqual(fact, FACTS[message.command](message))

    def test_idle_time_is_shown_in_round_units(self) -> None:
        for seconds, fact in IDLE.items():
            with self.subTest(seconds):
                message = Message.parse(f":s 317 ana ben {seconds} 1773316800 :seconds idle, signon time")
                self.assertEqual(fact, FACTS["317"](message))
