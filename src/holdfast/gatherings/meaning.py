"""How close texts are in meaning, by word vectors of the optional package wordllama; nothing is fetched."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def is_installed() -> bool:
    """Tell whether the extra `likes` is there."""
    return find_spec("wordllama") is not None


def by_meaning(texts: Sequence[str]) -> list[list[float]]:
    """Return the cosine of the mean word vectors of each pair of texts, n × n, negative ones as 0."""
    if not texts:
        return []
    vectors = _model().embed(list(texts), norm=True)
    return [[min(1.0, max(0.0, float(value))) for value in row] for row in vectors @ vectors.T]


@cache
def _model() -> Any:
    """Load weights and tokenizer from the package itself: its wheel carries both, and downloading is forbidden."""
    import wordllama  # noqa: PLC0415 - an extra, and slow to import

    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
