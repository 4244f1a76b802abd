"""Every list and report as LibreOffice Calc opens it: dates are dates, phone numbers and formulas are texts, and every
language is legible, with commas as with semicolons; and no formula is in what falls apart at the wrong separator.

    spreadsheet.py http://127.0.0.1:8080 FOLDER
"""

import datetime
import json
import pathlib
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
import zoneinfo

BASE, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
ZONE = "Europe/Berlin"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NAMES = ["Ann Lee", "Straße & Söhne", "السَّلام عليكم", "商品が壊れていました", "मुझे रिफंड मिला नहीं", "Ωμέγα", "👩‍👩‍👧 Emoji", "True", "Mar 5"]
PHONES = [
    "+46 8 123 45", "+46812345", "(020) 7946-0123", "020 7946 0123", "0812345", "08-123 45", "+1-555-0100", "1/2",
    "+46 812 345", "12 345 678", "05 11 2026", "1-2-3", "0046 8 123 45", "٠١٢٣٤٥٦٧", "+1 (555) 010-0100", "555 0100",
]
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "x;=1+1;y", "x,=1+1,y", "x\t=1+1\ty", "x\n=1+1\ny", "x\r\n-1+1", 'x;"=1+1"',
    'x";=1+1;"', "x; =1+1", "＝1+1", "\t=1+1", "'=1+1", "- a\n- b", "=HYPERLINK(\"http://x\",\"y\")", "x|=1+1|y",
    "=cmd|'/c calc'!A0", '";=1+1', '"",=1+1,""', "=1+1;=1+1",
]
# Columns of reports that are no figures: what a record is of.
WORDS = ["key", "part", "stage", "clock"]
KEYS = ["000777", "1E5", "3-4", "SEP-2", "12:30", "2026-11-29", "1.5", "1,5", "5%", "$5", "1 1/2", "TK-2024/000777"]


def get(path):
    with urllib.request.urlopen(BASE + path) as answer:
        return answer, answer.read()


def refused(path):
    try:
        get(path)
    except urllib.error.HTTPError as error:
        assert error.code == 400, (path, error.code)
        return [item["parameter"] for item in json.load(error)["errors"]]
    raise AssertionError(f"{path} was taken")


def post(path, body):
    request = urllib.request.Request(BASE + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def fill():
    for number in range(max(map(len, (NAMES, PHONES, FORMULAS, KEYS)))):
        def one(list):
            return list[number % len(list)]

        post("/v1/cases", {
            "complaint": one(FORMULAS), "external_id": f"{one(KEYS)}" if number < len(KEYS) else None,
            "customer": {"name": one(NAMES), "phone": one(PHONES)}, "desired_outcome": one(FORMULAS), "severity": "critical",
            "tags": [f"t{number}", "a;=1+1"], "owner": one(NAMES), "category": "=Kettles", "regime": "housing-ombudsman" if number % 3 == 0 else None, "hard_deadline": "2027-07-01T00:30:00Z",
            "promise": {"what": one(FORMULAS), "due_in": "P40D", "kind": "answer"},
        })
    post("/v1/cases/1/log", {"kind": "concession", "what": "=1+1", "amount": 5, "currency": "EUR"})
    post("/v1/cases/1/log", {"kind": "threat", "threat_kind": "legal", "text": "x;=1+1"})
    # It is off: nothing is posted to it.
    post("/v1/webhooks", {"url": "https://hooks.example/", "description": "=1+1", "active": False})
    post("/v1/promises/1/keep", {"evidence": "+1", "next_promise": {"what": "=1", "due_in": "P1D"}})


def tables():
    """Every path that has CSV, with what has to be asked for, and the schema of its rows' JSON."""
    document = json.loads(get("/openapi.json")[1])

    def resolve(schema):
        while True:
            if "$ref" in schema:
                schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            elif len(schema.get("allOf", [])) == 1:
                schema = schema["allOf"][0]
            elif "anyOf" in schema:
                schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
            else:
                return schema

    def properties(schema):
        schema = resolve(schema)
        found = dict(schema.get("properties", {}))
        for part in schema.get("allOf", []) + schema.get("oneOf", []):
            found.update(properties(part))
        return found

    for path, methods in document["paths"].items():
        content = methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        if "text/csv" not in content:
            continue
        members = properties(content["application/json"]["schema"])
        # A digest has a list in each of its sections.
        lists = [members] + [properties(member) for member in members.values()]
        rows = next((properties(resolve(one["items"])["items"]) for one in lists if "items" in one), {})
        # A time zone that is of use for itself has an example.
        zone = next(one for one in methods["get"]["parameters"] if one.get("name") == "tz")
        dates = [name for name, schema in rows.items() if resolve(schema).get("format") == "date-time"]
        asked = []
        for parameter in methods["get"]["parameters"]:
            example = urllib.parse.quote(str(parameter.get("example")))
            if parameter.get("in") == "path":
                path = path.replace(f"{{{parameter['name']}}}", example)
            elif parameter.get("in") == "query" and parameter.get("required"):
                asked.append(f"{parameter['name']}={example}")
        yield f"{path}?{'&'.join(asked)}{'&' if asked else ''}", dates, zone.get("example") is not None


def listed(answer):
    """The items of a list, or of a digest's sections, one after the other."""
    if "items" in answer:
        return answer["items"]
    sections = {name: part["items"] for name, part in answer.items() if isinstance(part, dict) and "items" in part}
    return [{"section": name, **item} for name, items in sections.items() for item in items]


def calc(files, out, separator, language):
    """What Calc makes of files, in cells of (type, formula, value, text)."""
    out.mkdir()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(FOLDER / 'office').as_uri()}", "--headless",
         f"--infilter=CSV:{separator},34,76,1,,{language},false,true", "--convert-to", "fods", "--outdir", out, *files],
        check=True, capture_output=True, timeout=300)
    return {file: rows(out / f"{file.stem}.fods") for file in files}


