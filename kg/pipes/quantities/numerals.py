"""Numbers as they are written: 1,250.5, 三百二十, 7600万, 1亿2000万, 两千, 1.5万亿."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from kg.lexicon import table

COLLOQUIAL: Final = 100  # the least unit after which a lone last digit counts tenths of it: 三百五


@cache
def number_pattern() -> str:
    """A number with everything that scales it: groups `number`, `more` (余, 多) and `scale` behind that."""
    data = table("quantities")["number"]
    one = f"(?:{data['arabic']})"
    first = f"(?:{one}{data['space']}|{data['first']})"
    rest = f"(?:{data['next']}|{data['again']}{one}{data['space']})*"
    return f"{data['behind']}(?P<number>{first}{rest}){data['more']}(?P<scale>{data['scale']})?"


@cache
def _arabic() -> re.Pattern[str]:
    return re.compile(table("quantities")["number"]["arabic"])


def numeral(text: str) -> Decimal:
    """The value of a number in arabic or Chinese numerals or in both.

    >>> [str(numeral(t)) for t in ("1,250.5", "三百二十", "十五", "两千", "7600万", "1亿2000万", "三点五亿")]
    ['1250.5', '320', '15', '2000', '76000000', '120000000', '350000000.0']
    """
    data = table("quantities")
    digits, small, large = data["digits"], data["small"], data["large"]
    total, section, current = Decimal(0), Decimal(0), Decimal(0)
    unit, last_large, nought, place = 1, 0, False, 0
    empty, tenth = True, Decimal(0)
    while place < len(text):
        char = text[place]
        match = _arabic().match(text, place)
        if match is not None:
            current, place, empty = Decimal(match[0].replace(",", "")), match.end(), False
            continue
        place += 1
        if char == data["number"]["point"]:
            tenth = Decimal("0.1")
        elif char in digits and tenth:
            current, tenth = current + digits[char] * tenth, tenth / 10
        elif char in digits:
            nought = nought or digits[char] == 0
            current, empty = current * 10 + digits[char], False
        elif char in small:
            section += (1 if empty else current) * small[char]
            current, unit, nought, empty, tenth = Decimal(0), small[char], False, True, Decimal(0)
        elif char in large:
            section += current
            if (section == 0 and total) or large[char] > last_large > 0:
                total = (total + section) * large[char]
            else:
                total += section * large[char]
            section, current, unit, nought, empty, tenth = Decimal(0), Decimal(0), large[char], False, True, Decimal(0)
            last_large = large[char]
    if not nought and unit >= COLLOQUIAL and text[-1] in digits and current < 10:
        current = current * unit / 10
    return total + section + current


def scaled(text: str, value: Decimal) -> Decimal:
    """*value* times the units that stand behind 余 or 多: 7600余[万].

    >>> scaled("万", Decimal(7600))
    Decimal('76000000')
    """
    data = table("quantities")
    for char in text:
        value *= data["large"].get(char) or data["small"][char]
    return value
