"""Five hundred texts that other programs choke on, posted and read back as they were written, byte for byte; in a line with
one space where there were several.

    nasty_texts.py http://127.0.0.1:8080

Python's own json and csv read what comes back, so that no mistake of the service's can hide behind the same mistake.
"""

import csv
import io
import json
import os
import re
import sys
import unicodedata

import requests


# Unicode's line breaks, and its White_Space.
BREAKS = "\n\v\f\r\x85\u2028\u2029"
SPACES = re.compile("[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def line(text):
    """A text for a field of one line, which takes no line break."""
    return "".join(f"<{ord(c):x}>" if c in BREAKS else c for c in text)


def kept(text):
    """What is kept of a line: one space for several, and for what is no space, such as a tab."""
    return SPACES.sub(lambda run: run[0] if len(run[0]) == 1 and unicodedata.category(run[0]) == "Zs" else " ", text)


def texts():
    """Every text once, each with something to be seen, as others are refused; without NUL, which is refused as well. What is long is
    written as runs."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "nasty_texts.json"), encoding="utf-8") as file:
        groups = json.load(file)
    found = ["".join(run["text"] * run["times"] for run in one) if isinstance(one, list) else one for group in groups.values() for one in group]
    assert len(found) == len(set(found))
    return found


def unprotected(cell):
    """A cell of CSV as it was written: docs/api.md says which ones have an apostrophe in front."""
    bare = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and bare and bare[0] in "=+-@\t\r\n＝＋－＠" else cell


class Desk:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()

    def get(self, path, **parameters):
        answer = self.session.get(self.base + path, params=parameters)
        assert answer.status_code == 200, (path, parameters, answer.text[:500])
        answer.content.decode("utf-8", errors="strict")
        return answer

    def send(self, method, path, body, **fields):
        return self.session.request(method, self.base + path, data=body, headers={"Content-Type": "application/json", **fields})

    def total(self):
        return self.get("/v1/cases", limit=1).json()["total"]


# What nobody sees though it is no control character: fillers, selectors of variants, a joiner of graphemes.
UNSEEN = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)}


def seen(text):
    """Without what nobody sees, which no name of a person has."""
    plain = lambda c: unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co") and ord(c) not in UNSEEN and ord(c) < 0xE0000
    return "".join(c for c in text if plain(c))


def case(number, text):
    """Every kind of field has it; where the ends are trimmed, between letters."""
    words = line(text)
    return {
        "complaint": text,
        "subject": f"key{number:04d} {words[:200]}e",
        "external_id": f"x{number % 7}{words[:150]}x",
        "customer": {"name": f"n{words[:190]}n", "phone": f"p{words[:50]}p"},
        "owner": f"o{seen(words)[:190]}o",
        "tags": [f"t{words[:60]}t"],
        "promise": {"what": text[:4000], "due_in": "P1D"},
    }


def written(sent, got):
    assert got["complaint"] == sent["complaint"], ascii(sent["complaint"][:50])
    assert got["external_id"] == sent["external_id"], (ascii(sent["external_id"]), ascii(got["external_id"]))
    for name in ("subject", "owner"):
        assert got[name] == kept(sent[name]), (name, ascii(sent[name]), ascii(got[name]))
    assert got["tags"] == [kept(tag) for tag in sent["tags"]], (ascii(sent["tags"]), ascii(got["tags"]))
    for name in ("name", "phone"):
        assert got["customer"][name] == kept(sent["customer"][name]), (name, ascii(got["customer"][name]))
    assert got["promises"][0]["what"] == sent["promise"]["what"]
    assert got["promises"][0]["owner"] == kept(sent["owner"])


def post_all(desk, sent):
    """By turns alone and together, as UTF-8 and as ASCII with escapes. Returns the id of each."""
    ids = []
    for start in range(0, len(sent), 20):
        part = sent[start : start + 20]
        escapes = start // 20 % 2 == 0
        if start // 20 % 3 == 0:
            body = json.dumps({"items": part}, ensure_ascii=escapes).encode()
            answer = desk.send("POST", "/v1/cases/bulk", body)
            assert answer.status_code == 200, answer.text[:2000]
            ids += [item["id"] for item in answer.json()["items"]]
            continue
        for item in part:
            answer = desk.send("POST", "/v1/cases", json.dumps(item, ensure_ascii=escapes).encode())
            assert answer.status_code == 201, (ascii(item["complaint"][:50]), answer.text[:2000])
            written(item, answer.json())
            ids.append(answer.json()["id"])
    return ids


def read_all(desk, sent, ids):
    for item, id in zip(sent, ids):
        written(item, desk.get(f"/v1/cases/{id}").json())
    listed, path = {}, "/v1/cases?limit=50&sort=opened_at"
    while path:
        page = desk.get(path)
        listed.update((item["id"], item) for item in page.json()["items"])
        path = page.links.get("next", {}).get("url")
    for item, id in zip(sent, ids):
        written(item, listed[id])


def listed(tag):
    """A tag as the only one in a cell: in quotes where it could be taken for two, or be in quotes itself."""
    return '"' + tag.replace('"', '""') + '"' if "; " in tag or tag.startswith('"') else tag


def read_csv(desk, sent, ids):
    csv.field_size_limit(10_000_000)
    text = desk.get("/v1/cases", format="csv", sort="opened_at").content.decode("utf-8")
    rows = {int(row["id"]): row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}
    promises = desk.get("/v1/promises", format="csv").content.decode("utf-8")
    whats = {int(row["case_id"]): row["what"] for row in csv.DictReader(io.StringIO(promises, newline=""), strict=True)}
    for item, id in zip(sent, ids):
        row = rows[id]
        for name, value in [
            ("complaint", item["complaint"]), ("subject", kept(item["subject"])), ("external_id", item["external_id"]),
            ("owner", kept(item["owner"])), ("tags", listed(kept(item["tags"][0]))),
            ("customer_name", kept(item["customer"]["name"])),
        ]:
            assert unprotected(row[name]) == value, (name, ascii(row[name][:100]), ascii(value[:100]))
            assert not row[name] or row[name][0] not in "=+-@\t\r\n＝＋－＠", ascii(row[name][:100])
        assert unprotected(whats[id]) == item["promise"]["what"]


def search(desk, sent, ids):
    """Each is found by the word of its own, by its external_id, by its owner, and by its own words where it has any."""
    for number, (item, id) in enumerate(zip(sent, ids)):
        found = desk.get("/v1/cases", q=f"key{number:04d}").json()["items"]
        assert [case["id"] for case in found] == [id]
        found = desk.get("/v1/cases", external_id=item["external_id"]).json()["items"]
        assert [case["id"] for case in found] == [id], ascii(item["external_id"])
        found = desk.get("/v1/cases", owner=item["owner"], limit=500).json()["items"]
        assert id in [case["id"] for case in found], ascii(item["owner"])
        text = item["complaint"]
        if len(text) <= 100 and all(unicodedata.category(c)[0] in "LN" or c == " " for c in text):
            found = desk.get("/v1/cases", q=text, limit=500).json()["items"]
            assert id in [case["id"] for case in found], ascii(text)


def edit(desk, ids):
    """What looks the same is another text all the same."""
    for name in ("subject", "external_id", "owner", "team", "category"):
        for text in ("e\u0301-y", "\u00e9-y", "e\u0301-y"):
            value = f"{name}-{text}"
            answer = desk.send("PATCH", f"/v1/cases/{ids[0]}", json.dumps({name: value}))
            assert answer.status_code == 200, answer.text[:500]
            assert answer.json()[name] == value, (name, ascii(answer.json()[name]))
            assert desk.get(f"/v1/cases/{ids[0]}").json()[name] == value, (name, ascii(value))


def refuse(desk):
    """What is no Unicode, or NUL, is refused and changes nothing."""
    before = desk.total()
    customer = b'"customer":{"name":"A"}'
    for text, status, code in [
        (rb"\ud800", 400, "malformed_json"), (rb"\udc00", 400, "malformed_json"), (rb"\ud800\ud800", 400, "malformed_json"),
        (rb"\ud83dx", 400, "malformed_json"), (rb"\ude00\ud83d", 400, "malformed_json"), (rb"\uD83D\u0041", 400, "malformed_json"),
        (b"\xed\xa0\x80", 400, "malformed_json"), (b"\xed\xa0\xbd\xed\xb8\x80", 400, "malformed_json"),
        (b"\xc0\x80", 400, "malformed_json"), (b"\xc1\xbf", 400, "malformed_json"), (b"\xe0\x80\xaf", 400, "malformed_json"),
        (b"\xf4\x90\x80\x80", 400, "malformed_json"), (b"\xf8\x88\x80\x80\x80", 400, "malformed_json"), (b"\xff", 400, "malformed_json"),
        (b"\x80", 400, "malformed_json"), (b"\xe2\x82", 400, "malformed_json"), (b"a\nb", 400, "malformed_json"), (b"a\x00b", 400, "malformed_json"),
        (rb"a\u0000b", 422, "validation_failed"), (rb"\u12", 400, "malformed_json"), (rb"\x41", 400, "malformed_json"),
        (b"\\u2003", 422, "validation_failed"), ("\u3000".encode(), 422, "validation_failed"),
        (b"\\u200b\\u2800", 422, "validation_failed"), ("\u3164".encode(), 422, "validation_failed"),
    ]:
        answer = desk.send("POST", "/v1/cases", b'{"complaint":"' + text + b'",' + customer + b"}")
        assert (answer.status_code, answer.json()["code"]) == (status, code), (text, answer.text[:500])
    whole = b'{"complaint":"x",' + customer + b"}"
    for body in (b"\xef\xbb\xbf" + whole, whole.decode().encode("utf-16"), whole.decode().encode("utf-16-le"), whole.decode().encode("utf-32")):
        assert desk.send("POST", "/v1/cases", body).json()["code"] == "malformed_json"
    for query in ("%00", "%FF", "%ED%A0%80", "a%C0%80"):
        answer = desk.session.get(f"{desk.base}/v1/cases?q={query}")
        assert answer.status_code == 400, (query, answer.text[:500])
        assert answer.json()["code"] in ("invalid_parameter", "malformed_request"), (query, answer.text[:500])
    assert desk.total() == before


def main():
    desk = Desk(sys.argv[1])
    sent = [case(number, text) for number, text in enumerate(texts())]
    assert len(sent) >= 500, len(sent)
    ids = post_all(desk, sent)
    assert len(set(ids)) == len(sent)
    read_all(desk, sent, ids)
    read_csv(desk, sent, ids)
    search(desk, sent, ids)
    edit(desk, ids)
    refuse(desk)
    print(f"{len(sent)} texts came back as they were written")


if __name__ == "__main__":
    main()
