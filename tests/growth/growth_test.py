#!/usr/bin/env python3
"""The work that a hostile page costs, and what is said of a hostile text, grow with its size and no faster.

usage: growth_test.py KRONIK

Counts instructions (valgrind's cachegrind), which no other load on the machine changes: of a page
four times as long, at most MAX_RATIO times as many, what starting the program costs left out. Counts the bytes
of the records of a text of one endless sentence in the same way.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SIZE = 60_000  # bytes of the smaller page
FACTOR = 4
MAX_RATIO = 6.0
FREE = 20_000_000  # instructions that nobody minds

PROSE = "<p>The ministers of both states met on Monday and agreed to meet again in the spring.</p>"


def numbered(form):
    return lambda size: "".join(form.format(i) for i in range(size // len(form.format(1234))))


def repeated(piece, before="", after=""):
    return lambda size: before + piece * (size // len(piece)) + after


PAGES = {
    "prose": repeated(PROSE),
    "open div": repeated("<div>"),
    "open formatting": repeated("<b>"),
    "formatting in paragraphs": numbered("<p><b id={}>"),
    "end tags of nothing": repeated("</x>", "<span>" * 600),
    "misnested": repeated("<a><p></a>"),
    "adoption": repeated("<b><i><div></b></i>"),
    "tables in tables": repeated("<table><tr><td>"),
    "text that leaves a table": repeated("&amp;<td>&amp;</td>", "<table>"),
    "attributes": numbered(" a{}=1"),
    "attributes of a tag": lambda size: "<p" + numbered(" a{}=1")(size) + ">x",
    "attributes of body": numbered("<body a{}=1>"),
    "less than": repeated("<"),
    "ampersands": repeated("&"),
    "ampersands and names": repeated("&CounterClockwiseContourIntegra"),
    "comments that don't end": repeated("<!--"),
    "comment of dashes": repeated("-", "<!--"),
    "cdata": repeated("]", "<svg><![CDATA["),
    "scripts in comments": repeated("<script>", "<script><!--"),
    "NUL": repeated("\0"),
    "quotes": repeated("<a href='"),
    "carriage returns": repeated("\r"),
    "templates": repeated("<template>"),
    "selects": repeated("<select><option>"),
    "svg": repeated("<svg><title>"),
    "headings": repeated("<h1>Ministers meet</h1>"),
    "links": numbered("<p><a href='/news/{}'>Ministers meet again</a></p>"),
    "list items": repeated("<ul><li>Ministers meet in the capital on Monday."),
    "json-ld": lambda size: '<script type="application/ld+json">' + "[" * size + "</script>",
    "json-ld items": lambda size: '<script type="application/ld+json">[' + ",".join(
        numbered('{{"@type":"NewsArticle","headline":"Ministers meet {}"}};')(size).split(";")[:-1])
        + "]</script>",
    "metas": numbered('<meta property="og:title" content="Ministers meet {}">'),
    "authors": numbered('<a rel="author" href="/a">Writer {}</a>'),
    "times": numbered('<time datetime="2024-05-03T10:00:00Z">{}</time>'),
    "captions": numbered("<figure><img><figcaption>Ministers meet {}</figcaption></figure>"),
    "one long line": lambda size: "<p>" + "Ministers met on Monday " * (size // 24),
    "breaks": repeated("The ministers met on Monday.<br>"),
}


TEXTS = ("he said that ", "Peru promised to ", "Peru and Chile, ", "\"we agree\" said ", "Peru thanked Chile and ",
         "according to Peru ")


def told(kronik, verb, text):
    line = json.dumps({"id": "1", "lang": "en", "date": "2025-03-04", "text": text})
    return len(subprocess.run([kronik, verb, "-"], input=line, capture_output=True, text=True, check=True).stdout)


def instructions(kronik, page, folder, name):
    path = os.path.join(folder, name + ".html")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("<!doctype html><html><body>" + page)
    run = subprocess.run(
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
         kronik, "article", path],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    found = re.search(r"I +refs: +([\d,]+)", run.stderr)
    if not found:
        sys.exit(f"no count of instructions for {name}:\n{run.stderr}")
    return int(found[1].replace(",", ""))


def main():
    kronik = sys.argv[1]
    if not shutil.which("valgrind"):
        print("SKIP: valgrind is not installed")
        sys.exit(77)
    failed = False
    for piece in TEXTS:
        for verb in ("statements", "events", "commitments"):
            small, large = (told(kronik, verb, piece * (size // len(piece))) for size in (SIZE, SIZE * FACTOR))
            bad = large > FREE and large / small > MAX_RATIO
            failed |= bad
            print(f"{'FAIL' if bad else 'ok':4}  {large / max(small, 1):5.1f}x  {large / 1e6:9.1f} MB  {verb}: {piece}")
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(2) as threads:
        start = instructions(kronik, "", folder, "start")

        def measure(item):
            number, (name, make) = item
            return name, [instructions(kronik, make(size), folder, f"{number}-{size}") - start
                          for size in (SIZE, SIZE * FACTOR)]

        for name, (small, large) in threads.map(measure, enumerate(PAGES.items())):
            ratio = large / max(small, 1)
            bad = large > FREE and ratio > MAX_RATIO
            failed |= bad
            print(f"{'FAIL' if bad else 'ok':4}  {ratio:5.1f}x  {large / 1e6:9.1f} M  {name}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
