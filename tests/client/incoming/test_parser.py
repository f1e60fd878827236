"""Lines are parsed into events."""

from __future__ import annotations

import unittest

from chatapp.client.incoming import events
from chatapp.client.incoming.events import Event
from chatapp.client.incoming.handlers import time_of
from chatapp.client.incoming.parser import (
    MAX_BATCH_MESSAGES,
    MAX_MULTILINE_CHARACTERS,
    MAX_ROSTER_NAMES,
    MAX_UNFINISHED,
    MAX_WHOIS_FACTS,
    EventParser,
)
from chatapp.protocol.message import Message
from chatapp.protocol.presence import ABSENT
from tests.client.base import NOON

LINES: dict[str, list[Event]] = {
    ":ben!b@h PRIVMSG #c :hello": [events.MessageReceived("#c", "ben", "message", "hello")],
    "@time=2026-03-12T12:00:00.000Z;msgid=m1;account=Ben;label=7 :ben!b@h PRIVMSG ana :psst": [
        events.MessageReceived("ana", "ben", "message", "psst", NOON, "m1", "Ben", "7")
    ],
    ":ben!b@h PRIVMSG #c :\x01ACTION waves\x01": [events.MessageReceived("#c", "ben", "action", "waves")],
    ":ben!b@h PRIVMSG #c :\x01ACTION waves": [events.MessageReceived("#c", "ben", "action", "waves")],
    ":ben!b@h PRIVMSG ana :\x01VERSION\x01": [],
    ":ben!b@h NOTICE ana :\x01VERSION x\x01": [],
    ":ben!b@h NOTICE ana :note": [events.MessageReceived("ana", "ben", "notice", "note")],
    ":irc.example NOTICE ana :server words": [events.ServerText("server words")],
    "NOTICE * :*** looking up": [events.ServerText("*** looking up")],
    "@+typing=active :ben!b@h TAGMSG #c": [events.TypingReceived("#c", "ben", "active")],
    "@+typing=dancing :ben!b@h TAGMSG #c": [],
    "@+x=y :ben!b@h TAGMSG #c": [],
    ":ben!b@h JOIN #c": [events.Joined("#c", "ben", None, "b", "h")],
    ":ben!b@h JOIN #c,#d": [
        events.Joined("#c", "ben", None, "b", "h"),
        events.Joined("#d", "ben", None, "b", "h"),
    ],
    ":ben!b@h JOIN #c Ben :Ben Okafor": [events.Joined("#c", "ben", "Ben", "b", "h")],
    ":ben!b@h JOIN #c * :Ben Okafor": [events.Joined("#c", "ben", "", "b", "h")],
    ":ben!b@h PART #c :bye": [events.Parted("#c", "ben", "bye")],
    ":ben!b@h PART #c": [events.Parted("#c", "ben")],
    ":ben!b@h QUIT :gone": [events.Quit("ben", "gone")],
    ":ben!b@h QUIT": [events.Quit("ben")],
    ":ben!b@h KICK #c dee :out": [events.Kicked("#c", "dee", "ben", "out")],
    ":ben!b@h NICK :benny": [events.NickChanged("ben", "benny")],
    ":ben!b@h TOPIC #c :Exam": [events.TopicSet("#c", "Exam", "ben")],
    ":ben!b@h TOPIC #c :": [events.TopicSet("#c", "", "ben")],
    "@chatapp/reason=Too\\sloud :ben!b@h MODE #c +b ~m:dee": [
        events.ModeSet("#c", "ben", "+b", ("~m:dee",), reason="Too loud")
    ],
    ":ben!b@h MODE #c +ov dee chen": [events.ModeSet("#c", "ben", "+ov", ("dee", "chen"))],
    ":ben!b@h AWAY :lunch": [events.PersonUpdated("ben", away=True, away_text="lunch")],
    ":ben!b@h AWAY": [events.PersonUpdated("ben", away=False, away_text="")],
    ":srv METADATA ben Display-Name * :Ben O": [events.MetadataReceived("ben", "display-name", "Ben O")],
    ":srv METADATA ben display-name *": [events.MetadataReceived("ben", "display-name", None)],
    ":srv 761 ana ben display-name * :Ben O": [events.MetadataReceived("ben", "display-name", "Ben O")],
    ":srv 766 ana ben display-name :no value": [events.MetadataReceived("ben", "display-name", None)],
    ":srv 774 ana #c 5": [events.MetadataDelayed("#c", 5)],
    ":srv 774 ana #c": [events.MetadataDelayed("#c", 0)],
    ":srv 730 ana :ben!b@h,dee!d@h": [events.Monitored(("ben!b@h", "dee!d@h"), True)],
    ":srv 731 ana :ben,dee": [events.Monitored(("ben", "dee"), False)],
    ":ben!b@h ACCOUNT Ben": [events.PersonUpdated("ben", account="Ben")],
    ":ben!b@h ACCOUNT *": [events.PersonUpdated("ben", account="")],
    ":ben!b@h CHGHOST bb hh": [events.PersonUpdated("ben", user="bb", host="hh")],
    ":ben!b@h SETNAME :Ben O": [events.PersonUpdated("ben", realname="Ben O")],
    ":ben!b@h INVITE ana #c": [events.Invited("#c", "ana", "ben")],
    ":srv 341 ana dee #c": [events.Invited("#c", "dee", "ana")],
    ":srv 001 ana :Welcome": [events.Registered("ana"), events.ServerText("Welcome")],
    ":srv 331 ana #c :No topic is set": [events.TopicKnown("#c", "")],
    ":srv 332 ana #c :Exam": [events.TopicKnown("#c", "Exam")],
    ":srv 301 ana ben :lunch": [events.AwayReply("ben", "lunch")],
    ":srv 305 ana :back": [events.OwnAwayChanged(False)],
    ":srv 306 ana :away": [events.OwnAwayChanged(True)],
    ":srv 352 ana #c b h srv ben G@ :0 Ben O": [events.PersonUpdated("ben", True, None, "b", "h", "Ben O")],
    ":srv 354 ana 71 b h ben H Ben :Ben O": [events.PersonUpdated("ben", False, "Ben", "b", "h", "Ben O")],
    ":srv 354 ana 71 b h ben H 0 :Ben O": [events.PersonUpdated("ben", False, "", "b", "h", "Ben O")],
    ":srv 354 ana 99 b h ben H 0 :Ben O": [],
    ":srv 433 * ana :Nickname is already in use": [
        events.NickRefused("ana", True, "Nickname is already in use")
    ],
    ":srv 432 * a.b :Erroneous": [events.NickRefused("a.b", False, "Erroneous")],
    "ERROR :too many connections": [events.ServerClosing("too many connections")],
    ":srv PONG srv alive": [events.PongReceived("alive")],
    "@label=3 :srv ACK": [events.Acknowledged("3")],
    "@label=3 :srv 404 ana #c :Cannot send": [events.ErrorReply("404", "Cannot send", "", ("#c",), "3")],
    ":srv 421 ana FOO :Unknown command": [events.ErrorReply("421", "Unknown command", "FOO", ("FOO",))],
    ":srv FAIL CHATHISTORY INVALID_TARGET LATEST #c :No": [
        events.ErrorReply("INVALID_TARGET", "No", "CHATHISTORY", ("LATEST", "#c"))
    ],
    ":srv WARN PRIVMSG SLOW #c :slowly": [events.ServerText("slowly", "#c", is_reply=True)],
    ":srv NOTE * OPER_MESSAGE :hello all": [events.ServerText("hello all")],
    ":srv 372 ana :- rules": [events.ServerText("- rules")],
    ":srv 252 ana 3 :operators online": [events.ServerText("3 operators online")],
    ":srv 265 ana 1 2 :Current local users 1, max 2": [events.ServerText("Current local users 1, max 2")],
    ":srv 376 ana :End of MOTD": [],
    ":srv 422 ana :no MOTD": [],
    ":srv 999 ana": [],
    ":srv XYZZY a b": [],
}

