#!/usr/bin/env python3
"""Like names.py, for gold that marks mentions, not names alone (re3d): what kronik knows of persons, groups and places.

usage: mentions.py KRONIK LANG GOLD.tsv[.gz] > PRED.tsv

A mention is the noun phrase, in kronik's trees, around a name of kronik's, or around a noun that its tables know
(data/lang/LANG/roles.tsv, and the words of places and bodies in names.tsv): with its article, numbers, adjectives,
title, and a complement with "of". Personal pronouns are mentions too. A single person is PER, several persons, a
body and what it is "we" for are ORG. Of mentions inside one another the longest counts.
"""
import collections
import pathlib
import sys

import names

DATA = pathlib.Path(__file__).parents[2] / "data/lang"
BEFORE = {"det", "amod", "nummod", "compound", "nmod", "flat"}  # what stands in a phrase before its head
DEEPER = BEFORE | {"case", "punct", "advmod"}  # and what stands before that: "Iraq's", "non-lethal", "very large"
FIRST_PERSON = {"i": "PER", "me": "PER", "my": "PER", "we": "ORG", "us": "ORG", "our": "ORG", "ours": "ORG"}


def table(lang, name):
    lines = (DATA / lang / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


class Words:
    """Nouns and pronouns, by the kind of what they mean."""

    def __init__(self, lang):
        keys = {row[0]: row[1].split("|") for row in table(lang, "names.tsv")}
        self.nouns = {word: kind for kind in ("ORG", "LOC") for word in keys[kind.lower()]}
        for forms, kind, _ in table(lang, "roles.tsv"):
            for form in forms.split("|"):
                self.nouns[form.lower()] = "PER" if kind.startswith("person") else "ORG"
        pronouns = {row[0]: row[1].split("|") for row in table(lang, "reference.tsv")}
        self.pronouns = dict(FIRST_PERSON)
        for key, kind in (("person", "PER"), ("many", "ORG"), ("thing", "ORG")):
            self.pronouns |= dict.fromkeys(pronouns[key], kind)


class Sentence:
    def __init__(self, rows, words):
        self.words, self.rows = words, rows
        self.lower = [row[1].lower() for row in rows]
        self.heads = [int(row[6]) - 1 for row in rows]
        self.relations = [row[7].split(":")[0] for row in rows]
        self.children = collections.defaultdict(list)
        for i, head in enumerate(self.heads):
            self.children[head].append(i)

    def below(self, i):
        """The words of a subtree."""
        found = [i]
        for word in found:
            found.extend(self.children[word])
        return found

    def of(self, i):
        """Whether it is a complement with "of"."""
        return self.relations[i] == "nmod" and any(
            self.relations[c] == "case" and self.lower[c] == "of" for c in self.children[i])

    def phrase(self, head, first, last):
        """The bounds of the noun phrase of `head`, which holds first..last."""
        for child in sorted(self.children[head], reverse=True):
            below = self.below(child)
            plain = self.relations[child] in BEFORE and not any(
                self.relations[b] not in DEEPER or self.lower[b] == "," for b in below)
            if child < first and plain:
                first = min(below)
        for child in sorted(self.children[head]):
            if child > last and (self.relations[child] == "flat" or self.of(child)):
                last = max(self.below(child))
        return first, last

    def noun(self, i):
        """The kind of what a common noun, or a title with capitals, means."""
        kind = self.words.nouns.get(self.lower[i]) if self.rows[i][3] in ("NOUN", "PROPN") else None
        return "ORG" if kind == "PER" and "Number=Plur" in self.rows[i][5] else kind

    def name(self, first, last, kind):
        """The mention around a name: a title or "the city of" belongs to it."""
        head = next((i for i in range(first, last + 1) if not first <= self.heads[i] <= last), first)
        above = self.heads[head]
        while above >= 0 and self.noun(above) and (self.relations[head] in ("flat", "compound") or self.of(head)):
            if self.relations[head] != "flat":
                kind = self.noun(above)
            head, above = above, self.heads[above]
        return *self.phrase(head, min(first, head), max(last, head)), kind

    def mentions(self):
        tags = [names.tag(row) for row in self.rows]
        starts = [i for i, tag in enumerate(tags) if tag[0] == "B"]
        for first in starts:
            last = first
            while last + 1 < len(tags) and tags[last + 1][0] == "I":
                last += 1
            if not tags[first].endswith("MISC"):
                yield self.name(first, last, tags[first][2:])
        for i, word in enumerate(self.lower):
            if self.rows[i][3] in ("PRON", "DET") and word in self.words.pronouns:
                yield i, i, self.words.pronouns[word]
            elif tags[i] == "O" and self.noun(i) and self.relations[i] != "compound":
                yield *self.phrase(i, i, i), self.noun(i)

    def tags(self):
        out = ["O"] * len(self.rows)
        for first, last, kind in sorted(self.mentions(), key=lambda m: m[0] - m[1]):
            if all(tag == "O" for tag in out[first:last + 1]):
                out[first:last + 1] = ["B-" + kind] + ["I-" + kind] * (last - first)
        return out


def main():
    kronik, lang, gold = sys.argv[1:4]
    words = Words(lang)
    for rows in names.sentences(kronik, lang, gold):
        for row, tag in zip(rows, Sentence(rows, words).tags()):
            print(row[1] + "\t" + tag)
        print()


if __name__ == "__main__":
    main()
