"""Settings that owners change while the server runs. They win over the configuration until they are reset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chatapp.protocol.server_access import Access
from chatapp.server.config import Config


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What owners have changed; None for what is as in the configuration.

    Args:
        name: The name of the chat.
        access: Who may connect.
        sharing: Whether other computers can connect, and find the server on the network.
        closed: Whether nobody new can connect: guests who were here a while ago and accounts can.
        files: Values of keys in the section [files], by key.
    """

    name: str | None = None
    access: Access | None = None
    sharing: bool | None = None
    closed: bool = False
    files: Mapping[str, str | int] = field(default_factory=dict)

    def applied_to(self, config: Config) -> Config:
        """Return a configuration with these settings."""
        if self.name is not None:
            config = replace(config, server=replace(config.server, network=self.name))
        if self.access is not None:
            is_closed, needs_code = self.access == "accounts", self.access == "invite"
            accounts = replace(config.accounts, members_only=is_closed, invite_only=needs_code)
            config = replace(config, accounts=accounts)
        if self.files:
            config = replace(config, files=replace(config.files, **self.files))  # type: ignore[arg-type]
        if self.closed:
            config = replace(config, accounts=replace(config.accounts, registration="closed"))
        return config


FILE_KEYS = ("who", "max_bytes", "total_bytes", "bytes_per_day", "keep_days", "when_full")
"""The keys of [files] that owners can change while the server runs."""


def access_of(config: Config) -> Access:
    """Return who may connect by a configuration."""
    if config.accounts.members_only:
        return "accounts"
    return "invite" if config.accounts.invite_only else "everyone"
