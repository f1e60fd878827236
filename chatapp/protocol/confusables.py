"""Look-alikes: names that people cannot tell apart have a key in common.

A name is compatibility-decomposed (full width, mathematical and circled letters become plain ones), letters
of other scripts become the Latin letter that they look like, then it is case-folded, and what is easily
overlooked is left out: spaces, hyphens, underlines, dots and other punctuation. `Anna Smith`, `anna_smith`
and `Аnnа Smith` with Cyrillic letters have the same key.

Capital and small letters of a script resemble different letters: Greek `Ν` is like `N`, `ν` is like `v`. So a
name has a key as it is written, one in small and one in capital letters; for most names they are equal.

Source: chosen from the data of Unicode technical standard 39 (confusables), letters of names only.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LOOKALIKES = (
    # Cyrillic
    ("аеорсухіјѕһԁԛԝѵӏґгкмтьѡ", "aeopcyxijshdqwvlrrkmtbw"),
    ("АВЕЗКМНОРСТУХІЈЅҺԀԚԜѴӀЬѠ", "AB" + "E3KMHOPCTYXIJSHDQWVIbW"),
    # Greek
    ("αγηικνοπρστυχωϲϳμ", "aynikvonpotuxwcju"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"),
    # Armenian
    ("օոսհցզյաք", "onuhgqjwp"),
    ("ՕՍՏ", "OUS"),
    # Latin outside of ASCII: dotless, script and small capital letters
    ("ıȷɑɡɩʟᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ijagilabcdefghijkmnoprstuvwyz"),
    # Cherokee
    ("ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᏀᏃᏒᏔᏕᏙᏚᏞᏟᏢᏦᏴ", "DRTiAJEWMHGZRWSVSLCPKB"),
    # Lisu
    ("ꓐꓑꓓꓔꓖꓗꓙꓚꓛꓜꓝꓞꓟꓠꓡꓢꓣꓥꓦꓧꓨꓩꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCCZFFMNLSRVVHGHWXYAEIOU"),
    # digits and signs that look like letters
    ("01|ǀ∣", "ollll"),
)
_ENCLOSED = (0x1F150, 0x1F170, 0x1F1E6)  # the A of circled, squared and regional capital letters
_TABLE = {ord(one): other for ones, others in _LOOKALIKES for one, other in zip(ones, others, strict=True)}
_TABLE |= {start + place: chr(ord("A") + place) for start in _ENCLOSED for place in range(26)}
_WRITTEN = _TABLE | {ord("I"): "l"}  # a capital I, which only exists in a name as it is written
_PAIRS = (("rn", "m"), ("vv", "w"))
_OVERLOOKED = ("C", "P", "Z")  # Unicode categories: controls and formats, punctuation, spaces
_OVERLOOKED_SIGNS = frozenset("^`´¨¯¸")


@lru_cache(maxsize=16384)
def keys(name: str) -> frozenset[str]:
    """Return the keys of a name. Two names look alike if they have one in common."""
    if name.isascii():  # most nicks; a tenth of the time
        return frozenset({_ascii_key(name), _ascii_key(name.replace("I", "l"))})
    return frozenset({_key(name, _WRITTEN), _key(name.lower(), _TABLE), _key(name.upper(), _TABLE)})


def _ascii_key(name: str) -> str:
    folded = name.lower()
    return _shortened(folded.translate(_ASCII)) or folded


def _key(name: str, table: dict[int, str]) -> str:
    plain = unicodedata.normalize("NFKD", name)
    folded = unicodedata.normalize("NFKC", plain.translate(table).casefold())
    return _shortened("".join(_digit(each) for each in folded if not _is_overlooked(each))) or folded


def _shortened(key: str) -> str:
    for pair, letter in _PAIRS:
        key = key.replace(pair, letter)
    return key


def _is_overlooked(character: str) -> bool:
    if character.isalnum():
        return False
    return unicodedata.category(character)[0] in _OVERLOOKED or character in _OVERLOOKED_SIGNS


_ASCII = {code: _TABLE.get(code, chr(code)) for code in range(128)} | {
    code: "" for code in range(128) if _is_overlooked(chr(code))
}


def _digit(character: str) -> str:
    """Return the ASCII digit of a digit of another script, or the character itself."""
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character)).translate(_TABLE)
