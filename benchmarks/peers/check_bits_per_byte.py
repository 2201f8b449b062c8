#!/usr/bin/env python3
"""Recomputes the bits per byte that `./wrought demo --json` reports, from the checkpoint's and the dataset's files alone.

    ./wrought demo --json > demo.json
    python check_bits_per_byte.py demo.json

Needs torch and transformers. The shards are parsed here by hand (Megatron-LM's indexed format), the model is loaded by transformers, and each
document is scored as lm-evaluation-harness does a rolling log-likelihood: the end-of-text token is the first context, windows do not overlap,
each token is scored once with as much left context as the window allows. gzip -9's
figure on the same bytes and the parameter count are recomputed too. Exit code 1 where a figure differs by more than 1e-3.
"""
import argparse
import gzip
import json
import math
import struct
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

DTYPES = {8: ("H", 2), 4: ("i", 4)}


def documents(prefix):
    """The token ids of each document of a split, end-of-text included."""
    index = prefix.with_suffix(".idx").read_bytes()
    assert index[:9] == b"MMIDIDX\x00\x00", "not an index of token shards"
    version, code = struct.unpack_from("<QB", index, 9)
    assert version == 1
    sequences, = struct.unpack_from("<Q", index, 18)
    sizes = struct.unpack_from(f"<{sequences}i", index, 34)
    pointers = struct.unpack_from(f"<{sequences}q", index, 34 + 4 * sequences)
    letter, width = DTYPES[code]
    tokens = prefix.with_suffix(".bin").read_bytes()
    for size, pointer in zip(sizes, pointers):
        yield list(struct.unpack_from(f"<{size}{letter}", tokens, pointer))


def rolling_windows(document, end_of_text, context):
    """(inputs, targets) with -100 where a token is context only."""
    stream = [end_of_text] + document
    first = 0
    while first < len(document):
        last = min(first + context, len(document))
        start = max(0, last - context)
        yield stream[start:last], [-100 if i < first else document[i] for i in range(start, last)]
        first = last


@torch.inference_mode()
def model_nats(model, documents, end_of_text, context, batch=16):
    windows = [w for d in documents for w in rolling_windows(d, end_of_text, context)]
    windows.sort(key=lambda w: len(w[0]))
    nats = 0.0
    for at in range(0, len(windows), batch):
        part = windows[at:at + batch]
        length = max(len(inputs) for inputs, _ in part)
        ids = torch.zeros(len(part), length, dtype=torch.long)
        targets = torch.full((len(part), length), -100)
        for row, (inputs, wanted) in enumerate(part):
            ids[row, :len(inputs)] = torch.tensor(inputs)
            targets[row, :len(wanted)] = torch.tensor(wanted)
        # Rows are padded on the right: with causal attention the padding is never seen.
        log_probabilities = torch.log_softmax(model(ids).logits.double(), -1)
        scored = targets != -100
        nats -= log_probabilities[scored].gather(1, targets[scored][:, None]).sum().item()
    return nats


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("report", type=Path, help="what `./wrought demo --json` printed")
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    report = json.loads(options.report.read_text())
    checkpoint, dataset = Path(report["checkpoint"]), Path(report["dataset"])

    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32).eval()
    end_of_text = tokenizer.convert_tokens_to_ids("<|endoftext|>")
    context = model.config.max_position_embeddings

    chosen, texts, size = [], [], 0
    for document in documents(dataset / "validation"):
        assert document[-1] == end_of_text
        document = document[:-1]
        pieces = tokenizer.convert_ids_to_tokens(document)
        text = byte_level(pieces)
        if size + len(text) > report["heldOutBytes"]:
            break
        chosen.append(document)
        texts.append(text)
        size += len(text)

    nats = model_nats(model, chosen, end_of_text, context)
    found = {
        "heldOutBytes": size,
        "heldOutBitsPerByte": nats / math.log(2) / size,
        "gzipBitsPerByte": 8 * len(gzip.compress(b"".join(texts), 9)) / size,
        "parameters": sum(p.numel() for p in model.parameters()),
    }
    wrong = False
    for name, value in found.items():
        bad = abs(value - report[name]) > 1e-3
        wrong |= bad
        print(f"{name:24} reported {report[name]:<14.6g} recomputed {value:<14.6g} {'DIFFERS' if bad else 'ok'}")
    sys.exit(wrong)


def byte_level(pieces):
    """The bytes that byte-level pieces stand for (Radford et al. 2019: printable bytes stand for themselves, the others for 256 and up)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    byte_of = {chr(b): b for b in printable}
    byte_of.update({chr(256 + n): b for n, b in enumerate(b for b in range(256) if b not in printable)})
    return bytes(byte_of[c] for piece in pieces for c in piece)


if __name__ == "__main__":
    main()
