"""The life of a package on fresh Debian machines: installed, used, upgraded, removed, purged.

    life.py --binary PATH --folder FOLDER [--package FILE] [--only chroot|obstacles|booted]

FILE is what `make deb` made of PATH; without one it is made here, uncompressed. mmdebstrap makes a root of this machine's Debian in
FOLDER, once for all parts:

- in a chroot, without systemd, as where an image is built: what is where, whose it is, what an upgrade backs up, what a removal leaves
  (this part is in `make test`, with a debug build);
- there, too, whatever may be in an upgrade's way;
- booted by systemd-nspawn with its own systemd: the unit itself, with all that it denies the service.

It needs root. Each line that it prints is something that held; it ends with the first that does not.
"""

import argparse
import contextlib
import gzip
import hashlib
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HOME = "var/lib/casekeeper"
DATABASE = f"/{HOME}/casekeeper.db"
SETTINGS = "/etc/casekeeper/casekeeper.conf"
# Of a version whose shape of the database was another; its two cases are in it.
OLD_DATABASE = ROOT / "Tests/CaseStoreTests/Fixtures/V010.db.gz"


class Failure(Exception):
    pass


def check(holds, what, detail=""):
    if not holds:
        raise Failure(f"{what}\n{detail}")
    print(f"  {what}", flush=True)


class Machine:
    """A root with Debian in it, and commands that are run there."""

    def __init__(self, root, prefix):
        self.root = root
        self.prefix = prefix

    def run(self, *words, fails=False, stdin=None):
        """What a command says, on both outputs; one that does not end as it should ends all of it."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        settings = [f"{name}={value}" for name, value in environment.items()]
        done = subprocess.run(
            [*self.prefix, "/usr/bin/env", "-i", *settings, *words], text=True, errors="replace", input=stdin or "",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if (done.returncode != 0) != fails:
            raise Failure(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}")
        return done.stdout

    def as_service(self, *words, **more):
        """A command of the program, as its pages tell an administrator to run it."""
        return self.run(
            "setpriv", "--reuid=casekeeper", "--regid=casekeeper", "--clear-groups", "env", "-C", f"/{HOME}",
            "casekeeper", *words, **more)

    def path(self, path):
        return self.root / path.lstrip("/")

    def upgrade(self, package, *settings, **more):
        """What dpkg says as it installs what has been brought already; settings are of its environment."""
        return self.run("env", *settings, "dpkg", "-i", f"/root/{package.name}", **more)

    def bring(self, file):
        """A file of ours, under /root there."""
        shutil.copy(file, self.path("/root"))
        return f"/root/{pathlib.Path(file).name}"

    def install(self, package):
        return self.run("apt-get", "install", "-q", "-y", "--allow-downgrades", self.bring(package))

    def backups(self):
        folder = self.path(f"{HOME}/backups")
        return sorted(each.name for each in folder.iterdir()) if folder.exists() else []

    def version(self):
        return self.run("dpkg-query", "--show", "--showformat=${Version} ${Status}", "casekeeper")

    def traces(self):
        """What scripts leave in /run for each other."""
        return self.run("find", "/run", "-maxdepth", "1", "-name", "casekeeper.*").split()

    def mode(self, path):
        return self.run("stat", "-c", "%U:%G %a", path).strip()


def make_package(binary, folder, revision):
    subprocess.run(
        [ROOT / "debian/build", "--binary", binary, "--output", folder, "--revision", str(revision), "--compression", "none"],
        check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob(f"*-{revision}_*.deb"))


def bring_libraries(binary, root):
    """What a debug build has from the compiler's folder, at the place where it looks for it; one that is shipped has none of it."""
    said = subprocess.run(["ldd", binary], check=True, capture_output=True, text=True).stdout
    for path in re.findall(r"=> (/\S+)", said):
        if not path.startswith(("/lib/", "/lib64/", "/usr/lib/")):
            place = root / path.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)


def make_root(folder, package):
    """A minimal Debian with what the package depends on, so that nothing is fetched later; one of the same is kept for a week."""
    depends = subprocess.run(
        ["dpkg-deb", "--field", package, "Depends"], check=True, capture_output=True, text=True).stdout
    names = {*re.findall(r"(?:^|, )([a-z0-9.+-]+)", depends), "systemd-sysv", "curl", "jq"}
    release = dict(
        line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line)
    suite, include = release["VERSION_CODENAME"].strip('"'), ",".join(sorted(names))
    archive = folder / f"root-{hashlib.sha256(f'{suite} {include}'.encode()).hexdigest()[:16]}.tar"
    if archive.exists() and archive.stat().st_mtime > time.time() - 7 * 86400:
        return archive
    for each in folder.glob("root-*"):
        each.unlink()
    made = archive.with_suffix(".partial.tar")
    subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", "--aptopt=APT::Sandbox::User \"root\"", f"--include={include}", suite, made],
        check=True)
    made.rename(archive)
    return archive


