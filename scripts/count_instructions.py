"""How many instructions the program needs for the samples, as callgrind counts them: the same number on a busy machine.

    count_instructions.py [--check FILE | --write FILE]

--check compares with the number that FILE keeps for this version of Python and fails where it has grown by more than 15
in 100; --write keeps the new one. Start-up is left out. Without valgrind, or without a number for this Python, it says
so and passes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
MARGIN: Final = 1.15
COLLECTED: Final = re.compile(r"Collected : (\d+)")
WORK: Final = """
import os, subprocess, sys
from pathlib import Path
from kg.pipeline import analyse
from kg.sources import read
records = sorted(read([Path("samples")], []), key=lambda record: record.id)
assert all(analyse(record)[0] for record in records)  # start-up ends here: all that is read and compiled once
if sys.argv[1:]:
    subprocess.run([sys.argv[1], "-i", "on", str(os.getpid())], check=True, capture_output=True)
assert all(analyse(record)[0] for record in records)
"""


def count() -> int:
    """Instructions from record to statements for all samples, in one process of its own with fixed hashes."""
    settings = {**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
    work = [sys.executable, "-c", WORK]
    subprocess.run(work, cwd=ROOT, env=settings, check=True)  # so that everything is compiled
    tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--instr-atstart=no"]
    done = subprocess.run([*tool, *work, "callgrind_control"], cwd=ROOT, env=settings, capture_output=True, text=True)
    found = COLLECTED.search(done.stderr)
    if done.returncode or found is None:
        raise SystemExit(f"count_instructions: valgrind gave no count:\n{done.stderr[-800:]}")
    return int(found[1])


def main() -> int:
    """Count, and compare or keep."""
    parser = argparse.ArgumentParser(description="Count instructions for the samples.")
    parser.add_argument("--check", type=Path)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    if not shutil.which("valgrind"):
        print("instructions were not counted: valgrind is missing (remedy: install the package valgrind)")
        return 0
    python, kept = f"{sys.version_info.major}.{sys.version_info.minor}", args.check or args.write
    numbers = json.loads(kept.read_text("utf-8")) if kept and kept.exists() else {}
    if args.check and python not in numbers:
        print(f"instructions were not counted: {args.check} has no number for Python {python} (remedy: --write)")
        return 0
    found = count()
    print(f"instructions for the samples: {found:,}")
    if args.write:
        args.write.write_text(json.dumps({**numbers, python: found}, indent=1, sort_keys=True) + "\n", "utf-8")
    elif args.check:
        ratio = found / numbers[python]
        print(f"that is {ratio:.3f} of the number kept in {args.check} (limit {MARGIN})")
        return int(ratio > MARGIN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
