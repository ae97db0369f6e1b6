#!/usr/bin/env python3
"""The program as its users meet it: whole outputs, exit codes, and what bad input gets.

usage: cli_test.py KRONIK
"""
import gzip
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
KRONIK = sys.argv[1]
GOOD = ROOT / "examples" / "08-threat.txt"


def kronik(*words, cwd=None, stdin=None, **more):
    return subprocess.run([KRONIK, *map(str, words)], capture_output=True, cwd=cwd, input=stdin, **more)


class InATempFolder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path


class Manners(InATempFolder):
    def test_version_and_help(self):
        self.assertRegex(kronik("--version").stdout.decode(), r"^kronik \d+\.\d+\.\d+\n$")
        for verb in "read article events statements commitments parse timeline ledger serve train evaluate".split():
            run = kronik(verb, "--help")
            self.assertEqual(run.returncode, 0)
            self.assertIn(b"Example:\n  kronik " + verb.encode(), run.stdout)

    def test_usage_errors_exit_2(self):
        for words in ([], ["nonsense"], ["read"], ["parse", "--format", "xml", GOOD]):
            self.assertEqual(kronik(*words).returncode, 2, words)

    def test_records_go_to_stdout_and_each_names_its_input(self):
        for verb in ("article", "events", "statements", "commitments"):
            run = kronik(verb, GOOD)
            self.assertEqual((run.returncode, run.stderr), (0, b""))
            for line in run.stdout.splitlines():
                self.assertEqual(json.loads(line)["input"], str(GOOD))

    def test_a_closed_pipe_is_a_success(self):
        run = subprocess.run(f"set -o pipefail; {KRONIK} article {ROOT}/examples {ROOT}/examples | head -c 10",
                             shell=True, executable="/bin/bash", capture_output=True)
        self.assertEqual((run.returncode, run.stderr), (0, b""))

    def test_compressed_inputs_and_standard_input_are_the_same_report(self):
        def title(run):
            return json.loads(run.stdout)["title"]
        plain = title(kronik("article", GOOD))
        self.assertEqual(title(kronik("article", self.file("a.gz", gzip.compress(GOOD.read_bytes())))), plain)
        self.assertEqual(title(kronik("article", "-", stdin=GOOD.read_bytes())), plain)

    def test_jsonl_takes_html_raw_and_text(self):
        lines = "\n".join(json.dumps(x) for x in [
            {"id": "t", "text": "Norway met Peru.", "lang": "en", "date": "2025-01-02"},
            {"id": "r", "raw": GOOD.read_text()},
            {"id": "h", "html": (ROOT / "examples" / "02-summit-invitation.html").read_text()}])
        run = kronik("article", "-", stdin=lines.encode())
        self.assertEqual([json.loads(line)["input"] for line in run.stdout.splitlines()], ["t", "r", "h"])


