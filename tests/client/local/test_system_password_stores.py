"""Password stores of the operating system. Scripts that record their calls replace the programs."""

from __future__ import annotations

import json
import os
import sys
import textwrap
import unittest
from unittest import mock

from chatapp.client.local.password_store import PasswordFile, StoreUnavailable
from chatapp.client.local.system_password_stores import Keychain, SecretTool, password_stores
from chatapp.client.local.windows_credentials import CredentialManager
from tests.client.local.store_test import NAME, PASSWORDS, SERVER, StoreTest

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


@unittest.skipIf(sys.platform == "win32", "these programs are of other systems")
class Programs(StoreTest):
    def install(self, name: str, work: str) -> None:
        """Install a program with this name as the only one in PATH."""
        self.book = self.folder / "book.json"
        text = textwrap.dedent(SCRIPT.format(python=sys.executable, book=str(self.book)))
        program = self.folder / name
        program.write_text("\n".join([text, textwrap.dedent(work), textwrap.dedent(END)]))
        program.chmod(0o700)
        self.only_path()

    def only_path(self) -> None:
        """Let PATH contain only the folder of this test."""
        patch = mock.patch.dict(os.environ, PATH=str(self.folder))
        patch.start()
        self.addCleanup(patch.stop)

    def called(self) -> str:
        """Return all command lines, which any user of the computer can see."""
        return json.dumps(json.loads(self.book.read_text())["calls"])

    def test_the_keychain_gets_passwords_through_its_input_only(self) -> None:
        self.install("security", SECURITY)
        self.holds(Keychain())
        self.assertIn("find-generic-password", self.called())
        for password in PASSWORDS[:1]:
            self.assertNotIn(password, self.called())
        self.assertNotIn("horse", self.called())

    def test_the_secret_service_gets_passwords_through_its_input_only(self) -> None:
        self.install("secret-tool", SECRET_TOOL)
        self.holds(SecretTool())
        self.assertIn("lookup", self.called())
        self.assertNotIn("horse", self.called())

    def test_a_password_that_cannot_be_read_back_counts_as_not_stored(self) -> None:
        for name, place in (("security", Keychain()), ("secret-tool", SecretTool())):
            for work in ("", "status = 1", "print('something else')", "raise SystemExit(said)"):
                with self.subTest(name, work=work):
                    self.install(name, work)
                    with self.assertRaises(StoreUnavailable) as raised:
                        place.put(SERVER, NAME, "correct horse")
                    self.assertNotIn("horse", repr(raised.exception))

    def test_a_program_that_is_missing_or_hangs_is_unavailable(self) -> None:
        for place in (Keychain(), SecretTool()):
            with self.subTest(type(place).__name__), mock.patch.dict(os.environ, PATH=str(self.folder)):
                self.assertRaises(StoreUnavailable, place.put, SERVER, NAME, "correct horse")
                self.assertRaises(StoreUnavailable, place.get, SERVER, NAME)
        self.install("secret-tool", "import threading; threading.Event().wait()")
        with (
            mock.patch("chatapp.client.local.system_password_stores.WAIT_SECONDS", 0.1),
            self.assertLogs("chatapp") as logs,
        ):
            self.assertRaises(StoreUnavailable, SecretTool().put, SERVER, NAME, "correct horse")
        self.assertNotIn("horse", "".join(logs.output))

    def test_on_linux_an_available_keyring_comes_before_the_file(self) -> None:
        self.only_path()
        with mock.patch("sys.platform", "linux"):
            self.assertEqual([type(each) for each in password_stores(self.folder / "f")], [PasswordFile])
            self.install("secret-tool", SECRET_TOOL)
            self.assertEqual(
                [type(each) for each in password_stores(self.folder / "f")], [SecretTool, PasswordFile]
            )

    def test_on_macos_it_is_the_keychain(self) -> None:
        with mock.patch("sys.platform", "darwin"):
            self.assertEqual(
                [type(each) for each in password_stores(self.folder / "f")], [Keychain, PasswordFile]
            )

    def test_on_windows_it_is_the_credential_manager(self) -> None:
        with (
            mock.patch("sys.platform", "win32"),
            mock.patch("ctypes.WinDLL", create=True) as dll,
        ):
            self.assertEqual(
                [type(each) for each in password_stores(self.folder / "f")],
                [CredentialManager, PasswordFile],
            )
        dll.assert_called_once_with("advapi32", use_last_error=True)
