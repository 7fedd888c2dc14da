"""What persons decide of the graph: said in a sheet, kept apart from what kg finds, made to hold in every build."""

from kg.decide.apply import Decided, Decisions

__all__ = ["Decided", "Decisions"]
