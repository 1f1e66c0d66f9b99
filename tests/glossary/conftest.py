from __future__ import annotations

import pytest

from glossary import Glossary, TermFinder, load_glossary


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    """The glossary that comes with the program."""
    return load_glossary()


@pytest.fixture(scope="session")
def finder(glossary: Glossary) -> TermFinder:
    return TermFinder(glossary)
