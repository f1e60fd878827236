"""Handlers of messages that stand alone: a table from command or numeric to the events that it means.

Messages that are complete only together (batches, NAMES, WHOIS, LIST) are read in parser.py. The parser
checks the number of parameters before it calls a handler.
"""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.incoming import events
from chatapp.client.incoming.events import Event, MessageReceived
from chatapp.protocol import edits
from chatapp.protocol.message import Message
from chatapp.protocol.modes import REASON_TAG
from chatapp.protocol.names import Source
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.timestamps import parse_criterion_seconds, parse_seconds

WHOX_TOKEN = "71"  # marks the replies to our own WHO
WHOX_FIELDS = f"%tuhnfar,{WHOX_TOKEN}"

_TYPING = ("+typing", "+draft/typing")
_REPLY = ("+reply", "+draft/reply")
_REACT = ("+draft/react", "+react")
_UNREACT = ("+draft/unreact", "+unreact")
_STATES: tuple[events.TypingState, ...] = ("active", "paused", "done")
_ACTION = "\x01ACTION "
_LATE_ERRORS = frozenset({"696", "697", "698", "723"})  # errors beside those from 400 to 599
_NO_ACCOUNT = frozenset({"*", "0"})


def time_of(message: Message) -> float | None:
    """Return the time in the `time` tag, in Unix seconds; None without a valid one."""
    return parse_seconds(message.tags.get("time"))


def _privmsg(message: Message, label: str) -> list[Event]:
    return _message(message, "message", label)


def _notice(message: Message, label: str) -> list[Event]:
    source = message.source
    if "!" not in source and ("." in source or not source or message.params[0] == "*"):
        return [events.ServerText(message.params[1], time=time_of(message))]  # sent by a server
    return _message(message, "notice", label)


def _message(message: Message, kind: events.MessageKind, label: str) -> list[Event]:
    """Handle PRIVMSG and NOTICE. CTCP requests except ACTION are neither shown nor answered."""
    text, tags = message.params[1], message.tags
    if text.startswith("\x01"):
        if kind != "message" or not text.startswith(_ACTION):
            return []
        kind, text = "action", _without_action(text)
    return [
        MessageReceived(
            message.params[0],
            message.nick,
            kind,
            text,
            parse_seconds(tags.get("time")),
            tags.get("msgid", ""),
            tags.get("account", ""),
            label,
            _first(message, _REPLY) if tags else "",
            parse_seconds(tags.get(edits.EDITED)) or 0.0 if edits.EDITED in tags else 0.0,
        )
    ]


def _edit(message: Message, label: str) -> list[Event]:
    """EDIT target, with the msgid and the new text in its tags. A text is never emptied by a change."""
    tags = message.tags
    msgid, text = tags.get(edits.TARGET_MSGID, ""), _without_action(tags.get(edits.EDIT_TEXT, ""))
    if not msgid or not text.strip():
        return []
    account = tags.get("account", "")
    return [events.Edited(message.params[0], msgid, message.nick, text, time_of(message), account, label)]


def _redact(message: Message, label: str) -> list[Event]:
    """REDACT target msgid [:reason]."""
    target, msgid, *reason = message.params
    return [events.Redacted(target, msgid, message.nick, "".join(reason[:1]), label)] if msgid else []


def _markread(message: Message, label: str) -> list[Event]:
    """MARKREAD target timestamp=… or *. An invalid time is ignored."""
    target, stamp = message.params[:2]
    time = parse_criterion_seconds(stamp)
    return [events.ReadMarkerReceived(target, time)] if time is not None or stamp == "*" else []


