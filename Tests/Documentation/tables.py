"""Tables of the documentation that are made of what the program says of itself.

    tables.py --binary PATH           tells which differ from the files, with what is right; exit code 1
    tables.py --binary PATH --write   writes them (`make docs`)

A table stands between `<!-- table: NAME -->` and `<!-- end -->`, in any Markdown file. What it is made of: the OpenAPI
document of the binary, the pages of its problems, its /metrics, and the help of its commands. So a field, word, limit,
route, code, event type, metric or subcommand is written down once, in the program.
"""

import argparse
import difflib
import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# A longer list of words is told once, among the values.
MOST_WORDS = 25
METHODS = ("get", "post", "put", "patch", "delete")
BLOCK = re.compile(r"(<!-- table: ([a-z]+) -->\n)(.*?)(<!-- end -->)", re.S)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return "\n".join(lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]) + "\n"


def code(text):
    return f"`{text}`"


def listed(words):
    return " ".join(code(word if isinstance(word, str) else json.dumps(word)) for word in words)


def anchor(heading):
    """GitHub's name for a heading."""
    return re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-")


class Document:
    """An OpenAPI document, as a reader sees it."""

    def __init__(self, json_text):
        self.json = json.loads(json_text)
        self.schemas = self.json["components"]["schemas"]

    def resolve(self, node):
        """A node without a reference at its top, and the name of the component that it was; members beside a
        reference, or in a single allOf, go before the component's."""
        name = None
        while "$ref" in node or (len(node.get("allOf", [])) == 1):
            if "$ref" in node:
                name = node["$ref"].rpartition("/")[2]
                target = self.json
                for step in node["$ref"].split("/")[1:]:
                    target = target[step]
            else:
                target = node["allOf"][0]
            node = {**target, **{key: value for key, value in node.items() if key not in ("$ref", "allOf")}}
        return node, name

    def without_null(self, schema):
        """A schema as it is when there is a value, its name, and whether null is taken too; None for null alone."""
        schema, name = self.resolve(schema)
        for union in ("anyOf", "oneOf"):
            branches = [branch for branch in schema.get(union, []) if branch.get("type") != "null"]
            if len(branches) < len(schema.get(union, [])) and len(branches) == 1:
                inner, inner_name = self.resolve(branches[0])
                rest = {key: value for key, value in schema.items() if key != union}
                return {**inner, **rest}, inner_name or name, True
        kinds = schema.get("type")
        if kinds == "null" or schema.get("enum", [schema.get("const", "")]) == [None]:
            return None, name, True
        if isinstance(kinds, list):
            left = [kind for kind in kinds if kind != "null"]
            enum = [word for word in schema["enum"] if word is not None] if "enum" in schema else None
            return {**schema, "type": left[0], **({"enum": enum} if enum else {})}, name, len(left) < len(kinds)
        return schema, name, False

    def properties(self, schema):
        """Those of an object that may have a value, in order, as (name, schema, name of its component, whether null)."""
        for key, value in schema.get("properties", {}).items():
            inner, name, is_nullable = self.without_null(value)
            if inner is not None:
                yield key, inner, name, is_nullable

    def is_record(self, schema):
        """Whether it has fields of its own, in one form or several."""
        branches = schema.get("oneOf", schema.get("anyOf", []))
        return "properties" in schema or any("properties" in self.resolve(branch)[0] for branch in branches)

    def kind(self, schema, name):
        """What a value may be, in a few words."""
        if "const" in schema:
            return code(json.dumps(schema["const"]).strip('"'))
        if "enum" in schema:
            words = schema["enum"]
            if len(words) <= MOST_WORDS:
                return listed(words)
            return f"one of {len(words)} [words](#{anchor(name)})" if name in self.schemas else f"one of {len(words)} words"
        if self.is_record(schema):
            if name:
                return f"[{name}](#{anchor(name)})"
            forms = self.branches(schema) or [schema]
            return "an object: " + listed(dict.fromkeys(key for form in forms for key, *_ in self.properties(form)))
        if "anyOf" in schema:
            return " or ".join(self.kind(*self.resolve(branch)) for branch in schema["anyOf"])
        kind = schema.get("type")
        if kind == "array":
            inner, inner_name, _ = self.without_null(schema["items"])
            least, most = schema.get("minItems"), schema.get("maxItems")
            bounds = f", {least}" if least == most else f", {least or 0} to {most:,}" if most else ""
            return f"list{bounds if most else ''}: {self.kind(inner, inner_name)}"
        if kind == "integer":
            least, most = schema.get("minimum"), schema.get("maximum")
            if least == 1 and most is None:
                return "id"
            if most is not None:
                return code(str(least)) if least == most else f"{least:,} to {most:,}"
            return "whole number" + (f", from {least:,}" if least else "")
        if kind == "number":
            least, most = schema.get("minimum"), schema.get("maximum")
            return f"number, {least} to {most}" if most is not None else "number"
        if kind == "boolean":
            return "`true` `false`"
        if kind == "string":
            if schema.get("format") == "date-time":
                return "instant"
            if schema.get("format") == "date":
                return "day"
            if schema.get("pattern", "").startswith("^P("):
                return "length of time"
            most = schema.get("maxLength")
            return f"text, to {most:,}" if most else "text"
        if kind == "object":
            return "object"
        return listed([kind]) if kind else "any"

    def branches(self, schema):
        """The forms that an object has, each without references."""
        found = [self.resolve(branch)[0] for branch in schema.get("oneOf", schema.get("anyOf", []))]
        return [branch for branch in found if "properties" in branch]

    def field_rows(self, schema, is_sent, tells_null):
        """Rows of an object's fields: those that must be sent have a star."""
        for key, inner, name, is_nullable in self.properties(schema):
            star = "*" if is_sent and key in schema.get("required", []) else ""
            null = " or `null`" if tells_null and is_nullable else ""
            description = inner.get("description", "")
            # What a component says of itself is told there.
            is_own = name not in self.schemas or self.schemas[name].get("description") != description
            yield [code(key) + star, self.kind(inner, name) + null, description if is_own else ""]

    def record(self, name, is_sent, tells_null):
        """The table of a component. null is told of in answers and merge patches, where it is not the same as nothing."""
        def rows_of(form):
            return list(self.field_rows(form, is_sent, tells_null))

        schema, _ = self.resolve(self.schemas[name])
        lines = []
        branches = self.branches(schema)
        description = schema.get("description", "")
        if description:
            lines.append(description + "\n")
        if "not" in schema:
            apart = schema["not"].get("required", [])
            if apart:
                lines.append(f"Not both of {listed(apart)}.\n")
        if not branches:
            lines.append(table(["field", "value", ""], rows_of(schema)))
        elif len(branches) > 4:
            shared = [row for row in rows_of(branches[0]) if all(row in rows_of(branch) for branch in branches)]
            if shared:
                lines.append(table(["field", "value", ""], shared))
            rows = []
            for branch in branches:
                key, value = next(iter(self.constants(branch).items()), ("", ""))
                own = [row for row in rows_of(branch) if row not in shared and row[0].rstrip("*") != code(key)]
                fields = "; ".join(f"{field}: {kind}" + (f" ({note.rstrip('.')})" if note else "")
                                   for field, kind, note in own)
                rows.append([code(value), fields])
            lines.append(table([code(next(iter(self.constants(branches[0])), "form")), "fields"], rows))
        else:
            for number, branch in enumerate(branches):
                words = [f"{code(key)} {code(value)}" for key, value in self.constants(branch).items()]
                title = ("Or with " if number else "With ") + (", ".join(words) or listed(branch.get("required", [])))
                note = branch.get("description", "")
                lines.append(f"{title}:" + (f" {note}" if note else "") + "\n")
                lines.append(table(["field", "value", ""], rows_of(branch)))
        return "\n".join(lines)

    def constants(self, branch):
        found = {}
        for key, inner, _, _ in self.properties(branch):
            if "const" in inner:
                found[key] = json.dumps(inner["const"]).strip('"')
        return found

    def operations(self):
        for path, item in self.json["paths"].items():
            for method in METHODS:
                if method in item:
                    yield method.upper(), path, item[method]

    def body_of(self, operation):
        """The name of what is sent, or None."""
        content = operation.get("requestBody", {}).get("content", {})
        for media in content.values():
            return self.resolve(media["schema"])[1]
        return None

    def answer_of(self, operation):
        """The status and the name of what is answered when all is well."""
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                response, _ = self.resolve(response)
                media = response.get("content", {}).get("application/json")
                return status, (self.resolve(media["schema"])[1] if media else None), response.get("description", "")
        return None, None, ""

    def codes_of(self, operation):
        """The problems that are its own: of status 409, and 422 but for validation_failed."""
        found = []
        for status in ("409", "422"):
            if status in operation["responses"]:
                reference = operation["responses"][status].get("$ref", "")
                response, _ = self.resolve(operation["responses"][status])
                found += self.codes_in(reference, response)
        return [word for word in found if word != "validation_failed"]

    def codes_in(self, reference, response):
        known = self.problem_codes()
        words = [word for word in reference.rpartition("/")[2].split(".") if word in known]
        return words or [word for word in re.findall(r'"([a-z_]+)"', json.dumps(response)) if word in known]

    def problem_codes(self):
        return self.resolve(self.schemas["Problem"]["properties"]["code"])[0]["enum"]

    @functools.cached_property
    def forms(self):
        """The components that are nothing but a form of another, which tells of them."""
        unions = [schema for schema in self.schemas.values() if self.is_record(schema)]
        return {self.resolve(branch)[1] for schema in unions
                for branch in schema.get("oneOf", schema.get("anyOf", []))}

    def mentioned(self, node, found):
        """The components with fields that a node speaks of, in order, but for those that are forms of others."""
        if isinstance(node, dict):
            if "$ref" in node and "/schemas/" in node["$ref"]:
                name = node["$ref"].rpartition("/")[2]
                if name in self.forms:
                    self.mentioned(self.schemas[name], found)
                elif name not in found and self.is_record(self.resolve(self.schemas[name])[0]):
                    found.append(name)
                    self.mentioned(self.schemas[name], found)
            for value in node.values():
                self.mentioned(value, found)
        elif isinstance(node, list):
            for value in node:
                self.mentioned(value, found)
        return found


