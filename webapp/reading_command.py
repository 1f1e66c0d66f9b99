"""``seitenblick read``: a file in, a table or an export out, with a progress bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from glossary.surroundings import Surroundings
from models.segmentation import segment
from models.translation import Translation, Translator, surnames_in
from webapp.enforcement import enforce_all
from webapp.exporters import EXPORTERS
from webapp.importers import ImportProblem, take_in
from webapp.library.enforced import SavedEnforcement
from webapp.library.library import SavedReading, SavedSegment
from webapp.marking import Piece, english_pieces, german_pieces
from webapp.pipeline import assemble
from webapp.reading import Reading
from webapp.services import Services
from webapp.settings import Settings
from webapp.surroundings import by_sentence

_STANDARD_INPUT = Path("-")
_ENFORCED_AT_ONCE = 32


def read_file(
    settings: Settings, file: Path, name: str, *, output: Path | None, title: str, keep: bool, quiet: bool
) -> None:
    """Translate a file and print it.

    Args:
        settings: what to run with.
        file: the file, or ``-`` for standard input.
        name: ``table`` or one of the exporters.
        output: file to write to instead of standard output.
        title: title, or empty.
        keep: also save the reading in the library.
        quiet: no progress bar, no notices.

    Raises:
        ImportProblem, PackageError, LibraryError: with a message for the user.

    """
    intake = take_in(_bytes_of(file), name="" if file == _STANDARD_INPUT else file.name, title=title,
                     max_bytes=settings.max_text_bytes)  # fmt: skip
    if not quiet:
        for notice in intake.notices:
            click.echo(f"seitenblick: {notice}", err=True)
    services = Services(settings)
    translator = services.translator()
    paragraphs = segment(intake.text)
    sentences = [s.text for p in paragraphs for s in p.sentences]
    known = services.library.known(translator.signature, sentences)
    missing = [s for s in dict.fromkeys(sentences) if s not in known]
    surnames = surnames_in(sentences)
    fresh: list[tuple[str, Translation]] = []
    try:
        with _progress(len(missing), quiet) as advance:
            for index, translation in translator.translate(missing, surnames=surnames):
                fresh.append((missing[index], translation))
                advance(1)
    finally:
        # Kept even when interrupted, so that the next run goes on where this one stopped.
        services.library.keep(translator.signature, fresh)
    known.update(fresh)
    places = by_sentence(
        sentences, services.terms.surroundings.of_text([[s.text for s in p.sentences] for p in paragraphs])
    )
    enforced = _enforced(services, translator, known, places, surnames, quiet)
    now = datetime.now(UTC)
    segments = [(number, p.kind, s) for number, p in enumerate(paragraphs) for s in p.sentences]
    reading = assemble(
        SavedReading(
            id="",
            title=intake.title,
            text=intake.text,
            language=intake.language,
            notices=intake.notices,
            state="done",
            signature=translator.signature,
            created=now,
            updated=now,
            segments=tuple(
                SavedSegment(
                    i, number, kind, s.start, s.end, s.text, known.get(s.text), enforced.get(s.text, ())
                )
                for i, (number, kind, s) in enumerate(segments)
            ),
        ),
        services.terms,
    )
    if keep and services.library.find_same(intake.text) is None:
        reading_id = services.library.add(intake, paragraphs, translator.signature)
        services.library.set_state(reading_id, "done")
    _print(reading, name, output)
    services.close()


def _enforced(
    services: Services,
    translator: Translator,
    known: Mapping[str, Translation],
    places: Mapping[str, Collection[Surroundings]],
    surnames: frozenset[str],
    quiet: bool,
) -> dict[str, tuple[SavedEnforcement, ...]]:
    """Enforce the glossary's words in the sentences that lack it; what came of it for all of them."""
    lookup = services.terms
    if not lookup.enforcing:
        return {}
    found = services.library.known_enforced(translator.signature, list(known))
    lacking = []
    for german, translation in known.items():
        made = {each.wishes for each in found.get(german, ())}
        wishes = [lookup.wishes(translation, around) for around in places[german]]
        if any(each is not None and each.key not in made for each in wishes):
            lacking.append(translation)
    with _progress(len(lacking), quiet, "Using the glossary’s words") as advance:
        for begin in range(0, len(lacking), _ENFORCED_AT_ONCE):
            batch = lacking[begin : begin + _ENFORCED_AT_ONCE]
            saved = enforce_all(translator, lookup, batch, places=places, surnames=surnames)
            services.library.keep_enforced(translator.signature, saved)
            for german, each in saved:
                found[german] = (*found.get(german, ()), each)
            advance(len(batch))
    return found


def _bytes_of(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == _STANDARD_INPUT else file.read_bytes()
    except OSError as error:
        raise ImportProblem(f"{file} cannot be read: {error.strerror}.") from error


@contextmanager
def _progress(total: int, quiet: bool, what: str = "Translating") -> Iterator[Callable[[int], None]]:
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=quiet or not total or not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda count: bar.advance(task, count)


def _print(reading: Reading, name: str, output: Path | None) -> None:
    if name != "table":
        content = EXPORTERS[name].write(reading)
        if output is None:
            click.echo(content, nl=False)
        else:
            _write(output, content)
    elif output is None:
        Console().print(_table(reading))
    else:
        page = StringIO()
        Console(file=page, width=160).print(_table(reading))
        _write(output, page.getvalue())


def _write(output: Path, content: str) -> None:
    try:
        output.write_text(content, "utf-8")
    except OSError as error:
        raise ImportProblem(f"{output} cannot be written: {error.strerror}.") from error


def _table(reading: Reading) -> Table:
    table = Table(title=Text(reading.title, "bold"), show_lines=True, expand=True)
    table.add_column("", justify="right", style="dim", no_wrap=True)
    table.add_column("German", ratio=4)
    table.add_column("English", ratio=4)
    table.add_column("Terms", ratio=3)
    for item in reading.segments:
        terms = Text("\n").join(
            Text.assemble((o.term.german, "bold"), f" {o.term.english}") for o in item.terms if o.first
        )
        english = _marked(english_pieces(item)) if item.english else Text("[no translation]", "red")
        table.add_row(str(item.index + 1), _marked(german_pieces(item)), english, terms)
    return table


def _marked(pieces: tuple[Piece, ...]) -> Text:
    return Text.assemble(*((p.text, "underline") if p.terms else p.text for p in pieces))
