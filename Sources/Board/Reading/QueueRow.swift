import CaseAPI
import Complaints

/// Something that waits for somebody, as a line of a table.
struct QueueRow {
    /// All that waits but what has a table of its own: overdue promises, and cases without news.
    static let kinds = QueueKind.allCases.filter { $0 != .overdue && $0 != .updateDue }.map(\.rawValue)
        .joined(separator: ",")

    private let item: JSONValue
    private let clock: PageClock

    init(_ item: JSONValue, _ clock: PageClock) {
        self.item = item
        self.clock = clock
    }

    /// For the template `queue`.
    var values: [String: Any] {
        let summary = item["case"]
        let customer = summary["customer"]
        var values: [String: Any] = [
            "case": clock.link("/board/cases/\(summary["id"].integer ?? 0)"), "caseID": summary["id"].integer ?? 0,
            "subject": summary["subject"].text ?? "", "customer": customer["name"].text ?? "",
            "why": item["why"].text ?? "", "kind": Texts.queueKind(item["kind"].text),
            "severity": summary["severity"].text ?? "", "severityName": Texts.severity(summary["severity"].text),
            "mood": summary["mood"].text ?? "", "moodName": Texts.mood(summary["mood"].text),
        ]
        if let phone = customer["phone"].text { values["phone"] = ["number": phone, "link": Link.telephone(phone)] }
        if let name = item["waits_for"].text { values["for"] = ["name": name, "link": clock.link(Link.owner(name))] }
        if let since = Instant(item["since"]) {
            values["since"] = clock.moment(since)
            values["distance"] = Texts.distance(clock.distance(to: since), isPast: since <= clock.now)
        }
        return values
    }
}

/// A table of what waits.
struct QueueTable {
    private let title: String
    private let id: String
    private let items: [JSONValue]
    private let clock: PageClock

    init(_ title: String, _ id: String, _ items: [JSONValue], _ clock: PageClock) {
        self.title = title
        self.id = id
        self.items = items
        self.clock = clock
    }

    /// For the template `queue`.
    var values: [String: Any] {
        [
            "title": title, "id": id, "rows": items.map { QueueRow($0, clock).values }, "hasRows": !items.isEmpty,
            "none": Texts.nothingWaits, "columns": Texts.queueColumns,
        ]
    }
}

/// What each of the team carries.
struct LoadTable {
    private let owners: [JSONValue]
    private let clock: PageClock

    init(_ owners: [JSONValue], _ clock: PageClock) { (self.owners, self.clock) = (owners, clock) }

    /// For the template `load`.
    var values: [String: Any] {
        [
            "title": Texts.loadTitle, "columns": Texts.loadColumns, "hasRows": !owners.isEmpty, "none": Texts.none,
            "rows": owners.map { owner -> [String: Any] in
                let name = owner["name"].text ?? ""
                var values: [String: Any] = [
                    "name": name, "link": clock.link(Link.owner(name)), "open": owner["open"].integer ?? 0,
                    "overdue": owner["overdue"].integer ?? 0, "dueToday": owner["due_today"].integer ?? 0,
                    "cases": owner["open_cases"].integer ?? 0, "isLate": (owner["overdue"].integer ?? 0) > 0,
                ]
                if owner["absent"].isTrue { values["absent"] = Texts.absent }
                return values
            },
        ]
    }
}
