"""A package made of a program, looked at without being installed.

    look.py --binary PATH --folder FOLDER

makes it in FOLDER without compression, which takes seconds where the shipped one takes a minute, and holds it to what
somebody installs it for. What it does to a machine, Tests/Package/life.py tells (`make package-life`).
"""

import argparse
import gzip
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# How exposed the unit may leave the service, by systemd-analyze: 1.2 of 10. What is left of it is that webhooks may post to
# the internet, and that the kernel is asked whose the other end of a connection is.
EXPOSURE = 1.2
# Another program is in it, and it is not compressed.
NOT_HERE = "md5sum-mismatch,uses-no-compression-for-control-tarball,uses-no-compression-for-data-tarball"

faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, **more)
    return done.returncode, done.stdout + done.stderr


def quiet(*words, **more):
    """Runs what says nothing when all is well."""
    code, said = run(*words, **more)
    check(code == 0 and not said.strip(), f"{' '.join(map(str, words))} ended with {code}:\n{said}")


def expected_version(version):
    return version.replace("-", "~") + "-1"


def look_at_description(package, version):
    def field(name):
        return run("dpkg-deb", "--field", package, name)[1].strip()

    check(field("Version") == expected_version(version), f"its version is {field('Version')}")
    depends = field("Depends")
    for name in ["libc6", r"libcurl4(t64)?", "libsqlite3-0", r"libssl3(t64)?", "zlib1g", "tzdata", "adduser"]:
        check(re.search(rf"(^|, ){name}( |,|$)", depends), f"it does not depend on {name}: {depends}")


def look_at_contents(package, root):
    listed = run("dpkg-deb", "--contents", package)[1].splitlines()
    check(all(" root/root " in line for line in listed), "not all of it is root's")
    check(all(line[0] == "l" or not set(line[3:10]) & set("sStT") and line[8] == "-" for line in listed), "something is writable for others, or setuid")
    for path in [
        "usr/bin/casekeeper", "lib/systemd/system/casekeeper.service", "etc/casekeeper/casekeeper.conf",
        "usr/share/casekeeper/casekeeper.rules.yml", "usr/share/doc/casekeeper/docs/operating.md",
        "usr/share/doc/casekeeper/docs/casekeeper.rules.yml", "usr/share/doc/casekeeper/README.md",
        "usr/share/doc/casekeeper/SECURITY.md", "usr/share/doc/casekeeper/copyright",
        "usr/share/doc/casekeeper/changelog.gz", "usr/share/doc/casekeeper/changelog.Debian.gz",
        "usr/share/man/man1/casekeeper.1.gz", "usr/share/man/man5/casekeeper.conf.5.gz",
        "usr/share/bash-completion/completions/casekeeper", "usr/share/zsh/vendor-completions/_casekeeper",
        "usr/share/fish/vendor_completions.d/casekeeper.fish",
    ]:
        check((root / path).exists(), f"it has no {path}")
    rules = (root / "usr/share/casekeeper/casekeeper.rules.yml").read_bytes()
    check(rules == (ROOT / "docs/casekeeper.rules.yml").read_bytes(), "its alerts are others")
    check("has not stated" in (root / "usr/share/doc/casekeeper/copyright").read_text(), "it says nothing of a licence")
    check("not stripped" not in run("file", root / "usr/bin/casekeeper")[1], "the program is not stripped")
    quiet("bash", "-n", root / "usr/share/bash-completion/completions/casekeeper")
    for script in ["config", "preinst", "postinst", "prerm", "postrm"]:
        quiet("sh", "-n", root / "DEBIAN" / script)


