"""How certificate problems are classified and explained, and how trusted certificates are stored."""

from __future__ import annotations

import json
import stat
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import get_args
from unittest import mock

from chatapp.client.transport.certificates import (
    CertificateProblem,
    CertificateProblemKind,
    ServerTarget,
    TrustedCertificates,
    find_problem,
)
from tests.errors import Quiet

ONE, OTHER = "1" * 64, "2" * 64
KINDS: tuple[CertificateProblemKind, ...] = get_args(CertificateProblemKind)
SELF_SIGNED, EXPIRED, EARLY, WRONG_NAME, WRONG_ADDRESS = 18, 10, 9, 62, 64  # the numbers of OpenSSL


class Problems(Quiet):
    def test_each_problem_has_its_own_text(self) -> None:
        cases: list[tuple[ServerTarget, int, CertificateProblemKind]] = [
            (ServerTarget("h", 1), SELF_SIGNED, "unknown"),
            (ServerTarget("h", 1), 19, "unknown"),
            (ServerTarget("h", 1), 20, "unknown"),
            (ServerTarget("h", 1), EXPIRED, "expired"),
            (ServerTarget("h", 1), EARLY, "early"),
            (ServerTarget("h", 1), WRONG_NAME, "name"),
            (ServerTarget("h", 1), WRONG_ADDRESS, "name"),
            (ServerTarget("h", 1, known=OTHER), SELF_SIGNED, "changed"),
            (ServerTarget("h", 1, known=OTHER), EXPIRED, "changed"),
            (ServerTarget("h", 1, pin=OTHER), 0, "pin"),
            (ServerTarget("h", 1, pin=OTHER, known=ONE), 0, "pin"),
        ]
        for target, code, kind in cases:
            with self.subTest(target, code=code):
                self.assertEqual(find_problem(target, ONE, code), CertificateProblem(kind, "h", 1, ONE))
        self.assertEqual(len({CertificateProblem(kind, "h", 1, ONE).title for kind in KINDS}), len(KINDS))
        for kind in KINDS:
            self.assertIn("chat.example", CertificateProblem(kind, "chat.example", 1, ONE).explanation)

    def test_only_an_unknown_certificate_can_be_trusted_without_a_warning(self) -> None:
        self.assertEqual(
            [kind for kind in KINDS if not CertificateProblem(kind, "h", 1, ONE).is_alarming], ["unknown"]
        )

    def test_a_certificate_that_does_not_match_the_link_cannot_be_trusted(self) -> None:
        self.assertEqual(
            [kind for kind in KINDS if not CertificateProblem(kind, "h", 1, ONE).can_be_trusted],
            ["pin", "pin-here"],
        )

    def test_another_certificate_on_this_computer_is_explained_by_another_chat_on_the_port(self) -> None:
        for target, kind in (
            (ServerTarget("127.0.0.1", 5000, known=OTHER), "changed-here"),
            (ServerTarget("127.0.0.1", 5000, pin=OTHER), "pin-here"),
        ):
            problem = find_problem(target, ONE, 0, is_local=True)
            self.assertEqual((problem.kind, problem.is_alarming), (kind, True))
            self.assertIn("port 5000 of this computer", problem.explanation)


class Storing(Quiet):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "deep" / "trusted.json"

    def trusted(self) -> TrustedCertificates:
        return TrustedCertificates(self.path, lambda: date(2026, 3, 12))

    def test_trusted_certificates_are_stored_by_host_and_port(self) -> None:
        self.assertEqual(self.trusted().known("h", 5000), "")
        self.trusted().trust("Chat.Example.", 5000, ONE)
        for host, port, expected in (
            ("chat.example", 5000, ONE),
            ("CHAT.example", 5000, ONE),
            ("chat.example.", 5000, ONE),
            ("chat.example", 5001, ""),
            ("example", 5000, ""),
        ):
            with self.subTest(host, port=port):
                self.assertEqual(self.trusted().known(host, port), expected)

    def test_the_file_contains_the_date_and_is_readable_by_its_owner_only(self) -> None:
        self.trusted().trust("::1", 5000, ONE)
        self.assertEqual(
            json.loads(self.path.read_text()), {"::1 5000": {"fingerprint": ONE, "since": "2026-03-12"}}
        )
        if sys.platform != "win32":
            self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)

    def test_two_windows_do_not_overwrite_each_other(self) -> None:
        one, other = self.trusted(), self.trusted()
        one.trust("a", 1, ONE)
        other.trust("b", 1, OTHER)
        one.trust("b", 1, ONE)
        self.assertEqual((other.known("a", 1), self.trusted().known("b", 1)), (ONE, ONE))

    def test_a_broken_file_is_renamed_and_no_certificate_is_trusted(self) -> None:
        for text in ("{", '{"h 1": 5}', '{"h 1": {"fingerprint": 5}}'):
            with self.subTest(text):
                self.path.parent.mkdir(exist_ok=True)
                self.path.write_text(text)
                if text == "{":
                    with self.assertLogs("chatapp.client", "WARNING"):
                        self.assertEqual(self.trusted().known("h", 1), "")
                else:
                    self.assertEqual(self.trusted().known("h", 1), "")

    def test_a_certificate_that_cannot_be_stored_is_trusted_in_this_run(self) -> None:
        trusted = self.trusted()
        with (
            mock.patch("os.replace", side_effect=OSError(28, "No space left on device")),
            self.assertLogs("chatapp.client", "WARNING"),
        ):
            trusted.trust("h", 1, ONE)
        self.assertEqual((trusted.known("h", 1), self.trusted().known("h", 1)), (ONE, ""))

    def test_without_a_file_the_trust_ends_with_the_run(self) -> None:
        trusted = TrustedCertificates()
        trusted.trust("h", 1, ONE)
        self.assertEqual((trusted.known("h", 1), TrustedCertificates().known("h", 1)), (ONE, ""))

    def test_the_first_chat_at_an_address_needs_no_name_and_others_have_one_of_their_certificate(
        self,
    ) -> None:
        self.assertEqual(self.trusted().chat("h", 1), "")
        self.trusted().trust("h", 1, ONE)
        self.assertEqual([self.trusted().chat("h", 1, each) for each in ("", ONE, OTHER)], ["", "", "2" * 16])
        self.trusted().trust("h", 1, OTHER)
        self.assertEqual([self.trusted().chat("h", 1, each) for each in ("", ONE)], ["2" * 16, ""])
        self.trusted().forget("h:1")
        self.assertEqual(self.trusted().servers(), [])
        self.trusted().trust("h", 1, ONE)
        self.assertEqual(self.trusted().chat("h", 1), "")
        self.assertEqual(self.trusted().chat("h", 2, OTHER), "")

    def test_a_chat_may_get_a_new_certificate(self) -> None:
        trusted = self.trusted()
        trusted.trust("h", 1, ONE)
        trusted.trust("h", 1, OTHER)
        trusted.trust("h", 1, "3" * 64, is_same_chat=True)
        self.assertEqual(trusted.chat("h", 1), "2" * 16)
        self.assertEqual(self.trusted().chat("h", 1), "2" * 16)

    def test_a_forgotten_certificate_is_unknown_again(self) -> None:
        trusted = self.trusted()
        trusted.trust("h", 1, ONE)
        trusted.trust("::1", 2, ONE)
        self.assertEqual(trusted.servers(), ["::1:2", "h:1"])
        trusted.forget("::1:2")
        trusted.forget("nowhere:1")
        self.assertEqual((trusted.servers(), trusted.known("::1", 2)), (["h:1"], ""))
        self.assertEqual(self.trusted().servers(), ["h:1"])