class BadInput(InATempFolder):
    """Each gets a message that names it and exit code 1; the good report beside it is still read."""

    def check(self, path, *words):
        run = kronik("article", path, GOOD)
        self.assertEqual(run.returncode, 1, run.stderr)
        message = run.stderr.decode()
        self.assertTrue(message.startswith("kronik: "), message)
        self.assertIn(str(path), message)
        for word in words:
            self.assertIn(word, message)
        self.assertIn(str(GOOD), run.stdout.decode())

    def test_empty(self):
        self.check(self.file("empty.txt", b""), "empty")

    def test_binary(self):
        self.check(self.file("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20))

    def test_too_large(self):
        self.check(self.file("large.txt", b"A long line of news.\n" * 10_000_000), "64 MiB")

    def test_a_page_without_an_article(self):
        self.check(self.file("menu.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>"))

    def test_missing(self):
        self.check(self.folder / "nothing.html", "No such file")

    def test_broken_gzip(self):
        self.check(self.file("cut.gz", gzip.compress(GOOD.read_bytes())[:200]))

    def test_bad_jsonl_line(self):
        path = self.file("a.jsonl", b'{"id": "1", "text": "Norway met Peru."}\n{"id": \n')
        self.check(path, ":2")

    def test_unknown_language(self):
        text = "Президент Казахстана встретился с министром иностранных дел Вьетнама в Астане. " * 9
        run = kronik("events", self.file("ru.txt", text.encode()), GOOD)
        self.assertEqual(run.returncode, 1)
        self.assertIn("ru.txt", run.stderr.decode())
        self.assertIn(str(GOOD), run.stdout.decode())

    def test_invalid_utf8_is_read_all_the_same(self):
        run = kronik("article", self.file("latin.txt", GOOD.read_bytes() + b"\nSe\xf1or \xff\xfe said so.\n"))
        self.assertEqual(run.returncode, 0, run.stderr)
        json.loads(run.stdout)

    @unittest.skipIf(os.geteuid() == 0, "root reads every folder")
    def test_unreadable_folder(self):
        closed = self.folder / "closed"
        closed.mkdir(mode=0)
        self.check(closed)


class TheChronicle(InATempFolder):
    def read(self, *words):
        return kronik("read", *words, "--store", self.folder / "kronik.db")

    def rows(self):
        db = sqlite3.connect(self.folder / "kronik.db")
        names = [r[0] for r in db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")]
        return {n: sorted(map(repr, db.execute(f'select * from "{n}"'))) for n in names}

    def test_reading_twice_changes_nothing(self):
        self.assertEqual(self.read(ROOT / "examples").returncode, 0)
        before = self.rows()
        again = self.read(ROOT / "examples")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.rows(), before)

    def test_timeline_and_ledger(self):
        self.read(ROOT / "examples")
        store = ["--store", self.folder / "kronik.db"]
        line = kronik("timeline", "PAK", "AFG", *store).stdout.decode()
        self.assertIn("THREATEN", line)
        self.assertIn("border", line)
        self.assertIn("VNM", kronik("ledger", "--party", "VNM", *store).stdout.decode())

    def test_ledger_joins_filters_and_explains(self):
        reports = [
            ("r1", "2027-01-11", "Norway pledged to send 200 tonnes of rice to Malawi by 30 June 2027."),
            ("r2", "2027-04-05", "Norway has delivered half of the rice that it promised to Malawi."),
            ("r3", "2027-04-06", "Norway pledged to open an embassy in Zambia.")]
        lines = "".join(json.dumps({"id": i, "lang": "en", "date": d, "text": t}) + "\n" for i, d, t in reports)
        store = ["--store", self.folder / "kronik.db"]
        kronik("read", "--quiet", *store, "-", stdin=lines.encode())

        def ledger(*options):
            out = kronik("ledger", "--format", "jsonl", *options, *store)
            self.assertEqual(out.returncode, 0, out.stderr)
            return [json.loads(line) for line in out.stdout.splitlines()]

        self.assertEqual(len(ledger()), 2)
        (rice,) = ledger("--party", "MWI")
        self.assertEqual(rice["status"], "partly_fulfilled")
        self.assertEqual([e["input"] for e in rice["evidence"]], ["r1", "r2"])
        self.assertEqual(ledger("--status", "partly_fulfilled"), [rice])
        self.assertEqual(ledger("--subject", "RICE"), [rice])
        self.assertEqual(ledger("--due-before", "2027-07-01"), [rice])
        self.assertEqual(ledger("--due-before", "2027-06-30"), [])
        why = kronik("ledger", "--explain", rice["id"], *store).stdout.decode()
        self.assertIn("joined: same parties MWI, NOR", why)
        self.assertEqual(kronik("ledger", "--explain", "none", *store).returncode, 2)
        table = kronik("ledger", *store).stdout.decode().splitlines()
        self.assertEqual(len({line.index("pledge") for line in table[1:]}), 1)

    def test_another_programs_database_is_left_alone(self):
        db = sqlite3.connect(self.folder / "kronik.db")
        db.execute("create table theirs (a)")
        db.commit()
        db.close()
        before = (self.folder / "kronik.db").read_bytes()
        run = self.read(GOOD)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"kronik.db", run.stderr)
        self.assertEqual((self.folder / "kronik.db").read_bytes(), before)

    def test_a_newer_chronicle_is_left_alone(self):
        self.read(GOOD)
        db = sqlite3.connect(self.folder / "kronik.db")
        db.execute("pragma user_version = 999")
        db.close()
        run = self.read(GOOD)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"newer", run.stderr)

    def test_a_full_disk(self):
        # /dev/full is a disk on which every write fails.
        with open("/dev/full", "w") as full:
            run = subprocess.run([KRONIK, "article", GOOD], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"No space left", run.stderr)

    def test_a_store_that_cannot_be_written(self):
        run = kronik("read", GOOD, "--store", "/nonexistent/kronik.db")
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"/nonexistent/kronik.db", run.stderr)


