"""The dataclasses that travel through kg, and the schema of the graph."""

from kg.model.document import Document, Line, Problem, Record, Repair
from kg.model.entity import Entity, Resolution
from kg.model.ids import content_id
from kg.model.mention import Claim, Mention, Value
from kg.model.quantity import Quantity
from kg.model.statement import Attributes, Evidence, Extraction, LocalEntity, Statement

__all__ = [
    "Attributes",
    "Claim",
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "Line",
    "LocalEntity",
    "Mention",
    "Problem",
    "Quantity",
    "Record",
    "Repair",
    "Resolution",
    "Statement",
    "Value",
    "content_id",
]
