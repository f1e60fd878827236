"""The nicks that sessions monitor.

Source: IRCv3 monitor
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from chatapp.protocol import names
from chatapp.server.state.session import Session


class MonitorLists:
    """The lists of all sessions. `Session.monitored` is the list of one."""

    def __init__(self) -> None:
        self._sessions: dict[str, set[Session]] = {}  # by folded nick

    def __len__(self) -> int:
        """The number of nicks that are monitored."""
        return len(self._sessions)

    def add(self, session: Session, nick: str) -> None:
        """Add a nick to the list of a session."""
        folded = names.fold(nick)
        session.monitored[folded] = nick
        self._sessions.setdefault(folded, set()).add(session)

    def remove(self, session: Session, folded_nicks: Iterable[str]) -> None:
        """Remove nicks from the list of a session."""
        for folded in folded_nicks:
            if session.monitored.pop(folded, None) is not None:
                self._sessions[folded].remove(session)
                if not self._sessions[folded]:
                    del self._sessions[folded]

    def watching(self, folded: str) -> Set[Session]:
        """Return the sessions that monitor a nick."""
        return self._sessions.get(folded, frozenset())
