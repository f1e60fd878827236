"""Literals that read like words but are not shown, so they are not translated."""

from __future__ import annotations

NOT_SHOWN: dict[str, tuple[str, ...]] = {
    "gui/dialogs/emoji_picker.py": ("Down", "Left", "Next", "Prior", "Return", "Right"),
    "gui/dialogs/jump_dialog.py": ("Down", "Next", "Prior"),
    "gui/theme/control_styles.py": (
        "Checkbutton",
        "Combobox",
        "Entry",
        "Horizontal",
        "Radiobutton",
        "Vertical",
        "disabled selected",
        "focus selected",
    ),
    "gui/theme/emoji.py": ("Apple Color Emoji", "Noto Color Emoji", "Segoe UI Emoji"),
    "gui/theme/styles.py": ("Item", "Sash", "Treeview"),
}
"""File below chatapp/ -> such literals in it: names of protocols, of systems, of fonts, of keys."""
