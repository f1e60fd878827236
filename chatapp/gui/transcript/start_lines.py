"""The lines above the first message: the conversation begins here, or older messages are loading.

Does not import tkinter.
"""

from __future__ import annotations

from datetime import date

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.transcript.block_options import Ruler
from chatapp.gui.transcript.runs import Picture, Run
from chatapp.languages.dates import day_and_month
from chatapp.languages.translation import _

SKELETON_WIDTHS = (250, 290, 210)  # of the grey shapes, in pixels at 96 dpi
ICON, AVATAR = 22, 28  # in pixels at 96 dpi


def start_lines(conversation: Conversation, network: Network, ruler: Ruler, loading: bool) -> list[Run]:
    """Return the lines, at least one.

    Args:
        loading: Whether to show that older messages are loading.
    """
    if loading and conversation.loading_older:
        return _skeleton(ruler)
    title = conversation.title
    if conversation.complete and conversation.kind == "channel":
        icon = Picture("icon", "hash", "text", ICON)
        return [
            *_start(icon, _("This is where {name} began").format(name=title)),
            *_made(conversation.made_at),
        ]
    if conversation.complete and conversation.kind == "direct":
        name = network.display_name(conversation.name)
        avatar = Picture("avatar", name, conversation.name, AVATAR)
        return _start(avatar, _("This is where your messages with {name} began").format(name=name))
    return [Run("\n", ("gap",))]


def _start(picture: Picture, text: str) -> list[Run]:
    tags = ("start",)
    return [Run("", tags, picture=picture), Run("\t", tags), Run(f"{text}\n", tags)]


def _made(made_at: float | None) -> list[Run]:
    """Return a line that says when a channel was made, if that is known and can be a date."""
    try:
        day = None if made_at is None else date.fromtimestamp(made_at)
    except (OverflowError, ValueError, OSError):
        day = None
    if day is None:
        return []
    return [Run(_("It was made on {day}.").format(day=day_and_month(day)) + "\n", ("start-note",))]


def _skeleton(ruler: Ruler) -> list[Run]:
    """Return grey shapes of messages, whose place the older messages will take."""
    runs = [Run(_("Loading older messages…") + "\n", ("loading",))]
    for width in SKELETON_WIDTHS:
        fitting = min(width, ruler.width / ruler.scale)
        picture = Picture("skeleton", size=fitting)
        runs += [Run("", ("skeleton",), picture=picture), Run("\n", ("skeleton",))]
    return runs
