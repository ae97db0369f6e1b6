#!/usr/bin/env python3
"""`kronik submit`, `worker` and `status` with real servers, and with what goes wrong on real machines.

usage: queue_test.py KRONIK [--kills N] [TEST...]

The servers are started here, on free ports, with folders of their own. After every fault the chronicle must
equal the one that a single undisturbed `kronik read` makes. Skips (exit 77) where there is no nats-server.
"""
import gzip
import http.server
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request

sys.path[:0] = [str(pathlib.Path(__file__).parents[1] / folder) for folder in ("queue", "postgres", "cli")]
import crash
import reports
import server as postgres

KRONIK = sys.argv[1]
# A sanitized program is slow: it gets more time, and is killed less often.
SLOW = 5 if re.search(rb"__[at]san_init", pathlib.Path(KRONIK).read_bytes()) else 1
KILLS = 10 // SLOW
if sys.argv[2:3] == ["--kills"]:
    KILLS = int(sys.argv[3])
    del sys.argv[2:4]
NATS = shutil.which("nats-server", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/bin")
LEASE = 2  # seconds until what a dead worker had goes to others


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, seconds=60):
    end = time.monotonic() + SLOW * seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


class NatsServer:
    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [NATS, "-js", "-sd", str(self.folder), "-a", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.answers, 20)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"

    def publish(self, payload, subject="kronik.task"):
        """As anybody may who reaches the server, in NATS's own protocol."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as to:
            to.recv(4096)
            to.sendall(b'CONNECT {"verbose":false}\r\n' + f"PUB {subject} {len(payload)}\r\n".encode() + payload
                       + b"\r\nPING\r\n")
            answer = b""
            while b"PONG" not in answer:
                answer += to.recv(4096)


def chronicle(store):
    """All that a chronicle tells, by kind, as sorted lines."""
    words = {"articles": ["find", "articles", "--limit", "-1", "--format", "jsonl"],
             "events": ["find", "events", "--limit", "-1", "--format", "jsonl"],
             "statements": ["find", "statements", "--limit", "-1", "--format", "jsonl"],
             "ledger": ["ledger", "--format", "jsonl"],
             "export": ["export", "--format", "jsonl"]}
    told = {}
    for kind, verb in words.items():
        run = subprocess.run([KRONIK, *verb, "--store", str(store)], capture_output=True, timeout=SLOW * 120)
        assert run.returncode == 0, run.stderr
        told[kind] = sorted(run.stdout.decode().splitlines())
    return told


class WithAQueue(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.nats = NatsServer(self.folder / "jetstream")
        self.addCleanup(lambda: self.nats.stop(signal.SIGKILL))
        self.news = self.folder / "news"
        self.news.mkdir()
        self.store = self.folder / "queue.db"
        self.workers = []
        self.addCleanup(lambda: [w.kill() for w in self.workers])

    # ---- the programs ----

    def kronik(self, *words, **more):
        return subprocess.run([KRONIK, *map(str, words)], capture_output=True, timeout=SLOW * 120,
                              env={**os.environ, "KRONIK_QUEUE": self.nats.url}, **more)

    def submit(self, *inputs):
        run = self.kronik("submit", *inputs)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run

    def worker(self, *words, env={}, lease=LEASE, jobs=1, **more):
        with open(self.folder / "workers.log", "ab") as log:
            process = subprocess.Popen(
                [KRONIK, "worker", "--store", str(self.store), "--root", str(self.folder), "--jobs", str(jobs),
                 "--lease", str(lease), *map(str, words)], stdout=log, stderr=log,
                env={**os.environ, "KRONIK_QUEUE": self.nats.url, **env}, **more)
        self.workers.append(process)
        return process

    def log(self):
        return (self.folder / "workers.log").read_text()

    def wait_for_lasting_trouble(self):
        """Until a worker's trouble outlasts its first tries: opening a chronicle anew may make a little room in it."""
        def lasts():
            told = self.log()
            if not told.endswith("trying again\n"):
                return False
            time.sleep(SLOW * 3)
            return self.log() == told
        wait_for(lasts)

    def finish(self, *workers, seconds=100):
        for process in workers:
            try:
                process.wait(SLOW * seconds)
            except subprocess.TimeoutExpired:
                self.fail(f"a worker has not ended after {SLOW * seconds} s: {self.log()} {self.status()}")
            self.assertIn(process.returncode, (0, 1), self.log())

    def status(self):
        run = self.kronik("status")
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def dead_letters(self):
        return [json.loads(line) for line in self.kronik("status", "--dead-letters").stdout.splitlines()]

    # ---- the inputs and what must come of them ----

    def pages(self, numbers, folder=None):
        for number in numbers:
            ((folder or self.news) / f"{number:04}.html").write_bytes(reports.page(number))

    def archive(self, numbers, padding=0):
        path = self.news / "pages.warc.gz"
        path.write_bytes(b"".join(reports.record(number, padding) for number in numbers))
        return path

    def lines(self, numbers, padding=0):
        path = self.news / "lines.jsonl"
        path.write_bytes(b"".join(reports.line(number, padding) for number in numbers))
        return path

    def assert_equals_read(self, *inputs):
        undisturbed = self.folder / "undisturbed.db"
        run = self.kronik("read", *(inputs or [self.news]), "--store", undisturbed, "--quiet")
        self.assertEqual(run.returncode, 0, run.stderr)
        wanted, got = chronicle(undisturbed), chronicle(self.store)
        for kind in wanted:
            self.assertGreater(len(wanted[kind]), 0, kind)
            self.assertEqual(got[kind], wanted[kind], kind)

    def kill_workers(self, times):
        """Two workers at work, more to do all the time, and one of them killed every so often."""
        dice = random.Random(2024)
        live = [self.worker("--tries", 1000000) for _ in range(2)]
        for i in range(times):
            more = self.news / f"{i}"
            more.mkdir()
            self.pages(range(12 * i, 12 * i + 12), more)
            self.submit(more)
            time.sleep(dice.uniform(0.2, 1.4))
            victim = live.pop(0)
            self.assertIsNone(victim.poll(), self.log())
            victim.kill()
            victim.wait()
            live.append(self.worker("--tries", 1000000))
        self.submit(self.archive(range(100000, 100040)))
        time.sleep(1)
        for victim in live:
            victim.kill()
            victim.wait()
        self.finish(self.worker("--until-empty", "--tries", 1000000))
        self.assertEqual(self.status()["dead_letters"], 0)
        self.assert_equals_read()


