#!/usr/bin/env python3
"""The peer of `./wrought bench train`: the same model trained by PyTorch, one step at a time on request.

Reads one line of JSON, the model and the batch (see `Setup` below), and answers with one line {"name", "parameters"}. Then for each line on
standard input it trains one step and answers {"seconds", "loss"}; it ends with its input. With scaled_dot_product_attention, fused AdamW and, at
precision bf16, autocast, where PyTorch has them (2.x); float32 and plain attention on 1.x. No clipping, which ours includes.
"""
import json
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

MODERN = int(torch.__version__.split(".")[0]) >= 2


class Setup:
    """kind "gpt" or "llama", vocabulary, context, layers, width, heads, keyValueHeads, feedForward, sequences, precision, threads."""

    def __init__(self, fields):
        self.__dict__.update(fields)
        self.head = self.width // self.heads


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        if MODERN:
            return F.rms_norm(x, x.shape[-1:], self.weight, 1e-5)
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * self.weight


class Block(nn.Module):
    def __init__(self, s):
        super().__init__()
        gpt = s.kind == "gpt"
        self.s = s
        self.norm1 = nn.LayerNorm(s.width) if gpt else RmsNorm(s.width)
        self.norm2 = nn.LayerNorm(s.width) if gpt else RmsNorm(s.width)
        self.qkv = nn.Linear(s.width, (s.heads + 2 * s.keyValueHeads) * s.head, bias=gpt)
        self.out = nn.Linear(s.width, s.width, bias=gpt)
        self.up = nn.Linear(s.width, s.feedForward if gpt else 2 * s.feedForward, bias=gpt)
        self.down = nn.Linear(s.feedForward, s.width, bias=gpt)

    def forward(self, x, cos, sin):
        x = x + self.attention(self.norm1(x), cos, sin)
        return x + self.feed_forward(self.norm2(x))

    def attention(self, x, cos, sin):
        s = self.s
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, -1, s.head).transpose(1, 2).split([s.heads, s.keyValueHeads, s.keyValueHeads], 1)
        if s.kind == "llama":
            q, k = turn(q, cos, sin), turn(k, cos, sin)
        if not MODERN:
            k, v = (each.repeat_interleave(s.heads // s.keyValueHeads, 1) for each in (k, v))
            scores = q @ k.transpose(2, 3) / math.sqrt(s.head)
            later = torch.ones(t, t, dtype=torch.bool).triu(1)
            y = scores.masked_fill(later, -math.inf).softmax(-1) @ v
        elif s.heads == s.keyValueHeads:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
        return self.out(y.transpose(1, 2).reshape(b, t, s.width))

    def feed_forward(self, x):
        if self.s.kind == "gpt":
            return self.down(F.gelu(self.up(x)))
        gate, up = self.up(x).chunk(2, -1)
        return self.down(F.silu(gate) * up)


def turn(x, cos, sin):
    left, right = x.chunk(2, -1)
    cos, sin = cos.to(x.dtype), sin.to(x.dtype)
    return torch.cat([left * cos - right * sin, right * cos + left * sin], -1)


class Model(nn.Module):
    def __init__(self, s):
        super().__init__()
        gpt = s.kind == "gpt"
        self.tokens = nn.Embedding(s.vocabulary, s.width)
        self.places = nn.Embedding(s.context, s.width) if gpt else None
        self.blocks = nn.ModuleList(Block(s) for _ in range(s.layers))
        self.norm = nn.LayerNorm(s.width) if gpt else RmsNorm(s.width)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * s.layers) if "out" in name or "down" in name else 0.02)
        frequencies = 10_000.0 ** (-torch.arange(0, s.head, 2) / s.head)
        angles = torch.outer(torch.arange(s.context), frequencies)
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())

    def forward(self, ids, targets):
        x = self.tokens(ids)
        if self.places is not None:
            x = x + self.places.weight[: ids.shape[1]]
        for block in self.blocks:
            x = block(x, self.cos, self.sin)
        logits = self.norm(x) @ self.tokens.weight.t()
        return F.cross_entropy(logits.view(-1, logits.shape[-1]).float(), targets.view(-1))


def main():
    s = Setup(json.loads(sys.stdin.readline()))
    torch.set_num_threads(s.threads)
    torch.manual_seed(1)
    model = Model(s)
    options = {"fused": True} if MODERN else {}
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4, betas=(0.9, 0.95), weight_decay=0.1, **options)
    ids = torch.randint(0, s.vocabulary, (s.sequences, s.context))
    targets = torch.randint(0, s.vocabulary, (s.sequences, s.context))
    narrow = MODERN and s.precision == "bf16"
    manner = ("bf16 autocast" if narrow else "fp32") + (", SDPA, fused AdamW" if MODERN else "")
    name = f"PyTorch {torch.__version__.split('+')[0]} ({manner})"
    answer({"name": name, "parameters": sum(p.numel() for p in model.parameters())})
    for _ in sys.stdin:
        start = time.perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=narrow):
            loss = model(ids, targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        answer({"seconds": time.perf_counter() - start, "loss": loss.item()})


def answer(fields):
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main()