SHORT = (
    "PRIVMSG #c",
    ":ben!b@h JOIN",
    ":ben!b@h KICK #c",
    ":srv 353 ana =",
    "BATCH",
    ":srv 311 ana ben",
    "FAIL X",
)


def read(interpreter: EventParser, *lines: str) -> list[Event]:
    return [event for line in lines for event in interpreter.read(Message.parse(line))]


class Lines(unittest.TestCase):
    def test_each_line_becomes_its_events(self) -> None:
        for line, expected in LINES.items():
            with self.subTest(line):
                self.assertEqual(expected, read(EventParser({}), line))

    def test_a_line_with_too_few_parameters_has_no_event(self) -> None:
        for line in SHORT:
            with self.subTest(line), self.assertLogs("chatapp.client.incoming.parser", "WARNING"):
                self.assertEqual([], read(EventParser({}), line))

    def test_an_invalid_time_is_none(self) -> None:
        for stamp, expected in {
            "2026-03-12T12:00:00.000Z": NOON,
            "2026-03-12T12:00:00.250Z": NOON + 0.25,
            "2026-03-12T13:00:00+01:00": NOON,
            "2026-03-12T12:00:00": NOON,
            "yesterday": None,
            "2026-03-12T12:00:60.000Z": None,
            "": None,
        }.items():
            with self.subTest(stamp):
                self.assertEqual(expected, time_of(Message("PING", tags={"time": stamp})))