TREES = b"""# text = The cat naps.
1\tThe\tthe\tDET\t_\tDefinite=Def\t2\tdet\t_\t_
2\tcat\tcat\tNOUN\t_\tNumber=Sing\t3\tnsubj\t_\t_
3\tnaps\tnap\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

"""


class Models(InATempFolder):
    def test_text_cut_into_words_already(self):
        run = kronik("parse", "--pretokenized", "--lang", "en", "-", stdin=b"The\ncats\nnap\n.\n\nYes\n")
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        rows = [line.split("\t") for line in run.stdout.decode().splitlines() if line and line[0] != "#"]
        self.assertEqual([row[0] for row in rows], ["1", "2", "3", "4", "1"])
        self.assertEqual([row[1] for row in rows], ["The", "cats", "nap", ".", "Yes"])
        self.assertEqual([row[3] for row in rows][:2], ["DET", "NOUN"])
        self.assertEqual([row[7] for row in rows].count("root"), 2)
        self.assertEqual(kronik("parse", "--pretokenized", "-", stdin=b"a\n").returncode, 2)
        unknown = kronik("parse", "--pretokenized", "--lang", "xx", "-", stdin=b"a\n")
        self.assertEqual((unknown.returncode, unknown.stdout), (2, b""))
        self.assertIn(b"no model for language xx", unknown.stderr)
        self.assertEqual(kronik("parse", "--pretokenized", "--lang", "en", "-", stdin=b"\xff\n").returncode, 1)

    def test_train_and_evaluate(self):
        trees = self.file("small.conllu", TREES * 8)
        models = self.folder / "models"
        models.mkdir()
        for name in ("en.bin", "again.bin"):
            run = kronik("train", trees, "--out", models / name, "--epochs", 30)
            self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual((models / "en.bin").read_bytes(), (models / "again.bin").read_bytes())
        run = kronik("evaluate", trees, "--lang", "en", "--data", self.folder, "--relations")
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        figures = {line.split()[0]: line.split()[3] for line in run.stdout.decode().splitlines()[1:] if line}
        self.assertEqual({figures[name] for name in ("Words", "UPOS", "Lemmas", "LAS", "nsubj")}, {"100.00"})
        other = self.file("other.conllu", TREES.replace(b"cat", b"dog"))
        self.assertEqual(kronik("evaluate", trees, other).returncode, 2)
        self.assertEqual(kronik("evaluate", trees, trees).returncode, 0)
        self.assertEqual(kronik("train", self.folder / "none", "--out", models / "x").returncode, 2)
        self.assertEqual(kronik("train", trees, "--out", self.folder / "no" / "x", "--epochs", 1).returncode, 2)


class Dictionaries(InATempFolder):
    def test_actors_of_the_users_own(self):
        actors = self.file("actors.txt", b"ARVID_LUND_ [NORELI]\n+LUND_\n\t[NOROPP 200001-201512]\n")
        line = json.dumps({"id": "x", "lang": "en", "text": "Lund criticised Peru. Norwegian wardens arrested Lund on Monday."})
        self.assertEqual(kronik("--actors", actors, "events", "-", stdin=line.encode()).returncode, 2)
        actors.write_bytes(b"ARVID_LUND_ [NORELI]\n+LUND_\n\t[NOROPP 20000101-20151231]\n")
        agents = self.file("agents.txt", b"WARDEN_ [~COP]\n")

        def coded(date):
            run = kronik("--actors", actors, "--actors", agents, "events", "--sentences", "-",
                         stdin=json.dumps(json.loads(line) | {"date": date}).encode())
            self.assertEqual(run.returncode, 0, run.stderr)
            return [(e["event_type"], [(a["code"], a["sectors"]) for a in e["actor"]])
                    for e in map(json.loads, run.stdout.splitlines())]

        self.assertEqual(coded("2010-05-05"), [("ACCUSE", [("NOR", ["OPP"])]), ("COERCE", [("NOR", ["COP"])])])
        self.assertEqual(coded("2020-05-05")[0], ("ACCUSE", [("NOR", ["ELI"])]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
