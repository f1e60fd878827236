"""The networks that a client holds at once, and which of them is current."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.model import ignored_people
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.session.network_session import NetworkSession


class NetworkSessions:
    """At least one session, in the order in which they were added.

    A conversation belongs to one network: two networks may have a `#general` each.

    Args:
        new_session: Returns a new session.

    Attributes:
        current: The session for calls that name neither a network nor a conversation.
    """

    def __init__(self, new_session: Callable[[], NetworkSession]) -> None:
        self._new_session = new_session
        self.current = new_session()
        self._sessions = [self.current]

    def __iter__(self) -> Iterator[NetworkSession]:
        return iter(self._sessions)

    def add(self, prefs: ConversationPrefs | None) -> NetworkSession:
        """Add a session and make it the current one."""
        new = self._new_session()
        new.reopening.prefs = prefs
        self._sessions.append(new)
        self.use(new)
        return new

    def use(self, session: NetworkSession) -> None:
        """Make a session the current one. The user looks at its network, and no longer at the other one."""
        before, self.current = self.current.network, session
        if before is not session.network:
            session.network.watching, before.watching = before.watching, False

    def remove(self, session: NetworkSession) -> None:
        """Forget a session. The last one stays."""
        if len(self._sessions) > 1:
            self._sessions.remove(session)
            if session is self.current:
                self.use(self._sessions[0])

    def replace(self, session: NetworkSession) -> NetworkSession:
        """Replace a session by a new one, which keeps the stored conversations and the ignored people."""
        new = self._new_session()
        new.reopening.prefs = session.prefs
        new.network.ignored = ignored_people.stored_keys(session.network)
        new.network.watching = session.network.watching
        self._sessions[self._sessions.index(session)] = new
        if session is self.current:
            self.current = new
        return new

    def of(self, network: Network) -> NetworkSession:
        """Return the session of a network.

        Raises:
            LookupError: The client does not hold this network.
        """
        for session in self._sessions:
            if session.network is network:
                return session
        raise LookupError("This network does not belong to the client.")

    def with_conversation(self, conversation: Conversation | None) -> NetworkSession:
        """Return the session with this conversation; the current one for None, or if no session has it."""
        for session in self._sessions:
            if conversation and session.network.find(conversation.name) is conversation:
                return session
        return self.current

    def at(self, host: str, port: int) -> NetworkSession:
        """Return a session with a login for this server, preferably the current one; else the current one."""
        for session in (self.current, *self._sessions):
            if (session.login.host, session.login.port) == (host, port):
                return session
        return self.current
