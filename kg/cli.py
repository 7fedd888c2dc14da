"""The command words of kg, progress and exit codes; the only room that prints.

Exit codes: 0 done, 1 nothing could be read or written (one line says why), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from kg import __version__
from kg.commands.selection import add_selection
from kg.errors import KgError
from kg.model.schema import STATUSES

Command = Callable[[argparse.Namespace], object]

OUTPUT: Final = Path("output")
GRAPH: Final = OUTPUT / "graph.graphml"
STORE: Final = OUTPUT / "kg.sqlite"


def main(argv: Sequence[str] | None = None, leave: Callable[[int], int] = int) -> int:
    """Run one command and return its exit code, through *leave* where it went well.

    What a command answers is held until then: to take a large graph apart costs a second, and who leaves need not.
    A command may switch the search for cycles off (kg.commands.build): here it is switched on again.
    """
    searched = gc.isenabled()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that has no Chinese shows question marks and goes on
    parser = _parser()
    args = parser.parse_args(argv)
    if not hasattr(args, "command"):
        parser.print_help(sys.stderr)
        return 2
    try:
        held = args.command(args)
        code = leave(0)
        del held
        return code
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
    finally:
        if searched:
            gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kg", description="Knowledge graphs from Chinese official news.")
    parser.add_argument("--version", action="version", version=f"kg {__version__}")
    words = parser.add_subparsers(title="commands", metavar="COMMAND")

    build = _word(words, "build", _build, "read articles and write graph.html, graph.graphml and report.json")
    build.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files and folders with articles")
    build.add_argument("-o", "--output", metavar="DIR", type=Path, default=OUTPUT, help="folder to write to (output)")
    build.add_argument("--workers", metavar="N", type=_count, default=1, help="processes that read articles (1)")
    limit = "seconds that one article may take before it is given up (60; docs/workers.md)"
    build.add_argument("--limit", metavar="SECONDS", type=_seconds, help=limit)
    build.add_argument("--engine", metavar="NAME", default="", help="read on many machines: dask (docs/cluster.md)")
    build.add_argument("--master", metavar="URL", default="", help="the engine's cluster (--workers processes here)")
    build.add_argument(
        "--status",
        metavar="WORDS",
        type=_statuses,
        default=("fact",),
        help=f"which statements reach the graph, of {', '.join(STATUSES)} (fact)",
    )

    build.add_argument("--lexicon", metavar="FILE", type=Path, help="a TOML file of your own words (docs/lexicon.md)")
    build.add_argument("--no-model", action="store_true", help="rules alone: the tagger has no vote (docs/tagger.md)")
    build.add_argument("--decisions", metavar="FILE", type=Path, help="a sheet of decisions (docs/review.md)")
    _add_columns(build)
    store = build.add_mutually_exclusive_group()
    store.add_argument("--store", metavar="FILE", type=Path, help="the store of what was read before (DIR/kg.sqlite)")
    store.add_argument("--no-store", action="store_true", help="read everything anew and remember nothing")

    diff = _word(words, "diff", _diff, "say what is new, gone or changed between two builds or two graphs")
    named = f"a store ({STORE}, its build 3 as {STORE}@3), the folder of one, or a graph.graphml"
    diff.add_argument("old", metavar="OLD", help=f"{named}; a store alone: its last two builds")
    diff.add_argument("new", metavar="NEW", nargs="?", help="the same for what came later")
    listed = "every relation, not only posts, pairings, visits, supports, and projects"
    diff.add_argument("--all", action="store_true", help=listed)
    diff.add_argument("--json", action="store_true", help="one JSON object for machines, with all relations")

    read = _word(words, "read", _read, "show how articles are read: metadata, repairs, lines left out")
    read.add_argument("paths", metavar="FILE", nargs="+", type=Path, help="files and folders with articles")
    read.add_argument("--show", action="store_true", help="the cleaned text, every repair, every line left out")
    read.add_argument("--json", action="store_true", help="all of it as one JSON object a line, for machines")
    _add_columns(read)

    export = _word(words, "export", _export, "write a finished graph, or a part of it, in another format")
    export.add_argument("graph", metavar="FILE", type=Path, help="a graph.graphml that kg wrote")
    export.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="the suffix names the format")
    formats = (
        "whatever the suffix: csv (a folder or NAME.csv), cypher, ftm (FollowTheMoney), gexf, graphml, html, "
        "json (node-link), jsonl (statements), jsonld, neo4j (a folder), nt or ttl (RDF), parquet (a folder or "
        "NAME.parquet)"
    )
    export.add_argument("-f", "--format", metavar="FORMAT", help=formats)
    add_selection(export)

    explain = _word(words, "explain", _explain, "show all that a graph knows of a name, with its sentences")
    explain.add_argument("name", metavar="NAME", help="a label, an alias, or the id of a node or relation")
    explain.add_argument("other", metavar="OTHER", nargs="?", default="", help="only what is between the two names")
    path = _word(words, "path", _path, "show how two names hang together, with the sentences of every step")
    path.add_argument("first", metavar="A")
    path.add_argument("last", metavar="B")
    view = _word(words, "view", _view, "show a ready view of a graph, or write its tables and its network")
    view.add_argument("name", metavar="NAME", nargs="?", help="without a name, the views there are")
    view.add_argument("-o", "--output", metavar="OUT", type=Path, help="a folder, NAME.csv or NAME.graphml (.gexf)")
    view.add_argument("--level", metavar="LEVEL", default="county", help="province, prefecture or county (county)")
    view.add_argument("--english", action="store_true", help="columns by their names in Python, not in Chinese")
    stats = _word(words, "stats", _stats, "counts, centralities, communities of a graph, and what is missing in it")
    stats.add_argument("--top", metavar="N", type=_count, default=10, help="rows of each list (10)")
    stats.add_argument("--json", action="store_true", help="all of it as JSON, for machines")
    stats.add_argument("--counts", action="store_true", help="counts only, at once on any graph")
    stats.add_argument("--write", metavar="OUT", type=Path, help="the graph with these figures on its nodes")
    review = _word(words, "review", _review, "list what a person should look at, or take decisions from a sheet")
    review.add_argument("-o", "--output", metavar="FILE", type=Path, help="write a sheet (review.csv) to be filled in")
    review.add_argument("--apply", metavar="FILE", type=Path, help="take the decisions of a sheet into the store")
    review.add_argument("--store", metavar="FILE", type=Path, help="the store to use (kg.sqlite beside the graph)")
    review.add_argument("--top", metavar="N", type=_count, default=20, help="lines of each kind on the screen (20)")
    review.add_argument("--below", metavar="X", type=_share, help="relations of a confidence below X (0.75)")
    for word in (explain, path, view, stats, review):
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
        raise argparse.ArgumentTypeError(f"{text!r} is no number (1 or more)")
    return int(text)


def _seconds(text: str) -> float:
    from kg.engines.guard import LONGEST

    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds (more than 0, at most {LONGEST:g})")
    return seconds


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share (from 0 to 1)")
    return share


def _statuses(text: str) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    wrong = [part for part in given if part not in STATUSES]
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong[0]!r} is no status (choose from {', '.join(STATUSES)})")
    return given


def _build(args: argparse.Namespace) -> object:
    from kg.commands.build import build
    from kg.engines.guard import LIMIT

    store = None if args.no_store else args.store or args.output / STORE.name
    columns, model = dict(args.column), not args.no_model
    limit, engine = args.limit or LIMIT, (args.engine, args.master)
    decisions = args.decisions
    return build(args.paths, args.output, args.workers, limit, args.status, columns, args.lexicon, model, store,
                 decisions, engine)


def _diff(args: argparse.Namespace) -> None:
    from kg.commands.diff import diff

    _print(diff(args.old, args.new, args.all, args.json))


def _read(args: argparse.Namespace) -> None:
    from kg.commands.read import read

    _print(read(args.paths, args.show, args.json, dict(args.column)))


def _export(args: argparse.Namespace) -> None:
    from kg.commands.selection import chosen
    from kg.export import written
    from kg.reading.explain import open_graph

    graph = chosen(open_graph(args.graph), args)
    _print(map(str, written(graph, args.output, args.format)))


def _explain(args: argparse.Namespace) -> None:
    from kg.reading.explain import explain, surroundings

    names = filter(None, (args.name, args.other))
    _print(explain(surroundings(args.graph, *names), args.name, args.other))


def _review(args: argparse.Namespace) -> None:
    from kg.commands.review import apply, review

    store = args.store or args.graph.with_name(STORE.name)
    lines = apply(args.apply, store) if args.apply else review(args.graph, store, args.output, args.top, args.below)
    _print(lines)


def _path(args: argparse.Namespace) -> None:
    from kg.reading.explain import open_graph, path

    _print(path(open_graph(args.graph), args.first, args.last))


def _stats(args: argparse.Namespace) -> None:
    from kg.commands.stats import stats

    stats(args.graph, args.top, args.json, args.counts, args.write)


def _view(args: argparse.Namespace) -> None:
    from kg.commands.view import view

    view(args.graph, args.name, args.output, args.level, not args.english)


def _evaluate(args: argparse.Namespace) -> None:
    from kg.commands.evaluate import evaluate

    _print(evaluate(args.gold, args.graph, args.docs, args.misses, args.json, args.workers))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
