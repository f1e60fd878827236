"""Where passwords are kept. The programs are played by scripts that write down what they are called with."""

from __future__ import annotations

import ctypes
import json
import os
import stat
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from chatapp.client.local.password_store import (
    Keychain,
    PasswordStore,
    PrivateFile,
    SecretTool,
    Unavailable,
    safes,
)
from chatapp.client.local.windows_credentials import Credential, CredentialManager
from tests.errors import Quiet

SERVER, NAME = "[::1]:5000", "ana"
PASSWORDS = ("correct horse", "grüße 🔑", '"quoted" \\ $HOME; -w', "'", "ab%20cd", "x" * 1000)
SCRIPT = """\
    #!{python}
    import json, os, shlex, sys
    from urllib.parse import quote
    book = {book!r}
    kept = json.load(open(book)) if os.path.exists(book) else {{"calls": [], "words": {{}}}}
    kept["calls"].append(sys.argv)
    words = kept["words"]
    arguments, said = sys.argv[1:], sys.stdin.read()
    status = 0
"""
SECURITY = """\
    if arguments == ["-i"]:
        arguments = shlex.split(said)
    place = " ".join(arguments[arguments.index("-s") :][:4])
    if arguments[0] == "add-generic-password":
        words[place] = arguments[-1]
    elif arguments[0] == "find-generic-password" and place in words:
        print(words[place] if words[place].isascii() else words[place].encode().hex())
    elif arguments[0] == "delete-generic-password":
        words.pop(place, None)
    else:
        status = 44
"""
SECRET_TOOL = """\
    place = " ".join(each for each in arguments[1:] if not each.startswith("--"))
    if arguments[0] == "store":
        words[place] = said
    elif arguments[0] == "lookup" and place in words:
        sys.stdout.write(words[place])
    elif arguments[0] == "clear":
        words.pop(place, None)
    else:
        status = 1
"""
END = """\
    json.dump(kept, open(book, "w"))
    sys.exit(status)
"""


class SafeTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def holds(self, place: PasswordStore) -> None:
        """It keeps a password for a server and a name, until it is told to drop it."""
        for password in PASSWORDS:
            with self.subTest(password[:20]):
                place.put(SERVER, NAME, password)
                self.assertEqual(place.get(SERVER, NAME), password)
        place.put(SERVER, "ben's", "other")
        self.assertEqual(place.get(SERVER, "ben's"), "other")
        self.assertEqual(place.get("h:5001", NAME), "")
        place.drop(SERVER, NAME)
        place.drop(SERVER, NAME)
        self.assertEqual((place.get(SERVER, NAME), place.get(SERVER, "ben's")), ("", "other"))


@unittest.skipIf(sys.platform == "win32", "these programs are of other systems")
class Programs(SafeTest):
    def install(self, name: str, work: str) -> None:
        """A program of this name that works like this is the only one there is."""
        self.book = self.folder / "book.json"
        text = textwrap.dedent(SCRIPT.format(python=sys.executable, book=str(self.book)))
        program = self.folder / name
        program.write_text("\n".join([text, textwrap.dedent(work), textwrap.dedent(END)]))
        program.chmod(0o700)
        self.only_path()

    def only_path(self) -> None:
        """Programs are looked for in this test's folder alone."""
        patch = mock.patch.dict(os.environ, PATH=str(self.folder))
        patch.start()
        self.addCleanup(patch.stop)

    def called(self) -> str:
        """Every command line, as any user of the computer sees them."""
        return json.dumps(json.loads(self.book.read_text())["calls"])

    def test_the_keychain_gets_passwords_on_its_input_alone(self) -> None:
        self.install("security", SECURITY)
        self.holds(Keychain())
        self.assertIn("find-generic-password", self.called())
        for password in PASSWORDS[:1]:
            self.assertNotIn(password, self.called())
        self.assertNotIn("horse", self.called())

    def test_the_secret_service_gets_passwords_on_its_input_alone(self) -> None:
        self.install("secret-tool", SECRET_TOOL)
        self.holds(SecretTool())
        self.assertIn("lookup", self.called())
        self.assertNotIn("horse", self.called())

    def test_what_cannot_be_read_again_is_not_kept(self) -> None:
        for name, place in (("security", Keychain()), ("secret-tool", SecretTool())):
            for work in ("", "status = 1", "print('something else')", "raise SystemExit(said)"):
                with self.subTest(name, work=work):
                    self.install(name, work)
                    with self.assertRaises(Unavailable) as raised:
                        place.put(SERVER, NAME, "correct horse")
                    self.assertNotIn("horse", repr(raised.exception))

    def test_a_program_that_is_missing_or_hangs_is_no_place(self) -> None:
        for place in (Keychain(), SecretTool()):
            with self.subTest(type(place).__name__), mock.patch.dict(os.environ, PATH=str(self.folder)):
                self.assertRaises(Unavailable, place.put, SERVER, NAME, "correct horse")
                self.assertRaises(Unavailable, place.get, SERVER, NAME)
        self.install("secret-tool", "import threading; threading.Event().wait()")
        with (
            mock.patch("chatapp.client.local.password_store.WAIT_SECONDS", 0.1),
            self.assertLogs("chatapp") as logs,
        ):
            self.assertRaises(Unavailable, SecretTool().put, SERVER, NAME, "correct horse")
        self.assertNotIn("horse", "".join(logs.output))

    def test_on_linux_the_keyring_comes_before_the_file_where_there_is_one(self) -> None:
        self.only_path()
        with mock.patch("sys.platform", "linux"):
            self.assertEqual([type(each) for each in safes(self.folder / "f")], [PrivateFile])
            self.install("secret-tool", SECRET_TOOL)
            self.assertEqual([type(each) for each in safes(self.folder / "f")], [SecretTool, PrivateFile])

    def test_on_macos_it_is_the_keychain(self) -> None:
        with mock.patch("sys.platform", "darwin"):
            self.assertEqual([type(each) for each in safes(self.folder / "f")], [Keychain, PrivateFile])