def look_at_scripts(root, folder):
    """What root runs goes neither by what the service's user put into its folder nor by what root has in its environment."""
    for script in ["preinst", "postinst", "prerm", "postrm"]:
        lines = [line.strip() for line in (root / "DEBIAN" / script).read_text().splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        check(lines[0] == "set -e" and lines[1] == "PATH=/usr/sbin:/usr/bin:/sbin:/bin" and lines[2] == "export PATH",
              f"{script} goes by another PATH")
        for line in lines:
            # What is said of them, and what they are called, touches nothing.
            touches = re.sub(r"^(say |\").*|^(\*\) )?\w+=.*", "", line)
            if re.search(r"\$\{?(backups|place)\b|\$\{?home\}?\"?/", touches):
                check("as_service" in touches or touches.startswith("rmdir "), f"{script} has root work in the folder: {line}")
            if re.search(r"\bcasekeeper (backup|config|migrate|token|restore|verify)\b", touches):
                check("as_service casekeeper" in touches, f"{script} runs the program as root: {line}")
    shared = (ROOT / "debian/program.sh").read_text()
    # setpriv(1) is for root; what it would run is run all the same.
    stand_in = 'setpriv() { while [ "${1#--}" != "$1" ]; do shift; done; "$@"; }'
    code, said = run(
        "/bin/sh", "-c", f"{shared}\nhome={folder}\n{stand_in}\nas_service env; as_service pwd; as_service cat",
        env={"PATH": "/nowhere", "CASEKEEPER_DATABASE": "other.db", "TZ": "Asia/Tokyo", "LC_ALL": "x"}, input="asked")
    given = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", f"HOME={folder}", "LC_ALL=C.UTF-8", str(folder)}
    check(code == 0 and set(said.split()) - {f"PWD={folder}"} == given, f"a command of the service's gets more: {said}")


def look_at_pages(binary, root):
    """Each subcommand has a page, and none of them makes groff warn of anything."""
    described = json.loads(run(binary, "--experimental-dump-help")[1])["command"]["subcommands"]
    for command in described:
        name = command["commandName"]
        check(name == "help" or (root / f"usr/share/man/man1/casekeeper-{name}.1.gz").exists(), f"{name} has no page")
    for page in sorted((root / "usr/share/man").rglob("*.gz")):
        text = subprocess.run(["gzip", "-dc", page], capture_output=True, check=True).stdout
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=text, capture_output=True)
        check(done.returncode == 0 and not done.stderr, f"{page.name}: {done.stderr.decode()}")
    for command in described:
        page = root / f"usr/share/man/man1/casekeeper-{command['commandName']}.1.gz"
        if not page.exists():
            continue
        text = subprocess.run(["gzip", "-dc", page], capture_output=True, check=True).stdout
        shown = subprocess.run(["groff", "-man", "-Tutf8", "-P-cbou"], input=text, capture_output=True).stdout.decode()
        begun = [" ".join(line.split()).replace("\u2010", "-") for line in shown.split("\n")]
        for line in command.get("discussion", "").split("\n"):
            start = " ".join(line.split()[:2])
            check(any(each.startswith(start) for each in begun), f"{page.name} runs a line together with the one before: {line}")


def look_at_settings(binary, root):
    """Every option of serve stands in the file, with those of other commands that are told of the machine, and what it shows is
    taken by the program."""
    commands = json.loads(run(binary, "--experimental-dump-help")[1])["command"]["subcommands"]
    serve = next(each for each in commands if each["commandName"] == "serve")
    # What stands under a title.
    arguments = serve["arguments"] + [
        each for command in commands for each in command.get("arguments", [])
        if each["kind"] == "option" and each.get("sectionTitle")]
    text = (root / "etc/casekeeper/casekeeper.conf").read_text()
    named = re.findall(r"(?m)^#?(CASEKEEPER_[A-Z_]+)=", text)
    options = {
        "CASEKEEPER_" + each["preferredName"]["name"].upper().replace("-", "_") for each in arguments
        if each["preferredName"]["name"] not in ("version", "help", "config")}
    check(sorted(named) == sorted(options), f"its settings are not those of serve and of the machine: {set(named) ^ options}")
    check(re.findall(r"(?m)^([^#\n].*)$", text) == ["CASEKEEPER_DATABASE=/var/lib/casekeeper/casekeeper.db"],
          "it says something else than where the database is")
    # With the marks of comments gone it still says what holds without it.
    bare = root.parent / "bare.conf"
    bare.write_text(re.sub(r"(?m)^#(CASEKEEPER_[A-Z_]+=)", r"\1", text))
    code, said = run(binary, "config", "--json", "--config", bare)
    check(code == 0, f"what it shows is not taken:\n{said}")
    for setting in json.loads(said)["settings"] if code == 0 else []:
        argument = next(each for each in arguments if each["preferredName"]["name"] == setting["option"])
        usual = re.search(r"\(default: ([^()\s]+)\)$", argument["abstract"])
        check(setting["option"] in ("database", "config") or not usual or setting["value"] == usual[1],
              f"it has {setting['value']} for --{setting['option']}, which is {usual and usual[1]} by itself")


def look_at_links(root, version):
    """What the pages lead to is in the package, and the list of changes begins with its version."""
    documents = (root / "usr/share/doc/casekeeper").resolve()
    pages = {each: each.read_text() for each in documents.rglob("*.md")}
    changes = documents / "changelog.gz"
    pages[changes] = gzip.decompress(changes.read_bytes()).decode()
    check(re.search(r"(?m)^## (.*) \(\d{4}-\d\d-\d\d\)$", pages[changes])[1] == version, "its list of changes is of another version")
    check("Unreleased" not in pages[changes], "its list of changes is of no version")

    def anchors(text):
        text = re.sub(r"(?ms)^```.*?^```$", "", text)
        titles = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"(?m)^#+ (.*)$", text)}
        return titles | set(re.findall(r'<a name="([^"]+)">', text))

    found = 0
    for page, text in pages.items():
        for target in re.findall(r"\]\(([^()\s]+)\)", re.sub(r"(?ms)^```.*?^```$", "", text)):
            path, _, anchor = target.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            found += 1
            leads = (page.parent / path) if path else page
            check(leads.exists(), f"{page.name} leads to {target}, which is not in the package")
            if anchor and leads.suffix == ".md" and leads.exists():
                # Of several headings of one name the later ones are numbered.
                check(re.sub(r"-\d+$", "", anchor) in anchors(leads.read_text()) or anchor in anchors(leads.read_text()),
                      f"{page.name} leads to {target}, and there is no such heading")
    check(found > 200, f"only {found} links were found in its pages")


