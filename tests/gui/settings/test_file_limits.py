"""The dialog with the limits of files."""

from __future__ import annotations

from chatapp.gui.settings.file_limits import LIMITS, NO_DAYS, NO_SIZE, FileLimits
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.server.config import FilesConfig, typed_value
from chatapp.server.state.live_settings import FILE_KEYS
from tests.gui.base import WindowTest
from tests.gui.cut_off import cut_off

NOW = {
    "who": "everybody", "max_bytes": "25000000", "bytes_per_day": "500000000", "total_bytes": "2000000000",
    "when_full": "refuse", "keep_days": "90",
}  # fmt: skip


class Limits(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.wanted: list[dict[str, str]] = []

    def open(self, values: dict[str, str] = NOW) -> FileLimits:
        dialog = FileLimits(self.root, self.theme, values, self.wanted.append)
        self.addCleanup(dialog.destroy)
        self.settle()
        return dialog

    def question(self, dialog: FileLimits) -> QuestionDialog:
        return next(each for each in dialog.winfo_children() if isinstance(each, QuestionDialog))

    def test_every_limit_of_the_server_is_told_in_words(self) -> None:
        dialog = self.open()
        self.assertEqual(set(LIMITS), set(FILE_KEYS))
        self.assertEqual(
            {key: field.get() for key, field in dialog.fields.items()},
            {
                "who": "Everybody", "max_bytes": "25 MB", "bytes_per_day": "500 MB", "total_bytes": "2.0 GB",
                "when_full": "No new files", "keep_days": "90 days",
            },
        )  # fmt: skip

    def test_the_server_takes_every_usual_value(self) -> None:
        self.assertEqual({key: str(getattr(FilesConfig(), key)) for key in FILE_KEYS}, NOW)
        for key, limit in LIMITS.items():
            for value in limit.choices:
                with self.subTest(key, value=value):
                    self.assertEqual(str(typed_value("files", key, str(value))), str(value))

    def test_only_what_was_changed_is_saved(self) -> None:
        dialog = self.open()
        dialog.fields["who"].set("People with an account")
        dialog.fields["max_bytes"].set("No limit")
        dialog.fields["total_bytes"].set(" 1,5 gb ")
        dialog.save_button.invoke()
        self.assertEqual(self.wanted, [{"who": "members", "max_bytes": "0", "total_bytes": "1500000000"}])
        self.assertTrue(dialog.save_button.instate(["disabled"]))
        dialog.saved({}, NOW)
        self.assertFalse(dialog.winfo_exists())

    def test_without_a_change_it_closes_also_with_a_value_that_words_round(self) -> None:
        dialog = self.open({**NOW, "max_bytes": "26214400"})
        self.assertEqual(dialog.fields["max_bytes"].get(), "26 MB")
        dialog.save_button.invoke()
        self.assertEqual((self.wanted, dialog.winfo_exists()), ([], 0))

    def test_what_cannot_be_read_is_said_below_the_field(self) -> None:
        dialog = self.open()
        for key, typed, problem in (
            ("max_bytes", "much", NO_SIZE), ("max_bytes", "", NO_SIZE), ("max_bytes", "1.000 MB", NO_SIZE),
            ("keep_days", "soon", NO_DAYS), ("keep_days", "0", NO_DAYS), ("keep_days", "-3 days", NO_DAYS),
            ("keep_days", "2 weeks", NO_DAYS), ("keep_days", "14 dayz", NO_DAYS),
        ):  # fmt: skip
            with self.subTest(key, typed=typed):
                dialog.fields[key].set(typed)
                dialog.save_button.invoke()
                self.assertEqual(str(dialog._problems[key].cget("text")), problem)
                self.assertEqual(dialog.fields[key].get(), typed)
                dialog.fields[key].set({"max_bytes": "25 MB", "keep_days": "90 days"}[key])
        self.assertEqual(self.wanted, [])

    def test_a_refused_limit_returns_to_what_it_is_with_the_reason(self) -> None:
        dialog = self.open()
        dialog.fields["max_bytes"].set("5 MB")
        dialog.fields["total_bytes"].set("900 TB")
        dialog.save_button.invoke()
        dialog.saved({"total_bytes": "Too much."}, {**NOW, "max_bytes": "5000000"})
        self.assertEqual(dialog.fields["total_bytes"].get(), "2.0 GB")
        self.assertEqual(str(dialog._problems["total_bytes"].cget("text")), "Too much.")
        dialog.fields["total_bytes"].set("10 GB")
        dialog.save_button.invoke()
        self.assertEqual(self.wanted[-1], {"total_bytes": "10000000000"})

    def test_a_shorter_time_is_set_after_a_question(self) -> None:
        dialog = self.open()
        dialog.fields["keep_days"].set("30")
        dialog.save_button.invoke()
        self.question(dialog).buttons["Cancel"].invoke()
        self.assertEqual(self.wanted, [])
        dialog.save_button.invoke()
        self.question(dialog).buttons["Save and delete"].invoke()
        self.assertEqual(self.wanted, [{"keep_days": "30"}])

    def test_a_longer_time_needs_no_question(self) -> None:
        dialog = self.open()
        dialog.fields["keep_days"].set("For ever")
        dialog.save_button.invoke()
        self.assertEqual(self.wanted, [{"keep_days": "0"}])

    def test_limits_that_the_server_does_not_tell_are_absent(self) -> None:
        self.assertEqual(list(self.open({"max_bytes": "1"}).fields), ["max_bytes"])

    def test_no_text_is_cut_off_with_the_largest_text(self) -> None:
        self.theme.zoom(24)
        dialog = self.open()
        self.assertEqual(cut_off(dialog), [])
        self.assertLessEqual(dialog.winfo_height(), dialog.winfo_screenheight())
