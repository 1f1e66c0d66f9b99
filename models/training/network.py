"""The Transformer (Vaswani et al. 2017, pre-norm), built so that CTranslate2's TransformerSpec is exactly it.

Head 0 of the last decoder layer's cross-attention is the one that is guided to align words. Import this
module only where torch is wanted.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from models.training.halving import Linear, feed, halve, halving, product
from models.training.settings import Shape
from models.training.vocabulary import PAD

POSITIONS = 512
_NOWHERE = -1e9


def positions(count: int, width: int) -> Any:
    """Return the position encodings: sines in the first half of the width, cosines in the second."""
    angles = np.arange(count)[:, None] / np.power(10000, 2 * (np.arange(width) // 2) / width)[None]
    table = np.concatenate((np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])), axis=1)
    return torch.tensor(table, dtype=torch.float32)


def thinned(x: Any, drop: float, training: bool) -> Any:
    """Dropout (Srivastava et al. 2014) of an array (pair, position, feature), alike at all positions.

    tensor2tensor and T5X can share the mask so, too (broadcast_dims). One number for each element makes a
    step on a CPU 1.5 times as long, one for all positions costs nothing that can be measured.
    """
    if not drop or not training:
        return x
    kept = x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - drop).div_(1 - drop)
    return x * kept


class SelfAttention(nn.Module):  # type: ignore[misc]
    """Attention of a sequence to itself; the three projections are one matrix."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = Linear(width, 3 * width)
        self.out = Linear(width, width)

    def forward(self, x: Any, mask: Any = None) -> Any:
        """Return what each position gathers; without a mask positions see no later ones."""
        rows, length, width = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        return self.out(seen.transpose(1, 2).reshape(rows, length, width))


class CrossAttention(nn.Module):  # type: ignore[misc]
    """Attention of the decoder to the encoder."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = Linear(width, width)
        self.kv = Linear(width, 2 * width)
        self.out = Linear(width, width)

    def forward(self, x: Any, memory: Any, mask: Any) -> Any:
        """Return what each target position gathers from the source."""
        rows, length, width = x.shape
        size = width // self.heads
        q = self.q(x).view(rows, length, self.heads, size).transpose(1, 2)
        k, v = self.kv(memory).view(rows, memory.shape[1], 2, self.heads, size).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.out(seen.transpose(1, 2).reshape(rows, length, width))

    def first_head(self, x: Any, memory: Any, mask: Any) -> Any:
        """Return the logarithm of head 0's attention, (pair, target, source)."""
        size = self.q.out_features // self.heads
        q = functional.linear(x, self.q.weight[:size], self.q.bias[:size])
        k = functional.linear(memory, self.kv.weight[:size], self.kv.bias[:size])
        return torch.log_softmax((q @ k.mT).float() * size**-0.5 + mask[:, 0].float(), -1)


class FeedForward(nn.Module):  # type: ignore[misc]
    """Two layers with ReLU between."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.up = Linear(width, inner)
        self.down = Linear(inner, width)

    def forward(self, x: Any) -> Any:
        """Apply both layers."""
        if halving(x, self.up.half_products):
            return feed(x, self.up, self.down)
        return self.down(functional.relu(self.up(x)))


class EncoderLayer(nn.Module):  # type: ignore[misc]
    """Self-attention and feed-forward, each after a norm and beside a bypass."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norm_self = nn.LayerNorm(shape.width)
        self.attention = SelfAttention(shape.width, shape.heads)
        self.norm_feed = nn.LayerNorm(shape.width)
        self.feed = FeedForward(shape.width, shape.inner)

    def forward(self, x: Any, mask: Any, drop: float) -> Any:
        """Apply the layer."""
        x = x + thinned(self.attention(self.norm_self(x), mask), drop, self.training)
        return x + thinned(self.feed(self.norm_feed(x)), drop, self.training)


