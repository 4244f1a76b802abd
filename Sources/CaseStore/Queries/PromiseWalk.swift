import Complaints

/// Access path through the promises: an index that is walked in its order, or as far as it has to be. Which one is decided
/// here and not by SQLite, which can't know how much there is of what.
struct PromiseWalk: Hashable {
    let index: String
    /// What makes the promises of this walk others than those of another, and lets SQLite use the index.
    var conditions: [String] = []

    /// The tables that the filter's conditions are about.
    func from(_ filter: PromiseFilter) -> CountedWalk {
        let cases = filter.asksForCases ? " CROSS JOIN complaint_case c ON c.id = p.case_id" : ""
        return CountedWalk(tables: "promise p INDEXED BY \(index)\(cases)", conditions: conditions)
    }
}

extension PromiseFilter {
    /// What the desk owes its customers and has not done in time.
    static var overdue: PromiseFilter {
        var filter = PromiseFilter()
        filter.states = [.overdue]
        return filter
    }

    /// The walks that together meet every promise that the filter may let through, each once.
    ///
    /// What is of one case or customer is little enough to be sorted. What is unsettled has an index of its own, whose
    /// cost does not grow with what was settled; as of an earlier instant, what has been settled since comes in
    /// besides: what was overdue then by the instant of its late settlement, so that what was settled late since then
    /// is walked and no more; what was open then by its due instant, which lies after that instant. All else is walked
    /// by due instant, through promises that are not meant if need be.
    func walks(isHistorical: Bool) -> [PromiseWalk] {
        if caseID != nil || customerID != nil || contact != nil { return [PromiseWalk(index: "promise_by_case")] }
        let unsettled: Set<PromiseState> = [.open, .overdue]
        let (isDueSoon, isUnsettled) = (dueSoon == true, unaccepted == true || inAbsence == true)
        let meant = states.isEmpty && isDueSoon ? [.open] : states.isEmpty && isUnsettled ? unsettled : states
        guard isDueSoon || isUnsettled || (!meant.isEmpty && meant.isSubset(of: unsettled)) else {
            return [PromiseWalk(index: "promise_by_due_at")]
        }
        var walks = [PromiseWalk(index: "promise_unsettled", conditions: ["p.recorded_at IS NULL"])]
        guard isHistorical else { return walks }
        if meant.contains(.overdue) {
            walks.append(
                PromiseWalk(
                    index: "promise_settled_late",
                    conditions: ["p.recorded_at > p.due_at", "p.recorded_at > :now", "p.due_at < :now"]))
        }
        if isDueSoon || meant.contains(.open) {
            walks.append(
                PromiseWalk(
                    index: "promise_by_due_at", conditions: ["p.recorded_at > :now", "p.due_at >= :now"]))
        }
        return walks
    }

    /// Whether some condition is about the promise's case.
    fileprivate var asksForCases: Bool {
        team != nil || category != nil || !tags.isEmpty || !severities.isEmpty || dueSoon != nil
    }
}
