#!/usr/bin/env python3
"""Does a long run grow? Reads reports that never end, and looks at the memory every few seconds.

usage: soak.py KRONIK MINUTES read|worker [FOLDER-OF-PAGES]

`read` gets an endless archive on standard input; `worker` gets messages from a queue of its own (nats-server),
one of every twenty for a file that isn't there. The pages (.html or .html.gz) come again and again, each time at
another address and with other words at their end; without a folder they are the invented ones of tests/queue.
Prints the mean resident size in each sixth of the time. In the first half the chronicle's cache fills (64 MiB with
SQLite), so exits 1 if the last third is over a tenth above the middle one.
"""
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "queue"))
import reports
from pages import pages_in, record

EVERY_S = 5
BATCH = 100  # reports in a file of the worker's


def pages_of(folder):
    """Pages without end, as (number, HTML)."""
    if folder is None:
        for number in itertools.count():
            yield number, reports.page(number)
    # Copies must not take each other's place: none says an address of its own.
    pages = [re.sub(rb'(?i)<(link|meta)[^>]*(canonical|og:url)[^>]*>', b"", page) for page in pages_in(folder)]
    for number in itertools.count():
        yield number, pages[number % len(pages)].replace(b"</body>", b"<p>Edition %d.</p></body>" % number)


def resident_mib(pid):
    pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def watch(process, minutes):
    """(seconds since the start, MiB), until the time is over or the program ends."""
    start, samples = time.monotonic(), []
    while time.monotonic() - start < 60 * minutes and process.poll() is None:
        samples.append((time.monotonic() - start, resident_mib(process.pid)))
        time.sleep(EVERY_S)
    return samples


def soak_read(kronik, minutes, pages, folder):
    process = subprocess.Popen([kronik, "read", "-", "--quiet", "--store", folder / "soak.db"],
                               stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def feed():
        try:
            for number, page in pages:
                process.stdin.write(record(number, page))
        except OSError:
            pass  # the program was ended

    threading.Thread(target=feed, daemon=True).start()
    samples = watch(process, minutes)
    process.terminate()
    process.wait()
    return samples


def soak_worker(kronik, minutes, pages, folder):
    nats = shutil.which("nats-server", path=os.environ.get("PATH", "") + ":/usr/sbin")
    port = 20000 + os.getpid() % 10000
    queue = subprocess.Popen([nats, "-js", "-sd", folder / "queue", "-a", "127.0.0.1", "-p", str(port)],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ["KRONIK_QUEUE"] = f"nats://127.0.0.1:{port}"
    time.sleep(1)
    process = subprocess.Popen([kronik, "worker", "--root", folder, "--store", folder / "soak.db", "--tries", "2",
                                "--delay", "1"], stderr=subprocess.DEVNULL)
    over = threading.Event()

    def pending():
        run = subprocess.run([kronik, "status"], capture_output=True)
        return json.loads(run.stdout)["pending"] if run.returncode == 0 else 0

    def feed():
        files = []
        for turn in itertools.count():
            while pending() > 5 and not over.is_set():
                over.wait(1)
            if over.is_set():
                return
            path = folder / f"{turn}.warc.gz"
            path.write_bytes(b"".join(record(*page) for page in itertools.islice(pages, BATCH)))
            subprocess.run([kronik, "submit", path], capture_output=True)
            files.append(path)
            if turn % 20 == 0 or len(files) > 20:  # one that is not read yet, or one that is
                (files.pop() if turn % 20 == 0 else files.pop(0)).unlink()

    feeder = threading.Thread(target=feed)
    feeder.start()
    samples = watch(process, minutes)
    over.set()
    feeder.join()
    for ended in (process, queue):
        ended.terminate()
        ended.wait()
    return samples


def main():
    kronik, minutes, what = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    if minutes < 1:
        sys.exit("it takes a minute at least")
    pages = pages_of(sys.argv[4] if len(sys.argv) > 4 else None)
    with tempfile.TemporaryDirectory() as folder:
        soak = {"read": soak_read, "worker": soak_worker}[what]
        samples = soak(kronik, minutes, pages, pathlib.Path(folder))
        articles = subprocess.run(["sqlite3", f"{folder}/soak.db", "select count(*) from articles"],
                                  capture_output=True, text=True).stdout.strip()
    length = samples[-1][0]
    sixths = [[size for at, size in samples if i <= 6 * at / length < i + 1] for i in range(6)]
    means = [sum(sizes) / len(sizes) for sizes in sixths]
    print(f"{what}: {length / 60:.0f} minutes, {articles} articles; MiB resident in each sixth: "
          f"{' '.join(f'{mean:.0f}' for mean in means)}; {max(size for _, size in samples):.0f} at most")
    return means[4] + means[5] > 1.1 * (means[2] + means[3])


if __name__ == "__main__":
    sys.exit(main())
