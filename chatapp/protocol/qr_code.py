"""QR codes: a text as a square of dark and light modules. Byte mode, error correction M, versions 1 to 10.

    text → bytes → data words → blocks, each with Reed-Solomon words → bits in a zigzag → the best mask

Source: ISO/IEC 18004: 7.4 data encoding, 7.5 error correction, 7.7 placement, 7.8 masks, 7.9 and 7.10 format
and version information; table 9 for the blocks, annex E for the alignment patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise, repeat, zip_longest

Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules, from the top; True is dark."""

Grid = list[list[bool]]
Place = tuple[int, int]  # row, column

BLOCKS: dict[int, tuple[int, tuple[int, ...]]] = {
    1: (10, (16,)),
    2: (16, (28,)),
    3: (26, (44,)),
    4: (18, (32, 32)),
    5: (24, (43, 43)),
    6: (16, (27,) * 4),
    7: (18, (31,) * 4),
    8: (22, (38, 38, 39, 39)),
    9: (22, (36, 36, 36, 37, 37)),
    10: (26, (43, 43, 43, 43, 44)),
}
"""Version → error correction words of each block, and data words of the blocks, for level M."""

ALIGNMENT: dict[int, tuple[int, ...]] = {
    1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34),
    7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46), 10: (6, 28, 50),
}  # fmt: skip
"""Rows and columns of the centres of alignment patterns."""

MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
"""Whether a mask inverts a module."""

_LONG_LENGTH = 10  # from this version on, the length takes 16 bits
_WITH_VERSION = 7  # from this version on, the code names its version
_PADDING = (0xEC, 0x11)
_FIELD, _FORMAT, _VERSION = 0x11D, 0x537, 0x1F25  # generator polynomials
_FORMAT_MASK = 0x5412
_FINDER_LIKE = ("00001011101", "10111010000")


class TooLongForQrCode(ValueError):
    """A text does not fit into the largest version."""


def encode(text: str) -> Modules:
    """Return the modules of a text, without the quiet zone around them.

    Raises:
        TooLongForQrCode: It has more than 213 bytes.
    """
    data = text.encode()
    version = _smallest_version(len(data))
    fixed = _fixed_patterns(version)
    grid = [[bool(fixed.get((row, column))) for column in _side(version)] for row in _side(version)]
    bits = _bits(_words(data, version), version)
    for (row, column), bit in zip(_zigzag(version, fixed), chain(bits, repeat(False)), strict=False):
        grid[row][column] = bit
    masked = [_masked(grid, fixed, number, version) for number in range(len(MASKS))]
    best = min(masked, key=_penalty)
    return tuple(tuple(row) for row in best)


def _side(version: int) -> range:
    return range(17 + 4 * version)


# data


def _smallest_version(count: int) -> int:
    for version, (_, sizes) in BLOCKS.items():
        if 4 + _length_bits(version) + 8 * count <= 8 * sum(sizes):
            return version
    raise TooLongForQrCode(f"{count} bytes do not fit into a QR code")


def _length_bits(version: int) -> int:
    return 8 if version < _LONG_LENGTH else 16