class Pieces(unittest.TestCase):
    def setUp(self) -> None:
        self.parser = EventParser({"PREFIX": "(qov)~@+"})

    def test_a_roster_is_reported_when_it_is_complete(self) -> None:
        self.assertEqual([], read(self.parser, ":srv 353 ana = #C :~@ana!a@h +ben!b@h"))
        self.assertEqual([], read(self.parser, ":srv 353 ana = #C :chen "))
        expected = events.Roster(
            "#c",
            (
                events.RosterEntry("ana", "~@", "a", "h"),
                events.RosterEntry("ben", "+", "b", "h"),
                events.RosterEntry("chen"),
            ),
        )
        self.assertEqual([expected], read(self.parser, ":srv 366 ana #c :End"))

    def test_an_end_of_names_without_names_has_no_event(self) -> None:
        self.assertEqual([], read(self.parser, ":srv 366 ana #c :End"))

    def test_whois_replies_become_sentences_whatever_the_spelling_of_the_nick(self) -> None:
        lines = (
            ":srv 311 ana Ben b h.example * :Ben Okafor",
            ":srv 319 ana Ben :@#general #help",
            ":srv 312 ana Ben srv :Somewhere",
            ":srv 301 ana Ben :lunch",
            ":srv 317 ana Ben 7300 1773316800 :seconds idle, signon time",
            ":srv 330 ana Ben BenO :is logged in as",
            ":srv 671 ana Ben :is using a secure connection",
        )
        self.assertEqual([], read(self.parser, *lines))
        expected = (
            "is Ben Okafor (b@h.example)",
            "is in @#general #help",
            "is connected to srv",
            "is away: lunch",
            "has been idle for 2 hours",
            "is logged in as BenO",
            "is using a secure connection",
        )
        reply = events.WhoisReply("ben", expected, "lunch", "BenO", "b", "h.example", "Ben Okafor", 7300)
        self.assertEqual([reply], read(self.parser, ":srv 318 ana ben :End"))

    def test_a_whois_of_somebody_who_is_absent_without_a_message_has_no_reason(self) -> None:
        lines = (":srv 311 ana Ben b h * :Ben", ":srv 301 ana Ben :*", ":srv 318 ana Ben :End")
        (reply,) = read(self.parser, *lines)
        assert isinstance(reply, events.WhoisReply)
        self.assertEqual(reply.facts[1:], ("is away",))

    def test_a_whois_of_somebody_who_is_not_connected_says_so(self) -> None:
        absent = f":srv 301 ana Ben :{ABSENT}"
        (reply,) = read(self.parser, ":srv 311 ana Ben b h * :Ben", absent, ":srv 318 ana Ben :End")
        assert isinstance(reply, events.WhoisReply)
        self.assertEqual(reply.facts[1:], ("is not connected",))

    def test_a_page_of_history_is_reported_when_its_batch_ends(self) -> None:
        lines = (
            ":srv BATCH +h chathistory #c",
            "@batch=h;msgid=m1 :ben!b@h PRIVMSG #c :one",
            ":dee!d@h PRIVMSG #c :live",
            "@batch=h :ben!b@h JOIN #c",
            "@batch=h;msgid=m2 :ben!b@h PRIVMSG #c :\x01ACTION two\x01",
            ":srv BATCH -h",
        )
        one = events.MessageReceived("#c", "ben", "message", "one", msgid="m1")
        two = events.MessageReceived("#c", "ben", "action", "two", msgid="m2")
        live = events.MessageReceived("#c", "dee", "message", "live")
        past = events.Joined("#c", "ben", user="b", host="h")
        expected = [live, events.HistoryPage("#c", (one, two), events=(past,))]
        self.assertEqual(expected, read(self.parser, *lines))

    def test_an_empty_page_is_a_page(self) -> None:
        found = read(self.parser, ":srv BATCH +h chathistory #c", ":srv BATCH -h")
        self.assertEqual([events.HistoryPage("#c", ())], found)

    def test_the_label_of_a_batch_is_the_label_of_its_lines(self) -> None:
        lines = (
            "@label=5 :srv BATCH +l labeled-response",
            "@batch=l :srv 404 ana #c :No",
            "@batch=l :srv BATCH +h chathistory #c",
            "@batch=h :ben!b@h PRIVMSG #c :one",
            "@batch=l :srv BATCH -h",
            ":srv BATCH -l",
        )
        refused, page = read(self.parser, *lines)
        self.assertEqual(events.ErrorReply("404", "No", "", ("#c",), "5"), refused)
        self.assertIsInstance(page, events.HistoryPage)

    def test_a_batch_of_targets_is_one_event(self) -> None:
        lines = (
            ":srv BATCH +t draft/chathistory-targets",
            "@batch=t :srv CHATHISTORY TARGETS ben 2026-03-12T12:00:00.000Z",
            "@batch=t :srv CHATHISTORY TARGETS",
            "@batch=t :srv CHATHISTORY TARGETS dee soon",
            ":srv BATCH -t",
        )
        self.assertEqual([events.HistoryTargets((("ben", NOON),))], read(self.parser, *lines))

    def test_a_better_spelling_belongs_to_the_results_of_a_search(self) -> None:
        for params, expected in (
            (
                "SEARCH SUGGESTION tiemout timeout 23 :Did you mean",
                events.BetterSpelling("tiemout", "timeout", 23),
            ),
            ("SEARCH SUGGESTION tiemout timeout many :-", events.BetterSpelling("tiemout", "timeout")),
            ("SEARCH SUGGESTION tiemout timeout :23", None),
            ("SEARCH OTHER tiemout timeout 23 :-", None),
        ):
            with self.subTest(params):
                note = f"@batch=s :srv NOTE {params}"
                found = read(self.parser, ":srv BATCH +s soju.im/search", note, ":srv BATCH -s")
                self.assertEqual([events.SearchResults((), spelling=expected)], found)

    def test_the_list_of_channels_is_reported_when_it_is_complete(self) -> None:
        lines = (
            ":srv 321 ana Channel :Users",
            ":srv 322 ana #c 3 :Exam",
            ":srv 322 ana #d x",
            ":srv 323 ana :End",
        )
        expected = (events.ListedChannel("#c", 3, "Exam"), events.ListedChannel("#d", 0))
        self.assertEqual([events.ChannelList(expected)], read(self.parser, *lines))

    def test_the_modes_that_inspircd_writes_before_a_topic_are_no_topic(self) -> None:
        for text, topic in (
            ("[+nt] Exam", "Exam"),
            ("[+knt <key>] Exam [+1]", "Exam [+1]"),
            ("[+nt] ", ""),
            ("[+nt]", ""),
            ("[+nt]rue", "[+nt]rue"),
            ("[all] hours", "[all] hours"),
        ):
            with self.subTest(text):
                found = read(self.parser, f":srv 322 ana #c 3 :{text}", ":srv 323 ana :End")
                self.assertEqual([events.ChannelList((events.ListedChannel("#c", 3, topic),))], found)

    def test_lines_of_an_unknown_or_unopened_batch_are_reported(self) -> None:
        lines = (
            ":srv BATCH +n netsplit a b",
            "@batch=n :ben!b@h QUIT :a b",
            ":srv BATCH -n",
            ":srv BATCH -z",
            "@batch=z :dee!d@h QUIT",
        )
        expected = [events.Quit("ben", "a b"), events.Quit("dee")]
        self.assertEqual(expected, read(self.parser, *lines))


