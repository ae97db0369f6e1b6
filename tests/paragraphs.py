"""Tables of short paragraphs and what is to be found in them.

"> " lines are a report, one paragraph each; the lines below it are what is wanted. "#" starts a comment.
"""
import json
import subprocess


def parse(path):
    """(text, wanted lines) of each report of a table."""
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


def records(kronik, command, lang, texts, date=None, options=()):
    """(number of the text, record) for all that `kronik COMMAND` finds in the texts."""
    lines = ""
    for i, text in enumerate(texts):
        lines += json.dumps({"id": str(i), "lang": lang, "text": text} | ({"date": date} if date else {})) + "\n"
    out = subprocess.run([kronik, command, *options, "-"], input=lines, check=True, capture_output=True, text=True)
    for line in out.stdout.splitlines():
        record = json.loads(line)
        yield int(record["input"]), record
