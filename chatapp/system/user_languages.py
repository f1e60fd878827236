"""The languages that the user prefers, as set on this system."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from collections.abc import Mapping

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which gettext reads them
NO_TRANSLATION = ("C", "POSIX")
SECONDS = 2  # that macOS may take to answer


def preferred_languages(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the codes of the languages, such as `de_AT` or `pt-BR`, the best first."""
    named = _from_environment(environment)
    if named:
        return named
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _of_mac()
    return []


def _from_environment(environment: Mapping[str, str]) -> list[str]:
    """Return what the variables of POSIX say. LANGUAGE is a list, and means nothing in the locale C."""
    chosen = next((environment[name] for name in VARIABLES[1:] if environment.get(name)), "")
    if _code(chosen) in NO_TRANSLATION:
        return []
    codes = [*environment.get("LANGUAGE", "").split(":"), chosen]
    return [code for code in map(_code, codes) if code and code not in NO_TRANSLATION]


def _code(name: str) -> str:
    """Return the name of a locale without its encoding and variant: `de_AT` for `de_AT.UTF-8@euro`."""
    return name.partition(".")[0].partition("@")[0]


def _of_windows() -> list[str]:
    if sys.platform != "win32":
        return []
    import ctypes

    code = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return [code] if code else []


def _of_mac() -> list[str]:
    """Return the languages of macOS. A program that was started from the Finder has no variables of POSIX."""
    try:
        answer = subprocess.run(
            ["defaults", "read", "-g", "AppleLanguages"], capture_output=True, text=True, timeout=SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [code for code in (line.strip(' ,()"') for line in answer.stdout.splitlines()) if code]
