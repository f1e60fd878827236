"""Files and pictures in the clipboard of macOS, by fixed scripts.

Source: NSPasteboard; AppleScript Language Guide, "the clipboard"
"""

from __future__ import annotations

import re
from pathlib import Path

from chatapp.system.clipboard_contents import PNG_START, ClipboardContents
from chatapp.system.tools import output_of

SECONDS = 10.0

FILES = """
ObjC.import('AppKit');
const items = $.NSPasteboard.generalPasteboard.pasteboardItems.js;
const addresses = items.map(item => item.stringForType('public.file-url')).filter(each => !each.isNil());
addresses.map(each => $.NSURL.URLWithString(each).path.js).join('\\0');
"""
FIRST_FILE = "POSIX path of (the clipboard as «class furl»)"
PICTURE = "the clipboard as «class PNGf»"

_DATA = re.compile(r"«data PNGf([0-9A-F]+)»")


def read_clipboard(wants_picture: bool) -> ClipboardContents:
    """Return the files in the clipboard, or its picture; see `clipboard`."""
    listed = output_of(["osascript", "-l", "JavaScript", "-e", FILES], SECONDS)
    listed = listed or output_of(["osascript", "-e", FIRST_FILE], SECONDS)
    names = [each for each in listed.decode(errors="replace").rstrip("\n").split("\0") if each]
    if names or not wants_picture:
        return ClipboardContents(tuple(Path(each.rstrip("/") or "/") for each in names))
    written = _DATA.search(output_of(["osascript", "-e", PICTURE], SECONDS).decode(errors="replace"))
    picture = bytes.fromhex(written[1]) if written and len(written[1]) % 2 == 0 else b""
    return ClipboardContents(picture=picture if picture.startswith(PNG_START) else b"")
