"""The orders for the user's own account. `OrderFinished` reports the outcome of each.

    protect            REGISTER * * password      and VERIFY where an invite code is needed
    change_password    CONFIRM old, SETPASS new
    give_up, delete    CONFIRM password, UNREGISTER account

When one has succeeded, the login of the connection and the stored password follow, so that the next
connection logs in by itself. Nothing of it needs a new connection.

Source: IRCv3 account-registration; `chatapp/server/README.md` for the other commands
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import replace

from chatapp.client.model import person_colours, person_status
from chatapp.client.model.changes import LoginChanged, StatusChanged
from chatapp.client.model.orders import Order, Refusal, Step, no_follow_up
from chatapp.client.model.own_account import SESSIONS
from chatapp.client.session.account_registration import BY_INVITATION
from chatapp.client.session.network_session import AccountDeleted, NetworkSession
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message

MAX_PASSWORD_BYTES = 300  # so that it fits into a line
UNSAFE = N_("Your connection is not encrypted, so others could read the password.")
CODE_REQUIRED = "CODE_REQUIRED"
"""The code of the refusal when an invite code is needed."""

_REGISTERED, _CODE_WANTED = "REGISTER SUCCESS", "REGISTER VERIFICATION_REQUIRED"
_UNREGISTERED = "UNREGISTER DONE"
_PROTECT_CODES = frozenset({_REGISTERED, _CODE_WANTED, "VERIFY SUCCESS"})
_PASSWORD_CODES = frozenset({"CONFIRM DONE", "SETPASS CHANGED"})
_LIST_CODES = frozenset({"SESSIONS ENTRY", "SESSIONS END"})
_END_CODES = frozenset({"SESSIONS ENDED"})
_GIVE_UP_CODES = _END_CODES | {"CONFIRM DONE", _UNREGISTERED}
_END_OTHERS = Message("SESSIONS", ["END", "OTHERS"])
_SYSTEMS = {"Darwin": "macOS"}


class OwnAccount:
    """The actions on the user's account on one network. It has no state."""

    def __init__(self, session: NetworkSession) -> None:
        self._session = session
        self._network = session.network

    def protect(self, password: str, code: str = "") -> Order:
        """Make an account of the present nick; the session is logged in to it at once.

        Args:
            code: The invite code, if the server has asked for one.
        """
        nick = self._network.nick
        steps = [Step(Message("REGISTER", ["*", "*", password]))]
        steps += [Step(Message("VERIFY", [nick, code]))] if code else []

        def finished(order: Order) -> None:
            answers = {each.code for each in order.answers}
            if not order.refusals and _CODE_WANTED in answers and not code:
                order.refusals.append(Refusal(order.steps[0], _(BY_INVITATION), code=CODE_REQUIRED))
            if not order.refusals:
                self._use_account(self._network.account or nick, password, remember=True)

        return self._give(steps, _PROTECT_CODES, password, finished)

    def change_password(self, old: str, new: str) -> Order:
        """Change the password of the account. Its other sessions stay logged in."""

        def finished(order: Order) -> None:
            if not order.refusals:
                self._use_account(self._network.account, new, self._session.login.remember)

        steps = [Step(Message("CONFIRM", [old])), Step(Message("SETPASS", [new]))]
        return self._give(steps, _PASSWORD_CODES, new, finished)

    def give_up(self, password: str) -> Order:
        """Delete the account, but stay connected as a guest under the same name."""
        return self._unregister(password, leaves=False)

    def delete(self, password: str) -> Order:
        """Log all other sessions out, delete the account, and disconnect."""
        return self._unregister(password, leaves=True)

    def list_sessions(self) -> Order:
        """Request where the account is logged in; `read_sessions` reads the answers of the order."""
        return self._give([Step(Message("SESSIONS"))], _LIST_CODES)

    def end_session(self, number: str) -> Order:
        """Log one session of the account out."""
        return self._give([Step(Message("SESSIONS", ["END", number]))], _END_CODES)

    def end_other_sessions(self) -> Order:
        """Log all sessions of the account out but this one."""
        return self._give([Step(_END_OTHERS)], _END_CODES)

    def set_colour(self, colour: str) -> Order:
        """Choose the colour of the own name.

        Args:
            colour: `#rrggbb`; empty for the one that follows from the nick.
        """
        return self._give([Step(person_colours.set_colour(colour))])

    def set_status(self, text: str) -> Order:
        """Say something beside the own name without being away; an empty text says nothing."""
        return self._give([Step(person_status.set_status(text))])

    def _unregister(self, password: str, leaves: bool) -> Order:
        account = self._network.account
        steps = [Step(Message("CONFIRM", [password]))]
        steps += [Step(_END_OTHERS)] if leaves else []
        steps.append(Step(Message("UNREGISTER", [account])))

        def finished(order: Order) -> None:
            if not any(each.code == _UNREGISTERED for each in order.answers):
                return
            order.refusals.clear()  # a server for members only has closed the connection before the PONG
            session = self._session
            session.services.passwords.delete(replace(session.login, account=account))
            self._use_account("", "", remember=False)
            if leaves:
                session.inbox.put(AccountDeleted())

        return self._give(steps, _GIVE_UP_CODES, password, finished)

    def _use_account(self, account: str, password: str, remember: bool) -> None:
        """Log in to this account from now on; an empty one stands for none."""
        session = self._session
        session.connection.use_account(account, password, remember)
        session.stored_password.accepted(session.login)
        session.report(LoginChanged(session.login), StatusChanged(session.network))

    def _give(
        self,
        steps: list[Step],
        codes: frozenset[str] = frozenset(),
        password: str = "",
        finished: Callable[[Order], object] = no_follow_up,
    ) -> Order:
        """Give an order; it is refused at once if a password in it would not be safe."""
        session = self._session
        order = Order(tuple(steps), codes=codes, on_finished=finished)
        problem = problem_of_password(session, password) if password else ""
        if problem:
            order.refusals.append(Refusal(steps[0], problem))
        session.give(order)
        return order


def problem_of_password(session: NetworkSession, password: str) -> str:
    """Return why a password is not sent at all, as a sentence; empty if it is."""
    if session.network.privacy == "open":
        return _(UNSAFE)
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        return _("A password can have at most {count} bytes.").format(count=MAX_PASSWORD_BYTES)
    return ""


def logged_out(session: NetworkSession) -> None:
    """Another session of the account has logged this one out: it must not log in again by itself."""
    session.services.passwords.delete(session.login)
    session.connection.log_out()
    session.report(LoginChanged(session.login))


def describe_client(session: NetworkSession) -> Message | None:
    """Return what tells the owner of the account which session this is; None if the server has no list."""
    if SESSIONS not in session.network.isupport:
        return None
    system = platform.system()
    computer = platform.node().partition(".")[0]
    words = [session.services.program, _SYSTEMS.get(system, system) or "*", computer or "*"]
    return Message("SESSIONS", ["CLIENT", *words])
