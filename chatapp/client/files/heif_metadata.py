"""Overwrites the place, the camera and comments in HEIC and AVIF pictures; see `picture_metadata`.

    ftyp   what kind of file it is
    meta   iinf: the kind of each item       iloc: where each item is, from the start of the file or in idat
    mdat   the items: pixels, Exif, XMP

Where something is stands in so many places that only what follows the picture is taken out, such as the
video of a moving photograph. Other boxes before its end are overwritten too. How the camera was held is no
part of the Exif that programs read: it is a property of the picture.

Source: ISO/IEC 14496-12 (boxes, meta, iinf, iloc); ISO/IEC 23008-12, annex A (Exif and XMP)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from chatapp.client.files.file_pieces import FilePart, Malformed

BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})

_MOST_BYTES = 16_000_000  # of the box meta, and of the metadata
_MOST_BOXES = 10_000  # of a file
_MOST_EXTENTS = 10_000  # of all items; they may take no bytes, so the size of the file does not limit them
_METADATA = (b"Exif", b"mime")
_KEPT = frozenset(
    {b"ftyp", b"styp", b"meta", b"mdat", b"moov", b"moof", b"mfra", b"sidx", b"free", b"skip"}
)  # boxes of a file
_NO_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"  # where it begins, and a list of nothing
_FROM_FILE, _FROM_IDAT = 0, 1  # what a place is counted from


class _Box(NamedTuple):
    """A box: its kind, and where its contents are."""

    kind: bytes
    start: int
    end: int


class _Extent(NamedTuple):
    """A part of an item."""

    method: int
    start: int
    length: int


def is_heif(start: bytes) -> bool:
    """Return whether a file is such a picture, and not a video.

    Args:
        start: Some hundred bytes.
    """
    length = int.from_bytes(start[:4])
    return start[4:8] == b"ftyp" and bool(BRANDS & _brands(start[8 : max(length, 12)]))


def kept_parts(file: BinaryIO, size: int) -> Iterator[bytes | FilePart]:
    """Yield the parts of a picture of this many bytes, with other bytes in place of the metadata.

    Raises:
        Malformed, struct.error: It is not what its start says.
        OSError: It cannot be read.
    """
    found = list(_boxes_of_file(file, size))
    boxes = {box.kind: box for box in reversed(found)}  # the first of a kind
    if b"ftyp" not in boxes or b"meta" not in boxes:
        raise Malformed
    at, end = 0, max(box.end for box in found if box.kind in _KEPT)
    others = [box for box in found if box.kind not in _KEPT and box.end <= end]
    if sum(box.end - box.start for box in others) > _MOST_BYTES:
        raise Malformed
    zeros = ((box.start, bytes(box.end - box.start)) for box in others)
    for start, replacement in sorted([*_replacements(file, boxes[b"meta"], end), *zeros]):
        if start < at or start + len(replacement) > end:
            raise Malformed
        yield FilePart(at, start)
        yield replacement
        at = start + len(replacement)
    yield FilePart(at, end)


def _brands(data: bytes) -> set[bytes]:
    """Return the brands in the contents of the box ftyp."""
    return {data[at : at + 4] for at in range(0, len(data), 4) if at != 4}  # 4: the version


def _replacements(file: BinaryIO, box: _Box, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield where metadata is, and what takes its place.

    Args:
        end: Where the picture ends.
    """
    if box.end - box.start > _MOST_BYTES:
        raise Malformed
    file.seek(box.start)
    meta = file.read(box.end - box.start)
    boxes = {each.kind: each for each in _boxes(meta, 4)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        raise Malformed
    extents, left = _extents(meta, boxes[b"iloc"]), _MOST_BYTES
    places = (each for item in extents.values() for each in item if each.method == _FROM_FILE)
    if any(each.start + each.length > end for each in places):
        raise Malformed
    items = {number: kind for number, kind in _items(meta, boxes[b"iinf"]) if kind in _METADATA}
    for number, kind in items.items():
        for place, extent in enumerate(extents.get(number, ())):
            start = extent.start
            if extent.method == _FROM_IDAT and b"idat" in boxes:
                start += box.start + boxes[b"idat"].start
            elif extent.method != _FROM_FILE:
                raise Malformed
            left -= extent.length
            if extent.length == 0 or left < 0:
                raise Malformed
            yield start, _blank(kind, extent.length, is_first=place == 0)


def _blank(kind: bytes, length: int, is_first: bool) -> bytes:
    """Return what takes the place of Exif or XMP."""
    if kind == b"mime":
        return b" " * length
    empty = _NO_EXIF if is_first and length >= len(_NO_EXIF) else b""
    return empty.ljust(length, b"\0")


def _items(meta: bytes, box: _Box) -> Iterator[tuple[int, bytes]]:
    """Yield the number and kind of each item."""
    (version,) = struct.unpack_from(">B", meta, box.start)
    start = box.start + (6 if version == 0 else 8)
    for entry in _boxes(meta[: box.end], start):
        (version,) = struct.unpack_from(">B", meta, entry.start)
        if entry.kind == b"infe" and version >= 2:
            yield struct.unpack_from(">H2x4s" if version == 2 else ">I2x4s", meta, entry.start + 4)


def _extents(meta: bytes, box: _Box) -> dict[int, list[_Extent]]:
    """Return where the items are."""
    reader = _Reader(meta[: box.end], box.start)
    version = reader.number(1)
    reader.number(3)
    sizes, more = reader.number(1), reader.number(1)
    offset_size, length_size, base_size = sizes >> 4, sizes & 0x0F, more >> 4
    index_size = more & 0x0F if version in (1, 2) else 0
    wide = 4 if version == 2 else 2
    found: dict[int, list[_Extent]] = {}
    left = _MOST_EXTENTS
    for _ in range(reader.number(wide)):
        number = reader.number(wide)
        method = reader.number(2) & 0x0F if version in (1, 2) else _FROM_FILE
        reader.number(2)  # in which file
        base = reader.number(base_size)
        count = reader.number(2)
        left -= count
        if left < 0:
            raise Malformed
        for _ in range(count):
            reader.number(index_size)
            start = base + reader.number(offset_size)
            found.setdefault(number, []).append(_Extent(method, start, reader.number(length_size)))
    return found


class _Reader:
    """Reads numbers one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def number(self, size: int) -> int:
        """Return the next number, which has this many bytes."""
        end = self._at + size
        if end > len(self._data):
            raise Malformed
        found = int.from_bytes(self._data[self._at : end])
        self._at = end
        return found


def _boxes_of_file(file: BinaryIO, size: int) -> Iterator[_Box]:
    """Yield the boxes of a file, up to what follows the picture and is no box."""
    at, kinds = 0, set[bytes]()
    for _ in range(_MOST_BOXES):
        if at >= size:
            return
        file.seek(at)
        try:
            box = _box(file.read(16), at, size)
        except (Malformed, struct.error):
            if {b"meta", b"mdat"} <= kinds:
                return
            raise
        yield box
        kinds.add(box.kind)
        at = box.end
    raise Malformed


def _boxes(data: bytes, at: int) -> Iterator[_Box]:
    """Yield the boxes in a box."""
    while at < len(data):
        box = _box(data[at : at + 16], at, len(data))
        yield box
        at = box.end


def _box(head: bytes, at: int, stop: int) -> _Box:
    length, kind = struct.unpack_from(">I4s", head)
    start = at + 8
    if length == 1:
        (length,) = struct.unpack_from(">8xQ", head)
        start = at + 16
    end = stop if length == 0 else at + length
    if not start <= end <= stop:
        raise Malformed
    return _Box(kind, start, end)
