#!/usr/bin/env python3
"""Holds every #include of src/ against the arrows that the modules' CMakeLists.txt declare.

A file may include its own module, include/kronik, and the modules of its kronik_module's DEPENDS
and what those depend on. Stages never include each other. Exits 1 and names each wrong line.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
STAGES = set("article token parse entity actor statement event commitment".split())


def declared():
    arrows = {}
    for path in ROOT.glob("src/*/CMakeLists.txt"):
        text = re.sub(r"#.*", "", path.read_text())
        match = re.search(r"kronik_module\((\w+)(.*?)\)", text, re.S)
        if not match:
            continue
        depends = re.search(r"DEPENDS(.*?)(PRIVATE_LINK|$)", match[2], re.S)
        words = depends[1].split() if depends else []
        arrows[match[1]] = set(words)
    return arrows


def closure(arrows, module):
    seen, todo = set(), [module]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += arrows.get(name, ())
    return seen


def main():
    arrows, wrong = declared(), []
    for module, depends in arrows.items():
        if module in STAGES and depends & STAGES:
            wrong.append(f"src/{module}/CMakeLists.txt: a stage depends on {depends & STAGES}")
        allowed = closure(arrows, module)
        for path in sorted((ROOT / "src" / module).glob("*.[ch]*")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                include = re.match(r'#include "([^/"]+)/', line)
                if include and include[1] != "kronik" and include[1] not in allowed:
                    wrong.append(f"{path.relative_to(ROOT)}:{number}: {include[1]} is not among "
                                 f"the modules that {module} depends on")
    for name in arrows:
        if name not in (ROOT / "src" / "README.md").read_text():
            wrong.append(f"src/README.md: no word on {name}/")
    print("\n".join(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