def unpack(archive, root):
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    subprocess.run(["tar", "--extract", "--numeric-owner", "--file", archive, "--directory", root], check=True)


def nspawn(root):
    """A container that boots, with nothing but loopback for a network."""
    return ["systemd-nspawn", "--quiet", f"--directory={root}", "--register=no", "--keep-unit", "--private-network",
            "--boot", "--console=pipe"]


def chroot(root):
    """A namespace without a network, whose root it is."""
    enter = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
    return ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-c", enter, str(root)]


def installed(machine, package):
    machine.install(package)
    check("install ok installed" in machine.version(), "it installs")
    check(machine.mode(f"/{HOME}") == "casekeeper:casekeeper 700", "its folder is its user's alone")
    check("nologin" in machine.run("getent", "passwd", "casekeeper"), "nobody logs in as its user")
    check(machine.mode(SETTINGS) == "root:root 644", "its settings are root's")
    check(machine.path("/etc/systemd/system/multi-user.target.wants/casekeeper.service").is_symlink(), "it is enabled")
    check(machine.mode(DATABASE) == "casekeeper:casekeeper 600", "an empty database was made")
    check(machine.mode(f"/{HOME}/backups") == "casekeeper:casekeeper 700", "there is a place for backups")
    secret = machine.as_service("token", "create", "Ann", "--role", "admin")
    check("ck_" in secret, "a token is made in it")


def upgraded(machine, package):
    print("An upgrade:", flush=True)
    settings = machine.path(SETTINGS)
    edited = settings.read_text().replace("#CASEKEEPER_LOG_FORMAT=text", "CASEKEEPER_LOG_FORMAT=json")
    settings.write_text(edited)
    machine.install(package)
    check("-2 install ok" in machine.version(), "it is upgraded")
    check(settings.read_text() == edited, "edited settings stay")
    check(len(machine.backups()) == 1, "the database was backed up before")
    backup = f"/{HOME}/backups/{machine.backups()[0]}"
    check(machine.mode(backup) == "casekeeper:casekeeper 600", "its backup is its user's alone")
    check("Ann" in machine.run("casekeeper", "token", "list", "--database", backup), "the backup has the token")
    check("Ann" in machine.as_service("token", "list"), "the database has the token")


def without_backup(machine, package):
    print("An upgrade that can't be backed up:", flush=True)
    folder = machine.path(f"{HOME}/backups")
    folder.rename(folder.with_name("moved"))
    folder.write_text("")
    before = machine.path(DATABASE).read_bytes()
    said = machine.run("dpkg", "-i", machine.bring(package), fails=True)
    check("-2 install ok installed" in machine.version(), "leaves the version that was there", said)
    check(machine.path(DATABASE).read_bytes() == before, "leaves the database")
    folder.unlink()
    folder.with_name("moved").rename(folder)


def removed(machine):
    print("Removed:", flush=True)
    before = machine.path(DATABASE).read_bytes()
    machine.run("apt-get", "remove", "-q", "-y", "casekeeper")
    check(not machine.path("/usr/bin/casekeeper").exists(), "the program is gone")
    check(machine.path(DATABASE).read_bytes() == before and machine.path(SETTINGS).exists(), "database and settings stay")


def over_an_older_shape(machine, package):
    print("Installed over a database of an older shape:", flush=True)
    made = len(machine.backups())
    for each in machine.path(HOME).glob("casekeeper.db*"):
        each.unlink()
    machine.path(DATABASE).write_bytes(gzip.decompress(OLD_DATABASE.read_bytes()))
    machine.run("chown", "casekeeper:casekeeper", DATABASE)
    machine.install(package)
    check(len(machine.backups()) == made + 1, "the database was backed up before")
    check(machine.as_service("verify").endswith("ok\n"), "it is brought up to date, and sound")
    cases = machine.as_service("export", "cases", "--format", "jsonl")
    check(len(cases.splitlines()) > 0, f"all {len(cases.splitlines())} of its cases are there")


def purged(machine, package):
    print("Purged:", flush=True)
    cases = machine.as_service("export", "cases", "--format", "jsonl")
    said = machine.run("apt-get", "purge", "-q", "-y", "casekeeper")
    check("are kept in" in said and machine.path(DATABASE).exists(), "nobody was asked, so the database is kept, and said to be", said)
    check(not machine.path(SETTINGS).exists(), "its settings are gone")
    check(not machine.traces(), "and nothing in /run", machine.traces())
    machine.install(package)
    check(machine.as_service("export", "cases", "--format", "jsonl") == cases, "installed again it goes on with it")
    answer = "casekeeper casekeeper/delete-database boolean true\n"
    machine.run("debconf-set-selections", stdin=answer)
    machine.run("mkdir", f"/{HOME}/.casekeeper.db-litestream")
    said = machine.run("sh", "-c", f"exec 9< {DATABASE}; dpkg --purge casekeeper")
    check("has a file in it open" in said and "rm -r" in said and machine.path(DATABASE).exists(),
          "while a process has a file of it open, as Litestream may, nothing is deleted, and that is said", said)
    machine.install(package)
    check(machine.as_service("export", "cases", "--format", "jsonl") == cases, "and it goes on with it")
    machine.run("debconf-set-selections", stdin=answer)
    machine.run("apt-get", "purge", "-q", "-y", "casekeeper")
    check(not machine.path(HOME).exists(), "with a yes the database goes, too")
    machine.run("getent", "passwd", "casekeeper", fails=True)
    left = machine.run("find", "/etc", "/usr", "/var", "/lib/systemd", "-name", "*casekeeper*", "-not", "-path", "/var/log/*")
    check(not left.strip(), "and nothing is left of it", left)


