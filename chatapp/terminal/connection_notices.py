"""How we stand with the server, said once whenever it has changed for good or bad."""

from __future__ import annotations

from chatapp.client.model.model import Network

CONNECTED = "Connected to server!"
AGAIN = "-- Connected again."


def problem(network: Network) -> str:
    """Why we are not online, as a sentence; a server's own words may be none."""
    words = network.problem
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


class ConnectionNotices:
    """Remembers what was said last."""

    def __init__(self) -> None:
        self._said = ""

    def news(self, network: Network) -> str | None:
        """What to say now, if anything. One loss is said once, however many tries follow."""
        if network.state == "online" and self._said != "online":
            first, self._said = not self._said, "online"
            return CONNECTED if first else AGAIN
        if network.state == "waiting" and self._said == "online":
            self._said = "waiting"
            return f"-- {problem(network)} Trying to connect again…"
        return None
