"""Mutated inputs for every reader; `python -m tests.benchmarks.fuzzing` runs very many."""

from __future__ import annotations

import pytest

from tests.benchmarks import fuzzing


@pytest.mark.parametrize("reader", fuzzing.READERS)
def test_no_mutation_escapes(reader: str) -> None:
    found = fuzzing.run(reader, 150, seed=7)
    assert found.slowest < fuzzing.SECONDS
