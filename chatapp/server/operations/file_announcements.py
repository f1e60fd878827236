"""Tells clients where they may send files, and which are deleted.

    soju.im/FILEHOST=https://192.168.1.20:5000/upload/3f0c…    to sessions that may send files
    draft/FILEHOST=…                                            the same
    NOTE FILES GONE k3Xq9p… :A file was deleted                 to sessions with chatapp/file-notify

Source: soju.im/filehost, draft/filehost.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.protocol import isupport
from chatapp.protocol.capabilities import FILE_NOTIFY
from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import file_senders, welcome
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

MOST_TOLD = 1000  # deleted files of which clients are told at once; the notes are short beside `send_queue`


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


def tell_gone(world: World, ids: Sequence[str], out: Outbox) -> None:
    """Tell clients that files were deleted whose messages are still there.

    All are told: an id says nothing to somebody who does not have the message with its link. Of very many at
    once, as when small files make room for a large one, only the newest are told of: clients learn of the
    others when they ask for them.

    Args:
        ids: Of the files, the oldest first.

    Sends:
        NOTE FILES GONE with the id, to sessions with `chatapp/file-notify`.
    """
    told = [each for each in world.sessions() if each.user is not None and each.caps & FILE_NOTIFY]
    if told:
        audience = Audience(told)
        for file_id in ids[-MOST_TOLD:]:
            note = Message("NOTE", ("FILES", "GONE", file_id, "A file was deleted"), world.name)
            out.deliver(audience, note)
