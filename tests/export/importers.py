"""The programs that open what kg writes, as the tests call them: Gephi's importers and those of Gephi Lite."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OURS = Path(__file__).parent / "readers"
MODULES = ROOT / ".venv/readers/npm/node_modules"
JAR = ROOT / ".venv/readers/gephi/forceatlas2/ext/gephi-toolkit-0.9.2-all.jar"
SHA256 = "d570e5108b34dd9b343890c49766898c89dec46148f506824dd73677cc3a2edd"
OPEN = [f"--add-opens=java.base/java.{part}=ALL-UNNAMED" for part in ("lang", "net", "util")]


def gephi(files: Iterable[Path], zone: str = "Asia/Shanghai") -> list[dict[str, Any]]:
    """What has arrived in Gephi of each file, opened on a computer of the time zone *zone*."""
    if not shutil.which("javac"):
        pytest.skip("Java is not here, so no file is opened with Gephi's importers (a JDK of 17 or newer is needed)")
    if not JAR.is_file():
        pytest.skip("Gephi's importers are not here, so no file is opened with them (scripts/readers fetches them)")
    assert sha256(JAR.read_bytes()).hexdigest() == SHA256, f"{JAR} is another version than scripts/readers names"
    command = ["java", "-Xmx1g", "-Djava.awt.headless=true", f"-Duser.timezone={zone}", *OPEN, "-cp", str(JAR),
               str(OURS / "Gephi.java")]
    return _lines(command, files)


def lite(files: Iterable[Path]) -> list[dict[str, Any]]:
    """What the importers of Gephi Lite take from each file."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not here, so no file is opened with Gephi Lite's importers (install it with npm)")
    if not MODULES.is_dir():
        pytest.skip("The importers of Gephi Lite are not here (scripts/readers fetches them)")
    return _lines(["node", str(OURS / "graphology.js"), str(MODULES)], files)


def _lines(command: list[str], files: Iterable[Path]) -> list[dict[str, Any]]:
    names = [str(file) for file in files]
    done = subprocess.run([*command, *names], capture_output=True, timeout=300, check=False,
                          env={**os.environ, "LC_ALL": "C"})
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
    told = [json.loads(line, parse_int=float) for line in done.stdout.decode("utf-8").split("\n") if line]
    assert len(told) == len(names), done.stderr.decode(errors="replace")[-3000:]
    return told
