#!/usr/bin/env python3
"""The peer of `./wrought tokenizer train`: Hugging Face's tokenizers learns the same byte-level BPE from the same text.

    python train_tokenizer.py corpus.txt --vocabulary 32000 --threads 2 --save theirs.json

Needs tokenizers. CORPUS is a text file, which is cut into documents where the kind `text` cuts it, or a folder, each file a document in the order of
paths. The library is given the documents from memory; reading them is not timed. `--by-lines` lets it read a file by itself instead, line by line,
which is its usual way: then no word holds a line's end and what follows it, so that the merges are others. One line of JSON tells the seconds;
`--save` writes the tokenizer.json. Ids are ours up to the special tokens, for which `--reserved` ids are left.
"""
import argparse
import json
import os
import resource
import time
from pathlib import Path

PIECE_BYTES = 1 << 14


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="a text file or a folder of them")
    parser.add_argument("--vocabulary", type=int, default=8192, help="ids, special ones included")
    parser.add_argument("--reserved", type=int, default=108, help="ids to leave for special tokens")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--by-lines", action="store_true", help="as the library reads a file")
    parser.add_argument("--save", type=Path, help="where to write the tokenizer.json")
    return parser.parse_args()


def cut(piece):
    """Where a full piece ends: after a blank line in its second half, else after a line, else between characters."""
    half = len(piece) // 2
    after_line = -1
    for at in range(len(piece) - 1, half, -1):
        if piece[at - 1] != 0x0A:
            continue
        after_line = max(after_line, at)
        if piece[at] == 0x0A:
            return at + 1
        if piece[at : at + 2] == b"\r\n":
            return at + 2
    if after_line > 0:
        return after_line
    at = len(piece) - 1
    while at > len(piece) - 4 and piece[at] & 0xC0 == 0x80:
        at -= 1
    return len(piece) if piece[at] < 0x80 else at


def documents(corpus):
    if corpus.is_dir():
        return [file.read_bytes() for file in sorted(corpus.rglob("*")) if file.is_file() and not file.is_symlink()]
    text = corpus.read_bytes()
    pieces, at = [], 0
    while at < len(text):
        piece = text[at : at + PIECE_BYTES]
        end = cut(piece) if len(piece) == PIECE_BYTES else len(piece)
        pieces.append(piece[:end])
        at += end
    return pieces


def main():
    options = arguments()
    os.environ["RAYON_NUM_THREADS"] = str(options.threads)  # read when the library is first used
    os.environ["TOKENIZERS_PARALLELISM"] = str(options.threads > 1).lower()
    import tokenizers
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=options.vocabulary - options.reserved,
        min_frequency=2,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    texts = [] if options.by_lines else [document.decode("utf-8") for document in documents(options.corpus)]
    began = time.perf_counter()
    if options.by_lines:
        files = [options.corpus] if options.corpus.is_file() else sorted(f for f in options.corpus.rglob("*") if f.is_file())
        tokenizer.train([str(file) for file in files], trainer)
    else:
        tokenizer.train_from_iterator(texts, trainer)
    seconds = time.perf_counter() - began
    if options.save:
        tokenizer.save(str(options.save))
    print(json.dumps({
        "name": "tokenizers " + tokenizers.__version__,
        "seconds": round(seconds, 2),
        "threads": options.threads,
        "vocabulary": tokenizer.get_vocab_size() + options.reserved,
        "bytes": options.corpus.stat().st_size if options.by_lines else sum(len(text.encode()) for text in texts),
        "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // 1_000_000,
    }))


if __name__ == "__main__":
    main()
