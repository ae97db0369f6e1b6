#!/usr/bin/env python3
"""Whether memory stays flat: reads a WARC file of many pages, and one of a tenth of them.

usage: memory.py KRONIK FOLDER-OF-PAGES [COUNT] [VERB...]

Repeats the pages (.html or .html.gz) until there are COUNT (10000), each a gzip member, and prints
pages a second and the largest resident size for both. VERB is `article` if not given. Exits 1 if
the large one took over a quarter more memory than the small one.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from pages import pages_in, record


def run(words):
    start = time.monotonic()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    kronik, folder = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    verb = sys.argv[4:] or ["article"]
    pages = pages_in(folder)
    sizes = []
    with tempfile.TemporaryDirectory() as temp:
        for number in (count // 10, count):
            path = pathlib.Path(temp) / f"{number}.warc.gz"
            with open(path, "wb") as file:
                for i in range(number):
                    file.write(record(i, pages[i % len(pages)]))
            words = [kronik, *verb, str(path)]
            if verb[0] == "read":
                words += ["--quiet", "--store", str(path) + ".db"]
            seconds, size = run(words)
            sizes.append(size)
            print(f"{' '.join(verb)}: {number} pages, {path.stat().st_size >> 20} MiB: "
                  f"{number / seconds:.0f} pages/s, {size:.0f} MiB resident at most", flush=True)
            path.unlink()
    return sizes[1] > 1.25 * sizes[0]


if __name__ == "__main__":
    sys.exit(main())
