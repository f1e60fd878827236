"""The registry of the user, with a fake of `winreg`."""

from __future__ import annotations

import unittest
from collections.abc import Iterator
from contextlib import contextmanager

from tests.system import windows


class FakeWinreg:
    """Keys below one root, each with its values."""

    HKEY_CURRENT_USER = "user"
    REG_SZ = 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}

    @contextmanager
    def OpenKey(self, root: str, key: str) -> Iterator[str]:
        if key not in self.keys:
            raise FileNotFoundError
        yield key

    @contextmanager
    def CreateKey(self, root: str, key: str) -> Iterator[str]:
        parts = key.split("\\")
        for count in range(1, len(parts) + 1):
            self.keys.setdefault("\\".join(parts[:count]), {})
        yield key

    def QueryValueEx(self, key: str, name: str) -> tuple[str, int]:
        if name not in self.keys[key]:
            raise FileNotFoundError
        return self.keys[key][name], self.REG_SZ

    def SetValueEx(self, key: str, name: str, reserved: int, kind: int, value: str) -> None:
        self.keys[key][name] = value

    def QueryInfoKey(self, key: str) -> tuple[int, int, int]:
        return len(self._below(key)), len(self.keys[key]), 0

    def EnumKey(self, key: str, number: int) -> str:
        return self._below(key)[number].rpartition("\\")[2]

    def DeleteKey(self, root: str, key: str) -> None:
        if self._below(key):
            raise PermissionError
        del self.keys[key]

    def _below(self, key: str) -> list[str]:
        return [each for each in self.keys if each.rpartition("\\")[0] == key]


class UserRegistryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.winreg = FakeWinreg()
        module = windows.imported("chatapp.system.windows_registry", winreg=self.winreg)
        self.registry = module.UserRegistry()

    def test_a_value_is_read_again(self) -> None:
        self.registry.set("a\\b", "name", "value")
        self.assertEqual("value", self.registry.get("a\\b", "name"))
        self.assertEqual("", self.registry.get("a\\b", "other"))
        self.assertEqual("", self.registry.get("c"))

    def test_a_key_is_deleted_with_everything_below_it(self) -> None:
        self.registry.set("a\\b\\c", "", "value")
        self.registry.set("a\\b\\d", "", "value")
        self.registry.delete("a\\b")
        self.assertEqual(["a"], list(self.winreg.keys))
        self.registry.delete("a\\b")


if __name__ == "__main__":
    unittest.main()
