"""What this server offers: its version, capabilities with their values, ISUPPORT tokens.

Source  IRCv3 capability-negotiation; modern IRC "Feature Advertisement"
"""

from __future__ import annotations

from .. import __version__
from ..protocol.capabilities import NAMES
from . import modes
from .config import Config

VERSION = f"chatapp-{__version__}"


def offered(config: Config) -> dict[str, str]:
    """The capabilities that CAP LS names, with their values."""
    return dict.fromkeys(NAMES, "")


def isupport(config: Config) -> dict[str, str | int | None]:
    """The tokens of 005."""
    limits = config.limits
    prefix = f"({''.join(modes.RANKS)}){modes.prefixes(''.join(modes.RANKS))}"
    return {
        "AWAYLEN": limits.away,
        "CASEMAPPING": "ascii",
        "CHANLIMIT": f"#:{limits.channels_per_user}",
        "CHANMODES": modes.chanmodes(),
        "CHANNELLEN": limits.channel,
        "CHANTYPES": "#",
        "CHATHISTORY": config.history.page,
        "ELIST": "CMNTU",
        "EXCEPTS": "e",
        "INVEX": "I",
        "KICKLEN": limits.kick,
        "MAXLIST": f"{modes.LISTS}:{limits.masks}",
        "MAXTARGETS": limits.targets,
        "MODES": None,
        "MSGREFTYPES": "msgid,timestamp",
        "NETWORK": config.server.network,
        "NICKLEN": limits.nick,
        "PREFIX": prefix,
        "SAFELIST": None,
        "STATUSMSG": modes.prefixes("".join(modes.RANKS)),
        "TARGMAX": f"PRIVMSG:{limits.targets},NOTICE:{limits.targets},TAGMSG:{limits.targets}",
        "TOPICLEN": limits.topic,
        "UTF8ONLY": None,
        "WHOX": None,
    }
