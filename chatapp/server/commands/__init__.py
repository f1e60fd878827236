"""The table of every command: its handler, how many parameters it needs, who may use it.

The checks that every command shares are made in `dispatch`, from these rows. A handler's docstring is what
HELP prints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Command:
    """A row.

    Takes  parameters: how many it needs; anyone: usable before registration is complete; role: that one needs
    """

    handler: Handler
    parameters: int = 0
    anyone: bool = False
    role: Role = "member"


COMMANDS = {
    # coming and going
    "CAP": Command(capability.cap, 1, anyone=True),
    "PASS": Command(registration.password, 1, anyone=True),
    "NICK": Command(registration.nick, anyone=True),
    "USER": Command(registration.user, 4, anyone=True),
    "PING": Command(registration.ping, anyone=True),
    "PONG": Command(registration.pong, anyone=True),
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
    "NAMES": Command(channel.names_),
    "LIST": Command(channel.list_),
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
    "CHATHISTORY": Command(history.chathistory, 1),
    "SEARCH": Command(search.search, 1),
    "MARKREAD": Command(marker.markread),
    "REDACT": Command(redaction.redact, 2),
    # asking
    "WHO": Command(presence.who),
    "WHOIS": Command(presence.whois),
    "WHOWAS": Command(presence.whowas),
    "USERHOST": Command(presence.userhost, 1),
    "ISON": Command(presence.ison, 1),
    "MONITOR": Command(monitor.monitor, 1),
    "LUSERS": Command(about.lusers),
    "MOTD": Command(about.motd),
    "VERSION": Command(about.version),
    "ISUPPORT": Command(about.isupport, anyone=True),
    "ADMIN": Command(about.admin),
    "INFO": Command(about.info),
    "TIME": Command(about.time_),
    "LINKS": Command(about.links),
    "STATS": Command(statistics.stats, 1),
    "HELP": Command(about.help_),
    "HELPOP": Command(about.help_),
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
    "AUDIT": Command(operator.audit_, role="moderator"),
    "REHASH": Command(access.rehash, role="owner"),
    "DIE": Command(operator.die, role="owner"),
}
