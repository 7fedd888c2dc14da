"""Throw broken files at readers, decoding and repair, and keep what they stumble over.

    fuzz.py [--minutes 10] [--engine hypothesis|atheris] [--seed 1] [--out FOLDER]

One input begins as an article in one of the formats and is torn, or is bytes made up. What must hold: a reader gives
records and problems and no defect; decoding gives text or a refusal; cleaned text leads back to its original, span by
span; no input of some kilobytes takes more than SLOW seconds. What breaks this is written to FOLDER and its trace
printed, the same defect once. The engine atheris is guided by coverage; install it into .venv by hand.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SLOW = 20.0  # seconds
LONGEST = 40_000  # bytes of an input

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


class Finding(AssertionError):
    """Something that must hold does not."""


def check(condition: object, what: str) -> None:
    if not condition:
        raise Finding(what)


def try_decoding(data: bytes) -> None:
    from kg.errors import ReadError
    from kg.text.decoding import decode

    for declared in ("", "gbk", "big5", "no such thing"):
        try:
            found = decode(data, declared)
        except ReadError as error:
            check(error.what and error.remedy, "a refusal without a word")
        else:
            check(found.encoding, "no encoding is named")


def try_cleaning(text: str, meta: dict[str, str] | None = None) -> None:
    from kg.model import Record
    from kg.text import clean

    record = Record("a", "a.txt", text, meta or {})
    doc = clean(record)
    check(doc.original == text, "the original was changed")
    check(len(doc.text) == len(doc.starts) == len(doc.ends), "the map has another length than the text")
    check(all(0 <= a < b <= len(text) for a, b in zip(doc.starts, doc.ends, strict=True)), "a span leaves the original")
    check(list(doc.starts) == sorted(doc.starts), "the map runs backwards")
    check(not any(char < " " and char not in "\n\t" for char in doc.text), "a control character is left")
    place = 0
    for line in doc.lines:
        check(place <= line.start < line.end <= len(doc.text), "lines overlap or leave the text")
        check("\n" not in doc.text[line.start : line.end], "a line holds a line break")
        place = line.end
    for repair in doc.repairs:
        check(text[repair.start : repair.end] == repair.before, "a repair does not quote its original")
    check(doc == clean(record), "cleaning twice gives two results")


def try_reader(data: bytes, suffix: str) -> None:
    from kg.model import Problem
    from kg.sources import LONGEST as LIMIT
    from kg.sources import _sound, read_source
    from kg.sources.source import Source

    for found in read_source(Source(f"a{suffix}", "a", data), suffix):
        if isinstance(found, Problem):
            check("the reader failed" not in found.what, found.what)
            check(found.what and (found.remedy or found.kind != "problem"), f"no remedy: {found}")
            continue
        record = _sound(found, [])
        if record is not None:
            check(len(record.text) <= LIMIT, "a record above the limit")
            try_cleaning(record.text, record.meta)


def targets() -> list[str]:
    from kg.sources import FORMATS

    return ["decoding", "cleaning", *sorted(FORMATS)]


def attempt(target: str, data: bytes) -> None:
    """One input for one target; raises whatever is wrong with it."""
    begun = time.process_time()
    if target == "decoding":
        try_decoding(data)
    elif target == "cleaning":
        try_cleaning(data.decode("utf-8", "replace"))
    else:
        try_reader(data, target)
    taken = time.process_time() - begun
    check(taken < SLOW, f"it took {taken:.0f} seconds")


def articles() -> dict[str, list[bytes]]:
    """Whole inputs for every target, to begin from."""
    from tests.sources.files import ARTICLES

    prose = [file.read_bytes() for file in sorted((ROOT / "samples").glob("*.txt"))]
    texts = [data.decode("utf-8") for data in prose if _is_utf8(data)]
    dirty = [DIRT.join(texts[0].split("，")).encode(), (texts[1] + DIRT).encode()]
    encoded = [texts[0].encode(name) for name in ("gb18030", "utf-16", "utf-16-be", "utf-32")]
    found = {"decoding": prose + encoded, "cleaning": [text.encode() for text in texts] + dirty}
    for suffix, data in ARTICLES.items():
        found[suffix] = [data, *(prose[:2] if suffix in {".txt", ".md", ".html"} else [])]
    found[".zip"].append(_archive(ARTICLES))
    return found


DIRT = "京津?qū)\ue78b诜鲐氋Y源協(xié)作任務(wù)，⼈⺠\u200b网•责任编辑：甲乙丙 来源：某报2020-02-30\r\n原标题：某某"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _archive(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix, data in members.items():
            archive.writestr(f"a{suffix}", data)
    return out.getvalue()


MARKS = (
    *(b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\r\n", b"\n", b"\x0b", b"?", b"<", b">", b"]]>", b"<!--"),
    *(b"&#0;", b"&#x110000;", b"\xed\xa0\x80", b"PK\x03\x04", b"\xe2\x80\xa8", b"(xi\xc3\xa9)", b"?q\xc5\xab)"),
    *(b"stream", b"endobj", b"/Type", b"99999999999", b"-1", b"\x81\x30\x81\x30", b"\xf0\x9f\x98\x80", b",,,", b"\t"),
    *(b'"', b"{", b"[", "来源：".encode(), "原标题：".encode(), "责任编辑：".encode(), "的".encode(), "協".encode()),
    "2020年13月".encode(),
)


def tear(data: bytes, dice: random.Random) -> bytes:
    """*data* with some places broken: bytes changed, stretches lost, doubled, moved, marks put in."""
    torn = bytearray(data[:LONGEST])
    for _ in range(dice.choice((0, 1, 1, 2, 4, 10, 40))):
        place = dice.randrange(len(torn) + 1)
        size = dice.choice((1, 1, 2, 3, 8, 60, 500))
        deed = dice.randrange(6)
        if deed == 0 and torn:
            torn[min(place, len(torn) - 1)] = dice.randrange(256)
        elif deed == 1:
            del torn[place : place + size]
        elif deed == 2:
            torn[place:place] = torn[place : place + size]
        elif deed == 3:
            torn[place:place] = dice.choice(MARKS) * dice.choice((1, 1, 1, 2, 50))
        elif deed == 4:
            torn[place:place] = dice.randbytes(min(size, 60))
        else:
            other = dice.randrange(len(torn) + 1)
            torn[place:place] = torn[other : other + size]
    return bytes(torn[:LONGEST])


@dataclass
class Keeper:
    """Tries inputs, counts them, and keeps the first of each kind of finding."""

    out: Path
    tried: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)

    def one(self, target: str, data: bytes) -> None:
        self.tried[target] += 1
        try:
            attempt(target, data)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            what = str(error) if isinstance(error, Finding) else ""
            kind = f"{target} {type(error).__name__} {frame.name} {frame.lineno} {what}"
            if kind not in self.told:
                self.told.add(kind)
                self.out.mkdir(parents=True, exist_ok=True)
                file = self.out / f"{target.strip('.')}-{sha256(data).hexdigest()[:10]}"
                file.write_bytes(data)
                print(f"FINDING {file}: {type(error).__name__}: {error}"[:400], flush=True)
                traceback.print_exception(error, limit=-4)

    def report(self, minutes: float) -> None:
        counts = dict(sorted(self.tried.items()))
        print(
            f"{sum(self.tried.values()):,} inputs in {minutes:g} minutes, {len(self.told)} findings; {counts}",
            flush=True,
        )


def with_hypothesis(minutes: float, seed: int, keeper: Keeper) -> int:
    """Rounds of examples until the time is over: torn articles, and whatever bytes and texts hypothesis thinks of."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    whole = articles()
    end = time.monotonic() + minutes * 60
    calm = settings(
        max_examples=200,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )

    def one(target: str, data: bytes) -> None:
        if time.monotonic() < end:
            keeper.one(target, data)

    def torn(data: Any) -> None:
        target = data.draw(st.sampled_from(targets()))
        article = data.draw(st.sampled_from(whole[target]))
        one(target, tear(article, random.Random(data.draw(st.integers(0, 1 << 40)))))

    number = 0
    while time.monotonic() < end:
        number += 1
        again = seeded(seed * 1_000_000 + number)
        made_up = st.binary(max_size=600) | st.text(max_size=300).map(_encoded)
        again(calm(given(st.data())(torn)))()
        again(calm(given(st.sampled_from(targets()), made_up)(one)))()
    keeper.report(minutes)
    return int(bool(keeper.told))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def with_atheris(minutes: float, seed: int, keeper: Keeper) -> int:
    """Coverage-guided: the first byte of an input chooses the target."""
    import atheris

    with atheris.instrument_imports(include=["kg"]):
        for name in ("kg.text", "kg.text.decoding", "kg.sources", "kg.sources.zip"):
            import_module(name)
        for module in sorted(set(import_module("kg.sources").FORMATS.values())):
            import_module(f"kg.sources.{module}")
    names = targets()
    begun = keeper.out / f"corpus-{seed}"
    begun.mkdir(parents=True, exist_ok=True)
    for target, wholes in articles().items():
        for data in wholes:
            (begun / sha256(data).hexdigest()[:16]).write_bytes(bytes([names.index(target)]) + data[:LONGEST])
    end = time.monotonic() + minutes * 60

    def one(data: bytes) -> None:
        keeper.one(names[data[0] % len(names)] if data else "decoding", data[1:])
        if time.monotonic() > end:
            keeper.report(minutes)
            os._exit(int(bool(keeper.told)))  # libFuzzer would end the process without a word

    limits = (f"-max_total_time={int(minutes * 60) + 60}", f"-max_len={LONGEST}", f"-seed={seed}")
    atheris.Setup([sys.argv[0], *limits, "-timeout=60", "-rss_limit_mb=3000", str(begun)], one)
    atheris.Fuzz()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--engine", choices=("hypothesis", "atheris"), default="hypothesis")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "fuzz", help="folder for findings")
    given = parser.parse_args()
    engine = with_atheris if given.engine == "atheris" else with_hypothesis
    return engine(given.minutes, given.seed, Keeper(given.out))


if __name__ == "__main__":
    sys.exit(main())
