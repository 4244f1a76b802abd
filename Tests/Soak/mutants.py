#!/usr/bin/env python3
"""Breaks the service in one way after the other, in a copy of the tree, and lets the soak find each.

A mutant is a patch; its first line says what it breaks, and `soak:` in it what the soak is called with beside.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PATCHES = os.path.join(ROOT, "Tests/Soak/Mutants")


def run(*words, **more):
    return subprocess.run(words, text=True, capture_output=True, **more)


def build(tree):
    result = run("swift", "build", "--product", "casekeeper", cwd=tree)
    if result.returncode != 0:
        sys.exit("the copy does not build:\n" + (result.stdout + result.stderr)[-4000:])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mutants", nargs="*", help="names of patches; all without")
    parser.add_argument("--scratch", default=os.path.join(ROOT, ".build-soak/mutants"))
    parser.add_argument("--tree", help="a copy of the tree to break, instead of a new one")
    parser.add_argument("--minutes", type=float, default=10, help="for each")
    arguments = parser.parse_args()
    tree = arguments.tree or os.path.join(arguments.scratch, "tree")
    os.makedirs(arguments.scratch, exist_ok=True)
    if not arguments.tree:
        os.makedirs(tree, exist_ok=True)
        for name in ("Package.swift", "Package.resolved", "Sources", "Migrations", "Tests"):
            old, new = os.path.join(ROOT, name), os.path.join(tree, name)
            shutil.rmtree(new, ignore_errors=True)
            if os.path.isdir(old):
                shutil.copytree(old, new, symlinks=True)
            elif os.path.exists(old):
                shutil.copy2(old, new)
    names = arguments.mutants or sorted(n[:-6] for n in os.listdir(PATCHES) if n.endswith(".patch"))
    rows, missed = [], []
    for name in names:
        patch = os.path.join(PATCHES, name + ".patch")
        text = open(patch).read()
        applied = run("patch", "--strip=1", "--forward", "--batch", "--input", patch, cwd=tree)
        try:
            if applied.returncode != 0:
                sys.exit(f"{name} does not apply:\n{applied.stdout}{applied.stderr}")
            build(tree)
            binary = os.path.join(arguments.scratch, name)
            shutil.copy2(os.path.join(tree, ".build/debug/casekeeper"), binary)
        finally:
            run("patch", "--strip=1", "--reverse", "--batch", "--input", patch, cwd=tree)
        more = re.search(r"^soak: (.*)$", text, re.M)
        begun = time.monotonic()
        seed = 1
        found = None
        while found is None and time.monotonic() - begun < arguments.minutes * 60:
            left = arguments.minutes - (time.monotonic() - begun) / 60
            soak = run(
                sys.executable,
                os.path.join(ROOT, "Tests/Soak/soak.py"),
                "--binary",
                binary,
                "--folder",
                os.path.join(arguments.scratch, name + ".run"),
                "--minutes",
                str(min(3, max(0.5, left))),
                "--seed",
                str(seed),
                *(more.group(1).split() if more else []),
            )
            seed += 1
            if soak.returncode == 1 and "FAILED after" in soak.stdout:
                found = re.sub(r"^.*seed \S+: ", "", soak.stdout[soak.stdout.index("FAILED") :].splitlines()[0])
                if found.startswith("the soak itself failed"):
                    sys.exit(soak.stdout)
            elif soak.returncode != 0:
                sys.exit(f"the soak failed: {soak.stdout}{soak.stderr}")
        seconds = time.monotonic() - begun
        row = f"{name:24} {'found' if found else 'NOT FOUND'} after {seconds:4.0f} s: {found or text.splitlines()[0]}"
        print(row, flush=True)
        rows.append(row)
        os.remove(binary)
        if not found:
            missed.append(name)
    build(tree)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
