"""What pure functions answered in the last build, by their questions: a question that comes again costs a look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

FEW: Final = 10  # one in so many new answers: they are worked out again by the next build that asks


class Page:
    """The notes of one function. Both are what JSON holds exactly: questions are texts, answers lists, texts, numbers.

    A *lasting* page keeps what was not asked now: its questions are of the program, and not of articles that may go.

    >>> page = Page({"甲县": 2})
    >>> page.get("甲县", lambda: 3), page.get("乙县", lambda: 4), page.asked, page.changed
    (2, 4, {'甲县': 2, '乙县': 4}, True)
    """

    def __init__(self, known: Mapping[str, Any], lasting: bool = False) -> None:
        self._known, self._lasting = known, lasting
        self.asked: dict[str, Any] = dict(known) if lasting else {}  # with its answer: what is kept for the next build
        self._new = 0

    def get(self, question: str, work: Callable[[], Any]) -> Any:
        """The answer, worked out where it is not known."""
        answer = self._known.get(question)
        if answer is None:
            answer = work()
            self._new += 1
        self.asked[question] = answer
        return answer

    @property
    def changed(self) -> bool:
        """Whether it is not what it was; of a lasting page a few new answers are not worth writing it anew."""
        if self._lasting:
            return self._new * FEW > len(self._known)
        return self._new > 0 or len(self.asked) != len(self._known)


class Notes:
    """The pages of a build by name; a run without a store begins with empty ones."""

    def __init__(self, known: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._known = known or {}
        self.pages: dict[str, Page] = {}

    def page(self, name: str, lasting: bool = False) -> Page:
        """The notes of a function; what this build does not ask is dropped, but from a *lasting* page."""
        if name not in self.pages:
            self.pages[name] = Page(self._known.get(name, {}), lasting)
        return self.pages[name]
