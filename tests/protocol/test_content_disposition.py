"""Names of files in HTTP, in every form that programs send."""

from __future__ import annotations

import unittest

from chatapp.protocol.content_disposition import content_disposition, file_name


class FileNames(unittest.TestCase):
    def test_the_name_in_every_form_that_programs_send(self) -> None:
        cases = {
            'attachment; filename="plan.pdf"': "plan.pdf",
            "attachment; filename=plan.pdf": "plan.pdf",
            'attachment;filename="a \\"b\\" c.txt"': 'a "b" c.txt',
            'inline; FileName = "x;y.txt" ; size=3': "x;y.txt",
            "attachment; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt": "grüße.txt",
            "attachment; filename*=utf-8'de'a%20b.txt": "a b.txt",
            "attachment; filename*=ISO-8859-1''%E4.txt": "ä.txt",
            "attachment; filename=\"plain.txt\"; filename*=UTF-8''%E2%82%AC.txt": "€.txt",
            "attachment; filename*=UTF-8''%E2%82%AC.txt; filename=\"plain.txt\"": "€.txt",
            "attachment; filename*=KOI8-R''x; filename=\"plain.txt\"": "plain.txt",
            "attachment; filename*=UTF-8''a%2Fb%00%ff.txt": "a/b\0\ufffd.txt",
            'attachment; filename="grÃ¼n.txt"': "grün.txt",  # UTF-8 that was read as Latin-1
            'attachment; filename="gr\xfcn.txt"': "grün.txt",
            'attachment; filename="first"; filename="second"': "first",
            "attachment; filename*0=a; filename*=b": "",
            "attachment; filename*=\0''a; filename=b": "b",
            "attachment; filename*=idna''a; filename=b": "b",
            "attachment": "",
            'attachment; filename="': "",
            "": "",
            ";;;=;": "",
        }
        for field, name in cases.items():
            with self.subTest(field=field):
                self.assertEqual(file_name(field), name)

    def test_a_name_can_be_read_again_from_the_response(self) -> None:
        for name in (
            "plan.pdf",
            'a "b".txt',
            "grüße €.txt",
            "100%.txt",
            "back\\slash",
            "a\r\nb",
            "\u202egpj.exe",
        ):
            with self.subTest(name=name):
                field = content_disposition("attachment", name)
                self.assertEqual(file_name(field), name)
                self.assertTrue(field.isascii() and field.isprintable(), field)

    def test_shown_and_saved_files(self) -> None:
        self.assertEqual(
            content_disposition("inline", "a.png"), "inline; filename=\"a.png\"; filename*=UTF-8''a.png"
        )
        self.assertEqual(
            content_disposition("attachment", "ü"), "attachment; filename=\"_\"; filename*=UTF-8''%C3%BC"
        )
        self.assertEqual(content_disposition("attachment", ""), "attachment")

    def test_half_a_surrogate_pair_does_no_harm(self) -> None:
        self.assertTrue(content_disposition("attachment", "\ud83d.txt").isascii())
