"""Literals that read like words but are not shown, so they are not translated."""

from __future__ import annotations

NOT_SHOWN: dict[str, tuple[str, ...]] = {}
"""File below chatapp/ -> such literals in it: names of protocols, of systems, of fonts, of keys."""
