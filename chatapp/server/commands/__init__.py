"""The table of all commands: the handler of each, the number of parameters it needs, and who may use it.

`dispatch` makes the checks that all commands share, using these rows. HELP prints the docstrings of the
handlers.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from chatapp.protocol.message import Message
from chatapp.server.commands import (
    authenticate,
    away_setname,
    ban,
    batch,
    cap,
    chathistory,
    edit,
    files,
    findcode,
    guest,
    guestnicks,
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
    overview,
    own_account,
    part,
    redact,
    register,
    registration,
    rehash_lockdown,
    rename,
    search,
    sessions,
    setting,
    tban,
    topic_names_list,
    who_whois,
)
from chatapp.server.core.hooks import Reads
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.services import router
from chatapp.server.state.accounts import Role
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

AnyoneHandler = Callable[[World, Session, Message, Outbox], None]
"""A handler that sessions can use before registration too. The session may have no user."""

UserHandler = Callable[[World, Session, User, Message, Outbox], None]
"""A handler for registered sessions only. It gets the user of the session."""


@dataclass(frozen=True, slots=True)
class AnyoneCommand:
    """A command that can be used before registration is complete, and after it.

    Args:
        parameters: The number of parameters that it needs.
        reads: See Reads. It decides whether the command is executed while the database cannot be written.
    """

    handler: AnyoneHandler
    parameters: int = 0
    reads: Reads = ""
    role: ClassVar[Role] = "member"


@dataclass(frozen=True, slots=True)
class UserCommand:
    """A command for registered users.

    Args:
        parameters: The number of parameters that it needs.
        role: The lowest role that may use it.
        reads: As for AnyoneCommand.
    """

    handler: UserHandler
    parameters: int = 0
    role: Role = "member"
    reads: Reads = ""


Command = AnyoneCommand | UserCommand

COMMANDS: dict[str, Command] = {
    # connecting and leaving
    "CAP": AnyoneCommand(cap.cap, 1),
    "PASS": AnyoneCommand(registration.password, 1),
    "NICK": AnyoneCommand(registration.nick),
    "USER": AnyoneCommand(registration.user, 4),
    "GUEST": AnyoneCommand(guest.guest, 1),
    "PING": AnyoneCommand(registration.ping, reads="stored"),
    "PONG": AnyoneCommand(registration.pong, reads="stored"),
    "QUIT": AnyoneCommand(registration.quit_),
    # accounts
    "AUTHENTICATE": AnyoneCommand(authenticate.authenticate, 1),
    "REGISTER": AnyoneCommand(register.register, 3),
    "VERIFY": AnyoneCommand(register.verify, 2),
    "SESSIONS": UserCommand(sessions.sessions),
    "CONFIRM": UserCommand(own_account.confirm, 1),
    "SETPASS": UserCommand(own_account.setpass, 1),
    "UNREGISTER": UserCommand(own_account.unregister, 1),
    "NICKSERV": UserCommand(router.nickserv),
    "NS": UserCommand(router.nickserv),
    "CHANSERV": UserCommand(router.chanserv),
    "CS": UserCommand(router.chanserv),
    # channels
    "JOIN": UserCommand(join.join, 1),
    "PART": UserCommand(part.part, 1),
    "TOPIC": UserCommand(topic_names_list.topic, 1),
    "NAMES": UserCommand(topic_names_list.names_, reads="world"),
    "LIST": UserCommand(topic_names_list.list_, reads="world"),
    "INVITE": UserCommand(invite.invite),
    "KICK": UserCommand(kick.kick, 2),
    "MODE": UserCommand(mode.mode, 1),
    "RENAME": UserCommand(rename.rename, 2),
    "TBAN": UserCommand(tban.tban, 1),
    # messages and history
    "PRIVMSG": UserCommand(messages.privmsg),
    "NOTICE": UserCommand(messages.notice),
    "TAGMSG": UserCommand(messages.tagmsg),
    "BATCH": UserCommand(batch.batch, 1),
    "AWAY": AnyoneCommand(away_setname.away),
    "METADATA": AnyoneCommand(metadata.metadata, 2),
    "SETNAME": UserCommand(away_setname.setname, 1),
    "CHATHISTORY": UserCommand(chathistory.chathistory, 1, reads="stored"),
    "SEARCH": UserCommand(search.search, 1, reads="stored"),
    "MARKREAD": UserCommand(markread.markread),
    "REDACT": UserCommand(redact.redact, 2),
    "EDIT": UserCommand(edit.edit, 1),
    # queries
    "WHO": UserCommand(who_whois.who, reads="world"),
    "WHOIS": UserCommand(who_whois.whois, reads="world"),
    "WHOWAS": UserCommand(who_whois.whowas, reads="world"),
    "USERHOST": UserCommand(who_whois.userhost, 1, reads="world"),
    "ISON": UserCommand(who_whois.ison, 1, reads="world"),
    "MONITOR": UserCommand(monitor.monitor, 1, reads="world"),
    "LUSERS": UserCommand(info.lusers, reads="world"),
    "MOTD": UserCommand(info.motd, reads="stored"),
    "VERSION": UserCommand(info.version, reads="stored"),
    "ISUPPORT": AnyoneCommand(info.isupport, reads="stored"),
    "ADMIN": UserCommand(info.admin, reads="stored"),
    "INFO": UserCommand(info.info, reads="stored"),
    "TIME": UserCommand(info.time_, reads="stored"),
    "LINKS": UserCommand(info.links, reads="stored"),
    "STATS": UserCommand(info.stats, 1, reads="world"),
    "HELP": UserCommand(info.help_, reads="stored"),
    "HELPOP": UserCommand(info.help_, reads="stored"),
    # moderation and administration
    "OPER": UserCommand(operators.oper, 2),
    "ROLE": UserCommand(operators.role, 1, role="moderator"),
    "KILL": UserCommand(operators.kill, 1, role="moderator"),
    "BAN": UserCommand(ban.ban, role="moderator"),
    "KLINE": UserCommand(ban.ban, role="moderator"),
    "DLINE": UserCommand(ban.ban, role="moderator"),
    "UNBAN": UserCommand(ban.unban, 1, role="moderator"),
    "UNKLINE": UserCommand(ban.unban, 1, role="moderator"),
    "UNDLINE": UserCommand(ban.unban, 1, role="moderator"),
    "FINDCODE": AnyoneCommand(findcode.findcode, 2),
    "INVITECODE": UserCommand(invitecode.invitecode, role="moderator"),
    "LOCKDOWN": UserCommand(rehash_lockdown.lockdown, role="moderator"),
    "GUESTNICKS": UserCommand(guestnicks.guestnicks, role="moderator"),
    "SETTING": UserCommand(setting.setting, role="moderator"),
    "FILES": UserCommand(files.files, role="moderator"),
    "OVERVIEW": UserCommand(overview.overview, 1, role="moderator"),
    "WALLOPS": UserCommand(operators.wallops, 1, role="moderator"),
    "AUDIT": UserCommand(operators.audit_, role="moderator", reads="stored"),
    "REHASH": UserCommand(rehash_lockdown.rehash, role="owner"),
    "STOP": UserCommand(operators.stop, role="owner"),
    "DIE": UserCommand(operators.stop, role="owner"),
}

HELP_TEXTS = {name: inspect.cleandoc(command.handler.__doc__ or "") for name, command in COMMANDS.items()}
"""The text of HELP for each command: the docstring of its handler."""
