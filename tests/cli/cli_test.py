#!/usr/bin/env python3
"""The program as its users meet it: whole outputs, exit codes, and what bad input gets.

usage: cli_test.py KRONIK
"""
import csv
import gzip
import io
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
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
        for verb in "read article events statements commitments parse timeline find stats ledger export review serve train evaluate".split():
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
        names = [r[0] for r in db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and sql not like 'create virtual%'")]
        return {n: sorted(map(repr, db.execute(f'select * from "{n}"'))) for n in names}

    def test_reading_twice_changes_nothing(self):
        self.assertEqual(self.read(ROOT / "examples").returncode, 0)
        before = self.rows()
        again = self.read(ROOT / "examples")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.rows(), before)

    def reports(self, count):
        """A JSONL file of so many reports, each with an event of its own."""
        path = self.folder / "reports.jsonl"
        with open(path, "w") as file:
            for i in range(count):
                text = (f"French Foreign Minister Number {i} met her German counterpart in Oslo on "
                        f"Tuesday. The ministers talked about plan {i}, an official said.\n")
                file.write(json.dumps({"id": f"r{i}", "text": text, "lang": "en",
                                       "date": f"20{10 + i % 10}-03-{1 + i % 28:02}"}) + "\n")
        return path

    def test_what_was_read_is_not_analysed_again(self):
        path = self.reports(300)
        start = time.monotonic()
        self.assertEqual(self.read(path, "--quiet").returncode, 0)
        first = time.monotonic() - start
        before = self.rows()
        start = time.monotonic()
        again = self.read(path, "--quiet")
        second = time.monotonic() - start
        self.assertIn(b"300 reports read", again.stderr)
        self.assertIn(b"300 of them were there already", again.stderr)
        self.assertEqual(again.stdout, b"")
        self.assertLess(second, first)
        forced = self.read(path, "--again")
        self.assertIn(b"300 of them were there already", forced.stderr)
        self.assertIn(b"Number 7", forced.stdout)
        self.assertEqual(self.rows(), before)
        # Another text of the articles, or other hints, are other work.
        self.assertIn(b" 0 of them", self.read(path, "--keep", "evidence", "--quiet").stderr)

    def test_what_was_wrong_is_told_again_without_reading_it_again(self):
        path = self.folder / "foreign.jsonl"
        path.write_text(json.dumps({"id": "r", "lang": "pt", "text": "O ministro chegou ontem a Lisboa."}) + "\n")
        runs = [self.read(path, "--quiet"), self.read(path, "--quiet")]
        for run in runs:
            self.assertEqual(run.returncode, 1)
            self.assertIn(b"r: no data for language pt", run.stderr)
        self.assertIn(b"1 of them were there already", runs[1].stderr)
        # By another name it is the same.
        path.write_text(path.read_text().replace('"r"', '"s"'))
        self.assertIn(b"s: no data for language pt", self.read(path, "--quiet").stderr)
        # Nothing was loaded for it but to be read anew.
        models = self.folder / "data" / "models"
        models.mkdir(parents=True)
        (models / "en.bin").write_bytes(b"no model")
        broken = kronik("--data", models.parent, "read", path, "--quiet", "--store", self.folder / "kronik.db")
        self.assertEqual(broken.returncode, 2, broken.stderr)

    def test_killed_while_reading_and_read_again(self):
        path = self.reports(400)
        whole = kronik("read", path, "--quiet", "--store", self.folder / "whole.db")
        self.assertEqual(whole.returncode, 0, whole.stderr)
        child = subprocess.Popen([KRONIK, "read", "-", "--quiet", "--store", self.folder / "kronik.db"],
                                 stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        lines = path.read_bytes().splitlines(keepends=True)
        child.stdin.write(b"".join(lines[:200]))
        child.stdin.flush()

        def articles():
            try:
                db = sqlite3.connect(f"file:{self.folder / 'kronik.db'}?mode=ro", uri=True)
                return db.execute("select count(*) from articles").fetchone()[0]
            except sqlite3.OperationalError:
                return 0
        for _ in range(600):
            if articles() > 0:
                break
            time.sleep(0.05)
        child.kill()
        child.wait()
        child.stdin.close()
        self.assertGreater(articles(), 0)
        self.assertLess(articles(), 400)
        run = self.read(path, "--quiet")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(articles(), 400)

        def said(store):
            text = kronik("export", "--format", "jsonl", "--store", self.folder / store).stdout
            # The first reading named its input otherwise.
            return [{**e, "input": "", "evidence": [{**p, "input": ""} for p in e["evidence"]]}
                    for e in map(json.loads, text.splitlines())]
        self.assertEqual(said("kronik.db"), said("whole.db"))

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
    def test_find(self):
        self.read(ROOT / "examples")
        store = ["--store", self.folder / "kronik.db"]

        def find(*words):
            run = kronik("find", *words, *store)
            self.assertEqual(run.returncode, 0, run.stderr)
            return run.stdout.decode()
        events = [json.loads(line) for line in
                  find("events", "--party", "PAK", "--party", "AFG", "--format", "jsonl").splitlines()]
        self.assertTrue(events)
        for event in events:
            codes = {a["code"] for a in event["actor"] + event["recipient"]}
            self.assertLessEqual({"PAK", "AFG"}, codes)
            self.assertEqual(event["evidence"][0]["story"], event["article"])
        rows = list(csv.DictReader(io.StringIO(find("events", "--text", "border", "--format", "csv"))))
        self.assertTrue(rows)
        for row in rows:
            self.assertIn("border", row["sentence"].lower())
        head, *lines = find("statements", "--lang", "en", "--format", "tsv").splitlines()
        self.assertTrue(lines)
        self.assertEqual({line.count("\t") for line in lines}, {head.count("\t")})
        text = find("articles", "--to", "2025-01-31").splitlines()
        self.assertEqual(len(text), 2)
        self.assertEqual(text[0].index("title"), text[1].index("Pakistan"))
        self.assertEqual(find("events", "--text", "\" OR NEAR( * ; --", "--format", "jsonl"), "")
        more = kronik("find", "events", "--limit", "2", "--format", "jsonl", *store)
        self.assertEqual(len(more.stdout.splitlines()), 2)
        self.assertIn(b"more than these 2", more.stderr)
        for wrong in (["nothing"], ["events", "--from", "2024-1"], ["events", "--status", "odd"],
                      ["statements", "--type", "AID"], ["events", "--text", "a " * 65]):
            run = kronik("find", *wrong, *store)
            self.assertEqual(run.returncode, 2, wrong)
            self.assertTrue(run.stderr)

    def test_stats(self):
        self.read(ROOT / "examples")
        store = ["--store", self.folder / "kronik.db", "--format", "jsonl"]
        rows = [json.loads(line) for line in
                kronik("stats", "--by", "month,dyad", *store).stdout.splitlines()]
        self.assertEqual([*rows[0]], ["month", "actor", "recipient", "count", "goldstein"])
        self.assertEqual([r["month"] for r in rows], sorted(r["month"] for r in rows))
        asserted = kronik("find", "events", "--status", "asserted", "--limit", "-1", *store)
        total = sum(json.loads(line)["count"] for line in
                    kronik("stats", "--by", "type", *store).stdout.splitlines())
        self.assertEqual(total, len(asserted.stdout.splitlines()))
        self.assertEqual(kronik("stats", "--by", "week", *store).returncode, 2)

    def test_reviews(self):
        self.read(ROOT / "examples")
        store = ["--store", self.folder / "kronik.db"]

        def events(*words):
            run = kronik("find", "events", "--format", "jsonl", "--limit", "-1", *words, *store)
            self.assertEqual(run.returncode, 0, run.stderr)
            return [json.loads(line) for line in run.stdout.splitlines()]

        def review(*words):
            return kronik("review", *words, *store)
        first, second, *_ = events("--status", "asserted")
        self.assertEqual(events("--accepted"), [])
        self.assertEqual(review("accept", first["id"], second["id"], "--reviewer", "Ana").returncode, 0)
        run = review("correct", first["id"], "--reviewer", "Ana", "--set", "date=2024-02-03", "--set",
                     "actor=NOR GOV, PER", "--note", "As the text says.")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads(run.stdout)["fields"]["actor"], ["NOR GOV", "PER"])
        (corrected,) = events("--accepted", "--party", "NOR", "--party", "PER", "--to", "2024-02-28")
        self.assertEqual(corrected["id"], first["id"])
        self.assertEqual(corrected["review"]["original"]["date"], first["date"])
        line, *reports = kronik("timeline", "NOR", "--accepted", *store).stdout.decode().splitlines()
        self.assertIn("[correct]", line)
        self.assertEqual(len(reports), len(corrected["evidence"]))
        self.assertIn(b"NOR", kronik("stats", "--by", "dyad", "--accepted", *store).stdout)
        self.assertEqual(review("reject", second["id"], "--reviewer", "Budi").returncode, 0)
        self.assertEqual([e["id"] for e in events("--accepted")], [first["id"]])
        log = [json.loads(line) for line in review("list", "--format", "jsonl").stdout.splitlines()]
        self.assertEqual([(e["reviewer"], e["verdict"]) for e in log],
                         [("Budi", "reject"), ("Ana", "correct"), ("Ana", "accept"), ("Ana", "accept")])
        # Reading the reports anew leaves the log alone.
        self.read(ROOT / "examples", "--again")
        self.assertEqual([e["id"] for e in events("--accepted")], [first["id"]])
        self.assertEqual(review("undo", second["id"], "--reviewer", "Budi").returncode, 0)
        self.assertEqual(len(events("--accepted")), 2)
        self.assertEqual(review("list", "--orphaned").stdout.decode().splitlines()[1:], [])
        for code, words in ((1, ["accept", "none", "--reviewer", "Ana"]),
                            (1, ["correct", first["id"], "--reviewer", "Ana", "--set", "mode=riots"]),
                            (2, ["correct", first["id"], "--reviewer", "Ana", "--set", "mode"]),
                            (2, ["accept", first["id"]]), (2, [])):
            run = review(*words)
            self.assertEqual(run.returncode, code, words)
            self.assertTrue(run.stderr)

    def test_an_export_since_a_moment(self):
        store = ["--store", self.folder / "kronik.db"]

        def put(text):
            self.read(self.file("reports.jsonl", (json.dumps(
                {"id": "r", "url": "https://news.example/r", "lang": "en", "date": "2027-03-05",
                 "text": text}) + "\n").encode()), "--quiet")

        def export(name, *words):
            path = self.folder / name
            run = kronik("export", "--format", path.suffix[1:], "--output", path, *words, *store)
            self.assertEqual(run.returncode, 0, run.stderr)
            return path.read_bytes()

        def events(*words):
            return [json.loads(line) for line in
                    kronik("find", "events", "--format", "jsonl", *words, *store).stdout.splitlines()]
        put("Norway signed a trade agreement with Malawi. Kenya condemned Peru.")
        before = export("all.csv")
        self.assertEqual(export("since.csv", "--since", "2020-01-01"), before)
        gone = {event["id"] for event in events("--party", "KEN")}
        self.assertTrue(gone)
        put("Norway signed a trade agreement with Malawi. Chile condemned Peru.")
        self.assertNotEqual(export("since.csv", "--since", "2020-01-01"), before)
        with open(self.folder / "since.withdrawn.csv", newline="") as lines:
            self.assertEqual({row["kronik_id"] for row in csv.DictReader(lines)}, gone)
        export("since.gdelt", "--since", "2020-01-01")
        head, *lines = (self.folder / "since.withdrawn.gdelt").read_text().splitlines()
        self.assertEqual(head, "event_id\tkronik_id\twithdrawn")
        self.assertTrue(lines and all(line.split("\t")[0].isdigit() for line in lines))
        export("since.jsonl", "--since", "2020-01-01")
        self.assertEqual({json.loads(line)["event_id"] for line in
                          (self.folder / "since.withdrawn.jsonl").read_text().splitlines()}, gone)
        for since, code, rows in (("2999-01-01", 0, 1), ("soon", 2, 0)):
            run = kronik("export", "--format", "csv", "--since", since, *store)
            self.assertEqual((run.returncode, run.stdout.count(b"\n") if code == 0 else 0), (code, rows))
        self.assertIn(b"withdrawn", kronik("export", "--format", "csv", "--since", "2020-01-01", *store).stderr)
        # Of accepted ones, what is no longer accepted is taken back.
        event = events("--party", "MWI")[0]["id"]
        for verdict, shown in (("accept", True), ("reject", False)):
            kronik("review", verdict, event, "--reviewer", "Ana", *store)
            rows = export("accepted.csv", "--accepted", "--since", "2020-01-01")
            back = (self.folder / "accepted.withdrawn.csv").read_text()
            self.assertEqual((event.encode() in rows, event in back), (shown, not shown))

    def test_conventions_of_an_export(self):
        self.read(self.file("c.jsonl", (json.dumps(
            {"id": "c", "lang": "en", "date": "2027-03-05",
             "text": "Norway condemned Peru. Kenyan police arrested two Kenyan journalists in Nairobi. "
                     "Farmers protested in Chile. Chad and Oman signed a treaty."}) + "\n").encode()), "--quiet")

        def types(*options):
            rows = kronik("export", "--format", "jsonl", "--store", self.folder / "kronik.db", *options).stdout
            return {json.loads(line)["event_type"] for line in rows.splitlines()}

        self.assertEqual(types(), {"ACCUSE", "COERCE", "PROTEST", "SUPPORT"})
        self.assertEqual(types("--with-recipient"), {"ACCUSE", "COERCE", "SUPPORT"})
        self.assertEqual(types("--no-domestic"), {"ACCUSE", "SUPPORT"})

    def test_reciprocal_acts_and_statements_in_an_export(self):
        self.read(self.file("r.jsonl", (json.dumps(
            {"id": "r", "lang": "en", "date": "2027-03-05",
             "text": "Chad and Oman signed a treaty. Norway's foreign minister visited Peru. "
                     "Kenya's president said that the border was quiet. Chile denied that it had sent troops."}) +
            "\n").encode()), "--quiet")

        def codes(*options):
            run = kronik("export", "--format", "phoenix", "--store", self.folder / "kronik.db", *options)
            rows = [line.split("\t") for line in run.stdout.decode().splitlines()]
            return sorted((row[13], row[6], row[10]) for row in rows)

        signed, visit = [("057", "OMN", "TCD"), ("057", "TCD", "OMN")], [("042", "NOR", "PER")]
        self.assertEqual(codes(), visit + signed)
        self.assertEqual(codes("--reciprocal", "once"), visit + signed[1:])
        self.assertEqual(codes("--reciprocal", "mirrored"), visit + [("043", "PER", "NOR")] + signed)
        self.assertEqual(codes("--statements"),
                         [("010", "KEN", ""), ("016", "CHL", "")] + visit + signed)
        self.assertEqual(codes("--statements", "--party", "CHL"), [("016", "CHL", "")])
        self.assertEqual(codes("--statements", "--with-recipient"), visit + signed)
        for options in (("--statements", "--since", "2027-01-01"), ("--reciprocal", "twice")):
            self.assertEqual(kronik("export", "--format", "csv", *options).returncode, 2)
        self.assertEqual(kronik("export", "--format", "polecat", "--statements", "--store",
                                self.folder / "kronik.db").returncode, 2)

    def test_cells_that_a_spreadsheet_would_run(self):
        self.read(self.file("f.jsonl", (json.dumps(
            {"id": "f", "lang": "en", "date": "2027-03-05", "url": "https://news.example/f",
             "text": "Norway condemned Peru."}) + "\n").encode()), "--quiet")
        store = ["--store", self.folder / "kronik.db"]
        event = json.loads(kronik("find", "events", "--format", "jsonl", *store).stdout.splitlines()[0])
        kronik("review", "correct", event["id"], "--reviewer", "Ana", "--set", "place==1+1", *store)
        plain = kronik("export", "--format", "csv", "--accepted", *store).stdout
        safe = kronik("export", "--format", "csv", "--accepted", "--safe-cells", *store).stdout
        self.assertIn(b",=1+1,", plain)
        self.assertIn(b",'=1+1,", safe)
        self.assertIn(b",-", safe)  # a number is no formula
        self.assertEqual(kronik("export", "--format", "gdelt", "--safe-cells", *store).returncode, 2)

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


