"""What the tagger is trained on, and the weights of its vote. Needs the environment of kg; train_tagger.py needs torch.

    tagger_data.py weak  -o FOLDER [--corpus FILE] [--leave-out FILE] [--most N] [--model] [--start FILE]
    tagger_data.py hand  -o FOLDER [--corpus FILE] [--labels DIR ...] [--leave-out FILE] [--start FILE] [--folds N]
    tagger_data.py vote  -o FOLDER [--part PART]

`weak` writes what the rules alone find in the corpus (weak.npz, and vocabulary.json: the characters that stand there at
least 8 times). --leave-out names a file with document ids, one a line: articles that figures are measured on. --model
writes what rules and the tagger of the package find together, --most reads so many articles, drawn by a fixed seed.
`hand` writes the articles labelled by hand (hand.jsonl): the parts training, development and further of
labels/names.csv and folders of labelled articles. Every place where a label's words stand counts; optional ones are
not learned from, nor the regions of the rules in part further, which was labelled without regions. Of the articles
of labels/passages.csv nothing is learned but the sentences that are labelled there. --start names a file of weights
from which training goes on: its characters are the vocabulary.
`vote` fits the weights in kg/lexicon/data/tagger.toml: what networks say of the articles that they were not trained on
(fold0.npz, fold1.npz ...) is held against the labels, and a logistic regression weighs it. Networks that started from
weights which had seen the other parts say something new of --part further alone.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import lzma
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import kg
from kg.errors import KgError
from kg.extract import to_doc
from kg.lexicon.gazetteer import gazetteer
from kg.model import Record
from kg.pipes.annotations import memory, mentions, meta, text_of
from kg.pipes.tagger.component import Tagger
from kg.pipes.tagger.decode import BEGIN, END, INSIDE, SINGLE, Proposal, column
from kg.pipes.tagger.encode import pairs, points, regions, rows
from kg.pipes.tagger.network import TYPES, VOID
from kg.pipes.tagger.vote import FEATURES, Ballot
from kg.sources import read
from kg.text import clean

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
UNREAD = -100  # the tag of a character that is not learned from
RARE = 8  # characters that stand less often in the corpus are one
FOLDS = 5
LEARNED = ("training", "development", "further")  # parts of labels/names.csv
WITHOUT_REGIONS = ("further",)
PASSAGES = "passages"  # sentences labelled by themselves, without regions
AROUND = 16  # characters beside a sentence that the network may see
LATE = ("kg_references", "kg_relations", "kg_events")
VOTING = {"official": "model", "person": "model", "enterprise": "both", "organization": "both", "project": "both"}
Label = tuple[str, bool, list[str]]


def articles(corpus: Path) -> Iterator[dict[str, str]]:
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def analysed(nlp: Any, record: Record) -> dict[str, Any]:
    """The clean text of an article, its sentences, and what the rules find."""
    document = clean(record)
    doc = to_doc(nlp, document)
    for _, component in nlp.pipeline:
        doc = component(doc)
    level = gazetteer().level
    named = mentions(doc, "bodies", "projects", "people", "regions")
    return {
        "text": document.text,
        "sentences": memory(doc).get("sentences", []),
        "rules": [[m.start, m.end, m.category] for m in named if m.surface],
        "regions": [[m.start, m.end, level(m.key)] for m in mentions(doc, "regions") if m.surface],
        "reporters": list(meta(doc).get("reporters", [])),
    }


def put(tags: np.ndarray, start: int, end: int, category: str) -> None:
    if end - start == 1:
        tags[start] = column(category, SINGLE)
        return
    tags[start], tags[end - 1] = column(category, BEGIN), column(category, END)
    tags[start + 1 : end - 1] = column(category, INSIDE)


def blank(found: dict[str, Any]) -> np.ndarray:
    """Tags of a text in which nothing is named; what no sentence holds is not learned from."""
    tags = np.full(len(found["text"]), UNREAD, dtype=np.int16)
    for start, end, _ in found["sentences"]:
        tags[start:end] = 0
    return tags


def weak_tags(found: dict[str, Any]) -> np.ndarray:
    """The names of the rules, the longer before the shorter, and the reporters as private persons."""
    tags, taken = blank(found), np.zeros(len(found["text"]), dtype=bool)
    spans = sorted(found["rules"], key=lambda m: (m[0] - m[1], m[0]))
    for name in found["reporters"]:
        spans += [[*m.span(), "private"] for m in re.finditer(re.escape(name), found["text"])]
    for start, end, category in spans:
        if category in TYPES and start < end and not taken[start:end].any():
            taken[start:end] = True
            put(tags, start, end, category)
    return tags


def hand_tags(found: dict[str, Any], labels: list[Label], regions: bool = True) -> np.ndarray:
    """The names of the labels wherever their words stand, the longer before the shorter.

    Without *regions* the labels leave regions out: where the rules see one outside of a label, nothing is learned.
    """
    text, tags = found["text"], blank(found)
    taken, kinds = np.zeros(len(text), dtype=bool), defaultdict(list)
    for category, optional, names in labels:
        for name in names:
            kinds[name].append((category, optional))
    for name in sorted(filter(None, kinds), key=lambda n: (-len(n), n)):
        required = [category for category, optional in kinds[name] if not optional]
        for m in re.finditer(re.escape(name), text):
            start, end = m.span()
            if taken[start:end].any() or (end - start == 1 and kinds[name][0][0] != "region"):
                continue
            taken[start:end] = True
            if len(required) != 1 or end - start == 1:
                tags[start:end] = UNREAD
            elif not (tags[start:end] == UNREAD).any():
                put(tags, start, end, required[0])
    for start, end, category in () if regions else found["rules"]:
        if category == "region":
            tags[start:end][~taken[start:end]] = UNREAD
    return tags


def numbers(found: dict[str, Any], table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    characters = table[points(found["text"])]
    return characters, pairs(characters), regions(len(characters), [(a, b, level) for a, b, level in found["regions"]])


def held_back(file: Path | None) -> set[str]:
    """Articles that figures are measured on, by their ids without the letter in front."""
    named = file.read_text("utf-8").split() if file else []
    return {name[1:] for name in (*named, *(r["document"] for r in names_csv() if r["part"] not in LEARNED))}


def weak(args: argparse.Namespace) -> None:
    left_out = held_back(args.leave_out)
    nlp = kg.load(exclude=LATE if args.model else ("kg_tagger", *LATE))
    known: list[dict[str, Any]] = []
    pages = [a for a in articles(args.corpus) if a["id"][1:] not in left_out]
    random.Random(1).shuffle(pages)
    for article in pages[: args.most]:
        try:
            known.append(analysed(nlp, Record(article["id"], "", article["text"], {"published": article["published"]})))
        except (KgError, ValueError) as error:
            print(f"{article['id']}: left out ({error})", file=sys.stderr)
    counts = sum(np.bincount(points(found["text"]), minlength=1 << 16) for found in known)
    vocabulary = [int(p) for p in np.argsort(-counts, kind="stable") if counts[p] >= RARE]
    if args.start:
        with np.load(args.start) as arrays:
            vocabulary = arrays["known"].tolist()
    (args.output / "vocabulary.json").write_text(json.dumps(vocabulary))
    table, void = rows(np.array(vocabulary, dtype=np.uint16)), np.zeros(VOID, dtype=np.int32)
    columns: list[list[np.ndarray]] = [[], [], [], []]
    for found in known:
        values = (*numbers(found, table), weak_tags(found))
        for one, some, rest in zip(columns, values, (void, void, void, void + UNREAD), strict=True):
            one += [some, rest]
    kinds = (np.int16, np.int32, np.uint8, np.int8)
    made = [np.concatenate(one).astype(kind) for one, kind in zip(columns, kinds, strict=True)]
    np.savez(args.output / "weak.npz", c=made[0], b=made[1], r=made[2], y=made[3])
    print(f"{len(known)} articles, {counts.sum()} characters, {len(vocabulary)} different ones")


def names_csv() -> list[dict[str, str]]:
    with (ROOT / "labels" / "names.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labelled(args: argparse.Namespace) -> Iterator[tuple[str, str, Record, list[Label]]]:
    """Articles with their part and labels: type, whether it is optional, surface forms."""
    entities: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    parts: dict[str, str] = {}
    for row in names_csv():
        if row["part"] in LEARNED:
            parts[row["document"]] = row["part"]
            entities[row["document"]][row["entity"]].append(row)
    for article in articles(args.corpus):
        if article["id"] in entities:
            text, held = article["text"], entities[article["id"]].values()
            labels = [(e[0]["type"], e[0]["optional"] == "1", [text[int(r["start"]) : int(r["end"])] for r in e])
                      for e in held if e[0]["type"] != "none"]
            record = Record(article["id"], "", text, {"published": article["published"]})
            yield article["id"], parts[article["id"]], record, labels
    known = {name[1:] for name in parts}
    for file in sorted(f for folder in args.labels for f in folder.glob("*.json") if f.stem[-1] not in args.not_ending):
        if file.with_suffix(".txt").exists() and file.stem[1:] not in known:
            gold = json.loads(file.read_text("utf-8"))
            labels = [(e["type"], bool(e.get("optional")), e["names"]) for e in gold["entities"] if e["type"] in TYPES]
            labels += [("private", False, [name]) for name in gold.get("never", []) if 2 <= len(name) <= 4]
            yield file.stem, file.parent.name, next(r for r in read([file.with_suffix(".txt")], [], None)), labels


def passages(corpus: Path) -> Iterator[tuple[Record, list[str], list[Label]]]:
    """Articles with the sentences of theirs that labels/passages.csv names, and the labels of these."""
    places: dict[str, list[dict[str, str]]] = defaultdict(list)
    file = ROOT / "labels" / f"{PASSAGES}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            places[row["document"]].append(row)
    for article in articles(corpus):
        text, sentences, labels = article["text"], [], []
        for row in places.get(article["id"], ()):
            words = text[int(row["start"]) : int(row["end"])]
            if row["type"] == "passage":
                sentences.append(words)
            else:
                labels.append((row["type"], row["optional"] == "1", [words]))
        if sentences:
            yield Record(article["id"], "", text, {"published": article["published"]}), sentences, labels


def windows(found: dict[str, Any], sentences: list[str], labels: list[Label]) -> Iterator[tuple[slice, np.ndarray]]:
    """Each labelled sentence with what stands around it, and its tags; around it nothing is learned."""
    tags = hand_tags(found, labels, regions=False)
    for words in sentences:
        start = found["text"].find(words)
        if start >= 0:
            place = slice(max(0, start - AROUND), start + len(words) + AROUND)
            seen = tags[place].copy()
            seen[: start - place.start], seen[start - place.start + len(words) :] = UNREAD, UNREAD
            yield place, seen


def hand(args: argparse.Namespace) -> None:
    if args.start:
        with np.load(args.start) as arrays:
            (args.output / "vocabulary.json").write_text(json.dumps(arrays["known"].tolist()))
    nlp, left_out = kg.load(exclude=("kg_tagger", *LATE)), held_back(args.leave_out)
    table = rows(np.array(json.loads((args.output / "vocabulary.json").read_text()), dtype=np.uint16))
    with (args.output / "hand.jsonl").open("w", encoding="utf-8") as file:
        for name, part, record, labels in labelled(args):
            if name[1:] in left_out:
                continue
            found = analysed(nlp, record)
            c, b, r = numbers(found, table)
            fold = int(hashlib.sha1(name[1:].encode()).hexdigest(), 16) % args.folds
            tags = hand_tags(found, labels, part not in WITHOUT_REGIONS).tolist()
            row = {"id": name, "part": part, "fold": fold, "c": c.tolist(), "b": b.tolist(), "r": r.tolist(),
                   "y": tags, "labels": labels, "text": record.text, "meta": record.meta}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        for record, sentences, named in passages(args.corpus):
            found = analysed(nlp, record)
            columns = numbers(found, table)
            fold = int(hashlib.sha1(record.id[1:].encode()).hexdigest(), 16) % args.folds
            for place, learned in windows(found, sentences, named):
                c, b, r = (column[place] for column in columns)
                row = {"id": record.id, "part": PASSAGES, "fold": fold, "c": c.tolist(), "b": b.tolist(),
                       "r": r.tolist(), "y": learned.tolist()}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def right(labels: list[Label], words: str, category: str) -> int | None:
    """1 for a labelled name, 0 for none, None where a careful reader may take it or leave it."""
    same = [label for label in labels if words in label[2]]
    if any(label[0] == category and not label[1] for label in same):
        return 1
    return None if any(label[1] for label in same) else 0


def evidence(nlp: Any, row: dict[str, Any], weights: str) -> Iterator[tuple[str, str, int, list[float]]]:
    """For the names of the rules and those of the tagger in an article: who sees it, category, verdict, evidence."""
    document = clean(Record(row["id"], "", row["text"], row["meta"]))
    doc, said = to_doc(nlp, document), {"odds": b"", "names": []}
    for name, component in nlp.pipeline:
        doc = component(doc)
        if name == "kg_regions":  # before the components that would let it vote
            said = memory(Tagger(weights)(doc)).pop("tagger", said)
    ballot = Ballot(text_of(doc), said["odds"], tuple(Proposal(*name) for name in said["names"]))
    rules = [m for m in mentions(doc, "bodies", "projects", "people") if m.surface and m.category in VOTING]
    for m in rules:
        verdict = right(row["labels"], ballot.text[m.start : m.end], m.category)
        if verdict is not None:
            yield "rule", m.category, verdict, ballot.evidence(m.start, m.end, m.category, m.score)
    known = {ballot.text[m.start : m.end] for m in rules}
    for p in ballot.names:
        words = ballot.text[p.start : p.end]
        verdict = right(row["labels"], words, p.category) if p.category in VOTING else None
        if verdict is None or any((m.start, m.end) == (p.start, p.end) for m in rules):
            continue
        if VOTING[p.category] == "model" and words in known:
            continue
        over = max((m.score for m in rules if m.start < p.end and p.start < m.end), default=0.0)
        yield "model", p.category, verdict, ballot.evidence(p.start, p.end, p.category, over)


def fitted(x: np.ndarray, y: np.ndarray, smooth: float = 2.0) -> np.ndarray:
    """Logistic regression by Newton's method; all weights but the first are kept small."""
    weights, ridge = np.zeros(x.shape[1]), np.eye(x.shape[1]) * smooth
    ridge[0, 0] = 0.01
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, x.T @ (p - y) + ridge @ weights)
    return weights


