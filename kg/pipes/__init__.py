"""spaCy components, one module per kind of thing; registered by the entry points of pyproject.toml."""
