#!/usr/bin/env python3
"""The program with a chronicle in PostgreSQL answers, byte for byte, as with one in SQLite.

usage: postgres_test.py KRONIK
"""
import itertools
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

import server

ROOT = pathlib.Path(__file__).resolve().parents[2]
KRONIK = sys.argv[1]
EXAMPLES = ROOT / "examples"
ASKED = """
find events
find events --format jsonl
find events --text summit --format jsonl
find statements --format csv
find statements --sector GOV --format jsonl
find articles --format jsonl
find articles --text "menteri luar negeri"
timeline PER
timeline SGP MYS --from 2020 --format jsonl
stats --by month --by type
stats --by dyad --format csv
ledger
ledger --format jsonl
export --format jsonl
export --format csv
export --format gdelt
""".strip().splitlines()


def kronik(*words):
    return subprocess.run([KRONIK, *map(str, words)], capture_output=True, cwd=ROOT)


class OnPostgres(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        running = server.server()
        cls.url = staticmethod(running.__enter__())
        cls.addClassCleanup(running.__exit__, None, None, None)
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.names = (f"chronicle{i}" for i in itertools.count())

    def database(self):
        name = next(self.names)
        subprocess.run(["psql", "-qXd", self.url("postgres"), "-c", f"CREATE DATABASE {name}"], check=True)
        return self.url(name)

    def test_every_answer_is_the_same(self):
        stores = [pathlib.Path(self.folder.name) / "kronik.db", self.database()]
        for store in stores:
            for inputs in (sorted(EXAMPLES.iterdir()), sorted(EXAMPLES.iterdir(), reverse=True)):
                run = kronik("read", *inputs, "--store", store)
                self.assertEqual((run.returncode, run.stderr.count(b"rror")), (0, 0), run.stderr)
        for line in ASKED:
            with self.subTest(line):
                runs = [kronik(*shlex.split(line), "--store", store) for store in stores]
                self.assertEqual(runs[0].returncode, 0, runs[0].stderr)
                self.assertEqual(runs[1].stderr, runs[0].stderr)
                self.assertEqual(runs[1].stdout, runs[0].stdout)

    def test_many_programs_read_into_one(self):
        store = self.database()
        orders = itertools.islice(itertools.permutations(sorted(EXAMPLES.iterdir())), 0, 400000, 100000)
        runs = [subprocess.Popen([KRONIK, "read", "--quiet", *order, "--store", store], stderr=subprocess.PIPE)
                for order in orders]
        for run in runs:
            errors = run.communicate()[1]
            self.assertEqual(run.returncode, 0, errors)
        alone = pathlib.Path(self.folder.name) / "alone.db"
        kronik("read", "--quiet", EXAMPLES, "--store", alone)
        for line in ("export --format jsonl", "find articles --format jsonl", "ledger --format jsonl"):
            outputs = [kronik(*line.split(), "--store", s).stdout.replace(f"{EXAMPLES}/".encode(), b"")
                       for s in (alone, store)]
            self.assertEqual(*outputs)

    def test_no_server(self):
        run = kronik("find", "events", "--store", "postgresql://kronik:s3cret@127.0.0.1:1/kronik")
        self.assertEqual(run.returncode, 2)
        self.assertEqual(run.stderr.count(b"\n"), 1)
        self.assertIn(b"postgresql://kronik@127.0.0.1:1/kronik", run.stderr)
        self.assertNotIn(b"s3cret", run.stderr)


if __name__ == "__main__":
    server.skip_without_postgres()
    unittest.main(argv=sys.argv[:1])
