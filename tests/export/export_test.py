#!/usr/bin/env python3
"""Every export has the columns of its original, is the same twice, and loads in real readers.

usage: export_test.py KRONIK

Readers: pandas, R and the sqlite3 shell; one that is not installed is skipped by name.
"""
import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
COLUMNS = {"csv": 28, "tsv": 28, "gdelt": 61, "polecat": 40, "icews": 20, "phoenix": 26}
HEADED = {"csv", "tsv", "polecat", "icews"}


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def rows_of(path, separator):
    with open(path, encoding="utf-8", newline="") as file:
        if separator == ",":
            return list(csv.reader(file))
        return [line.rstrip("\n").split("\t") for line in file]


def python_with_pandas():
    """Debian's packages belong to Debian's Python, which need not be the one that runs this."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import pandas"], capture_output=True).returncode == 0:
            return python
    return None


def with_pandas(path, separator, headed):
    code = ("import pandas, sys; t = pandas.read_csv(sys.argv[1], sep=%r, header=%r, dtype=str, "
            "quoting=%d, keep_default_na=False); print(*t.shape)") % (
                separator, 0 if headed else None,
                csv.QUOTE_MINIMAL if separator == "," else csv.QUOTE_NONE)
    return tuple(int(n) for n in run(python_with_pandas(), "-c", code, path).split())


def with_r(path, separator, headed):
    code = ('t <- read.table("%s", sep="%s", header=%s, quote="%s", comment.char="", '
            'colClasses="character", check.names=FALSE, na.strings=character(0), encoding="UTF-8");'
            'cat(nrow(t), ncol(t))') % (path, "," if separator == "," else "\\t",
                                       "TRUE" if headed else "FALSE",
                                       '\\"' if separator == "," else "")
    return tuple(int(n) for n in run("Rscript", "-e", code).split())


def with_sqlite(path, separator, headed):
    columns = len(rows_of(path, separator)[0])
    make = ["CREATE TABLE t(%s);" % ",".join(f"c{i}" for i in range(columns))]
    done = run("sqlite3", ":memory:", make[0], ".mode csv" if separator == "," else ".mode ascii",
               '.separator "%s" "\\n"' % ("," if separator == "," else "\\t"),
               f'.import {"--skip 1 " if headed else ""}"{path}" t', ".mode list",
               "SELECT count(*) FROM t;")
    return int(done.split()[-1]), columns


def main():
    kronik = sys.argv[1]
    readers = {"pandas": with_pandas if python_with_pandas() else None,
               "R": with_r if shutil.which("Rscript") else None,
               "sqlite3": with_sqlite if shutil.which("sqlite3") else None}
    for name, reader in readers.items():
        if reader is None:
            print(f"SKIP: {name} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        store = folder / "k.db"
        run(kronik, "read", EXAMPLES, "--store", store, "--quiet")
        for name, columns in COLUMNS.items():
            path = folder / f"events.{name}"
            run(kronik, "export", "--store", store, "--format", name, "--output", path)
            assert path.read_text() == run(kronik, "export", "--store", store, "--format", name)
            separator = "," if name == "csv" else "\t"
            evidence = folder / f"events.evidence.{name}"
            ids = set()
            for file, headed, wanted in ((path, name in HEADED, columns), (evidence, True, 17)):
                rows = rows_of(file, separator)
                assert len(rows) > 20, (name, len(rows))
                assert {len(row) for row in rows} == {wanted}, (file, {len(r) for r in rows})
                shape = (len(rows) - headed, wanted)
                for reader_name, reader in readers.items():
                    if reader is not None:
                        got = reader(file, separator, headed)
                        assert got == shape, (reader_name, file, got, shape)
                if not ids:
                    ids = {row[0] for row in rows[headed:]}
                    assert len(ids) == shape[0], f"{name}: ids that are not unique"
                else:
                    assert {row[0] for row in rows[1:]} == ids, f"{name}: evidence of other events"
            print(f"ok {name}: {len(ids)} rows of {columns} columns")
        lines = run(kronik, "export", "--store", store, "--format", "jsonl").splitlines()
        assert lines == run(kronik, "export", "--store", store, "--format", "jsonl").splitlines()
        print(f"ok jsonl: {len(lines)} events")


if __name__ == "__main__":
    main()
