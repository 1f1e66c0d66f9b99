"""Step 6: from a checkpoint to a CTranslate2 model, weight by weight.

`alignment_layer` -1 with one alignment head records that head 0 of the last decoder layer aligns words, so
that `return_attention` gives exactly it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from models.training.checkpoints import Checkpoint, load_checkpoint, mixed
from models.training.extras import TrainingError, library
from models.training.growing import widened
from models.training.steps import Step
from models.training.variables import parameters
from models.training.vocabulary import SPECIALS

EPSILON = 1e-5  # torch's LayerNorm


def specification(checkpoint: Checkpoint, mean: bool = True) -> Any:
    """Return the TransformerSpec of a checkpoint, without vocabulary; `mean`: of the running mean."""
    specs = library("ctranslate2.specs")
    network = library("models.training.network")
    shape = checkpoint.shape
    chosen = checkpoint.weights | (checkpoint.mean if mean else {})
    weights = {name: value.float().numpy() for name, value in chosen.items()}
    spec = specs.transformer_spec.TransformerSpec.from_config(
        (shape.encoder, shape.decoder),
        shape.heads,
        pre_norm=True,
        activation=specs.common_spec.Activation.RELU,
        alignment_layer=-1,
        alignment_heads=1,
    )
    for variable, name in parameters(shape).items():
        _put(spec, variable, weights[name])
    table = network.positions(network.POSITIONS, shape.width).numpy()
    spec.encoder.position_encodings.encodings = table
    spec.decoder.position_encodings.encodings = table
    return spec


def _put(part: Any, variable: str, value: Any) -> None:
    """Set a variable of a specification by its name: an item of a list is written layer_0."""
    *path, last = variable.split("/")
    for step in path:
        if hasattr(part, step):
            part = getattr(part, step)
        else:
            attribute, _, number = step.rpartition("_")
            part = getattr(part, attribute)[int(number)]
    setattr(part, last, value)


def export_model(
    checkpoint: Checkpoint,
    spm_model: Path,
    folder: Path,
    mean: bool = True,
    quantization: str | None = "int8",
) -> None:
    """Write `folder`/model and `folder`/sentencepiece.model. TrainingError if the vocabulary does not fit."""
    spm = library("sentencepiece").SentencePieceProcessor(model_file=str(spm_model))
    pieces = [spm.id_to_piece(number) for number in range(spm.get_piece_size())]
    if len(pieces) != checkpoint.vocabulary or any(pieces[n] != piece for piece, n in SPECIALS.items()):
        raise TrainingError(f"{spm_model} is not the vocabulary this checkpoint was trained with.")
    spec = specification(checkpoint, mean)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.config.layer_norm_epsilon = EPSILON
    spec.validate()
    spec.optimize(quantization=quantization)
    shutil.rmtree(folder / "model", ignore_errors=True)
    (folder / "model").mkdir(parents=True)
    spec.save(str(folder / "model"))
    shutil.copyfile(spm_model, folder / "sentencepiece.model")


def make_export(
    checkpoint: Path,
    spm_model: Path,
    folder: Path,
    mean: bool = True,
    quantization: str = "int8",
    force: bool = False,
    other: tuple[Path, float] | None = None,
) -> None:
    """Do the step; `other`: a checkpoint to mix in, which may be narrower, and its share.

    Raises OSError or TrainingError.
    """
    settings = {"mean": mean, "quantization": quantization, "share": other[1] if other else 0.0}
    inputs = [checkpoint, spm_model, *([other[0]] if other else [])]
    with Step("export", folder, inputs, settings, force) as step:
        if not step.needed:
            return
        state = load_checkpoint(checkpoint)
        if other:
            earlier = widened(load_checkpoint(other[0]), state.shape.inner, like=state)
            state = mixed(state, earlier, other[1])
        export_model(state, spm_model, folder, mean, None if quantization == "float32" else quantization)
        size = (folder / "model" / "model.bin").stat().st_size
        annotated = state.settings.get("data", {}).get("annotated", 0)
        step.note(target_pieces_seen=state.pieces, model_bytes=size, annotated=annotated)
