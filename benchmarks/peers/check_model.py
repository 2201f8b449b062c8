#!/usr/bin/env python3
"""Recomputes in plain PyTorch, double precision, the logits, loss and gradients that the torch module computed in float32.

    java ... dev.wrought.benchmarks.ModelSample FOLDER
    python check_model.py FOLDER/gpt2 FOLDER/llama

Each folder holds config.json, model.safetensors and sample.safetensors. The model is written out below from its papers, not taken from transformers;
where transformers is installed it must load the folder as it is and agree, too. An error is the largest difference, divided by the largest value of
the tensor. Exit code 1 where one is above 1e-4.
"""
import json
import math
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

LIMIT = 1e-4


def gpt2(c, w, ids):
    """GPT-2: learned positions, LayerNorm, GELU by tanh, Conv1D weights [in, out], tied embeddings."""
    b, t = ids.shape
    heads, width = c["n_head"], c["n_embd"]
    norm = lambda x, name: F.layer_norm(x, (width,), w[name + ".weight"], w[name + ".bias"], c["layer_norm_epsilon"])
    linear = lambda x, name: x @ w[name + ".weight"] + w[name + ".bias"]
    x = w["transformer.wte.weight"][ids] + w["transformer.wpe.weight"][:t]
    for layer in range(c["n_layer"]):
        p = f"transformer.h.{layer}."
        q, k, v = [a.view(b, t, heads, -1).transpose(1, 2) for a in linear(norm(x, p + "ln_1"), p + "attn.c_attn").split(width, -1)]
        x = x + linear(attention(q, k, v), p + "attn.c_proj")
        x = x + linear(F.gelu(linear(norm(x, p + "ln_2"), p + "mlp.c_fc"), approximate="tanh"), p + "mlp.c_proj")
    return norm(x, "transformer.ln_f") @ w["transformer.wte.weight"].t()


def llama(c, w, ids):
    """LLaMA: rotary positions over halves, RMSNorm, SwiGLU, grouped queries, weights [out, in]."""
    b, t = ids.shape
    heads, groups, head = c["num_attention_heads"], c["num_key_value_heads"], c["head_dim"]
    norm = lambda x, name: x / (x.pow(2).mean(-1, keepdim=True) + c["rms_norm_eps"]).sqrt() * w[name + ".weight"]
    linear = lambda x, name: x @ w[name + ".weight"].t()
    angles = torch.outer(torch.arange(t).double(), c["rope_theta"] ** (-torch.arange(0, head, 2).double() / head))
    turn = lambda x: torch.cat([x[..., : head // 2] * angles.cos() - x[..., head // 2 :] * angles.sin(),
                                x[..., head // 2 :] * angles.cos() + x[..., : head // 2] * angles.sin()], -1)
    x = w["model.embed_tokens.weight"][ids]
    for layer in range(c["num_hidden_layers"]):
        p = f"model.layers.{layer}."
        h = norm(x, p + "input_layernorm")
        q = turn(linear(h, p + "self_attn.q_proj").view(b, t, heads, head).transpose(1, 2))
        k = turn(linear(h, p + "self_attn.k_proj").view(b, t, groups, head).transpose(1, 2))
        v = linear(h, p + "self_attn.v_proj").view(b, t, groups, head).transpose(1, 2)
        k, v = [a.repeat_interleave(heads // groups, 1) for a in (k, v)]
        x = x + linear(attention(q, k, v), p + "self_attn.o_proj")
        h = norm(x, p + "post_attention_layernorm")
        x = x + linear(F.silu(linear(h, p + "mlp.gate_proj")) * linear(h, p + "mlp.up_proj"), p + "mlp.down_proj")
    return norm(x, "model.norm") @ w.get("lm_head.weight", w["model.embed_tokens.weight"]).t()


def attention(q, k, v):
    b, heads, t, head = q.shape
    scores = q @ k.transpose(2, 3) / math.sqrt(head)
    scores = scores.masked_fill(torch.ones(t, t, dtype=torch.bool).triu(1), -math.inf)
    return (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, heads * head)


MODELS = {"GPT2LMHeadModel": gpt2, "LlamaForCausalLM": llama}


def error(actual, expected):
    return ((actual.double() - expected).abs().max() / expected.abs().max()).item()


def check(folder):
    config = json.loads((folder / "config.json").read_text())
    weights = {name: t.double().requires_grad_() for name, t in load_file(folder / "model.safetensors").items()}
    sample = load_file(folder / "sample.safetensors")
    ids, targets = sample["ids"].long(), sample["targets"].long()
    architecture = config["architectures"][0]
    logits = MODELS[architecture](config, weights, ids)
    loss = F.cross_entropy(logits.view(-1, logits.shape[-1]), targets.view(-1), reduction="sum")
    loss.backward()
    errors = {"logits": error(sample["logits"], logits.detach()), "loss": error(sample["loss"], loss.detach())}
    gradients = {name: error(sample["gradient." + name], t.grad) for name, t in weights.items()}
    worst = max(gradients, key=gradients.get)
    errors[f"gradients (worst of {len(gradients)}: {worst})"] = gradients[worst]
    other = transformers_logits(folder, ids)
    if other is not None:
        errors["logits of transformers"] = error(other, logits.detach())
    for what, value in errors.items():
        print(f"{architecture}  {what}: {value:.2e}")
    return max(errors.values())


@torch.no_grad()
def transformers_logits(folder, ids):
    try:
        from transformers import AutoModelForCausalLM
    except ImportError:
        print("transformers is not installed: not compared")
        return None
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)(ids).logits


def main():
    worst = max(check(Path(folder)) for folder in sys.argv[1:])
    print(f"PyTorch {torch.__version__}: largest relative error {worst:.2e}, limit {LIMIT:.0e}")
    sys.exit(0 if worst <= LIMIT else 1)


if __name__ == "__main__":
    main()
