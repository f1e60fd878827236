"""FINDCODE: a client asks which server on its network knows an invite code, without telling it the code.

Source: `chatapp/protocol/code_proof.py`.
"""

from __future__ import annotations

from chatapp.protocol import code_proof
from chatapp.protocol.code_proof import BadNumber
from chatapp.protocol.code_text import letters
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import counted
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import login
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import invite_codes
from chatapp.server.storage.reader import Reader

COMMAND = "FINDCODE"
START = 2  # letters of the code that are told
MOST = 4  # codes that are answered for one question


def findcode(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """FINDCODE <start> <number>: ask whether this server knows an invite code, before or after connecting.

    The start is the first two letters of the code, the number is made from the whole code. There is one
    answer for each valid code with this start. Each question counts as a failed password.

    Sends:
        NOTE FINDCODE FOUND with a number and a proof; NOTE FINDCODE END.
    Errors:
        FAIL FINDCODE INVALID_PARAMS, TEMPORARILY_UNAVAILABLE.
    """
    start, number = letters(msg.params[0]), msg.params[1]
    fingerprint = world.fingerprint()
    if len(start) != START or not fingerprint:
        raise _invalid(msg.params[0])
    if not login.allow_attempt(world, me, f"code {start}", out):
        raise FailError(COMMAND, "TEMPORARILY_UNAVAILABLE", login.TOO_OFTEN)
    now = out.now

    def find(reader: Reader) -> list[tuple[str, str]] | None:
        found = invite_codes.load_beginning_with(reader, start, MOST)
        known = [each.code for each in found if each.code and each.is_valid(now)]
        try:
            return [code_proof.answer(code, number, fingerprint) for code in known]
        except BadNumber:
            return None

    def answered(world: World, me: Session, found: list[tuple[str, str]] | None, out: Outbox) -> None:
        if found is None:
            raise _invalid("number")
        for answer, proof in found:
            out.note(COMMAND, "FOUND", "A code that begins like this", answer, proof)
        out.note(COMMAND, "END", counted(len(found), "answer"))

    out.run_job(find, answered)


def _invalid(what: str) -> FailError:
    return FailError(COMMAND, "INVALID_PARAMS", "Expected two letters of a code and a number", what)
