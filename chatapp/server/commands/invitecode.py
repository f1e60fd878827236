"""INVITECODE: operators create codes with which people can join or register accounts, where that needs one.

Lists show the first group of a code.
"""

from __future__ import annotations

from chatapp.protocol.message import Message, middle
from chatapp.protocol.numbers import counted, parse_whole
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso_or_star
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import invite_codes
from chatapp.server.storage.invite_codes import DEFAULT_DAYS, DEFAULT_USES, MAX_DAYS, MAX_USES, InviteCode

COMMAND = "INVITECODE"


def invitecode(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """INVITECODE [<uses> [<days>]] | LIST | REVOKE <code>: make, list or revoke invite codes.

    Where guests need an invite code they send it with PASS; a user who registers an account is asked for it.
    By default a code is valid for one person and one week; 0 days means without end.

    Sends:
        NOTE INVITECODE CREATED with the code; ENTRY for each code and END; REVOKED.
    Errors:
        481 not an operator; FAIL INVITECODE INVALID_PARAMS, NO_SUCH_CODE.
    """
    words = msg.params or ("",)
    if words[0].upper() == "LIST":
        out.run_job(invite_codes.load_all, _show)
    elif words[0].upper() == "REVOKE":
        _revoke(words[1] if len(words) > 1 else "", out)
    else:
        _create(world, words, out)


def _create(world: World, words: tuple[str, ...], out: Outbox) -> None:
    uses = _number(words[0] if words else "", DEFAULT_USES, 1, MAX_USES)
    days = _number(words[1] if len(words) > 1 else "", DEFAULT_DAYS, 0, MAX_DAYS)

    def created(world: World, me: Session, user: User, typed: str, out: Outbox) -> None:
        code = invite_codes.make_record(typed, uses, days, user.nick, out.now)
        world.code_changes += 1
        out.save(invite_codes.upsert(code))
        out.audit(COMMAND, code.label, code.terms)
        notify_watchers(world, "codes", out)
        text = f"The code {typed} is valid for {code.terms}"
        out.note(COMMAND, "CREATED", text, typed, str(uses), iso_or_star(code.until))

    out.run_user_job(invite_codes.new_code, created)


def _revoke(typed: str, out: Outbox) -> None:
    def found(world: World, me: Session, code: InviteCode | None, out: Outbox) -> None:
        if code is None:
            raise FailError(
                COMMAND, "NO_SUCH_CODE", "There is no such code; INVITECODE LIST lists all", typed or "*"
            )
        world.code_changes += 1
        out.save(invite_codes.delete(code))
        out.audit(COMMAND, code.label, "revoked")
        notify_watchers(world, "codes", out)
        out.note(COMMAND, "REVOKED", "The code has been revoked", code.label)

    out.run_job(lambda reader: invite_codes.find(reader, typed), found)


def _show(world: World, me: Session, found: list[InviteCode], out: Outbox) -> None:
    valid = [code for code in found if code.is_valid(out.now)]
    for code in valid:
        text = f"{code.label}: {code.terms}, made by {code.by}"
        out.note(COMMAND, "ENTRY", text, code.label, str(code.uses), iso_or_star(code.until), middle(code.by))
    out.note(COMMAND, "END", counted(len(valid), "code"))


def _number(text: str, default: int, least: int, most: int) -> int:
    """Parse a number; the default for an empty text.

    Raises:
        FailError: INVALID_PARAMS.
    """
    if not text:
        return default
    number = parse_whole(text, least, most)
    if number is None:
        raise FailError(COMMAND, "INVALID_PARAMS", f"Expected a number from {least} to {most}", text)
    return number
