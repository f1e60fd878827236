"""Turns the errors of a server before its welcome into failures that a form can show."""

from __future__ import annotations

import re

from chatapp.client.incoming import events
from chatapp.client.incoming.error_texts import KEPT, KEPT_TEXT, PROTECTED, nick_error_text
from chatapp.client.incoming.events import Event
from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.session.nick_reclaim import alternative_nick
from chatapp.languages.translation import N_, _

_PASSWORD_WRONG = "464"
BANNED = frozenset({"463", "465", "466"})
_ACCOUNT_REQUIRED = frozenset({"ACCOUNT_REQUIRED", "ACCOUNT_REQUIRED_TO_CONNECT"})

_CODE_REFUSED = {
    "INVITE_REQUIRED": N_(
        "This chat is by invitation. Enter your invite code, or the password of your account."
    ),
    "INVALID_CODE": N_("This invite code is wrong, used up or expired. Ask for another one."),
    "TEMPORARILY_UNAVAILABLE": N_(
        "Too many wrong invite codes came from your network. Try again in a minute."
    ),
}

_PASSWORD = re.compile(r"\bpassword\b", re.IGNORECASE)
_TAKEN = N_("The name {nick} is already in use.")
_PROTECTED = N_("The name {nick} is protected. Enter its password or choose another name.")
_SERVER_PASSWORD_WRONG = N_("The server's password is wrong.")
_SERVER_PASSWORD_MISSING = N_("This server requires a server password. Ask its operator for it.")
_MEMBERS = N_("This server is for members only. Enter the password of your account.")
_NEW_MEMBERS = N_(
    "This server is for members only. Enter the password of your account, or choose one for a new account."
)


def refusal_of(event: Event, login: Login, nick: str, makes_accounts: bool) -> ConnectFailed | None:
    """Return why the server refuses the registration; None for an event that refuses nothing.

    Args:
        event: An event before the welcome.
        login: The login that was used.
        nick: The nick that was requested last.
        makes_accounts: Whether the server creates accounts before the registration is complete.
    """
    match event:
        case events.NickRefused(taken=True) if PROTECTED.search(event.reason):
            return ConnectFailed("password", _(_PROTECTED).format(nick=nick), alternative_nick(nick))
        case events.NickRefused(taken=True):
            text = _(KEPT_TEXT if KEPT.search(event.reason) else _TAKEN)
            return ConnectFailed("name-taken", text.format(nick=nick), alternative_nick(nick))
        case events.NickRefused():
            return ConnectFailed("name", nick_error_text(event))
        case events.ErrorReply(code=code) if code == _PASSWORD_WRONG:
            return _password_refused(login)
        case events.ErrorReply(code=code) if code in _ACCOUNT_REQUIRED:
            reason = _(_NEW_MEMBERS if makes_accounts else _MEMBERS)
            return ConnectFailed("password", reason, makes_accounts=makes_accounts)
        case events.ErrorReply(code=code, command="*") if code in _CODE_REFUSED:
            return ConnectFailed("code", _(_CODE_REFUSED[code]))
        case events.ErrorReply(code=code) if code in BANNED:
            return ConnectFailed("banned", event.text)
    return None


def refusal_of_error(text: str, login: Login) -> ConnectFailed | None:
    """Return why the server ended the registration, if the text of its ERROR says that.

    ngIRCd sends no 464: only `ERROR :Access denied: Bad password?`.
    """
    return _password_refused(login) if _PASSWORD.search(text) else None


def _password_refused(login: Login) -> ConnectFailed:
    reason = _(_SERVER_PASSWORD_WRONG) if login.server_password else _(_SERVER_PASSWORD_MISSING)
    return ConnectFailed("server-password", reason)
