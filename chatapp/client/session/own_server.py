"""What an owner or moderator does with the server. `OrderFinished` reports the outcome of each order.

The server decides who may do what; a refusal is a sentence in the order.

Source: `chatapp/server/README.md`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chatapp.client.model.changes import StatusChanged
from chatapp.client.model.orders import Order, Step, no_follow_up
from chatapp.client.model.server_overview import ServerOffers, ServerOverview, offers
from chatapp.client.session.network_session import NetworkSession
from chatapp.client.session.orders import LOST
from chatapp.protocol.message import Message
from chatapp.protocol.server_access import Access

CODE_USES, CODE_DAYS = 1000, 7
"""Of a code that is made in a front-end: enough for everybody, and not for ever."""

CODE_CREATED = "INVITECODE CREATED"
_CODES = frozenset(
    {
        "SETTING CHANGED",
        "ROLE IS",
        "UNBAN REMOVED",
        "INVITECODE REVOKED",
        CODE_CREATED,
        "LOCKDOWN ON",
        "LOCKDOWN OFF",
        "FILES DELETED",
    }
)


class OwnServer:
    """The actions on the server of one network. It has no state."""

    def __init__(self, session: NetworkSession) -> None:
        self._session = session

    @property
    def overview(self) -> ServerOverview:
        """What the server has told; see `watch`."""
        return self._session.server_watch.overview

    @property
    def offers(self) -> ServerOffers:
        """What the user can see and do."""
        return offers(self._session.network, self.overview)

    @property
    def is_reading_log(self) -> bool:
        """Whether older entries of the moderation log are still to come."""
        return self._session.server_watch.is_reading_log

    @property
    def is_watching(self) -> bool:
        """Whether `overview` is kept current."""
        return self._session.server_watch.is_wanted

    def watch(self, on: bool = True) -> None:
        """Keep `overview` current; `ServerOverviewChanged` reports each change."""
        self._session.server_watch.watch(on)

    def read_older_log(self) -> None:
        """Read one more page of the moderation log."""
        self._session.server_watch.read_older_log()

    def read_whole_log(self) -> None:
        """Read the rest of the moderation log."""
        self._session.server_watch.read_whole_log()

    def set_name(self, name: str) -> Order:
        """Change the name of the chat."""
        return self._give(Message("SETTING", ["name", name]))

    def set_access(self, access: Access) -> Order:
        """Change who can join."""
        return self._give(Message("SETTING", ["access", access]))

    def set_sharing(self, on: bool) -> Order:
        """Let other computers connect and find the server, or not."""
        return self._give(Message("SETTING", ["sharing", "on" if on else "off"]))

    def set_closed(self, on: bool) -> Order:
        """Close the server to new people, or open it. Guests are disconnected when it closes."""
        return self._give(Message("SETTING", ["closed", "on" if on else "off"]))

    def reset(self, setting: str) -> Order:
        """Set a setting to what the configuration of the server says."""
        return self._give(Message("SETTING", ["RESET", setting]))

    def set_file_limits(self, limits: Mapping[str, str]) -> Order:
        """Change what the server does with files.

        Args:
            limits: The new values by their keys in the section `files` of its configuration.
        """
        steps = tuple(Step(Message("SETTING", [f"files-{key}", value])) for key, value in limits.items())
        order = Order(steps, codes=_CODES, goes_on=True)
        self._session.give(order)
        return order

    def make_code(self, uses: int = CODE_USES, days: int = CODE_DAYS) -> Order:
        """Make an invite code; the answer with `CODE_CREATED` has it as its first parameter.

        Args:
            days: How long it is valid; 0 for ever.
        """
        return self._give(Message("INVITECODE", [str(uses), str(days)]))

    def revoke_code(self, label: str) -> Order:
        """Make a code invalid."""
        return self._give(Message("INVITECODE", ["REVOKE", label]))

    def set_role(self, account: str, role: str) -> Order:
        """Make an account an owner, a moderator or a member."""
        return self._give(Message("ROLE", [account, role]))

    def lift_ban(self, mask: str) -> Order:
        """End a ban."""
        return self._give(Message("UNBAN", [mask]))

    def delete_file(self, file_id: str) -> Order:
        """Delete a file of any user. Then it is read again which files there are."""
        return self._give(
            Message("FILES", ["DELETE", file_id]), lambda order: self._session.server_watch.read_storage()
        )

    def stop(self, farewell: str = "") -> Order:
        """Stop the server; everybody is disconnected. The connection ends before the order is confirmed."""

        network = self._session.network

        def finished(order: Order) -> None:
            if order.refusals and order.refusals[-1].code == LOST:  # as it must be
                order.refusals.clear()
            network.is_stopped_here = not order.problem
            self._session.report(StatusChanged(network))

        network.is_stopped_here = True
        return self._give(Message("STOP", [farewell] if farewell else []), finished)

    def _give(self, message: Message, finished: Callable[[Order], object] = no_follow_up) -> Order:
        order = Order((Step(message),), codes=_CODES, on_finished=finished)
        self._session.give(order)
        return order
