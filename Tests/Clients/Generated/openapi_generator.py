"""Clients of three languages as openapi-generator makes them of the description: Go's and TypeScript's compile, and
Python's is used at the service.

    openapi_generator.py --binary .build/debug/casekeeper --tools .build-exam/venv/bin --folder .build-exam/clients
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import time

# What it says of any document of its version, and of words that a language has for itself.
KNOWN = ["OpenAPI 3.1 support is still in beta", "(reserved word)", "Failed to get the schema name: null",
         "map/dict of undefined type"]

OPTIONS = {"go": ["--additional-properties", "enumClassPrefix=true"], "typescript-fetch": [], "python": []}


def run(command, **options):
    print("$", *command, flush=True)
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if result.returncode:
        raise SystemExit(result.stdout)
    return result.stdout


def generate(language):
    said = run([arguments.tools / "openapi-generator-cli", "generate", "-i", folder / "openapi.json", "-g", language,
                "-o", folder / language, *OPTIONS[language]])
    warnings = [line for line in said.splitlines()
                if re.search(r"\b(WARN|ERROR)\b", line) and not any(known in line for known in KNOWN)]
    assert not warnings, "\n".join(warnings)


def compile_go():
    """Debian has what it imports as sources, in the layout from before modules."""
    package = folder / "go-path/src/desk"
    package.mkdir(parents=True)
    for file in (folder / "go").glob("*.go"):
        shutil.copy(file, package)
    run(["go", "build", "desk"], env={
        **os.environ, "GO111MODULE": "off", "GOPATH": f"{folder}/go-path:/usr/share/gocode",
        "GOCACHE": f"{folder}/go-cache"})


def check_typescript():
    """Debian's is older than what narrows an object by the names that are in it: that alone is not looked at."""
    run(["tsc", "--noEmit", "--strict", "--noImplicitAny", "false", "--target", "es2018", "--lib", "es2018,dom",
         "--moduleResolution", "node", folder / "typescript-fetch/index.ts"])


def use_python():
    desk = folder / "desk"
    desk.mkdir()
    made = subprocess.run([arguments.binary, "token", "create", "desk", "--role", "agent"], cwd=desk, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    token = re.search(r"ck_[\w-]+", made.stdout).group()
    with open(desk / "log", "w") as log:
        server = subprocess.Popen([arguments.binary, "serve", "--listen", "127.0.0.1:0"], cwd=desk, stdout=log,
                                  stderr=subprocess.STDOUT)
    try:
        port = None
        while port is None:
            assert server.poll() is None, (desk / "log").read_text()
            port = re.search(r"127\.0\.0\.1:([1-9]\d*)", (desk / "log").read_text())
            time.sleep(0.05)
        script = pathlib.Path(__file__).with_name("generator_client.py")
        run([arguments.tools / "python", script, folder / "python", f"http://{port.group()}", token])
    finally:
        server.terminate()
        server.wait()


parser = argparse.ArgumentParser()
for name in ("binary", "tools", "folder"):
    parser.add_argument(f"--{name}", required=True, type=lambda text: pathlib.Path(text).absolute())
arguments = parser.parse_args()
folder = arguments.folder
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
(folder / "openapi.json").write_text(
    subprocess.run([arguments.binary, "openapi"], stdout=subprocess.PIPE, text=True, check=True).stdout)
for language in OPTIONS:
    generate(language)
compile_go()
check_typescript()
use_python()
print("Go, TypeScript and Python have their clients.")
