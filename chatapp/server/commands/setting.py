"""SETTING: what owners may change while the server runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chatapp.protocol import display_names, numerics
from chatapp.protocol.display_names import InvalidDisplayName
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.protocol.server_access import ACCESS, Access, read_access
from chatapp.server import config
from chatapp.server.config import BadConfig
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import server_settings
from chatapp.server.state.live_settings import FILE_KEYS, access_of
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

COMMAND = "SETTING"
_SWITCH = {"on": True, "off": False}

Change = Callable[[World, User, str | None, Outbox], None]
"""Sets the value, or resets it for None. Raises FailError."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Args:
        value: Returns its value.
        is_changed: Whether it differs from the configuration because an owner has set it.
        change: Sets or resets it.
    """

    value: Callable[[World], str]
    is_changed: Callable[[World], bool]
    change: Change


def setting(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """SETTING [<name> [:<value>] | RESET <name>]: show, change or reset settings of the server.

    name: the name of the chat. access: who may connect: everyone, invite (guests need an invite code) or
    accounts. sharing: on or off, whether other computers can connect and find the server on the network.
    closed: on or off, whether new guests and new accounts are refused; connected people stay, and guests can
    come back for an hour. files-who, files-max_bytes and so on: the key of this name in [files]. A value that
    was set is used instead of the configuration, also after a restart, until it is reset. Moderators can see
    them, owners can change them.

    Sends:
        NOTE SETTING ENTRY for each setting, and END; NOTE SETTING CHANGED; 005 to all.
    Errors:
        481 not an operator, 723 not an owner; FAIL SETTING NO_SUCH_SETTING, INVALID_VALUE, NEED_ACCOUNT,
        CANNOT_LISTEN.
    """
    if not msg.params:
        _show_all(world, out)
        return
    is_reset = msg.params[0].upper() == "RESET" and len(msg.params) > 1
    name = msg.params[1 if is_reset else 0].lower()
    if name not in SETTINGS:
        known = ", ".join(SETTINGS)
        raise FailError(COMMAND, "NO_SUCH_SETTING", f"There is no such setting; there are {known}", name)
    if len(msg.params) == 1:
        _note(world, name, "ENTRY", out)
        return
    if not user.may_act_as("owner"):
        raise NumericError(numerics.ERR_NOPRIVS, COMMAND)
    SETTINGS[name].change(world, user, None if is_reset else " ".join(msg.params[1:]), out)


def _show_all(world: World, out: Outbox) -> None:
    for name in SETTINGS:
        _note(world, name, "ENTRY", out)
    out.note(COMMAND, "END", f"{len(SETTINGS)} settings")


def _note(world: World, name: str, code: str, out: Outbox) -> None:
    """Reply with the value of a setting, and whether an owner has set it or it is as configured."""
    origin = "set" if SETTINGS[name].is_changed(world) else "configured"
    out.note(COMMAND, code, SETTINGS[name].value(world), name, origin)


def _changed(world: World, name: str, out: Outbox) -> None:
    """Record and confirm a change."""
    out.audit(COMMAND, name, SETTINGS[name].value(world))
    _note(world, name, "CHANGED", out)


def _invalid(name: str, reason: str) -> FailError:
    return FailError(COMMAND, "INVALID_VALUE", reason, name)


def _change_name(world: World, user: User, typed: str | None, out: Outbox) -> None:
    try:
        name = None if typed is None else display_names.clean(typed)
    except InvalidDisplayName as error:
        raise _invalid("name", str(error)) from error
    server_settings.set_name(world, name, out)
    _changed(world, "name", out)


def _change_access(world: World, user: User, typed: str | None, out: Outbox) -> None:
    wanted = None if typed is None else _access(typed)
    written = access_of(world.written_config)
    if (wanted or written) != "everyone" and not user.account:
        raise FailError(COMMAND, "NEED_ACCOUNT", server_settings.LOCKED_OUT, "access")
    server_settings.set_access(world, wanted, out)
    _changed(world, "access", out)


def _access(typed: str) -> Access:
    access = read_access(typed.lower())
    if access is None:
        raise _invalid("access", f"Expected one of {', '.join(ACCESS)}")
    return access


def _change_sharing(world: World, user: User, typed: str | None, out: Outbox) -> None:
    chosen = None if typed is None else _switched("sharing", typed)
    share = world.share

    def done(world: World, me: Session, user: User, failure: str, out: Outbox) -> None:
        if failure:
            raise FailError(COMMAND, "CANNOT_LISTEN", failure, "sharing")
        server_settings.store_sharing(world, chosen, out)
        _changed(world, "sharing", out)

    out.run_user_job(lambda reader: share(chosen), done)


def _change_closed(world: World, user: User, typed: str | None, out: Outbox) -> None:
    wanted = typed is not None and _switched("closed", typed)
    if wanted and not user.account:
        raise FailError(COMMAND, "NEED_ACCOUNT", server_settings.LOCKED_OUT, "closed")
    server_settings.set_closed(world, wanted, out)
    _changed(world, "closed", out)


def _of_files(key: str) -> Setting:
    """Return the setting that stands for a key in [files]."""
    name = f"files-{key}"

    def change(world: World, user: User, typed: str | None, out: Outbox) -> None:
        try:
            value = None if typed is None else config.typed_value("files", key, typed.lower())
        except BadConfig as error:
            raise _invalid(name, str(error)) from error
        server_settings.set_files(world, key, value, out)
        _changed(world, name, out)

    return Setting(
        lambda world: str(getattr(world.config.files, key)),
        lambda world: key in world.live_settings.files,
        change,
    )


def _is_closed(world: World) -> bool:
    return world.live_settings.closed or world.is_locked


def _switched(name: str, typed: str) -> bool:
    if typed.lower() not in _SWITCH:
        raise _invalid(name, "Expected on or off")
    return _SWITCH[typed.lower()]


def _word(is_on: bool) -> str:
    return "on" if is_on else "off"


SETTINGS = {
    "name": Setting(
        lambda world: world.config.server.network,
        lambda world: world.live_settings.name is not None,
        _change_name,
    ),
    "access": Setting(
        lambda world: access_of(world.live_settings.applied_to(world.written_config)),
        lambda world: world.live_settings.access is not None,
        _change_access,
    ),
    "sharing": Setting(
        lambda world: _word(world.is_shared()),
        lambda world: world.live_settings.sharing is not None,
        _change_sharing,
    ),
    "closed": Setting(lambda world: _word(_is_closed(world)), _is_closed, _change_closed),
    **{f"files-{key}": _of_files(key) for key in FILE_KEYS},
}
"""The settings by name."""
