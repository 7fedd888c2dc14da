"""From the entities of documents to the entities of the run."""

from kg.resolve.clusters import resolve

__all__ = ["resolve"]
