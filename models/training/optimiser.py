"""Muon (Jordan et al. 2024) for the hidden matrices, AdamW for embeddings, norms and biases."""

from __future__ import annotations

from typing import Any

import torch

from models.training.network import Network
from models.training.settings import Optimiser

_MOMENTUM = 0.95
# Quintic Newton-Schulz iteration towards the nearest orthogonal matrix.
_A, _B, _C = 3.4445, -4.7750, 2.0315
# Makes the mean size of an update that of AdamW's at the same rate.
_ADAM_LIKE = 0.2


def orthogonal(matrices: Any, steps: int = 5) -> Any:
    """Return nearly orthogonal matrices with the same row and column spaces, of a stack (number, m, n)."""
    x = matrices / (matrices.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    tall = x.shape[-2] > x.shape[-1]
    x = x.mT if tall else x
    for _ in range(steps):
        product = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(product, product, product, beta=_B, alpha=_C), x, beta=_A)
    return x.mT if tall else x


def hidden_matrices(network: Network) -> list[tuple[str, Any]]:
    """Return the matrices Muon is for: all but the embedding."""
    return [(n, p) for n, p in network.named_parameters() if p.dim() == 2 and "embedding" not in n]


class Muon:
    """Orthogonalised momentum; projections that were fused (qkv, kv) are treated one by one."""

    def __init__(self, named: list[tuple[str, Any]], width: int, decay: float, half: bool = False) -> None:
        """`half`: orthogonalise in bfloat16 on a CPU, too, as the authors do on a GPU."""
        self._named = named
        self._half = half
        self._parts = {n: p.shape[0] // width if n.endswith("kv.weight") else 1 for n, p in named}
        self._decay = decay
        self.momentum = {name: torch.zeros_like(p) for name, p in named}

    def step(self, rate: float) -> None:
        """Update the matrices from their gradients."""
        with torch.no_grad():
            groups: dict[tuple[int, ...], list[tuple[Any, Any]]] = {}
            for name, weight in self._named:
                held = self.momentum[name].lerp_(weight.grad, 1 - _MOMENTUM)
                update = weight.grad.lerp(held, _MOMENTUM)
                parts = self._parts[name]
                for part, change in zip(weight.data.chunk(parts), update.chunk(parts), strict=True):
                    groups.setdefault(tuple(part.shape), []).append((part, change))
            for shape, items in groups.items():
                kind = torch.bfloat16 if self._half or items[0][0].is_cuda else torch.float32
                changes = orthogonal(torch.stack([change for _, change in items]).to(kind)).float()
                parts_of_group = [part for part, _ in items]
                torch._foreach_mul_(parts_of_group, 1 - rate * self._decay)
                torch._foreach_add_(
                    parts_of_group, list(changes.unbind()), alpha=-rate * _ADAM_LIKE * max(shape) ** 0.5
                )


class Optimisers:
    """Both optimisers behind one step; with `plain_adam` AdamW does everything, for comparison."""

    def __init__(self, network: Network, settings: Optimiser) -> None:
        self._settings = settings
        matrices = [] if settings.plain_adam else hidden_matrices(network)
        names = {name for name, _ in matrices}
        rest = [p for name, p in network.named_parameters() if name not in names]
        self.muon = Muon(matrices, network.shape.width, settings.muon_decay, network.half)
        self.adam = torch.optim.AdamW(rest, lr=settings.adam, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0)

    def step(self, factor: float) -> None:
        """Update all parameters with `factor` times the learning rates."""
        for group in self.adam.param_groups:
            group["lr"] = self._settings.adam * factor
        self.adam.step()
        self.muon.step(self._settings.muon * factor)

    def state(self) -> dict[str, Any]:
        """Return what a checkpoint keeps."""
        return {
            "muon": {name: value.cpu() for name, value in self.muon.momentum.items()},
            "adam": self.adam.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint kept; other optimiser, other parts: those start afresh."""
        for name, value in state["muon"].items():
            if name in self.muon.momentum:
                self.muon.momentum[name].copy_(value)
        if set(state["muon"]) == set(self.muon.momentum):
            self.adam.load_state_dict(state["adam"])
