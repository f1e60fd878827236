"""The commands of NickServ: accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatapp.protocol import names
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import account_changes, login, nicks, presence
from chatapp.server.operations.account_changes import PendingAccount
from chatapp.server.operations.services.service import ServiceCommand, ServiceError, ServiceRequest, date_text
from chatapp.server.state.accounts import Account, BadPassword
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

OLD_IS_WRONG = (
    "The old password is wrong; if you have forgotten it, ask the owner of this server for a new one"
)
MAX_CERTIFICATES = 10  # of one account
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def _register(request: ServiceRequest, words: Sequence[str]) -> None:
    email = words[1] if len(words) > 1 else account_changes.NO_EMAIL

    def created(
        world: World, me: Session, outcome: Account | PendingAccount | FailError, out: Outbox
    ) -> None:
        if isinstance(outcome, PendingAccount):
            request.with_outbox(out).reply(f"{account_changes.CODE_WANTED}: VERIFY <code>")
        else:
            _account_created(request.with_outbox(out), outcome)

    nick = request.user.nick
    account_changes.create(request.world, request.me, nick, email, words[0], request.out, created)


def _verify(request: ServiceRequest, words: Sequence[str]) -> None:
    """Complete a registration with an invite code, which may contain spaces."""

    def created(world: World, me: Session, outcome: Account | FailError, out: Outbox) -> None:
        _account_created(request.with_outbox(out), outcome)

    account_changes.redeem_code(request.world, request.me, "".join(words), request.out, created)


def _account_created(request: ServiceRequest, outcome: Account | FailError) -> None:
    if isinstance(outcome, FailError):
        request.reply(outcome.params[-1])
    else:
        request.reply(f"Registered the account {outcome.name}; you are logged in to it")
        login.log_in(request.world, request.me, outcome, request.out)


def _identify(request: ServiceRequest, words: Sequence[str]) -> None:
    """Log in. With one word it is the password of the account with the user's nick."""
    name, password = words[:2] if len(words) > 1 else (request.me.refused_nick or request.user.nick, words[0])

    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        if not isinstance(outcome, Account):
            request.with_outbox(out).reply(outcome)
        elif login.is_shared(me, outcome):
            request.with_outbox(out).reply(f"Your other sessions are logged in to {request.user.account}")
        elif reason := login.silenced_reason(me, outcome):
            request.with_outbox(out).reply(reason)
        else:
            login.log_in(world, me, outcome, out)
            request.with_outbox(out).reply(f"You are logged in to {outcome.name}")

    login.check_password(request.world, request.me, name, password, request.out, checked)


def _logout(request: ServiceRequest, words: Sequence[str]) -> None:
    name = request.account.name
    if refusal := login.silenced_reason(request.me, None):
        raise ServiceError(refusal)
    request.reply(f"You are logged out of {name}")
    login.log_out(request.world, request.user, request.out)


def _set(request: ServiceRequest, words: Sequence[str]) -> None:
    """Change the password. The old one is needed however the session has logged in.

    A person who finds a computer unlocked, or has only the certificate, cannot take the account away.
    """
    if words[0].upper() != "PASSWORD":
        raise ServiceError("Usage: SET PASSWORD <old password> <new password>")
    name, old, password = request.account.name, words[1], words[2]
    try:
        account_changes.check_new_password(request.world, password)
    except BadPassword as bad:
        raise ServiceError(str(bad)) from bad

    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        if isinstance(outcome, Account):
            out.run_job(lambda reader: account_changes.hash_password(password), hashed, kind="hash")
        else:
            request.with_outbox(out).reply(OLD_IS_WRONG if outcome == login.WRONG else outcome)

    def hashed(world: World, me: Session, credentials: str | None, out: Outbox) -> None:
        later = request.with_outbox(out)
        account = world.account_of(later.user)  # another session of this user may have changed it
        if account is None or account.name != name:
            later.reply(f"You are not logged in to {name} any more; its password was not changed")
        elif credentials and account_changes.set_password(world, name, credentials, out):
            later.reply("Your password has been changed")
        else:
            later.reply(login.BUSY)

    login.check_password(request.world, request.me, name, old, request.out, checked)


