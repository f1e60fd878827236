"""Slash commands about the own account: protect the name, change the password, see and end sessions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, OrderFinished
from chatapp.client.model.orders import Order
from chatapp.client.model.own_account import OwnSession, offers, read_sessions
from chatapp.client.outgoing.slash_commands import NOT_OFFERED
from chatapp.languages.translation import N_, _

PROTECT, PASSWORD, SESSIONS = "protect", "password", "sessions"
SECRET = (PROTECT, PASSWORD)
"""The commands with a password: it is shown as dots, and not among the sent lines."""

OTHERS = "others"
PROTECTED = N_("Your name is protected now. Nobody else can use it.")
CHANGED = N_("Your password is changed.")
ENDED = N_("Logged out.")
NO_SESSION = N_("There is no session {number}. /sessions lists them.")
USAGE = N_("Type {usage}")
USAGES = {
    PROTECT: "/protect PASSWORD [CODE]",
    PASSWORD: "/password OLD NEW",
    SESSIONS: "/sessions [end NUMBER|others]",
}


class AccountCommands:
    """Gives the orders, and tells how they ended.

    Args:
        tell: Shows a line from the program itself.
    """

    def __init__(self, client: Client, tell: Callable[[str], object]) -> None:
        self._client, self._tell = client, tell
        self._awaited: dict[Order, Callable[[Order], object]] = {}
        self._listed: tuple[OwnSession, ...] = ()

    def apply(self, changes: Iterable[Change]) -> None:
        """Tell how the orders ended that are among these changes."""
        for change in changes:
            if isinstance(change, OrderFinished):
                self._end(change.order)

    def protect(self, arguments: str) -> str | None:
        """Make an account of the present name: `PASSWORD [CODE]`."""
        words = arguments.split()
        if not offers(self._client.network).protect:
            return _(NOT_OFFERED)
        if len(words) not in (1, 2):
            return _usage(PROTECT)
        self._follow(self._client.account.protect(*words), lambda order: self._tell(_(PROTECTED)))
        return None

    def change_password(self, arguments: str) -> str | None:
        """Change the password: `OLD NEW`."""
        words = arguments.split()
        if not offers(self._client.network).change_password:
            return _(NOT_OFFERED)
        if len(words) != 2:
            return _usage(PASSWORD)
        self._follow(self._client.account.change_password(*words), lambda order: self._tell(_(CHANGED)))
        return None

    def sessions(self, arguments: str) -> str | None:
        """List where the account is logged in, or log out there: `end NUMBER`, `end others`."""
        account, words = self._client.account, arguments.split()
        if not offers(self._client.network).sessions:
            return _(NOT_OFFERED)
        if not words:
            self._follow(account.list_sessions(), self._list)
            return None
        if len(words) != 2 or words[0].lower() != "end":
            return _usage(SESSIONS)
        if words[1].lower() == OTHERS:
            self._follow(account.end_other_sessions(), lambda order: self._tell(_(ENDED)))
            return None
        found = next((each for at, each in enumerate(self._listed, 1) if str(at) == words[1]), None)
        if found is None:
            return _(NO_SESSION).format(number=words[1])
        self._follow(account.end_session(found.number), lambda order: self._tell(_(ENDED)))
        return None

    def _list(self, order: Order) -> None:
        self._listed = read_sessions(order.answers).sessions
        for at, each in enumerate(self._listed, 1):
            self._tell(f"{at}  {_described(each)}")

    def _follow(self, order: Order, done: Callable[[Order], object]) -> None:
        self._awaited[order] = done
        if order.is_finished:
            self._end(order)

    def _end(self, order: Order) -> None:
        done = self._awaited.pop(order, None)
        if done is None:
            return
        if order.problem:
            self._tell(order.problem)
        else:
            done(order)


def is_secret(text: str) -> bool:
    """Return whether a line has a password that is not to be shown."""
    return _secret_start(text) is not None


def masked(text: str) -> str:
    """Return a line as it is shown: with dots for a password."""
    start = _secret_start(text)
    return text if start is None else text[:start] + "•" * len(text[start:])


def _secret_start(text: str) -> int | None:
    name, space, _rest = text.partition(" ")
    return len(name) + 1 if space and name[:1] == "/" and name[1:].lower() in SECRET else None


def _usage(name: str) -> str:
    return _(USAGE).format(usage=USAGES[name])


def _described(session: OwnSession) -> str:
    where = " · ".join(filter(None, (session.program, session.system, session.computer, session.address)))
    since = time.strftime("%Y-%m-%d %H:%M", time.localtime(session.since))
    text = _("{where}, since {time} (this one)") if session.is_this else _("{where}, since {time}")
    return text.format(where=where, time=since)
