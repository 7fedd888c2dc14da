"""Why the forms of a node were taken for one, and what else may be it, as attributes that every file can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.decide.words import limit, say
from kg.model import Extraction, Judgement, Member, Resolution
from kg.model.schema import SEPARATOR


def reasons(extractions: Iterable[Extraction], resolution: Resolution) -> dict[str, dict[str, str]]:
    """`identity` and `unsure` of the nodes that have them.

    An entry of `unsure` begins with the id of the other node and the score: `o1234 2.5 周立山：…`.
    """
    wanted = {member for found in resolution.merges.values() for j in found for member in (j.first, j.second)}
    names = {(e.document, e.key): e.name for extraction in extractions for e in extraction.entities
             if (e.document, e.key) in wanted}
    labels = {entity.id: entity.name for entity in resolution.entities}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for node, merges in sorted(resolution.merges.items()):
        if node in labels:
            ranked = sorted(merges, key=lambda j: (j.source != "person", j))
            shown = [_merge(j, names) for j in ranked[: int(limit("merges"))]]
            if len(ranked) > len(shown):
                shown.append(say("texts", "merges_more", count=len(ranked) - len(shown)))
            found[node]["identity"] = _joined(shown)
    unsure: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for judgement in resolution.unsure:
        ends = [resolution.of.get(member, "") for member in (judgement.first, judgement.second)]
        if all(end in labels for end in ends) and ends[0] != ends[1]:
            for mine, other in (ends, ends[::-1]):
                told = f"{other} {judgement.score:g} {labels[other]}：{_why(judgement)}"
                unsure[mine].append((-judgement.score, other, told))
    for node, entries in sorted(unsure.items()):
        best = {other: text for _, other, text in sorted(entries, reverse=True)}
        order = dict.fromkeys(other for _, other, _ in sorted(entries))
        found[node]["unsure"] = _joined(best[other] for other in order)
    return dict(found)


def _merge(judgement: Judgement, names: dict[Member, str]) -> str:
    first, second = judgement.first, judgement.second
    told = "merge_person" if judgement.source == "person" else "merge"
    return say("texts", told, first=names[first], second=names[second], first_document=first[0],
               second_document=second[0], why=_why(judgement), score=f"{judgement.score:g}")


def _why(judgement: Judgement) -> str:
    return say("texts", "also").join(reason.says for reason in judgement.reasons if reason.says)


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(text.replace(SEPARATOR, "/") for text in texts)
