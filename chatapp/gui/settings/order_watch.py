"""Calls back when an order to the server has ended."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.changes import Change, OrderFinished
from chatapp.client.model.orders import Order


class OrderWatch:
    """The orders that a page waits for."""

    def __init__(self) -> None:
        self._awaited: dict[Order, Callable[[Order], object]] = {}

    def follow(self, order: Order, done: Callable[[Order], object]) -> None:
        """Call back once when the order has ended, at once if it has."""
        if order.is_finished:
            done(order)
        else:
            self._awaited[order] = done

    def apply(self, change: Change) -> None:
        """Follow a change of the client."""
        if isinstance(change, OrderFinished):
            done = self._awaited.pop(change.order, None)
            if done is not None:
                done(change.order)


def sentence(reason: str) -> str:
    """Return what a server gives as a reason as a sentence."""
    reason = reason.strip()
    return reason if not reason or reason[-1] in ".!?" else f"{reason}."
