"""Process settings: the file mode mask, limits, children."""

from __future__ import annotations

import os
import subprocess
import sys
import unittest
from types import SimpleNamespace
from unittest import mock

from chatapp.system import processes
from tests.system import windows


class Processes(unittest.TestCase):
    @unittest.skipIf(sys.platform == "win32", "Windows has no modes")
    def test_new_files_are_accessible_by_their_owner_only(self) -> None:
        before = os.umask(0o022)
        try:
            processes.make_new_files_private()
            self.assertEqual(os.umask(before), 0o077)
        finally:
            os.umask(before)

    def limits(self, soft: int, hard: int) -> mock.Mock:
        """Raise the limit in a process that has these limits and return the requested ones."""
        resource = mock.Mock(RLIMIT_NOFILE=7)
        resource.getrlimit.return_value = (soft, hard)
        with mock.patch.dict(sys.modules, resource=resource):
            processes.raise_open_file_limit()
        return resource

    def test_the_limit_of_open_files_is_raised_to_the_maximum(self) -> None:
        self.limits(1024, 65536).setrlimit.assert_called_once_with(7, (65536, 65536))
        self.limits(65536, 65536).setrlimit.assert_not_called()

    def test_windows_has_no_limit_of_open_files(self) -> None:
        with mock.patch.object(sys, "platform", "win32"), mock.patch.dict(sys.modules, resource=None):
            processes.raise_open_file_limit()  # `resource` cannot be imported there

    def test_a_child_survives_the_end_of_the_terminal_on_each_system(self) -> None:
        flags = {"CREATE_NEW_PROCESS_GROUP": 0x200, "CREATE_NO_WINDOW": 0x8000000}
        fake = SimpleNamespace(**vars(subprocess) | flags)
        on_windows = windows.imported("chatapp.system.processes", subprocess=fake)
        self.assertEqual((on_windows.HAS_SESSIONS, on_windows.BACKGROUND_FLAGS), (False, 0x8000200))
        if sys.platform != "win32":
            self.assertEqual((processes.HAS_SESSIONS, processes.BACKGROUND_FLAGS), (True, 0))


if __name__ == "__main__":
    unittest.main()
