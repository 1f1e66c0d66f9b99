"""The command line ``seitenblick``: read files, serve the reader, manage models, glossary and saved words."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.settings import Settings, SettingsError

if TYPE_CHECKING:
    from models.packages import PackageStore
    from webapp.study.items import Kind, Status


class Failure(click.ClickException):
    """Something that the user must know about; exit code 1."""

    def show(self, file: object = None) -> None:
        """Print the message as ``seitenblick: ...`` on standard error."""
        click.echo(f"seitenblick: {self.format_message()}", err=True)


@contextmanager
def _failures() -> Iterator[None]:
    """Turn the expected errors into one line on standard error and exit code 1."""
    from models.dictionaries import DictionaryError
    from models.packages import PackageError
    from webapp.importers import ImportProblem
    from webapp.library import LibraryError
    from webapp.serving import ServingError

    try:
        yield
    except (DictionaryError, PackageError, ImportProblem, LibraryError, ServingError, SettingsError) as error:
        raise Failure(str(error)) from error
    except BrokenPipeError:
        # The reader of our output has gone (``| head``): not an error.
        sys.stderr.close()
        raise SystemExit(0) from None


def _settings() -> Settings:
    try:
        return Settings.from_environment()
    except SettingsError as error:
        raise Failure(str(error)) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="seitenblick")
def main() -> None:
    """Read German political writing with English and a glossary beside it, offline."""


@main.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "-f",
    "name",
    type=click.Choice(["table", "text", "json", "tsv", "html"]),
    default="table",
    show_default=True,
    help="What to print.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.option("--title", default="", help="Title of the reading; else the first line.")
@click.option("--beam", type=click.IntRange(1, 16), help="Beam size of the search.")
@click.option("--model", help="Name of the installed model to use.")
@click.option("--save", "keep", is_flag=True, help="Keep the reading in the library.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no notices.")
def read(
    file: Path, name: str, output: Path | None, title: str, beam: int | None, model: str | None, keep: bool,
    quiet: bool,
) -> None:  # fmt: skip
    """Translate FILE (or standard input, with -) sentence by sentence."""
    from webapp.reading_command import read_file

    settings = _settings()
    if beam is not None:
        settings = replace(settings, beam=beam, alternatives=min(settings.alternatives, beam))
    if model:
        settings = replace(settings, model=model)
    with _failures():
        read_file(settings, file, name, output=output, title=title, keep=keep, quiet=quiet)


@main.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port; 0 takes a free one.  [default: 5080]")
@click.option("--open", "browser", is_flag=True, help="Open the browser.")
@click.option("--samples", is_flag=True, help="Lay sample articles into a new library.")
def serve(host: str | None, port: int | None, browser: bool, samples: bool) -> None:
    """Start the reader and print its address."""
    import logging

    from webapp import create_app
    from webapp.serving import address, make_server, open_browser, prepare

    settings = _settings()
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    with _failures():
        app = create_app(settings)
        server = make_server(app)
        services = app.extensions["services"]
        url = address(server, settings.host)
        click.echo(f"Seitenblick is at {url} (stop it with Ctrl+C)")
        prepare(services, samples=samples)
        if browser:
            open_browser(url)
        # Stopped by a service manager it ends as well-behaved as by Ctrl+C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.run()
        except KeyboardInterrupt:
            pass
        finally:
            server.close()
            services.close()


@main.group()
def models() -> None:
    """List, install, choose and verify translation models."""


@models.command("list")
def models_list() -> None:
    """List the installed models; the one in use carries a star."""
    with _failures():
        store = _store()
        current = store.current()
        for package in store.list():
            star = "*" if package.name == current.name else " "
            click.echo(f"{star} {package.name}\t{package.version}\t{package.fingerprint}\t{package.title}")


@models.command("install")
@click.argument("source")
@click.option("--replace", "again", is_flag=True, help="Replace an installed model of the same name.")
def models_install(source: str, again: bool) -> None:
    """Install SOURCE: an .argosmodel file, or ``de-en`` to fetch the official one (needs a network)."""
    from models.packages import fetch_official

    with _failures():
        store = _store()
        if source == "de-en":
            with click.progressbar(length=1_000, label="Fetching", file=sys.stderr) as bar:

                def progress(done: int, total: int | None) -> None:
                    bar.update(max(0, done * 1_000 // max(1, total or 0) - bar.pos))

                package = fetch_official(store, progress=progress)
        else:
            package = store.install(Path(source), replace=again)
        click.echo(f"Installed {package.name} ({package.fingerprint}).")
        click.echo(f"Choose it with: seitenblick models use {package.name}")


@models.command("use")
@click.argument("name")
def models_use(name: str) -> None:
    """Translate with the model NAME from now on."""
    with _failures():
        store = _store()
        store.use(name)
        click.echo(f"Using {name}.")


@models.command("verify")
@click.argument("name", required=False)
def models_verify(name: str | None) -> None:
    """Check the files of one model, or of all, against the hashes recorded when they were installed."""
    with _failures():
        store = _store()
        for package in [store.get(name)] if name else store.list():
            store.verify(package.name)
            click.echo(f"{package.name}: intact")


@models.command("remove")
@click.argument("name")
def models_remove(name: str) -> None:
    """Remove the installed model NAME."""
    with _failures():
        _store().remove(name)
        click.echo(f"Removed {name}.")


@main.group()
def study() -> None:
    """Take saved words and terms with you."""


@study.command("export")
@click.option(
    "--format", "-f", "form", type=click.Choice(["anki", "csv"]), default="anki", show_default=True,
    help="An Anki package, or a table for spreadsheets.",
)  # fmt: skip
@click.option("--status", type=click.Choice(["new", "learning", "known"]), help="Only what has this status.")
@click.option("--kind", type=click.Choice(["word", "term"]), help="Only words, or only terms.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File to write, - for standard output.  [default: seitenblick.apkg, seitenblick-words.csv]",
)  # fmt: skip
def study_export(form: str, status: Status | None, kind: Kind | None, output: Path | None) -> None:
    """Write the saved words and terms to a file."""
    from webapp.study_command import export_study

    with _failures():
        export_study(_settings(), form, status=status, kind=kind, output=output)


@main.group()
def dictionaries() -> None:
    """Manage your own dictionaries, which are asked beside the lexicon."""


@dictionaries.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--replace", "again", is_flag=True, help="Replace a dictionary of the same name.")
def dictionaries_add(files: tuple[Path, ...], again: bool) -> None:
    """Add FILES: StarDict (.ifo with its .idx and .dict), a table (.tsv, .csv), or a .zip or .tar of them."""
    from webapp.dictionaries_command import add_dictionaries

    with _failures():
        add_dictionaries(_settings(), files, replace=again)


@dictionaries.command("list")
def dictionaries_list() -> None:
    """List your dictionaries; what is new in their folder is indexed."""
    from webapp.dictionaries_command import list_dictionaries

    with _failures():
        list_dictionaries(_settings())


@dictionaries.command("remove")
@click.argument("name")
def dictionaries_remove(name: str) -> None:
    """Remove the dictionary NAME with its files."""
    from webapp.dictionaries_command import remove_dictionary

    with _failures():
        remove_dictionary(_settings(), name)


@main.group()
def glossary() -> None:
    """Look after the curated glossary."""


@glossary.command("check")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), required=False)
def glossary_check(folder: Path | None) -> None:
    """Check the curated terms (or those in FOLDER); exit code 1 if there is something to mend."""
    from glossary.lint import check_folder
    from glossary.loading import load_glossary

    problems = check_folder(folder)
    for problem in problems:
        click.echo(
            f"{problem.file}:{problem.line}: {problem.term_id}: {problem.code}: {problem.message}", err=True
        )
    if problems:
        count = len(problems)
        raise Failure(
            f"{count} problem{'' if count == 1 else 's'} to mend; glossary/README.md explains them."
        )
    loaded = load_glossary(folder)
    click.echo(f"{len(loaded.terms)} terms, no problems (glossary {loaded.fingerprint}).")


def _store() -> PackageStore:
    from models.packages import PackageStore

    return PackageStore(_settings().packages_folder)


if __name__ == "__main__":
    main()
