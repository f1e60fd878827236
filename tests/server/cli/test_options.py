"""Options that several subcommands of `run_server.py` share."""

from __future__ import annotations

import argparse
import unittest
from pathlib import Path

from chatapp.server.cli.options import add_data_option


class DataOption(unittest.TestCase):
    def parsed(self, *arguments: str) -> Path | None:
        parser = argparse.ArgumentParser()
        add_data_option(parser)
        folder: Path | None = parser.parse_args(arguments).data
        return folder

    def test_a_folder_is_named_or_the_default_one_is_used(self) -> None:
        self.assertEqual(self.parsed("--data", "chat"), Path("chat"))
        self.assertIsNone(self.parsed())


if __name__ == "__main__":
    unittest.main()
