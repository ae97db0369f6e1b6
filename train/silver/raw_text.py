#!/usr/bin/env python3
"""Writes the sentences of files of tokens and BIO tags as raw text, a paragraph each, for parsers to read.

usage: raw_text.py TEXT.tsv[.gz]... [--cased FILE[.gz]...] > raw.txt

Spaces are set as writers set them. A text without capitals gets them: the commonest writing of each word in the
texts of --cased (of the same format, or CoNLL-U), at a sentence's start and in a name a capital.
"""
import argparse
import collections
import gzip
import re

CLOSING = set(",.;:!?)]}%”’…") | {"'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m"}
OPENING = set("([{“‘$£€")


def sentences(path):
    """Lists of (token, tag); the tag of a treebank's words is O."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    current = []
    with opened as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                current.append((cells[1], "O"))
            elif len(cells) == 2:
                current.append((cells[0], cells[1]))
            elif cells == [""] and current:
                yield current
                current = []
    if current:
        yield current


def writings(paths):
    """The commonest writing of each word, by its lower case; a sentence's first word says nothing of it."""
    counts = collections.defaultdict(collections.Counter)
    for path in paths:
        for sentence in sentences(path):
            for word, _ in sentence[1:]:
                counts[word.lower()][word] += 1
    return {lower: found.most_common(1)[0][0] for lower, found in counts.items()}


def capitalised(sentence, known):
    first, out = True, []
    for word, tag in sentence:
        written = known.get(word, word)
        named = tag != "O" and not tag.endswith("MISC") and len(word) > 3
        if (first or named) and written.islower():
            written = written[0].upper() + written[1:]
        if any(c.isalnum() for c in word):
            first = False
        elif word in ".!?":
            first = True
        out.append(written)
    return out


def joined(words):
    text, quoted, glue = "", False, True
    for before, word, after in zip([""] + words, words, words[1:] + [""]):
        year = word == "," and len(after) == 4  # "May 1, 2005"
        figures = before[-1:].isdigit() and after[:1].isdigit() and not year
        letters = before[-1:].isalnum() and (after[:1].islower() or after[:1].isdigit())
        opens = word in OPENING or (word == '"' and not quoted)
        closes = word.lower() in CLOSING or (word == '"' and quoted)
        inside = (word in "-/" and letters) or (word in "'’" and after == "s") or (word in ".,:-/" and figures)
        text += ("" if glue or closes or inside else " ") + word
        glue = opens or inside
        quoted ^= word == '"'
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--cased", nargs="+", default=[])
    args = parser.parse_args()
    known = writings(args.cased)
    for path in args.texts:
        for sentence in sentences(path):
            words = [word for word, _ in sentence]
            if not any(c.isupper() for word in words for c in word):
                words = capitalised(sentence, known)
            print(re.sub(r"\s+", " ", joined(words)) + "\n")


if __name__ == "__main__":
    main()
