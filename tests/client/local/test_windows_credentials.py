"""The Credential Manager of Windows, with a replacement for advapi32."""

from __future__ import annotations

import ctypes
import sys
import unittest
from typing import Any
from unittest import mock

from chatapp.client.local.password_store import StoreUnavailable
from chatapp.client.local.windows_credentials import Credential, CredentialManager
from tests.client.local.store_test import NAME, SERVER, StoreTest


class FakeAdvapi32:
    """The four functions, with the calling conventions of the real ones."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[str, bytes]] = {}
        self.lent: list[Credential] = []

    def CredWriteW(self, made: Any, flags: int) -> int:
        credential = made._obj
        assert (credential.Type, credential.Persist, flags) == (1, 2, 0)
        data = ctypes.string_at(credential.CredentialBlob, credential.CredentialBlobSize)
        self.stored[credential.TargetName] = (credential.UserName, data)
        return 1

    def CredReadW(self, target: str, kind: int, flags: int, found: Any) -> int:
        assert (kind, flags) == (1, 0)
        if target not in self.stored:
            return 0
        _, data = self.stored[target]
        blob = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
        self.lent.append(Credential(CredentialBlobSize=len(data), CredentialBlob=blob))
        found._obj.contents = self.lent[-1]
        return 1

    def CredDeleteW(self, target: str, kind: int, flags: int) -> int:
        return int(self.stored.pop(target, None) is not None)

    def CredFree(self, found: Any) -> None:
        assert ctypes.addressof(found.contents) == ctypes.addressof(self.lent.pop())


class Windows(StoreTest):
    def setUp(self) -> None:
        super().setUp()
        self.library = FakeAdvapi32()

    def test_the_credential_manager_stores_passwords_and_its_memory_is_freed(self) -> None:
        self.holds(CredentialManager(self.library))
        self.assertEqual(self.library.lent, [])
        self.assertEqual(self.library.stored, {f"Chatapp:{SERVER}:ben's": ("ben's", b"other")})

    def test_a_refused_password_counts_as_not_stored(self) -> None:
        with mock.patch.object(self.library, "CredWriteW", return_value=0):
            self.assertRaises(
                StoreUnavailable, CredentialManager(self.library).put, SERVER, NAME, "correct horse"
            )
        self.assertRaises(StoreUnavailable, CredentialManager(self.library).put, SERVER, NAME, "x" * 2561)

    def test_the_structure_has_the_size_that_windows_expects(self) -> None:
        """Source: wincred.h, on 64-bit systems."""
        if ctypes.sizeof(ctypes.c_void_p) == 8:
            self.assertEqual(ctypes.sizeof(Credential), 80)

    @unittest.skipIf(sys.platform == "win32", "there advapi32 exists")
    def test_on_other_systems_it_is_unavailable(self) -> None:
        self.assertRaises(StoreUnavailable, CredentialManager)
