"""The memory of kg in one file: what each article said, and the graph of each build. It knows no graph and no spaCy.

SQLite, for its file format is documented and promised until 2050, and a process that dies in the middle of a
transaction leaves the state before it (docs/store.md).
"""

from kg.store.codec import as_json, decode, encode
from kg.store.file import NAME, is_store
from kg.store.keys import SIZE, content, key, noted, reading
from kg.store.past import Past, Stamp
from kg.store.writer import Fact, Held, Reading, Store, opened

__all__ = [
    "NAME", "SIZE", "Fact", "Held", "Past", "Reading", "Stamp", "Store",
    "as_json", "content", "decode", "encode", "is_store", "key", "noted", "opened", "reading",
]
