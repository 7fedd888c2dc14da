"""The dataclasses that travel through kg, and the schema of the graph."""

from kg.model.decision import NOTHING, Action, Decision, Outcome, Thing
from kg.model.document import Document, Line, Problem, Record, Repair
from kg.model.entity import Entity, Resolution
from kg.model.ids import content_id
from kg.model.judgement import Conflict, Judgement, Member, Reason, Verdict
from kg.model.mention import Claim, Mention, Value
from kg.model.notes import Notes, Page
from kg.model.quantity import Quantity
from kg.model.statement import Attributes, Evidence, Extraction, LocalEntity, Statement

__all__ = [
    "NOTHING",
    "Action",
    "Attributes",
    "Claim",
    "Conflict",
    "Decision",
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "Judgement",
    "Line",
    "LocalEntity",
    "Member",
    "Mention",
    "Notes",
    "Outcome",
    "Page",
    "Problem",
    "Quantity",
    "Reason",
    "Record",
    "Repair",
    "Resolution",
    "Statement",
    "Thing",
    "Value",
    "Verdict",
    "content_id",
]
