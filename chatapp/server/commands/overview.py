"""OVERVIEW: what a window for owners and moderators shows of the server, in a form for programs.

Every row is a NOTE whose parameters have a fixed order; its text is the one value that may contain spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from chatapp.protocol import names
from chatapp.protocol.message import Message, middle
from chatapp.protocol.modes import HALFOP, level
from chatapp.protocol.numbers import counted, parse_whole
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso, iso_or_star
from chatapp.server.core.features import OVERVIEW_PARTS
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import file_senders
from chatapp.server.operations.overview_watch import COMMAND
from chatapp.server.state.accounts import ROLES, Account
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log, database_size, file_lists, invite_codes
from chatapp.server.storage.audit_log import NumberedEntry
from chatapp.server.storage.database_size import DatabaseSize
from chatapp.server.storage.file_lists import StorageUse
from chatapp.server.storage.invite_codes import InviteCode
from chatapp.server.storage.reader import Reader

BATCH_TYPE = "chatapp/overview"
LOG_PAGE = 50  # entries of the moderation log
MAX_LOG_PAGE = 500
MAX_RANKS = 200  # ranks in channels that are listed
MAX_PEOPLE = 100  # who keep files, that are listed
_SWITCH = {"ON": True, "OFF": False}


def overview(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """OVERVIEW <part> | LOG [<before> [<count>]] | WATCH on|off: read the state of the server, for programs.

    The parts are STATUS, ROLES, BANS, CODES, LOG and STORAGE. LOG lists the moderation log in pages, the
    newest entry first, and continues before the entry with the number <before>. WATCH on asks for reports of
    changes.

    Sends:
        A batch with a NOTE for each row, and NOTE OVERVIEW END.
    Errors:
        481 not an operator; FAIL OVERVIEW INVALID_PARAMS.
    """
    part, rest = msg.params[0].upper(), msg.params[1:]
    if part == "WATCH":
        _watch(me, rest[0].upper() if rest else "", out)
    elif part in _PARTS:
        _PARTS[part](world, user, rest, out)
    else:
        expected = ", ".join(map(str.upper, OVERVIEW_PARTS))
        raise FailError(COMMAND, "INVALID_PARAMS", f"Expected WATCH or one of {expected}", part)


def _watch(me: Session, word: str, out: Outbox) -> None:
    if word not in _SWITCH:
        raise FailError(COMMAND, "INVALID_PARAMS", "Expected on or off", word)
    me.is_watching = _SWITCH[word]
    out.note(COMMAND, "WATCH", "Changes of the server are reported", word)


def _end(part: str, count: int, out: Outbox, has_more: bool = False) -> None:
    out.note(COMMAND, "END", counted(count, "row"), part, str(count), "more" if has_more else "last")


def _status(world: World, user: User, rest: tuple[str, ...], out: Outbox) -> None:
    out.run_user_job(database_size.measure, _show_status)


def _show_status(world: World, me: Session, user: User, size: DatabaseSize, out: Outbox) -> None:
    online = sum(bool(each.sessions) for each in world.users.values())
    guests = sum(not each.account for each in world.users.values())
    numbers = (online, len(world.accounts) + guests, size.size, size.messages, world.config.history.keep_days)
    links = world.invite_links()
    with out.batch(BATCH_TYPE, "status"):
        fields = (user.role, iso(world.started), *map(str, numbers), world.fingerprint() or "*")
        out.note(COMMAND, "STATUS", world.config.server.network, *fields)
        for link in links:
            out.note(COMMAND, "LINK", "An invite link without a code", link)
        _end("status", 1 + len(links), out)


def _roles(world: World, user: User, rest: tuple[str, ...], out: Outbox) -> None:
    accounts = [each for each in world.accounts.values() if each.role != "member"]
    accounts.sort(key=lambda each: (-ROLES.index(each.role), each.created))
    guests = [each for each in world.users.values() if each.is_operator and not each.account]
    rows = [(each.name, each.role, "account", each.identity) for each in accounts]
    rows += [(each.nick, each.role, "guest", each.identity) for each in guests]
    with out.batch(BATCH_TYPE, "roles"):
        for name, role, kind, identity in rows:
            out.note(COMMAND, "ROLE", world.display_name(identity) or name, name, role, kind)
        ranked = list(islice(_channel_moderators(world), MAX_RANKS))
        for channel, account in ranked:
            shown = world.display_name(account.identity) or account.name
            out.note(COMMAND, "RANK", shown, account.name, channel.name)
        _end("roles", len(rows) + len(ranked), out)


def _channel_moderators(world: World) -> Iterator[tuple[Channel, Account]]:
    """Yield who moderates a channel by a stored rank, without those who moderate all of them."""
    for channel in sorted(world.channels.values(), key=lambda each: names.fold(each.name)):
        for name, ranks in sorted(channel.account_ranks.items()):
            account = world.accounts.get(names.fold(name))
            if account and account.role == "member" and level(ranks) >= HALFOP:
                yield channel, account


def _bans(world: World, user: User, rest: tuple[str, ...], out: Outbox) -> None:
    found = sorted((each for each in world.bans if each.is_active(out.now)), key=lambda each: -each.at)
    with out.batch(BATCH_TYPE, "bans"):
        for ban in found:
            until = iso_or_star(ban.until)
            out.note(COMMAND, "BAN", ban.reason, ban.mask, until, middle(ban.by), iso(ban.at))
        _end("bans", len(found), out)


def _codes(world: World, user: User, rest: tuple[str, ...], out: Outbox) -> None:
    out.run_job(invite_codes.load_all, _show_codes)


def _show_codes(world: World, me: Session, found: list[InviteCode], out: Outbox) -> None:
    codes = [code for code in found if not code.has_ended(out.now)][::-1]
    with out.batch(BATCH_TYPE, "codes"):
        for code in codes:
            until = iso_or_star(code.until)
            numbers = (str(code.uses), str(code.used))
            fields = (code.label, code.code or "*", *numbers, until, middle(code.by), iso(code.at))
            out.note(COMMAND, "CODE", code.terms, *fields)
        _end("codes", len(codes), out)


def _log(world: World, user: User, rest: tuple[str, ...], out: Outbox) -> None:
    before = parse_whole(rest[0], 1) if rest and rest[0] != "*" else 0
    count = parse_whole(rest[1], 1, MAX_LOG_PAGE) if len(rest) > 1 else LOG_PAGE
    if before is None or count is None:
        raise FailError(COMMAND, "INVALID_PARAMS", f"Expected a number, and at most {MAX_LOG_PAGE}", "LOG")
    wanted, size = before, count

    def read(reader: Reader) -> list[NumberedEntry]:
        return audit_log.page(reader, wanted, size + 1)

    def show(world: World, me: Session, found: list[NumberedEntry], out: Outbox) -> None:
        with out.batch(BATCH_TYPE, "log"):
            for number, entry in found[:size]:
                fields = (iso(entry.at), entry.by, entry.account or "*", entry.action, middle(entry.about))
                out.note(COMMAND, "LOG", entry.details, str(number), *map(middle, fields))
            _end("log", min(size, len(found)), out, has_more=len(found) > size)

    out.run_job(read, show)


def _storage(world: World, user: User, rest: tuple[str, ...], out: Outbox) -> None:
    out.run_job(lambda reader: file_lists.storage_use(reader, MAX_PEOPLE), _show_storage)


def _show_storage(world: World, me: Session, use: StorageUse, out: Outbox) -> None:
    limits = world.config.files
    numbers = (use.files, use.size, limits.total_bytes, limits.keep_days)
    with out.batch(BATCH_TYPE, "storage"):
        who = limits.who if file_senders.is_offered(world) else "nobody"
        out.note(COMMAND, "STORAGE", "Files that users keep on the server", *map(str, numbers), who)
        for each in use.people:
            out.note(COMMAND, "KEEPS", each.sender, each.owner, str(each.files), str(each.size))
        _end("storage", 1 + len(use.people), out)


_PARTS: dict[str, Callable[[World, User, tuple[str, ...], Outbox], None]] = {
    "STATUS": _status,
    "ROLES": _roles,
    "BANS": _bans,
    "CODES": _codes,
    "LOG": _log,
    "STORAGE": _storage,
}
"""The parts that are read one by one. The settings are read with SETTING."""