class Tables:
    """Every table by its name."""

    def __init__(self, document, service, binary):
        self.document, self.service, self.binary = document, service, binary

    def routes(self):
        rows = []
        for method, path, operation in self.document.operations():
            heading = f"{method} {path}"
            rows.append([f"[{code(heading)}](reference.md#{anchor(heading)})", operation.get("x-role", "anybody"),
                         operation["summary"]])
        return table(["route", "role", ""], rows)

    def common(self):
        """The parameters that more than five routes take, all in the same words."""
        counts = {}
        for _, _, operation in self.document.operations():
            for parameter in map(lambda node: self.document.resolve(node)[0], operation.get("parameters", [])):
                if parameter["in"] != "path":
                    key = json.dumps(parameter, sort_keys=True)
                    counts[key] = counts.get(key, 0) + 1
        return [json.loads(key) for key, count in counts.items() if count > 5]

    def parameter_row(self, parameter):
        schema, name, _ = self.document.without_null(parameter["schema"])
        if schema.get("type") == "array":
            item, item_name, _ = self.document.without_null(schema["items"])
            kind = "with commas: " + self.document.kind(item, item_name)
        else:
            kind = self.document.kind(schema, name)
        star = "*" if parameter.get("required") else ""
        return [code(parameter["name"]) + star, kind, parameter.get("description", "")]

    def parameters(self):
        rows = [self.parameter_row(parameter) + [parameter["in"]] for parameter in self.common()]
        return table(["name", "value", "", "in"], rows)

    def values(self):
        """The components that are texts, numbers or words."""
        rows = []
        for name, schema in self.document.schemas.items():
            schema, _ = self.document.resolve(schema)
            if not self.document.is_record(schema) and schema.get("type") in ("string", "integer", "number"):
                kind = listed(schema["enum"]) if "enum" in schema else self.document.kind(schema, None)
                rows.append([f'<a name="{anchor(name)}"></a>{name}', kind, schema.get("description", "")])
        return table(["value", "may be", ""], rows)

    def requests(self):
        common = [json.dumps(parameter, sort_keys=True) for parameter in self.common()]
        lines = []
        for method, path, operation in self.document.operations():
            lines.append(f"### {method} {path}\n")
            role = operation.get("x-role", "anybody")
            words = [operation["summary"] + ".", operation.get("description", "")]
            lines.append(" ".join(word for word in words if word) + f" For {role if role == 'anybody' else role + 's'}.\n")
            own, shared = [], []
            for parameter in map(lambda node: self.document.resolve(node)[0], operation.get("parameters", [])):
                if parameter["in"] == "path":
                    continue
                is_common = json.dumps(parameter, sort_keys=True) in common
                (shared if is_common else own).append(parameter)
            if own:
                lines.append(table(["parameter", "value", ""], map(self.parameter_row, own)))
            if shared:
                lines.append(f"Also {listed(parameter['name'] for parameter in shared)}.\n")
            facts = []
            body = self.document.body_of(operation)
            if body:
                optional = "" if operation["requestBody"].get("required") else ", or nothing"
                facts.append(f"Takes [{body}](#{anchor(body)}){optional}.")
            status, answer, description = self.document.answer_of(operation)
            item = self.page_item(answer)
            link = f": a [page](#pages) of [{item}](#{anchor(item)})" if item else \
                f": [{answer}](#{anchor(answer)})" if answer in self.answered_names() + self.sent_names() else ""
            description = "" if item else description
            facts.append(f"Answers {status}{link}" + (f". {description}" if description else "."))
            codes = self.document.codes_of(operation)
            if codes:
                facts.append(f"May be refused with {listed(codes)}.")
            lines.append(" ".join(facts) + "\n")
        return "\n".join(lines)

    def sent_names(self):
        found = []
        for _, _, operation in self.document.operations():
            self.document.mentioned(operation.get("requestBody", {}), found)
        return found

    def bodies(self):
        patches = [self.document.body_of(operation) for method, _, operation in self.document.operations()
                   if method == "PATCH"]
        return "\n".join(
            f"### {name}\n\n{self.document.record(name, True, name in patches)}" for name in self.sent_names())

    def page_item(self, name):
        """What a page of a list has as items; None for what is no such page."""
        properties = self.document.schemas[name].get("properties", {}) if name else {}
        if not {"as_of", "items", "total", "next"} <= set(properties):
            return None
        return self.document.without_null(self.document.without_null(properties["items"])[0]["items"])[1]

    def answered_names(self):
        sent, found = self.sent_names(), []
        for _, _, operation in self.document.operations():
            for status, response in operation["responses"].items():
                if status.startswith("2"):
                    self.document.mentioned(self.document.resolve(response)[0], found)
        return [name for name in found if name not in sent]

    def pages(self):
        """What every page of a list has, but for its items."""
        first = next(name for name in self.answered_names() if self.page_item(name))
        schema, _ = self.document.resolve(self.document.schemas[first])
        rows = [row if row[0] != code("items") else [row[0], "list, to 500", "One page of them."]
                for row in self.document.field_rows(schema, False, True)]
        return table(["field", "value", ""], rows)

    def answers(self):
        names = [name for name in self.answered_names() if not self.page_item(name)]
        return "\n".join(f"### {name}\n\n{self.document.record(name, False, True)}" for name in names)

    def limits(self):
        """Which fields of requests have which bound."""
        texts = {}
        for name in self.sent_names():
            schema, _ = self.document.resolve(self.document.schemas[name])
            for form in self.document.branches(schema) or [schema]:
                for key, inner, _, _ in self.document.properties(form):
                    if inner.get("type") == "array":
                        item, _, _ = self.document.without_null(inner["items"])
                        if "maxItems" in inner and item.get("maxLength"):
                            bound = f"{inner['maxItems']:,} of {item['maxLength']:,} each"
                            texts.setdefault((0, bound), []).append(key)
                    elif inner.get("type") == "string" and inner.get("maxLength"):
                        texts.setdefault((inner["maxLength"], f"{inner['maxLength']:,}"), []).append(key)
        rows = [[listed(sorted(set(fields))), bound] for (_, bound), fields in sorted(texts.items(), reverse=True)]
        return table(["field", "at most"], rows)

    def events(self):
        schema = self.document.schemas["Event"]["properties"]
        words = self.document.resolve(schema["type"])[0]["enum"]
        groups = {}
        for word in words:
            groups.setdefault(word.partition(".")[0], []).append(word)
        return table(["of a", "types"], [[group, listed(types)] for group, types in groups.items()])

    def problems(self):
        rows = []
        for word in self.document.problem_codes():
            page = json.loads(self.service.get(f"/problems/{word}", {"Accept": "application/json"}))
            rows.append([str(page["status"]), code(word), page["meaning"]])
        return table(["status", "code", "what it means"], rows)

    def faults(self):
        item = self.document.schemas["ProblemItem"]
        rows = []
        for branch in self.document.branches(item):
            place = "field" if "pointer" in branch["properties"] else "parameter"
            rows.append([place, listed(branch["properties"]["code"]["enum"])])
        return table(["of a", "codes"], rows)

    def metrics(self):
        text = self.service.get("/metrics", {})
        kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))
        rows = [[code(name), kinds[name], help_text] for name, help_text in re.findall(r"^# HELP (\S+) (.*)$", text, re.M)]
        return table(["metric", "", ""], rows)

    def subcommands(self):
        text = subprocess.run([self.binary, "--help"], check=True, capture_output=True, text=True).stdout
        part = text.partition("SUBCOMMANDS:\n")[2].partition("\n\n")[0]
        rows = []
        for line in part.splitlines():
            match = re.match(r"  ([a-z]+)(?: \(default\))?(?:  +|$)(.*)", line)
            if match:
                rows.append([code(match[1]), match[2]])
            else:
                rows[-1][1] = (rows[-1][1] + " " + line.strip()).strip()
        return table(["command", ""], rows)

    def checks(self):
        """What doctor looks at, as its help has it."""
        text = subprocess.run([self.binary, "doctor", "--help"], check=True, capture_output=True, text=True).stdout
        part = text.partition("in this order:\n")[2].partition("\n\n")[0]
        rows = []
        for line in part.splitlines():
            match = re.match(r" *([a-z]+): (.*)", line)
            if match:
                rows.append([code(match[1]), match[2]])
            else:
                rows[-1][1] += " " + line.strip()
        return table(["check", "looks at"], rows)

    def importfields(self):
        """The fields of an import beside those of a new case."""
        text = subprocess.run([self.binary, "import", "--help"], check=True, capture_output=True, text=True).stdout
        names = re.search(r"Fields: ([^:]*?)\.\n\n", text)[1].replace("\n", " ").split(", ")
        groups = {}
        for name in names:
            groups.setdefault(name.rpartition(".")[0], []).append(name)
        return table(["of the", "fields"], [[code(group) if group else "case", listed(fields)]
                                            for group, fields in groups.items()])

    def made(self, name):
        return getattr(self, name)()


