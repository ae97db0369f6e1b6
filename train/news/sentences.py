#!/usr/bin/env python3
"""Writes made-up news sentences with their trees as CoNLL-U (no lemmas, no features), for `kronik train`.

usage: sentences.py GRAMMAR [COUNT] [SEED] > news.conllu

The treebanks with free licences are web text, speech and encyclopedias. What a chronicle lives on, a clause
about who did what to whom, is rare there, and a parser that knows only them reads "The council imposed
sanctions" as a noun phrase. A grammar is a text file of rules whose choices are drawn at random:

    NAME := UPOS words...              one of these words
    NAME = ITEMS | 3* ITEMS | ...      one of these phrases; 3* is drawn thrice as often; {rel} gives a phrase
                                       a relation of its own, which NAME:* takes
    form_UPOS   form_UPOS:rel          a word; the one item of a phrase without a relation is its head
    NAME        NAME:rel               a phrase of that name
    [ ITEMS ]:rel                      a phrase
    NAME.ing    @sign_VERB             a phrase in which verbs with @ have this form (base, past, pp, ing, s), until
                                       a phrase in it is given another
    ITEM?                              only now and then
    verb BASE S PAST PP ING            the forms of a verb that has others than the rules below make
"""
import random
import re
import sys

DEEPEST = 9  # phrases in phrases; below, the first choice is always taken
NOW_AND_THEN = 0.3
ITEM = re.compile(r"(?:\]|((?:(\S+?)_([A-Z]+)(?=$|[:?]))|[A-Z][A-Z0-9]*)(?:\.([a-z]+))?)(?::([a-z:*]+))?(\?)?")


class Grammar:
    def __init__(self, path, seed):
        self.rules, self.verbs, self.random = {}, {}, random.Random(seed)
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            try:
                self.read(line)
            except (ValueError, IndexError, AttributeError):
                sys.exit(f"{path}:{number}: not a rule: {line}")

    def read(self, line):
        words = line.split()
        if words[0] == "verb":
            base, third, past, participle, gerund = words[1:]
            self.verbs[base] = {"base": base, "s": third, "past": past, "pp": participle, "ing": gerund}
            return
        name, kind = words[0], words[1]
        if kind == ":=":
            self.rules.setdefault(name, []).extend((1, None, [("word", form, words[2], None, None)]) for form in words[3:])
        elif kind == "=":
            for choice in line.split(" = ", 1)[1].split(" | "):
                items = choice.split()
                weight = int(items.pop(0)[:-1]) if re.fullmatch(r"\d+\*", items[0]) else 1
                relation = items.pop(0)[1:-1] if items[0].startswith("{") else None
                self.rules.setdefault(name, []).append((weight, relation, self.phrase(items)))
        else:
            raise ValueError

    def phrase(self, items):
        """Reads items up to the end or a closing bracket, which it leaves in front."""
        out = []
        while items and not items[0].startswith("]"):
            inner = None
            if items[0] == "[":
                items.pop(0)
                inner = self.phrase(items)
            name, word, upos, form, relation, maybe = ITEM.fullmatch(items.pop(0)).groups()
            if inner is not None:
                out.append(("phrase", inner, None, relation, maybe))
            elif word:
                out.append(("word", word, upos, relation, maybe))
            else:
                out.append(("name", name, form, relation, maybe))
        return out

    def inflect(self, base, form):
        if base in self.verbs:
            return self.verbs[base][form]
        if form == "base":
            return base
        if form == "s":
            return base[:-1] + "ies" if re.search("[^aeou]y$", base) else base + ("es" if re.search("(s|sh|ch|x|z|o)$", base) else "s")
        stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
        if form == "ing":
            return stem + "ing"
        return base[:-1] + "ied" if re.search("[^aeou]y$", base) else stem + "ed"

    def make(self, name, form=None, depth=0):
        """Words [form, upos, relation, head] and the phrase's own relation."""
        if name not in self.rules:
            sys.exit(f"no rule for {name}")
        choices = self.rules[name]
        if depth > DEEPEST and choices[0][2][0][0] != "word":
            _, relation, items = choices[0]
        else:
            _, relation, items = self.random.choices(choices, [weight for weight, _, _ in choices])[0]
        return self.build(items, form, depth), relation

    def build(self, items, form, depth):
        words, heads, main = [], [], None
        for kind, first, second, relation, maybe in items:
            if maybe and self.random.random() > NOW_AND_THEN:
                continue
            if kind == "word":
                text = self.inflect(first[1:], form) if first.startswith("@") else first
                part = [[text, second, "root", None]]
            elif kind == "phrase":
                part = self.build(first, form, depth + 1)
            else:
                part, own = self.make(first, second or form, depth + 1)
                relation = own if relation == "*" else relation
            at = len(words)
            root = next(i for i, word in enumerate(part) if word[3] is None)
            words += [[f, u, d, None if h is None else h + at] for f, u, d, h in part]
            if relation is None:
                if main is not None:
                    sys.exit(f"two heads in {items}")
                main = at + root
            else:
                heads.append((at + root, relation))
        if main is None:
            sys.exit(f"no head in {items}")
        for at, relation in heads:
            words[at][2:] = [relation, main]
        return words


def main():
    grammar = Grammar(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1400):
        words, _ = grammar.make("SENTENCE")
        for word, following in zip(words, words[1:]):
            if word[0] in ("a", "an"):
                word[0] = "an" if following[0][0].lower() in "aeiou" else "a"
        words[0][0] = words[0][0][0].upper() + words[0][0][1:]
        for i, (form, upos, relation, head) in enumerate(words, 1):
            print(i, form, "_", upos, "_", "_", 0 if head is None else head + 1,
                  "root" if head is None else relation, "_", "_", sep="\t")
        print()


if __name__ == "__main__":
    main()
