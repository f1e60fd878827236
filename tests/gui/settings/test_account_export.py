"""Saving messages as a file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.gui.settings.account_case import AccountCase


class Exporting(AccountCase):
    capabilities = f"{AccountCase.capabilities} draft/chathistory"

    def setUp(self) -> None:
        super().setUp()
        network = self.client.network
        network.capabilities |= {"labeled-response"}
        self.page.show()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "mine.json"
        self.page.export._ask = lambda master: str(self.path)

    def label(self, command: str) -> str:
        """Wait for a request; return its label."""
        found: list[str] = []

        def has_come() -> bool:
            self.server.received("nothing")
            found[:] = [
                line for line in self.server.lines if line.startswith("@label=export-") and command in line
            ]
            return bool(found)

        self.until(has_come)
        line = found[-1]
        self.server.lines.clear()
        return line.split()[0].removeprefix("@label=")

    def test_messages_are_fetched_and_written(self) -> None:
        part = self.page.export
        part.button.invoke()
        part.button.invoke()
        label = self.label("TARGETS")
        self.assertEqual(part.progress.text, "Looking for your messages…")
        self.server.send(f"@label={label} :s BATCH +t draft/chathistory-targets", ":s BATCH -t")
        label = self.label("LATEST #general")
        self.assertTrue(part.cancel.winfo_manager())
        self.server.send(
            f"@label={label} :s BATCH +h chathistory #general",
            "@batch=h;msgid=1;time=2026-03-12T09:00:00.000Z :ana!a@h PRIVMSG #general :mine",
            ":s BATCH -h",
        )
        label = self.label("BEFORE #general")
        self.server.send(f"@label={label} :s BATCH +h chathistory #general", ":s BATCH -h")
        self.until(lambda: part.progress.text == "1 message is saved in mine.json.")
        self.assertTrue(part.progress.is_good)
        self.assertEqual(json.loads(self.path.read_text("utf-8"))["messages"][0]["text"], "mine")

    def test_it_can_be_cancelled(self) -> None:
        part = self.page.export
        part.button.invoke()
        self.label("TARGETS")
        part.cancel.invoke()
        self.until(lambda: part.progress.text == "Cancelled. Nothing was saved.")
        self.assertFalse(self.path.exists())
        self.assertFalse(part.button.instate(["disabled"]))

    def test_it_can_be_cancelled_while_the_file_is_written(self) -> None:
        part = self.page.export
        part.button.invoke()
        export = part._export
        assert export is not None
        export.state = "writing"
        part.apply(export)
        self.assertTrue(part.cancel.winfo_manager())
        part.cancel.invoke()
        self.assertTrue(export.is_stopped)

    def test_no_file_name_means_no_export(self) -> None:
        self.page.export._ask = lambda master: ""
        self.page.export.button.invoke()
        self.assertEqual(self.page.export.progress.text, "")
