"""A server's lines become events; what comes in pieces (batch, roster, WHOIS) is kept until it is whole."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chatapp.client import events
from chatapp.client.events import Event, Said
from chatapp.client.whois import FACTS
from chatapp.protocol import isupport
from chatapp.protocol.message import Message
from chatapp.protocol.names import Source, fold

WHOX_TOKEN = "71"  # marks the answers to our own question
WHOX_FIELDS = f"%tuhnfar,{WHOX_TOKEN}"

_HISTORY = frozenset({"chathistory", "draft/chathistory"})
_TARGETS = "draft/chathistory-targets"
_TYPING = ("+typing", "+draft/typing")
_STATES: tuple[events.TypingState, ...] = ("active", "paused", "done")
_ACTION = "\x01ACTION "
_NO_ACCOUNT = frozenset({"*", "0"})

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Batch:
    kind: str
    params: tuple[str, ...]
    label: str
    said: list[Said] = field(default_factory=list)
    targets: list[tuple[str, float]] = field(default_factory=list)


class Interpreter:
    """Reads the lines of one connection in their order.

    Takes  features: the live ISUPPORT table, for the rank prefixes
    """

    def __init__(self, features: Mapping[str, str]) -> None:
        self._features = features
        self._batches: dict[str, _Batch] = {}
        self._rosters: dict[str, list[events.Named]] = {}
        self._whois: dict[str, list[str]] = {}
        self._listed: list[events.ListedChannel] = []

    def read(self, message: Message) -> list[Event]:
        """The events of a line; none when it says nothing that we show, or is not complete."""
        batch = self._batches.get(message.tags.get("batch", "")) if self._batches else None
        if batch and batch.kind in _HISTORY:
            batch.said += [event for event in self._read(message, "") if isinstance(event, Said)]
            return []
        if batch and batch.kind == _TARGETS:
            batch.targets += _target(message)
            return []
        return self._read(message, message.tags.get("label") or (batch.label if batch else ""))

    def _read(self, message: Message, label: str) -> list[Event]:
        row = _HANDLERS.get(message.command)
        if row is None:
            return _other(message, label)
        least, handler = row
        if len(message.params) < least:
            log.warning("skipped a line with too few parameters: %s", message)
            return []
        return handler(self, message, label)

    def batch(self, message: Message, label: str) -> list[Event]:
        """BATCH +ref type params, BATCH -ref. A labelled reply gives its label to every line within."""
        reference = message.params[0]
        if reference.startswith("+"):
            kind = message.params[1] if len(message.params) > 1 else ""
            self._batches[reference[1:]] = _Batch(kind, message.params[2:], label)
            return []
        batch = self._batches.pop(reference[1:], None)
        if batch and batch.kind in _HISTORY and batch.params:
            return [events.HistoryPage(batch.params[0], tuple(batch.said))]
        if batch and batch.kind == _TARGETS:
            return [events.HistoryTargets(tuple(batch.targets))]
        return []

    def names(self, message: Message, label: str) -> list[Event]:
        """353 nick symbol channel :names, each with its prefixes, perhaps with user and host."""
        characters = "".join(isupport.prefixes(self._features.get("PREFIX", "(ov)@+")).values())
        roster = self._rosters.setdefault(fold(message.params[2]), [])
        for word in message.params[3].split():
            source = Source.parse(word.lstrip(characters))
            ranks = word[: len(word) - len(word.lstrip(characters))]
            roster.append(events.Named(source.nick, ranks, source.user, source.host))
        return []

    def names_end(self, message: Message, label: str) -> list[Event]:
        people = self._rosters.pop(fold(message.params[1]), None)
        return [] if people is None else [events.Roster(message.params[1], tuple(people))]

    def away_is(self, message: Message, label: str) -> list[Event]:
        """301 nick whom :words, within WHOIS too."""
        facts = self._whois.get(fold(message.params[1]))
        if facts is None:
            return [events.AwayIs(message.params[1], message.text)]
        facts.append(f"is away: {message.text}")
        return []

    def whois(self, message: Message, label: str) -> list[Event]:
        facts = self._whois.setdefault(fold(message.params[1]), [])  # the end may spell it otherwise
        facts.append(FACTS[message.command](message))
        return []

    def whois_end(self, message: Message, label: str) -> list[Event]:
        facts = self._whois.pop(fold(message.params[1]), [])
        return [events.WhoIs(message.params[1], tuple(facts))]

    def listed(self, message: Message, label: str) -> list[Event]:
        """322 nick channel people :topic."""
        people = int(message.params[2]) if message.params[2].isdecimal() else 0
        self._listed.append(events.ListedChannel(message.params[1], people, "".join(message.params[3:])))
        return []

    def listed_end(self, message: Message, label: str) -> list[Event]:
        channels, self._listed = tuple(self._listed), []
        return [events.ChannelList(channels)]


def time_of(message: Message) -> float | None:
    """What the `time` tag says, in Unix seconds."""
    return _seconds(message.tags.get("time"))


def _seconds(stamp: str | None) -> float | None:
    if not stamp:
        return None
    try:
        moment = datetime.fromisoformat(stamp)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _privmsg(me: Interpreter, message: Message, label: str) -> list[Event]:
    return _said(message, "message", label)


def _notice(me: Interpreter, message: Message, label: str) -> list[Event]:
    source = message.source
    if "!" not in source and ("." in source or not source or message.params[0] == "*"):
        return [events.Told(message.params[1], time=time_of(message))]  # a server speaks
    return _said(message, "notice", label)


def _said(message: Message, kind: events.SayingKind, label: str) -> list[Event]:
    """PRIVMSG or NOTICE. Of CTCP only ACTION is something said; no other request is answered or shown."""
    text, tags = message.params[1], message.tags
    if text.startswith("\x01"):
        if kind != "message" or not text.startswith(_ACTION):
            return []
        kind, text = "action", text[len(_ACTION) :].removesuffix("\x01")
    return [
        Said(
            message.params[0],
            message.nick,
            kind,
            text,
            _seconds(tags.get("time")),
            tags.get("msgid", ""),
            tags.get("account", ""),
            label,
        )
    ]


def _tagmsg(me: Interpreter, message: Message, label: str) -> list[Event]:
    word = next((message.tags[tag] for tag in _TYPING if tag in message.tags), "")
    return [events.Typed(message.params[0], message.nick, state) for state in _STATES if state == word]


def _join(me: Interpreter, message: Message, label: str) -> list[Event]:
    nick, user, host = Source.parse(message.source)
    account = None if len(message.params) < 2 else _account(message.params[1])
    return [
        events.Joined(channel, nick, account, user, host, time_of(message), message.tags.get("msgid", ""))
        for channel in message.params[0].split(",")
    ]


def _part(me: Interpreter, message: Message, label: str) -> list[Event]:
    reason = message.params[1] if len(message.params) > 1 else ""
    return [events.Parted(message.params[0], message.nick, reason, *_stamps(message))]


def _quit(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.HasQuit(message.nick, message.text, *_stamps(message))]


def _kick(me: Interpreter, message: Message, label: str) -> list[Event]:
    reason = message.params[2] if len(message.params) > 2 else ""
    return [events.Kicked(message.params[0], message.params[1], message.nick, reason, *_stamps(message))]


def _nick(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.Renamed(message.nick, message.params[0], *_stamps(message))]


def _topic(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.TopicSet(message.params[0], message.text, message.nick, *_stamps(message))]


def _mode(me: Interpreter, message: Message, label: str) -> list[Event]:
    target, modes, *arguments = message.params
    return [events.ModeSet(target, message.nick, modes, tuple(arguments), *_stamps(message))]


def _away(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.PersonKnown(message.nick, away=bool(message.text))]


def _account_changed(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.PersonKnown(message.nick, account=_account(message.params[0]))]


def _chghost(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.PersonKnown(message.nick, user=message.params[0], host=message.params[1])]


def _setname(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.PersonKnown(message.nick, realname=message.params[0])]


def _invite(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.Invited(message.params[1], message.params[0], message.nick, time_of(message))]


def _inviting(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.Invited(message.params[2], message.params[1], message.params[0], time_of(message))]


def _welcome(me: Interpreter, message: Message, label: str) -> list[Event]:
    told = [events.Told(message.text, time=time_of(message))]
    return [events.Registered(message.params[0], time_of(message)), *told]


def _logged_in(me: Interpreter, message: Message, label: str) -> list[Event]:
    """900 nick source account :words; 901 nick source :words."""
    account = message.params[2] if message.command == "900" and len(message.params) > 3 else ""
    return [events.LoggedIn(account), events.Told(message.text, time=time_of(message))]


def _topic_known(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.TopicKnown(message.params[1], message.params[2] if message.command == "332" else "")]


def _modes_known(me: Interpreter, message: Message, label: str) -> list[Event]:
    _, channel, modes, *arguments = message.params
    return [events.ModesKnown(channel, modes, tuple(arguments))]


def _self_away(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.SelfAway(message.command == "306")]


def _who(me: Interpreter, message: Message, label: str) -> list[Event]:
    """352 nick channel user host server whom flags :hops realname."""
    _, _, user, host, _, nick, flags, *rest = message.params
    realname = rest[-1].partition(" ")[2] if rest else None
    return [events.PersonKnown(nick, "G" in flags, None, user, host, realname)]


def _whox(me: Interpreter, message: Message, label: str) -> list[Event]:
    """354 nick and the fields that WHOX_FIELDS asks for."""
    if message.params[1] != WHOX_TOKEN or len(message.params) != 8:
        return []
    _, _, user, host, nick, flags, account, realname = message.params
    return [events.PersonKnown(nick, "G" in flags, _account(account), user, host, realname)]


def _nick_refused(me: Interpreter, message: Message, label: str) -> list[Event]:
    taken = message.command in ("433", "436")
    return [events.NickRefused(message.params[-2], taken, message.text)]


def _error(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.Farewell(message.text)]


def _pong(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.Ponged(message.text, time_of(message))]


def _ack(me: Interpreter, message: Message, label: str) -> list[Event]:
    return [events.Acknowledged(label)]


def _fail(me: Interpreter, message: Message, label: str) -> list[Event]:
    """FAIL command code context :words."""
    command, code, *context = message.params[:-1]
    return [events.Refused(code, message.text, command, tuple(context), label)]


def _note(me: Interpreter, message: Message, label: str) -> list[Event]:
    """WARN or NOTE, command code context :words."""
    about = message.params[2] if len(message.params) > 3 else ""
    return [events.Told(message.text, about, time_of(message))]


def _nothing(me: Interpreter, message: Message, label: str) -> list[Event]:
    return []


def _other(message: Message, label: str) -> list[Event]:
    """A numeric without a handler: an error from 400 on, else something that the server tells."""
    code, params = message.command, message.params
    if len(code) != 3 or not code.isdecimal() or len(params) < 2:
        return []
    if "400" <= code < "600":
        command = params[1] if code in ("421", "461") else ""
        return [events.Refused(code, params[-1], command, params[1:-1], label)]
    numbers = [param for param in params[1:-1] if param not in message.text]  # 265 says them twice
    return [events.Told(" ".join([*numbers, message.text]), time=time_of(message))]


def _target(message: Message) -> list[tuple[str, float]]:
    """CHATHISTORY TARGETS name time."""
    if message.command != "CHATHISTORY" or len(message.params) < 3:
        return []
    when = _seconds(message.params[2])
    return [] if when is None else [(message.params[1], when)]


def _account(name: str) -> str:
    return "" if name in _NO_ACCOUNT else name


def _stamps(message: Message) -> tuple[float | None, str]:
    return time_of(message), message.tags.get("msgid", "")


_HANDLERS: dict[str, tuple[int, Callable[[Interpreter, Message, str], list[Event]]]] = {
    # command: least parameters, handler
    "PRIVMSG": (2, _privmsg),
    "NOTICE": (2, _notice),
    "TAGMSG": (1, _tagmsg),
    "BATCH": (1, Interpreter.batch),
    "JOIN": (1, _join),
    "PART": (1, _part),
    "QUIT": (0, _quit),
    "KICK": (2, _kick),
    "NICK": (1, _nick),
    "TOPIC": (2, _topic),
    "MODE": (2, _mode),
    "AWAY": (0, _away),
    "ACCOUNT": (1, _account_changed),
    "CHGHOST": (2, _chghost),
    "SETNAME": (1, _setname),
    "INVITE": (2, _invite),
    "ERROR": (0, _error),
    "PONG": (1, _pong),
    "ACK": (0, _ack),
    "FAIL": (3, _fail),
    "WARN": (3, _note),
    "NOTE": (3, _note),
    "001": (1, _welcome),
    "004": (0, _nothing),  # ISUPPORT says it better
    "301": (3, Interpreter.away_is),
    "305": (0, _self_away),
    "306": (0, _self_away),
    "315": (0, _nothing),
    "318": (2, Interpreter.whois_end),
    "321": (0, _nothing),
    "322": (3, Interpreter.listed),
    "323": (0, Interpreter.listed_end),
    "324": (3, _modes_known),
    "329": (0, _nothing),
    "331": (2, _topic_known),
    "332": (3, _topic_known),
    "333": (0, _nothing),
    "341": (3, _inviting),
    "352": (7, _who),
    "353": (4, Interpreter.names),
    "354": (2, _whox),
    "366": (2, Interpreter.names_end),
    "375": (0, _nothing),
    "376": (0, _nothing),
    "422": (0, _nothing),
    "900": (3, _logged_in),
    "901": (2, _logged_in),
    "432": (3, _nick_refused),
    "433": (3, _nick_refused),
    "436": (3, _nick_refused),
    "437": (3, _nick_refused),
    **{code: (4 if code in ("311", "317") else 3, Interpreter.whois) for code in FACTS},
}
