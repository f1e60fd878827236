"""Decides whether a page takes the place of the messages: connecting, banned, no conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chatapp.client.model.network import Network
from chatapp.gui.main.ban_texts import ban_line, ends_by_itself
from chatapp.gui.main.state_bars import NO_CHANNEL, NO_CHANNEL_REASON, banned_title
from chatapp.languages.translation import _

PageAction = Literal["cancel", "connect", "read", "save", "join", "write"]
"""What a button of a page does: stop connecting, choose a server, show the messages, save the own ones in a
file, join or make a channel, write to somebody."""

DELAY_SECONDS = 0.4  # after which a page is shown; what takes less time is not worth a page
AT_ONCE = "banned"


@dataclass(frozen=True, slots=True)
class Page:
    """A page in the middle of the window.

    Attributes:
        name: Identifies the kind of page.
        icon: A name in `icon_shapes.ICONS`; "" for a spinner.
        icon_role: The colour of the icon.
        surface: The colour of the disc around the icon; "" for none.
        lines: Smaller lines below the title.
        buttons: Labels and what they do, the first one is the default.
    """

    name: str
    title: str
    lines: tuple[str, ...] = ()
    buttons: tuple[tuple[str, PageAction], ...] = ()
    icon: str = ""
    icon_role: str = "muted"
    surface: str = ""


def state_page(
    network: Network, host: str, now: float, twelve_hours: bool = False, saved: str = ""
) -> Page | None:
    """Return the page to show, None if the messages are shown.

    Args:
        host: The host that we connect to.
        now: Unix seconds.
        saved: How saving the messages of a user who is banned has ended; empty if they were not saved.
    """
    if network.failure == "banned" and network.state in ("waiting", "offline"):
        return _banned(network, now, twelve_hours, saved)
    if network.current is not None:
        return None
    if network.state in ("connecting", "registering"):
        return _connecting(network, host)
    if network.state == "online":
        return Page(
            "empty",
            _(NO_CHANNEL),
            (_(NO_CHANNEL_REASON),),
            ((_("Join or make a channel"), "join"), (_("Write to somebody"), "write")),
            "chat",
        )
    lines = (network.problem,) if network.problem else ()
    return Page("offline", _("You are not connected"), lines, ((_("Connect…"), "connect"),), "wifi-off")


def _connecting(network: Network, host: str) -> Page:
    name = network.name or host
    has_answered = network.state == "registering"
    line = _("{host} answered · logging in") if has_answered else _("Waiting for {host} to answer")
    lines = (line.format(host=host),) if host else ()
    title = _("Connecting to {name}…") if name else _("Connecting to the chat…")
    return Page("connecting", title.format(name=name), lines, ((_("Cancel"), "cancel"),))


def _banned(network: Network, now: float, twelve_hours: bool, saved: str) -> Page:
    lines = [ban_line(network, now, twelve_hours)]
    if ends_by_itself(network):
        lines.append(_("The chat opens by itself when the time is over."))
    lines.append(saved)
    buttons: list[tuple[str, PageAction]] = [(_("Another chat…"), "connect")]
    if network.conversations:
        buttons += [(_("Read the messages"), "read"), (_("Save my messages…"), "save")]
    return Page(
        "banned",
        banned_title(network),
        tuple(filter(None, lines)),
        tuple(buttons),
        "slash",
        "danger",
        "dangerbg",
    )
