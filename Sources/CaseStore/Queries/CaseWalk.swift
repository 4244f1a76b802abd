import Complaints

/// Access path through the cases: what is walked in its order, or looked up. Which one is decided here and not by SQLite,
/// which can't know how much there is of what.
struct CaseWalk {
    /// `complaint_case c`, with the index that is walked.
    let cases: String
    /// The same, where cases are wanted by id.
    let casesByID: String
    /// Whether it meets so few cases that these can be sorted: those of a customer, those that are overdue, those with
    /// certain words.
    let isBounded: Bool

    private init(index: String, isBounded: Bool = false) {
        cases = "complaint_case c INDEXED BY \(index)"
        casesByID = cases
        self.isBounded = isBounded
    }

    private init(cases: String, casesByID: String, isBounded: Bool) {
        self.cases = cases
        self.casesByID = casesByID
        self.isBounded = isBounded
    }

    static let ofCustomer = CaseWalk(index: "complaint_case_by_customer", isBounded: true)
    /// By ids that the conditions give.
    static let lookedUp = CaseWalk(
        cases: "complaint_case c NOT INDEXED", casesByID: "complaint_case c NOT INDEXED", isBounded: true)
    static let byExternalID = CaseWalk(index: "complaint_case_by_external_id", isBounded: true)
    static let open = CaseWalk(index: "complaint_case_open")
    static let byOpening = CaseWalk(
        cases: "complaint_case c INDEXED BY complaint_case_by_opened_at", casesByID: "complaint_case c NOT INDEXED",
        isBounded: false)
}

extension CaseFilter {
    /// The walk that meets every case the filter may let through, and the fewest others.
    ///
    /// - Parameter customersHaveChanged: whether some case was another customer's then than it is today.
    func walk(isHistorical: Bool, customersHaveChanged: Bool = false) -> CaseWalk {
        // Whose key it was at an earlier instant the index does not know alone.
        if externalID != nil { return isHistorical ? .lookedUp : .byExternalID }
        if customerID != nil { return customersHaveChanged ? .lookedUp : .ofCustomer }
        if overdue == true || search != nil || contact != nil || resolvedAfter != nil { return .lookedUp }
        // What a case's status was at an earlier instant no index knows.
        if !isHistorical, statuses == [.open] || silent == true || waitingOnCustomer == true { return .open }
        return .byOpening
    }
}