def _tagmsg(message: Message, label: str) -> list[Event]:
    """TAGMSG target, with a typing notification, or with a reaction to the message that it replies to."""
    target, word = message.params[0], _first(message, _TYPING)
    found: list[Event] = [
        events.TypingReceived(target, message.nick, state) for state in _STATES if state == word
    ]
    msgid, account = _first(message, _REPLY), message.tags.get("account", "")
    for tags, is_removed in ((_REACT, False), (_UNREACT, True)):
        reaction = _first(message, tags)
        if msgid and reaction:
            time = time_of(message)
            found.append(events.Reacted(target, msgid, message.nick, reaction, is_removed, time, account))
    return found


def _first(message: Message, names: tuple[str, ...]) -> str:
    """Return the value of the first of these tags; empty if there is none."""
    return next((message.tags[name] for name in names if name in message.tags), "")


def _without_action(text: str) -> str:
    """Return the text of a CTCP ACTION; any other text as it is."""
    return text[len(_ACTION) :].removesuffix("\x01") if text.startswith(_ACTION) else text


def _join(message: Message, label: str) -> list[Event]:
    nick, user, host = Source.parse(message.source)
    account = None if len(message.params) < 2 else _account(message.params[1])
    return [
        events.Joined(channel, nick, account, user, host, time_of(message), message.tags.get("msgid", ""))
        for channel in message.params[0].split(",")
    ]


def _part(message: Message, label: str) -> list[Event]:
    reason = message.params[1] if len(message.params) > 1 else ""
    return [events.Parted(message.params[0], message.nick, reason, *_stamps(message))]


def _quit(message: Message, label: str) -> list[Event]:
    return [events.Quit(message.nick, message.text, *_stamps(message))]


def _kick(message: Message, label: str) -> list[Event]:
    reason = message.params[2] if len(message.params) > 2 else ""
    return [events.Kicked(message.params[0], message.params[1], message.nick, reason, *_stamps(message))]


def _nick(message: Message, label: str) -> list[Event]:
    return [events.NickChanged(message.nick, message.params[0], *_stamps(message))]


def _rename(message: Message, label: str) -> list[Event]:
    """RENAME channel name :reason."""
    channel, name, *reason = message.params
    return [events.ChannelRenamed(channel, name, message.nick, "".join(reason[:1]), *_stamps(message))]


def _topic(message: Message, label: str) -> list[Event]:
    return [events.TopicSet(message.params[0], message.text, message.nick, *_stamps(message))]


def _mode(message: Message, label: str) -> list[Event]:
    target, modes, *arguments = message.params
    reason = message.tags.get(REASON_TAG, "")
    return [events.ModeSet(target, message.nick, modes, tuple(arguments), *_stamps(message), reason)]


def _away(message: Message, label: str) -> list[Event]:
    return [events.PersonUpdated(message.nick, away=bool(message.text), away_text=message.text)]


def _account_changed(message: Message, label: str) -> list[Event]:
    return [events.PersonUpdated(message.nick, account=_account(message.params[0]))]


def _chghost(message: Message, label: str) -> list[Event]:
    return [events.PersonUpdated(message.nick, user=message.params[0], host=message.params[1])]


def _setname(message: Message, label: str) -> list[Event]:
    return [events.PersonUpdated(message.nick, realname=message.params[0])]


def _metadata(message: Message, label: str) -> list[Event]:
    """METADATA target key visibility [:value]."""
    target, key, _, *value = message.params
    return [events.MetadataReceived(target, key.lower(), value[0] if value else None)]


def _metadata_value(message: Message, label: str) -> list[Event]:
    """761 nick target key visibility :value; 766 nick target key :text."""
    _, target, key, *rest = message.params
    value = rest[-1] if message.command == "761" and len(rest) > 1 else None
    return [events.MetadataReceived(target, key.lower(), value)]


def _metadata_delayed(message: Message, label: str) -> list[Event]:
    """774 nick target [seconds]."""
    seconds = parse_whole(message.params[2]) if len(message.params) > 2 else None
    return [events.MetadataDelayed(message.params[1], seconds or 0)]


