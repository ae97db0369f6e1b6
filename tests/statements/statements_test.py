#!/usr/bin/env python3
"""Scores the statements of short paragraphs, one construction of attribution each.

usage: statements_test.py KRONIK [--print]

A statement is right if source, cue and content are those of the table (source "-": none), and the
outlets behind "via". Floors: precision and recall 0.92 in each language.
"""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import paragraphs

FLOOR = 0.92


def row(statement):
    """A statement in the table's form."""
    source = (statement.get("source") or {}).get("text") or "-"
    content = "; ".join(piece["text"] for piece in statement["content"])
    via = ", ".join(v["actor"].get("text") or v["actor"]["name"] for v in statement["via"])
    return f"{source} | {statement['cue']['text']} | {content}" + (f" | via {via}" if via else "")


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        cases = paragraphs.parse(path)
        found = collections.defaultdict(list)
        for i, statement in paragraphs.records(kronik, "statements", path.stem, [text for text, _ in cases]):
            found[i].append(row(statement))
        right = gold = system = 0
        for i, (text, wanted) in enumerate(cases):
            both = collections.Counter(wanted) & collections.Counter(found[i])
            right, gold, system = right + both.total(), gold + len(wanted), system + len(found[i])
            lines = [f"  - {line}" for line in wanted if line not in both]
            lines += [f"  + {line}" for line in found[i] if line not in both]
            if verbose and lines:
                print("\n".join([text] + lines))
        precision, recall = right / max(system, 1), right / max(gold, 1)
        print(f"{path.stem}: {len(cases)} paragraphs, precision {precision:.3f}, recall {recall:.3f} of {gold}")
        failed |= precision < FLOOR or recall < FLOOR
    sys.exit(failed)


if __name__ == "__main__":
    main()
