"""A quantity as one line that people read and programs parse: 资金 76000000 元 超 累计 期间:2018/2023.

Words are parted by single spaces: kind, number (or two, 100..200), unit, then in any number the words of
`APPROXIMATIONS` and `MODES`, then values behind their `LABELS` and a colon. docs/quantities.md describes them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from kg.model.schema import APPROXIMATIONS, LABELS, MODES, QUANTITIES, SEPARATOR

RANGE: Final = ".."
_PLAIN: Final = str.maketrans({SEPARATOR: "/", " ": None, "\u3000": None, "\u00a0": None, "\n": None, "\t": None})


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a text counts or measures: `value` in `unit` of a `kind` of QUANTITIES, and all that is said about it.

    `upto` is the upper end of a range (100至200亩). `what` is the thing counted (优秀教师), `measure` what the quantity
    is of (总投资), `per` what it is for each of (年, 户), `period` the time that it covers. `parts` are the parts that
    add up to it, `conflict` those that do not: 35+20+70>120.
    """

    kind: str
    value: Decimal
    unit: str
    upto: Decimal | None = None
    approximation: str = ""
    total: bool = False
    new: bool = False
    planned: bool = False
    joint: bool = False
    measure: str = ""
    what: str = ""
    per: str = ""
    period: str = ""
    parts: str = ""
    conflict: str = ""


_KINDS: Final = {word: kind for kind, word in QUANTITIES.items()}
_DEGREES: Final = {word: name for name, word in APPROXIMATIONS.items()}
_MODES: Final = {word: name for name, word in MODES.items()}
_LABELS: Final = {word: name for name, word in LABELS.items()}


def plain(number: Decimal) -> str:
    """A number without exponent and without noughts at its end.

    >>> plain(Decimal("7.6E+7")), plain(Decimal("2.50"))
    ('76000000', '2.5')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(quantity: Quantity) -> str:
    """The line.

    >>> written(Quantity("money", Decimal(76_000_000), "元", approximation="above", total=True, period="2018/2023"))
    '资金 76000000 元 超 累计 期间:2018/2023'
    """
    number = plain(quantity.value)
    if quantity.upto is not None:
        number += RANGE + plain(quantity.upto)
    words = [QUANTITIES[quantity.kind], number, quantity.unit]
    if quantity.approximation:
        words.append(APPROXIMATIONS[quantity.approximation])
    words += [word for name, word in MODES.items() if getattr(quantity, name)]
    for name, word in LABELS.items():
        value = str(getattr(quantity, name)).translate(_PLAIN)
        if value:
            words.append(f"{word}:{value}")
    return " ".join(words)


def parse(line: str) -> Quantity:
    """The quantity of a line; raises ValueError where it is none.

    >>> found = parse("人数 30 人 约 计划 对象:优秀教师")
    >>> found.kind, found.value, found.unit, found.approximation, found.planned, found.what
    ('persons', Decimal('30'), '人', 'about', True, '优秀教师')
    >>> parse("25 元")
    Traceback (most recent call last):
    ValueError: '25 元' is no quantity
    """
    kind, _, rest = line.partition(" ")
    number, _, rest = rest.partition(" ")
    unit, *words = rest.split(" ")
    if kind not in _KINDS or not unit:
        raise ValueError(f"{line!r} is no quantity")
    low, _, high = number.partition(RANGE)
    told: dict[str, str | bool] = {}
    for word in words:
        label, colon, value = word.partition(":")
        if word in _DEGREES:
            told["approximation"] = _DEGREES[word]
        elif word in _MODES:
            told[_MODES[word]] = True
        elif colon and label in _LABELS:
            told[_LABELS[label]] = value
        else:
            raise ValueError(f"{line!r} is no quantity")
    try:
        numbers = Decimal(low), Decimal(high) if high else None
    except InvalidOperation:
        raise ValueError(f"{line!r} is no quantity") from None
    return Quantity(_KINDS[kind], numbers[0], unit, numbers[1], **told)  # type: ignore[arg-type]
