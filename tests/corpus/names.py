#!/usr/bin/env python3
"""Runs `kronik parse --pretokenized` on a file of tokens and tags, for the shared data's text/ner_score.py.

usage: names.py KRONIK LANG GOLD.tsv[.gz] > PRED.tsv
"""
import gzip
import subprocess
import sys


def sentences(kronik, lang, gold):
    """kronik's analysis of the gold's tokens: the rows of CoNLL-U of each sentence."""
    opener = gzip.open if gold.endswith(".gz") else open
    with opener(gold, "rt", encoding="utf-8") as lines:
        tokens = "".join(line.rstrip("\n").split("\t")[0] + "\n" for line in lines)
    out = subprocess.run([kronik, "parse", "--pretokenized", "--format", "conllu", "--lang", lang, "-"],
                         input=tokens, capture_output=True, text=True, check=True).stdout
    for block in out.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        if rows:
            yield [row for row in rows if row[0].isdigit()]


def tag(row):
    return next((cell[7:] for cell in row[9].split("|") if cell.startswith("Entity=")), "O")


def main():
    for rows in sentences(*sys.argv[1:4]):
        for row in rows:
            print(row[1] + "\t" + tag(row))
        print()


if __name__ == "__main__":
    main()