class Work(WithAQueue):
    def test_two_workers_make_what_one_read_makes(self):
        self.pages(range(20))
        self.archive(range(100, 130), padding=80000)
        self.lines(range(200, 230), padding=80000)
        self.kronik("submit", self.news, "--split", 1)
        # Twenty pages, and a message for each MiB of the archive and of the lines.
        self.assertGreaterEqual(self.status()["submitted"], 24)
        self.finish(self.worker("--until-empty"), self.worker("--until-empty"))
        status = self.status()
        self.assertEqual((status["pending"], status["in_flight"], status["dead_letters"]), (0, 0, 0))
        self.assertEqual(status["done"], status["submitted"])
        self.assert_equals_read()

    def test_the_same_twice_and_in_any_order(self):
        self.pages(range(12))
        again = self.submit(self.news)
        self.assertIn(b"12 messages submitted, 0 more were there already", again.stderr)
        self.assertIn(b"0 messages submitted, 12 more were there already", self.submit(self.news).stderr)
        # Without an id the server can't know them.
        messages = [json.dumps({"file": str(path)}).encode() for path in self.news.iterdir()] * 2
        random.Random(7).shuffle(messages)
        for message in messages:
            self.nats.publish(message)
        self.assertEqual(self.status()["pending"], 36)
        self.finish(self.worker("--until-empty"), self.worker("--until-empty"))
        self.assert_equals_read()

    def test_metrics(self):
        self.pages(range(5))
        self.submit(self.news)
        port = free_port()
        worker = self.worker("--metrics", port)
        address = f"http://127.0.0.1:{port}/metrics"

        def metrics():
            try:
                text = urllib.request.urlopen(address, timeout=5).read().decode()
            except OSError:
                return {}
            return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))

        wait_for(lambda: metrics().get('kronik_messages_total{result="done"}') == "5")
        found = metrics()
        self.assertEqual(found['kronik_documents_total{result="stored"}'], "5")
        self.assertEqual(found['kronik_queue_messages{state="pending"}'], "0")
        self.assertGreater(int(found['kronik_records_total{kind="event"}']), 0)
        self.assertGreater(float(found['kronik_seconds_total{stage="analyse"}']), 0)
        self.assertEqual(int(found["kronik_read_bytes_total"]), sum(p.stat().st_size for p in self.news.iterdir()))
        worker.terminate()
        self.assertEqual(worker.wait(SLOW * 20), 0, self.log())


    def test_what_has_not_changed_is_not_sent_again(self):
        """Of two workers the second gets a 304 for what the first fetched; both keep the pause of the site."""
        statuses = []

        class Site(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words):
                pass

            def do_GET(self):
                changed = self.headers["If-None-Match"] != '"1"'
                number = self.path.strip("/")
                known = number.isdigit()
                self.send_response(404 if not known else 200 if changed else 304)
                self.send_header("ETag", '"1"')
                self.end_headers()
                if known:
                    statuses.append(200 if changed else 304)
                if known and changed:
                    self.wfile.write(reports.page(int(number)))

        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        self.addCleanup(site.server_close)
        self.addCleanup(site.shutdown)
        addresses = [f"http://127.0.0.1:{site.server_port}/{number}" for number in range(3)]
        for turn in range(2):
            if turn == 0:
                self.submit(*addresses)
            else:  # the queue's server drops what is submitted again so soon
                for address in addresses:
                    self.nats.publish(json.dumps({"url": address}).encode())
            start = time.monotonic()
            self.finish(self.worker("--until-empty", "--allow-private", "--fetch-delay", 400, jobs=2))
            self.assertGreater(time.monotonic() - start, 0.8)
        self.assertEqual(statuses, [200] * 3 + [304] * 3, self.log())
        self.assertIn("0 reports taken in, 3 were there already", self.log())


