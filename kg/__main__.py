"""The command kg, and python -m kg."""

import atexit
import os
import sys

from kg.cli import main


def run() -> None:
    """Run the command of this process and end it."""
    sys.exit(main(leave=_leave))


def _leave(code: int) -> int:
    """End the process without taking apart millions of objects one by one, which nobody sees."""
    sys.stdout.flush()
    sys.stderr.flush()
    atexit._run_exitfuncs()
    os._exit(code)


if __name__ == "__main__":
    run()