class DecoderLayer(nn.Module):  # type: ignore[misc]
    """Self-attention, cross-attention and feed-forward."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norm_self = nn.LayerNorm(shape.width)
        self.attention = SelfAttention(shape.width, shape.heads)
        self.norm_cross = nn.LayerNorm(shape.width)
        self.cross = CrossAttention(shape.width, shape.heads)
        self.norm_feed = nn.LayerNorm(shape.width)
        self.feed = FeedForward(shape.width, shape.inner)

    def forward(self, x: Any, memory: Any, mask: Any, drop: float, align: bool = False) -> Any:
        """Apply the layer; return also the log attention of head 0 if `align`, else None."""
        x = x + thinned(self.attention(self.norm_self(x)), drop, self.training)
        asked = self.norm_cross(x)
        looks = self.cross.first_head(asked, memory, mask) if align else None
        x = x + thinned(self.cross(asked, memory, mask), drop, self.training)
        return x + thinned(self.feed(self.norm_feed(x)), drop, self.training), looks


class Network(nn.Module):  # type: ignore[misc]
    """The whole model; source, target and output embeddings are one matrix."""

    def __init__(self, shape: Shape, vocabulary: int, loss_rows: int = 512, half: bool = False) -> None:
        """`half`: products in bfloat16 while training on a CPU (halving.py)."""
        super().__init__()
        self.shape = shape
        self.half = half
        self.loss_rows = loss_rows
        self.embedding = nn.Embedding(vocabulary, shape.width)
        self.register_buffer("positions", positions(POSITIONS, shape.width), persistent=False)
        self.encoder = nn.ModuleList([EncoderLayer(shape) for _ in range(shape.encoder)])
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder = nn.ModuleList([DecoderLayer(shape) for _ in range(shape.decoder)])
        self.decoder_norm = nn.LayerNorm(shape.width)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and "embedding" not in name:
                nn.init.xavier_uniform_(weight)
                if name.endswith(("out.weight", "down.weight")):  # what is added to the bypass starts small
                    weight.data.mul_(0.5)
            elif name.endswith("bias"):
                nn.init.zeros_(weight)
        if half:
            halve(self)

    def _embed(self, ids: Any) -> Any:
        x = self.embedding(ids) * math.sqrt(self.shape.width) + self.positions[: ids.shape[1]]
        return thinned(x, self.shape.dropout, self.training)

    def encode(self, source: Any) -> tuple[Any, Any]:
        """Return the encoder's output and the mask of padding."""
        padded = (source == PAD)[:, None, None, :]
        x = self._embed(source)
        kind = torch.bfloat16 if torch.is_autocast_enabled() else x.dtype
        mask = torch.zeros(padded.shape, dtype=kind, device=x.device).masked_fill_(padded, float("-inf"))
        for layer in self.encoder:
            x = layer(x, mask, self.shape.dropout)
        return self.encoder_norm(x), mask

    def decode(self, target: Any, memory: Any, mask: Any, align: bool = False) -> tuple[Any, Any]:
        """Return the decoder's output before the output layer, and head 0's log attention or None."""
        x = self._embed(target)
        looks = None
        for number, layer in enumerate(self.decoder, 1):
            x, looks = layer(x, memory, mask, self.shape.dropout, align and number == len(self.decoder))
        return self.decoder_norm(x), looks

    def scores(self, hidden: Any) -> Any:
        """Return the scores of the vocabulary (before softmax)."""
        return product(hidden, self.embedding.weight, None, self.half)

    def loss(
        self,
        source: Any,
        target_in: Any,
        target_out: Any,
        smoothing: float,
        links: Any = None,
        guide: float = 0,
    ) -> tuple[Any, Any]:
        """Return the summed cross-entropy and the mean alignment loss (0 without links).

        `links` rows are (pair, target piece, source piece). The output layer runs in chunks: its scores are
        the largest array of all.
        """
        memory, mask = self.encode(source)
        hidden, looks = self.decode(target_in, memory, mask, align=links is not None and guide > 0)
        real = (target_out != PAD).view(-1)
        hidden, wanted = hidden.reshape(-1, self.shape.width)[real], target_out.reshape(-1)[real]
        total = hidden.new_zeros((), dtype=torch.float32)
        for start in range(0, hidden.shape[0], self.loss_rows):
            scores = self.scores(hidden[start : start + self.loss_rows]).float()
            total = total + functional.cross_entropy(
                scores, wanted[start : start + self.loss_rows], label_smoothing=smoothing, reduction="sum"
            )
        if looks is None:
            return total, total.new_zeros(())
        linked = torch.zeros(looks.shape, dtype=torch.bool, device=looks.device)
        linked[links[:, 0], links[:, 1], links[:, 2]] = True
        hits = torch.logsumexp(looks.masked_fill(~linked, _NOWHERE), -1)
        rows = linked.any(-1)
        return total, -(hits * rows).sum() / rows.sum().clamp(min=1)