class Refusals(WithAQueue):
    def test_messages_that_are_none_or_ask_too_much(self):
        outside = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, outside)
        (outside / "secret.html").write_bytes(reports.page(1))
        (self.news / "link.html").symlink_to(outside / "secret.html")
        os.mkfifo(self.news / "pipe")
        run = self.kronik("status")
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"no queue of this name", run.stderr)
        self.pages([3])
        self.submit(self.news / "0003.html")
        for message in (b"not json", b'{"file": "-"}', json.dumps({"file": str(outside / "secret.html")}).encode(),
                        json.dumps({"file": f"{self.folder}/../{outside.name}/secret.html"}).encode(),
                        json.dumps({"file": str(self.news / "link.html")}).encode(),
                        json.dumps({"file": str(self.news / "pipe")}).encode(),
                        b'{"url": "http://127.0.0.1:1/"}'):
            self.nats.publish(message)
        worker = self.worker("--until-empty")
        self.assertEqual(worker.wait(SLOW * 60), 1, self.log())
        reasons = [letter["reason"] for letter in self.dead_letters()]
        for reason, words in zip(reasons, ["not a JSON object", "not absolute", "lies outside", "lies outside",
                                           "lies outside", "is not a file", "not one of the public internet"]):
            self.assertIn(words, reason)
        self.assertEqual(len(reasons), 7)
        self.assert_equals_read(self.news / "0003.html")

    def test_what_fails_for_now_is_tried_again_and_dead_letters_too(self):
        self.pages(range(3))
        late = self.news / "0001.html"
        self.submit(self.news)
        bytes_ = late.read_bytes()
        late.unlink()
        self.assertEqual(self.worker("--until-empty", "--tries", 2, "--delay", 0).wait(SLOW * 60), 1)
        letters = self.dead_letters()
        self.assertEqual([(l["tries"], "No such file" in l["reason"]) for l in letters], [(2, True)])
        self.assertEqual(self.status()["reasons"], [{"reason": letters[0]["reason"], "count": 1}])
        late.write_bytes(bytes_)
        self.kronik("status", "--dead-letters", "--resubmit")
        self.assertEqual(self.status()["dead_letters"], 0)
        self.finish(self.worker("--until-empty"))
        self.assert_equals_read()

    def test_standard_input_lies_on_no_other_machine(self):
        run = self.kronik("submit", "-", stdin=subprocess.DEVNULL)
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"lies on no other machine", run.stderr)


