"""Reads entities with the package followthemoney, in whose environment it runs (.venv/ftm).

For every name of a file that comes in it prints a JSON object on a line: `wrong`, what the model finds wrong, and
`entities`, as the package writes them itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def read(path: Path) -> dict[str, Any]:
    from followthemoney import model
    from followthemoney.exc import InvalidData

    wrong: list[str] = []
    entities: dict[str, Any] = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n")[:-1], 1):
        data = json.loads(line)
        try:
            entity = model.get_proxy(data, cleaned=False)
            model.get(data["schema"]).validate(data)
        except InvalidData as error:
            wrong.append(f"line {number}: {error} {getattr(error, 'errors', '')}")
            continue
        if entity.id in entities:
            wrong.append(f"line {number}: {entity.id} stands there twice")
        wrong += [
            f"line {number}: {name} is unknown to {data['schema']}"
            for name in data["properties"]
            if name not in entity.schema.properties
        ]
        for name, values in data["properties"].items():
            prop = entity.schema.properties.get(name)
            if prop is not None:
                wrong += [
                    f"line {number}: {name} does not take {value!r}"
                    for value in values
                    if not prop.type.validate(value)
                ]
                wrong += [f"line {number}: {name} loses a value" for _ in [0] if len(entity.get(name)) != len(values)]
        entities[entity.id] = entity.to_dict()
    for (
        identity,
        entity,
    ) in entities.items():  # what an entity points to must be there, and of the range of the property
        schema = model.get(entity["schema"])
        for name, values in entity["properties"].items():
            prop = schema.properties[name]
            for value in values if prop.type.name == "entity" else ():
                found = entities.get(value)
                if found is None or not model.get(found["schema"]).is_a(prop.range):
                    wrong.append(f"{identity}: {name} points to {value}, which is {found and found['schema']}")
    return {"wrong": wrong, "entities": entities}


if __name__ == "__main__":
    for name in sys.stdin:
        print(json.dumps(read(Path(name.rstrip("\n")))), flush=True)
