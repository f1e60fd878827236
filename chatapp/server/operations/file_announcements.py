"""Tells clients where they may send files.

    soju.im/FILEHOST=https://192.168.1.20:5000/upload/3f0c…    to sessions that may send files
    draft/FILEHOST=…                                            the same

Source: soju.im/filehost, draft/filehost.
"""

from __future__ import annotations

from chatapp.protocol import isupport
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import file_senders, welcome
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def update(world: World, session: Session, out: Outbox) -> None:
    """Tell a session that it may send files now, or not any more, or to another URL.

    Sends:
        005, if that has changed.
    """
    before = session.upload_url
    file_senders.renew_token(world, session)
    if session.upload_url == before or session.user is None or session.is_plain:
        return
    tokens = isupport.tokens(file_senders.tokens(session))
    gone = [] if tokens else [f"-{name}" for name in file_senders.TOKEN_NAMES]
    welcome.send_features(world, session, tokens + gone, out)


def update_user(world: World, user: User, out: Outbox) -> None:
    """Do the same for all sessions of a user."""
    for session in user.sessions:
        update(world, session, out)


def update_all(world: World, out: Outbox) -> None:
    """Do the same for all sessions."""
    for user in list(world.users.values()):
        update_user(world, user, out)
