"""What the pages, the API and the command line work with, loaded lazily and once."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, cast

from flask import current_app

from webapp.library import Database, Library
from webapp.own_terms import OwnTerms
from webapp.pending_imports import PendingImports
from webapp.progress import ReadingProgress
from webapp.settings import Settings
from webapp.study.store import StudyStore

if TYPE_CHECKING:
    from glossary.terms import Glossary
    from models.dictionaries import DictionaryShelf
    from models.grammar import GrammarAnalyser
    from models.lexicon import PhraseFinder, WordExplainer
    from models.literal import LiteralGlosser
    from models.packages import Package, PackageStore
    from models.translation import Translator
    from webapp.desk import Desk
    from webapp.pipeline import TermLookup
    from webapp.study.analyses import Analyses
    from webapp.study.review_queue import ReviewQueue
    from webapp.versions import VersionMaker


class Services:
    """The reader's parts. Models, glossary and database are opened by the first who needs them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.library_url)
        self.library = Library(self.database)
        self.progress = ReadingProgress(self.database)
        self.own_terms = OwnTerms(self.database, self.forget_terms)
        self.pending_imports = PendingImports()
        self._lock = threading.RLock()
        self._terms_lock = threading.RLock()
        self._terms: TermLookup | None = None
        self._translators: dict[str, Translator] = {}

    @cached_property
    def packages(self) -> PackageStore:
        """The installed translation packages."""
        from models.packages import PackageStore

        return PackageStore(self.settings.packages_folder)

    def package(self) -> Package:
        """The package in force: the setting's, else the one chosen, else the embedded one.

        Raises:
            PackageError: it is not installed or broken.

        """
        with self._lock:
            name = self.settings.model
            return self.packages.get(name) if name else self.packages.current()

    def translator(self) -> Translator:
        """The translator for the package in force; its model is loaded with the first sentence."""
        from models.translation import TranslationOptions, Translator

        with self._lock:
            package = self.package()
            translator = self._translators.get(package.fingerprint)
            if translator is None:
                options = TranslationOptions(
                    beam=self.settings.beam,
                    alternatives=self.settings.alternatives,
                    rare_words=self.settings.rare_words,
                    threads=self.settings.threads,
                )
                translator = Translator(package, options)
                # Only one model stays in memory: a changed choice replaces it.
                self._translators = {package.fingerprint: translator}
            return translator

    @cached_property
    def curated(self) -> Glossary:
        """The glossary that comes with the program."""
        from glossary.loading import load_glossary

        return load_glossary()

    @property
    def terms(self) -> TermLookup:
        """The glossary in force, curated and own terms together, ready to find terms."""
        from glossary.own import combined, silenced
        from webapp.pipeline import TermLookup

        # Built under its lock: a change that is saved meanwhile waits, and then makes it be built anew.
        with self._terms_lock:
            if self._terms is None:
                own, hidden = self.own_terms.list(), self.own_terms.hidden()
                self._terms = TermLookup(
                    combined(self.curated, own, hidden),
                    enforcing=self.settings.enforce,
                    hidden=silenced(self.curated, own, hidden),
                    texts=self.library.paragraphs,
                )
            return self._terms

    def forget_terms(self) -> None:
        """Build the glossary in force anew when it is next needed, since own terms have changed."""
        with self._terms_lock:
            self._terms = None

    @cached_property
    def words(self) -> WordExplainer:
        """Explains German words; loads its data with the first one."""
        from models.lexicon import WordExplainer

        return WordExplainer()

    @cached_property
    def phrases(self) -> PhraseFinder:
        """Finds phrases in German sentences; loads its list with the first one."""
        from models.lexicon import PhraseFinder

        return PhraseFinder(self.words)

    @cached_property
    def literal(self) -> LiteralGlosser:
        """Glosses sentences word by word."""
        from models.literal import LiteralGlosser

        return LiteralGlosser(self.words)

    @cached_property
    def grammar(self) -> GrammarAnalyser:
        """Says what is hard about a German sentence."""
        from models.grammar import GrammarAnalyser

        return GrammarAnalyser(self.words)

    @cached_property
    def versions(self) -> VersionMaker:
        """Other translations of a sentence, made when they are asked for."""
        from webapp.versions import VersionMaker

        return VersionMaker(self.translator)

    @cached_property
    def dictionaries(self) -> DictionaryShelf:
        """The reader's own dictionaries."""
        from models.dictionaries import DictionaryShelf

        return DictionaryShelf(self.settings.dictionaries_folder)

    @cached_property
    def study(self) -> StudyStore:
        """The saved words and terms."""
        return StudyStore(self.database)

    @cached_property
    def review(self) -> ReviewQueue:
        """Asks for the saved words when they are due."""
        from webapp.study.review_queue import ReviewQueue
        from webapp.study.scheduling import Schedule

        schedule = Schedule(self.settings.study_retention)
        return ReviewQueue(self.database, self.study, schedule, self.settings.study_new_per_day)

    @cached_property
    def analyses(self) -> Analyses:
        """The words of the readings' sentences."""
        from webapp.study.analyses import Analyses

        return Analyses(self.database, lambda: self.words)

    @property
    def desk(self) -> Desk:
        """The background translation."""
        with self._lock:
            return self._desk

    @cached_property
    def _desk(self) -> Desk:
        from webapp.desk import Desk

        return Desk(self.library, self.translator, lambda: self.terms)

    def warm_up(self) -> None:
        """Load what the first sentence needs, so that it need not wait (run in the background)."""
        from models.segmentation import warm_up as warm_segmentation
        from webapp.importers.intake import detect_language
        from webapp.quality import warm_up as warm_warnings

        detect_language("Guten Tag. " * 10)
        warm_segmentation()
        list(self.translator().translate(["Guten Tag."]))
        _ = self.translator().has_alignment_head  # found out by a test, for packages that do not say
        self.terms.warm()
        warm_warnings()

    def close(self) -> None:
        """End the background work and close the database."""
        with self._lock:
            if "_desk" in self.__dict__:
                self._desk.stop()
            self.database.close()


def current_services() -> Services:
    """The parts of the application that handles the current request."""
    return cast(Services, current_app.extensions["services"])
