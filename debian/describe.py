#!/usr/bin/env python3
"""What a package says of the program, made of what the program says of itself.

    describe.py --binary PATH --root FOLDER --version VERSION --date YYYY-MM-DD

writes below FOLDER, which becomes the root of a machine: manual pages (man(7)) of the program and each of its subcommands,
and of the file of settings; completions for bash, zsh and fish; and that file itself, with every option of `serve` as it
is without it, and those of other commands that stand under a title of their own. swift-argument-parser's own generator of manual pages is a plugin that builds the program once more,
without what is beside the options here.
"""

import argparse
import gzip
import json
import pathlib
import re
import subprocess

PROGRAM = "casekeeper"
SETTINGS = "/etc/casekeeper/casekeeper.conf"
# Where a package has it; without this line it would be in the folder that a command is run in.
DATABASE = "/var/lib/casekeeper/casekeeper.db"
PAGES = "/usr/share/doc/casekeeper"
# What stands on a command line alone.
NO_SETTINGS = {"version", "help", "config"}


class Argument:
    """An argument of a command."""

    def __init__(self, json_object):
        self.json = json_object
        self.name = json_object.get("preferredName", {}).get("name", json_object.get("valueName"))
        self.text = json_object.get("abstract", "")
        self.section = json_object.get("sectionTitle")
        self.is_flag = json_object["kind"] == "flag"
        self.is_positional = json_object["kind"] == "positional"

    @property
    def default(self):
        """The value that it has by itself, where that is one; nothing where words say what it depends on."""
        found = re.search(r"\(default: ([^()\s]+)\)$", self.text)
        return found[1] if found else ""

    @property
    def variable(self):
        return "CASEKEEPER_" + self.name.upper().replace("-", "_")

    @property
    def is_setting(self):
        return not self.is_positional and self.name not in NO_SETTINGS


class Command:
    """A command, with those below it."""

    def __init__(self, json_object):
        self.name = json_object["commandName"]
        self.abstract = json_object.get("abstract", "")
        self.discussion = json_object.get("discussion", "")
        self.words = json_object.get("superCommands", []) + [self.name]
        # The same options stand in each of them.
        self.arguments = [
            Argument(each)
            for each in json_object.get("arguments", [])
            if each.get("shouldDisplay") and (each["kind"] == "positional" or not {"version", "help"} & {
                name["name"] for name in each["names"]})
        ]
        self.commands = [Command(each) for each in json_object.get("subcommands", []) if each["commandName"] != "help"]

    @property
    def page(self):
        return "-".join(self.words)


def roff(text):
    """Text as it stands in a page: a backslash and a dash are themselves, and no line begins a request."""
    text = text.replace("\\", "\\(rs").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def page(name, section, what, sections, version, date):
    """A whole page; sections are (title, lines)."""
    lines = [
        f'.TH {roff(name.upper())} {section} {roff(date)} "{PROGRAM} {roff(version)}" "{PROGRAM}"',
        ".SH NAME",
        f"{roff(name)} \\- {roff(what)}",
    ]
    for title, body in sections:
        if body:
            lines += [f".SH {title}", *body]
    return "\n".join(lines) + "\n"


def paragraphs(text):
    """Paragraphs as they stand in the text: a line that begins anew there, as one of a list, does so here."""
    return [line for part in text.split("\n\n") if part for line in (".PP", "\n.br\n".join(map(roff, part.split("\n"))))]


def head(argument):
    """The line before what is said of an argument."""
    value = roff(argument.json.get("valueName", ""))
    if argument.is_positional:
        return f".TP\n\\fI{value}\\fR"
    if argument.is_flag:
        return f".TP\n\\fB\\-\\-{roff(argument.name)}\\fR"
    return f".TP\n\\fB\\-\\-{roff(argument.name)}\\fR \\fI{value}\\fR"


def told(arguments):
    """Arguments in the order of the help, each group under its title."""
    lines, section = [], None
    for argument in sorted(arguments, key=lambda each: (each.section is not None)):
        if argument.section != section:
            section = argument.section
            lines.append(f".SS {roff(section)}")
        lines += [head(argument), roff(argument.text)]
    return lines


def synopsis(command):
    words = [f"\\fB{roff(word)}\\fR" for word in command.words]
    if command.commands:
        return [".PP", " ".join(words + ["\\fIsubcommand\\fR", "[\\fIoption\\fR ...]"])]
    for argument in command.arguments:
        value = f"\\fI{roff(argument.json.get('valueName', ''))}\\fR"
        if argument.is_positional:
            words.append(f"[{value}]" if argument.json["isOptional"] else value)
        elif not argument.json["isOptional"]:
            words.append(f"\\fB\\-\\-{roff(argument.name)}\\fR {value}")
    return [".PP", " ".join(words + ["[\\fIoption\\fR ...]"])]


