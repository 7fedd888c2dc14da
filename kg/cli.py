"""Command words (interim)."""

from __future__ import annotations

import sys

from kg.pipeline import main as run


def main() -> int:
    args = sys.argv[1:]
    at = args.index("-o")
    run([a for a in args[1:at]], args[at + 1])
    return 0
