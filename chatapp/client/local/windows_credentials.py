"""Windows: passwords in the user's Credential Manager, through its functions in advapi32.

Source: CREDENTIALW, CredWriteW, CredReadW, CredDeleteW, CredFree (wincred.h)
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import POINTER, byref, c_uint32, c_wchar_p
from typing import Any

from chatapp.client.local.password_store import SERVICE, StoreUnavailable
from chatapp.languages.translation import N_

_GENERIC = 1  # CRED_TYPE_GENERIC
_THIS_COMPUTER = 2  # CRED_PERSIST_LOCAL_MACHINE
_MAX_BYTES = 2560  # CRED_MAX_CREDENTIAL_BLOB_SIZE


class Credential(ctypes.Structure):
    """The structure CREDENTIALW."""

    _fields_ = (
        ("Flags", c_uint32),
        ("Type", c_uint32),
        ("TargetName", c_wchar_p),
        ("Comment", c_wchar_p),
        ("LastWritten", c_uint32 * 2),
        ("CredentialBlobSize", c_uint32),
        ("CredentialBlob", POINTER(ctypes.c_ubyte)),
        ("Persist", c_uint32),
        ("AttributeCount", c_uint32),
        ("Attributes", ctypes.c_void_p),
        ("TargetAlias", c_wchar_p),
        ("UserName", c_wchar_p),
    )


class CredentialManager:
    """The Credential Manager of Windows.

    Args:
        library: Replaces advapi32 in a test.
    """

    location = N_("in the Credential Manager of Windows")

    def __init__(self, library: Any = None) -> None:
        self._library = _advapi32() if library is None else library

    def get(self, server: str, name: str) -> str:
        found = POINTER(Credential)()
        if not self._library.CredReadW(_target(server, name), _GENERIC, 0, byref(found)):
            return ""
        try:
            credential = found.contents
            data = ctypes.string_at(credential.CredentialBlob, credential.CredentialBlobSize)
            return data.decode(errors="replace")
        finally:
            self._library.CredFree(found)

    def put(self, server: str, name: str, password: str) -> None:
        data = password.encode()
        if len(data) > _MAX_BYTES:
            raise StoreUnavailable
        made = Credential(
            Type=_GENERIC,
            TargetName=_target(server, name),
            CredentialBlobSize=len(data),
            CredentialBlob=(ctypes.c_ubyte * len(data)).from_buffer_copy(data),
            Persist=_THIS_COMPUTER,
            UserName=name,
        )
        if not self._library.CredWriteW(byref(made), 0):
            raise StoreUnavailable

    def delete(self, server: str, name: str) -> None:
        self._library.CredDeleteW(_target(server, name), _GENERIC, 0)


def _target(server: str, name: str) -> str:
    return f"{SERVICE}:{server}:{name}"


def _advapi32() -> Any:
    if sys.platform != "win32":
        raise StoreUnavailable
    library = ctypes.WinDLL("advapi32", use_last_error=True)
    library.CredWriteW.argtypes = [POINTER(Credential), c_uint32]
    library.CredReadW.argtypes = [
        c_wchar_p,
        c_uint32,
        c_uint32,
        POINTER(POINTER(Credential)),
    ]
    library.CredDeleteW.argtypes = [c_wchar_p, c_uint32, c_uint32]
    library.CredFree.argtypes = [ctypes.c_void_p]
    library.CredFree.restype = None
    return library