def rows(path):
    found = []
    for row in ElementTree.parse(path).iter(TABLE + "table-row"):
        cells = []
        for cell in row.findall(TABLE + "table-cell"):
            lines = [line(p) for p in cell.findall(TEXT + "p")]
            value = cell.get(OFFICE + "date-value") or cell.get(OFFICE + "value")
            one = (cell.get(OFFICE + "value-type"), cell.get(TABLE + "formula"), value, "\n".join(lines))
            cells += [one] * min(int(cell.get(TABLE + "number-columns-repeated", 1)), 500)
        found += [cells] * (int(row.get(TABLE + "number-rows-repeated", 1)) if any(c[0] for c in cells) else 0)
    return found


def line(node):
    text = node.text or ""
    for child in node:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            text += " " * int(child.get(TEXT + "c", 1))
        elif name == "tab":
            text += "\t"
        elif name == "line-break":
            text += "\n"
        else:
            text += line(child)
        text += child.tail or ""
    return text


def local(instant):
    at = datetime.datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone(zoneinfo.ZoneInfo(ZONE))
    text = at.strftime("%Y-%m-%dT%H:%M:%S")
    return text.removesuffix("T00:00:00")


def value_of(item, column):
    """What the JSON has for a column, if it has one of that name."""
    if column in item:
        return item[column]
    if column.startswith("contact_"):
        contact = (item.get("case", item) or {}).get("contact")
        return contact and contact[column.removeprefix("contact_")]
    for part in ("customer", "case"):
        if column.startswith(part + "_") and isinstance(item.get(part), dict):
            return item[part].get(column.removeprefix(part + "_"))
    # Of some events there is no case.
    return item["case"]["customer"].get(column.removeprefix("customer_")) if item.get("case") else None


def plain(text):
    """Without what Calc makes of white space, and without what keeps a text a text."""
    return " ".join(text.replace("'", "").split())


def check(path, sheet, dates, items):
    header = [cell[3] for cell in sheet[0]]
    counts = {"date": 0, "text": 0}
    for cells, item in zip(sheet[1:], items, strict=True):
        for column, (kind, formula, value, text) in zip(header, cells):
            assert formula is None, (path, column, formula)
            wanted = value_of(item, column)
            if column in dates:
                assert (kind, value) == (("date", local(wanted)) if wanted else (None, None)), (path, column, kind, value, wanted)
                counts["date"] += wanted is not None
            elif isinstance(wanted, str):
                assert kind == "string" and plain(text) == plain(wanted), (path, column, kind, text, wanted)
                counts["text"] += 1
                if column.endswith("phone"):
                    assert text.strip() == wanted, (column, text, wanted)
    return counts


def main():
    fill()
    texts = set()
    checked = {"date": 0, "text": 0}
    as_of = json.loads(get("/v1/cases?limit=1")[1])["as_of"]
    for name, separator, byte, language in (("commas", "comma", 44, 1033), ("semicolons", "semicolon", 59, 1031)):
        files, known = [], {}
        for number, (path, dates, has_periods) in enumerate(tables()):
            asked = f"{path}format=csv&for=spreadsheet&tz={ZONE}&separator={separator}"
            answer, body = get(asked)
            assert body.startswith("\ufeff".encode()), path
            assert answer.headers["Content-Disposition"].startswith('attachment; filename="'), path
            file = FOLDER / f"{name}-{number}.csv"
            file.write_bytes(body)
            files.append(file)
            is_list = not path.startswith("/v1/reports/")
            # Days are those of a zone: a digest of another zone's has a promise of late tonight in another section.
            zone = f"&tz={ZONE}" if has_periods else ""
            known[file] = (path, dates, listed(json.loads(get(f"{path}limit=500{zone}")[1])) if is_list else None)
            for parameters in ("for=spreadsheet", f"tz={ZONE}&format=csv", "separator=comma&format=csv"):
                if parameters.startswith("tz=") and has_periods:
                    continue
                assert refused(f"{path}{parameters}") == [parameters.partition("=")[0]], (path, parameters)
        for file, sheet in calc(files, FOLDER / name, byte, language).items():
            path, dates, items = known[file]
            assert len(sheet) > 1 or items == [], path
            if items is None:
                assert all(cell[1] is None for cells in sheet for cell in cells), path
                figures = [cell for name, cell in zip(sheet[0], sheet[-1]) if name[3] not in WORDS]
                assert figures and all(cell[0] in ("float", None) for cell in figures), (path, sheet[-1])
                continue
            for key, count in check(path, sheet, dates, items).items():
                checked[key] += count
            texts.update(cell[3] for cells in sheet for cell in cells)
        for other in {44, 59, 9, 124} - {byte}:
            for file, sheet in calc(files, FOLDER / f"{name}-{other}", other, language).items():
                found = [cell for cells in sheet for cell in cells if cell[1]]
                assert not found, (known[file][0], chr(other), found[:3])
    assert checked["date"] > 100 and checked["text"] > 1000, checked
    assert set(NAMES) - {"True", "Mar 5"} <= texts, set(NAMES) - texts
    print(f"Calc has seen {checked['date']} dates and {checked['text']} texts, as of {as_of}")


main()
