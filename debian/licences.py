#!/usr/bin/env python3
"""The copyright file of a package: what is said of this program, and what it brings along.

    licences.py CHECKOUTS

CHECKOUTS has a folder for each package that is linked in. Those under the Apache License are named, as Debian has that
text in /usr/share/common-licenses; what others ask to be shown is shown whole.
"""

import pathlib
import sys

OWN = """\
Casekeeper

Its owner has not stated under which licence it may be used, copied, changed or passed on: without one, nobody but the
owner may. Ask whoever you have it from.

Copyright: the authors of Casekeeper, as its history names them.
"""

SWIFT = """\
The program has Swift's standard library, Foundation and Dispatch linked in.

Copyright: 2014 and later, Apple Inc. and the Swift project authors
License: Apache License 2.0 with Runtime Library Exception (https://swift.org/LICENSE.txt), by which such a program need
not say so. Foundation has data of Unicode's ICU, copyright 1991 and later, Unicode, Inc., under the Unicode License
(https://www.unicode.org/copyright.html).
On Debian systems the text of the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.
"""


def main():
    parts = [OWN, SWIFT]
    for folder in sorted(pathlib.Path(sys.argv[1]).iterdir(), key=lambda each: each.name.lower()):
        found = sorted(folder.glob("LICENSE*"))
        if not found:
            sys.exit(f"{folder} has no licence")
        text = found[0].read_text()
        if "Apache License" in text[:400]:
            exception = " with Runtime Library Exception" if "Runtime Library Exception" in text else ""
            parts.append(
                f"The program has {folder.name} linked in.\n\nCopyright: its authors\n"
                f"License: Apache License 2.0{exception}, which is in /usr/share/common-licenses/Apache-2.0.\n")
            parts += [note.read_text() for note in sorted(folder.glob("NOTICE*"))]
        else:
            parts.append(f"The program has {folder.name} linked in.\n\n{text}")
    print(("\n" + "-" * 70 + "\n\n").join(part.strip() + "\n" for part in parts), end="")


if __name__ == "__main__":
    main()
