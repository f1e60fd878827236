"""Make a nick from a name: `Ana María` becomes `Ana_Maria`, `Борис Щербаков` becomes `Boris_Shcherbakov`.

A nick is sent with every message and typed in commands, so it has no spaces. A name that is a valid nick
stays as it is, `José` too. In other names accents are removed, and letters of other scripts are replaced by
Latin ones as well as a small table can. A name in a script whose characters stand for no sounds, such as
Chinese, keeps them.
"""

from __future__ import annotations

import re
import unicodedata

from chatapp.protocol import names

FALLBACK = "guest"  # for a name without any letter

_LETTERS = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэіїєґў", "abvgdeeziiklmnoprstufyeiiegu", strict=True))
    | dict(zip("αβγδεζηικλμνξοπρσςτυφω", "abgdeziiklmnxoprsstyfo", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu"}
    | {"я": "ya", "θ": "th", "χ": "ch", "ψ": "ps", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d"}
    | {"ð": "d", "þ": "th"}
    | {"ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng"}
    | dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "abgdhvzhtykklmmnnsaffzzkrst", strict=True))
    | dict(zip("ابتثجحدذرزسصضطظعغفقكلمنهويىةآأإپچژگک", "abtthhddrzssdtzaghfklmnhwyyhaaapcjgk", strict=True))
    | {"خ": "kh", "ش": "sh", "ء": "", "ؤ": "w", "ئ": "y"}
)  # fmt: skip
_INDIC = re.compile(r"(?:LETTER|VOWEL SIGN) ([A-Z]+)$")
_SYLLABLE = re.compile(r"(?:HANGUL SYLLABLE|(?:HIRAGANA|KATAKANA) LETTER(?: SMALL)?) ([A-Z]+)$")
_SEPARATORS = re.compile(r"[\s.,;:/'’·]+")


def nick_of_name(name: str, longest: int = 32) -> str:
    """Return a nick for a name that a user has typed; `FALLBACK` for one without letters.

    Args:
        longest: The largest number of characters of a nick.
    """
    name = " ".join(name.split())
    if names.is_nick(name, longest):
        return name
    latin = latin_nick(name, longest)
    if latin:
        return latin
    nick = _as_nick(unicodedata.normalize("NFKC", name))[:longest].rstrip("_-")
    return nick if names.is_nick(nick, longest) else FALLBACK


def latin_nick(name: str, longest: int = 32) -> str:
    """Return a nick of the letters a to z for a name; empty if no letter has a Latin form."""
    nick = _as_nick(_latin(" ".join(name.split())))[:longest].rstrip("_-")
    return nick if names.is_nick(nick, longest) else ""


def _as_nick(text: str) -> str:
    """Return the text with `_` for spaces, without what a nick cannot contain or begin with."""
    joined = _SEPARATORS.sub("_", text.strip())
    return "".join(filter(names.is_nick_character, joined)).strip("_").lstrip("-0123456789_")


def _latin(text: str) -> str:
    """Return the text in Latin letters; what has no Latin form is left out, or all if nothing has one."""
    return "".join(_romanize(word) for word in re.split(r"(\s+)", unicodedata.normalize("NFKC", text)))


def _romanize(word: str) -> str:
    made: list[str] = []
    for character in unicodedata.normalize("NFC", word):
        plain = character if character.isascii() else _plain(character)
        name = "" if plain else unicodedata.name(character, "")
        if syllable := _SYLLABLE.search(name):
            made.append(syllable[1].lower())
        elif indic := _INDIC.search(name):
            sound = indic[1].lower()
            is_vowel_sign = "VOWEL SIGN" in name
            if is_vowel_sign and made and made[-1].endswith("a"):
                made[-1] = made[-1][:-1]  # the sign replaces the vowel of the letter before it
            made.append(sound)
        elif name.endswith("SIGN VIRAMA") and made:
            made[-1] = made[-1].removesuffix("a")
        else:
            made.append(plain)
    latin = "".join(made)
    return latin.capitalize() if latin.islower() and not word.isascii() and not word.islower() else latin


def _plain(character: str) -> str:
    """Return one letter without its accents in Latin letters; empty if it has no such form."""
    lower = character.lower()
    bare = "".join(each for each in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(each))
    for form in (lower, bare):
        latin = form.translate(_LETTERS)
        if latin.isascii():
            return latin.capitalize() if character != lower else latin
    return ""
