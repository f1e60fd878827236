"""Which desktop this program is on."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.protocol.invite_links import is_link
from chatapp.system.desktop import SCHEMES, desktop_place
from chatapp.system.linux_desktop import LinuxDesktop
from chatapp.system.mac_desktop import MacDesktop


class DesktopTest(unittest.TestCase):
    def test_every_link_can_be_followed(self) -> None:
        for scheme in SCHEMES:
            self.assertTrue(is_link(f"{scheme}://chat.example"))

    def test_the_folders_are_those_of_the_user(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            variables = {"HOME": folder, "XDG_DATA_HOME": f"{folder}/data", "XDG_CONFIG_HOME": ""}
            with mock.patch.dict("os.environ", variables), mock.patch.object(sys, "platform", "linux"):
                place = desktop_place()
        assert isinstance(place, LinuxDesktop)
        self.assertEqual((Path(folder, "data"), Path(folder, ".config")), (place.data, place.config))

    def test_macos_has_a_folder_of_applications(self) -> None:
        with mock.patch.object(sys, "platform", "darwin"):
            place = desktop_place()
        assert isinstance(place, MacDesktop)
        self.assertEqual("Applications", place.applications.name)


if __name__ == "__main__":
    unittest.main()
