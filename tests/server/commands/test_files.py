"""FILES: moderators see and delete what users keep on the server."""

from __future__ import annotations

from chatapp.server.commands import files
from tests.server.file_service import FileTest, id_of


class Files(FileTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob")
        self.enter_as("mod")
        self.make_operator("mod", "moderator")
        self.forget()

    def rows(self, line: str) -> list[tuple[str, ...]]:
        """Return the parameters of the NOTEs in answer to a line of the moderator, without the first."""
        self.text("mod")
        self.say("mod", line)
        return [message.params[1:] for message in self.messages("mod") if message.command == "NOTE"]

    def test_without_parameters_it_shows_what_each_person_keeps(self) -> None:
        self.write_config("total_bytes = 2048")
        self.upload("ann", "12345")
        self.upload("bob", "1")
        self.upload("bob", "2")
        self.assertEqual(
            self.rows("FILES"),
            [
                ("TOTAL", "3", "7", "2048", "3 files, 7 bytes of 2 kB"),
                ("PERSON", "ann", "1", "5", "1 file, 5 bytes"),
                ("PERSON", "bob", "2", "2", "2 files, 2 bytes"),
                ("END", "2 people"),
            ],
        )

    def test_a_server_without_a_limit_does_not_name_one(self) -> None:
        self.write_config("total_bytes = 0")
        self.assertEqual(self.rows("files")[0], ("TOTAL", "0", "0", "0", "0 files, 0 bytes"))

    def test_the_list_begins_with_the_newest(self) -> None:
        old = self.upload("ann", "12345", "old plan.txt")
        self.pass_time(1)
        new = self.upload("bob", "1", "new.png")
        first, second, end = self.rows("FILES LIST")
        self.assertEqual(first[1:4], (id_of(new), "bob", "1"))
        self.assertEqual(first[5:], ("image/png", "new.png"))
        self.assertEqual((second[1], second[-1]), (id_of(old), "old plan.txt"))
        self.assertEqual(end, ("END", "last", "2 files"))

    def test_the_largest_files_of_all_or_of_one_person(self) -> None:
        small, large = self.upload("ann", "1"), self.upload("ann", "12345")
        middle = self.upload("bob", "123")
        found = [row[1] for row in self.rows("FILES LARGEST")[:-1]]
        self.assertEqual(found, [id_of(large), id_of(middle), id_of(small)])
        self.assertEqual([row[1] for row in self.rows("FILES LARGEST bob")[:-1]], [id_of(middle)])

    def test_the_list_of_one_person(self) -> None:
        self.upload("ann", "1")
        url = self.upload("bob", "2")
        self.assertEqual([row[1] for row in self.rows("FILES LIST Bob")[:-1]], [id_of(url)])

    def test_a_long_list_has_pages(self) -> None:
        urls = [self.upload("ann", str(number)) for number in range(files.PAGE + 2)]
        *rows, end = self.rows("FILES LIST")
        self.assertEqual((len(rows), end[1]), (files.PAGE, "more"))
        *rest, end = self.rows(f"FILES LIST * {rows[-1][1]}")
        self.assertEqual({row[1] for row in rows + rest}, set(map(id_of, urls)))
        self.assertEqual(end[1], "last")

    def test_files_are_deleted_with_an_entry_in_the_log(self) -> None:
        one, other = self.upload("ann", "1", "one.txt"), self.upload("bob", "2", "two.txt")
        rows = self.rows(f"FILES DELETE {id_of(one)},{id_of(other)}")
        self.assertEqual([row[0] for row in rows], ["DELETED", "DELETED"])
        self.assertEqual([self.exists(one), self.exists(other)], [False, False])
        self.say("mod", "AUDIT")
        log = self.text("mod")
        self.assertIn("deleted one.txt", log)
        self.assertIn("deleted two.txt", log)

    def test_an_unknown_file_is_reported(self) -> None:
        unknown = self.world.files.prefix + "x" * 22
        self.assertAnswer(
            "mod", f"FILES DELETE {unknown}", f"FAIL FILES NO_SUCH_FILE {unknown} :There is no such file"
        )

    def test_what_makes_no_sense_is_refused(self) -> None:
        for line in (
            "FILES FROB",
            "FILES DELETE",
            "FILES DELETE short",
            "FILES DELETE " + ",".join(["x" * 28, ""]),
        ):
            with self.subTest(line):
                (answer,) = self.answer("mod", line)
                self.assertTrue(answer.startswith("FAIL FILES INVALID_PARAMS"), answer)

    def test_what_is_left_can_be_deleted_while_files_are_switched_off(self) -> None:
        url = self.upload("ann")
        self.write_config("enabled = false")
        self.assertEqual(self.rows(f"FILES DELETE {id_of(url)}")[0][0], "DELETED")

    def test_it_is_for_moderators(self) -> None:
        self.assertEqual([line[:3] for line in self.answer("ann", "FILES")], ["481"])
