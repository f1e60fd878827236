"""Days and times in words."""

from __future__ import annotations

import unittest
from datetime import date, datetime

from chatapp.languages import dates

TODAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 12, 15, 0).timestamp()


class DatesTest(unittest.TestCase):
    def test_a_day_of_this_year_needs_no_year(self) -> None:
        self.assertEqual(dates.day_and_month(date(2026, 5, 1), TODAY), "1 May")

    def test_a_day_of_another_year_and_a_day_alone_have_a_year(self) -> None:
        self.assertEqual(dates.day_and_month(date(2025, 12, 31), TODAY), "31 December 2025")
        self.assertEqual(dates.day_and_month(TODAY), "12 March 2026")

    def test_today_and_yesterday_have_names(self) -> None:
        near = [dates.near_day(date(2026, 3, day), TODAY) for day in (10, 11, 12, 13)]
        self.assertEqual(near, ["", "Yesterday", "Today", ""])

    def test_days_of_the_week_have_long_and_short_names(self) -> None:
        self.assertEqual([dates.weekday(TODAY), dates.short_weekday(TODAY)], ["Thursday", "Thu"])

    def test_noon_and_midnight_on_a_clock_of_twelve_hours(self) -> None:
        shown = [dates.time_of_day(hour, 5, twelve_hours=True) for hour in (0, 9, 12, 23)]
        self.assertEqual(shown, ["12:05 am", "9:05 am", "12:05 pm", "11:05 pm"])

    def test_a_clock_of_24_hours_has_two_digits(self) -> None:
        self.assertEqual(dates.time_of_day(0, 5, twelve_hours=False), "00:05")

    def test_a_moment_is_named_as_people_do(self) -> None:
        for when, text in (
            (datetime(2026, 3, 11, 16, 40), "yesterday 16:40"),
            (datetime(2026, 3, 12, 18, 30), "today 18:30"),
            (datetime(2026, 3, 13, 8, 0), "tomorrow 08:00"),
            (datetime(2026, 4, 3, 8, 5), "3 April 08:05"),
            (datetime(2027, 2, 3, 0, 0), "3 February 2027 00:00"),
        ):
            with self.subTest(text):
                self.assertEqual(dates.moment(when.timestamp(), NOW), text)
        self.assertEqual(dates.moment(datetime(2026, 3, 13, 8).timestamp(), NOW, True), "tomorrow 8:00 am")
        self.assertEqual(dates.moment(1e18, NOW), "a far day")
