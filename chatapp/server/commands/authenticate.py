"""AUTHENTICATE: SASL logins, before registration is complete and at any time after.

An exchange is a chain of steps. Each step gets one response of the client, and either sends data and sets the
step for the next response, or ends the exchange.

Source: IRCv3 sasl-3.1, sasl-3.2.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from chatapp.protocol import names, numerics
from chatapp.protocol.credentials import Credentials
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import NumericError
from chatapp.protocol.sasl import (
    EXTERNAL,
    MECHANISMS,
    PLAIN,
    SCRAM_SHA_256,
    PieceTooLong,
    Plain,
    Response,
    SaslError,
    check_piece,
    read_external,
    split_response,
)
from chatapp.protocol.scram import Challenge, ScramClient
from chatapp.server.core.features import sasl_mechanisms
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import login
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows

Step = Callable[[World, Session, bytes, Outbox], None]

_TLS_REQUIRED = numerics.ERR_SASLFAIL._replace(text="Passwords are refused without TLS: connect with TLS")


class Exchange:
    """A login in progress: the response that is assembled from its pieces, and the step that handles it."""

    __slots__ = ("response", "step")

    def __init__(self, step: Step) -> None:
        self.response = Response()
        self.step = step


def authenticate(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """AUTHENTICATE <mechanism>, then AUTHENTICATE <base64>…: log in. AUTHENTICATE * aborts.

    Sends:
        AUTHENTICATE with the data of the mechanism; 900 and 903 on success.
    Errors:
        904 failed, 905 a piece is longer than 400 bytes, 906 aborted, 907 other sessions of this user use
        another account, 908 and 904 no such mechanism.
    Source:
        IRCv3 sasl-3.1, sasl-3.2.
    """
    word = msg.params[0]
    exchange, me.sasl = me.sasl, None
    if word == "*":
        raise NumericError(numerics.ERR_SASLABORTED)
    try:
        check_piece(word)
        if exchange is None:
            _begin(me, word.upper(), out)
            return
        response = exchange.response.feed(word)
        if response is None:
            me.sasl = exchange
        else:
            exchange.step(world, me, response, out)
    except PieceTooLong:
        raise NumericError(numerics.ERR_SASLTOOLONG) from None
    except SaslError:
        raise NumericError(numerics.ERR_SASLFAIL) from None


def _begin(me: Session, name: str, out: Outbox) -> None:
    possible = sasl_mechanisms(me.is_private)
    if name not in possible:
        out.reply(numerics.RPL_SASLMECHS, ",".join(possible))
        raise NumericError(_TLS_REQUIRED if name in MECHANISMS else numerics.ERR_SASLFAIL)
    if MECHANISMS[name].needs_certificate and not me.fingerprint:
        raise NumericError(numerics.ERR_SASLFAIL)
    _send_data(me, b"", FIRST_STEPS[name], out)


def _plain(world: World, me: Session, response: bytes, out: Outbox) -> None:
    plain = Plain.read(response)
    login.check_password(world, me, plain.account, plain.password, out, _finish)


def _external(world: World, me: Session, response: bytes, out: Outbox) -> None:
    """Log in to the account of the client certificate. An account that the client names must be the same."""
    wanted = names.fold(read_external(response))
    folded = world.certificates.get(me.fingerprint, "")
    account = world.accounts.get(folded) if wanted in ("", folded) else None
    _finish(world, me, account or login.WRONG, out)


def _scram(world: World, me: Session, response: bytes, out: Outbox) -> None:
    """Handle the first message of the client. The reply is the same for a name without an account."""
    client_first = ScramClient.read(response)
    if len(client_first.account) > world.config.limits.nick:
        raise SaslError("unknown-user")
    if not login.allow_attempt(world, me, client_first.account, out):
        _finish(world, me, login.TOO_OFTEN, out)
        return
    folded = names.fold(client_first.account)

    def found(world: World, me: Session, account: Account | None, out: Outbox) -> None:
        credentials = Credentials.parse(account.credentials) if account else world.decoy_credentials(folded)
        challenge = client_first.challenge(credentials, world.new_nonce())
        _send_data(me, challenge.message, partial(_scram_proof, challenge, account), out)

    out.run_job(lambda reader: account_rows.find(reader, folded), found)


def _scram_proof(
    challenge: Challenge, account: Account | None, world: World, me: Session, response: bytes, out: Outbox
) -> None:
    verdict = challenge.check(response)
    login.withdraw_attempt(world, me, challenge.login.account)
    _send_data(me, verdict, partial(_scram_end, account), out)


def _scram_end(account: Account | None, world: World, me: Session, response: bytes, out: Outbox) -> None:
    """Handle the response to the server's proof: empty if the client has accepted it."""
    if response or account is None:
        raise SaslError("other-error")
    proven, before = account, world.accounts.get(account.folded)

    def found(world: World, me: Session, account: Account | None, out: Outbox) -> None:
        is_unchanged = account is not None and account.credentials == proven.credentials
        outcome = login.confirmed_account(world, before, account) if account and is_unchanged else None
        _finish(world, me, outcome or login.WRONG, out)

    out.run_job(lambda reader: account_rows.find(reader, proven.folded), found)


FIRST_STEPS: dict[str, Step] = {PLAIN.name: _plain, SCRAM_SHA_256.name: _scram, EXTERNAL.name: _external}
"""The step for the first response of each mechanism; `protocol.sasl` says when one may be used."""


def _finish(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
    if not isinstance(outcome, Account):
        raise NumericError(numerics.ERR_SASLFAIL._replace(text=f"SASL authentication failed: {outcome}"))
    if login.is_shared(me, outcome):
        raise NumericError(numerics.ERR_SASLALREADY)
    if reason := login.silenced_reason(me, outcome):
        raise NumericError(numerics.ERR_SASLFAIL._replace(text=reason))
    login.log_in(world, me, outcome, out, numerics.RPL_SASLSUCCESS)


def _send_data(me: Session, data: bytes, step: Step, out: Outbox) -> None:
    """Send data to the client.

    Args:
        step: Handles the response of the client.
    """
    me.sasl = Exchange(step)
    for piece in split_response(data):
        out.reply_with(Message("AUTHENTICATE", (piece,)))