class Multiline(unittest.TestCase):
    """Messages of several lines come as batches, live and within pages of history."""

    def setUp(self) -> None:
        self.parser = EventParser({})

    def test_a_batch_is_one_message_with_the_tags_of_its_first_line(self) -> None:
        found = read(
            self.parser,
            "@label=7;msgid=m1;+reply=m0 :ben!b@h BATCH +1 draft/multiline #c",
            "@batch=1 :ben!b@h PRIVMSG #c :def f():",
            "@batch=1 :ben!b@h PRIVMSG #c :",
            "@batch=1 :ben!b@h PRIVMSG #c :    return ",
            "@batch=1;draft/multiline-concat :ben!b@h PRIVMSG #c :1",
            ":ben!b@h BATCH -1",
        )
        text = "def f():\n\n    return 1"
        expected = events.MessageReceived("#c", "ben", "message", text, None, "m1", "", "7", "m0")
        self.assertEqual([expected], found)

    def test_a_batch_within_a_page_belongs_to_the_page(self) -> None:
        for end in ("@batch=h :srv BATCH -1", ":srv BATCH -1"):
            with self.subTest(end):
                (page,) = read(
                    self.parser,
                    ":srv BATCH +h chathistory #c",
                    "@batch=h;msgid=m1 :ben!b@h BATCH +1 draft/multiline #c",
                    "@batch=1 :ben!b@h PRIVMSG #c :one",
                    "@batch=1 :ben!b@h PRIVMSG #c :two",
                    end,
                    "@batch=h;msgid=m2 :ben!b@h PRIVMSG #c :three",
                    ":srv BATCH -h",
                )
                assert isinstance(page, events.HistoryPage)
                self.assertEqual(["one\ntwo", "three"], [each.text for each in page.messages])
                self.assertEqual(0, page.hidden)
                assert page.first and page.last
                self.assertEqual(("m1", "m2"), (page.first.msgid, page.last.msgid))

    def test_a_message_after_the_limit_of_a_page_is_not_a_new_message(self) -> None:
        lines = [f"@batch=h;msgid=m{at} :ben!b@h PRIVMSG #c :x" for at in range(MAX_BATCH_MESSAGES)]
        (page,) = read(
            self.parser,
            ":srv BATCH +h chathistory #c",
            *lines,
            "@batch=h;msgid=late :ben!b@h BATCH +1 draft/multiline #c",
            "@batch=1 :ben!b@h PRIVMSG #c :one",
            "@batch=h :srv BATCH -1",
            ":srv BATCH -h",
        )
        assert isinstance(page, events.HistoryPage) and page.last
        self.assertEqual(
            (MAX_BATCH_MESSAGES, f"m{MAX_BATCH_MESSAGES - 1}"), (len(page.messages), page.last.msgid)
        )

    def test_rows_of_a_page_that_are_no_messages_are_counted(self) -> None:
        (page,) = read(
            self.parser,
            ":srv BATCH +h chathistory #c",
            "@batch=h;msgid=e1 :ben!b@h JOIN #c",
            "@batch=h;msgid=m1 :ben!b@h PRIVMSG #c :one",
            "@batch=h;msgid=e2;+reply=m1;+draft/react=x :dee!d@h TAGMSG #c",
            ":srv BATCH -h",
        )
        assert isinstance(page, events.HistoryPage) and page.first and page.last
        self.assertEqual((2, "e1", "e2"), (page.hidden, page.first.msgid, page.last.msgid))
        self.assertEqual([("m1", "x")], [(each.msgid, each.reaction) for each in page.reactions])

    def test_an_endless_batch_is_cut(self) -> None:
        read(self.parser, ":ben!b@h BATCH +1 draft/multiline #c")
        read(self.parser, *("@batch=1 :ben!b@h PRIVMSG #c :" + "x" * 400 for _ in range(5000)))
        (found,) = read(self.parser, ":ben!b@h BATCH -1")
        assert isinstance(found, events.MessageReceived)
        self.assertLessEqual(len(found.text), MAX_MULTILINE_CHARACTERS)

    def test_a_batch_without_a_message_is_nothing(self) -> None:
        lines = (
            ":ben!b@h BATCH +1 draft/multiline #c", "@batch=1 :ben!b@h JOIN #c",
            "@batch=1 :ben!b@h PRIVMSG #c", "BATCH -1",
            ":ben!b@h BATCH +2 draft/multiline", "@batch=2 :ben!b@h PRIVMSG #c :hello", "BATCH -2",
            "BATCH -3",
        )  # fmt: skip
        self.assertEqual([], read(self.parser, *lines))


