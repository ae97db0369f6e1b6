#!/usr/bin/env python3
"""Every kind of input as users give it: WARC files, feeds, addresses; and many threads at once.

usage: inputs_test.py KRONIK [TEST...]

Pages are served by a server of the test's own on this machine.
"""
import gzip
import http.server
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import xml.dom.minidom

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "queue"), str(ROOT / "tests" / "cli")]
import crash
import reports

KRONIK = sys.argv[1]
EXAMPLES = ROOT / "examples"


def kronik(*words, stdin=None):
    return subprocess.run([KRONIK, *map(str, words)], capture_output=True, input=stdin, timeout=120)


def records(run):
    return [json.loads(line) for line in run.stdout.splitlines()]


def tables(store):
    """Every table's rows but the full text's, whose form depends on when it was written, and the logs of
    changes, which say when."""
    db = sqlite3.connect(store)
    names = [row[0] for row in db.execute(
        "select name from sqlite_master where type = 'table' and name not like '%\\_words%' escape '\\'"
        " and name not in ('changes', 'touched')")]
    return {name: sorted(map(repr, db.execute(f'select * from "{name}"'))) for name in names}


def titles(store):
    return [row[0] for row in sqlite3.connect(store).execute("select title from articles order by title")]


def page(title):
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><article><h1>{title}</h1>
<p>OSLO — The foreign minister of Norway met his counterpart from Peru in Oslo on Tuesday, and the two
signed an agreement on fisheries after a long day of talks.</p>
<p>“We will keep our word,” the minister said at a news conference after the meeting, and thanked Peru
for its help. Both sides said that they would meet again in the spring.</p>
</article></body></html>""".encode()


def record(kind, name, content_type, block):
    return (f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
            f"WARC-Target-URI: http://news.example/{name}\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def response(name, body):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return record("response", name, "application/http; msgtype=response", head + body)


RECORDS = [record("warcinfo", "info", "application/warc-fields", b"software: a test\r\n"),
           record("request", "ask", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
           response("one", page("One")), response("two", page("Two")),
           record("revisit", "again", "application/http", b"HTTP/1.1 200 OK\r\n\r\n")]


class InATempFolder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path


class Warc(InATempFolder):
    def test_each_page_is_a_report_that_names_its_record(self):
        packed = [gzip.compress(r) for r in RECORDS]
        offsets = [sum(map(len, packed[:i])) for i in range(len(packed))]
        # Recognised by content: the name says nothing.
        path = self.file("archive.bin", b"".join(packed))
        run = kronik("article", path)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual([(r["title"], r["input"], r["url"]) for r in records(run)],
                         [("One", f"{path}@{offsets[2]} <urn:uuid:one>", "http://news.example/one"),
                          ("Two", f"{path}@{offsets[3]} <urn:uuid:two>", "http://news.example/two")])
        self.assertEqual(run.stderr.decode(), f"kronik: {path}: 2 pages; records that hold none: "
                                              "1 request 1 revisit 1 warcinfo\n")

    def test_plain_whole_and_standard_input(self):
        plain = b"".join(RECORDS)
        for form in (plain, gzip.compress(plain)):
            self.assertEqual([r["title"] for r in records(kronik("article", self.file("a", form)))],
                             ["One", "Two"])
            self.assertEqual(len(records(kronik("article", "-", stdin=form))), 2)

    @unittest.skipUnless(shutil.which("zstd"), "no zstd program")
    def test_zstd(self):
        packed = b"".join(subprocess.run(["zstd", "-c"], input=r, capture_output=True).stdout for r in RECORDS)
        self.assertEqual(len(records(kronik("article", self.file("a", packed)))), 2)

    def test_a_broken_record_is_named_and_the_next_is_read(self):
        packed = [gzip.compress(r) for r in RECORDS]
        packed[2] = packed[2][:len(packed[2]) // 2]
        path = self.file("a.warc.gz", b"".join(packed))
        run = kronik("article", path)
        self.assertEqual(run.returncode, 1)
        self.assertEqual([r["title"] for r in records(run)], ["Two"])
        self.assertIn(f"{path}@{len(packed[0]) + len(packed[1])}: ", run.stderr.decode())


class Jobs(InATempFolder):
    def inputs(self):
        many = b"".join(gzip.compress(response(f"r{i}", page(f"Report {i}"))) for i in range(30))
        return [EXAMPLES, self.folder / "missing.html", self.file("a.warc.gz", many),
                self.file("menu.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>"),
                EXAMPLES]

    def test_the_number_of_threads_changes_nothing(self):
        inputs = self.inputs()
        for verb in (["article"], ["article", "--format", "md"], ["events"], ["statements"],
                     ["commitments"], ["parse"]):
            one = kronik(*verb, *inputs, "--jobs", 1)
            self.assertEqual(one.returncode, 1)
            for jobs in (2, 4):
                many = kronik(*verb, *inputs, "--jobs", jobs)
                self.assertEqual((many.stdout, many.stderr, many.returncode),
                                 (one.stdout, one.stderr, one.returncode), verb)

    def test_nor_what_is_in_the_chronicle(self):
        inputs, dumps = self.inputs(), []
        for jobs in (1, 4):
            store = self.folder / f"{jobs}.db"
            run = kronik("read", *inputs, "--jobs", jobs, "--store", store)
            self.assertEqual(run.returncode, 1)
            dumps.append((run.stdout, tables(store)))
        self.assertEqual(dumps[0], dumps[1])

    def test_an_interrupt_ends_a_wait_for_input(self):
        child = subprocess.Popen([KRONIK, "article", "-"], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # Not before the program listens for it, however slowly it starts.
        for _ in range(200):
            caught = re.search(r"SigCgt:\s*(\w+)", pathlib.Path(f"/proc/{child.pid}/status").read_text())[1]
            if int(caught, 16) >> (signal.SIGINT - 1) & 1:
                break
            time.sleep(0.1)
        time.sleep(0.2)
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.wait(20), 130)
        child.communicate()

    def test_progress_is_for_terminals_alone(self):
        self.assertNotIn(b"\r", kronik("article", EXAMPLES).stderr)
        try:
            ours, theirs = pty.openpty()
        except OSError as error:  # no /dev/pts, as in a plain chroot
            self.skipTest(str(error))
        run = subprocess.Popen([KRONIK, "article", EXAMPLES], stdout=subprocess.DEVNULL, stderr=theirs,
                               env={**os.environ, "TERM": "xterm"})
        self.assertEqual(run.wait(60), 0)
        os.close(theirs)
        self.assertIn(b" reports", os.read(ours, 4096))
        os.close(ours)


class Crashes(InATempFolder):
    """One report ends the program whenever it is read; `read` leaves it out and reads all others."""

    def read(self, inputs, jobs, preload=""):
        store = self.folder / f"{jobs}{bool(preload)}.db"
        run = subprocess.run([KRONIK, "read", *inputs, "--jobs", str(jobs), "--store", store, "--quiet"],
                             capture_output=True, timeout=120, env={**os.environ, "LD_PRELOAD": str(preload)})
        return run, store

    def test_all_others_are_read(self):
        poison = reports.report(7)[0]
        library = crash.library(self, KRONIK, self.folder, poison)
        # The page's own address, of which its id is made, is not that of its record.
        records = [gzip.compress(response(f"r{n}", reports.page(n))) for n in range(30)]
        everything = self.file("all.warc.gz", b"".join(records))
        others = [self.file("1.warc.gz", b"".join(records[:7])), self.file("2.warc.gz", b"".join(records[8:]))]
        run, store = self.read(others, 3)
        self.assertEqual(run.returncode, 0, run.stderr)
        wanted = titles(store)
        where = f"{everything}@{sum(map(len, records[:7]))}"
        for jobs in (1, 4):
            run, store = self.read([everything], jobs, library)
            self.assertEqual(run.returncode, 1, run.stderr)
            message = run.stderr.decode()
            self.assertEqual(message.count("ended by signal 11"), 2, message)
            self.assertIn(f"{where} <urn:uuid:r7>: has ended the program twice: left out", message)
            self.assertEqual(titles(store), wanted)
            # The next run has the same to say, and nothing more to do.
            again, store = self.read([everything], jobs, library)
            self.assertEqual(again.returncode, 1)
            self.assertIn("29 of them were there already", again.stderr.decode())

    def test_what_came_from_standard_input_is_lost_with_the_program(self):
        library = crash.library(self, KRONIK, self.folder, reports.report(0)[0])
        run = subprocess.run([KRONIK, "read", "-", "--store", self.folder / "kronik.db"], capture_output=True,
                             input=reports.record(0), timeout=120, env={**os.environ, "LD_PRELOAD": str(library)})
        self.assertEqual(run.returncode, -signal.SIGSEGV)

    def test_who_reads_ends_with_who_was_told_to(self):
        archive = self.file("a.warc.gz", b"".join(reports.record(n) for n in range(3000)))
        for how, code in ((signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)):
            child = subprocess.Popen([KRONIK, "read", archive, "--store", self.folder / f"{how}.db"],
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            child.stdout.readline()
            child.send_signal(how)
            self.assertEqual(child.wait(20), code)
            child.communicate()  # ends when nobody is left to write


class Forms(unittest.TestCase):
    def test_an_article_for_people(self):
        path = EXAMPLES / "08-threat.txt"
        title = records(kronik("article", path))[0]["title"]
        self.assertTrue(kronik("article", "--format", "txt", path).stdout.decode().startswith(title + "\n"))
        self.assertTrue(kronik("article", "--format", "md", path).stdout.decode().startswith("# " + title))

    def test_html_is_one_well_formed_page(self):
        run = kronik("article", "--format", "html", EXAMPLES)
        self.assertEqual(run.returncode, 0, run.stderr)
        tree = xml.dom.minidom.parseString(run.stdout)
        self.assertEqual(len(tree.getElementsByTagName("article")), len(list(EXAMPLES.iterdir())))


class Keep(InATempFolder):
    def test_how_much_of_the_text_the_chronicle_keeps(self):
        path = EXAMPLES / "08-threat.txt"
        for keep, article, evidence in (("full", True, True), ("evidence", False, True), ("none", False, False)):
            store = self.folder / f"{keep}.db"
            self.assertEqual(kronik("read", path, "--keep", keep, "--store", store).returncode, 0)
            dump = str(tables(store))
            self.assertEqual("China offered to mediate between the two neighbours. Its" in dump, article)
            self.assertEqual("threatened on Tuesday to close its border" in dump, evidence)
            self.assertIn("THREATEN", dump)
            for kind, kept in (("articles", article), ("events", evidence)):
                found = kronik("find", kind, "--text", "mediate", "--format", "jsonl", "--store", store)
                self.assertEqual(found.stdout != b"", kept or (kind == "articles" and evidence), kind)
        self.assertEqual(kronik("read", path, "--keep", "some").returncode, 2)


class Feeds(InATempFolder):
    def test_entries_of_a_file_by_their_content(self):
        body = page("x").decode().split("<h1>x</h1>")[1].split("</article>")[0]
        path = self.file("feed", f"""<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<language>en</language><item><title>A fishing deal</title><link>http://news.example/1</link>
