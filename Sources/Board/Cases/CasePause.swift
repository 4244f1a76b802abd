import CaseAPI
import Complaints

/// That the talk with a customer rests until somebody calls again, as guidance has it, and what was promised for a time before that.
struct CasePause {
    /// What falls into the pause.
    let promises: [JSONValue]

    /// - Parameters:
    ///   - advice: what `GET /v1/cases/{id}/guidance` answers.
    ///   - file: the case with its promises.
    init?(_ advice: JSONValue, _ file: JSONValue) {
        let pause = advice["items"].items.first {
            $0["tactic"].text?.isExactly(Tactic.coolOff.rawValue) ?? false
                && $0["state"].text?.isExactly(Guidance.State.done.rawValue) ?? false
        }
        let promises = file["promises"].items
        guard let id = pause?["promise_ids"].items.first?.integer,
            let callback = promises.first(where: { $0["id"].integer == id }), Self.isUnsettled(callback),
            let end = Instant(callback["due_at"])
        else { return nil }
        self.promises = promises.filter { promise in
            promise["id"].integer != id && Self.isUnsettled(promise)
                && promise["to"].text?.isExactly(Promisee.customer.rawValue) ?? false
                && Instant(promise["due_at"]).map { $0 < end } ?? false
        }
    }

    private static func isUnsettled(_ promise: JSONValue) -> Bool {
        promise["state"].text.flatMap(PromiseState.init(rawValue:)).map { [.open, .overdue].contains($0) } ?? false
    }
}
