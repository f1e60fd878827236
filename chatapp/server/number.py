"""Whole numbers as people and programs type them."""

from __future__ import annotations

from chatapp.protocol.number import whole as whole
