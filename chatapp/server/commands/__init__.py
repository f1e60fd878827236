"""The table of every command: its handler, how many parameters it needs, who may use it.

The checks that every command shares are made in `dispatch`, from these rows. A handler's docstring is what
HELP prints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chatapp.protocol.message import Message
from chatapp.server.accounts import Role
from chatapp.server.commands import (
    about,
    access,
    account,
    authenticate,
    ban,
    batch,
    capability,
    channel,
    history,
    identity,
    invite,
    invitecode,
    join,
    kick,
    marker,
    metadata,
    mode,
    monitor,
    operator,
    part,
    presence,
    redaction,
    registration,
    rename,
    search,
    services,
    statistics,
    talk,
)
from chatapp.server.outbox import Outbox
from chatapp.server.session import Session
from chatapp.server.world import World

Handler = Callable[[World, Session, Message, Outbox], None]


Reads = Literal["", "kept", "world"]
"""What a command reads that only reads: what is stored or never changes, or the world as it is now, which may
be ahead of what is stored. Such a command saves nothing. Any other one is "".
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A row.

    Takes  parameters: how many it needs; anyone: usable before registration is complete; role: that one needs
           reads: see Reads; it decides which commands go on while the database cannot be written
    """

    handler: Handler
    parameters: int = 0
    anyone: bool = False
    role: Role = "member"
    reads: Reads = ""


COMMANDS = {
    # coming and going
    "CAP": Command(capability.cap, 1, anyone=True),
    "PASS": Command(registration.password, 1, anyone=True),
    "NICK": Command(registration.nick, anyone=True),
    "USER": Command(registration.user, 4, anyone=True),
    "PING": Command(registration.ping, anyone=True, reads="kept"),
    "PONG": Command(registration.pong, anyone=True, reads="kept"),
    "QUIT": Command(registration.quit_, anyone=True),
    # accounts
    "AUTHENTICATE": Command(authenticate.authenticate, 1, anyone=True),
    "REGISTER": Command(account.register, 3, anyone=True),
    "VERIFY": Command(account.verify, 2, anyone=True),
    "NICKSERV": Command(services.nickserv),
    "NS": Command(services.nickserv),
    "CHANSERV": Command(services.chanserv),
    "CS": Command(services.chanserv),
    # channels
    "JOIN": Command(join.join, 1),
    "PART": Command(part.part, 1),
    "TOPIC": Command(channel.topic, 1),
    "NAMES": Command(channel.names_, reads="world"),
    "LIST": Command(channel.list_, reads="world"),
    "INVITE": Command(invite.invite),
    "KICK": Command(kick.kick, 2),
    "MODE": Command(mode.mode, 1),
    "RENAME": Command(rename.rename, 2),
    # talking
    "PRIVMSG": Command(talk.privmsg),
    "NOTICE": Command(talk.notice),
    "TAGMSG": Command(talk.tagmsg),
    "BATCH": Command(batch.batch, 1),
    "AWAY": Command(identity.away, anyone=True),
    "METADATA": Command(metadata.metadata, 2, anyone=True),
    "SETNAME": Command(identity.setname, 1),
    "CHATHISTORY": Command(history.chathistory, 1, reads="kept"),
    "SEARCH": Command(search.search, 1, reads="kept"),
    "MARKREAD": Command(marker.markread),
    "REDACT": Command(redaction.redact, 2),
    # asking
    "WHO": Command(presence.who, reads="world"),
    "WHOIS": Command(presence.whois, reads="world"),
    "WHOWAS": Command(presence.whowas, reads="world"),
    "USERHOST": Command(presence.userhost, 1, reads="world"),
    "ISON": Command(presence.ison, 1, reads="world"),
    "MONITOR": Command(monitor.monitor, 1, reads="world"),
    "LUSERS": Command(about.lusers, reads="world"),
    "MOTD": Command(about.motd, reads="kept"),
    "VERSION": Command(about.version, reads="kept"),
    "ISUPPORT": Command(about.isupport, anyone=True, reads="kept"),
    "ADMIN": Command(about.admin, reads="kept"),
    "INFO": Command(about.info, reads="kept"),
    "TIME": Command(about.time_, reads="kept"),
    "LINKS": Command(about.links, reads="kept"),
    "STATS": Command(statistics.stats, 1, reads="world"),
    "HELP": Command(about.help_, reads="kept"),
    "HELPOP": Command(about.help_, reads="kept"),
    # running the server
    "OPER": Command(operator.oper, 2),
    "ROLE": Command(operator.role, 1, role="moderator"),
    "KILL": Command(operator.kill, 1, role="moderator"),
    "BAN": Command(ban.ban, role="moderator"),
    "KLINE": Command(ban.ban, role="moderator"),
    "DLINE": Command(ban.ban, role="moderator"),
    "UNBAN": Command(ban.unban, 1, role="moderator"),
    "UNKLINE": Command(ban.unban, 1, role="moderator"),
    "UNDLINE": Command(ban.unban, 1, role="moderator"),
    "INVITECODE": Command(invitecode.invitecode, role="moderator"),
    "LOCKDOWN": Command(access.lockdown, role="moderator"),
    "WALLOPS": Command(operator.wallops, 1, role="moderator"),
    "AUDIT": Command(operator.audit_, role="moderator", reads="kept"),
    "REHASH": Command(access.rehash, role="owner"),
    "DIE": Command(operator.die, role="owner"),
}
