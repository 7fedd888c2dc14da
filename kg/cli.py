"""The command words of kg, progress and exit codes; the only room that prints.

Exit codes: 0 done, 1 nothing could be read or written (one line says why), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from kg import __version__
from kg.errors import KgError
from kg.model.schema import STATUSES

Command = Callable[[argparse.Namespace], None]

OUTPUT: Final = Path("output")
GRAPH: Final = OUTPUT / "graph.graphml"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that has no Chinese shows question marks and goes on
    parser = _parser()
    args = parser.parse_args(argv)
    if not hasattr(args, "command"):
        parser.print_help(sys.stderr)
        return 2
    try:
        args.command(args)
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 1
    except OSError as error:  # a folder or disk that fails in the middle
        if isinstance(error, BrokenPipeError):  # the reader of a pipe has seen enough
            sys.stderr.close()
            return 0
        where, what = error.filename or "input or output", error.strerror or str(error)
        print(f"kg: {where}: {what} (remedy: check that it is there and may be used)", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("kg: interrupted; nothing more was written", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kg", description="Knowledge graphs from Chinese official news.")
    parser.add_argument("--version", action="version", version=f"kg {__version__}")
    words = parser.add_subparsers(title="commands", metavar="COMMAND")

    build = _word(words, "build", _build, "read articles and write graph.html, graph.graphml and report.json")
    build.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files and folders with articles")
    build.add_argument("-o", "--output", metavar="DIR", type=Path, default=OUTPUT, help="folder to write to (output)")
    build.add_argument("--workers", metavar="N", type=_count, default=1, help="processes that read articles (1)")
    build.add_argument(
        "--status",
        metavar="WORDS",
        type=_statuses,
        default=("fact",),
        help=f"which statements reach the graph, of {', '.join(STATUSES)} (fact)",
    )

    build.add_argument("--lexicon", metavar="FILE", type=Path, help="a TOML file of your own words (docs/lexicon.md)")
    build.add_argument("--no-model", action="store_true", help="rules alone: the tagger has no vote (docs/tagger.md)")
    _add_columns(build)

    read = _word(words, "read", _read, "show how articles are read: metadata, repairs, lines left out")
    read.add_argument("paths", metavar="FILE", nargs="+", type=Path, help="files and folders with articles")
    read.add_argument("--show", action="store_true", help="the cleaned text, every repair, every line left out")
    read.add_argument("--json", action="store_true", help="all of it as one JSON object a line, for machines")
    _add_columns(read)

    export = _word(words, "export", _export, "write a finished graph in another format")
    export.add_argument("graph", metavar="FILE", type=Path, help="a graph.graphml that kg wrote")
    export.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="the suffix names the format")
    formats = "csv (a folder or NAME.csv), gexf, graphml, html or jsonl, whatever the suffix"
    export.add_argument("-f", "--format", metavar="FORMAT", help=formats)

    explain = _word(words, "explain", _explain, "show all that a graph knows of a name, with its sentences")
    explain.add_argument("name", metavar="NAME", help="a label, an alias or a node id")
    path = _word(words, "path", _path, "show how two names hang together, with the sentences of every step")
    path.add_argument("first", metavar="A")
    path.add_argument("last", metavar="B")
    stats = _word(words, "stats", _stats, "count the nodes and edges of a graph")
    for word in (explain, path, stats):
        word.add_argument("--graph", metavar="FILE", type=Path, default=GRAPH, help=f"the graph to read ({GRAPH})")

    evaluate = _word(words, "evaluate", _evaluate, "measure a graph against articles labelled by hand")
    evaluate.add_argument(
        "gold", metavar="GOLD_DIR", nargs="+", type=Path, help="folders with articles and label files"
    )
    evaluate.add_argument("--graph", metavar="FILE", type=Path, help="measure this graph, not one built from GOLD_DIR")
    evaluate.add_argument("--docs", metavar="A,B", help="only these documents")
    evaluate.add_argument("--misses", action="store_true", help="list every miss and every spurious item")
    evaluate.add_argument("--json", metavar="FILE", type=Path, help="also write the figures here")
    evaluate.add_argument("--workers", metavar="N", type=_count, default=1)
    return parser


def _word(
    words: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Command,
    what: str,
) -> argparse.ArgumentParser:
    parser = words.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
    parser.set_defaults(command=command)
    return parser


def _add_columns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--column",
        metavar="MEANING=NAME",
        type=_column,
        action="append",
        default=[],
        help="the field of CSV or JSON lines that holds text, title, id, published, source, url or author (guessed)",
    )


def _column(text: str) -> tuple[str, str]:
    from kg.sources.source import column_names

    meaning, _, name = text.partition("=")
    if meaning not in column_names() or not name:
        known = ", ".join(column_names())
        raise argparse.ArgumentTypeError(f"{text!r} is no column (write text=NAME; known are {known})")
    return meaning, name


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes (1 or more)")
    return int(text)


def _statuses(text: str) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    wrong = [part for part in given if part not in STATUSES]
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong[0]!r} is no status (choose from {', '.join(STATUSES)})")
    return given


def _build(args: argparse.Namespace) -> None:
    from kg.commands.build import build

    build(args.paths, args.output, args.workers, args.status, dict(args.column), args.lexicon, not args.no_model)


def _read(args: argparse.Namespace) -> None:
    from kg.commands.read import read

    _print(read(args.paths, args.show, args.json, dict(args.column)))


def _export(args: argparse.Namespace) -> None:
    from kg.explain import open_graph
    from kg.export import written

    _print(map(str, written(open_graph(args.graph), args.output, args.format)))


def _explain(args: argparse.Namespace) -> None:
    from kg.explain import explain, open_graph

    _print(explain(open_graph(args.graph), args.name))


def _path(args: argparse.Namespace) -> None:
    from kg.explain import open_graph, path

    _print(path(open_graph(args.graph), args.first, args.last))


def _stats(args: argparse.Namespace) -> None:
    from kg.commands.tables import show_graph
    from kg.explain import open_graph

    show_graph(open_graph(args.graph))


def _evaluate(args: argparse.Namespace) -> None:
    from kg.commands.evaluate import evaluate

    _print(evaluate(args.gold, args.graph, args.docs, args.misses, args.json, args.workers))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