def _info(request: ServiceRequest, words: Sequence[str]) -> None:
    name = words[0] if words else request.user.nick
    found = request.world.accounts.get(names.fold(name))
    if found is None:
        raise ServiceError(f"There is no account {name}")
    is_connected = any(user.sessions for user in request.world.logged_in.get(found.folded, ()))
    request.reply(f"{found.name} was registered on {date_text(found.created)}; its role is {found.role}")
    request.reply(f"Its owner is {'connected' if is_connected else 'not connected'}")


def _ghost(request: ServiceRequest, words: Sequence[str]) -> None:
    """Free a nick for a user who is logged in to its account or gives its password."""
    ghost = request.world.user(words[0])
    account = request.user.account
    if ghost is request.user:
        raise ServiceError("This nick is your own")
    if account and (ghost.account == account or ghost.folded == names.fold(account)):
        _free_nick(request, ghost, account)
    elif len(words) < 2:
        raise ServiceError("Log in to the account with that name, or give its password")
    else:
        _free_nick_with_password(request, ghost.nick, words[1])


def _free_nick_with_password(request: ServiceRequest, nick: str, password: str) -> None:
    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        ghost = world.users.get(names.fold(nick))
        if not isinstance(outcome, Account):
            request.with_outbox(out).reply(outcome)
        elif ghost and ghost is not me.user:
            _free_nick(request.with_outbox(out), ghost, outcome.name)

    login.check_password(request.world, request.me, nick, password, request.out, checked)


def _free_nick(request: ServiceRequest, ghost: User, owner: str) -> None:
    """Disconnect a ghost of the account itself; give any other user a different nick."""
    if ghost.account == owner:
        reason = f"Ghost of {request.user.nick}"
        presence.disconnect_user(request.world, ghost, reason, reason, request.out)
    else:
        nicks.force_guest_nick(request.world, ghost, request.out)
    request.reply("The nick is free")


def _certificate(request: ServiceRequest, words: Sequence[str]) -> None:
    """CERT: manage the certificates that log in to the account by SASL EXTERNAL.

    Only the certificate of this connection can be added: TLS has proven that the client holds its key.
    """
    account, certificates, action = request.account, request.world.certificates, words[0].upper()
    known = [fingerprint for fingerprint, owner in certificates.items() if owner == account.folded]
    if action == "LIST":
        for each in known:
            request.reply(each)
        request.reply("No certificates" if not known else f"{len(known)} in all")
        return
    fingerprint = (words[1] if len(words) > 1 else request.me.fingerprint).replace(":", "").lower()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise ServiceError("A fingerprint must be the SHA-256 of a certificate: 64 hexadecimal digits")
    if action == "ADD" and fingerprint != request.me.fingerprint:
        raise ServiceError("Only the certificate of this connection can be added")
    if action == "ADD" and fingerprint not in certificates and len(known) < MAX_CERTIFICATES:
        account_changes.add_certificate(request.world, account, fingerprint, request.out)
        request.reply("This certificate now logs you in")
    elif action == "DEL" and fingerprint in known:
        account_changes.remove_certificate(request.world, fingerprint, request.out)
        request.reply("This certificate no longer logs you in")
    else:
        raise ServiceError(f"{action} failed: the certificate is already added, not yours, or one too many")


COMMANDS = {
    "REGISTER": ServiceCommand(_register, 1, "<password> [<email>]", "register an account with your nick"),
    "VERIFY": ServiceCommand(_verify, 1, "<code>", "complete REGISTER with an invite code"),
    "IDENTIFY": ServiceCommand(_identify, 1, "[<account>] <password>", "log in"),
    "LOGOUT": ServiceCommand(_logout, 0, "", "log out"),
    "SET": ServiceCommand(_set, 3, "PASSWORD <old password> <new password>", "change your password"),
    "INFO": ServiceCommand(_info, 0, "[<account>]", "show information about an account"),
    "GHOST": ServiceCommand(_ghost, 1, "<nick> [<password>]", "free your nick from another user"),
    "CERT": ServiceCommand(
        _certificate, 1, "ADD|DEL|LIST [<fingerprint>]", "manage the certificates that log you in"
    ),
}
