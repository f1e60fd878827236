"""A network that the user has removed: it can come back until it is forgotten."""

from __future__ import annotations

from chatapp.client.login import Login
from chatapp.client.session.network_session import NetworkSession
from chatapp.client.session.network_sessions import NetworkSessions


class RemovedNetwork:
    """Takes a session out of the others and disconnects it."""

    def __init__(self, sessions: NetworkSessions, session: NetworkSession) -> None:
        self._sessions, self._session = sessions, session
        self._index = sessions.index(session)
        self._was_connected = session.network.state != "offline"
        session.disconnect()
        session.stop_transfers()
        sessions.remove(session)

    @property
    def login(self) -> Login:
        """The login of the network."""
        return self._session.login

    def bring_back(self) -> None:
        """Put it back in its place, and connect it again if it was connected."""
        self._sessions.insert(self._index, self._session)
        if self._was_connected:
            self._session.reconnect()

    def forget(self) -> None:
        """Delete what this computer has stored about it, also the password."""
        if self._session.prefs:
            self._session.prefs.forget()
        if self._session.login.host:
            self._session.services.passwords.delete(self._session.login)