def without_systemd(root, first, second):
    print("Without systemd:", flush=True)
    machine = Machine(root, chroot(root))
    installed(machine, first)
    upgraded(machine, second)
    without_backup(machine, first)
    removed(machine)
    over_an_older_shape(machine, second)
    without_its_database(machine, second)
    purged(machine, second)


def in_the_way(root, first, second):
    print("Whatever may be in an upgrade's way:", flush=True)
    machine = Machine(root, chroot(root))
    installed(machine, first)
    upgraded(machine, second)
    planted(machine, second)
    inherited(machine, second)
    given_up(machine, second)
    that_cannot_run(machine, second)
    failed_step(machine, first, second)
    removed(machine)


def planted(machine, package):
    """The service's user owns its folder, so whatever is in there may be a link to what is root's."""
    print("Links that the service's user has put in its folder:", flush=True)
    machine.run("mkdir", "-p", "/srv/root's/folder")
    machine.path("/srv/root's/file").write_text("root's")
    # A copy that nothing is done to.
    aside = machine.path(HOME).with_name("aside")
    shutil.copytree(machine.path(HOME), aside, symlinks=True)
    for name in ["backups", *sorted(each.name for each in machine.path(HOME).iterdir() if each.name != "backups"), "new"]:
        for target in ["folder", "file"]:
            place = machine.path(f"{HOME}/{name}")
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
            machine.run("setpriv", "--reuid=casekeeper", "--regid=casekeeper", "--clear-groups", "ln", "-s",
                        f"/srv/root's/{target}", f"/{HOME}/{name}")
            before = machine.run("find", "/srv", "-printf", "%p %U:%G %m %l %s %T@\\n")
            # Whether it is refused or not.
            machine.run("sh", "-c", f"dpkg -i /root/{package.name} || true")
            after = machine.run("find", "/srv", "-printf", "%p %U:%G %m %l %s %T@\\n")
            check(before == after, f"{name} that leads to root's {target} changes nothing of it", f"{before}{after}")
            place.unlink()
            machine.run("cp", "-a", f"/var/lib/aside/{name}", f"/{HOME}/{name}") if (aside / name).exists() else None
    machine.run("sh", "-c", f"rm -rf /srv/root*; rm -rf /{HOME}; cp -a /var/lib/aside /{HOME}; rm -rf /var/lib/aside")
    machine.run("chown", "-R", "casekeeper:casekeeper", f"/{HOME}")
    machine.run("sh", "-c", f"dpkg -i /root/{package.name}")
    check("install ok installed" in machine.version(), "without them it is upgraded")

    print("Its folder as a link:", flush=True)
    machine.path(HOME).rename(machine.path("/srv/elsewhere"))
    machine.path(HOME).symlink_to("/srv/elsewhere")
    said = machine.upgrade(package, fails=True)
    check("Mount what it leads to there instead" in said, "is refused, and what to do is said", said)
    machine.path(HOME).unlink()
    machine.path("/srv/elsewhere").rename(machine.path(HOME))


def inherited(machine, package):
    print("An upgrade by somebody with settings and programs of their own:", flush=True)
    own = machine.path("/usr/local/bin/casekeeper")
    own.write_text("#!/bin/sh\ntouch /var/lib/casekeeper/it-ran\n")
    own.chmod(0o755)
    made = machine.backups()
    names = re.findall(r"(?m)^#?(CASEKEEPER_[A-Z_]+)=", machine.path(SETTINGS).read_text())
    said = machine.upgrade(package, "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", *[f"{name}=/srv/other.db" for name in names])
    check(len(machine.backups()) == len(made) + 1, "is backed up as the settings in /etc have it", said)
    check(not machine.path(f"{HOME}/it-ran").exists(), "and by the program of the package")
    own.unlink()


def altered(package, folder, name, alter):
    """The package with something else in it, which alter(root) does to what is unpacked."""
    root = folder / name
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["dpkg-deb", "--raw-extract", package, root], check=True)
    alter(root)
    made = folder / f"{name}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", root, made], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(root)
    return made


