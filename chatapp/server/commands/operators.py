"""Commands of operators: OPER, ROLE, KILL, STOP, WALLOPS, AUDIT.

The table of commands gives the role that each of them needs.

Source: modern IRC "Operator Messages".
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.credentials import Credentials
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.numbers import counted, parse_whole
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import guest_nicks, login, presence, server_roles
from chatapp.server.state.accounts import ROLES, Role
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log
from chatapp.server.storage.first_start import is_owner_key
from chatapp.server.storage.reader import Reader

OWNER_NAME = "owner"
"""The name for OPER with the owner password of the first start."""

OWNER_KEY_NAME = "owner-key"
"""The name for OPER with the key of the window that has started the server."""

MAX_SHOWN = 1000  # entries of the audit log


def oper(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """OPER <name> <password>: become an owner of the server. The account that you are logged in to stays one.

    Sends:
        381 and MODE.
    Errors:
        461 too few parameters, 464 wrong name or password, or too many attempts.
    Source:
        modern IRC OPER.
    """
    name, password = msg.params[:2]
    if not login.allow_attempt(world, me, name, out):
        raise _wrong(login.TOO_OFTEN)
    if name == OWNER_KEY_NAME:
        _check_key(world, me, password, out)
        return
    credentials = _credentials(world, name)
    is_allowed = len(password.encode()) <= world.config.limits.password

    def checked(world: World, me: Session, user: User, is_right: bool | None, out: Outbox) -> None:
        if (
            is_right and _credentials(world, name) != credentials
        ):  # the configuration was read again meanwhile
            is_right = False
        if is_right is not False:
            login.withdraw_attempt(world, me, name)
        if not is_right:
            out.log_info(f"{me.link.address} failed to become an operator")  # the name may be a password
            raise _wrong(login.BUSY if is_right is None else login.WRONG)
        out.audit("OPER", name)
        _become_owner(world, user, name, out)

    out.run_user_job(lambda reader: is_allowed and credentials.matches(password), checked, kind="hash")


def _check_key(world: World, me: Session, key: str, out: Outbox) -> None:
    """Make the user an owner if this is the key in the database, which another program may have changed.

    A window does this at each of its starts, so only the first time is moderation for the log.
    """
    who = (me.user.nick, me.user.account) if me.user else ("", "")

    def read(reader: Reader) -> tuple[bool, bool]:
        is_known = who in audit_log.authors(reader, "OPER", OWNER_KEY_NAME)
        return is_owner_key(reader, key), is_known

    def checked(world: World, me: Session, user: User, found: tuple[bool, bool], out: Outbox) -> None:
        is_right, is_known = found
        if not is_right:
            out.log_info(f"{me.link.address} failed to become an operator")
            raise _wrong(login.WRONG)
        login.withdraw_attempt(world, me, OWNER_KEY_NAME)
        if not is_known:
            out.audit("OPER", OWNER_KEY_NAME)
        _become_owner(world, user, OWNER_KEY_NAME, out)

    out.run_user_job(read, checked)


def _credentials(world: World, name: str) -> Credentials:
    """Return the credentials of an operator; for an unknown name some that no password matches."""
    stored = world.config.operators.get(name) or (world.owner_credentials if name == OWNER_NAME else "")
    return Credentials.parse(stored) if stored else world.decoy_credentials(name)


def _become_owner(world: World, user: User, name: str, out: Outbox) -> None:
    out.reply(numerics.RPL_YOUREOPER)
    out.log_info(f"{user.nick} is an operator, as {name}")
    if account := world.account_of(user):
        server_roles.appoint(world, account, "owner", out)
    server_roles.set_role(world, user, "owner", out)


def _wrong(text: str) -> NumericError:
    return NumericError(numerics.ERR_PASSWDMISMATCH._replace(text=text))


def role(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """ROLE <account> [owner | moderator | member]: show the role of an account; owners can change it.

    Sends:
        NOTE ROLE IS.
    Errors:
        481 not an operator, 723 not an owner; FAIL ROLE NO_SUCH_ACCOUNT, NO_SUCH_ROLE.
    """
    account = world.accounts.get(names.fold(msg.params[0]))
    if account is None:
        raise FailError("ROLE", "NO_SUCH_ACCOUNT", "There is no such account", msg.params[0])
    if len(msg.params) > 1:
        wanted = _role(msg.params[1])
        if not user.may_act_as("owner"):
            raise NumericError(numerics.ERR_NOPRIVS, "ROLE")
        server_roles.appoint(world, account, wanted, out)
        out.audit("ROLE", account.name, wanted)
    now = world.accounts[account.folded].role
    out.note("ROLE", "IS", f"The role of {account.name} is {now}", account.name, now)


def _role(text: str) -> Role:
    for each in ROLES:
        if each == text.lower():
            return each
    raise FailError("ROLE", "NO_SUCH_ROLE", f"The role must be one of {', '.join(ROLES)}", text)


def kill(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """KILL <nick> [:<reason>]: disconnect all sessions of a user.

    The nick of a guest is not reserved for it.

    Sends:
        ERROR to the user, QUIT to everybody who shares a channel.
    Errors:
        401 no such nick, 481 not an operator, 483 the server itself, 723 the user's role is higher.
    Source:
        modern IRC KILL.
    """
    if names.fold(msg.params[0]) == names.fold(world.name):
        raise NumericError(numerics.ERR_CANTKILLSERVER)
    target = world.user(msg.params[0])
    if not user.may_act_as(target.role):
        raise NumericError(numerics.ERR_NOPRIVS, "KILL")
    reason = cut(msg.params[1], world.config.limits.kick) if len(msg.params) > 1 else "No reason given"
    text = f"Killed ({user.nick} ({reason}))"
    out.audit("KILL", target.source, reason)
    presence.disconnect_user(world, target, text, text, out)
    guest_nicks.free(world, target.nick, out)


def stop(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """STOP [:<reason>]: stop the server. All clients are disconnected; everything stored stays.

    Sends:
        ERROR with the reason to all clients.
    Errors:
        481 not an operator, 723 not an owner.
    Source:
        RFC 2812 section 4.3.
    """
    reason = cut(msg.params[0], world.config.limits.kick) if msg.params else ""
    farewell = f"The server was stopped by {user.nick}{f': {reason}' if reason else ''}"
    out.audit("STOP", world.name, reason)
    out.log_info(f"{user.nick} stops the server")
    stop_server = world.stop
    out.run_follow_up_job(lambda reader: stop_server(farewell), lambda world, me, result, out: None)


def wallops(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """WALLOPS :<text>: message all users with +w.

    Sends:
        WALLOPS to them.
    Errors:
        461 no text, 481 not an operator.
    Source:
        modern IRC WALLOPS.
    """
    if not msg.params[0]:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "WALLOPS")
    recipients = [user for user in world.users.values() if "w" in user.modes]
    audience = Audience(session for user in recipients for session in user.sessions)
    out.send(audience, out.message_from(user, "WALLOPS", msg.params[0]))


def audit_(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """AUDIT [<count>]: show the moderation log, the newest entry last.

    Sends:
        NOTE AUDIT ENTRY for each entry, NOTE AUDIT END.
    Errors:
        481 not an operator.
    """
    asked = parse_whole(msg.params[0]) if msg.params else None
    count = audit_log.DEFAULT_SHOWN if asked is None else min(asked, MAX_SHOWN)

    def read(reader: Reader) -> list[audit_log.AuditEntry]:
        return audit_log.latest(reader, count)

    out.run_job(read, _show)


def _show(world: World, me: Session, entries: list[audit_log.AuditEntry], out: Outbox) -> None:
    for entry in entries:
        context = (iso(entry.at), entry.by, entry.account or "*", entry.action, middle(entry.about))
        text = f"{iso(entry.at)} {entry.who}: {entry.action} {entry.about} {entry.details}".rstrip()
        out.note("AUDIT", "ENTRY", text, *context)
    out.note("AUDIT", "END", counted(len(entries), "entry", "entries"))
