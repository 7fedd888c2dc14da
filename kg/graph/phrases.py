"""What a graph says of a node or a relation, in lines that its users read: sentences, rules, scores, judgements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

import networkx as nx

from kg.decide.words import say, words
from kg.model.schema import CATEGORIES, SEPARATOR

SHOWN: Final = ("path", "adcode", "title", "region", "kind", "start_date", "end_date", "quantities", "first_seen",
                "last_seen")
TOLD: Final = ("title", "role", "aid_kind", "amount", "quantities", "agreement", "since", "date", "status")
BARE: Final = ("title", "date")  # what is said without its name
ENTRY: Final = 2  # blanks before the words of an entry of `unsure`: after the id, and after the score


def node_lines(graph: nx.MultiDiGraph, node: str) -> Iterator[str]:
    """The head of a node, what is known of it, and why it is one."""
    data = graph.nodes[node]
    category = data.get("category_zh") or CATEGORIES.get(str(data.get("category")), str(data.get("category")))
    yield say("explain", "head", name=data["label"], category=category)
    for key in SHOWN:
        if data.get(key):
            yield f"  {_name(key)}{say('explain', 'colon')}{shown(data[key])}"
    if data.get("aliases"):
        yield "  " + say("explain", "aliases", names=_list(data, "aliases"))
    if documents := _parts(data, "documents"):
        yield "  " + say("explain", "seen", count=len(documents), documents=_list(data, "documents"))
    yield from (f"  {line}" for line in identity_lines(data))
    if entries := _parts(data, "unsure"):
        yield "  " + say("explain", "unsure")
        for entry in entries:
            other, score, told = unsure_entry(entry)
            yield "    " + say("explain", "unsure_item", id=other, score=score, told=told)
    yield from (f"  {say('explain', 'decided', told=told)}" for told in _parts(data, "decided"))


def identity_lines(data: Mapping[str, Any]) -> Iterator[str]:
    """Why all that a node stands for is one; nothing where one article alone names it."""
    merges = _parts(data, "identity")
    if merges or len(_parts(data, "documents")) > 1:
        yield say("explain", "identity")
        alike = say("explain", "alike_code" if data.get("adcode") else "alike")
        yield from (f"  {merge}" for merge in merges or [alike])


def unsure_entry(entry: str) -> tuple[str, str, str]:
    """The id of the other node, the score, and the words of an entry of `unsure`.

    >>> unsure_entry("o12 2.5 周立山：姓名相同")
    ('o12', '2.5', '周立山：姓名相同')
    """
    other, score, told = (*entry.split(" ", ENTRY), "", "")[: ENTRY + 1]
    return other, score, told


def edge_lines(graph: nx.MultiDiGraph, source: str, target: str, edge: Mapping[str, Any]) -> Iterator[str]:
    """A relation: what it says, when, who came after, what disagrees, what it rests on, sentences and documents."""
    head, tail = (str(graph.nodes[node]["label"]) for node in (source, target))
    line = say("explain", "edge", head=head, relation=edge.get("relation_zh") or edge["relation"], tail=tail)
    told = [_told(key, edge) for key in TOLD if edge.get(key) not in (None, "") and edge.get(key) != "fact"]
    told += [say("explain", "former")] if edge.get("former") else []
    yield line + (say("explain", "colon") + say("texts", "also").join(told) if told else "")
    first, last = (str(edge.get(name) or "") for name in ("first_seen", "last_seen"))
    if first:
        span = first if first == last else say("texts", "span", first=first, last=last)
        yield "  " + say("explain", "span", span=span)
    for key in ("predecessor", "successor", "conflict", "decided"):
        yield from (f"  {say('explain', key, told=part)}" for part in _parts(edge, key))
    yield "  " + _rests(edge)
    marks = str(edge.get("marks", "")).split(SEPARATOR)
    for sentence, places in zip_longest(str(edge.get("evidence", "")).split(SEPARATOR), marks, fillvalue=""):
        if sentence.strip():
            yield f"  “{' '.join(marked(sentence, places).split())}”"
    yield "  " + say("explain", "papers", documents=_list(edge, "documents"))


def _told(key: str, edge: Mapping[str, Any]) -> str:
    if key == "title":
        return shown(edge.get("titles") or edge["title"])
    value = edge[key]
    if known := words()["explain_values"].get(key):
        value = SEPARATOR.join(str(known.get(part, part)) for part in str(value).split(SEPARATOR))
    return shown(value) if key in BARE else f"{_name(key)} {shown(value)}"


def _rests(edge: Mapping[str, Any]) -> str:
    rules = say("texts", "between").join(say("explain", "rule", words=rule_words(rule), rule=rule)
                                          for rule in dict.fromkeys(_parts(edge, "rule")))
    if edge.get("basis") == "background":
        return say("explain", "background", rules=rules)
    told = "rests" if edge.get("articles") else "rests_old"
    return say("explain", told, articles=edge.get("articles", ""), weight=edge.get("weight", 1),
               confidence=edge.get("confidence", ""), rules=rules)


def rule_words(rule: str) -> str:
    """What a rule looks at.

    >>> rule_words("visited/goes"), rule_words("people.titled"), rule_words("held-meeting")
    ('谁到何处的句式', '姓名旁边写着职务', '写活动和参加者的句式')
    """
    known = words()["rules"]
    return str(known[max((head for head in known if rule.startswith(head)), key=len)])


def _name(key: str) -> str:
    return str(words()["explain_names"].get(key, key))


def _parts(data: Mapping[str, Any], name: str) -> list[str]:
    return [part for part in str(data.get(name) or "").split(SEPARATOR) if part]


def _list(data: Mapping[str, Any], name: str) -> str:
    return say("texts", "between").join(_parts(data, name))


def marked(sentence: str, places: str) -> str:
    """*sentence* with the parts that an edge relates in brackets; *places* as the edge attribute `marks` has them.

    >>> marked("沈岳川赴唐县调研", "0-3,4-6")
    '[沈岳川]赴[唐县]调研'
    >>> marked("唐县人民医院", "0-2,0-6")
    '[[唐县]人民医院]'
    """
    spans = {tuple(map(int, place.split("-"))) for place in places.split(",") if place}
    opening, closing = Counter(start for start, _ in spans), Counter(end for _, end in spans)
    signs = ("]" * closing[place] + "[" * opening[place] for place in range(len(sentence) + 1))
    return "".join(sign + letter for sign, letter in zip_longest(signs, sentence, fillvalue=""))


def shown(value: object) -> str:
    """A value of the graph for the screen.

    >>> shown("县委副书记、县长|县长"), shown(1_260_000.0), shown(0.5)
    ('县委副书记、县长 | 县长', '1,260,000', '0.5')
    """
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else str(value)
    return str(value).replace(SEPARATOR, " | ")