# Each has to stand in some file.
NAMES = ("routes", "parameters", "values", "requests", "bodies", "pages", "answers", "limits", "events", "problems",
         "faults", "metrics", "subcommands", "checks",
         "importfields")


class Claims:
    """What tables that people write say of the program."""

    def __init__(self, document, binary):
        self.document, self.binary = document, binary

    def rows(self, file, heading):
        """The cells of the first table after a heading."""
        text = (ROOT / file).read_text()
        part = text[text.index(heading + "\n"):]
        lines = part[part.index("\n|") + 1:].partition("\n\n")[0].splitlines()[2:]
        return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]

    def wrong(self):
        """What is not so, in sentences."""
        states = self.document.resolve(self.document.schemas["CasePromise"]["properties"]["state"])[0]["enum"]
        yield from self.differ("docs/api.md", "### States of a promise", states)
        item = self.document.without_null(self.document.schemas["CasePromise"]["properties"]["warnings"])[0]["items"]
        warning = self.document.resolve(self.document.resolve(item)[0]["properties"]["code"])[0]
        yield from self.differ("docs/tactics.md", "## Promising for others", warning["enum"])
        tactic = self.document.schemas["GuidanceItem"]["properties"]["tactic"]
        found = [row[0] for row in self.rows("docs/tactics.md", "# The tactics")]
        yield from self.compare("docs/tactics.md", found, self.document.resolve(tactic)[0]["enum"])
        text = subprocess.run([self.binary, "--help"], check=True, capture_output=True, text=True).stdout
        for number in re.findall(r"\b\d\d+\b", text.partition("sysexits")[2].partition("USAGE")[0]):
            if number not in [row[0] for row in self.rows("docs/operating.md", "### Exit codes")]:
                yield f"docs/operating.md: the exit code {number} is missing"
        yield from self.kinds()
        yield from self.registries()
        swift = json.loads((ROOT / ".swift-format").read_text())
        settings = (ROOT / ".editorconfig").read_text().partition("\n[*]\n")[2].partition("\n[")[0].splitlines()
        for line in (f"max_line_length = {swift['lineLength']}", f"indent_size = {swift['indentation']['spaces']}"):
            if line not in settings:
                yield f".editorconfig: lacks {line}, which .swift-format has"
        for package in re.findall(r"call need,[^,]+,([a-z0-9.-]+)\)", (ROOT / "Makefile").read_text()):
            if f"`{package}`" not in (ROOT / "docs/testing.md").read_text():
                yield f"docs/testing.md: {package} is installed, too"

    def registries(self):
        """Where whoever adds something begins: each row names what is in a file that is there."""
        rows = self.rows("CONTRIBUTING.md", "## To add something")
        kinds = [row[0] for row in rows]
        for kind in ("field", "route", "report", "log kind", "error", "filter", "metric", "subcommand"):
            if not any(found.startswith(kind) for found in kinds):
                yield f"CONTRIBUTING.md: nothing is said of a {kind}"
        for kind, registry, *others in rows:
            named = re.findall(r"`([^`]+)` in `([^`]+)`", registry)
            if not named:
                yield f"CONTRIBUTING.md: {kind} has no registry"
            for word, file in named + re.findall(r"`([^`]+)` in `([^`]+)`", " ".join(others)):
                path = ROOT / file
                if not path.is_file() or not re.search(rf"\b{re.escape(word)}\b", path.read_text()):
                    yield f"CONTRIBUTING.md: {word} is not in {file}"
            for file in re.findall(r"`((?:Sources|Migrations)[^`]*)`", " ".join(others)):
                if not (ROOT / file).exists():
                    yield f"CONTRIBUTING.md: {file} is not there"

    def kinds(self):
        """The fields of each kind of log entry, with a star where every form of it needs them."""
        forms = {}
        for branch in self.document.branches(self.document.resolve(self.document.schemas["LogEntryRequest"])[0]):
            kind = self.document.constants(branch)["kind"]
            forms.setdefault(kind, []).append(
                {key: key in branch.get("required", []) for key, *_ in self.document.properties(branch) if key != "kind"})
        told = {}
        for kinds, fields, _ in self.rows("docs/tactics.md", "## What is written down"):
            for kind in re.findall(r"`(\w+)`", kinds):
                words = dict.fromkeys(re.findall(r"`(\w+\*?)`", fields))
                told[kind] = {word.rstrip("*"): word.endswith("*") for word in words}
        yield from self.compare("docs/tactics.md", list(told), list(forms))
        for kind, found in forms.items():
            fields = {key: all(form.get(key, False) for form in found) for form in found for key in form}
            if told.get(kind, fields) != fields:
                yield f"docs/tactics.md: {kind} has {fields}, not {told[kind]}"

    def differ(self, file, heading, words):
        found = [word for row in self.rows(file, heading) for word in re.findall(r"`(\w+)`", row[0])]
        return self.compare(f"{file}, {heading.strip('# ')}", found, words)

    def compare(self, place, found, words):
        if sorted(found) != sorted(words):
            yield f"{place}: has {sorted(set(found) - set(words))} too much, lacks {sorted(set(words) - set(found))}"


