"""Modes of channels and users: the table of all of them, and MODE changes, parsed and written.

`CHANNEL_MODES` and `USER_MODES` hold one row for each mode. Server and client derive everything else from
these rows: CHANMODES, PREFIX and MYINFO, how changes are parsed, and the sentence that the client shows.

To add a channel mode, add a row here and the code that enforces it. A mode whose parameter must be checked
also gets a function in `server/operations/mode_changes.py`. A test compares the README with these rows.

Source: modern IRC "Channel Modes"; RFC 2812 section 3.2.3
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from chatapp.languages.translation import N_


class ModeKind(Enum):
    """How a channel mode is set. The first four are the types A to D of CHANMODES; PREFIX lists the ranks."""

    LIST = "A"  # a list of masks; without a parameter it is shown
    PARAMETER = "B"  # needs a parameter to be set and to be unset
    SET_PARAMETER = "C"  # needs a parameter only to be set
    FLAG = "D"  # never has a parameter
    RANK = "PREFIX"  # gives a member a rank; the parameter is a nick


VOICE, HALFOP, OPERATOR, ADMIN, OWNER = 1, 2, 3, 4, 5
"""Levels of ranks. Each level includes the permissions of all lower levels."""

REASON_TAG = "chatapp/reason"
"""The tag of a MODE that says why a mask was set. Only Chatapp servers send it."""

KICK_LEVEL = HALFOP  # to remove members
KEEP_MODE = "H"  # the days after which messages of a channel are deleted
KEEP_LEVEL = OPERATOR  # to set after how many days messages are deleted: nothing brings them back
MODE_LEVEL = HALFOP  # to set modes and bans; each rank has its own level, see `Rank.giver`
TOPIC_LEVEL = HALFOP  # to set the topic where `t` is set


@dataclass(frozen=True, slots=True)
class Rank:
    """A member's rank in a channel.

    Attributes:
        prefix: The character before the nick.
        level: From `VOICE` to `OWNER`.
        giver: The lowest level that may give or take this rank.
        plural: The members with this rank, for a heading in the client; marked for translation.
    """

    prefix: str
    level: int
    giver: int
    plural: str


@dataclass(frozen=True, slots=True)
class ChannelMode:
    """One mode of a channel.

    Attributes:
        parameter: The kind of parameter, such as `nick`; empty for a flag.
        description: The effect of the mode, as in the README.
        when_set: The sentence of the client for setting it, without the nick at its start; `{}` stands for
            the parameter. Marked for translation.
        when_unset: The same for unsetting it.
        is_common: Whether the letter has this meaning on every server that supports it.
        rank: Only for the modes that give a rank.
    """

    letter: str
    kind: ModeKind
    parameter: str
    description: str
    when_set: str
    when_unset: str
    is_common: bool = True
    rank: Rank | None = None


_LIST, _PARAMETER, _SET_PARAMETER = ModeKind.LIST, ModeKind.PARAMETER, ModeKind.SET_PARAMETER
_FLAG, _RANK = ModeKind.FLAG, ModeKind.RANK

CHANNEL_MODES: dict[str, ChannelMode] = {
    mode.letter: mode
    for mode in (
        # the ranks, highest first, in the order of PREFIX
        ChannelMode(
            "q", _RANK, "nick", "owner, `~`: may do everything in the channel",
            N_("made {} an owner"), N_("removed {} as owner"), rank=Rank("~", OWNER, OWNER, N_("owners")),
        ),
        ChannelMode(
            "a", _RANK, "nick", "administrator, `&`: above operators",
            N_("made {} an administrator"), N_("removed {} as administrator"),
            rank=Rank("&", ADMIN, OWNER, N_("administrators")),
        ),
        ChannelMode(
            "o", _RANK, "nick", "operator, `@`: gives and takes ranks up to its own, sets modes, kicks, bans",
            N_("made {} an operator"), N_("removed {} as operator"),
            rank=Rank("@", OPERATOR, OPERATOR, N_("operators")),
        ),
        ChannelMode(
            "h", _RANK, "nick", "half-operator, `%`: kicks, bans, sets modes, gives voice",
            N_("made {} a half-operator"), N_("removed {} as half-operator"),
            rank=Rank("%", HALFOP, OPERATOR, N_("half-operators")),
        ),
        ChannelMode(
            "v", _RANK, "nick", "voice, `+`: may write where other members may not",
            N_("gave voice to {}"), N_("took voice from {}"), rank=Rank("+", VOICE, HALFOP, N_("with voice")),
        ),
        ChannelMode(
            "b", _LIST, "mask", "ban: matching users cannot join or write; `~m:mask` lets them join",
            N_("banned {}"), N_("lifted the ban on {}"),
        ),
        ChannelMode(
            "e", _LIST, "mask", "exception: `b` does not apply to matching users",
            N_("exempted {} from bans"), N_("ended the exemption of {} from bans"),
        ),
        ChannelMode(
            "I", _LIST, "mask", "matching users need no invitation",
            N_("let {} join without an invitation"), N_("made {} need an invitation again"),
        ),
        ChannelMode(
            "k", _PARAMETER, "key", "key: users join with `JOIN #channel key`",
            N_("set a key to join with"), N_("removed the key to join with"),
        ),
        ChannelMode(
            "l", _SET_PARAMETER, "number", "limit: the most members that the channel can have",
            N_("set a limit of {} people"), N_("removed the limit on the number of people"),
        ),
        ChannelMode(
            "f", _SET_PARAMETER, "#channel", "forward: users who cannot join are sent to this channel",
            N_("redirected people who cannot join to {}"),
            N_("ended the redirection of people who cannot join"),
            is_common=False,
        ),
        ChannelMode(
            "S", _SET_PARAMETER, "seconds", "slow mode: the least time between two messages of one member",
            N_("turned on slow mode: one message every {} seconds"), N_("turned off slow mode"),
            is_common=False,
        ),
        ChannelMode(
            KEEP_MODE, _SET_PARAMETER, "days",
            "older messages are deleted, and files with their last message",
            N_("set the days that messages and files are kept to {}"),
            N_("let messages and files be kept without a limit of the channel"),
            is_common=False,
        ),
        ChannelMode(
            "i", _FLAG, "", "invite-only: users join only when they are invited",
            N_("made the channel invite-only"), N_("opened the channel to everybody"),
        ),
        ChannelMode(
            "m", _FLAG, "", "moderated: only members with voice or a higher rank can write",
            N_("let only operators and people with voice write"), N_("let everybody in the channel write"),
        ),
        ChannelMode(
            "n", _FLAG, "", "only members can write",
            N_("let only people in the channel write"), N_("let people outside the channel write"),
        ),
        ChannelMode(
            "s", _FLAG, "", "secret: only members can see the channel",
            N_("hid the channel from the list"), N_("showed the channel in the list"),
        ),
        ChannelMode(
            "t", _FLAG, "", "only half-operators and above can set the topic",
            N_("let only operators change the topic"), N_("let everybody change the topic"),
        ),
        ChannelMode(
            "C", _FLAG, "", "no CTCP except actions (`/me`)",
            N_("blocked CTCP requests"), N_("allowed CTCP requests"),
            is_common=False,
        ),
        ChannelMode(
            "M", _FLAG, "", "only users who are logged in can write",
            N_("let only people with an account write"), N_("let people without an account write"),
            is_common=False,
        ),
        ChannelMode(
            "R", _FLAG, "", "only users who are logged in can join",
            N_("let only people with an account join"), N_("let people without an account join"),
            is_common=False,
        ),
        ChannelMode(
            "u", _FLAG, "", "auditorium: members without a rank see only members with a rank",
            N_("hid members without a rank from each other"), N_("showed all members to each other"),
            is_common=False,
        ),
        ChannelMode(
            "U", _FLAG, "", "only half-operators and above get the messages of members without a rank",
            N_("let only operators read the messages of members without a rank"),
            N_("let everybody read the messages of members without a rank"),
            is_common=False,
        ),
    )
}  # fmt: skip
"""Every mode of a channel by its letter."""


@dataclass(frozen=True, slots=True)
class UserMode:
    """One mode of a user.

    Attributes:
        description: The meaning of the mode, as in the README.
        is_settable: Whether users set it themselves; the others are set by the server.
    """

    letter: str
    description: str
    is_settable: bool = True


USER_MODES: dict[str, UserMode] = {
    mode.letter: mode
    for mode in (
        UserMode("B", "is a bot"),
        UserMode("R", "gets direct messages only from users who are logged in"),
        UserMode("Z", "is connected with TLS", is_settable=False),
        UserMode("i", "invisible: is listed only for users who share a channel"),
        UserMode("o", "runs the server: owner or moderator", is_settable=False),
        UserMode("w", "gets `WALLOPS`"),
    )
}
"""Every mode of a user by its letter, sorted as MYINFO lists them."""

MAX_CHANGES = 20  # of one MODE command; the server ignores the rest


def _of_kind(*kinds: ModeKind) -> str:
    return "".join(mode.letter for mode in CHANNEL_MODES.values() if mode.kind in kinds)


KINDS: Mapping[str, ModeKind] = {letter: mode.kind for letter, mode in CHANNEL_MODES.items()}
"""How each mode of this server is set."""

RANKS = {letter: mode.rank for letter, mode in CHANNEL_MODES.items() if mode.rank}
"""Ranks by letter, highest first."""

LEVEL_OF_PREFIX = {rank.prefix: rank.level for rank in RANKS.values()}
"""The level of each rank by its prefix, highest first."""

PREFIXES = "".join(LEVEL_OF_PREFIX)
"""The prefixes of all ranks, highest first."""

LISTS = _of_kind(_LIST)
FLAGS = "".join(sorted(_of_kind(_FLAG)))
STORED = _of_kind(_PARAMETER, _SET_PARAMETER, _FLAG)
"""Modes that are stored with the channel itself, neither as a list of masks nor as ranks of members."""


class ModeChange(NamedTuple):
    """One change of a MODE command; `parameter` is None when none was given or needed."""

    sign: str
    mode: str
    parameter: str | None


def parse(letters: str, parameters: Sequence[str], kinds: Mapping[str, ModeKind] = KINDS) -> list[ModeChange]:
    """Parse `+o-v` with `["ann", "bob"]`.

    A sign applies until the next one. Parameters are assigned in order to the modes that take one.

    Args:
        kinds: How each mode is set on the server that the change is for. An unknown mode takes no parameter.
    """
    rest = list(parameters)
    changes = []
    sign = "+"
    for letter in letters:
        if letter in "+-":
            sign = letter
        elif rest and takes_parameter(sign, letter, kinds):
            changes.append(ModeChange(sign, letter, rest.pop(0)))
        else:
            changes.append(ModeChange(sign, letter, None))
    return changes


def takes_parameter(sign: str, mode: str, kinds: Mapping[str, ModeKind] = KINDS) -> bool:
    """Return whether a parameter belongs to this mode when it is set (`+`) or unset (`-`)."""
    kind = kinds.get(mode, ModeKind.FLAG)
    return kind is not ModeKind.FLAG and (kind is not ModeKind.SET_PARAMETER or sign == "+")


def write(changes: Iterable[ModeChange]) -> list[str]:
    """Return changes as the parameters of a MODE message: `["+o-v", "ann", "bob"]`."""
    letters = ""
    sign = ""
    parameters = []
    for change in changes:
        if change.sign != sign:
            sign = change.sign
            letters += sign
        letters += change.mode
        if change.parameter is not None:
            parameters.append(change.parameter)
    return [letters, *parameters]


def prefixes(ranks: str) -> str:
    """Return the prefixes of ranks given as letters, highest first."""
    if not ranks:
        return ""
    return "".join(rank.prefix for letter, rank in RANKS.items() if letter in ranks)


def level(ranks: str) -> int:
    """Return the level of the highest of these ranks, given as letters; 0 without a rank."""
    return max((RANKS[letter].level for letter in ranks), default=0)


def chanmodes() -> str:
    """Return the value of CHANMODES in ISUPPORT."""
    kinds = (_LIST, _PARAMETER, _SET_PARAMETER, _FLAG)
    return ",".join("".join(sorted(_of_kind(kind))) for kind in kinds)


def prefix() -> str:
    """Return the value of PREFIX in ISUPPORT: `(qaohv)~&@%+`."""
    return f"({''.join(RANKS)}){PREFIXES}"


def kinds_of(chanmodes: str, ranks: Iterable[str]) -> dict[str, ModeKind]:
    """Return how each mode of a server is set.

    Args:
        chanmodes: The value of CHANMODES. Types after the fourth count as flags, as the specification asks.
        ranks: The mode letters in PREFIX.
    """
    types = (_LIST, _PARAMETER, _SET_PARAMETER)
    kinds = {}
    for at, letters in enumerate(chanmodes.split(",")):
        kinds.update(dict.fromkeys(letters, types[at] if at < len(types) else _FLAG))
    return kinds | dict.fromkeys(ranks, _RANK)
