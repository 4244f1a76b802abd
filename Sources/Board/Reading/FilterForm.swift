import CaseAPI
import Complaints

/// The fields by which a page is narrowed down, with what its address has of them.
struct FilterForm {
    let filters: Filters
    /// By whose clocks a point in time is typed.
    let zone: Zone

    /// For the template `filters`.
    var values: [String: Any] {
        [
            "label": Texts.filters, "apply": Texts.apply, "clear": Texts.clear,
            "isNarrowed": filters.all.contains { $0.value != nil }, "fields": fields,
        ]
    }

    /// The fields alone, for the template `filterfields`.
    var fields: [[String: Any]] { filters.all.map { field($0.name, $0.value) } }

    /// What the page is narrowed down to, in words: for paper, where there are no forms.
    var summary: String {
        filters.all.compactMap { name, value in
            name.isExactly("as_of") ? nil : value.map { Texts.narrowed(Texts.filter(name), $0) }
        }.joined(separator: ", ")
    }

    private func field(_ name: String, _ value: String?) -> [String: Any] {
        var field: [String: Any] = [
            "name": name, "label": Texts.filter(name), "value": value ?? "", "type": "text", "limit": "200",
            "reader": "", "instant": "", "step": "", "clocks": false,
        ]
        guard name.isExactly("as_of") else { return field }
        field["reader"] = "instant"
        field["clocks"] = ["before": Texts.byTheClocksOf, "zone": zone.name, "unclear": Texts.unclearTime]
        field["limit"] = ""
        // What is no point in time stays as it was typed, which a field for one would not show.
        guard let value else { return field.merging(Self.pointInTime) { $1 } }
        guard let instant = try? Instant(rfc3339: value) else { return field }
        field["value"] = instant.localText(in: zone).replacing(" ", with: "T")
        field["instant"] = instant.rfc3339
        return field.merging(Self.pointInTime) { $1 }
    }

    private static var pointInTime: [String: Any] { ["type": "datetime-local", "step": "1"] }
}