def overwriting(package, folder):
    """A package whose preinst succeeds, and that can't be unpacked, as it has another one's file."""
    return altered(package, folder, "overwriting", lambda root: (root / "usr/bin/tzselect").write_text(""))


def given_up(machine, package):
    print("An upgrade that is given up after its backup:", flush=True)
    made = overwriting(package, machine.root.parent)
    machine.bring(made)
    backups = machine.backups()
    said = machine.upgrade(made, fails=True)
    check("trying to overwrite" in said and "install ok installed" in machine.version(), "leaves the version that was there", said)
    check(len(machine.backups()) == len(backups) + 1, "and its backup")
    check(not machine.traces(), "and nothing that a later one would take for its own", machine.traces())


def forget_steps(machine):
    """Makes the database one of an older shape to whose tables a step can't be applied: they are there already."""
    with contextlib.closing(sqlite3.connect(machine.path(DATABASE))) as database:
        database.execute("DELETE FROM schema_migration WHERE version > 2")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    machine.run("sh", "-c", f"chown casekeeper:casekeeper {DATABASE}*")


def that_cannot_run(machine, package):
    """A package whose program is for another machine."""
    print("An upgrade whose program can't run:", flush=True)
    made = altered(
        package, machine.root.parent, "broken",
        lambda root: (root / "usr/bin/casekeeper").write_bytes(b"\x7fELF of another machine"))
    machine.bring(made)
    before = machine.path(DATABASE).read_bytes()
    said = machine.upgrade(made, fails=True)
    check("does not run on this machine" in said and "apt remove" in said, "is not configured, and the way out is said", said)
    machine.bring(package)
    said = machine.upgrade(package, fails=True)
    check("apt remove casekeeper first" in said, "and is not upgraded from, as it can't back up", said)
    machine.run("dpkg", "--remove", "casekeeper")
    machine.upgrade(package)
    check("install ok installed" in machine.version() and machine.path(DATABASE).read_bytes() == before,
          "removed first, the version before goes on with its database")


def failed_step(machine, first, second):
    print("An upgrade to whose shape the database can't be brought:", flush=True)
    machine.install(first)
    machine.as_service("backup", f"/{HOME}/backups/well.db")
    forget_steps(machine)
    before = machine.path(DATABASE).read_bytes()
    made = machine.backups()
    said = machine.upgrade(second, fails=True)
    check("-2 install ok half-configured" in machine.version(), "is not configured", f"{machine.version()}\n{said}")
    check("fails (" in said and "to go back, install version" in said, "says which step fails, and how to go back", said)
    check(machine.path(DATABASE).read_bytes() == before, "leaves the database")
    check(len(machine.backups()) == len(made) + 1, "has a backup of it")
    newest = machine.path(f"{HOME}/backups/{sorted(set(machine.backups()) - set(made))[0]}")
    with contextlib.closing(sqlite3.connect(newest)) as database:
        check(database.execute("SELECT count(*) FROM schema_migration").fetchone() == (2,), "which has its shape")
    machine.run("dpkg", "--configure", "casekeeper", fails=True)
    check(len(machine.backups()) == len(made) + 1, "tried again it makes no other")

    print("The way back from it:", flush=True)
    made = overwriting(first, machine.root.parent)
    machine.bring(made)
    said = machine.upgrade(made, fails=True)
    # dpkg calls it unpacked, as the script that is to set it right fails too.
    check("ok installed" not in machine.version(), "a package that can't be unpacked doesn't make it a configured one", said)
    said = machine.upgrade(first, fails=True)
    check("-1 install ok half-configured" in machine.version(), "the version before can be installed", f"{machine.version()}\n{said}")
    machine.as_service("restore", f"/{HOME}/backups/well.db", "--force")
    machine.run("dpkg", "--configure", "casekeeper")
    check("-1 install ok installed" in machine.version(), "with its backup restored it is configured")
    check("Ann" in machine.as_service("token", "list"), "and has what was in it")
    check(not machine.traces(), "nothing is left in /run", machine.traces())


