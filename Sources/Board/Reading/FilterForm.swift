import CaseAPI
import Complaints

/// The fields by which a page is narrowed down, with what its address has of them.
struct FilterForm {
    let filters: Filters
    /// By whose clocks a point in time is typed.
    let zone: Zone
    /// How each is asked for; one that is not among them is a text.
    var known: [ListFilter] = []
    /// Those that are asked for first, by name; nil for all.
    var first: [String]?
    /// Whether what is nobody's can be asked for by its owner.
    var takesNobody = false
    /// Which are never asked for: they stand in addresses alone.
    private static let unasked = ["tz", "allow_unknown"]

    /// For the template `filters`.
    ///
    /// - Parameter isOpen: whether the form is to be seen at once, as something in it is wrong.
    func values(isOpen: Bool = false) -> [String: Any] {
        var further: [[String: Any]] = []
        let others = asked.filter { !isFirst($0.name) }
        if !others.isEmpty {
            further = [
                [
                    "title": Texts.furtherFilters, "fields": others.map { field($0.name, $0.value) },
                    "isOpen": others.contains { $0.value != nil },
                ]
            ]
        }
        return [
            "isOpen": isOpen, "label": Texts.filters, "apply": Texts.apply, "fields": fields, "further": further,
            "kept": Self.unasked.compactMap { name in
                filters[name].map { ["name": name, "value": $0] }
            },
        ]
    }

    /// The fields alone that are asked for first, for the template `filterfields`.
    var fields: [[String: Any]] { asked.filter { isFirst($0.name) }.map { field($0.name, $0.value) } }

    private func isFirst(_ name: String) -> Bool { first?.contains { $0.isExactly(name) } ?? true }

    /// What has a field of its own.
    private var asked: [(name: String, value: String?)] {
        filters.all.filter { filter in
            known.isEmpty
                || known.contains { $0.name.isExactly(filter.name) }
                    && !Self.unasked.contains { $0.isExactly(filter.name) }
        }
    }

    /// What the page is narrowed down to, in words.
    var summary: String {
        filters.all.compactMap { name, value in
            let kind = kind(of: name)
            guard !name.isExactly("as_of"), !name.isExactly("cursor"), !name.isExactly("allow_unknown") else {
                return nil
            }
            return value.map { Texts.narrowed(Texts.filter(name), Texts.value($0, of: name, kind)) }
        }.joined(separator: ", ")
    }

    /// The same for a page's head, with the way back to all; false where it is not narrowed down.
    var narrowed: Any {
        summary.isEmpty
            ? false : ["label": Texts.narrowedTo, "text": summary, "link": all, "clear": Texts.clear] as [String: Any]
    }

    /// The same page, of the same instant, without what narrows it down.
    private var all: String {
        let instant = Link.to("", [("as_of", filters["as_of"])])
        return instant.isEmpty ? "?" : instant
    }

    private func kind(of name: String) -> ListFilter.Kind {
        name.isExactly("as_of") ? .asOf : known.first { $0.name.isExactly(name) }?.kind ?? .line
    }

    private func field(_ name: String, _ value: String?) -> [String: Any] {
        var field: [String: Any] = [
            "name": name, "label": Texts.filter(name), "value": value ?? "", "type": "text",
            "reader": false, "instant": "", "step": false, "clocks": false, "choice": false, "line": true,
            "mode": false,
            "hint": false,
        ]
        let hint = takesNobody && name.isExactly("owner") ? Texts.orNobody : Texts.filterHint(name)
        if let hint { field["hint"] = ["text": hint] }
        func choose(_ words: [String]) {
            // What the address has and no field could send stays to be chosen.
            let all = words + [value].compactMap(\.self).filter { given in !words.contains { $0.isExactly(given) } }
            field["line"] = false
            field["choice"] = [
                "options": all.map { word in
                    [
                        "word": word, "name": Texts.value(word, of: name, kind(of: name)),
                        "isSelected": value?.isExactly(word) ?? false,
                    ] as [String: Any]
                }
            ]
        }
        switch kind(of: name) {
        case .line: return field
        case .duration:
            field["value"] = value.map(Texts.duration) ?? ""
            return field
        case .number:
            field["mode"] = "numeric"
            return field
        case .words(let words), .word(let words): choose(words)
        case .flag: choose(["true", "false"])
        case .day:
            // An instant stays as it was typed, which a field for a day would not show.
            if value.map({ CivilDate($0) != nil }) ?? true { field["type"] = "date" }
        case .asOf: return pointInTime(field, value)
        }
        return field
    }

    private func pointInTime(_ field: [String: Any], _ value: String?) -> [String: Any] {
        var field = field
        field["reader"] = "instant"
        field["clocks"] = ["before": Texts.byTheClocksOf, "zone": zone.name, "unclear": Texts.unclearTime]
        // What is no point in time stays as it was typed, which a field for one would not show.
        guard let value else { return field.merging(Self.pointInTime) { $1 } }
        guard let instant = try? Instant(rfc3339: value) else { return field }
        field["value"] = instant.localText(in: zone).replacing(" ", with: "T")
        field["instant"] = instant.rfc3339
        return field.merging(Self.pointInTime) { $1 }
    }

    private static var pointInTime: [String: Any] { ["type": "datetime-local", "step": "1"] }
}
