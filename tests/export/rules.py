"""The schemas of GraphML and GEXF (tests/export/schemas says where they come from), and files held to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
RULES = {"graphml": etree.XMLSchema(file=SCHEMAS / "graphml.xsd"), "gexf": etree.RelaxNG(file=SCHEMAS / "gexf.rng")}


def keeps(path: Path) -> Any:
    """The file, which keeps the rules of its schema."""
    tree = etree.parse(str(path))
    rules = RULES[path.suffix[1:]]
    assert rules.validate(tree), rules.error_log
    return tree