class UnfinishedReplies(unittest.TestCase):
    """Replies that a server never finishes do not fill the memory."""

    def setUp(self) -> None:
        self.parser = EventParser({})

    def test_the_oldest_of_too_many_open_batches_are_dropped(self) -> None:
        read(self.parser, *(f":srv BATCH +b{number} chathistory #c" for number in range(MAX_UNFINISHED + 50)))
        self.assertEqual(MAX_UNFINISHED, len(self.parser._batches))
        self.assertEqual([], read(self.parser, ":srv BATCH -b49"))
        self.assertEqual([events.HistoryPage("#c", ())], read(self.parser, ":srv BATCH -b50"))

    def test_only_the_first_messages_of_an_endless_batch_are_collected(self) -> None:
        read(self.parser, ":srv BATCH +b chathistory #c")
        read(self.parser, *["@batch=b :ben!b@h PRIVMSG #c :again"] * (MAX_BATCH_MESSAGES + 5))
        [page] = read(self.parser, ":srv BATCH -b")
        assert isinstance(page, events.HistoryPage)
        self.assertEqual(MAX_BATCH_MESSAGES, len(page.messages))

    def test_the_oldest_of_too_many_unfinished_rosters_are_dropped(self) -> None:
        lines = (f":srv 353 ana = #c{number} :ben dee" for number in range(MAX_UNFINISHED + 1))
        read(self.parser, *lines)
        self.assertEqual(MAX_UNFINISHED, len(self.parser._rosters))
        self.assertEqual([], read(self.parser, ":srv 366 ana #c0 :End"))
        self.assertEqual(1, len(read(self.parser, ":srv 366 ana #c1 :End")))

    def test_a_roster_without_end_stops_growing(self) -> None:
        names = " ".join(["ben"] * 1000)
        read(self.parser, *[f":srv 353 ana = #c :{names}"] * (MAX_ROSTER_NAMES // 1000 + 2))
        self.assertEqual(MAX_ROSTER_NAMES, len(self.parser._rosters["#c"]))

    def test_a_whois_answer_without_end_stops_growing(self) -> None:
        read(self.parser, *[":srv 319 ana ben :#c"] * (MAX_WHOIS_FACTS + 2))
        read(self.parser, *(f":srv 319 ana ben{number} :#c" for number in range(MAX_UNFINISHED)))
        self.assertEqual(MAX_UNFINISHED, len(self.parser._whois))
        read(self.parser, *[":srv 319 ana dee :#c"] * (MAX_WHOIS_FACTS + 2), ":srv 301 ana dee :lunch")
        [whois] = read(self.parser, ":srv 318 ana dee :End")
        assert isinstance(whois, events.WhoisReply)
        self.assertEqual(MAX_WHOIS_FACTS, len(whois.facts))
