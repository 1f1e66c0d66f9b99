"""What tests of single steps of the translation share."""

from __future__ import annotations

import pytest

from models.packages import PackageStore
from models.translation.decoding import Decoder
from models.translation.options import TranslationOptions
from models.translation.pieces import Tokenizer, load_tokenizer
from tests.models.packages_help import embedded_archive


@pytest.fixture(scope="package")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokenizer, Decoder]:
    """Tokenizer and decoder of the model that comes with the reader."""
    folder = PackageStore(tmp_path_factory.mktemp("store")).install(embedded_archive()).folder
    return load_tokenizer(folder), Decoder(folder, TranslationOptions())
