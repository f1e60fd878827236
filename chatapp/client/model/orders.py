"""An order: commands that are sent one after the other, each when the one before has succeeded.

A front-end makes one, passes it to `Client.give`, and learns of its end by `OrderFinished`. So a dialog can
say in place that the server has refused something, and what was done before can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from chatapp.client.incoming.events import ServerText
from chatapp.protocol.message import Message

Undo = Callable[[Sequence[ServerText]], list[Message]]
"""Returns the commands that undo a step, from what the server has answered to it."""


def no_undo(answers: Sequence[ServerText]) -> list[Message]:
    """Return no commands: a step that changes nothing, or cannot be undone."""
    return []


def undo_by(*messages: Message) -> Undo:
    """Return an undo by these commands, whatever the server has answered."""
    return lambda answers: list(messages)


@dataclass(frozen=True, slots=True)
class Step:
    """One command of an order.

    Attributes:
        also: Commands that are sent with it, when it does not matter which of them is refused. They save the
            time until the confirmation of each: the server counts that as a command, too.
    """

    message: Message
    undo: Undo = no_undo
    also: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step failed.

    Attributes:
        reason: A sentence for the user.
        about: The parameters of the error.
        code: The numeric or the code of the error; empty if there was none.
    """

    step: Step
    reason: str
    about: tuple[str, ...] = ()
    code: str = ""


def no_follow_up(order: Order) -> None:
    """Do nothing at the end of an order."""


@dataclass(slots=True, eq=False)
class Order:
    """Commands, and what became of them.

    Attributes:
        steps: In the order in which they are sent.
        goes_on: Whether the later steps are carried out although one has failed. Without that, a failure
            also undoes the earlier ones.
        shows_problem: Whether a failure is shown in the current conversation, because no dialog shows it.
        codes: The codes of replies that belong to the order, as in `ServerText.code`; they are not shown.
        answers: These replies.
        done: The steps that have succeeded.
        is_finished: Whether nothing of it is to come.
        on_finished: Called before `OrderFinished` is reported; it may add or remove refusals.
    """

    steps: tuple[Step, ...]
    goes_on: bool = False
    codes: frozenset[str] = frozenset()
    answers: list[ServerText] = field(default_factory=list)
    done: list[Step] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    is_finished: bool = False
    shows_problem: bool = False
    on_finished: Callable[[Order], object] = no_follow_up

    @property
    def problem(self) -> str:
        """Why it failed, as a sentence for the user; empty if it did not."""
        return self.refusals[0].reason if self.refusals else ""

    def undoing(self) -> list[Message]:
        """Return the commands that undo what was done."""
        return [message for step in self.done for message in step.undo(self.answers)]
