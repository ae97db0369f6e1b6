#!/usr/bin/env python3
"""How long `kronik serve` takes over the chronicle of store_bench: api.py KRONIK STORE [TIMES]

Prints the median and the worst of TIMES (20) for each kind of question, over different ones, in
milliseconds, as a client on this machine sees them.
"""
import json
import random
import socket
import statistics
import subprocess
import sys
import time
import urllib.request


def code(random_):
    """One of store_bench's codes, the first ones likelier."""
    i = int(220 ** random_.random()) - 1
    return "A" + chr(65 + i // 26) + chr(65 + i % 26)


def word(random_):
    return f"word{int(30000 ** random_.random()) - 1}"


QUESTIONS = {
    "events": lambda r: "/api/events?limit=200",
    "events of a party": lambda r: f"/api/events?party={code(r)}&limit=200",
    "events with a word": lambda r: f"/api/events?q={word(r)}&limit=200",
    "events of a party with a word": lambda r: f"/api/events?party={code(r)}&q={word(r)}&limit=200",
    "events of a status and category": lambda r: f"/api/events?party={code(r)}&status=planned&quad=0&limit=200",
    "facets": lambda r: "/api/facets",
    "facets of a party": lambda r: f"/api/facets?party={code(r)}",
    "facets of a dyad": lambda r: f"/api/facets?party={code(r)}&party={code(r)}",
    "facets of a word": lambda r: f"/api/facets?q={word(r)}",
    "network of a year": lambda r: f"/api/network?from={r.randint(2015, 2024)}&to=2024&party={code(r)}",
    "places of all": lambda r: "/api/places",
    "places of a year and a party": lambda r: f"/api/places?from={r.randint(2015, 2024)}&to=2024&party={code(r)}",
    "reports": lambda r: f"/api/articles?limit=100&offset={r.randint(0, 50) * 100}",
    "reports with a word": lambda r: f"/api/articles?q={word(r)}&limit=100",
}


def main():
    kronik, store = sys.argv[1:3]
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([kronik, "serve", "--store", store, "--port", str(port)],
                              stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        for _ in range(6000):
            try:
                urllib.request.urlopen(base + "/api/openapi.yaml", timeout=600)
                break
            except OSError:
                time.sleep(0.1)
        for name, question in QUESTIONS.items():
            random_ = random.Random(name)
            took = []
            for _ in range(times):
                start = time.perf_counter()
                json.load(urllib.request.urlopen(base + question(random_), timeout=600))
                took.append(1000 * (time.perf_counter() - start))
            print(f"{name:34} median {statistics.median(took):9.1f} ms, worst {max(took):9.1f} ms", flush=True)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
