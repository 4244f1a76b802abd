#!/usr/bin/env python3
"""The pages of the documentation as a package has them.

    pages.py --tree FOLDER --output FOLDER --version VERSION --date YYYY-MM-DD

writes README.md, SECURITY.md, docs/*.md and changelog, in which what is not in the package is no link any more: pictures are
left out, and of other links the words stay. The newest part of the list of changes, which has no number before a version is
out, is called by the version that is packaged.
"""

import argparse
import pathlib
import re

PAGES = ["README.md", "SECURITY.md", "docs/*.md", "docs/casekeeper.rules.yml"]
# What is there under another name, compressed (Debian policy 12.7).
RENAMED = {"CHANGELOG.md": "changelog.gz"}
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\[\]]*)\]\((?P<target>[^()\s]+)\)")


def packaged(text, place, known):
    """A page whose links lead to what is packaged; place is its path from the tree's root."""
    def replace(link):
        target, mark, anchor = link["target"].partition("#")
        if "://" in target or target.startswith("mailto:") or not target:
            return link[0]
        path = (place.parent / target).as_posix()
        path = pathlib.PurePosixPath(re.sub(r"(^|/)[^/.]+/\.\./", r"\1", path)).as_posix()
        if path in RENAMED:
            return f"{link['picture']}[{link['words']}]({'../' * (len(place.parts) - 1)}{RENAMED[path]})"
        if path in known:
            return link[0]
        return "" if link["picture"] else link["words"]

    # What stands in a block of code is no link.
    parts = re.split(r"(?ms)(^```.*?^```$)", text)
    parts[::2] = [LINK.sub(replace, part) for part in parts[::2]]
    return re.sub(r"(?m)^ +$", "", "".join(parts))


def changes(text, version, date):
    """The list of changes: what comes next is what is packaged."""
    text = re.sub(r"(?m)^## Unreleased$", f"## {version} ({date})", text, count=1)
    return re.sub(r"(?m)^What will be [0-9.]+\. ", "", text, count=1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tree", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--date", required=True)
    arguments = parser.parse_args()
    pages = [each.relative_to(arguments.tree) for name in PAGES for each in sorted(arguments.tree.glob(name))]
    known = {each.as_posix() for each in pages}
    for page in pages:
        if page.suffix == ".md":
            text = packaged((arguments.tree / page).read_text(), page, known)
            place = arguments.output / page
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    text = packaged((arguments.tree / "CHANGELOG.md").read_text(), pathlib.PurePosixPath("CHANGELOG.md"), known)
    (arguments.output / "changelog").write_text(changes(text, arguments.version, arguments.date))


if __name__ == "__main__":
    main()
