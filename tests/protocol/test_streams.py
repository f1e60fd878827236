"""Standard output and standard error, independent of the locale."""

from __future__ import annotations

import io
import unittest

from chatapp.protocol.streams import accept_any_text

TEXT = "grüße 🙂 \ud800\n"


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


class Streams(unittest.TestCase):
    def written(self, is_terminal: bool, encoding: str, errors: str = "backslashreplace") -> bytes:
        """Return what a stream writes for TEXT."""
        data = io.BytesIO()
        kind = Terminal if is_terminal else io.TextIOWrapper
        stream = kind(data, encoding=encoding, newline="\n")
        accept_any_text(stream, errors=errors)
        stream.write(TEXT)
        stream.flush()
        return data.getvalue()

    def test_a_pipe_is_utf8(self) -> None:
        self.assertEqual(self.written(False, "ascii"), "grüße 🙂 \\ud800\n".encode())

    def test_a_terminal_keeps_its_encoding(self) -> None:
        self.assertEqual(self.written(True, "latin-1"), "grüße \\U0001f642 \\ud800\n".encode("latin-1"))

    def test_unencodable_characters_can_be_replaced(self) -> None:
        self.assertEqual(self.written(True, "ascii", "replace"), b"gr??e ? ?\n")

    def test_a_process_may_have_no_streams(self) -> None:
        """On Windows a program without a console has None; tests replace the streams."""
        replaced = io.StringIO()
        accept_any_text(None, replaced)
        replaced.write(TEXT)
        self.assertEqual(replaced.getvalue(), TEXT)


if __name__ == "__main__":
    unittest.main()
