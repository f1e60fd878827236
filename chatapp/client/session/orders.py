"""Carries out orders: one step at a time. A PING after each step shows that the server has handled it.

Servers confirm a command in many ways, or not at all. But all answer in turn: an error that comes before the
PONG and fits to the step is about the step, and without one the step has succeeded.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from chatapp.client.incoming.error_texts import error_text, nick_error_text
from chatapp.client.incoming.events import ErrorReply, NickRefused, PongReceived, ServerText
from chatapp.client.model.changes import Change, OrderFinished
from chatapp.client.model.incoming_messages import current_conversation, note
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Refusal, Step
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message

LABEL = "order-"  # of the label of a step, and of the token of its PING
ANSWER_SECONDS = 20.0  # after which a step counts as not answered
NOT_ANSWERED = N_("The server has not answered. Please try again.")
LOST = "CONNECTION_LOST"  # the code of a step whose connection was lost
CONNECTION_LOST = N_("The connection was lost before the server has answered.")
NOT_CONNECTED = N_("You are not connected.")
MAX_ANSWERS = 5000  # of one order

# Errors that may name neither channel nor nick
_GENERAL = frozenset({"481", "472", "421", "461", "723", "524"})


@dataclass(slots=True)
class _Running:
    """The step that the server has to answer."""

    order: Order
    step: Step
    token: str
    since: float
    rest: deque[Step] = field(default_factory=deque)
    refusal: Refusal | None = None


class Orders:
    """The orders of one network. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._number = 0
        self._waiting: deque[Order] = deque()
        self._running: _Running | None = None

    @property
    def are_finished(self) -> bool:
        """Whether no order is carried out, or waits."""
        return self._running is None and not self._waiting

    def give(self, network: Network, order: Order, now: float) -> tuple[list[Change], list[Message]]:
        """Begin an order, or let it wait until the ones before are finished."""
        if network.state != "online" or not order.steps or order.refusals:
            if order.steps and not order.refusals:
                order.refusals.append(Refusal(order.steps[0], _(NOT_CONNECTED)))
            return _finish(network, order), []
        self._waiting.append(order)
        return [], [] if self._running else self._begin_next(network, now)

    def takes_text(self, event: ServerText) -> bool:
        """Return whether a text is a reply that the present order asks for."""
        running = self._running
        if running is None or event.code not in running.order.codes:
            return False
        if len(running.order.answers) < MAX_ANSWERS:
            running.order.answers.append(event)
        return True

    def refused(self, network: Network, event: ErrorReply | NickRefused) -> bool:
        """Return whether an error is about the present step."""
        running = self._running
        if running is None or not _is_about(network, running, event):
            return False
        about = (event.nick,) if isinstance(event, NickRefused) else event.about
        reason = (
            nick_error_text(event, network.longest_nick)
            if isinstance(event, NickRefused)
            else event.text
            if event.command
            else error_text(event)
        )
        running.refusal = running.refusal or Refusal(running.step, reason, about, event.code)
        return True

    def ponged(self, network: Network, event: PongReceived, now: float) -> tuple[list[Change], list[Message]]:
        """Go on with the next step if this answers the PING after the present one."""
        running = self._running
        if running is None or event.token != running.token:
            return [], []
        order = running.order
        if running.refusal is None:
            order.done.append(running.step)
        else:
            order.refusals.append(running.refusal)
        if running.rest and (running.refusal is None or order.goes_on):
            return [], self._send(network, order, running.rest, now)
        undoing = order.undoing() if order.refusals and not order.goes_on else []
        if undoing:
            order.done.clear()
        self._running = None
        return _finish(network, order), [*undoing, *self._begin_next(network, now)]

    def due(self, network: Network, now: float) -> tuple[list[Change], list[Message]]:
        """Give up the present order if the server does not answer."""
        running = self._running
        if running is None or now - running.since < ANSWER_SECONDS:
            return [], []
        running.order.refusals.append(Refusal(running.step, _(NOT_ANSWERED)))
        self._running = None
        return _finish(network, running.order), self._begin_next(network, now)

    def connection_lost(self, network: Network) -> list[Change]:
        """Give up all orders."""
        given = [self._running.order] if self._running else []
        given += self._waiting
        self._running = None
        self._waiting.clear()
        for order in given:
            step = order.steps[min(len(order.done), len(order.steps) - 1)]
            order.refusals.append(Refusal(step, _(CONNECTION_LOST), code=LOST))
        return [change for order in given for change in _finish(network, order)]

    def _begin_next(self, network: Network, now: float) -> list[Message]:
        if not self._waiting:
            return []
        order = self._waiting.popleft()
        return self._send(network, order, deque(order.steps), now)

    def _send(self, network: Network, order: Order, rest: deque[Step], now: float) -> list[Message]:
        self._number += 1
        token, step = f"{LABEL}{self._number}", rest.popleft()
        self._running = _Running(order, step, token, now, rest)
        message = step.message
        if "labeled-response" in network.capabilities:
            message = message.tagged(label=token)
        return [message, *step.also, Message("PING", [token])]


def _finish(network: Network, order: Order) -> list[Change]:
    order.is_finished = True
    order.on_finished(order)
    finished: list[Change] = [OrderFinished(network, order)]
    if not order.shows_problem or not order.problem:
        return finished
    conversation, opened = current_conversation(network)
    return [*finished, *opened, *note(network, conversation, "error", order.problem, network.wall)]


def _is_about(network: Network, running: _Running, event: ErrorReply | NickRefused) -> bool:
    messages = (running.step.message, *running.step.also)
    commands = {each.command for each in messages}
    if isinstance(event, NickRefused):
        return "NICK" in commands
    if event.label:
        return event.label == running.token
    if event.command:
        return event.command in commands
    params = {network.fold(each) for message in messages for each in message.params}
    return event.code in _GENERAL or any(network.fold(each) in params for each in event.about)
