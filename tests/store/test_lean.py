"""What a build loads: libraries that nobody here asks for cost every increment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from builds import fill

UNASKED = ("IPython", "jsonpickle", "yaml", "urllib.request")
PROGRAM = """
import sys
from kg.cli import main
assert main(["build", *sys.argv[1:3], "-o", sys.argv[3]]) == 0
print("loaded:", *(name for name in sys.argv[4:] if name in sys.modules))
"""


def test_a_build_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", ["visit-zhenhai-jinyang.txt"])
    command = [sys.executable, "-c", PROGRAM, str(folder), "--no-model", str(tmp_path / "out"), *UNASKED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"
