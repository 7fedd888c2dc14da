"""Large heaps: the benchmark runs, and the memory of extraction does not grow with what was read."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from kg.model import Record
from kg.pipeline import _nlp, analyse

ROOT = Path(__file__).parent.parent


def test_the_benchmark_of_heaps_writes_its_table(tmp_path: Path) -> None:
    corpus, document = tmp_path / "corpus.jsonl.xz", tmp_path / "speed.md"
    texts = [f"2023年5月{day}日，青岛市城阳区代表团到陇西县考察。" for day in range(1, 5)]
    lines = [json.dumps({"id": f"a{n}", "text": text, "published": "2023-05-09"}) for n, text in enumerate(texts)]
    with lzma.open(corpus, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    document.write_text("before\n<!-- bench_flat.py -->\nold\n<!-- end of bench_flat.py -->\nbehind\n", "utf-8")
    script = [sys.executable, str(ROOT / "scripts" / "bench_flat.py"), "--corpus", str(corpus)]
    done = subprocess.run([*script, "--articles", "2", "--times", "2", "--write", str(document)],
                          capture_output=True, text=True, check=True)
    written = document.read_text("utf-8")
    assert written.startswith("before\n<!-- bench_flat.py -->\n4 articles and every 2th of them")
    assert written.endswith("<!-- end of bench_flat.py -->\nbehind\n")
    assert "old" not in written
    assert done.stdout.strip() in written
    rows = [line.split("|")[1:-1] for line in written.splitlines() if line.startswith("| ")]
    assert [len(row) for row in rows] == [5] * 5  # head, line, few, many, how many times
    assert rows[2][0].strip() == f"2 articles, {len(texts[0]) + len(texts[2])} characters"
    assert all(float(cell) > 0 for cell in rows[4][1:])
    missing = subprocess.run([*script[:3], str(tmp_path / "none"), "--times", "2"], capture_output=True, text=True)
    assert missing.returncode == 1
    assert "there is no corpus here" in missing.stderr


def _record(number: int, name: str) -> Record:
    text = f"青石市石桥区区委书记李{name}率团赴陇西县考察{name}农业科技有限公司，并与{name}实验小学签订协议。"
    return Record(f"a{number}", f"a{number}", text, {"published": "2023-05-09"})


def test_no_word_of_an_article_outlives_it() -> None:
    letters = "松柏梅兰竹菊"
    assert analyse(_record(0, letters))[0] is not None
    before = len(_nlp(True).vocab.strings)
    told = [analyse(_record(n, "".join(pair)))[0] for n, pair in enumerate(pairwise(letters))]
    assert all(one is not None and any("实验小学" in entity.name for entity in one.entities) for one in told)
    assert len(_nlp(True).vocab.strings) == before


def test_threads_find_what_one_finds() -> None:
    records = [_record(n, "".join(pair)) for n, pair in enumerate(pairwise("松柏梅兰竹菊云山石川林海江"))]
    alone = [analyse(record)[0] for record in records]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda record: analyse(record)[0], records)) == alone
