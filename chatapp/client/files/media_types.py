"""What a file is: its media type, and whether it is a program."""

from __future__ import annotations

from mimetypes import MimeTypes

UNKNOWN = "application/octet-stream"

_PROGRAMS = frozenset({
    "exe", "com", "scr", "pif", "bat", "cmd", "msi", "msp", "mst", "cpl", "dll", "sys", "ps1", "psm1",
    "psd1", "vb", "vbs", "vbe", "js", "jse", "mjs", "ws", "wsf", "wsh", "wsc", "hta", "lnk", "url", "reg",
    "inf", "scf", "msc", "gadget", "jar", "jnlp", "app", "command", "pkg", "dmg", "iso", "img", "vhd",
    "vhdx", "apk", "aab", "ipa", "deb", "rpm", "appimage", "run", "flatpakref", "snap", "sh", "bash",
    "zsh", "fish", "csh", "ksh", "py", "pyw", "pyz", "pyc", "pl", "rb", "php", "lua", "tcl", "desktop",
    "service", "workflow", "action", "scpt", "applescript", "terminal", "docm", "dotm", "xlsm", "xltm",
    "xlam", "pptm", "potm", "ppam", "chm", "xll", "one", "settingcontent-ms", "library-ms", "search-ms",
    "msix", "msixbundle", "appx", "appxbundle", "appinstaller", "application", "appref-ms", "diagcab",
    "iqy", "slk", "rdp", "theme", "themepack", "website", "webloc", "mobileconfig", "tool", "crx", "xpi",
})  # fmt: skip
"""Suffixes of files that run something when they are opened."""


def media_type(name: str) -> str:
    """Return the media type of a file by its name."""
    found, encoding = MimeTypes().guess_type(name, strict=False)
    return UNKNOWN if encoding or not found else found


def is_program(name: str) -> bool:
    """Return whether opening a file may run something, so that the user has to be warned."""
    stem, _dot, suffix = name.rstrip(". ").rpartition(".")
    return bool(stem) and suffix.lower() in _PROGRAMS
