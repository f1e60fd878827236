"""The table of every command: its handler, how many parameters it needs, who may use it.

The checks that every command shares are made in `dispatch`, from these rows. A handler's docstring is what
HELP prints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chatapp.protocol.message import Message
from chatapp.server.commands import (
    authenticate,
    away_setname,
    ban,
    batch,
    cap,
    chathistory,
    info,
    invite,
    invitecode,
    join,
    kick,
    markread,
    messages,
    metadata,
    mode,
    monitor,
    operators,
    part,
    redact,
    register,
    registration,
    rehash_lockdown,
    rename,
    search,
    topic_names_list,
    who_whois,
)
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.services import router
from chatapp.server.state.accounts import Role
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

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
    "CAP": Command(cap.cap, 1, anyone=True),
    "PASS": Command(registration.password, 1, anyone=True),
    "NICK": Command(registration.nick, anyone=True),
    "USER": Command(registration.user, 4, anyone=True),
    "PING": Command(registration.ping, anyone=True, reads="kept"),
    "PONG": Command(registration.pong, anyone=True, reads="kept"),
    "QUIT": Command(registration.quit_, anyone=True),
    # accounts
    "AUTHENTICATE": Command(authenticate.authenticate, 1, anyone=True),
    "REGISTER": Command(register.register, 3, anyone=True),
    "VERIFY": Command(register.verify, 2, anyone=True),
    "NICKSERV": Command(router.nickserv),
    "NS": Command(router.nickserv),
    "CHANSERV": Command(router.chanserv),
    "CS": Command(router.chanserv),
    # channels
    "JOIN": Command(join.join, 1),
    "PART": Command(part.part, 1),
    "TOPIC": Command(topic_names_list.topic, 1),
    "NAMES": Command(topic_names_list.names_, reads="world"),
    "LIST": Command(topic_names_list.list_, reads="world"),
    "INVITE": Command(invite.invite),
    "KICK": Command(kick.kick, 2),
    "MODE": Command(mode.mode, 1),
    "RENAME": Command(rename.rename, 2),
    # talking
    "PRIVMSG": Command(messages.privmsg),
    "NOTICE": Command(messages.notice),
    "TAGMSG": Command(messages.tagmsg),
    "BATCH": Command(batch.batch, 1),
    "AWAY": Command(away_setname.away, anyone=True),
    "METADATA": Command(metadata.metadata, 2, anyone=True),
    "SETNAME": Command(away_setname.setname, 1),
    "CHATHISTORY": Command(chathistory.chathistory, 1, reads="kept"),
    "SEARCH": Command(search.search, 1, reads="kept"),
    "MARKREAD": Command(markread.markread),
    "REDACT": Command(redact.redact, 2),
    # asking
    "WHO": Command(who_whois.who, reads="world"),
    "WHOIS": Command(who_whois.whois, reads="world"),
    "WHOWAS": Command(who_whois.whowas, reads="world"),
    "USERHOST": Command(who_whois.userhost, 1, reads="world"),
    "ISON": Command(who_whois.ison, 1, reads="world"),
    "MONITOR": Command(monitor.monitor, 1, reads="world"),
    "LUSERS": Command(info.lusers, reads="world"),
    "MOTD": Command(info.motd, reads="kept"),
    "VERSION": Command(info.version, reads="kept"),
    "ISUPPORT": Command(info.isupport, anyone=True, reads="kept"),
    "ADMIN": Command(info.admin, reads="kept"),
    "INFO": Command(info.info, reads="kept"),
    "TIME": Command(info.time_, reads="kept"),
    "LINKS": Command(info.links, reads="kept"),
    "STATS": Command(info.stats, 1, reads="world"),
    "HELP": Command(info.help_, reads="kept"),
    "HELPOP": Command(info.help_, reads="kept"),
    # running the server
    "OPER": Command(operators.oper, 2),
    "ROLE": Command(operators.role, 1, role="moderator"),
    "KILL": Command(operators.kill, 1, role="moderator"),
    "BAN": Command(ban.ban, role="moderator"),
    "KLINE": Command(ban.ban, role="moderator"),
    "DLINE": Command(ban.ban, role="moderator"),
    "UNBAN": Command(ban.unban, 1, role="moderator"),
    "UNKLINE": Command(ban.unban, 1, role="moderator"),
    "UNDLINE": Command(ban.unban, 1, role="moderator"),
    "INVITECODE": Command(invitecode.invitecode, role="moderator"),
    "LOCKDOWN": Command(rehash_lockdown.lockdown, role="moderator"),
    "WALLOPS": Command(operators.wallops, 1, role="moderator"),
    "AUDIT": Command(operators.audit_, role="moderator", reads="kept"),
    "REHASH": Command(rehash_lockdown.rehash, role="owner"),
    "DIE": Command(operators.die, role="owner"),
}
