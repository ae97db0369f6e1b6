#!/usr/bin/env python3
"""Turns `kronik statements` into the shape of the shared data's text/attribution_score.py.

usage: attribution.py KRONIK GOLD.jsonl[.gz] [--clauses] > PRED.jsonl

--clauses follows what GUM's annotation is, by the README of the shared data: it marks only attributions
whose content is a discourse unit, and takes source and cue from the tree. So the cue must be a verb or an
adjective, and the content a quotation or have a finite verb; "that", which opens such a
unit, is a part of it. The cue is the verb that heads the unit before ("came to see": "came"), the source
that verb's own subject ("who"), and none where it has none ("..., saying that"). All by kronik's trees.
Statements that such a reader rather wouldn't mark (confidence under 0.5) are left out: half of GUM is talk.
"""
import bisect
import gzip
import json
import subprocess
import sys

OPENS_UNIT = ("that ", "That ")
LIKELY = 0.5
VERBAL = ("VERB", "AUX", "ADJ")


def load(path):
    opener = gzip.open if path.endswith(".gz") else open
    return [json.loads(line) for line in opener(path, "rt", encoding="utf-8")]


def places(pieces):
    """The characters of a span in pieces."""
    return [i for start, end in pieces for i in range(start, end)]


def span(record):
    return [[record["start"], record["end"]]] if record and "start" in record else []


def run(kronik, lines, *command):
    out = subprocess.run([kronik, *command, "-"], input=lines, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


class Trees:
    """The words of each text in order; each knows its sentence's words."""

    def __init__(self, kronik, lines):
        self.words = {}
        for sentence in run(kronik, lines, "parse", "--format", "jsonl"):
            for word in sentence["tokens"]:
                word["sentence"] = sentence["tokens"]
            self.words.setdefault(sentence["input"], []).extend(sentence["tokens"])

    def between(self, text, start, end):
        words = self.words.get(text, [])
        first = bisect.bisect_left(words, start, key=lambda t: t["start"])
        last = bisect.bisect_left(words, end, key=lambda t: t["start"])
        return words[first:last]


def head(word):
    return word["sentence"][word["head"] - 1] if word["head"] else None


def children(word, *relations):
    return [w for w in word["sentence"] if head(w) is word and w["deprel"].split(":")[0] in relations]


def phrase(word):
    """The stretch of a word and all below it."""
    below, left = [word], [word]
    while left and len(below) < 60:
        left = [w for w in word["sentence"] for top in left if head(w) is top]
        below += left
    return [[min(w["start"] for w in below), max(w["end"] for w in below)]]


def finite(word):
    """Whether a verb is neither an infinitive nor a participle without an auxiliary, as far as words tell."""
    if word["upos"] not in ("VERB", "AUX"):
        return False
    top = head(word) if word["deprel"].split(":")[0] in ("aux", "cop") else word
    if any(w["form"].lower() == "to" for w in children(top, "mark")):
        return False
    return not word["form"].lower().endswith("ing") or bool(children(top, "aux", "cop"))


def is_clause(statement, text, trees):
    cue, content = statement["cue"], statement["content"]
    if not any(t["upos"] in VERBAL for t in trees.between(statement["input"], cue["start"], cue["end"])):
        return False
    if cue["text"].lower().startswith("according"):
        return False
    if statement["kind"] == "direct":
        return True
    if text[max(0, content[0]["start"] - 3):content[0]["start"]].lower() == "to ":
        return False
    return any(finite(t) for piece in content for t in trees.between(statement["input"], piece["start"], piece["end"]))


def whole(piece, text):
    """The content's piece, with the complementizer before it."""
    start = piece["start"]
    return [start - 5 if text[max(0, start - 5):start] in OPENS_UNIT else start, piece["end"]]


def unit(statement, trees):
    """Source and cue as the tree of the unit has them."""
    source, cue = span(statement["source"]), span(statement["cue"])
    verbs = [t for t in trees.between(statement["input"], *cue[0]) if t["upos"] in VERBAL]
    verb = verbs[-1]
    while verb["deprel"].split(":")[0] == "xcomp" and head(verb):
        verb = head(verb)
    if verb not in verbs:
        cue = [[w["start"], w["end"]] for w in children(verb, "aux", "cop") + [verb]]
    subject = children(verb, "nsubj", "csubj")
    if subject:
        own = phrase(subject[0])
        if not set(places(own)) & set(places(source)):
            source = own
    elif verb["deprel"].split(":")[0] in ("acl", "advcl", "ccomp", "amod"):
        source = []
    return source, cue


def relations(kronik, texts, clauses=False, least=LIKELY, options=()):
    """(text, statement, its relation in the scorer's shape)."""
    lines = "\n".join(json.dumps({key: t[key] for key in ("id", "lang", "text")}) for t in texts)
    by_id = {t["id"]: t for t in texts}
    trees = Trees(kronik, lines) if clauses else None
    for s in run(kronik, lines, "statements", *options):
        text = by_id[s["input"]]
        source, cue = span(s["source"]), span(s["cue"])
        content = [[c["start"], c["end"]] for c in s["content"]]
        if clauses:
            if s.get("confidence", 1) < least or not is_clause(s, text["text"], trees):
                continue
            source, cue = unit(s, trees)
            content = [whole(c, text["text"]) for c in s["content"]]
        yield text, s, {"source": source, "cue": cue, "content": content}


def main():
    kronik, gold = [a for a in sys.argv[1:] if not a.startswith("--")]
    texts = load(gold)
    found = {}
    for text, _, relation in relations(kronik, texts, "--clauses" in sys.argv):
        found.setdefault(text["id"], []).append(relation)
    for t in texts:
        print(json.dumps({"id": t["id"], "attributions": found.get(t["id"], [])}))


if __name__ == "__main__":
    main()
