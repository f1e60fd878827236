"""Decides whether a server is reached through a proxy, and through which one.

A login names no proxy, the one of the system, or the address of one. A server on this computer is always
reached directly.
"""

from __future__ import annotations

from collections.abc import Mapping

from chatapp.client.login import SYSTEM_PROXY
from chatapp.languages.translation import _
from chatapp.protocol.addresses import is_this_computer
from chatapp.protocol.proxy_address import BadProxy, ProxyAddress

SYSTEM_KINDS = ("all", "socks", "https")  # in the order of preference


def proxy_for(host: str, choice: str) -> ProxyAddress | None:
    """Return the proxy for a server; None if it is reached directly.

    Args:
        choice: As in `Login.proxy`.

    Raises:
        BadProxy: The proxy that the user or the system names is not valid.
    """
    if not choice or is_this_computer(host.lower().removesuffix(".")):
        return None
    return _proxy_of_system(host) if choice == SYSTEM_PROXY else ProxyAddress.parse(choice)


def _proxy_of_system(host: str) -> ProxyAddress | None:
    """Return the proxy of the environment, or of the settings of Windows or macOS.

    The name of the server is compared with the exceptions as it is: looking it up would tell it to others.
    """
    from urllib.request import getproxies  # slow to import, and seldom needed

    proxies: Mapping[str, str] = getproxies()
    found = next((proxies[kind] for kind in SYSTEM_KINDS if proxies.get(kind)), "")
    if not found or _is_exception(host, proxies.get("no", "")):
        return None
    try:
        return ProxyAddress.parse(found if "://" in found else f"http://{found}")
    except BadProxy:
        raise BadProxy(
            _("The proxy of the system is neither SOCKS5 nor HTTP and cannot be used. Choose another proxy.")
        ) from None


def _is_exception(host: str, exceptions: str) -> bool:
    """Return whether NO_PROXY lists a host, or a domain that it belongs to. `*` stands for every host."""
    name = host.lower().removesuffix(".")
    listed = [each.strip().lower().lstrip(".").removesuffix(".") for each in exceptions.split(",")]
    return any(each and (each in ("*", name) or name.endswith(f".{each}")) for each in listed)
