import CaseAPI
import Complaints

/// A promise as a line of a table, from what the API says of it.
struct PromiseRow {
    /// The fields that it is made of, for `fields`.
    static let fields =
        "id,case_id,what,kind,owner,accountable,due_at,state,slips,waits_for_acceptance,"
        + "case.subject,case.severity,case.mood,case.customer.id,case.customer.name,case.customer.phone,case.customer.vulnerable"

    private let promise: JSONValue
    private let clock: PageClock

    init(_ promise: JSONValue, _ clock: PageClock) {
        self.promise = promise
        self.clock = clock
    }

    /// For the template `promises`.
    var values: [String: Any] {
        let cells = CaseCells(summary: promise["case"], id: promise["case_id"].integer ?? 0, clock: clock)
        var values = cells.values
        values["id"] = promise["id"].integer ?? 0
        values["case"] = cells.place(ofPromise: promise["id"].integer ?? 0)
        values["what"] = CaseCells.beginning(promise["what"].text ?? "")
        values["slips"] = promise["slips"].integer ?? 0
        values["isOverdue"] = promise["state"].text?.isExactly("overdue") ?? false
        if let owner = cells.person(promise["owner"]) {
            values["owner"] = owner
        } else {
            values["nobody"] = Texts.nobody
        }
        if let state = promise["state"].text.flatMap(PromiseState.init(rawValue:)), state != .open, state != .overdue {
            values["settled"] = Texts.state(state.rawValue)
        }
        if promise["waits_for_acceptance"].isTrue { values["unaccepted"] = Texts.notAcceptedYet }
        if let due = clock.told(promise["due_at"], isDue: true) { values["due"] = due }
        return values
    }
}

/// A table of promises with its head.
struct PromiseTable {
    let caption: String
    let rows: [JSONValue]
    let clock: PageClock

    /// For the template `promises`.
    var values: [String: Any] {
        [
            "caption": caption, "rows": rows.map { PromiseRow($0, clock).values }, "hasRows": !rows.isEmpty,
            "none": Texts.none, "columns": Texts.promiseColumns,
        ]
    }
}