def look_at_unit(root, folder):
    unit = root / "lib/systemd/system/casekeeper.service"
    # The program is elsewhere until it is installed, and its pages too.
    here = folder / "casekeeper.service"
    text = unit.read_text()
    here.write_text(text.replace("/usr/bin/casekeeper", str(root / "usr/bin/casekeeper")))
    quiet("systemd-analyze", "verify", "--man=no", here)
    code, said = run(
        "systemd-analyze", "security", "--offline=true", f"--threshold={round(EXPOSURE * 10)}", "--no-pager", here)
    check(code == 0, f"it is more exposed than {EXPOSURE}:\n{said}")
    for line in [
        "Type=notify", "WatchdogSec=30", "ProtectSystem=strict", "CapabilityBoundingSet=", "MemoryDenyWriteExecute=yes",
        "SystemCallFilter=@system-service", "UMask=0077", "StateDirectory=casekeeper", "RuntimeDirectory=casekeeper",
        "ConfigurationDirectory=casekeeper", "RestartPreventExitStatus=64 65 66 73 78",
    ]:
        check(line in text.splitlines(), f"the unit has no {line}")
    check("IPAddressDeny" not in text and "PrivateNetwork" not in text, "webhooks could post nowhere")


def look_at_timers(root, folder):
    """Each timer starts a service that is there, and that gets no more than the main one, but for the places that it writes to."""
    units = root / "lib/systemd/system"
    main = (units / "casekeeper.service").read_text()
    hardening = [line for line in main.partition("ProtectSystem=")[2].splitlines()
                 if re.match(r"(Protect|Private|NoNew|Capab|Ambient|Lock|Memory|Keyring|RestrictN|RestrictR|RestrictS|SystemCall|DeviceP)", line)]
    timers = sorted(units.glob("*.timer"))
    check([each.stem for each in timers] == ["casekeeper-backup", "casekeeper-head"], f"its timers are {timers}")
    for timer in timers:
        service = timer.with_suffix(".service")
        text = service.read_text()
        for line in ["Type=oneshot", "User=casekeeper", "UMask=0077", "ProtectSystem=strict", "PrivateNetwork=yes", *hardening]:
            check(line in text.splitlines(), f"{service.name} has no {line}")
        for unit in [service, timer]:
            here = folder / unit.name
            here.write_text(unit.read_text().replace("/usr/bin/casekeeper", str(root / "usr/bin/casekeeper")))
        quiet("systemd-analyze", "verify", "--man=no", folder / service.name, folder / timer.name)
        code, said = run(
            "systemd-analyze", "security", "--offline=true", f"--threshold={round(EXPOSURE * 10)}", "--no-pager", folder / service.name)
        check(code == 0, f"{service.name} is more exposed than {EXPOSURE}:\n{said}")
        words = re.search(r"(?m)^ExecStart=/usr/bin/casekeeper (.*)$", text)[1].split()
        check((root / f"usr/share/man/man1/casekeeper-{words[0]}.1.gz").exists(), f"{service.name} runs no command: {words}")


def look_by_lintian(root, folder):
    """All but the program itself, which takes lintian most of its time: `make package-life` shows it the whole."""
    shutil.copy("/usr/bin/true", root / "usr/bin/casekeeper")
    package = folder / "casekeeper_without_program.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", root, package], check=True, capture_output=True)
    quiet("lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", NOT_HERE, package)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    subprocess.run(
        [ROOT / "debian/build", "--binary", arguments.binary, "--output", arguments.folder, "--compression", "none"],
        check=True, capture_output=True)
    version = run(arguments.binary, "--version")[1].strip()
    package = next(arguments.folder.glob(f"casekeeper_{expected_version(version)}_*.deb"))
    root = arguments.folder / "root"
    subprocess.run(["dpkg-deb", "--raw-extract", package, root], check=True)
    look_at_description(package, version)
    look_at_contents(package, root)
    look_at_scripts(root, arguments.folder.resolve())
    look_at_pages(arguments.binary, root)
    look_at_settings(arguments.binary, root)
    look_at_links(root, version)
    look_at_unit(root, arguments.folder)
    look_at_timers(root, arguments.folder)
    look_by_lintian(root, arguments.folder)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