@contextlib.contextmanager
def booted(root):
    """The machine with its own systemd running in it."""
    said = root.parent / "systemd.log"
    with said.open("wb") as log:
        container = subprocess.Popen(nspawn(root), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        try:
            leader = eventually(lambda: children(container.pid))[0]
            machine = Machine(root, ["nsenter", f"--target={leader}", "--all", "--root", "--wd"])
            eventually(lambda: state(machine, "multi-user.target") == "active")
        except Failure as failure:
            raise Failure(f"{failure}; it does not boot:\n{said.read_text(errors='replace')[-4000:]}") from failure
        yield machine
    finally:
        # Its systemd powers off at this signal.
        container.send_signal(signal.SIGTERM)
        try:
            container.wait(60)
        except subprocess.TimeoutExpired:
            for each in children(container.pid):
                subprocess.run(["kill", "-KILL", str(each)], check=False)
            container.kill()


def children(process):
    found = subprocess.run(["pgrep", "--parent", str(process)], capture_output=True, text=True).stdout
    return [int(line) for line in found.split()]


def eventually(ask, seconds=120):
    """The first answer that counts as true."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(Failure):
            if answer := ask():
                return answer
        if time.monotonic() > end:
            raise Failure(f"did not come about in {seconds} seconds")
        time.sleep(0.2)


def state(machine, unit="casekeeper.service"):
    return machine.run("sh", "-c", f"systemctl is-active {unit} || true").strip()


def shown(machine, name):
    return machine.run("systemctl", "show", "--value", f"--property={name}", "casekeeper.service").strip()


def ask(machine, path, *words, user="root"):
    """The status and the body of an answer."""
    said = machine.run(
        "setpriv", f"--reuid={user}", "--clear-groups", "curl", "--silent", "--max-time", "20", "--write-out",
        "\\n%{http_code}", *words, f"http://127.0.0.1:8080{path}")
    body, _, status = said.rpartition("\n")
    return status, body


def while_it_runs(machine, first, second):
    """Whatever is in the way of an upgrade, a service that was well is well afterwards; and what is refused never stopped it."""
    settings = machine.path(SETTINGS)
    text = settings.read_text()
    broken = overwriting(first, machine.root.parent)
    for package in [first, second, broken]:
        machine.bring(package)
    obstacles = [
        ("a setting that is none", f"echo CASEKEEPER_BODY_LIMIT=much >> {SETTINGS}", None),
        ("a database that is root's", f"chown root:root {DATABASE}", f"chown casekeeper:casekeeper {DATABASE}"),
        ("no place for a backup", f"mv /{HOME}/backups /{HOME}/moved; touch /{HOME}/backups",
         f"rm /{HOME}/backups; mv /{HOME}/moved /{HOME}/backups"),
        ("settings that name another database than it has", f"echo CASEKEEPER_DATABASE=/{HOME}/other.db >> {SETTINGS}", None),
    ]
    for what, put, take in obstacles:
        print(f"An upgrade with {what}:", flush=True)
        process = shown(machine, "MainPID")
        machine.run("sh", "-c", put)
        said = machine.upgrade(first, fails=True)
        check("the service runs on" in said, "is refused, and it is said that the service runs on", said)
        check(shown(machine, "MainPID") == process and state(machine) == "active", "which was never stopped")
        check("-2 install ok installed" in machine.version(), "the version that was there stays")
        check(not machine.traces(), "nothing is left in /run", machine.traces())
        settings.write_text(text)
        if take:
            machine.run("sh", "-c", take)

    print("An upgrade whose backup fails once the service has ended:", flush=True)
    fails = f"mv /{HOME}/backups /{HOME}/moved; touch /{HOME}/backups"
    override = "/run/systemd/system/casekeeper.service.d/end.conf"
    machine.run("sh", "-c", f'echo "[Service]\nExecStopPost=+/bin/sh -c \'{fails}\'" > {override}')
    machine.run("systemctl", "daemon-reload")
    said = machine.upgrade(first, fails=True)
    check("the service runs on" in said and state(machine) == "active", "is refused, and the service is started again",
          f"{said}{machine.run('journalctl', '-u', 'casekeeper', '--lines=40')}")
    check("-2 install ok installed" in machine.version() and not machine.traces(), "the version that was there stays",
          f"{machine.version()} {machine.traces()}\n{said}")
    machine.run("rm", override)
    machine.run("systemctl", "daemon-reload")
    machine.run("sh", "-c", f"rm /{HOME}/backups; mv /{HOME}/moved /{HOME}/backups")

    print("An upgrade that can't be unpacked:", flush=True)
    machine.upgrade(broken, fails=True)
    check(state(machine) == "active" and "-2 install ok installed" in machine.version(), "leaves the service running")
    check(not machine.traces(), "nothing is left in /run", machine.traces())

    print("A service that runs though it is disabled:", flush=True)
    machine.run("systemctl", "disable", "casekeeper")
    machine.upgrade(broken, fails=True)
    check(state(machine) == "active", "runs after an upgrade that was given up")
    machine.upgrade(second)
    check(state(machine) == "active", "and after one that was not")
    check(shown(machine, "UnitFileState") == "disabled", "and is disabled still")
    machine.run("systemctl", "stop", "casekeeper")
    machine.upgrade(broken, fails=True)
    machine.upgrade(second)
    check(state(machine) == "inactive", "stopped it stays so")
    machine.run("systemctl", "enable", "casekeeper")
    machine.upgrade(broken, fails=True)
    check(state(machine) == "inactive", "enabled and stopped it is not started by an upgrade that was given up")
    machine.run("systemctl", "start", "casekeeper")

    print("A database that can't be brought to the new shape:", flush=True)
    machine.as_service("backup", f"/{HOME}/backups/well.db")
    machine.run("systemctl", "stop", "casekeeper")
    forget_steps(machine)
    machine.upgrade(second, fails=True)
    check(state(machine) == "inactive", "leaves the service down")
    machine.run("sh", "-c", "systemctl start casekeeper || true")
    time.sleep(3)
    check(state(machine) == "failed" and shown(machine, "NRestarts") == "0", "which is not tried again and again, once it is started")
    machine.as_service("restore", f"/{HOME}/backups/well.db", "--force")
    machine.run("dpkg", "--configure", "casekeeper")
    check(state(machine) == "active", "and runs with the backup restored")


def on_time(machine):
    """The timers of the package: there and disabled, and once they are enabled they do what they are for."""
    timers = ["casekeeper-backup.timer", "casekeeper-head.timer"]

    def doctor(check):
        found = json.loads(machine.run("casekeeper", "doctor", "--json"))["findings"]
        return [each for each in found if each["check"] == check]

    print("The timers:", flush=True)
    for timer in timers:
        check(machine.run("sh", "-c", f"systemctl is-enabled {timer} || true").strip() == "disabled" and state(machine, timer) == "inactive",
              f"{timer} is there, and not enabled")
    settings = machine.path(SETTINGS)
    text = settings.read_text()
    machine.run("install", "-d", "-o", "casekeeper", "-g", "casekeeper", "-m", "0700", "/mnt/third")
    settings.write_text(text + "\nCASEKEEPER_HEAD_FILE=/mnt/third/head\nCASEKEEPER_KEEP_BACKUPS=2\n")
    machine.run("systemctl", "enable", "--now", *timers)
    made = machine.backups()
    # As where the folder of the database was made anew.
    machine.run("sh", "-c", f"mv /{HOME}/backups /{HOME}/moved")
    machine.run("systemctl", "start", "casekeeper-backup")
    check(len(machine.backups()) == 1 and machine.mode(f"/{HOME}/backups") == "casekeeper:casekeeper 700",
          "a backup is made, and the folder for it", machine.run("journalctl", "-u", "casekeeper-backup"))
    machine.run("sh", "-c", f"mv /{HOME}/backups/* /{HOME}/moved && rmdir /{HOME}/backups && mv /{HOME}/moved /{HOME}/backups")
    for _ in range(3):
        time.sleep(1.1)
        machine.run("systemctl", "start", "casekeeper-backup")
    dated = [each for each in machine.backups() if re.fullmatch(r"casekeeper-\d{8}T\d{6}Z\.db", each)]
    check(len(dated) == 2 and set(made) <= set(machine.backups()), "two of them stay, and what upgrades made", machine.backups())
    check(doctor("backups")[0]["level"] == "ok" and doctor("timers")[0]["level"] == "ok", "doctor is content", doctor("timers"))
    eventually(lambda: machine.path("/mnt/third/head").exists())
    head = machine.path("/mnt/third/head").read_text()
    check(re.fullmatch(r"\d+:[0-9a-f]{64}\n", head) and machine.as_service("verify", "--head", head.strip()).endswith("ok\n"),
          "the head of the log is written down within the minute", head)
    said = machine.run("journalctl", "-u", "casekeeper-head", "--output=cat")
    check(head in said and "Starting" not in said, "the journal has it, and no more", said)

    print("Timers whose work can't be done:", flush=True)
    machine.run("systemctl", "stop", "casekeeper-head.timer")
    machine.run("sh", "-c", f"mv {DATABASE} {DATABASE}.away")
    for name in ["backup", "head"]:
        machine.run("systemctl", "start", f"casekeeper-{name}", fails=True)
    machine.run("sh", "-c", f"mv {DATABASE}.away {DATABASE}")
    check(machine.path("/mnt/third/head").read_text() == head, "leave the head that was written before")
    said = doctor("timers")
    check(len(said) == 2 and all(each["level"] == "warning" and "its process ended with 66" in each["what"] for each in said),
          "are found by doctor, with how they ended", said)
    for name in ["backup", "head"]:
        machine.run("systemctl", "start", f"casekeeper-{name}")
    check("casekeeper-head.timer is enabled, and was stopped" in doctor("timers")[0]["what"], "as is one that stands", doctor("timers"))
    machine.run("systemctl", "disable", "--now", *timers)
    settings.write_text(text)


def with_systemd(root, first, second):
    print("With systemd:", flush=True)
    with booted(root) as machine:
        machine.install(first)
        check(state(machine) == "active", "it runs once it is installed", machine.run("journalctl", "-u", "casekeeper"))
        check(shown(machine, "Type") == "notify", "systemd was told that it is ready")
        check(ask(machine, "/v1/cases")[0] == "200", "root is answered without a token")
        check(ask(machine, "/v1/cases", user="nobody")[0] == "403", "another user is not")
        made = ask(machine, "/v1/cases", "--json", '{"complaint": "It leaks.", "customer": {"name": "Ann Lee"}}')
        check(made[0] == "201", "a case is taken", made[1])
        log = machine.run("journalctl", "-u", "casekeeper", "--output=cat")
        check(not re.search(" error | critical |Failed|DEPRECATED", log), "the journal has no fault of it", log)

        print("A service that hangs:", flush=True)
        machine.run("mkdir", "-p", "/run/systemd/system/casekeeper.service.d")
        machine.run("sh", "-c", "printf '[Service]\\nWatchdogSec=2\\n' > /run/systemd/system/casekeeper.service.d/soon.conf")
        machine.run("systemctl", "daemon-reload")
        machine.run("systemctl", "restart", "casekeeper")
        time.sleep(5)
        check(shown(machine, "NRestarts") == "0", "it says that it is alive")
        machine.run("systemctl", "kill", "--signal=STOP", "casekeeper")
        eventually(lambda: shown(machine, "NRestarts") != "0" and state(machine) == "active")
        check(ask(machine, "/v1/cases/1")[0] == "200", "is started anew by the watchdog, and has the case")
        # On a busy machine two seconds may pass without its having hung.
        machine.run("rm", "/run/systemd/system/casekeeper.service.d/soon.conf")
        machine.run("systemctl", "daemon-reload")
        machine.run("systemctl", "restart", "casekeeper")

        print("An upgrade while it serves:", flush=True)
        machine.install(second)
        check(state(machine) == "active", "it runs again")
        check("Ann Lee" in ask(machine, "/v1/cases/1")[1], "it has the case")
        check(len(machine.backups()) == 1, "the database was backed up before")
        made = re.search(r"ck_[\w-]+", machine.as_service("token", "create", "Ann", "--role", "admin"))[0]
        header = f"Authorization: Bearer {made}"
        check(ask(machine, "/v1/cases")[0] == "401", "with the first token nobody is answered without one")
        check(ask(machine, "/v1/cases", "--header", header)[0] == "200", "and whoever has it is")

        while_it_runs(machine, first, second)

        on_time(machine)

        print("A socket of its own:", flush=True)
        settings = machine.path(SETTINGS)
        settings.write_text(settings.read_text() + "\nCASEKEEPER_LISTEN=unix:/run/casekeeper/http.sock?mode=0660\n")
        machine.run("systemctl", "restart", "casekeeper")
        words = ["curl", "--silent", "--unix-socket", "/run/casekeeper/http.sock", "--header", header,
                 "http://localhost/v1/cases/1"]
        said = machine.run(*words)
        check("Ann Lee" in said, "is what it listens on, where its settings say so", said)
        proxy = ["setpriv", "--reuid=nobody", "--regid=nogroup"]
        check("Ann Lee" in machine.run(*proxy, "--groups=casekeeper", *words), "its group gets in")
        machine.run(*proxy, "--clear-groups", *words, fails=True)

        print("A socket for another group:", flush=True)
        mine = settings.read_text()
        settings.write_text(mine.replace("http.sock?mode=0660", "http.sock?mode=0660&group=www-data"))
        machine.run("sh", "-c", "systemctl restart casekeeper || true")
        eventually(lambda: state(machine) == "failed")
        said = machine.run("journalctl", "-u", "casekeeper", "--output=cat", "--lines=20")
        check(shown(machine, "ExecMainStatus") == "78" and "can't be given to group" in said,
              "is refused, as the unit lets it give nothing away", said)
        settings.write_text(mine)
        machine.run("systemctl", "restart", "casekeeper")
        check("Ann Lee" in machine.run(*proxy, "--groups=casekeeper", *words), "and without it the service is back")

        print("Looked over:", flush=True)
        findings = {}
        for each in json.loads(machine.as_service("doctor", "--json"))["findings"]:
            findings.setdefault(each["check"], []).append(each)
        levels = {name: max(each["level"] != "ok" for each in found) for name, found in findings.items()}
        check(not levels["files"] and not levels["service"] and not levels["settings"], "its files and the service are well", findings)
        check(not levels["backups"] and "rsync" in findings["offsite"][0]["remedy"], "what is to be done about backups is said", findings)
        root = machine.run("casekeeper", "doctor", "--quiet")
        check("runuser -u casekeeper -- casekeeper token create" in root, "root is told to work as the service's user", root)
        check(machine.mode(DATABASE) == machine.mode(f"{DATABASE}-wal"), "and leaves nothing of its own")

        print("Settings that can't be right:", flush=True)
        settings.write_text(settings.read_text() + "\nCASEKEEPER_BODY_LIMIT=much\n")
        machine.run("sh", "-c", "systemctl restart casekeeper || true")
        eventually(lambda: state(machine) == "failed")
        check(shown(machine, "ExecMainStatus") in ("64", "78"), "end it")
        check(shown(machine, "NRestarts") == "0", "and it is not tried again and again")
        settings.write_text(settings.read_text().replace("\nCASEKEEPER_BODY_LIMIT=much\n", ""))
        machine.run("systemctl", "start", "casekeeper")

        print("A database whose name is gone while it is served:", flush=True)
        for loss in (f"rm {DATABASE}", f"rm -r /{HOME}", f"rm -r /{HOME} && install -d -o casekeeper -g casekeeper -m 0700 /{HOME}"):
            cases = machine.run(*proxy, "--groups=casekeeper", *words)
            machine.run("sh", "-c", loss)
            said = machine.run("casekeeper", "doctor", "--json", fails=True)
            first = next(each for each in json.loads(said)["findings"] if each["level"] == "error")
            told = re.search("Save what it holds: (.*); only then", first["remedy"])
            check(first["check"] == "files" and told, "is the first that doctor tells of", said)
            machine.run("sh", "-c", f"set -e; {told[1]}")
            machine.run("systemctl", "start", "casekeeper")
            check(machine.run(*proxy, "--groups=casekeeper", *words) == cases, f"what it says saves all of it: {loss}", told[1])
            machine.run("sh", "-c", f"rm -f {DATABASE}.rescued*; install -d -o casekeeper -g casekeeper -m 0700 /{HOME}/backups")

        print("A database that is gone:", flush=True)
        machine.as_service("backup", f"/{HOME}/backups/last.db")
        machine.run("systemctl", "stop", "casekeeper")
        machine.run("sh", "-c", f"mkdir /srv/usb && mv /{HOME}/backups/last.db /srv/usb && rm -rf /{HOME}")
        machine.run("sh", "-c", "systemctl start casekeeper || true")
        eventually(lambda: state(machine) == "failed")
        said = machine.run("journalctl", "-u", "casekeeper", "--output=cat", "--lines=20")
        check(shown(machine, "ExecMainStatus") == "66" and shown(machine, "NRestarts") == "0" and "restore" in said,
              "is not begun anew, as if nothing had been, and what to do is said", said)
        check(not machine.path(DATABASE).exists(), "nor made")
        machine.run("install", "-d", "-o", "casekeeper", "-g", "casekeeper", "-m", "0700", f"/{HOME}", f"/{HOME}/backups")
        machine.run("install", "-o", "casekeeper", "-g", "casekeeper", "-m", "0600", "/srv/usb/last.db", f"/{HOME}/backups/last.db")
        machine.as_service("restore", f"/{HOME}/backups/last.db")
        machine.run("systemctl", "start", "casekeeper")
        check("Ann Lee" in machine.run(*proxy, "--groups=casekeeper", *words), "restored from a backup it serves again")

        print("Stopped and removed:", flush=True)
        machine.run("systemctl", "stop", "casekeeper")
        check(shown(machine, "Result") == "success", "it stops in order")
        for who, said in (("its user", machine.as_service("doctor", "--json", fails=True)), ("root", machine.run("casekeeper", "doctor", "--json", fails=True))):
            found = [each for each in json.loads(said)["findings"] if each["check"] == "service"]
            check(found[0]["level"] == "error" and "the unit casekeeper.service is enabled" in found[0]["what"],
                  f"that the unit does not run is an error to {who}", found)
        machine.run("systemctl", "start", "casekeeper")
        machine.run("apt-get", "remove", "-q", "-y", "casekeeper")
        check(state(machine) != "active", "removed it does not run")
        check(machine.path(DATABASE).exists(), "its database stays")


def without_its_database(machine, package):
    print("Installed where backups are and no database:", flush=True)
    machine.as_service("backup", f"/{HOME}/backups/kept.db")
    cases = machine.as_service("export", "cases", "--format", "jsonl")
    machine.run("apt-get", "remove", "-q", "-y", "casekeeper")
    for each in machine.path(HOME).glob("casekeeper.db*"):
        each.unlink()
    said = machine.run("dpkg", "-i", machine.bring(package))
    told = re.search(r"runuser -u casekeeper -- casekeeper restore (\S+)", said)
    check(told and not machine.path(DATABASE).exists(), "no database is made, and what to restore is said", said)
    check("Could not" not in said and "install ok installed" in machine.version(), "and it ends well", said)
    machine.run("sh", "-c", told[0])
    check(machine.as_service("export", "cases", "--format", "jsonl") == cases, "which brings all of it back")


PARTS = {"chroot": without_systemd, "obstacles": in_the_way, "booted": with_systemd}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", type=pathlib.Path)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--only", choices=PARTS)
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for each in folder.glob("*.deb"):
        each.unlink()
    first = arguments.package or make_package(arguments.binary, folder, 1)
    second = make_package(arguments.binary, folder, 2)
    archive = make_root(folder, first)
    try:
        for name, life in PARTS.items():
            if arguments.only in (None, name):
                unpack(archive, folder / name)
                bring_libraries(arguments.binary, folder / name)
                life(folder / name, first, second)
                shutil.rmtree(folder / name)
    except Failure as failure:
        sys.exit(f"FAILED: {failure}")


if __name__ == "__main__":
    main()
