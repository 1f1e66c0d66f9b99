"""Products of matrices in bfloat16 on a CPU, everything else in float32.

On a processor with avx512_bf16 a product in bfloat16 takes less than half the time. torch's own autocast
halves attention, losses and sums as well, which are slower in bfloat16 there; so only the products are.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional


class _Product(torch.autograd.Function):  # type: ignore[misc]
    """x wᵀ + b, forward and back with products in bfloat16 (which sum in float32)."""

    @staticmethod
    def forward(context: Any, x: Any, weight: Any, bias: Any) -> Any:
        rows = x.reshape(-1, x.shape[-1]).to(torch.bfloat16)
        half = weight.to(torch.bfloat16)
        context.save_for_backward(rows, half)
        context.biased = bias is not None
        y = torch.mm(rows, half.t()).float()
        if bias is not None:
            y += bias
        return y.view(*x.shape[:-1], -1)

    @staticmethod
    def backward(context: Any, change: Any) -> Any:
        rows, half = context.saved_tensors
        flat = change.reshape(-1, change.shape[-1])
        short = flat.to(torch.bfloat16)
        back = torch.mm(short, half).float().view(*change.shape[:-1], -1)
        return back, torch.mm(short.t(), rows).float(), flat.sum(0) if context.biased else None


def product(x: Any, weight: Any, bias: Any, half: bool) -> Any:
    """Return x wᵀ + b; `half` has an effect on a CPU and while training only."""
    if halving(x, half):
        return _Product.apply(x, weight, bias)
    return functional.linear(x, weight, bias)


class _Feed(torch.autograd.Function):  # type: ignore[misc]
    """relu(x Uᵀ + a) Dᵀ + b, with the wide layer between never leaving bfloat16.

    It is the largest array of a layer; to write and read it in float32 took a tenth of the training time.
    """

    @staticmethod
    def forward(context: Any, x: Any, up: Any, up_bias: Any, down: Any, down_bias: Any) -> Any:
        rows = x.reshape(-1, x.shape[-1]).to(torch.bfloat16)
        half_up, half_down = up.to(torch.bfloat16), down.to(torch.bfloat16)
        inner = torch.addmm(up_bias.to(torch.bfloat16), rows, half_up.t()).relu_()
        context.save_for_backward(rows, inner, half_up, half_down)
        y = torch.mm(inner, half_down.t()).float()
        y += down_bias
        return y.view(x.shape)

    @staticmethod
    def backward(context: Any, change: Any) -> Any:
        rows, inner, half_up, half_down = context.saved_tensors
        flat = change.reshape(-1, change.shape[-1])
        short = flat.to(torch.bfloat16)
        back = torch.ops.aten.threshold_backward(torch.mm(short, half_down), inner, 0)
        return (
            torch.mm(back, half_up).float().view(change.shape),
            torch.mm(back.t(), rows).float(),
            back.sum(0, dtype=torch.float32),
            torch.mm(short.t(), inner).float(),
            flat.sum(0),
        )


def halving(x: Any, half: bool) -> bool:
    """Return whether products with x are made in bfloat16: on a CPU and while training only."""
    return half and torch.is_grad_enabled() and x.device.type == "cpu"


def feed(x: Any, up: Linear, down: Linear) -> Any:
    """Return relu(up(x)) sent through `down`, in bfloat16 between them; ask halving() before."""
    return _Feed.apply(x, up.weight, up.bias, down.weight, down.bias)


class Linear(nn.Linear):  # type: ignore[misc]
    """torch's layer, whose products may be made in bfloat16."""

    half_products = False

    def forward(self, x: Any) -> Any:
        """Apply the layer."""
        return product(x, self.weight, self.bias, self.half_products)


def halve(network: nn.Module) -> None:
    """Let all linear layers of a network make their products in bfloat16."""
    for layer in network.modules():
        if isinstance(layer, Linear):
            layer.half_products = True