NAMES = b"""Ingrid\tB-PER
Solheim\tI-PER
of\tO
the\tO
Harbour\tB-ORG
Council\tI-ORG
left\tO
Lisbon\tB-LOC
.\tO

Yesterday\tO
Oslo\tB-LOC
thanked\tO
Ingrid\tB-PER
Solheim\tI-PER
.\tO

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

    def test_trees_that_others_made(self):
        text = b"Norway accused Peru of shelling Chile on Monday.\n"
        trees = kronik("parse", "--format", "conllu", "--lang", "en", "-", stdin=text).stdout
        theirs = kronik("events", "--trees", "--lang", "en", "--date", "2025-03-04", "-", stdin=trees)
        self.assertEqual(theirs.returncode, 0, theirs.stderr)
        ours = kronik("events", "--lang", "en", "--date", "2025-03-04", "-", stdin=text)
        facts = [[[event[key] for key in ("event_type", "trigger", "actor", "date")]
                  for event in map(json.loads, run.stdout.splitlines())] for run in (theirs, ours)]
        self.assertGreater(len(facts[0]), 1)
        self.assertEqual(*facts)
        for wrong, word in ((b"1\tword\n", b"line 1"), (b"\xff\n", b"not UTF-8")):
            run = kronik("events", "--trees", "--lang", "en", "-", stdin=wrong)
            self.assertEqual((run.returncode, run.stdout), (1, b""))
            self.assertIn(word, run.stderr)

    def test_train_and_evaluate(self):
        trees = self.file("small.conllu", TREES * 8)
        models = self.folder / "models"
        models.mkdir()
        for name in ("en.bin", "again.bin"):
            run = kronik("train", "parser", trees, "--out", models / name, "--epochs", 30)
            self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual((models / "en.bin").read_bytes(), (models / "again.bin").read_bytes())
        run = kronik("evaluate", "parser", trees, "--lang", "en", "--data", self.folder, "--relations")
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        figures = {line.split()[0]: line.split()[3] for line in run.stdout.decode().splitlines()[1:] if line}
        self.assertEqual({figures[name] for name in ("Words", "UPOS", "Lemmas", "LAS", "nsubj")}, {"100.00"})
        other = self.file("other.conllu", TREES.replace(b"cat", b"dog"))
        self.assertEqual(kronik("evaluate", "parser", trees, other).returncode, 2)
        self.assertEqual(kronik("evaluate", "parser", trees, trees).returncode, 0)
        self.assertEqual(kronik("train", "parser", self.folder / "none", "--out", models / "x").returncode, 2)
        self.assertEqual(kronik("train", "parser", trees, "--out", self.folder / "no" / "x", "--epochs", 1).returncode, 2)
        bad = self.file("bad.conllu", TREES.replace(b"\tVERB", b"\tVERBS"))
        run = kronik("train", "parser", bad, "--out", models / "x")
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"bad.conllu:4: no part of speech", run.stderr)
        for content, why in ((b"1\tcat\n", b":1: not ten columns"), (b"# \xff\n", b":1: not UTF-8"), (b"\n", b": no trees"),
                             (TREES.replace(b"\t2\tdet", b"\tx\tdet"), b":2: no head")):
            run = kronik("train", "parser", self.file("bad.conllu", content), "--out", models / "x")
            self.assertEqual(run.returncode, 2)
            self.assertIn(b"bad.conllu" + why, run.stderr)

    def test_names_are_trained_and_measured(self):
        text = self.file("names.tsv", NAMES * 10)
        models = self.folder / "models"
        models.mkdir()
        out = models / "en.names.bin"
        run = kronik("train", "names", text, "--lang", "en", "--epochs", 4, "--out", out)
        self.assertEqual((run.returncode, run.stdout), (0, b""), run.stderr)
        run = kronik("evaluate", "names", text, "--lang", "en", "--data", self.folder)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        alone, settled = run.stdout.decode().strip().split("\n\n")
        for table in (alone, settled):
            rows = {line.split()[0]: line.split()[1:] for line in table.splitlines()[2:]}
            self.assertEqual(list(rows), ["PER", "ORG", "LOC", "PER+ORG+LOC"])
            self.assertEqual(rows["PER+ORG+LOC"], ["100.00", "100.00", "100.00", "50"])
        run = kronik("train", "names", text, "--lang", "en", "--epochs", 1, "--folds", 2, "--cross-validate", text)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn(b"names.tsv, cross-validated, settled\n", run.stdout)

    def test_what_names_cannot_be_trained_on(self):
        out = self.folder / "x"
        for content, why in ((b"Oslo\tB-LOC\nbare\n", b"bad.tsv:2: not a token and a tag"),
                             (b"Oslo\tB-TOWN\n", b"bad.tsv:1: not O, or B- or I- and"),
                             (b"\xff\tO\n", b"bad.tsv:1: not UTF-8"), (b"\n", b"bad.tsv: no sentences")):
            run = kronik("train", "names", self.file("bad.tsv", content), "--lang", "en", "--out", out)
            self.assertEqual((run.returncode, run.stdout), (2, b""))
            self.assertIn(why, run.stderr)
        self.assertFalse(out.exists())
        text = self.file("names.tsv", NAMES)
        for more in ([], ["--out", out, "--cross-validate", text], ["--out", out, "--own", "other.tsv"]):
            self.assertEqual(kronik("train", "names", text, "--lang", "en", *more).returncode, 2, more)
        self.assertEqual(kronik("evaluate", "names", text, "--lang", "xx").returncode, 2)

    def test_pages_are_fitted(self):
        rows = []
        for i, paper in enumerate(["fjord.example", "coast.example", "hill.example"]):
            story = [f"The council of district {i} met on Monday to discuss the harbour and its costs.",
                     f"Members voted {i + 4} to 3 for a second quay, which opens in spring."]
            self.file(f"{i}.html", f"<html><title>Harbour {i}</title><nav><a href=/>Home</a> <a href=/s>Sport</a></nav>"
                      f"<article><h1>Harbour {i}</h1><p>{story[0]}</p><p>{story[1]}</p></article>"
                      f"<footer><p>Copyright, contact and terms of use of {paper}</p></footer></html>".encode())
            rows.append(json.dumps({"file": f"{i}.html", "body": "\n\n".join(story), "url": f"https://{paper}/{i}"}))
        self.file("gold.jsonl", "\n".join(rows).encode())
        out = self.folder / "mine" / "data" / "page_model.tsv"
        out.parent.mkdir(parents=True)
        run = kronik("train", "pages", self.folder, "--trees", 5, "--out", out)
        self.assertEqual((run.returncode, run.stdout), (0, b""), run.stderr)
        run = kronik("--data", self.folder / "mine", "article", self.folder / "0.html")
        self.assertIn("second quay", json.loads(run.stdout)["text"])
        run = kronik("train", "pages", self.folder, "--trees", 2, "--folds", 3, "--cross-validate", "--out", self.folder / "folds")
        self.assertEqual(run.returncode, 0, run.stderr)
        held = [(self.folder / "folds" / str(n) / "pages.txt").read_text().split() for n in range(3)]
        self.assertEqual(sorted(sum(held, [])), [str(self.folder / f"{i}.html") for i in range(3)])
        for row, why in ((b"[]", b"gold.jsonl:1: not a JSON object"), (b'{"file": 7}', b"gold.jsonl:1: no file or no body"),
                         (b'{"file": "none.html", "body": "b"}', b"none.html: can't be opened"), (b"", b"no pages")):
            self.file("gold.jsonl", row)
            run = kronik("train", "pages", self.folder, "--out", self.folder / "x")
            self.assertEqual(run.returncode, 2)
            self.assertIn(why, run.stderr)

    def test_cut_sentences_become_raw_text(self):
        cut = b"kata\tO\nketua\tO\nkpk\tB-ORG\nahmad\tB-PER\n(\tO\n50\tO\n)\tO\n,\tO\n\"\tO\norang\tO\n-\tO\norang\tO\n\"\tO\n.\tO\n"
        cased = b"Rapat\tO\nKPK\tB-ORG\nselesai\tO\n"
        run = subprocess.run([sys.executable, ROOT / "train/silver/raw_text.py", self.file("cut.tsv", cut), "--cased",
                              self.file("cased.tsv", cased)], capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stdout), (0, 'Kata ketua KPK Ahmad (50), "orang-orang".\n\n'), run.stderr)

    def test_parsers_vote_on_trees(self):
        def system(name, *heads):
            rows = [f"{i}\tw{i}\tw\tNOUN\t_\t_\t{head}\tdep\t_\t_\n" for i, head in enumerate(heads, 1)]
            return self.file(name, "".join(rows).encode() + b"\n")

        systems = [system("a", 2, 0, 2, 3, 2), system("b", 2, 0, 2, 2, 2), system("c", 3, 0, 2, 2, 2)]
        vote = [sys.executable, ROOT / "train/silver/vote.py", *systems]
        run = subprocess.run([*vote, "--agreement", "0.6"], capture_output=True, text=True)
        self.assertEqual([line.split("\t")[6] for line in run.stdout.splitlines() if line], ["2", "0", "2", "2", "2"])
        run = subprocess.run([*vote, "--agreement", "0.7"], capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stdout), (0, ""))

    def test_the_models_are_made_from_start_to_end(self):
        for name in ("en_ewt-train", "en_gumfree-train", "id_csui-train", "id_gsd-dev", "id_gsd_r2.1-train", "id_gsd_r2.1-dev"):
            self.file(name + ".conllu.gz", gzip.compress(TREES * 8))
        for name in ("en_wikigold-train", "en_crossner_politics-train", "en_re3d-train", "en_uner_ewt-dev", "id_nergrit-train",
                     "id_nerp-train"):
            self.file(name + ".tsv.gz", gzip.compress(NAMES * 2))
        run = subprocess.run([ROOT / "train" / "make_models.sh", KRONIK, self.folder, self.folder, self.folder / "out"],
                             capture_output=True, env={**os.environ, "EPOCHS": "1"})
        self.assertEqual(run.returncode, 0, run.stderr)
        rows = (self.folder / "out" / "models" / "manifest.tsv").read_text().splitlines()[2:]
        self.assertEqual([row.split("\t")[0] for row in rows], ["en", "en.names", "id", "id.names"])
        run = kronik("--data", self.folder / "out", "events", GOOD)
        self.assertEqual((run.returncode, run.stderr), (0, b""))


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
