"""NickServ and ChanServ, for programs that know no SASL and for people who learned IRC with them.

`NS IDENTIFY …`, `NICKSERV IDENTIFY …` and `PRIVMSG NickServ :IDENTIFY …` are the same. A service answers with
notices. To add something it can do, write a function and a row in its table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from ...protocol import names
from ...protocol.message import Message
from ...protocol.numerics import Failed
from ..accounts import Account, BadPassword, check_password
from ..effects import Outbox
from ..modes import HALFOP
from ..world import Channel, Session, User, World
from . import account, attendance, login, naming, rank

CERTIFICATES = 10  # of one account
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class _Refusal(Exception):
    """What a service says instead of doing it."""


@dataclass(frozen=True, slots=True)
class _Request:
    """Somebody asks a service for something."""

    world: World
    me: Session
    service: str
    out: Outbox

    @property
    def user(self) -> User:
        assert self.me.user
        return self.me.user

    @property
    def account(self) -> Account:
        """The account of the asker."""
        mine = self.world.account_of(self.user)
        if mine is None:
            raise _Refusal("Log in first: IDENTIFY <account> <password>")
        return mine

    def say(self, words: str) -> None:
        source = f"{self.service}!{self.service}@{self.world.name}"
        self.out.say(Message("NOTICE", (self.user.nick, words), source))

    def again(self, out: Outbox) -> _Request:
        """The same, when a job is done."""
        return _Request(self.world, self.me, self.service, out)


class _Skill(NamedTuple):
    """Takes  fewest: words that it needs; usage: them, as HELP shows it; purpose: what for"""

    do: Callable[[_Request, Sequence[str]], None]
    fewest: int
    usage: str
    purpose: str


def nickserv(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """NICKSERV <command> …: see to your account. NICKSERV HELP lists the commands.

    Sends   notices of NickServ
    """
    _serve(_Request(world, me, "NickServ", out), _words(msg.params))


def chanserv(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """CHANSERV <command> …: see to the operators of a channel. CHANSERV HELP lists the commands.

    Sends   notices of ChanServ
    """
    _serve(_Request(world, me, "ChanServ", out), _words(msg.params))


def hear(world: World, me: Session, name: str, text: str, out: Outbox) -> None:
    """What was said to a service as to a person."""
    _serve(_Request(world, me, name, out), text.split())


def _words(params: Sequence[str]) -> Sequence[str]:
    """All may come in one parameter; in several, a password may hold spaces."""
    return params[0].split() if len(params) == 1 else params


def _serve(request: _Request, words: Sequence[str]) -> None:
    skills = _SKILLS[request.service]
    name = words[0].upper() if words else "HELP"
    skill = skills.get(name)
    try:
        if name == "HELP":
            _help(request, skills)
        elif skill is None:
            raise _Refusal("No such command; HELP lists them")
        elif len(words) - 1 < skill.fewest:
            raise _Refusal(f"Usage: {name} {skill.usage}")
        else:
            skill.do(request, words[1:])
    except _Refusal as refusal:
        request.say(str(refusal))
    except Failed as failed:
        request.say(failed.params[-1])


def _help(request: _Request, skills: dict[str, _Skill]) -> None:
    for name, skill in skills.items():
        request.say(f"{name} {skill.usage}".rstrip() + f" - {skill.purpose}")


# NickServ


def _register(request: _Request, words: Sequence[str]) -> None:
    email = words[1] if len(words) > 1 else account.NO_EMAIL

    def made(world: World, me: Session, outcome: Account | Failed, out: Outbox) -> None:
        if isinstance(outcome, Failed):
            request.again(out).say(outcome.params[-1])
        else:
            request.again(out).say(f"The account {outcome.name} is made, and you are logged in to it")
            login.log_in(world, me, outcome, out)

    nick = request.user.nick
    account.create(request.world, request.me, nick, email, words[0], request.out, made)


def _identify(request: _Request, words: Sequence[str]) -> None:
    """With one word it is the password of the account that is called like the nick."""
    name, password = words[:2] if len(words) > 1 else (request.me.refused or request.user.nick, words[0])

    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        if not isinstance(outcome, Account):
            request.again(out).say(outcome)
        elif login.is_shared(me, outcome):
            request.again(out).say(f"Your other sessions are logged in to {request.user.account}")
        else:
            login.log_in(world, me, outcome, out)
            request.again(out).say(f"You are logged in to {outcome.name}")

    login.attempt(request.world, request.me, name, password, request.out, checked)


def _logout(request: _Request, words: Sequence[str]) -> None:
    request.say(f"You are logged out of {request.account.name}")
    login.log_out(request.world, request.user, request.out)


def _set(request: _Request, words: Sequence[str]) -> None:
    if words[0].upper() != "PASSWORD":
        raise _Refusal("Usage: SET PASSWORD <new password>")
    name, password = request.account.name, words[1]
    try:
        check_password(password, request.world.config.limits.password)
    except BadPassword as bad:
        raise _Refusal(str(bad)) from bad

    def hashed(world: World, me: Session, credentials: str | None, out: Outbox) -> None:
        words = login.BUSY
        if credentials and account.set_password(world, name, credentials, out):
            words = "Your password is changed"
        request.again(out).say(words)

    request.out.later(lambda reader: account.hashed_password(password), hashed, is_hashing=True)


def _info(request: _Request, words: Sequence[str]) -> None:
    name = words[0] if words else request.user.nick
    found = request.world.accounts.get(names.fold(name))
    if found is None:
        raise _Refusal(f"There is no account {name}")
    here = any(user.sessions for user in request.world.logged_in.get(found.folded, ()))
    request.say(f"{found.name} is an account since {_day(found.created)}, its role is {found.role}")
    request.say(f"Its owner is {'here' if here else 'not connected'}")


def _ghost(request: _Request, words: Sequence[str]) -> None:
    """For who has the account of the nick, or gives its password."""
    ghost = request.world.user(words[0])
    mine = request.user.account
    if ghost is request.user:
        raise _Refusal("That is you")
    if mine and (ghost.account == mine or ghost.folded == names.fold(mine)):
        _banish(request, ghost, mine)
    elif len(words) < 2:
        raise _Refusal("Log in to the account of that name, or give its password")
    else:
        _banish_with_password(request, ghost.nick, words[1])


def _banish_with_password(request: _Request, nick: str, password: str) -> None:
    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        ghost = world.users.get(names.fold(nick))
        if not isinstance(outcome, Account):
            request.again(out).say(outcome)
        elif ghost and ghost is not me.user:
            _banish(request.again(out), ghost, outcome.name)

    login.attempt(request.world, request.me, nick, password, request.out, checked)


def _banish(request: _Request, ghost: User, owner: str) -> None:
    """A ghost of the account itself has to go; anybody else gets another nick."""
    if ghost.account == owner:
        words = f"Ghost of {request.user.nick}"
        attendance.expel(request.world, ghost, words, words, request.out)
    else:
        naming.step_aside(request.world, ghost, request.out)
    request.say("The nick is free now")


def _certificate(request: _Request, words: Sequence[str]) -> None:
    """CERT: which certificates log in to the account by SASL EXTERNAL."""
    mine, certificates, action = request.account, request.world.certificates, words[0].upper()
    known = [fingerprint for fingerprint, owner in certificates.items() if owner == mine.folded]
    if action == "LIST":
        for each in known:
            request.say(each)
        request.say("No certificates" if not known else f"{len(known)} in all")
        return
    fingerprint = (words[1] if len(words) > 1 else request.me.fingerprint).replace(":", "").lower()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise _Refusal("A fingerprint is the SHA-256 of a certificate: 64 hexadecimal digits")
    if action == "ADD" and fingerprint not in certificates and len(known) < CERTIFICATES:
        account.add_certificate(request.world, mine, fingerprint, request.out)
        request.say("This certificate logs you in now")
    elif action == "DEL" and fingerprint in known:
        account.drop_certificate(request.world, fingerprint, request.out)
        request.say("This certificate does not log you in any more")
    else:
        raise _Refusal(f"{action} is not possible: it is there already, not yours, or one too many")


# ChanServ


def _operator(request: _Request, words: Sequence[str]) -> None:
    place, user = _place(request, words)
    rank.give(request.world, place, user, "o", "ChanServ", request.out)


def _no_operator(request: _Request, words: Sequence[str]) -> None:
    place, user = _place(request, words)
    rank.take(request.world, place, user, "o", "ChanServ", request.out)


def _place(request: _Request, words: Sequence[str]) -> tuple[Channel, User]:
    """The channel and the member in it, if the asker may operate there: by account, or as server operator."""
    world, user = request.world, request.user
    channel = world.channel(words[0])
    known = channel.known.get(user.account, "") if user.account else ""
    if not (rank.level(known) > HALFOP or user.is_operator):
        raise _Refusal(f"Your account is no operator of {channel.name}")
    return channel, world.member_of(channel, words[1] if len(words) > 1 else user.nick)


def _channel_info(request: _Request, words: Sequence[str]) -> None:
    channel = request.world.channel(words[0])
    if not request.world.visible_channel(request.user, channel):
        raise _Refusal(f"There is no channel {channel.name}")
    operators = [name for name, letters in channel.known.items() if rank.level(letters) > HALFOP]
    request.say(f"{channel.name} is there since {_day(channel.created)}")
    request.say(f"Operators by account: {', '.join(sorted(operators)) or 'none'}")


def _day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%d %B %Y")


_SKILLS = {
    "NickServ": {
        "REGISTER": _Skill(_register, 1, "<password> [<email>]", "make an account of your nick"),
        "IDENTIFY": _Skill(_identify, 1, "[<account>] <password>", "log in"),
        "LOGOUT": _Skill(_logout, 0, "", "log out"),
        "SET": _Skill(_set, 2, "PASSWORD <new password>", "change your password"),
        "INFO": _Skill(_info, 0, "[<account>]", "what is known about an account"),
        "GHOST": _Skill(_ghost, 1, "<nick> [<password>]", "free your nick from who holds it"),
        "CERT": _Skill(_certificate, 1, "ADD|DEL|LIST [<fingerprint>]", "certificates that log you in"),
    },
    "ChanServ": {
        "OP": _Skill(_operator, 1, "<channel> [<nick>]", "make a member an operator"),
        "DEOP": _Skill(_no_operator, 1, "<channel> [<nick>]", "take that away"),
        "INFO": _Skill(_channel_info, 1, "<channel>", "what is known about a channel"),
    },
}
