"""Who may send files, and where.

The URL for uploads ends with a token that belongs to the session, so a guest needs no password to upload.
"""

from __future__ import annotations

from typing import NamedTuple

from chatapp.protocol.addresses import LOCALHOST, is_loopback
from chatapp.protocol.invite_links import Invite
from chatapp.server.state.accounts import ROLES, Account, Role, name_of_identity
from chatapp.server.state.file_hosting import Reservation
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

TOKEN_NAMES = ("soju.im/FILEHOST", "draft/FILEHOST")
TOKEN_CHARACTERS = 32  # hexadecimal digits


class Sender(NamedTuple):
    """Who wants to send a file, or to change one.

    Args:
        identity: See `User.identity`.
        name: The name of the account, or the nick of a guest.
        account: The name of the account; empty for a guest.
        payer: Whose bytes of a day it uses, see `Reservation`.
        session: Whose token is used; None for a password.
    """

    identity: str
    name: str
    account: str
    role: Role
    payer: str
    session: Session | None = None

    @property
    def moderates(self) -> bool:
        """Whether this is a moderator or an owner of the server."""
        return ROLES.index(self.role) >= ROLES.index("moderator")


def sender_of_user(world: World, user: User, session: Session) -> Sender:
    """Return the user of a session as a sender."""
    payer = user.identity if user.account else f"@{world.cloak(session.link.address)}"
    return Sender(user.identity, user.account or user.nick, user.account, user.role, payer, session)


def sender_of_account(account: Account) -> Sender:
    """Return an account as a sender."""
    return Sender(account.identity, account.name, account.name, account.role, account.identity)


def find(world: World, reserved: Reservation) -> Sender | None:
    """Return the sender of an upload as it is now; None if it has logged out, left or been deleted.

    An upload goes on while its user has an account, although the session has ended: a chat may lose its
    connection sooner than a file. A guest has to be connected.
    """
    session, owner = reserved.session, reserved.owner
    if session is not None and session.user is not None and not session.is_closing:
        user = session.user
        return sender_of_user(world, user, session) if user.identity == owner else None
    account = world.accounts.get(name_of_identity(owner))
    if account is not None:
        return sender_of_account(account) if account.identity == owner else None
    users = (user for user in world.users.values() if user.identity == owner and user.sessions)
    user_now = next(users, None)
    return sender_of_user(world, user_now, user_now.sessions[0]) if user_now else None


def is_offered(world: World) -> bool:
    """Return whether this server keeps files."""
    return world.files.contents is not None and world.config.files.enabled


def reason_not_to_send(world: World, sender: Sender) -> str:
    """Return why somebody may not send files; empty if they may."""
    who = world.config.files.who
    if who == "nobody":
        return "Files cannot be sent on this server"
    if who == "moderators" and not sender.moderates:
        return "Only moderators can send files on this server"
    if who == "members" and not sender.account:
        return "Only users with an account can send files on this server"
    return ""


def base_url(world: World, session: Session) -> str:
    """Return the beginning of the URLs of this server that works for other users too.

    It is of the kind of the session's own connection: a client with TLS is never sent elsewhere.
    """
    scheme = "https" if session.link.is_secure else "http"
    configured = world.config.files.url
    if configured and (configured.startswith("https:") or not session.link.is_secure):
        return configured
    links = world.invite_links()
    if not links or (is_loopback(session.link.address) and not world.is_shared()):
        port = Invite.parse(links[0]).port if links else world.config.server.port
        return f"{scheme}://{LOCALHOST}:{port}"
    best = Invite.parse(links[0])
    host = f"[{best.host}]" if ":" in best.host else best.host
    return f"{scheme}://{host}:{best.port}"


def tokens(session: Session) -> dict[str, str | int | None]:
    """Return the tokens of 005 that tell a session where it may send files; none if it may not."""
    return dict.fromkeys(TOKEN_NAMES, session.upload_url) if session.upload_url else {}


def renew_token(world: World, session: Session) -> None:
    """Make or forget the token of a session, as the session may send files or not."""
    user = session.user
    may_send = user is not None and is_offered(world) and not session.is_closing
    if user is None or not may_send or reason_not_to_send(world, sender_of_user(world, user, session)):
        world.files.forget(session)
        return
    token = session.upload_url.rpartition("/")[2] or world.new_nonce()[:TOKEN_CHARACTERS]
    world.files.add_token(token, session)
    session.upload_url = f"{base_url(world, session)}/upload/{token}"