def _monitored(message: Message, label: str) -> list[Event]:
    """730 or 731 nick :target,target…."""
    people = tuple(filter(None, message.text.split(",")))
    return [events.Monitored(people, message.command == "730")]


def _monitor_full(message: Message, label: str) -> list[Event]:
    """734 nick limit nick,nick… :text."""
    return [events.ErrorReply("734", message.text, "MONITOR", tuple(message.params[1:-1]), label)]


def _invite(message: Message, label: str) -> list[Event]:
    return [events.Invited(message.params[1], message.params[0], message.nick, time_of(message))]


def _inviting(message: Message, label: str) -> list[Event]:
    return [events.Invited(message.params[2], message.params[1], message.params[0], time_of(message))]


def _welcome(message: Message, label: str) -> list[Event]:
    time = time_of(message)
    return [events.Registered(message.params[0], time), events.ServerText(message.text, time=time)]


def _software(message: Message, label: str) -> list[Event]:
    """004 nick server version modes…; 005 says more about the modes."""
    return [events.ServerSoftware(message.params[2])]


def _logged_in(message: Message, label: str) -> list[Event]:
    """900 nick source account :text; 901 nick source :text."""
    account = message.params[2] if message.command == "900" and len(message.params) > 3 else ""
    return [events.LoggedIn(account), events.ServerText(message.text, time=time_of(message))]


def _registration_reply(message: Message, label: str) -> list[Event]:
    """REGISTER or VERIFY, code account :text: the answer to a request after the welcome."""
    code = f"{message.command} {message.params[0]}"
    return [events.ServerText(message.text, time=time_of(message), is_reply=True, code=code)]


def _topic_known(message: Message, label: str) -> list[Event]:
    return [events.TopicKnown(message.params[1], message.params[2] if message.command == "332" else "")]


def _modes_known(message: Message, label: str) -> list[Event]:
    _, channel, modes, *arguments = message.params
    return [events.ModesKnown(channel, modes, tuple(arguments))]


def _channel_created(message: Message, label: str) -> list[Event]:
    """Read when a channel was made. Source: modern.ircdocs.horse, RPL_CREATIONTIME (329)."""
    seconds = parse_whole(message.params[2])
    return [events.ChannelCreated(message.params[1], float(seconds))] if seconds else []


def _self_away(message: Message, label: str) -> list[Event]:
    return [events.OwnAwayChanged(message.command == "306")]


def _who(message: Message, label: str) -> list[Event]:
    """352 nick channel user host server whom flags :hops realname."""
    _, _, user, host, _, nick, flags, *rest = message.params
    realname = rest[-1].partition(" ")[2] if rest else None
    return [events.PersonUpdated(nick, away="G" in flags, user=user, host=host, realname=realname)]


def _whox(message: Message, label: str) -> list[Event]:
    """354 nick, then the fields of WHOX_FIELDS."""
    if message.params[1] != WHOX_TOKEN or len(message.params) != 8:
        return []
    _, _, user, host, nick, flags, account, realname = message.params
    return [
        events.PersonUpdated(
            nick, away="G" in flags, account=_account(account), user=user, host=host, realname=realname
        )
    ]


def _nick_refused(message: Message, label: str) -> list[Event]:
    taken = message.command in ("433", "436")
    return [events.NickRefused(message.params[-2], taken, message.text, message.command)]


def _error(message: Message, label: str) -> list[Event]:
    return [events.ServerClosing(message.text)]


def _pong(message: Message, label: str) -> list[Event]:
    return [events.PongReceived(message.text, time_of(message))]


def _ack(message: Message, label: str) -> list[Event]:
    return [events.Acknowledged(label)]


def _fail(message: Message, label: str) -> list[Event]:
    """FAIL command code context :text."""
    command, code, *context = message.params[:-1]
    return [events.ErrorReply(code, message.text, command, tuple(context), label)]


