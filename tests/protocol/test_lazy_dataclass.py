from __future__ import annotations

import unittest
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, field, fields, replace

from chatapp.protocol.lazy_dataclass import complete, lazy_dataclass


def define() -> type:
    """Return a class of which no object was made yet."""

    @lazy_dataclass(frozen=True)
    class Point:
        """A place."""

        x: int
        y: int = 5
        names: Mapping[str, str] = field(default_factory=dict)
        note: str = field(default="", compare=False)

    return Point


class LazyDataclassTest(unittest.TestCase):
    def test_the_first_object_has_values_defaults_and_a_text(self) -> None:
        first = define()(1)
        self.assertEqual((first.x, first.y, first.names, first.note), (1, 5, {}, ""))
        self.assertRegex(repr(first), r"Point\(x=1, y=5, names=\{\}, note=''\)")

    def test_objects_are_compared_by_their_values(self) -> None:
        point = define()
        self.assertEqual(point(1, note="a"), point(x=1, note="b"))
        self.assertNotEqual(point(1), point(2))

    def test_a_missing_value_is_an_error_also_in_the_first_object(self) -> None:
        point = define()
        for _ in range(2):
            with self.assertRaisesRegex(TypeError, "missing 1 required positional argument: 'x'"):
                point()
        self.assertEqual(point(3).x, 3)

    def test_objects_cannot_be_changed_but_copied_with_other_values(self) -> None:
        first = define()(1)
        with self.assertRaises(FrozenInstanceError):
            first.x = 2
        self.assertEqual(replace(first, x=2).x, 2)

    def test_the_fields_can_be_had_before_the_first_object(self) -> None:
        point = define()
        for _ in range(2):
            complete(point)
        self.assertEqual([each.name for each in fields(point)], ["x", "y", "names", "note"])

    def test_patterns_match_by_position(self) -> None:
        @lazy_dataclass(frozen=True)
        class Point:
            x: int
            y: int

        match Point(1, 2):
            case Point(1, y):
                self.assertEqual(y, 2)
            case _:
                self.fail("no match")


if __name__ == "__main__":
    unittest.main()
