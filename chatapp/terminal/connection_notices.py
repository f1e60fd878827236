"""Notices about the connection: made, lost, made again."""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.languages.translation import N_, _

CONNECTED = N_("Connected to server!")
RECONNECTED = N_("-- Connected again.")


def problem_sentence(network: Network) -> str:
    """Return why the client is not connected, with a full stop; a reason from the server may lack one."""
    problem = network.problem
    return problem if problem.endswith((".", "!", "?", "…")) else f"{problem}."


class ConnectionNotices:
    """Decides when a change of the connection is worth a notice."""

    def __init__(self) -> None:
        self._last_shown = ""  # state of the last notice: "online" or "waiting"

    def next_notice(self, network: Network) -> str | None:
        """Return the notice to print now, if any; a lost connection gives one, not one for each attempt."""
        if network.state == "online" and self._last_shown != "online":
            is_first, self._last_shown = not self._last_shown, "online"
            return _(CONNECTED) if is_first else _(RECONNECTED)
        if network.state == "waiting" and self._last_shown == "online":
            self._last_shown = "waiting"
            return _("-- {problem} Trying to connect again…").format(problem=problem_sentence(network))
        return None