_WITH_NAME = frozenset({"SETTING ENTRY", "SETTING CHANGED"})
"""Standard replies whose text is the value of what their context names."""


def _standard_reply(message: Message, label: str) -> list[Event]:
    """WARN or NOTE, command code context :text."""
    about = message.params[2] if len(message.params) > 3 else ""
    command, code, *params = message.params
    is_reply, kind = command != "*", f"{command} {code}"
    text = f"{about}: {message.text}" if about and kind in _WITH_NAME else message.text
    return [events.ServerText(text, about, time_of(message), is_reply, kind, tuple(params))]


def _ignored(message: Message, label: str) -> list[Event]:
    return []


def other_numeric(message: Message, label: str) -> list[Event]:
    """Handle a numeric without a handler of its own: an error, else text from the server."""
    code, params = message.command, message.params
    if len(code) != 3 or not code.isdecimal() or len(params) < 2:
        return []
    if "400" <= code < "600" or code in _LATE_ERRORS:
        command = params[1] if code in ("421", "461") else ""
        return [events.ErrorReply(code, params[-1], command, params[1:-1], label)]
    numbers = [param for param in params[1:-1] if param not in message.text]  # 265 has them in the text too
    text = " ".join([*numbers, message.text])
    return [events.ServerText(text, time=time_of(message), code=code, params=tuple(params[1:]))]


def _account(name: str) -> str:
    return "" if name in _NO_ACCOUNT else name


def _stamps(message: Message) -> tuple[float | None, str]:
    return time_of(message), message.tags.get("msgid", "")


Handler = Callable[[Message, str], list[Event]]

HANDLERS: dict[str, tuple[int, Handler]] = {
    # command: fewest parameters, handler
    "PRIVMSG": (2, _privmsg),
    "NOTICE": (2, _notice),
    "TAGMSG": (1, _tagmsg),
    "EDIT": (1, _edit),
    "REDACT": (2, _redact),
    "MARKREAD": (2, _markread),
    "JOIN": (1, _join),
    "PART": (1, _part),
    "QUIT": (0, _quit),
    "KICK": (2, _kick),
    "NICK": (1, _nick),
    "RENAME": (2, _rename),
    "TOPIC": (2, _topic),
    "MODE": (2, _mode),
    "221": (2, _mode),  # our own user modes, after a login that made us a server operator
    "AWAY": (0, _away),
    "ACCOUNT": (1, _account_changed),
    "CHGHOST": (2, _chghost),
    "SETNAME": (1, _setname),
    "METADATA": (3, _metadata),
    "INVITE": (2, _invite),
    "ERROR": (0, _error),
    "REGISTER": (3, _registration_reply),
    "VERIFY": (3, _registration_reply),
    "PONG": (1, _pong),
    "ACK": (0, _ack),
    "FAIL": (3, _fail),
    "WARN": (3, _standard_reply),
    "NOTE": (3, _standard_reply),
    "001": (1, _welcome),
    "004": (3, _software),
    "305": (0, _self_away),
    "306": (0, _self_away),
    "315": (0, _ignored),
    "321": (0, _ignored),
    "324": (3, _modes_known),
    "329": (3, _channel_created),
    "331": (2, _topic_known),
    "332": (3, _topic_known),
    "333": (0, _ignored),
    "341": (3, _inviting),
    "352": (7, _who),
    "354": (2, _whox),
    "375": (0, _ignored),
    "376": (0, _ignored),
    "422": (0, _ignored),
    "730": (2, _monitored),
    "731": (2, _monitored),
    "734": (3, _monitor_full),
    "761": (4, _metadata_value),
    "766": (3, _metadata_value),
    "770": (0, _ignored),
    "774": (2, _metadata_delayed),
    "900": (3, _logged_in),
    "901": (2, _logged_in),
    "432": (3, _nick_refused),
    "433": (3, _nick_refused),
    "436": (3, _nick_refused),
    "437": (3, _nick_refused),
}
