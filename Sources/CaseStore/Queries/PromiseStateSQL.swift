import Complaints

/// `Promise.state(at:)` once more, as conditions on the columns of `promise p` at the instant `:now`. The tests hold
/// the two together.
struct PromiseStateSQL {
    /// Whether what was recorded after `:now` has to be taken away.
    let isHistorical: Bool

    var unsettled: String { unsettled(of: "p") }

    /// The same of another promise of the statement.
    func unsettled(of promise: String) -> String {
        isHistorical
            ? "(\(promise).recorded_at IS NULL OR \(promise).recorded_at > :now)" : "\(promise).recorded_at IS NULL"
    }

    private var settled: String {
        isHistorical ? "p.recorded_at <= :now" : "p.recorded_at IS NOT NULL"
    }

    /// That a dispute of its keep was upheld.
    private var upheld: String { isHistorical ? "p.upheld_at <= :now" : "p.upheld_at IS NOT NULL" }

    /// That none was.
    private var notUpheld: String {
        isHistorical ? "(p.upheld_at IS NULL OR p.upheld_at > :now)" : "p.upheld_at IS NULL"
    }

    /// That a promise from the desk to the customer, the only ones that make a timeline.
    static let toCustomer = "p.promised_by = 'desk' AND p.promised_to = 'customer'"

    /// That its owner has yet to accept it, as of today.
    static let unaccepted = "p.recorded_at IS NULL AND p.asked_at IS NOT NULL AND p.accepted_at IS NULL"

    /// Who can promise to whom: what the index on unsettled promises begins with.
    static let parties = [(by: "desk", to: "customer"), (by: "desk", to: "us"), (by: "customer", to: "us")]

    /// That the promise is in one of the states; nil when it may be in any.
    func isIn(_ states: Set<PromiseState>) -> String? {
        guard !states.isEmpty, states.count < PromiseState.allCases.count else { return nil }
        var rest = states
        var conditions: [String] = []
        if rest.isSuperset(of: [.open, .overdue]) {
            rest.subtract([.open, .overdue])
            conditions.append(unsettled)
        }
        conditions += rest.sorted { $0.rawValue < $1.rawValue }.map(condition)
        return conditions.count == 1 ? conditions[0] : "(\(conditions.joined(separator: " OR ")))"
    }

    /// `Release.isRelease`, as what `p.release` is one of.
    static let releases = "('customer_agreed', '\(Release.endedCause)')"

    /// `Promise.wasEverBroken(at:)`: settled, or still unsettled now, past its due instant, given up without the
    /// customer's release, or found not to have been kept.
    var wasEverBroken: String {
        """
        (CASE WHEN \(unsettled) THEN p.due_at < :now
            WHEN \(Self.keptBeforeMade) THEN coalesce(\(upheld), 0)
            ELSE p.due_at < p.recorded_at OR coalesce(p.release NOT IN \(Self.releases), 0)
                OR coalesce(\(upheld), 0) END)
        """
    }

    /// Due before it was made, and kept by then, of which the service was told later.
    static let keptBeforeMade =
        "coalesce(p.kept_at <= p.due_at AND p.due_at < coalesce(p.first_made_at, p.made_at), 0)"

    private func condition(_ state: PromiseState) -> String {
        switch state {
        case .open: "(\(unsettled) AND p.due_at >= :now)"
        case .overdue: "(\(unsettled) AND p.due_at < :now)"
        case .kept: "(\(settled) AND p.kept_at <= p.due_at AND \(notUpheld))"
        case .keptLate: "(\(settled) AND p.kept_at > p.due_at AND \(notUpheld))"
        case .renegotiated: "(\(settled) AND p.superseded_at <= p.due_at)"
        case .withdrawn:
            "(\(settled) AND p.withdrawn_at <= p.due_at AND p.release IN \(Self.releases))"
        case .broken:
            """
            (\(settled) AND (p.superseded_at > p.due_at
                OR p.withdrawn_at > p.due_at OR p.release NOT IN \(Self.releases) OR \(upheld)))
            """
        case .transferred: "(\(settled) AND p.transferred_at IS NOT NULL)"
        case .void: "(\(settled) AND p.voided_at IS NOT NULL)"
        }
    }
}
