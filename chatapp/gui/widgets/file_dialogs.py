"""The system's own dialogs for files. On X11, Tk has one."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import filedialog

# The dialog of X11 reads what is typed as a Tcl list, so that a path with a space would be two files. This
# takes a text that is not a list of files as one path, and files of several folders with their own folders.
_TYPED_PATHS = """
namespace eval ::tk::dialog::file {
    if {[info procs ActivateEnt] ne "" && [info procs ActivateList] eq ""} {
        rename ActivateEnt ActivateList
        proc ActivateEnt {w} {
            upvar ::tk::dialog::file::[winfo name $w] data
            set text [$data(ent) get]
            if {!$data(-multiple) || $text eq ""} {
                return [ActivateList $w]
            }
            set paths {}
            if {[string is list $text] && ![file exists [JoinFile $data(selectPath) $text]]} {
                if {[llength $text] == 1} {
                    return [ActivateList $w]
                }
                foreach each $text {
                    set path [JoinFile $data(selectPath) $each]
                    if {[file isfile $path]} {
                        lappend paths $path
                    }
                }
                if {[llength $text] == [llength $paths]} {
                    return [Done $w $paths]
                }
            }
            VerifyFileName $w $text
        }
    }
}
"""


def files_to_open(master: tk.Misc, title: str, folder: str = "") -> list[Path]:
    """Let the user choose files, several at once; none if the user cancels.

    Args:
        folder: Where the dialog begins; empty for the last folder of the system, on X11 the home folder.
    """
    _prepare(master)
    begin = _beginning(master, folder)
    chosen = filedialog.askopenfilenames(parent=master.winfo_toplevel(), title=title, initialdir=begin)
    return [Path(each) for each in chosen or ()]


def _beginning(master: tk.Misc, folder: str) -> str | None:
    """Return where a dialog begins; None for the last folder of the system."""
    if folder and Path(folder).is_dir():
        return folder
    # the dialog of X11 would begin where the program was started
    return str(Path.home()) if master.tk.call("tk", "windowingsystem") == "x11" else None


def _prepare(master: tk.Misc) -> None:
    """Let the dialog of X11 take paths with spaces, and hide what other programs hide."""
    if master.tk.call("tk", "windowingsystem") == "x11":
        master.tk.eval("catch {tk_getOpenFile -none}")  # loads the script of the dialog
        for name, value in (("showHiddenBtn", 1), ("showHiddenVar", 0)):
            master.tk.call("set", f"::tk::dialog::file::{name}", value)
        master.tk.eval(_TYPED_PATHS)


def file_to_save(master: tk.Misc, title: str, name: str, folder: str = "") -> Path | None:
    """Let the user choose a place and a name for a file; None if the user cancels.

    The system asks before a file that is there would be replaced.

    Args:
        name: The name that is proposed.
        folder: Where the dialog begins; empty for the last folder of the system, on X11 the home folder.
    """
    _prepare(master)
    begin = _beginning(master, folder)
    chosen = filedialog.asksaveasfilename(
        parent=master.winfo_toplevel(), title=title, initialfile=name, initialdir=begin
    )
    return Path(chosen) if chosen else None


def folder_to_use(master: tk.Misc, title: str, folder: str = "") -> Path | None:
    """Let the user choose a folder; None if the user cancels.

    Args:
        folder: Where the dialog begins; empty for the last folder of the system, on X11 the home folder.
    """
    begin = _beginning(master, folder)
    chosen = filedialog.askdirectory(
        parent=master.winfo_toplevel(), title=title, initialdir=begin, mustexist=False
    )
    return Path(chosen) if chosen else None
