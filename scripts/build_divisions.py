"""Compile the tables of administrative divisions into the data that kg ships (`kg/lexicon/data/divisions`).

    python scripts/build_divisions.py ../shared/regions

reads the compiled facts (see the README beside the shipped data for their sources) and writes

    divisions.tsv      provinces, prefectures, counties: code, level, name, short, latitude, longitude, aliases
    former.tsv         old name, its code, last year, code of today (reviewed `successors.tsv` fills what no rule finds)
    towns.tsv.xz       town name and the codes that bear it; a year stands behind names that are gone
    villages/NN.tsv.xz villages of one province: town code and stems
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

OUT = Path(__file__).parent.parent / "kg" / "lexicon" / "data" / "divisions"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated table with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def lines(path: Path) -> list[str]:
    return lzma.decompress(path.read_bytes()).decode("utf-8").splitlines()


def write(path: Path, found: Iterable[str]) -> None:
    """Write lines as text, packed where the name says so."""
    data = "".join(f"{line}\n" for line in found).encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME) if path.suffix == ".xz" else data)


def divisions(source: Path) -> dict[str, str]:
    """Write divisions.tsv; returns code to name."""
    table = rows(source / "regions_l1_l3.tsv")
    write(
        OUT / "divisions.tsv",
        ["code\tlevel\tname\tshort\tlatitude\tlongitude\taliases"]
        + ["\t".join((r["code"], r["level"], r["name"], r["short"], r["lat"], r["lon"], r["alias"])) for r in table],
    )
    return {r["code"]: r["name"] for r in table}


def former(source: Path, names: dict[str, str]) -> None:
    """Write former.tsv: names of today's codes in earlier years, and codes that are gone."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    reviewed = {r["code"]: r["successor"] for r in rows(OUT / "successors.tsv")}
    for r in rows(source / "regions_l1_l3.tsv"):
        for entry in filter(None, r["former"].split(";")):
            name, _, last = entry.partition("~")
            found[name, r["code"]] = (last, r["code"])
    bad: list[str] = []
    for r in rows(source / "former_names.tsv"):
        if names.get(r["old_code"]) == r["name"]:
            continue
        successor = reviewed.get(r["old_code"]) or r["successor_by_rule"]
        if successor and successor not in names:
            bad.append(f"{r['old_code']} {r['name']}: {successor}")
        found.setdefault((r["name"], successor or r["old_code"]), (r["last_seen"], successor))
    if bad:
        raise SystemExit("successors that are no divisions of today:\n" + "\n".join(bad))
    write(
        OUT / "former.tsv",
        ["name\tcode\tlast\tsuccessor"]
        + ["\t".join((name, code, last, successor)) for (name, code), (last, successor) in sorted(found.items())],
    )


def stem(name: str) -> str:
    """The name of a town without its ending: 齐家佐乡 and 齐家佐镇 are one."""
    for tail in ("街道办事处", "地区办事处", "办事处", "民族乡", "街道", "地区", "苏木", "镇", "乡"):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name[: -len(tail)]
    return name


def towns(source: Path) -> None:
    """Write towns.tsv.xz: one line for each name with all codes, today's first."""
    by_name: dict[str, list[str]] = defaultdict(list)
    today: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines(source / "towns_2023.tsv.xz"):
        county, _, rest = line.partition("\t")
        for entry in rest.split("|"):
            by_name[entry[3:]].append(county + entry[:3])
            today[county][entry[3:]] = county + entry[:3]
    for line in lines(source / "towns_former_2015_2022.tsv.xz"):
        code, name, year = line.split("\t")
        if name not in today[code[:6]]:
            same = [c for other, c in sorted(today[code[:6]].items()) if stem(other) == stem(name)]
            by_name[name].append(f"{same[0] if len(same) == 1 else code}~{year}")
    write(OUT / "towns.tsv.xz", (f"{name}\t{' '.join(codes)}" for name, codes in sorted(by_name.items())))


def villages(source: Path) -> None:
    """Write one packed file for each province."""
    by_province: dict[str, list[str]] = defaultdict(list)
    for line in lines(source / "villages_2023.tsv.xz"):
        by_province[line[:2]].append(line)
    for province, found in sorted(by_province.items()):
        write(OUT / "villages" / f"{province}.tsv.xz", found)


def main(source: Path) -> None:
    names = divisions(source)
    former(source, names)
    towns(source)
    villages(source)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
