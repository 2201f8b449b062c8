#!/usr/bin/env python3
"""Loads a checkpoint with transformers as it is, and compares the text that it writes greedily with what serving-svc wrote.

    ./wrought generate --model run:NAME --temperature 0 --max-tokens 64 --json 'public class ' > text.json
    python check_text.py CHECKPOINT text.json --prompt 'public class '

CHECKPOINT is the folder that `./wrought runs show NAME` names; text.json may be - for standard input. Token ids, text and the tokenizer's ids of the prompt must be the same.
Where they part, the two best logits at that place are shown: a tie there would be rounding, not a defect. Exit code 1 where anything differs.
"""
import argparse
import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, help="a checkpoint's folder")
    parser.add_argument("written", help="what `./wrought generate --temperature 0 --json` printed; - for standard input")
    parser.add_argument("--prompt", required=True, help="what it was to go on from")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    written = json.loads(sys.stdin.read() if options.written == "-" else Path(options.written).read_text())
    ours = written["ids"]
    tokenizer = AutoTokenizer.from_pretrained(options.checkpoint)
    model = AutoModelForCausalLM.from_pretrained(options.checkpoint, dtype=torch.float32).eval()
    print(f"{type(model).__name__}, {sum(p.numel() for p in model.parameters()):,} parameters, {type(tokenizer).__name__}")

    prompt = tokenizer(options.prompt, return_tensors="pt")
    same = check("prompt tokens", prompt.input_ids.shape[1], written.get("promptTokens", prompt.input_ids.shape[1]))
    with torch.inference_mode():
        generated = model.generate(
            **prompt, max_new_tokens=len(ours), do_sample=False, temperature=None, top_p=None, top_k=None)[0]
    theirs = generated[prompt.input_ids.shape[1]:].tolist()
    if ours != theirs:
        explain(model, tokenizer, prompt.input_ids[0].tolist(), ours, theirs)
    same &= check("token ids", theirs, ours)
    same &= check("text", tokenizer.decode(theirs, skip_special_tokens=True), written["text"])
    sys.exit(0 if same else 1)


def check(what, theirs, ours):
    print(f"{what}: {'the same' if theirs == ours else f'DIFFER: transformers {theirs!r}, wrought {ours!r}'}")
    return theirs == ours


def explain(model, tokenizer, prompt, ours, theirs):
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    with torch.inference_mode():
        logits = model(torch.tensor([prompt + theirs[:at]])).logits[0, -1]
    best = logits.topk(2)
    names = [repr(tokenizer.decode([i])) for i in best.indices.tolist()]
    print(f"they part at token {at + 1}: transformers' best are {names[0]} {best.values[0]:.6f} and {names[1]} {best.values[1]:.6f}")


if __name__ == "__main__":
    main()