class Faults(WithAQueue):
    def test_killed_workers(self):
        self.kill_workers(KILLS)

    def test_a_worker_that_is_told_to_stop_hands_back_what_it_has(self):
        self.submit(self.archive(range(400)))
        worker = self.worker(lease=60)
        wait_for(lambda: self.store.exists() and chronicle_size(self.store) > 0)
        worker.terminate()
        self.assertEqual(worker.wait(SLOW * 20), 0, self.log())
        self.assertIn("1 handed back", self.log())
        status = self.status()
        # It need not wait for the lease, and its tries begin anew.
        self.assertEqual((status["pending"], status["in_flight"]), (1, 0))
        self.finish(self.worker("--until-empty"))
        self.assert_equals_read()

    def test_the_queue_s_server_is_killed_and_comes_back(self):
        self.pages(range(60))
        self.submit(self.news)
        workers = [self.worker("--until-empty") for _ in range(2)]
        for _ in range(3):
            time.sleep(0.7)
            self.nats.stop(signal.SIGKILL)
            time.sleep(0.5)
            self.nats.start()
        self.finish(*workers)
        self.assert_equals_read()

    def test_a_full_disk(self):
        """The chronicle may grow no further for a while; a worker that is told to stop stops, another waits."""
        self.pages(range(40))
        self.submit(self.news)

        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))

        worker = self.worker(preexec_fn=little_room)
        self.wait_for_lasting_trouble()
        worker.terminate()
        self.assertEqual(worker.wait(SLOW * 20), 0, self.log())
        self.assertNotIn(" 0 handed back", self.log())
        self.assertEqual(self.status()["in_flight"], 0)

        before = len(self.log())
        worker = self.worker("--until-empty", preexec_fn=little_room)
        wait_for(lambda: "trying again" in self.log()[before:])
        self.assertIsNone(worker.poll())
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self.finish(worker)
        self.assertIn("works again", self.log())
        self.assertEqual(self.status()["dead_letters"], 0)
        self.assert_equals_read()

    def test_a_worker_does_not_wait_for_ever(self):
        """A chronicle or a queue that stays away ends the worker; what it had in hand comes again."""
        self.pages(range(40))
        self.submit(self.news)

        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))

        worker = self.worker("--outage", 2, preexec_fn=little_room)
        self.assertEqual(worker.wait(SLOW * 60), 2, self.log())
        self.assertIn("the chronicle has been away for 2 s (--outage)", self.log())
        self.assertEqual(self.status()["dead_letters"], 0)
        worker = self.worker("--outage", 2)
        wait_for(lambda: self.status()["pending"] + self.status()["in_flight"] == 0)
        self.nats.stop(signal.SIGKILL)
        self.assertEqual(worker.wait(SLOW * 60), 2, self.log())
        self.assertIn("the queue has been away for 2 s (--outage)", self.log())
        self.assertEqual(self.worker("--outage", 1).wait(SLOW * 60), 2, self.log())
        self.assertIn("the queue did not answer for 1 s (--outage)", self.log())
        self.nats.start()
        self.finish(self.worker("--until-empty"))
        self.assert_equals_read()

    def test_a_disk_that_is_really_full(self):
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], capture_output=True).returncode != 0:
            self.skipTest("may not mount a small disk")
        self.addCleanup(subprocess.run, ["umount", "-l", disk])
        self.store = disk / "queue.db"
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(bytes(free.f_bavail * free.f_frsize - 400_000))
        self.pages(range(40))
        self.submit(self.news)
        worker = self.worker("--until-empty")
        wait_for(lambda: "the disk is full" in self.log())
        self.assertIsNone(worker.poll())
        (disk / "filler").unlink()
        self.finish(worker)
        self.assertIn("works again", self.log())
        self.assert_equals_read()

    def test_a_page_that_crashes_the_program(self):
        """One of an archive's pages ends whoever reads it; all others are read, and it alone is given up."""
        poison = 7
        library = crash.library(self, KRONIK, self.folder, reports.report(poison)[0])
        numbers = list(range(20))
        archive = self.archive(numbers)
        self.pages(range(100, 110))
        self.submit(self.news)
        crashes = 0
        for _ in range(20):
            worker = self.worker("--until-empty", "--tries", 2, lease=1, env={"LD_PRELOAD": str(library)})
            code = worker.wait(SLOW * 60)
            if code >= 0:
                break
            self.assertEqual(code, -signal.SIGSEGV)
            crashes += 1
        # Twice as a part of the archive, twice alone.
        self.assertEqual(crashes, 4, self.log())
        letters = self.dead_letters()
        self.assertEqual(len(letters), 1, letters)
        # A lease of a second may run out on a busy machine, too.
        self.assertRegex(letters[0]["reason"], "[2-4] workers had it")
        start = sum(len(reports.record(n)) for n in numbers[:poison])
        self.assertEqual(json.loads(letters[0]["message"])["start"], start)
        without = self.folder / "without"
        without.mkdir()
        # With the page it is what all of it makes.
        self.kronik("status", "--dead-letters", "--resubmit")
        self.finish(self.worker("--until-empty"))
        self.assertEqual(archive.parent, self.news)
        self.assert_equals_read()

    def test_a_report_that_takes_for_ever(self):
        # The page's own address, of which its id is made, is not that of its record.
        record = gzip.decompress(reports.record(0)).replace(b"WARC-Target-URI: https://", b"WARC-Target-URI: http://")
        (self.news / "slow.warc.gz").write_bytes(gzip.compress(record))
        self.pages([1])
        self.submit(self.news)
        library = crash.library(self, KRONIK, self.folder, reports.report(0)[0], "sleep(1000);")
        for _ in range(2):
            worker = self.worker("--patience", 1, "--tries", 2, lease=1, env={"LD_PRELOAD": str(library)})
            self.assertEqual(worker.wait(SLOW * 60), 2, self.log())
        self.assertIn("not done after 1 s (--patience)", self.log())
        self.finish(self.worker("--until-empty", "--tries", 2, lease=1))
        self.assertEqual([letter["tries"] for letter in self.dead_letters()], [3], self.log())
        self.assert_equals_read(self.news / "0001.html")

    def test_a_clock_that_jumps(self):
        crash.need_preload(self, KRONIK)
        library = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
        if library is None:
            self.skipTest("no libfaketime")
        self.pages(range(40))
        self.submit(self.news)
        clock = self.folder / "clock"
        clock.write_text("+0")
        worker = self.worker("--until-empty", env={
            "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        for jump in ("+3d", "-2d", "+1y", "-1h", "+0"):
            time.sleep(0.6)
            clock.write_text(jump)
        self.finish(worker)
        self.assert_equals_read()


@unittest.skipIf(postgres.programs() is None, "PostgreSQL is not installed")
class Postgres(WithAQueue):
    @classmethod
    def setUpClass(cls):
        running = postgres.server()
        cls.url = staticmethod(running.__enter__())
        cls.addClassCleanup(running.__exit__, None, None, None)

    def setUp(self):
        super().setUp()
        name = self.id().rsplit("test_")[-1][:40]
        subprocess.run(["psql", "-qXd", self.url("postgres"), "-c", f'CREATE DATABASE "{name}"'], check=True)
        self.store = self.url(name)

    def restart_postgres(self):
        folder = pathlib.Path(urllib.parse.unquote(self.url("").split("@")[1].split("/")[0]))
        subprocess.run([*postgres.plain_user(), postgres.programs() / "pg_ctl", "-D", folder / "data", "-l",
                        folder / "log", "-m", "immediate", "-w", "restart"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)

    def test_workers_write_at_once(self):
        self.pages(range(40))
        self.submit(self.news)
        self.finish(*(self.worker("--until-empty", jobs=2) for _ in range(2)))
        self.assert_equals_read()

    def test_killed_workers(self):
        self.kill_workers(KILLS // 2)

    def test_the_database_is_killed_and_comes_back(self):
        self.pages(range(60))
        self.submit(self.news)
        workers = [self.worker("--until-empty") for _ in range(2)]
        wait_for(lambda: self.status()["done"] > 0)
        for _ in range(3):
            self.restart_postgres()
            time.sleep(0.7)
        self.finish(*workers)
        self.assertEqual(self.status()["dead_letters"], 0)
        self.assert_equals_read()


def chronicle_size(store):
    run = subprocess.run([KRONIK, "find", "articles", "--limit", "-1", "--format", "jsonl", "--store", str(store)],
                         capture_output=True, timeout=60)
    return len(run.stdout.splitlines())


if __name__ == "__main__":
    if NATS is None:
        print("no nats-server")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
