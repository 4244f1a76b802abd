import CaseAPI
import Complaints

/// What is otherwise than whoever sends a form has seen it, field by field; that it can't be told what it was is not that nothing has
/// changed.
struct ChangedSince {
    private var rows: [[String: Any]] = []
    private var entries: [[String: Any]] = []
    private var none = Texts.noDifference

    /// - Parameters:
    ///   - path: of the API, of what the form is about.
    ///   - now: what is there.
    ///   - seen: when its page was made, as the form says it.
    ///   - log: what is on the page of what happened, oldest first: what came since is told in its words.
    ///   - label: what a value is called, by its place in what there is; nil for one that follows from others, or is told by the log.
    /// - Throws: errors of the store.
    init(
        _ record: PageRecord, _ path: String, _ now: JSONValue, seen: String?, clock: PageClock, log: [JSONValue] = [],
        label: (String) -> String? = Self.label(of:)
    ) throws {
        let zone = clock.zone
        do {
            guard let seen, let opened = Instant(.string(seen)) else { throw PageProblem.unreadable("") }
            // What came since something that can't be told is no difference from it.
            let (old, new) = (try record.get(path, [("as_of", seen)]).typed(), now.typed())
            entries = log.filter { Instant($0["recorded_at"]).map { $0 > opened } ?? false }
                .map { EntryRow($0, clock).values() }
            for name in Set(old.keys).union(new.keys).sorted() {
                let (was, isNow) = (old[name] ?? "", new[name] ?? "")
                guard !was.utf8.elementsEqual(isNow.utf8), let field = label(name) else { continue }
                // What is there anew as a whole, such as a promise, the log tells.
                let whole = name.split(separator: "/").dropLast().joined(separator: "/") + "/id"
                guard new[whole] == nil || old[whole] != nil else { continue }
                rows.append(["field": field, "before": Self.told(was, zone), "after": Self.told(isNow, zone)])
            }
        } catch is PageProblem {
            none = Texts.differenceUnknown
        }
    }

    /// For the template `form`.
    var values: [String: Any] {
        [
            "title": Texts.changedMeanwhile, "rows": rows, "hasRows": !rows.isEmpty, "columns": Texts.changedColumns,
            "entries": entries, "hasEntries": !entries.isEmpty,
            "none": rows.isEmpty && entries.isEmpty ? ["text": none] as Any : false,
        ]
    }

    /// A value of the API as a page says it: an instant by the page's clocks, a length of time in words.
    private static func told(_ value: String, _ zone: Zone) -> String {
        if let instant = try? Instant(rfc3339: value) { return instant.minute(in: zone) }
        return value.utf8.first == UInt8(ascii: "P") ? Texts.duration(value) : value
    }

    /// What a value is called as its own label, but for what follows from any change at all.
    private static func label(of name: String) -> String? {
        let path = name.split(separator: "/").map(String.init)
        return path.last.map { ["version", "updated_at"].contains($0) } ?? true ? nil : Texts.label(of: path)
    }
}