<pubDate>Tue, 14 Jan 2025 09:30:00 GMT</pubDate>
<content:encoded><![CDATA[{body}]]></content:encoded></item>
<item><link>http://news.example/2</link></item></channel></rss>""".encode())
        run = kronik("article", path)
        self.assertEqual(run.returncode, 1)
        self.assertEqual([(r["title"], r["input"], r["url"], r["published"]) for r in records(run)],
                         [("A fishing deal", f"{path} <http://news.example/1>", "http://news.example/1",
                           "2025-01-14T09:30:00Z")])
        self.assertIn("missing in 1 of 2 entries", run.stderr.decode())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # clients that hang up are part of the tests


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    robots = "User-agent: *\nDisallow: /private\n"
    seen = []
    tag = '"1"'  # of what is under /tagged
    busy = 0  # how many requests for /busy are refused
    statuses = []  # of the answers, robots.txt's left out

    def log_message(self, *words):
        pass

    def answer(self, body, content_type="text/html; charset=utf-8", status=200, **headers):
        if self.path != "/robots.txt":
            self.statuses.append(status)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_if_changed(self, field, value, body, **headers):
        if self.headers[field] == value:
            self.answer(b"", status=304, **headers)
        else:
            self.answer(body, **headers)

    def do_GET(self):
        self.seen.append((self.path, self.headers["User-Agent"]))
        base = f"http://127.0.0.1:{self.server.server_port}"
        path = self.path
        if path == "/robots.txt":
            if self.robots is None:
                self.answer(b"", status=503)
            else:
                self.answer(self.robots.encode(), "text/plain")
        elif path.startswith("/page"):
            self.answer(page("Page " + path[5:]))
        elif path.startswith("/tagged"):
            feed = f"<rss><channel><item><link>/tagged1</link></item><item><link>/tagged2</link></item></channel></rss>"
            self.answer_if_changed("If-None-Match", self.tag, ETag=self.tag,
                                   body=feed.encode() if path == "/tagged-feed" else page("Page " + path[7:]))
        elif path == "/dated":
            day = "Tue, 14 Jan 2025 09:30:00 GMT"
            self.answer_if_changed("If-Modified-Since", day, page("Dated"), **{"Last-Modified": day})
        elif path.startswith("/busy"):
            type(self).busy -= 1
            if self.busy >= 0:
                self.answer(b"", status=429, **{"Retry-After": path[5:] or "1"})
            else:
                self.answer(page("At last"))
        elif path == "/latin":
            self.answer(page("Señor").decode().replace('<meta charset="utf-8">', "").encode("cp1252"),
                        "text/html; charset=windows-1252")
        elif path == "/packed":
            self.answer(gzip.compress(page("Packed")), **{"Content-Encoding": "gzip"})
        elif path == "/moved":
            self.answer(b"", status=301, Location="/page7")
        elif path == "/to-private":
            self.answer(b"", status=302, Location="/private/1")
        elif path == "/to-file":
            self.answer(b"", status=302, Location="file:///etc/passwd")
        elif path == "/loop":
            self.answer(b"", status=302, Location="/loop")
        elif path == "/huge":
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            for _ in range(80):
                self.wfile.write(b"A long line of news.\n" * 50_000)
        elif path == "/bomb":
            self.answer(gzip.compress(bytes(80 << 20)), **{"Content-Encoding": "gzip"})
        elif path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"word ")
                time.sleep(0.1)
        elif path == "/feed":
            items = "".join(f"<item><link>{link}</link></item>" for link in ("/page1", base + "/page2", "/none"))
            self.answer(f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml")
        elif path == "/sitemap.xml":
            self.answer(f"<sitemapindex><sitemap><loc>{base}/map.xml.gz</loc></sitemap></sitemapindex>".encode())
        elif path == "/map.xml.gz":
            urls = "".join(f"<url><loc>{base}/page{i}</loc></url>" for i in range(5))
            self.answer(gzip.compress(f"<urlset>{urls}</urlset>".encode()), "application/gzip")
        elif path == "/recursive":
            self.answer(f"<sitemapindex><sitemap><loc>{base}/recursive</loc></sitemap></sitemapindex>".encode())
        elif path == "/archive":
            self.answer(b"".join(RECORDS), "application/warc")
        else:
            self.answer(b"not here", status=404)


class Fetching(InATempFolder):
    def setUp(self):
        super().setUp()

        class Handler(Site):
            seen, statuses = [], []
        self.handler = Handler
        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def fetch(self, *paths, more=()):
        return kronik("article", *(self.base + path for path in paths), "--allow-private",
                      "--fetch-delay", 0, *more)

    def titles(self, *paths, more=()):
        run = self.fetch(*paths, more=more)
        self.assertEqual(run.returncode, 0, run.stderr)
        return [r["title"] for r in records(run)]

    def refused(self, path, *words, more=()):
        run = self.fetch(path, "/page1", more=more)
        self.assertEqual(run.returncode, 1, run.stderr)
        message = run.stderr.decode()
        self.assertIn(self.base + path, message)
        for word in words:
            self.assertIn(word, message)
        self.assertEqual([r["title"] for r in records(run)], ["Page 1"])

    def test_a_page(self):
        run = self.fetch("/page1")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual([(r["title"], r["url"], r["input"]) for r in records(run)],
                         [("Page 1", self.base + "/page1", self.base + "/page1")])
        version = kronik("--version").stdout.decode().split()[1]
        self.assertEqual(self.handler.seen, [("/robots.txt", f"kronik/{version}"), ("/page1", f"kronik/{version}")])

    def test_charset_coding_and_redirect(self):
        self.assertEqual(self.titles("/latin", "/packed"), ["Señor", "Packed"])
        run = self.fetch("/moved")
        self.assertEqual([(r["url"], r["input"]) for r in records(run)],
                         [(self.base + "/page7", self.base + "/moved")])

    def test_robots_txt(self):
        self.refused("/private/1", "robots.txt forbids it")
        self.refused("/to-private", "robots.txt forbids it")
        self.assertEqual(len([p for p, _ in self.handler.seen if p == "/robots.txt"]), 2)  # once a run
        self.assertNotIn("/private/1", [p for p, _ in self.handler.seen])

    def test_a_robots_txt_that_fails_allows_nothing(self):
        self.handler.robots = None
        run = self.fetch("/page1")
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"robots.txt can't be read: the server answers 503", run.stderr)

    def test_what_goes_wrong(self):
        self.refused("/nothing", "404")
        self.refused("/loop", "redirects")
        self.refused("/to-file", "not an http or https address")
        self.refused("/huge", "64 MiB")
        self.refused("/bomb", "64 MiB")
        self.refused("/slow", "1 s", more=("--fetch-timeout", 1))

    def test_private_addresses_are_refused(self):
        for host in ("127.0.0.1", "localhost", "2130706433"):
            run = kronik("article", f"http://{host}:{self.server.server_port}/page1")
            self.assertEqual(run.returncode, 1)
            self.assertIn(b"not one of the public internet", run.stderr)
        self.assertEqual(self.handler.seen, [])

    def test_a_feed_leads_to_its_pages(self):
        run = self.fetch("/feed")
        self.assertEqual(run.returncode, 1)
        self.assertEqual([r["title"] for r in records(run)], ["Page 1", "Page 2"])
        self.assertIn(b"/none: the server answers 404", run.stderr)

    def test_sitemaps(self):
        self.assertEqual(self.titles("/sitemap.xml"), [f"Page {i}" for i in range(5)])
        run = self.fetch("/sitemap.xml", more=("--fetch-limit", 3))
        self.assertEqual([r["title"] for r in records(run)], ["Page 0", "Page 1"])
        self.assertIn(b"3 more links are not fetched", run.stderr)
        self.refused("/recursive", "lead to too many others")

    def test_an_archive(self):
        self.assertEqual(self.titles("/archive"), ["One", "Two"])

    def test_requests_to_one_host_keep_a_distance(self):
        start = time.monotonic()
        run = kronik("article", self.base + "/page1", self.base + "/page2", self.base + "/page3",
                     "--allow-private", "--fetch-delay", 300)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertGreater(time.monotonic() - start, 0.6)

    def test_a_pause_that_robots_txt_asks_for(self):
        self.handler.robots = "User-agent: *\nCrawl-delay: 0.7\n"
        start = time.monotonic()
        self.assertEqual(self.titles("/page1", "/page2", "/page3"), ["Page 1", "Page 2", "Page 3"])
        self.assertGreater(time.monotonic() - start, 1.4)

    def test_a_host_that_asks_to_come_again_is_asked_again(self):
        self.handler.busy = 2
        start = time.monotonic()
        self.assertEqual(self.titles("/busy"), ["At last"])
        self.assertGreater(time.monotonic() - start, 2)
        self.assertEqual(self.handler.statuses, [429, 429, 200])
        # Not for ever, and not after too long; then its other pages are left alone too.
        self.handler.busy = 3
        run = self.fetch("/busy")
        self.assertIn(b"answers 429, and to come again in 1 s", run.stderr)
        self.handler.busy = 1
        self.handler.statuses.clear()
        run = self.fetch("/busy3600", "/page1")
        self.assertEqual((run.returncode, run.stdout), (1, b""))
        self.assertIn(b"answers 429, and to come again in 3600 s", run.stderr)
        self.assertIn(b"/page1: its host asks to be left alone for 3600 s", run.stderr)
        self.assertEqual(self.handler.statuses, [429])

    def read(self, *paths, more=()):
        """The statuses that the server gave while they were read, and how the run ended."""
        self.handler.statuses.clear()
        run = kronik("read", *(self.base + path for path in paths), "--allow-private", "--fetch-delay", 0,
                     "--store", self.folder / "kronik.db", "--quiet", *more)
        return self.handler.statuses[:], run.stderr.decode().splitlines()[-1].split(", ", 1)[1]

    def test_what_has_not_changed_is_not_sent_again(self):
        paths = ["/tagged1", "/dated", "/page1"]
        self.assertEqual(self.read(*paths), ([200] * 3, "0 of them were there already"))
        self.assertEqual(self.read(*paths), ([304, 304, 200], "1 of them were there already; "
                                                              "2 addresses have not changed"))
        self.assertEqual(self.read(*paths, more=["--again"])[0], [200] * 3)
        # Another kronik, or other hints, might make something else of it.
        self.assertEqual(self.read(*paths, more=["--lang", "en"])[0], [200] * 3)
        self.handler.tag = '"2"'
        self.assertEqual(self.read("/tagged1")[0], [200])

    def test_what_was_read_from_elsewhere_is_fetched_again(self):
        self.read("/tagged1")
        archive = response("one", page("Another")).replace(b"http://news.example/one", f"{self.base}/tagged1".encode())
        self.assertEqual(kronik("read", self.file("a.warc", archive), "--store", self.folder / "kronik.db").returncode, 0)
        self.assertEqual(self.read("/tagged1")[0], [200])

    def test_a_feed_that_has_not_changed_costs_one_request(self):
        self.assertEqual(self.read("/tagged-feed")[0], [200] * 3)
        self.assertEqual(self.read("/tagged-feed"), ([304], "0 of them were there already; "
                                                            "1 addresses have not changed"))

    def test_a_feed_is_fetched_again_until_all_of_it_was_read(self):
        self.handler.robots = "User-agent: *\nDisallow: /tagged2\n"
        self.assertEqual(self.read("/tagged-feed")[0], [200] * 2)
        self.assertEqual(self.read("/tagged-feed", more=["--fetch-limit", 1])[0], [200, 304])
        self.handler.robots = ""
        self.assertEqual(self.read("/tagged-feed", more=["--fetch-limit", 1])[0], [200, 304])
        self.assertEqual(self.read("/tagged-feed")[0], [200, 304, 200])
        self.assertEqual(self.read("/tagged-feed")[0], [304])

    def test_an_interrupt_ends_a_request(self):
        child = subprocess.Popen([KRONIK, "article", self.base + "/slow", "--allow-private"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.wait(5), 130)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
