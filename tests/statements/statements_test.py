#!/usr/bin/env python3
"""Scores the statements of short paragraphs, one construction of attribution each.

usage: statements_test.py KRONIK [--print]

A statement is right if source, cue and content are those of the table (source "-": none). Floors:
precision and recall 0.9 in each language.
"""
import collections
import json
import pathlib
import subprocess
import sys

FLOOR = 0.9


def parse(path):
    """(text, wanted lines) of each paragraph of a table."""
    cases, text = [], False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            text = False
        elif line.startswith("> "):
            if text:
                cases[-1][0] += "\n\n" + line[2:]
            else:
                cases.append([line[2:], []])
            text = True
        else:
            cases[-1][1].append(line)
            text = False
    return cases


def found(kronik, lang, texts):
    """The statements of each text, in the table's form."""
    lines = "".join(json.dumps({"id": str(i), "lang": lang, "text": text}) + "\n" for i, text in enumerate(texts))
    out = subprocess.run([kronik, "statements", "-"] + sys.argv[3:], input=lines, check=True,
                         capture_output=True, text=True)
    result = collections.defaultdict(list)
    for line in out.stdout.splitlines():
        s = json.loads(line)
        source = (s.get("source") or {}).get("text") or "-"
        content = "; ".join(c["text"] for c in s["content"])
        result[int(s["input"])].append(f"{source} | {s['cue']['text']} | {content}")
    return result


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        cases = parse(path)
        statements = found(kronik, path.stem, [text for text, _ in cases])
        right = gold = system = 0
        for i, (text, wanted) in enumerate(cases):
            both = collections.Counter(wanted) & collections.Counter(statements[i])
            right, gold, system = right + both.total(), gold + len(wanted), system + len(statements[i])
            if verbose and collections.Counter(wanted) != collections.Counter(statements[i]):
                print(text)
                for sign, lines, other in (("-", wanted, both), ("+", statements[i], both)):
                    for line in lines:
                        if line not in other:
                            print(f"  {sign} {line}")
        precision, recall = right / max(system, 1), right / max(gold, 1)
        print(f"{path.stem}: {len(cases)} paragraphs, precision {precision:.3f}, recall {recall:.3f} of {gold}")
        failed |= precision < FLOOR or recall < FLOOR
    sys.exit(failed)


if __name__ == "__main__":
    main()
