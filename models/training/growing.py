"""A trained network made larger, so that it goes on from what it knows (Chen et al. 2016, “Net2Net”)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.training.checkpoints import Checkpoint
from models.training.extras import library


def widened(checkpoint: Checkpoint, inner: int, like: Checkpoint | None = None) -> Checkpoint:
    """Return a checkpoint with feed-forward layers of width `inner`; what it computes stays the same.

    The new units read at random, as in a new network, or what those of `like` read, a checkpoint as wide as
    wanted, and nothing reads them yet. The optimisers start anew. A network that is as wide or wider is
    returned as it is.
    """
    more = inner - checkpoint.shape.inner
    if more <= 0:
        return checkpoint
    torch = library("torch")
    bound = (6.0 / (checkpoint.shape.width + inner)) ** 0.5  # Glorot and Bengio 2010
    random = {
        name: weights.new_empty(more, *weights.shape[1:]).uniform_(-bound, bound)
        if name.endswith(".weight")
        else weights.new_zeros(more)
        for name, weights in checkpoint.weights.items()
        if name.endswith(("feed.up.weight", "feed.up.bias"))
    }

    def grown(values: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
        found = dict(values)
        for name, value in values.items():
            if name in random:
                found[name] = torch.cat([value, theirs.get(name, random[name])[-more:].to(value)])
            elif name.endswith("feed.down.weight"):
                found[name] = torch.cat([value, value.new_zeros(value.shape[0], more)], dim=1)
        return found

    return replace(
        checkpoint,
        shape=replace(checkpoint.shape, inner=inner),
        weights=grown(checkpoint.weights, like.weights if like else {}),
        mean=grown(checkpoint.mean, like.mean if like else {}),
        optimisers=None,
    )
