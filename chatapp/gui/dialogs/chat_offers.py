"""The chats that the first dialog offers: a link in the clipboard, recent chats, chats found on this network.

What comes from the network is untrusted: anybody there may announce any name, as long and as often as they
like. So names are cleaned and shortened, the number of chats is limited, and nothing that was announced
decides whether a certificate is trusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from chatapp.client.local.local_server_record import LocalServerRecord
from chatapp.client.local.settings import Settings
from chatapp.client.login import PORT, Encrypt, Login, for_invite, for_server
from chatapp.languages.translation import N_, _, ngettext, pgettext
from chatapp.protocol.addresses import LOCALHOST, is_this_computer, join_host_port, split_host_port
from chatapp.protocol.invite_links import BadInvite, Invite, is_link

if TYPE_CHECKING:  # importing it takes long, and would delay the first window
    from chatapp.protocol.dnssd import Offer

MAX_FOUND = 200  # chats of this network that are offered
MAX_NAME = 32  # characters of a name
OWN_CHAT = N_("Your chat on this computer")

Source = Literal["clipboard", "recent", "network"]


@dataclass(frozen=True, slots=True)
class ChatOffer:
    """One chat.

    Attributes:
        key: Tells it from the others; `host:port`, or the link.
        login: How to connect, without anything about the user.
        source: Where it was found first.
        is_here: Whether it was found on this network.
        addresses: All its addresses, as `host:port`, if it was found on this network.
        fingerprint: Of the certificate that it announces.
    """

    key: str
    name: str
    detail: str
    login: Login
    source: Source
    is_here: bool = False
    addresses: frozenset[str] = frozenset()
    fingerprint: str = ""


def of_network(offers: Sequence[Offer], own_addresses: Collection[str] = ()) -> list[ChatOffer]:
    """Return the chats found on this network; those without a usable address are left out.

    Args:
        own_addresses: The addresses of this computer; its own chats have the same key as in the settings.
    """
    found: dict[str, ChatOffer] = {}
    for offer in offers[:MAX_FOUND]:
        host = _usable_address(offer.addresses)
        if host:
            login = Login(LOCALHOST if host in own_addresses else host, offer.port)
            name = cleaned(offer.network) or login.host
            addresses = frozenset(Login(each, offer.port).address for each in offer.addresses)
            each = ChatOffer(
                login.address, name, _detail(offer), login, "network", True, addresses, offer.fingerprint
            )
            found.setdefault(each.key, each)
    return _told_apart(list(found.values()))


def of_settings(settings: Settings, own: LocalServerRecord | None = None) -> list[ChatOffer]:
    """Return the chats that were used before, the latest first.

    Args:
        own: The user's own chat on this computer, as it last started.
    """
    known = {str(row.get("server", "")): row for row in settings.logins.values() if isinstance(row, dict)}
    return [_recent(address, known.get(address, {}), settings, own) for address in settings.servers]


def of_login(login: Login) -> ChatOffer:
    """Return the chat that a login is for."""
    return _as_in(login, ChatOffer(login.address, _address_of(login), _("by its address"), login, "recent"))


def of_clipboard(text: str) -> ChatOffer | None:
    """Return the chat of a link in the clipboard; None for any other text."""
    if not is_link(text):
        return None
    try:
        invite = Invite.parse(text)
    except BadInvite:
        return None
    login = for_invite(Login(""), invite)
    detail = " · ".join(filter(None, (", ".join(invite.channels), _("the link that you have copied"))))
    return ChatOffer(str(invite), _address_of(login), detail, login, "clipboard")


def offers_for(login: Login, settings: Settings, own: LocalServerRecord | None = None) -> list[ChatOffer]:
    """Return the chats that were used before, among them that of a login, exactly as it says."""
    recent = of_settings(settings, own)
    address = replace(login, host=login.host or LOCALHOST).address
    used = [
        _as_in(replace(login, pin=login.pin or each.login.pin), each) if each.key == address else each
        for each in recent
    ]
    return used if not login.host or address in [each.key for each in recent] else [of_login(login), *used]


def merged(known: Sequence[ChatOffer], found: Sequence[ChatOffer]) -> list[ChatOffer]:
    """Return known chats in their order with what was found about them, and then those found besides.

    The link to a chat that was copied takes its place; but an own chat is not joined by a link. A chat that
    uses the address of a known one, and is not that one, has a card of its own.
    """
    found = _beside(known, found)
    here = {each.key: each for each in found}
    kept = [_with_news(each, here[each.key]) if each.key in here else each for each in known]
    keys = {each.key for each in kept}
    return _without_copies([*kept, *(each for each in found if each.key not in keys)])


def _without_copies(offers: list[ChatOffer]) -> list[ChatOffer]:
    """Return each chat once that is there also as the link that was copied."""
    link = next((each for each in offers if each.source == "clipboard"), None)
    if link is None:
        return offers
    address = link.login.address
    same = [each for each in offers if each is not link and address in (each.key, *each.addresses)]
    if any(not each.login.host for each in same):
        return [each for each in offers if each is not link]
    named = replace(link, name=same[0].name) if same else link
    return [named if each is link else each for each in offers if each not in same]


def in_stable_order(shown: Sequence[str], offers: Iterable[ChatOffer]) -> list[ChatOffer]:
    """Return the chats with those that are shown already in the same order, and new ones below them."""
    places = {key: place for place, key in enumerate(shown)}
    return sorted(offers, key=lambda each: places.get(each.key, len(places)))


def cleaned(name: str) -> str:
    """Return a name on one line, without invisible characters, of at most MAX_NAME characters."""
    text = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    return text if len(text) <= MAX_NAME else f"{text[: MAX_NAME - 1]}…"


def _detail(offer: Offer) -> str:
    """Return what a server says about itself, or at least where it is."""
    owner = cleaned(offer.owner)
    parts = [pgettext("below its name", "{name}’s chat").format(name=owner)] if owner else []
    if offer.people:
        people = ngettext("{count} person", "{count} people", offer.people)
        parts.append(people.format(count=offer.people))
    access = {"invite": _("asks for an invite code"), "accounts": _("members only")}.get(offer.access, "")
    parts.append(access or (_("encrypted") if offer.fingerprint else _("on this network")))
    return " · ".join(parts)


def _as_in(login: Login, offer: ChatOffer) -> ChatOffer:
    """Return a chat with what a login says about how to connect, but nothing about the user."""
    server = Login(
        login.host, login.port, channels=login.channels, encrypt=login.encrypt, pin=login.pin,
        code=login.code, account=login.account,
    )  # fmt: skip
    return replace(offer, login=server)


def _recent(
    address: str, row: Mapping[str, Any], settings: Settings, own: LocalServerRecord | None
) -> ChatOffer:
    encrypt: Encrypt = "never" if address in settings.unencrypted else "auto"
    login = replace(for_server(Login(""), address), encrypt=encrypt)
    name = row.get("name")
    name = cleaned(name) if isinstance(name, str) else ""
    pin, account = (row.get(key, "") for key in ("pin", "account"))
    if is_this_computer(split_host_port(address)[0]):
        pin = pin if isinstance(pin, str) else ""
        pin = pin or (own.link.pin if own and own.port == login.port else "")
        name, here = name or _(OWN_CHAT), replace(login, host="", pin=pin)
        return ChatOffer(address, name, _("on this computer"), here, "recent")
    if isinstance(pin, str) and isinstance(account, str):
        login = replace(login, pin=pin, account=account, encrypt="always" if pin else encrypt)
    detail = f"{_('used before')} · {_address_of(login)}" if name else _("used before")
    return ChatOffer(address, name or _address_of(login), detail, login, "recent")


def _with_news(known: ChatOffer, found: ChatOffer) -> ChatOffer:
    """Return a known chat with what it says about itself now; how to connect stays as it is known."""
    return replace(known, name=found.name, detail=found.detail, is_here=True, addresses=found.addresses)


def _beside(known: Sequence[ChatOffer], found: Sequence[ChatOffer]) -> list[ChatOffer]:
    """Return found chats with keys of their own if a known chat with another certificate has theirs.

    Once the user has a chat of their own, others on this computer are joined like those of other computers:
    what is stored about an address of this computer is about the user's chat.
    """
    pins = {each.key: each.login.pin for each in known}
    own = {each.login.pin for each in known if not each.login.host} - {""}
    beside = []
    for each in found:
        is_foreign = own and each.fingerprint and each.fingerprint not in own
        if each.login.host == LOCALHOST and is_foreign and pins.get(each.key) != "":
            each = _by_network(each)
        pin = pins.get(each.key)
        if pin and each.fingerprint and pin != each.fingerprint:
            each = replace(each, key=f"{each.key}/{each.fingerprint}")
        beside.append(each)
    return beside


def _by_network(found: ChatOffer) -> ChatOffer:
    """Return a chat on this computer with the login that other computers use for it."""
    host = _usable_address([split_host_port(each)[0] for each in sorted(found.addresses)])
    login = replace(found.login, host=host or found.login.host)
    return replace(found, key=login.address, login=login)


def _told_apart(offers: Sequence[ChatOffer]) -> list[ChatOffer]:
    """Add the address to chats of the same name."""
    counts = Counter(each.name.casefold() for each in offers)
    return [
        replace(each, detail=f"{_address_of(each.login)} · {each.detail}")
        if counts[each.name.casefold()] > 1
        else each
        for each in offers
    ]


def _address_of(login: Login) -> str:
    """Return the address of a login, without the port that is usual."""
    return login.host if login.port == PORT else join_host_port(login.host, login.port)


def _usable_address(addresses: Sequence[str]) -> str:
    """Return an address that needs no interface: IPv4, or else IPv6 that is not link-local."""
    four = [each for each in addresses if ":" not in each]
    six = [each for each in addresses if ":" in each and not each.lower().startswith("fe80:")]
    return next(iter([*four, *six]), "")
