"""Our weights in CTranslate2's model.bin: which variable is which parameter, and how the file is read back.

The file (binary version 6, `ctranslate2.specs.model_spec.ModelSpec.save`): version, name and revision of the
specification, the variables, aliases; numbers little-endian, strings with their length and a zero byte.
CTranslate2 itself only writes it from Python.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.settings import Shape

TIED = ("encoder/embeddings_0/weight", "decoder/embeddings/weight", "decoder/projection/weight")
_BINARY_VERSION = 6
_TYPES = ("float32", "int8", "int16", "int32", "float16")
_NORM = (("gamma", "weight"), ("beta", "bias"))
_LINEAR = (("weight", "weight"), ("bias", "bias"))


def parameters(shape: Shape) -> dict[str, str]:
    """Return the variables of a specification and our parameter for each; embeddings are one matrix."""
    found = dict.fromkeys(TIED, "embedding.weight")

    def add(part: str, name: str, ends: tuple[tuple[str, str], ...]) -> None:
        found.update({f"{part}/{theirs}": f"{name}.{ours}" for theirs, ours in ends})

    for side, layers in (("encoder", shape.encoder), ("decoder", shape.decoder)):
        add(f"{side}/layer_norm", f"{side}_norm", _NORM)
        for number in range(layers):
            part, name = f"{side}/layer_{number}", f"{side}.{number}"
            add(f"{part}/self_attention/layer_norm", f"{name}.norm_self", _NORM)
            add(f"{part}/self_attention/linear_0", f"{name}.attention.qkv", _LINEAR)
            add(f"{part}/self_attention/linear_1", f"{name}.attention.out", _LINEAR)
            add(f"{part}/ffn/layer_norm", f"{name}.norm_feed", _NORM)
            add(f"{part}/ffn/linear_0", f"{name}.feed.up", _LINEAR)
            add(f"{part}/ffn/linear_1", f"{name}.feed.down", _LINEAR)
            if side == "decoder":
                add(f"{part}/attention/layer_norm", f"{name}.norm_cross", _NORM)
                for place, which in enumerate(("q", "kv", "out")):
                    add(f"{part}/attention/linear_{place}", f"{name}.cross.{which}", _LINEAR)
    return found


def read_variables(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the variables of a model.bin by name, int8 ones as numbers again. ValueError if it is none."""
    at = 0

    def number(kind: str) -> int:
        nonlocal at
        [value] = struct.unpack_from(f"<{kind}", data, at)
        at += struct.calcsize(kind)
        return int(value)

    def name() -> str:
        nonlocal at
        length = number("H")
        at += length
        return data[at - length : at].rstrip(b"\0").decode()

    try:
        if (version := number("I")) != _BINARY_VERSION:
            raise ValueError(f"binary version {version}, not {_BINARY_VERSION}")
        name(), number("I")
        found: dict[str, NDArray[Any]] = {}
        for _ in range(number("I")):
            variable = name()
            shape = [number("I") for _ in range(number("B"))]
            kind, size = np.dtype(_TYPES[number("B")]), number("I")
            found[variable] = np.frombuffer(data, kind, size // kind.itemsize, at).reshape(shape)
            at += size
        for variable in [v for v in found if f"{v}_scale" in found]:
            found[variable] = found[variable].astype(np.float32) / found[f"{variable}_scale"][:, None]
        for _ in range(number("I")):
            alias = name()
            found[alias] = found[name()]
    except (struct.error, IndexError, KeyError, UnicodeDecodeError) as error:
        raise ValueError(f"it is no model of CTranslate2 or a damaged one ({error})") from error
    return found


def shape_of(variables: dict[str, NDArray[Any]]) -> Shape:
    """Return the shape of a network with these variables. KeyError if one of them is missing."""
    inner, width = variables["encoder/layer_0/ffn/linear_0/weight"].shape
    layers = {
        side: sum(
            name.startswith(f"{side}/layer_") and name.endswith("ffn/linear_0/weight") for name in variables
        )
        for side in ("encoder", "decoder")
    }
    return Shape(width, int(variables["encoder/num_heads"]), inner, layers["encoder"], layers["decoder"])
