"""What NickServ does: see to accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatapp.protocol import names
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import account_changes, login, nicks, presence
from chatapp.server.operations.account_changes import PendingAccount
from chatapp.server.operations.services.service import ServiceCommand, ServiceError, ServiceRequest, day
from chatapp.server.state.accounts import Account, BadPassword
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

CERTIFICATES = 10  # of one account
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def _register(request: ServiceRequest, words: Sequence[str]) -> None:
    email = words[1] if len(words) > 1 else account_changes.NO_EMAIL

    def made(world: World, me: Session, outcome: Account | PendingAccount | FailError, out: Outbox) -> None:
        if isinstance(outcome, PendingAccount):
            request.again(out).say(f"{account_changes.CODE_WANTED}: VERIFY <code>")
        else:
            _made(request.again(out), outcome)

    nick = request.user.nick
    account_changes.create(request.world, request.me, nick, email, words[0], request.out, made)


def _verify(request: ServiceRequest, words: Sequence[str]) -> None:
    """The code may have spaces in it."""

    def made(world: World, me: Session, outcome: Account | FailError, out: Outbox) -> None:
        _made(request.again(out), outcome)

    account_changes.redeem(request.world, request.me, "".join(words), request.out, made)


def _made(request: ServiceRequest, outcome: Account | FailError) -> None:
    if isinstance(outcome, FailError):
        request.say(outcome.params[-1])
    else:
        request.say(f"The account {outcome.name} is made, and you are logged in to it")
        login.log_in(request.world, request.me, outcome, request.out)


def _identify(request: ServiceRequest, words: Sequence[str]) -> None:
    """With one word it is the password of the account that is called like the nick."""
    name, password = words[:2] if len(words) > 1 else (request.me.refused_nick or request.user.nick, words[0])

    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        if not isinstance(outcome, Account):
            request.again(out).say(outcome)
        elif login.is_shared(me, outcome):
            request.again(out).say(f"Your other sessions are logged in to {request.user.account}")
        elif words := login.is_silenced(me, outcome):
            request.again(out).say(words)
        else:
            login.log_in(world, me, outcome, out)
            request.again(out).say(f"You are logged in to {outcome.name}")

    login.attempt(request.world, request.me, name, password, request.out, checked)


def _logout(request: ServiceRequest, words: Sequence[str]) -> None:
    name = request.account.name
    if refusal := login.is_silenced(request.me, None):
        raise ServiceError(refusal)
    request.say(f"You are logged out of {name}")
    login.log_out(request.world, request.user, request.out)


def _set(request: ServiceRequest, words: Sequence[str]) -> None:
    if words[0].upper() != "PASSWORD":
        raise ServiceError("Usage: SET PASSWORD <new password>")
    name, password = request.account.name, words[1]
    try:
        account_changes.check(request.world, password)
    except BadPassword as bad:
        raise ServiceError(str(bad)) from bad

    def hashed(world: World, me: Session, credentials: str | None, out: Outbox) -> None:
        again = request.again(out)
        mine = world.account_of(again.user)  # which another session of this user may have changed meanwhile
        if mine is None or mine.name != name:
            again.say(f"You are not logged in to {name} any more; its password was not changed")
        elif credentials and account_changes.set_password(world, name, credentials, out):
            again.say("Your password is changed")
        else:
            again.say(login.BUSY)

    request.out.later(lambda reader: account_changes.hashed_password(password), hashed, kind="hash")


def _info(request: ServiceRequest, words: Sequence[str]) -> None:
    name = words[0] if words else request.user.nick
    found = request.world.accounts.get(names.fold(name))
    if found is None:
        raise ServiceError(f"There is no account {name}")
    here = any(user.sessions for user in request.world.logged_in.get(found.folded, ()))
    request.say(f"{found.name} is an account since {day(found.created)}, its role is {found.role}")
    request.say(f"Its owner is {'here' if here else 'not connected'}")


def _ghost(request: ServiceRequest, words: Sequence[str]) -> None:
    """For who has the account of the nick, or gives its password."""
    ghost = request.world.user(words[0])
    mine = request.user.account
    if ghost is request.user:
        raise ServiceError("That is you")
    if mine and (ghost.account == mine or ghost.folded == names.fold(mine)):
        _banish(request, ghost, mine)
    elif len(words) < 2:
        raise ServiceError("Log in to the account of that name, or give its password")
    else:
        _banish_with_password(request, ghost.nick, words[1])


def _banish_with_password(request: ServiceRequest, nick: str, password: str) -> None:
    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        ghost = world.users.get(names.fold(nick))
        if not isinstance(outcome, Account):
            request.again(out).say(outcome)
        elif ghost and ghost is not me.user:
            _banish(request.again(out), ghost, outcome.name)

    login.attempt(request.world, request.me, nick, password, request.out, checked)


def _banish(request: ServiceRequest, ghost: User, owner: str) -> None:
    """A ghost of the account itself has to go; anybody else gets another nick."""
    if ghost.account == owner:
        words = f"Ghost of {request.user.nick}"
        presence.expel(request.world, ghost, words, words, request.out)
    else:
        nicks.step_aside(request.world, ghost, request.out)
    request.say("The nick is free now")


def _certificate(request: ServiceRequest, words: Sequence[str]) -> None:
    """CERT: which certificates log in to the account by SASL EXTERNAL.

    Only the certificate of this very connection can be added, since TLS has proven that its key is at hand.
    """
    mine, certificates, action = request.account, request.world.certificates, words[0].upper()
    known = [fingerprint for fingerprint, owner in certificates.items() if owner == mine.folded]
    if action == "LIST":
        for each in known:
            request.say(each)
        request.say("No certificates" if not known else f"{len(known)} in all")
        return
    fingerprint = (words[1] if len(words) > 1 else request.me.fingerprint).replace(":", "").lower()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise ServiceError("A fingerprint is the SHA-256 of a certificate: 64 hexadecimal digits")
    if action == "ADD" and fingerprint != request.me.fingerprint:
        raise ServiceError("Only the certificate that you are connected with can be added")
    if action == "ADD" and fingerprint not in certificates and len(known) < CERTIFICATES:
        account_changes.add_certificate(request.world, mine, fingerprint, request.out)
        request.say("This certificate logs you in now")
    elif action == "DEL" and fingerprint in known:
        account_changes.drop_certificate(request.world, fingerprint, request.out)
        request.say("This certificate does not log you in any more")
    else:
        raise ServiceError(f"{action} is not possible: it is there already, not yours, or one too many")


SKILLS = {
    "REGISTER": ServiceCommand(_register, 1, "<password> [<email>]", "make an account of your nick"),
    "VERIFY": ServiceCommand(
        _verify, 1, "<code>", "make it by the code of an invitation, where one is needed"
    ),
    "IDENTIFY": ServiceCommand(_identify, 1, "[<account>] <password>", "log in"),
    "LOGOUT": ServiceCommand(_logout, 0, "", "log out"),
    "SET": ServiceCommand(_set, 2, "PASSWORD <new password>", "change your password"),
    "INFO": ServiceCommand(_info, 0, "[<account>]", "what is known about an account"),
    "GHOST": ServiceCommand(_ghost, 1, "<nick> [<password>]", "free your nick from who holds it"),
    "CERT": ServiceCommand(_certificate, 1, "ADD|DEL|LIST [<fingerprint>]", "certificates that log you in"),
}
