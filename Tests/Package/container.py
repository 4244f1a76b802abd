"""The image of the Dockerfile, built and run without an engine or a registry: by buildah, podman and runc, as root.

    container.py --package FILE --binary PATH --folder FOLDER

No registry is asked for the images that the Dockerfile is made from. mmdebstrap makes one of this machine's Debian under their
names; in that of Swift, the compiler is a stand-in that hands over PATH, as it is built already. FILE, the package, says what
a root needs for it. All that the image itself does is the Dockerfile's. Storage and containers are in FOLDER.
"""

import argparse
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys

from life import ROOT, Failure, check, eventually, make_root

BUILT = "localhost/casekeeper"


class Store:
    """Images and containers in a folder of their own."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        self.places = ["--root", str(folder / "images"), "--runroot", str(folder / "run"), "--storage-driver", "vfs"]

    def run(self, *words):
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise Failure(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def buildah(self, *words):
        return self.run("buildah", *self.places, *words)

    def podman(self, *words):
        # What controls groups is mounted read-only in many a machine that is a guest itself.
        return self.run("podman", *self.places, "--cgroup-manager", "cgroupfs", "--runtime", "runc", *words)


def make_bases(store, archive, binary):
    """Images under the names that the Dockerfile is made from."""
    for name in re.findall(r"(?m)^FROM (\S+)", (ROOT / "Dockerfile").read_text()):
        container = store.buildah("from", "scratch")
        store.buildah("add", "--quiet", container, str(archive), "/")
        if name.startswith("swift:"):
            store.buildah("add", "--quiet", container, str(binary), "/opt/casekeeper")
            for program in ["apt-get", "swift"]:
                stand_in(store, container, program, "exit 0")
            stand_in(store, container, "make", "install -D /opt/casekeeper .build/release/casekeeper")
        store.buildah("commit", "--quiet", "--rm", container, f"docker.io/library/{name}")


def stand_in(store, container, program, line):
    store.buildah(
        "run", "--isolation", "chroot", container, "--", "sh", "-c",
        f"printf '#!/bin/sh\\n{line}\\n' > /usr/local/bin/{program} && chmod 0755 /usr/local/bin/{program}")


def start(store):
    """A container as docker-compose.yml has it: nothing but its volume to write to, and no capabilities."""
    # podman would ask for more than a guest may have.
    files = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 65536)
    store.podman(
        "run", "--detach", "--name", "desk", "--pull", "never", "--cgroups", "no-conmon", "--network", "none",
        "--ulimit", f"nofile={files}:{files}", "--ulimit", "nproc=4096:4096", "--read-only", "--tmpfs", "/tmp",
        "--cap-drop", "all", "--security-opt", "no-new-privileges", "--volume", "desk:/data", BUILT)
    eventually(lambda: store.podman("exec", "desk", "curl", "-sf", "http://127.0.0.1:8080/readyz"), 60)


def ask(store, *words):
    secret = store.podman("exec", "desk", "cat", "/data/admin-token")
    return store.podman(
        "exec", "desk", "curl", "--silent", "--header", f"Authorization: Bearer {secret}", *words[1:],
        f"http://127.0.0.1:8080{words[0]}")


def stop(store):
    store.podman("stop", "--time", "40", "desk")
    state = json.loads(store.podman("inspect", "--format", "{{json .State}}", "desk"))
    logs = subprocess.run(
        ["podman", *store.places, "--cgroup-manager", "cgroupfs", "logs", "desk"], capture_output=True, text=True)
    store.podman("rm", "desk")
    return state["ExitCode"], logs.stdout + logs.stderr


def look(store):
    print("A container:", flush=True)
    start(store)
    check(store.podman("exec", "desk", "id", "-u") == "10001", "runs as a user of its own")
    store.podman("healthcheck", "run", "desk")
    check(True, "is healthy")
    made = ask(store, "/v1/cases", "--json", '{"complaint": "It leaks.", "customer": {"name": "Ann Lee"}}')
    check('"Ann Lee"' in made, "takes a case from whoever has the token of its volume", made)
    bare = store.podman("exec", "desk", "curl", "--silent", "http://127.0.0.1:8080/v1/cases")
    check("unauthenticated" in bare, "answers nobody else", bare)
    touched = subprocess.run(
        ["podman", *store.places, "--cgroup-manager", "cgroupfs", "--runtime", "runc", "exec", "desk", "touch", "/etc/x"],
        capture_output=True, text=True)
    check("Read-only file system" in touched.stderr, "has a root that nobody writes to", touched.stderr)
    code, logs = stop(store)
    check(code == 0 and "shut down" in logs, "ends in order at SIGTERM", f"{code}\n{logs}")
    check("0.0.0.0:8080" in logs, "listens on all addresses", logs)
    check(" error " not in logs and " critical " not in logs, "has no fault to tell of", logs)
    start(store)
    check("Ann Lee" in ask(store, "/v1/cases/1"), "has it all again from its volume")
    stop(store)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", type=pathlib.Path, required=True)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    archive = make_root(folder, arguments.package)
    store = Store(folder / "containers")
    try:
        make_bases(store, archive, arguments.binary.resolve())
        print("The image:", flush=True)
        store.buildah(
            "build", "--isolation", "chroot", "--pull-never", "--format", "docker", "--quiet", "--tag", BUILT, str(ROOT))
        check(True, "is built from the Dockerfile")
        look(store)
    except Failure as failure:
        sys.exit(f"FAILED: {failure}")
    finally:
        subprocess.run(["podman", *store.places, "--cgroup-manager", "cgroupfs", "rm", "--all", "--force"],
                       capture_output=True)
        shutil.rmtree(folder / "containers", ignore_errors=True)


if __name__ == "__main__":
    main()
