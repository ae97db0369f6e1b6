#!/usr/bin/env python3
"""A PostgreSQL server of one's own, for as long as a command runs.

usage: server.py COMMAND...     runs it with KRONIK_POSTGRES, the server's URL up to a database's name

The server lives in a temporary folder and listens on a socket there, on no port. Its text sorts by
the rules of a language, so that a query that forgets COLLATE "C" is found out. Exits 77 where
PostgreSQL isn't installed.
"""
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse

NOT_HERE = 77  # what ctest takes for "skipped"


def programs():
    """The folder of initdb and pg_ctl; None where there is none."""
    folders = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    folders += [pathlib.Path(found).parent for found in [shutil.which("initdb")] if found]
    return folders[-1] if folders else None


def plain_user():
    """What a command begins with so that it isn't run by root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


@contextlib.contextmanager
def server():
    """Yields a function from a database's name to its URL."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kronik_pg_"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, "check": True}
    begin, bin_folder = plain_user(), programs()
    try:
        subprocess.run([*begin, bin_folder / "initdb", "-D", folder / "data", "-U", "kronik", "-A", "trust",
                        "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US",
                        "--no-sync"], **quiet)
        subprocess.run([*begin, bin_folder / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w",
                        "-o", f"-k {folder} -h '' -F", "start"], **quiet)
        try:
            yield lambda name: f"postgresql://kronik@{urllib.parse.quote(str(folder), safe='')}/{name}"
        finally:
            subprocess.run([*begin, bin_folder / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def skip_without_postgres():
    if programs() is None:
        print("skipped: PostgreSQL is not installed (packages.txt has its name)")
        sys.exit(NOT_HERE)


if __name__ == "__main__":
    skip_without_postgres()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends too
    with server() as url:
        code = subprocess.run(sys.argv[1:], env={**os.environ, "KRONIK_POSTGRES": url("")}).returncode
    sys.exit(code)