def _words(data: bytes, version: int) -> list[int]:
    """Return the data words: mode, length, data, padding."""
    capacity = sum(BLOCKS[version][1])
    bits = f"0100{len(data):0{_length_bits(version)}b}" + "".join(f"{byte:08b}" for byte in data)
    bits += "0" * min(4, 8 * capacity - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    return words + [_PADDING[at % 2] for at in range(capacity - len(words))]


def _bits(words: Sequence[int], version: int) -> Iterator[bool]:
    """Yield the bits of all words, the blocks interleaved."""
    count, sizes = BLOCKS[version]
    blocks, start = [], 0
    for size in sizes:
        blocks.append(words[start : start + size])
        start += size
    corrections = [_correction(block, count) for block in blocks]
    for part in (blocks, corrections):
        for word in chain.from_iterable(zip_longest(*part)):
            if word is not None:
                yield from (bool(word >> bit & 1) for bit in range(7, -1, -1))


def _powers() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the powers of 2 in GF(256), twice over, and the logarithms."""
    powers, logarithms = [1] * 510, [0] * 256
    for exponent in range(1, 510):
        doubled = powers[exponent - 1] << 1
        powers[exponent] = doubled ^ _FIELD if doubled & 0x100 else doubled
    for exponent in range(255):
        logarithms[powers[exponent]] = exponent
    return tuple(powers), tuple(logarithms)


_POWERS, _LOGARITHMS = _powers()


def _product(one: int, other: int) -> int:
    return _POWERS[_LOGARITHMS[one] + _LOGARITHMS[other]] if one and other else 0


def _correction(block: Sequence[int], count: int) -> list[int]:
    """Return the Reed-Solomon words of a block: the rest of a division of polynomials."""
    generator = [1]
    for exponent in range(count):
        shifted = [_product(each, _POWERS[exponent]) for each in generator]
        generator = [one ^ other for one, other in zip([*generator, 0], [0, *shifted], strict=True)]
    rest = [*block, *[0] * count]
    for at in range(len(block)):
        factor = rest[at]
        for offset, each in enumerate(generator):
            rest[at + offset] ^= _product(each, factor)
    return rest[len(block) :]


# placement


def _fixed_patterns(version: int) -> dict[Place, bool]:
    """Return the modules that do not depend on the data; format information is light for now."""
    side = len(_side(version))
    found: dict[Place, bool] = {}
    for at in range(8, side - 8):
        found[6, at] = found[at, 6] = at % 2 == 0
    for corner in ((0, 0), (0, side - 7), (side - 7, 0)):
        found |= _finder(*corner, side)
    centres = ALIGNMENT[version]
    ends = (
        {(centres[0], centres[0]), (centres[0], centres[-1]), (centres[-1], centres[0])} if centres else set()
    )
    for centre in ((row, column) for row in centres for column in centres):
        if centre not in ends:
            found |= _alignment(*centre)
    for place in chain(*_format_places(side)):
        found[place] = False
    found[side - 8, 8] = True
    if version >= _WITH_VERSION:
        found |= _version_information(version, side)
    return found


def _finder(top: int, left: int, side: int) -> dict[Place, bool]:
    """Return a finder pattern with its light border."""
    found = {}
    for row in range(-1, 8):
        for column in range(-1, 8):
            ring = max(abs(row - 3), abs(column - 3))
            if 0 <= top + row < side and 0 <= left + column < side:
                found[top + row, left + column] = ring not in (2, 4)
    return found


def _alignment(middle: int, centre: int) -> dict[Place, bool]:
    return {
        (middle + row, centre + column): max(abs(row), abs(column)) != 1
        for row in range(-2, 3)
        for column in range(-2, 3)
    }


def _format_places(side: int) -> tuple[list[Place], list[Place]]:
    """Return both places of the format information, the highest bit first."""
    first = [(8, at) for at in range(6)] + [(8, 7), (8, 8), (7, 8)] + [(5 - at, 8) for at in range(6)]
    second = [(side - 1 - at, 8) for at in range(7)] + [(8, side - 8 + at) for at in range(8)]
    return first, second


def _version_information(version: int, side: int) -> dict[Place, bool]:
    information = _with_check(version, _VERSION, 12)
    found = {}
    for bit in range(18):
        row, column = bit // 3, side - 11 + bit % 3
        found[row, column] = found[column, row] = bool(information >> bit & 1)
    return found


def _with_check(value: int, generator: int, bits: int) -> int:
    """Return a value with its BCH check bits."""
    rest = value << bits
    while rest.bit_length() > bits:
        rest ^= generator << (rest.bit_length() - bits - 1)
    return value << bits | rest


def _zigzag(version: int, fixed: dict[Place, bool]) -> Iterator[Place]:
    """Yield the places of the data bits: columns in pairs from the right, upwards and downwards in turn."""
    side = _side(version)
    rights = [column if column > 6 else column - 1 for column in range(side[-1], 0, -2)]
    for number, right in enumerate(rights):
        for row in reversed(side) if number % 2 == 0 else side:
            for column in (right, right - 1):
                if (row, column) not in fixed:
                    yield row, column


# masks


def _masked(grid: Grid, fixed: dict[Place, bool], number: int, version: int) -> Grid:
    """Return the grid with a mask and the format information that names it."""
    inverts = MASKS[number]
    masked = [
        [dark ^ ((row, column) not in fixed and inverts(row, column)) for column, dark in enumerate(modules)]
        for row, modules in enumerate(grid)
    ]
    information = _with_check(number, _FORMAT, 10) ^ _FORMAT_MASK  # level M is 00
    for places in _format_places(len(_side(version))):
        for at, (row, column) in enumerate(places):
            masked[row][column] = bool(information >> (14 - at) & 1)
    return masked


def _penalty(grid: Grid) -> int:
    """Return how hard a grid is to read; the mask with the least is used. Source: 7.8.3"""
    columns = [list(column) for column in zip(*grid, strict=True)]
    lines = [*grid, *columns]
    dark = sum(map(sum, grid)) * 100 / len(grid) ** 2
    return sum(map(_line_penalty, lines)) + 3 * _blocks_of_one_colour(grid) + 10 * int(abs(dark - 50) / 5)


def _line_penalty(line: Sequence[bool]) -> int:
    """Count runs of five and more, and what looks like a finder pattern."""
    found, run, last = 0, 0, None
    for dark in line:
        run = run + 1 if dark == last else 1
        last = dark
        found += 3 if run == 5 else 1 if run > 5 else 0
    text = "".join("1" if dark else "0" for dark in line)
    return found + 40 * sum(text.count(pattern) for pattern in _FINDER_LIKE)


def _blocks_of_one_colour(grid: Grid) -> int:
    return sum(
        upper[at] == upper[at + 1] == lower[at] == lower[at + 1]
        for upper, lower in pairwise(grid)
        for at in range(len(upper) - 1)
    )
