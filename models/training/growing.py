"""A trained network made larger, so that it goes on from what it knows (Chen et al. 2016, “Net2Net”)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.training.checkpoints import Checkpoint
from models.training.extras import library


def widened(checkpoint: Checkpoint, inner: int) -> Checkpoint:
    """Return a checkpoint with feed-forward layers of width `inner`; what it computes stays the same.

    The new units read at random, as in a new network, and nothing reads them yet. The optimisers start anew.
    A network that is as wide or wider is returned as it is.
    """
    more = inner - checkpoint.shape.inner
    if more <= 0:
        return checkpoint
    torch = library("torch")

    def grown(values: dict[str, Any], random: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for name, value in values.items():
            if name.endswith("feed.up.weight"):
                value = torch.cat([value, random[name]])
            elif name.endswith("feed.up.bias"):
                value = torch.cat([value, value.new_zeros(more)])
            elif name.endswith("feed.down.weight"):
                value = torch.cat([value, value.new_zeros(value.shape[0], more)], dim=1)
            found[name] = value
        return found

    bound = (6.0 / (checkpoint.shape.width + inner)) ** 0.5  # Glorot and Bengio 2010
    random = {
        name: torch.empty(more, checkpoint.shape.width).uniform_(-bound, bound)
        for name in checkpoint.weights
        if name.endswith("feed.up.weight")
    }
    return replace(
        checkpoint,
        shape=replace(checkpoint.shape, inner=inner),
        weights=grown(checkpoint.weights, random),
        mean=grown(checkpoint.mean, random),
        optimisers=None,
    )
