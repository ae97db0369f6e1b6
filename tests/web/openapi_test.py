#!/usr/bin/env python3
"""Holds the answers of `kronik serve` against doc/openapi.yaml: openapi_test.py KRONIK FIXTURE

Every path of the description is asked, with every parameter of its own, and each answer's status,
type and body must be described there. Exits 1 and says what differs; 77 where Debian's python3-yaml
or python3-jsonschema is missing.
"""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"SKIPPED: {missing} (packages.txt)")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
VALUES = {"party": "NOR", "from": "2024-01-01", "to": "2024-12", "type": "COOPERATE",
          "status": "asserted", "quad": "2", "q": "thanked", "lang": "en", "limit": "2",
          "offset": "1", "id": "x", "kind": "pledge", "date": "2024-05-02",
          "url": "https://news.example/x", "place": "Bern", "since": "2020-01-01"}
REPORT = b"BERN: Norway thanked Peru on Wednesday. Peru promised a new ferry by June."


def resolve(node, spec):
    """The node with its own $ref followed (not those inside)."""
    while isinstance(node, dict) and "$ref" in node:
        target = spec
        for part in node["$ref"][2:].split("/"):
            target = target[part]
        node = target
    return node


class Checker:
    def __init__(self, base, spec):
        self.base, self.spec, self.wrong, self.asked = base, spec, [], 0

    def ask(self, operation, path, query="", body=None, method="GET", expect=200, sent="text/plain"):
        self.asked += 1
        where = f"{method} {path}{'?' + query if query else ''}"
        request = urllib.request.Request(self.base + path + ("?" + query if query else ""), data=body,
                                         method=method, headers={"Content-Type": sent} if body else {})
        try:
            answer = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        status, text = answer.status, answer.read()
        if status != expect:
            self.wrong.append(f"{where}: {status} instead of {expect}: {text[:200]}")
            return None
        described = operation["responses"].get(str(status))
        if described is None:
            self.wrong.append(f"{where}: the status {status} isn't described")
            return None
        content = resolve(described, self.spec)["content"]
        kind = answer.headers["Content-Type"].split(";")[0]
        if kind not in content:
            self.wrong.append(f"{where}: {kind} isn't described")
            return None
        if kind != "application/json":
            return text
        value = json.loads(text)
        schema = dict(content[kind]["schema"], components=self.spec["components"])
        for error in jsonschema.Draft202012Validator(schema).iter_errors(value):
            self.wrong.append(f"{where}: {error.json_path}: {error.message[:300]}")
        return value

    def check(self):
        event = self.ask(self.spec["paths"]["/api/events"]["get"], "/api/events", "party=NOR&q=thanked")
        ids = {"/api/articles/{id}": ["summit", "echo", "short6"],
               "/api/events/{id}": [event["events"][0]["id"]]}
        for path, methods in self.spec["paths"].items():
            for method, operation in methods.items():
                self.check_one(path, method.upper(), operation, ids.get(path, [""]))

    def check_reviews(self, operation):
        """Reviews of each kind, in the shape that is described; then the lists that show them."""
        events = self.spec["paths"]["/api/events"]["get"]
        ids = {"event": self.ask(events, "/api/events", "party=NOR&q=thanked")["events"][0]["id"]}
        for kind, report in (("statement", "echo"), ("commitment", "summit")):
            article = self.ask(self.spec["paths"]["/api/articles/{id}"]["get"], f"/api/articles/{report}")
            ids[kind] = article[kind + "s"][0]["id"]
        fields = {"event": {"date": "2024-04", "actor": ["NOR GOV"]}, "statement": {"source": "FJI"},
                  "commitment": {"status": "broken", "toward": "NOR"}}
        schema = operation["requestBody"]["content"]["application/json"]["schema"]

        def say(expect, **review):
            if expect == 201:
                jsonschema.Draft202012Validator(schema).validate(review)
            return self.ask(operation, "/api/reviews", "", json.dumps(review).encode(), "POST", expect,
                            "application/json")
        for kind, value in ids.items():
            review = {"id": value, "kind": kind, "reviewer": "Ana"}
            say(201, verdict="accept", **review)
            say(201, verdict="correct", note="As the text says.", fields=fields[kind], **review)
            say(201, verdict="reject", **review)
            say(201, verdict="undo", **review)
        self.ask(events, "/api/events", "accepted=1")
        self.ask(self.spec["paths"]["/api/commitments"]["get"], "/api/commitments", "accepted=1")
        self.ask(self.spec["paths"]["/api/articles/{id}"]["get"], "/api/articles/echo")
        say(400, id=ids["event"], verdict="maybe", reviewer="Ana")
        say(404, id="none", verdict="accept", reviewer="Ana")
        undone = {"id": ids["event"], "verdict": "undo", "reviewer": "Ana"}
        say(201, **undone)
        say(201, **undone)
        say(409, **undone)
        self.ask(operation, "/api/reviews", "", b"{}", "POST", 415)

    def check_one(self, path, method, operation, ids):
        parameters = [resolve(one, self.spec) for one in operation.get("parameters", [])]
        if (method, path) == ("POST", "/api/reviews"):
            self.check_reviews(operation)
            return
        if method == "POST":
            for query in ["", "lang=en&date=2024-05-02", "kind=text"]:
                self.ask(operation, path, query, REPORT, method)
            self.ask(operation, path, "kind=pdf", REPORT, method, 400)
            self.ask(operation, path, "", b"x", method, 422)
            return
        required = "party=NOR" if path == "/api/feed" else ""
        for value in ids:
            self.ask(operation, path.replace("{id}", value), required)
        if "{id}" in path:
            self.ask(operation, path.replace("{id}", "none"), expect=404)
            return
        for parameter in parameters:
            name = parameter["name"]
            values = parameter["schema"].get("enum") or [VALUES[name]]
            for value in values:
                query = urllib.parse.urlencode({name: value})
                self.ask(operation, path, query)
            if name == "party":
                self.ask(operation, path, "party=NOR&party=PER")
        if "400" in operation["responses"]:
            self.ask(operation, path, "colour=red", expect=400)


def main():
    kronik, fixture = sys.argv[1:3]
    text = (ROOT / "doc" / "openapi.yaml").read_text()
    spec = yaml.safe_load(text)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "chronicle.db")
        subprocess.run([fixture, store], check=True)
        server = subprocess.Popen([kronik, "serve", "--store", store, "--port", str(port)])
        try:
            base = f"http://127.0.0.1:{port}"
            for _ in range(100):
                try:
                    served = urllib.request.urlopen(base + "/api/openapi.yaml", timeout=5).read().decode()
                    break
                except OSError:
                    time.sleep(0.1)
            checker = Checker(base, spec)
            if served != text:
                checker.wrong.append("/api/openapi.yaml isn't doc/openapi.yaml")
            checker.check()
        finally:
            server.terminate()
            server.wait()
    print("\n".join(checker.wrong) or f"{checker.asked} answers are as described")
    return bool(checker.wrong)


if __name__ == "__main__":
    sys.exit(main())
