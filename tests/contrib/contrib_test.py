#!/usr/bin/env python3
"""The files of contrib/, and the commands of doc/scale.md, against the program as it is.

usage: contrib_test.py KRONIK [TEST...]

Each command line is given to the program with servers that are not there: it must fail for want of them, and
not because it doesn't know a word. The units are held against systemd's own check, where that is installed.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
KRONIK = pathlib.Path(sys.argv[1]).resolve()
CONTRIB = ROOT / "contrib"
NOWHERE = "127.0.0.1:1"  # where nobody listens


def compose():
    return yaml.safe_load((CONTRIB / "compose.yaml").read_text())


def words_of_compose():
    for service in compose()["services"].values():
        if service.get("image") == "kronik":
            yield service.get("entrypoint", ["/usr/bin/kronik"])[1:] + service.get("command", [])


def words_of_units():
    for unit in CONTRIB.glob("*.service"):
        for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.M):
            yield shlex.split(line.replace("%i", "1"))[1:]


def words_of_scale():
    """The indented lines of doc/scale.md that begin with the program."""
    for line in re.findall(r"^    (kronik .*)$", (ROOT / "doc" / "scale.md").read_text(), re.M):
        words = shlex.split(line.split(" > ")[0].replace("$SLURM_CPUS_PER_TASK", "4"), comments=True)
        yield words[1:]


class Commands(unittest.TestCase):
    def check(self, words):
        words = [re.sub(r"\$\{?KRONIK_STORE\}?", "/nonexistent/kronik.db", word) for word in words]
        words = [re.sub(r"@[a-z.]+(?=/)", f"@{NOWHERE}", word) for word in words]
        if words[0] == "submit" and len(words) == 1:
            words.append("/nonexistent")  # what the user adds
        if words[0] == "worker":
            words += ["--outage", "0"]
        run = subprocess.run([KRONIK, *words], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                             env={**os.environ, "KRONIK_QUEUE": f"nats://{NOWHERE}", "KRONIK_TOKEN": 16 * "x"})
        self.assertIn(run.returncode, (1, 2), (words, run.stderr))
        self.assertNotIn("Run with --help", run.stderr, words)

    def test_each_is_understood(self):
        for source, least in ((words_of_compose, 3), (words_of_units, 2), (words_of_scale, 4)):
            commands = list(source())
            self.assertGreaterEqual(len(commands), least, source)
            for words in commands:
                with self.subTest(words=words):
                    self.check(words)

    def test_one_that_is_not_understood_is_found(self):
        with self.assertRaises(AssertionError):
            self.check(["worker", "--until-full"])


class Compose(unittest.TestCase):
    def test_what_it_names_is_there(self):
        file = compose()
        for name, service in file["services"].items():
            self.assertTrue(service.get("image"), name)
            for wanted in service.get("depends_on", {}):
                self.assertIn(wanted, file["services"], name)
            self.assertLessEqual(set(service["networks"]), set(file["networks"]), name)
            volumes = {volume.split(":")[0] for volume in service.get("volumes", [])}
            self.assertLessEqual({v for v in volumes if v[0].isalnum()}, set(file["volumes"]), name)
            build = service.get("build")
            if build:
                context = (CONTRIB / build["context"]).resolve()
                self.assertTrue((context / build["dockerfile"]).is_file(), name)

    def test_the_image_s_program_is_the_one_that_is_built(self):
        text = (CONTRIB / "Dockerfile").read_text()
        self.assertIn('ENTRYPOINT ["/usr/bin/kronik"]', text)
        for option in re.findall(r"-D(KRONIK_\w+)", text):
            self.assertRegex((ROOT / "CMakeLists.txt").read_text(), rf"option\({option}\b")


@unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd-analyze")
class Units(unittest.TestCase):
    def test_systemd_finds_no_fault(self):
        with tempfile.TemporaryDirectory() as folder:
            for unit in CONTRIB.glob("*.service"):
                # An instance of a template; the program where it is.
                path = pathlib.Path(folder) / unit.name.replace("@.", "@1.")
                path.write_text(unit.read_text().replace("/usr/bin/kronik", str(KRONIK)))
                run = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True,
                                     timeout=60)
                self.assertEqual((run.returncode, [line for line in run.stderr.splitlines() if folder in line]),
                                 (0, []), run.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
