"""Decisions as rows of a table that people edit in a spreadsheet: what Excel may do to it is put right again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, get_args

from kg.decide.words import action, phrase, say, words
from kg.errors import DecisionError
from kg.model import NOTHING, Action, Decision, Thing
from kg.model.schema import CATEGORIES, RELATIONS, SEPARATOR
from kg.text.decoding import decode

COLUMNS: Final = ("state", "question", "action", "value", "name", "category", "code", "documents", "relation", "other",
                  "other_category", "other_code", "other_documents", "score", "why", "evidence", "note")
DELIMITERS: Final = ",\t;"
PAIR: Final = ("same", "different")
EDGE: Final = ("drop", "keep")
VALUED: Final = ("rename", "retype", "alias")
UNDO: Final = "undo"
Row = dict[str, str]


class Said(NamedTuple):
    """A decision of a sheet, its row, and whether it takes back what was decided before."""

    decision: Decision
    row: int
    undone: bool = False


def row_of(decision: Decision) -> Row:
    """A decision as the cells of a row, by the names of `COLUMNS`.

    >>> row_of(Decision("same", Thing("周立山", "official", "", ("a",)), Thing("周立山")))["documents"]
    'a|'
    """
    first, second = thing_cells(decision.subject), thing_cells(decision.other)
    return first | {f"other_{name}" if name != "name" else "other": text for name, text in second.items()} | {
        "action": action(decision.action), "value": CATEGORIES.get(decision.value, decision.value),
        "relation": RELATIONS.get(decision.relation, decision.relation), "note": decision.note,
    }


def thing_cells(thing: Thing) -> Row:
    """Name, category, code and documents; the bar at the end keeps a spreadsheet from taking them for a number."""
    documents = "".join(f"{document}{SEPARATOR}" for document in thing.documents)
    return {"name": thing.name, "category": CATEGORIES.get(thing.category, thing.category), "code": thing.code,
            "documents": documents}


def read_sheet(path: Path) -> list[Said]:
    """The decisions of a sheet: comma, tab or semicolon between cells, UTF-8 or GBK; rows without one are passed over.

    Raises DecisionError, with the row, for what cannot be understood and for rows that contradict one another.
    """
    try:
        text = decode(path.read_bytes()).text.lstrip("\ufeff")
    except OSError as error:
        raise DecisionError(str(path), f"cannot be read ({error.strerror or error})", "name a sheet") from error
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=lambda mark: (head.count(mark), -DELIMITERS.index(mark)))
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DecisionError(str(path), f"this is no CSV ({error})", say("sheet", "no_table_remedy")) from error
    titles = {str(title): name for name, title in words()["columns"].items()} | {name: name for name in COLUMNS}
    names = [titles.get(cell.strip(), "") for cell in rows[0]] if rows else []
    if not {"action", "name"} <= set(names):
        shown = {name: words()["columns"][name] for name in ("action", "name")}
        raise DecisionError(str(path), say("sheet", "no_table", **shown), say("sheet", "no_table_remedy"))
    said = []
    for number, cells in enumerate(rows[1:], start=2):
        row = {name: _plain(cell) for name, cell in zip(names, cells, strict=False) if name}
        if row.get("action"):
            said.append(_said(row, number, path))
    _agreeing(said, path)
    return said


def _plain(cell: str) -> str:
    """A cell without the apostrophe that kept it from being a formula.

    >>> _plain("'=甲 "), _plain("'甲")
    ('=甲', "'甲")
    """
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] and not text[1].isalnum() else text


def _said(row: Row, number: int, path: Path) -> Said:
    def refuse(what: str, **values: object) -> DecisionError:
        place = say("sheet", "row", file=path, row=number)
        return DecisionError(place, say("sheet", what, **values), say("sheet", f"{what}_remedy", **values))

    word = row["action"]
    known = {str(w): name for name, several in words()["actions"].items() for w in several}
    if word not in known:
        raise refuse("action", word=word, words=_list(action(name) for name in words()["actions"]))
    if not row.get("name"):
        raise refuse("no_name")
    if row.get("relation") and not (relation := _key(row["relation"], RELATIONS)):
        raise refuse("relation", word=row["relation"], words=_list(RELATIONS.values()))
    subject, other = _thing(row, "", "name", refuse), _thing(row, "other_", "other", refuse)
    relation = _key(row.get("relation", ""), RELATIONS)
    name = known[word]
    if name == UNDO:
        meant: Action = "same" if other.name and not relation else "drop"
        return Said(Decision(meant, subject, other, relation), number, True)
    if name in PAIR and (relation or not other.name):
        raise refuse("pair", word=word)
    if relation and name not in EDGE:
        raise refuse("edge", words=_list(map(action, EDGE)))
    if other.name and not relation and name not in PAIR:
        raise refuse("node", word=word)
    value = row.get("value", "") if name in VALUED else ""
    if name in VALUED and not value:
        raise refuse("value", word=word)
    if name == "retype":
        if not _key(value, CATEGORIES):
            raise refuse("category", word=value, words=_list(CATEGORIES.values()))
        value = _key(value, CATEGORIES)
    taken = next(a for a in get_args(Action) if a == name)
    return Said(Decision(taken, subject, other, relation, value, row.get("note", "")).ordered(), number)


def _thing(row: Row, before: str, name: str, refuse: object) -> Thing:
    if not row.get(name):
        return NOTHING
    category = row.get(f"{before}category", "")
    if category and not _key(category, CATEGORIES) and callable(refuse):
        raise refuse("category", word=category, words=_list(CATEGORIES.values()))
    documents = (part.strip() for part in row.get(f"{before}documents", "").split(SEPARATOR))
    return Thing(row[name], _key(category, CATEGORIES), _day(row.get(f"{before}code", "")),
                 tuple(sorted({part for part in documents if part})))


def _day(code: str) -> str:
    """A code; a day that a spreadsheet has written in its own way is an ISO date again.

    >>> _day("2021/3/5"), _day("130627")
    ('2021-03-05', '130627')
    """
    parts = code.split("/")
    return "-".join(part.zfill(2) for part in parts) if len(parts) == 3 else code


def _key(word: str, known: Mapping[str, str]) -> str:
    return next((key for key, chinese in known.items() if word in (key, chinese)), "")


def _list(texts: Iterable[str]) -> str:
    return say("texts", "between").join(texts)


def _agreeing(said: list[Said], path: Path) -> None:
    decided = [one for one in said if not one.undone]
    by_name: dict[tuple[str, str], list[Said]] = {}
    for one in decided:
        for before in by_name.setdefault((one.decision.kind, one.decision.subject.name), []):
            if one.decision.against(before.decision):
                values = {"row": before.row, "other": phrase(before.decision)}
                raise DecisionError(say("sheet", "row", file=path, row=one.row), say("sheet", "against", **values),
                                    say("sheet", "against_remedy"))
        by_name[one.decision.kind, one.decision.subject.name].append(one)