class Service:
    """The binary, serving an empty database."""

    def __init__(self, binary):
        self.folder = tempfile.TemporaryDirectory()
        self.log = pathlib.Path(self.folder.name, "log")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [binary, "serve", "--listen", "127.0.0.1:0", "--log-level", "info"], cwd=self.folder.name, stderr=log)
        while not (match := re.search(r"listening.*127\.0\.0\.1:(\d+)", self.log.read_text())):
            if self.process.poll() is not None:
                sys.exit(self.log.read_text())
        self.port = int(match[1])

    def get(self, path, fields):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=fields)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    described = subprocess.run([binary, "openapi"], check=True, capture_output=True, text=True).stdout
    differences, names = 0, []
    document = Document(described)
    with Service(binary) as service:
        tables = Tables(document, service, binary)
        files = [path for path in sorted(ROOT.rglob("*.md")) if not any(p.startswith(".") for p in path.relative_to(ROOT).parts)]
        for path in files:
            text = path.read_text()

            def renewed(match):
                names.append(match[2])
                return match[1] + "\n" + tables.made(match[2]) + "\n" + match[4]

            right = BLOCK.sub(renewed, text)
            if right == text:
                continue
            if options.write:
                path.write_text(right)
            else:
                differences += 1
                lines = difflib.unified_diff(
                    text.splitlines(), right.splitlines(), str(path.relative_to(ROOT)), "what the program says", n=0,
                    lineterm="")
                print("\n".join(lines))
    for name in sorted(set(NAMES) - set(names)):
        differences += 1
        print(f"the table {name} stands nowhere")
    for sentence in Claims(document, binary).wrong():
        differences += 1
        print(sentence)
    if differences:
        sys.exit("`make docs` writes the tables between comments; the others are written by hand.")


if __name__ == "__main__":
    main()
