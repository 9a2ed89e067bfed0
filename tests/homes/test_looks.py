"""A list that shows three of what comes up says how many more there are (C5)."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(
    ("how_many", "says"), [(3, ""), (4, "One more comes after them."), (6, "3 more come after them.")]
)
def test_looks_that_are_not_listed_are_counted(how_many: int, says: str) -> None:
    group = SimpleNamespace(group=SimpleNamespace(name="Grade team"))
    looks = [SimpleNamespace(pk=n, planned_on=date(2030, 1, n + 1), programme=group) for n in range(how_many)]
    page = render_to_string("homes/looks.html", {"looks": looks})
    assert page.count("Grade team") == 3
    assert ("after them." in page) == bool(says)
    assert says in page
