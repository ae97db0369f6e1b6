#!/usr/bin/env python3
"""Lets several parsers vote on the trees of one text, and keeps the sentences on which they agree, as CoNLL-U.

usage: vote.py SYSTEM.conllu... [--agreement 0.6] > silver.conllu

A word's head, with its relation, is the one that most parsers give, and so are its part of speech and features; at
a tie, the first parser's. Sentences whose winners make no tree fall out, as `kronik train` reads them.
Source: Sagae and Lavie 2006, here without their search for the best tree: where one is needed, they agree too little.
"""
import argparse
import collections
import sys

ID, FORM, LEMMA, UPOS, FEATS, HEAD, DEPREL = 0, 1, 2, 3, 5, 6, 7
LONGEST = 60  # words


def sentences(path):
    with open(path, encoding="utf-8") as lines:
        rows = []
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10:
                rows.append(cells)
            elif rows:
                yield rows
                rows = []
        if rows:
            yield rows


def most(votes):
    """The commonest of the votes, the first of equals, and its share."""
    counts = collections.Counter(votes)
    best = max(counts, key=lambda vote: (counts[vote], -votes.index(vote)))
    return best, counts[best] / len(votes)


def elected(systems):
    """One sentence by all parsers -> its rows and how far they agree on the trees, or None where they cut it apart."""
    if len({tuple(row[FORM] for row in rows) for rows in systems}) != 1:
        return None
    out, agreed, words = [], 0, 0
    for rows in zip(*systems):
        row = list(rows[0])
        if row[ID].isdigit():
            (row[HEAD], row[DEPREL]), share = most([(r[HEAD], r[DEPREL]) for r in rows])
            (row[UPOS], row[FEATS]), _ = most([(r[UPOS], r[FEATS]) for r in rows])
            row[LEMMA] = "_"  # the lemmatiser learns from what people wrote
            words += 1
            agreed += share == 1
        row[9] = "_"
        out.append(row)
    return (out, agreed / words) if words else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("systems", nargs="+")
    parser.add_argument("--agreement", type=float, default=0.6, help="the least share of words with one tree for all")
    args = parser.parse_args()
    seen, kept, words = set(), 0, 0
    for systems in zip(*(sentences(path) for path in args.systems), strict=True):
        voted = elected(systems)
        if voted is None or len(voted[0]) > LONGEST or len(voted[0]) < 4 or voted[1] < args.agreement:
            continue
        text = tuple(row[FORM] for row in voted[0])
        if text in seen:
            continue
        seen.add(text)
        kept, words = kept + 1, words + len(text)
        print("\n".join("\t".join(row) for row in voted[0]) + "\n")
    print(f"{kept} sentences, {words} words", file=sys.stderr)


if __name__ == "__main__":
    main()
