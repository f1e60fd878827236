"""Data classes whose methods are made when the first object of them is.

For each class, `dataclasses.dataclass` writes and compiles six methods, which takes about half a millisecond.
A client defines a class for each kind of line, and needs few of them in its first second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

__all__ = ["complete", "lazy_dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as lazy_dataclass
    from typing import Any
else:

    def lazy_dataclass(*, frozen: bool) -> Callable[[type], type]:
        """Make a class a data class when its first object is made; to a type checker it is `dataclass`.

        Such a class has no slots, and `dataclasses.fields` knows it only after its first object.

        Thread:
            All first objects of a class must be made on the same thread.
        """

        def defer(cls: type) -> type:
            def make_and_call(self: Any, *values: Any, **named: Any) -> None:
                make()
                self.__init__(*values, **named)

            def make() -> None:
                del cls.__init__
                dataclass(frozen=frozen)(cls)

            make_and_call.make = make
            cls.__init__ = make_and_call
            return cls

        return defer


def complete(cls: type) -> None:
    """Make the methods and fields of a lazy data class now, unless it has them."""
    make = getattr(vars(cls).get("__init__"), "make", None)
    if make is not None:
        make()