def vote(args: argparse.Namespace) -> None:
    nlp = kg.load(exclude=("kg_tagger", *LATE))
    seen: dict[tuple[str, str], list[tuple[int, list[float]]]] = defaultdict(list)
    for line in (args.output / "hand.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if args.part not in ("", row["part"]) or row["part"] == PASSAGES:
            continue
        weights = args.output / f"fold{row['fold']}.npz"
        for side, category, verdict, facts in evidence(nlp, row, str(weights)) if weights.exists() else ():
            seen[category, side].append((verdict, facts))
    for category, side in sorted(seen):
        if side == "model" or VOTING[category] == "both":
            y, x = (np.array(values, dtype=float) for values in zip(*seen[category, side], strict=True))
            text = ", ".join(f"{name} = {w:.2f}" for name, w in zip(FEATURES, fitted(x, y), strict=True))
            print(f"[vote.{category}]  # {int(y.sum())} right of {len(y)}\n{side} = {{ {text} }}")


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("step", choices=("weak", "hand", "vote"))
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--leave-out", type=Path, help="a file of document ids")
    parser.add_argument("--labels", type=Path, nargs="*", default=[], help="folders of labelled articles")
    parser.add_argument("--not-ending", default="89abcdef", help="leave out labelled articles whose names end so")
    parser.add_argument("--start", type=Path, help="a file of weights whose characters are the vocabulary")
    parser.add_argument("--model", action="store_true", help="weak labels of rules and tagger together")
    parser.add_argument("--most", type=int, help="at most so many articles of the corpus")
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--part", default="", help="fit the vote to this part alone")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    {"weak": weak, "hand": hand, "vote": vote}[args.step](args)


if __name__ == "__main__":
    main()
