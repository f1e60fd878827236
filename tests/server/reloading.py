"""A server whose configuration can be loaded again, for the tests of REHASH and of signals."""

from __future__ import annotations

from chatapp.server.config import BadConfig, parse
from tests.server.base import ServerTest


class ReloadTest(ServerTest):
    """`ann` runs the server; `toml` is what the configuration file holds now."""

    CONFIG = "[limits]\ntopic = 100"

    def setUp(self) -> None:
        super().setUp()
        self.toml = self.CONFIG
        self.world.reload_config = self.read
        self.world.loaded_config = lambda: self.loaded
        self.enter("ann")
        self.make_operator("ann")

    def read(self) -> str:
        try:
            self.loaded = parse(self.toml)
        except BadConfig as error:
            return str(error)
        return ""
