import CaseAPI
import Complaints

/// What is otherwise than whoever sends a form has seen it, field by field; that it can't be told what it was is not that nothing has
/// changed.
struct ChangedSince {
    private var rows: [[String: Any]] = []
    private var none = Texts.noDifference

    /// - Parameters:
    ///   - path: of the API, of what the form is about.
    ///   - now: what is there.
    ///   - seen: when its page was made, as the form says it.
    /// - Throws: errors of the store.
    init(_ record: PageRecord, _ path: String, _ now: JSONValue, seen: String?, zone: Zone) throws {
        do {
            guard let seen, Instant(.string(seen)) != nil else { throw PageProblem.unreadable("") }
            let (old, new) = (try record.get(path, [("as_of", seen)]).typed(), now.typed())
            for name in Set(old.keys).union(new.keys).sorted() where !Self.isCounted(name) {
                let (was, isNow) = (old[name] ?? "", new[name] ?? "")
                guard !was.utf8.elementsEqual(isNow.utf8) else { continue }
                let path = name.split(separator: "/").map(String.init)
                rows.append([
                    "field": Texts.label(of: path), "before": Self.told(was, zone), "after": Self.told(isNow, zone),
                ])
            }
        } catch is PageProblem {
            none = Texts.differenceUnknown
        }
    }

    /// For the template `form`.
    var values: [String: Any] {
        [
            "title": Texts.changedMeanwhile, "rows": rows, "hasRows": !rows.isEmpty, "columns": Texts.changedColumns,
            "none": none,
        ]
    }

    /// A value of the API as a page says it: an instant by the page's clocks, a length of time in words.
    private static func told(_ value: String, _ zone: Zone) -> String {
        if let instant = try? Instant(rfc3339: value) { return instant.minute(in: zone) }
        return value.utf8.first == UInt8(ascii: "P") ? Texts.duration(value) : value
    }

    /// What follows from any change at all, and what a promise repeats of its case.
    private static func isCounted(_ name: String) -> Bool {
        let path = name.split(separator: "/")
        return path.dropFirst(2).first == "case" || ["version", "updated_at"].contains(path.last)
    }
}
