"""The networks that a client holds at once, and which of them is current."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chatapp.client.local import saved_servers
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.login import Login
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
        current: The session for calls that name neither a network nor a conversation; changed by `use`.
    """

    def __init__(self, new_session: Callable[[], NetworkSession]) -> None:
        self._new_session = new_session
        self.current = new_session()
        self._sessions = [self.current]

    def __iter__(self) -> Iterator[NetworkSession]:
        return iter(self._sessions)

    def add(self, prefs: ConversationPrefs | None, in_background: bool = False) -> NetworkSession:
        """Add a session and make it the current one, or let it work in the background."""
        session = self._new_session()
        session.reopening.prefs = prefs
        self._sessions.append(session)
        if in_background:
            session.network.watching = False
        else:
            self.use(session)
        return session

    def use(self, session: NetworkSession) -> None:
        """Make a session the current one. The user looks at its network, and no longer at the other one."""
        before, self.current = self.current.network, session
        if before is not session.network:
            session.network.watching, before.watching = before.watching, False

    def remove(self, session: NetworkSession) -> None:
        """Forget a session; the one after it, else the one before it, becomes current.

        An empty one takes the place of the last.
        """
        index = self._sessions.index(session)
        self._sessions.remove(session)
        if not self._sessions:
            self._sessions.append(self._new_session())
        if session is self.current:
            self.use(self._sessions[min(index, len(self._sessions) - 1)])

    def insert(self, index: int, session: NetworkSession) -> None:
        """Add a session that was removed; an empty one that took its place goes."""
        self._sessions.insert(index, session)
        for each in [each for each in self._sessions if each is not session and not each.login.host]:
            if each is self.current:
                self.use(session)
            self._sessions.remove(each)

    def index(self, session: NetworkSession) -> int:
        """Return the place of a session, from 0 on."""
        return self._sessions.index(session)

    def move(self, session: NetworkSession, index: int) -> None:
        """Move a session to another place; one beyond the ends is the nearest end."""
        self._sessions.remove(session)
        self._sessions.insert(min(max(index, 0), len(self._sessions)), session)

    def key_for(self, session: NetworkSession, login: Login) -> str:
        """Return what the conversations of a session with this login are stored under."""
        if session.key and self.is_same_chat(session, login):
            return session.key
        taken = {each.key for each in self._sessions if each is not session}
        return saved_servers.free_key(login, taken, _chat(session, login))

    def is_same_chat(self, session: NetworkSession, login: Login) -> bool:
        """Return whether a login leads to the chat of this session, as far as the certificate is known."""
        if session.is_local and session.login.pin and session.login.pin == login.pin:
            return True  # on whichever port it listens now
        if session.login.address != login.address:
            return False
        return not session.key or saved_servers.chat_of(session.key) == _chat(session, login)

    def twin(self, session: NetworkSession, login: Login) -> NetworkSession | None:
        """Return another session that has the same login already; None if there is none."""
        for each in self._sessions:
            if each is not session and each.login.host and saved_servers.is_same(each.login, login):
                return each
        return None

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

    def at(self, host: str, port: int) -> list[NetworkSession]:
        """Return the sessions with a login for this server."""
        return [each for each in self._sessions if (each.login.host, each.login.port) == (host, port)]


def _chat(session: NetworkSession, login: Login) -> str:
    return session.services.trusted.chat(login.host, login.port, login.pin)