def command_page(command, version, date):
    # What stands below in a page of its own, or (of the commands of a command) in this one.
    is_root = len(command.words) == 1
    below = []
    for each in command.commands:
        if is_root:
            below += [f".TP\n\\fB{roff(each.page)}\\fR(1)", roff(each.abstract)]
        else:
            below += [f".SS {roff(each.name)}", roff(each.abstract), *synopsis(each), *paragraphs(each.discussion)]
            below += told(each.arguments)
    has_settings = bool(command.commands) or any(each.is_setting for each in command.arguments)
    others = [(PROGRAM, 1), ("casekeeper.conf", 5)]
    return page(
        command.page,
        1,
        command.abstract[:1].lower() + command.abstract[1:].rstrip("."),
        [
            ("SYNOPSIS", synopsis(command)),
            ("DESCRIPTION", [roff(command.abstract), *paragraphs(command.discussion)]),
            ("SUBCOMMANDS", below),
            ("OPTIONS", told(command.arguments)),
            ("ENVIRONMENT", [roff(
                f"Every option may stand in the environment, or in {SETTINGS}: --database is CASEKEEPER_DATABASE. What is "
                "on the command line wins, then the environment.")] if has_settings else []),
            ("FILES", [
                f".TP\n\\fI{SETTINGS}\\fR", "What the service is told, where it was installed as a package.",
                f".TP\n\\fI{DATABASE}\\fR", "Its database there.",
            ] if is_root else []),
            ("EXIT STATUS", [roff("As sysexits(3) has it; 0 when it is done.")]),
            ("SEE ALSO", [
                ", ".join(f"\\fB{roff(name)}\\fR({number})" for name, number in others if name != command.page) + ",",
                f"\\fI{PAGES}\\fR",
            ]),
        ],
        version, date)


def settings(root):
    """What the file may have: the options of serve, and those of other commands that are told of a machine, not of one run,
    which have a title."""
    serve = next(each for each in root.commands if each.name == "serve")
    found = {each.name: each for each in serve.arguments if each.is_setting}
    for command in root.commands:
        for argument in command.arguments:
            if argument.is_setting and argument.section is not None:
                found.setdefault(argument.name, argument)
    return list(found.values())


def settings_page(arguments, version, date):
    lines = []
    for argument in arguments:
        lines += [f".TP\n\\fB{argument.variable}\\fR", roff(argument.text)]
    return page(
        "casekeeper.conf", 5, "settings of the service casekeeper",
        [
            ("DESCRIPTION", [
                roff(f"{SETTINGS} has what the service is told, as NAME=VALUE, a line each, by the names that the options "
                     "have in the environment. A line that begins with # says nothing. What is a flag on the command "
                     "line is yes or no. systemctl restart casekeeper makes a change count."),
            ]),
            ("SETTINGS", lines),
            ("SEE ALSO", ["\\fBcasekeeper\\-serve\\fR(1),", f"\\fI{PAGES}/docs/operating.md\\fR"]),
        ],
        version, date)


def settings_file(arguments):
    """The file of settings, in which only the place of the database is said."""
    lines = [
        "# What the service casekeeper is told; casekeeper.conf(5) and operating.md in",
        f"# {PAGES}/docs say more. Lines that begin with # show what",
        "# holds without them. systemctl restart casekeeper makes a change count.",
    ]
    section = None
    for argument in sorted(arguments, key=lambda each: (each.section is not None)):
        if argument.section != section:
            section = argument.section
            lines += ["", f"## {section}"]
        lines.append("")
        words, line = argument.text.split(), "#"
        for word in words:
            if len(line) + 1 + len(word) > 79:
                lines.append(line)
                line = "#"
            line += " " + word
        lines.append(line)
        if argument.name == "database":
            lines.append(f"{argument.variable}={DATABASE}")
        else:
            lines.append(f"#{argument.variable}={'no' if argument.is_flag else argument.default}")
    return "\n".join(lines) + "\n"


def write(path, text, compressed=False):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    if compressed:
        # Without a name and a time in it, so that the same text makes the same file.
        data = gzip.compress(data, 9, mtime=0)
        path = path.with_name(path.name + ".gz")
    path.write_bytes(data)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--date", required=True)
    arguments = parser.parse_args()

    def say(*words):
        return subprocess.run([arguments.binary, *words], check=True, capture_output=True, text=True).stdout

    root = Command(json.loads(say("--experimental-dump-help"))["command"])
    manual = arguments.root / "usr/share/man"
    for command in [root, *root.commands]:
        write(manual / f"man1/{command.page}.1", command_page(command, arguments.version, arguments.date), True)
    write(manual / "man5/casekeeper.conf.5", settings_page(settings(root), arguments.version, arguments.date), True)
    write(arguments.root / SETTINGS.lstrip("/"), settings_file(settings(root)))
    for shell, place in {
        "bash": f"bash-completion/completions/{PROGRAM}",
        "zsh": f"zsh/vendor-completions/_{PROGRAM}",
        "fish": f"fish/vendor_completions.d/{PROGRAM}.fish",
    }.items():
        script = say("--generate-completion-script", shell)
        # It is read by a shell and never run, so it names none; zsh's first line says what it completes.
        write(arguments.root / "usr/share" / place, script.removeprefix("#!/bin/bash\n"))


if __name__ == "__main__":
    main()
