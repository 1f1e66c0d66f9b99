"""Step 7: the `.argosmodel` archive: model, vocabulary, metadata.json and the model card as README.md."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from models.training.extras import TrainingError
from models.training.steps import Step

LARGEST = 60 * 1000 * 1000  # bytes; a package has to fit into the repository
_DATE = (2026, 1, 1, 0, 0, 0)  # of every member, so that the same model gives the same archive


@dataclass(frozen=True, slots=True)
class Advice:
    """How the model translates best, for whoever uses it.

    `longest`: sentences of more pieces are better given to it clause by clause; `length_penalty`: of the beam
    search.
    """

    longest: int | None = None
    length_penalty: float | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """What the export step says of the training.

    `terminology`: on annotated terms, too; the reader annotates only where this is true. `pieces`: target
    pieces seen, from which whoever goes on with the package's weights counts on.
    """

    terminology: bool
    pieces: int = 0


def metadata(version: str, trained: Trained, advice: Advice | None = None) -> dict[str, object]:
    """Return metadata.json (format: argostranslate.package.IPackage, plus keys of our own)."""
    advice = advice or Advice()
    advised = {"longest_sentence": advice.longest, "length_penalty": advice.length_penalty}
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": "de",
        "from_name": "German",
        "to_code": "en",
        "to_name": "English",
        "type": "translate",
        "alignment_head": True,
        "terminology": trained.terminology,
        "target_pieces_seen": trained.pieces,
    } | {key: value for key, value in advised.items() if value is not None}


def write_package(
    exported: Path, card: str, version: str, archive: Path, trained: Trained, advice: Advice | None = None
) -> int:
    """Write the archive of an exported model and return its size. Raises OSError or TrainingError."""
    from models.packages.package import PackageError, parse_metadata

    values = json.dumps(metadata(version, trained, advice), indent=2).encode()
    try:
        name = parse_metadata(values).name
    except PackageError as error:
        raise TrainingError(f"{version} is no usable version number: {error}") from error
    files = {path.relative_to(exported).as_posix(): path for path in sorted((exported / "model").iterdir())}
    files["sentencepiece.model"] = exported / "sentencepiece.model"
    if "model/model.bin" not in files:
        raise TrainingError(f"{exported} holds no exported model; run the export step first.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for member, data in {"metadata.json": values, "README.md": card.encode()}.items():
            package.writestr(_entry(f"{name}/{member}"), data)
        for member, path in sorted(files.items()):
            package.writestr(_entry(f"{name}/{member}"), path.read_bytes())
    size = part.stat().st_size
    if size > LARGEST:
        raise TrainingError(f"The package has {size:,} bytes, more than {LARGEST:,}; make the model smaller.")
    part.replace(archive)
    return size


def _trained(exported: Path) -> Trained:
    """Return what the export step has noted."""
    figures = json.loads((exported / "export.step.json").read_text("utf-8")).get("figures", {})
    return Trained(float(figures.get("annotated", 0)) > 0, int(figures.get("target_pieces_seen", 0)))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def make_package(
    exported: Path,
    card: Path,
    version: str,
    folder: Path,
    report: Path | None = None,
    force: bool = False,
    advice: Advice | None = None,
) -> Path:
    """Do the step and return the archive, which has been checked as one from outside would be.

    `report`: scores (Markdown, of the evaluate step) that are added to the card.
    """
    advice = advice or Advice()
    from models.packages import PackageError, check_archive

    archive = folder / f"translate-de_en-{version.replace('.', '_')}.argosmodel"
    inputs = [exported / "export.step.json", card, *([report] if report else [])]
    with Step("package", folder, inputs, {"version": version, **asdict(advice)}, force) as step:
        if step.needed:
            text = card.read_text("utf-8")
            if report:
                text += "\n## Scores\n\n" + report.read_text("utf-8")
            size = write_package(exported, text, version, archive, _trained(exported), advice)
            try:
                check_archive(archive)
            except PackageError as error:
                raise TrainingError(f"The package would not install: {error}") from error
            step.note(archive=archive.name, bytes=size)
    return archive
