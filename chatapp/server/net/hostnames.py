"""Collects the host names of this server: from its configuration, certificate, computer and network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

from chatapp.protocol import http_origin
from chatapp.server.config import Config
from chatapp.server.net.mdns.announcer import offer_of
from chatapp.server.net.tls import context, self_signed


def own_names(config: Config, data: Path) -> frozenset[str]:
    """Return all names in lower case; `*.` stands for any one label.

    Args:
        data: The folder of the server's own certificate.

    Raises:
        OSError, ValueError: The certificate cannot be read.
    """
    return frozenset(name.lower().removesuffix(".") for name in _names(config, data) if name)


def _names(config: Config, data: Path) -> Iterator[str]:
    yield config.server.name
    yield config.server.host
    computer = socket.gethostname()
    yield computer
    yield f"{computer.partition('.')[0]}.local"
    fingerprint = ""
    if config.tls.mode != "off":
        fingerprint = context.fingerprint_of(config.tls, data)
        yield from self_signed.names(context.certificate_of(config.tls, data))
    yield ".".join(offer_of(config.server.network, 0, fingerprint).host_name)
    for site in (*config.web.origins, config.files.url):
        if site:
            yield http_origin.parse_origin(site)[1].host
