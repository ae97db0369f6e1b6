#!/usr/bin/env python3
"""Runs `kronik parse --pretokenized` on a file of tokens and tags, for the shared data's text/ner_score.py.

usage: names.py KRONIK LANG GOLD.tsv[.gz] > PRED.tsv
"""
import gzip
import subprocess
import sys


def main():
    kronik, lang, gold = sys.argv[1:4]
    opener = gzip.open if gold.endswith(".gz") else open
    with opener(gold, "rt", encoding="utf-8") as lines:
        tokens = "".join(line.rstrip("\n").split("\t")[0] + "\n" for line in lines)
    out = subprocess.run([kronik, "parse", "--pretokenized", "--format", "conllu", "--lang", lang, "-"],
                         input=tokens, capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        if line.startswith("#"):
            continue
        if not line:
            print()
            continue
        fields = line.split("\t")
        if "-" in fields[0] or "." in fields[0]:
            continue
        entity = [cell[7:] for cell in fields[9].split("|") if cell.startswith("Entity=")]
        print(fields[1] + "\t" + (entity[0] if entity else "O"))


if __name__ == "__main__":
    main()