class Files(SafeTest):
    def test_a_file_is_the_owners_alone(self) -> None:
        path = self.folder / "deep" / "passwords.json"
        path.parent.mkdir()
        path.write_text("{}")
        path.chmod(0o644)
        self.holds(PrivateFile(path))
        if sys.platform != "win32":
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_a_file_that_cannot_be_written_is_no_place(self) -> None:
        (self.folder / "file").write_text("")
        with self.assertLogs("chatapp") as logs:
            place = PrivateFile(self.folder / "file" / "passwords.json")
            self.assertRaises(Unavailable, place.put, SERVER, NAME, "correct horse")
        self.assertNotIn("horse", "".join(logs.output))


class FakeAdvapi32:
    """The four functions, with the calling conventions of the real ones."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.lent: list[Credential] = []

    def CredWriteW(self, made: Any, flags: int) -> int:
        credential = made._obj
        assert (credential.Type, credential.Persist, flags) == (1, 2, 0)
        data = ctypes.string_at(credential.CredentialBlob, credential.CredentialBlobSize)
        self.kept[credential.TargetName] = (credential.UserName, data)
        return 1

    def CredReadW(self, target: str, kind: int, flags: int, found: Any) -> int:
        assert (kind, flags) == (1, 0)
        if target not in self.kept:
            return 0
        _, data = self.kept[target]
        blob = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
        self.lent.append(Credential(CredentialBlobSize=len(data), CredentialBlob=blob))
        found._obj.contents = self.lent[-1]
        return 1

    def CredDeleteW(self, target: str, kind: int, flags: int) -> int:
        return int(self.kept.pop(target, None) is not None)

    def CredFree(self, found: Any) -> None:
        assert ctypes.addressof(found.contents) == ctypes.addressof(self.lent.pop())


class Windows(SafeTest):
    def setUp(self) -> None:
        super().setUp()
        self.library = FakeAdvapi32()

    def test_the_credential_manager_holds_passwords_and_nothing_lent_is_kept(self) -> None:
        self.holds(CredentialManager(self.library))
        self.assertEqual(self.library.lent, [])
        self.assertEqual(self.library.kept, {f"Chatapp:{SERVER}:ben's": ("ben's", b"other")})

    def test_what_it_refuses_is_not_kept(self) -> None:
        with mock.patch.object(self.library, "CredWriteW", return_value=0):
            self.assertRaises(Unavailable, CredentialManager(self.library).put, SERVER, NAME, "correct horse")
        self.assertRaises(Unavailable, CredentialManager(self.library).put, SERVER, NAME, "x" * 2561)

    def test_the_structure_has_the_size_that_windows_expects(self) -> None:
        """Source: wincred.h, on computers of 64 bits"""
        if ctypes.sizeof(ctypes.c_void_p) == 8:
            self.assertEqual(ctypes.sizeof(Credential), 80)
