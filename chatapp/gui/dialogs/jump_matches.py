"""How well conversations, people and commands match what was typed in "Jump to".

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatapp.gui.dialogs.jump_targets import CommandTarget, ConversationTarget, PersonTarget, Target, label_of
from chatapp.gui.widgets.fuzzy_match import OTHER_WORDS, FuzzyPattern, folded

Match = tuple[int, Target]
"""What was found, with its rank."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be found, with the folded names and other words by which it is found."""

    target: Target
    texts: tuple[str, ...]
    words: str = ""


def matching(pattern: FuzzyPattern, candidates: Sequence[Candidate], text: str) -> list[Match]:
    """Return what matches with its rank, best first; matches of the same rank keep their order."""
    if not text:
        return [(0, each.target) for each in candidates]
    ranked: list[tuple[int, int]] = []
    for index, each in enumerate(candidates):
        rank = rank_of(pattern, each)
        if rank is not None:
            ranked.append((rank, index))
    ranked.sort()
    return [(rank, candidates[index].target) for rank, index in ranked]


def candidate_of(target: Target) -> Candidate:
    """Return a candidate. People are found by name and nick: to make thousands of labels takes too long."""
    if isinstance(target, CommandTarget):
        label = folded(target.label)
        return Candidate(target, (label,), f"{label} {folded(target.words)}" if target.words else "")
    if isinstance(target, ConversationTarget) and target.conversation.kind != "direct":
        return Candidate(target, (folded(label_of(target)),))
    nick = target.nick if isinstance(target, PersonTarget) else target.conversation.name
    name, nick = folded(target.network.display_name(nick)), folded(nick)
    return Candidate(target, (name,) if name == nick else (name, nick))


def rank_of(pattern: FuzzyPattern, candidate: Candidate) -> int | None:
    """Return the best rank of the names; of other words only the beginnings count, and less."""
    ranks = [rank for text in candidate.texts if (rank := pattern.rank(text)) is not None]
    if candidate.words and pattern.begin_words(candidate.words):
        ranks.append(OTHER_WORDS)
    return min(ranks, default=None)
