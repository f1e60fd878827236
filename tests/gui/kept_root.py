"""A root with a theme that many tests use one after another: making both costs more than most tests do."""

from __future__ import annotations

import contextlib
import tkinter as tk

from chatapp.gui.theme.theme import Theme

THEME = "dark"

# Describes what a test can change on a root and its interpreter. One Tcl script, because Python would need a
# thousand calls.
DESCRIBE = """
    set found [list [winfo children .] [after info] [grab current] [. configure] [tk scaling]]
    foreach tag {
        . all Button Canvas Checkbutton Entry Frame Label Listbox Menu Menubutton Radiobutton Scale Scrollbar
        Spinbox Text Toplevel TButton TCheckbutton TCombobox TEntry TFrame TLabel TMenubutton TPanedwindow
        TRadiobutton TScrollbar TSpinbox Treeview
    } {
        foreach event [lsort [bind $tag]] { lappend found $tag $event [bind $tag $event] }
    }
    foreach event [lsort [event info]] { lappend found $event [event info $event] }
    foreach axis {columnconfigure rowconfigure} {
        for {set line 0} {$line < 8} {incr line} { lappend found [grid $axis . $line] }
    }
    lappend found [grid propagate .] [pack propagate .] [grid anchor .]
    foreach question {state title minsize maxsize resizable overrideredirect attributes transient command} {
        lappend found [wm $question .]
    }
    foreach protocol [lsort [wm protocol .]] { lappend found $protocol [wm protocol . $protocol] }
    foreach font [lsort [font names]] { lappend found $font [font configure $font] }
    lappend found [ttk::style theme use] [ttk::style configure .] [ttk::style map .]
    foreach name {popup postedMb inMenubutton activeMenu} {
        if {[info exists ::tk::Priv($name)]} { lappend found $name $::tk::Priv($name) }
    }
    set found
"""

# Removes what many tests leave on a root.
CLEAN = """
    destroy {*}[winfo children .]
    foreach timer [after info] { after cancel $timer }
    foreach event [bind .] { bind . $event {} }
    for {set line 0} {$line < 8} {incr line} {
        grid columnconfigure . $line -weight 0 -minsize 0 -pad 0 -uniform {}
        grid rowconfigure . $line -weight 0 -minsize 0 -pad 0 -uniform {}
    }
"""


class KeptRoot:
    """Keeps a root, hidden, from one test to the next if the test has left no trace on it."""

    def __init__(self) -> None:
        self._root: tk.Tk | None = None
        self._theme: Theme | None = None
        self._new = ""  # the description of a new root

    def get(self) -> tuple[tk.Tk, Theme]:
        """Return a hidden root as good as new, and its theme.

        Raises:
            TclError: there is no display.
        """
        if self._root is None or self._theme is None:
            self._root = tk.Tk()
            self._root.withdraw()
            self._theme = Theme(self._root, THEME)
            self._root.update_idletasks()
            self._new = self._describe(self._root, self._theme)
        return self._root, self._theme

    def put_back(self, root: tk.Tk) -> None:
        """Take the root of a test that has ended.

        Args:
            root: It may be destroyed, or another one than `get` returned.
        """
        try:
            # If a widget that had the keyboard is destroyed after another window took it, Tk 8.6 still points
            # to that widget, and `focus -force` of the next test would end the process.
            root.deiconify()
            root.focus_force()
            root.update()
            # ttk handles a change of theme when idle, and prints an error if it cannot
            root.update_idletasks()
            if root is self._root and self._is_as_new():
                return
            root.destroy()
        except tk.TclError:
            pass  # the test has closed its window itself
        self.close()

    def close(self) -> None:
        """Destroy the root, if it is kept."""
        if self._root is not None:
            with contextlib.suppress(tk.TclError):
                self._root.destroy()
        self._root = self._theme = None

    def _is_as_new(self) -> bool:
        """Remove what the test has placed on the root, and return whether nothing else is different."""
        assert self._root is not None
        assert self._theme is not None
        for child in list(self._root.children.values()):
            child.destroy()  # by Python, which otherwise would keep the object
        self._root.tk.eval(CLEAN)
        self._root.withdraw()  # takes the focus away, too
        self._root.update()
        return self._describe(self._root, self._theme) == self._new

    @staticmethod
    def _describe(root: tk.Tk, theme: Theme) -> str:
        return repr(
            (root.tk.eval(DESCRIBE), theme.name, theme.size, theme.scale, theme.colours, len(theme._watchers))
        )
