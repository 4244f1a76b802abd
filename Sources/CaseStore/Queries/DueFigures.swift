public import Complaints

/// What is open and what of it presses, for whoever watches the service: counted no further than a limit, so that it stays cheap
/// however much there is.
public struct DueFigures: Sendable, Hashable {
    /// Cases that are open.
    public var openCases = 0
    /// Unsettled promises to customers that are past due. Of those that are counted, the soonest come first; so are those of
    /// `dueSoon`, `dueLater` and `unowned`.
    public var overdue = 0
    /// Those that fall due within the span that was asked for.
    public var dueSoon = 0
    /// Those that fall due after that.
    public var dueLater = 0
    /// Those of any of the three that are nobody's.
    public var unowned = 0
    /// Unsettled promises that somebody was asked to take on and has not accepted (T4).
    public var unaccepted = 0
    /// For how long the one has been overdue that has been for longest; zero where none is.
    public var longestOverdue = ElapsedTime.zero

    /// All zero.
    public init() {}
}

extension ReadTransaction {
    /// What is open now, and what of it presses.
    ///
    /// - Parameters:
    ///   - span: how soon what falls due counts as `dueSoon`.
    ///   - limit: how many cases, promises and promises that are not accepted are counted at most, each.
    public func dueFigures(dueWithin span: ElapsedTime, upTo limit: Int) throws -> DueFigures {
        var figures = DueFigures()
        _ = try statements.first(
            Self.countUnsettled, db,
            bind: { row in
                row.add(asOf)
                row.add(asOf + span)
                row.add(Int64(limit))
            }
        ) { row in
            figures.overdue = Int(row.integer(0))
            figures.dueSoon = Int(row.integer(1)) - figures.overdue
            figures.dueLater = Int(row.integer(2)) - figures.overdue - figures.dueSoon
            figures.unowned = Int(row.integer(3))
            if let first = row.optionalInstant(4), first < asOf { figures.longestOverdue = asOf - first }
        }
        figures.unaccepted = try count(Self.countUnaccepted, upTo: limit)
        figures.openCases = try count(Self.countOpenCases, upTo: limit)
        return figures
    }

    private func count(_ sql: SQL, upTo limit: Int) throws -> Int {
        try statements.first(sql, db, bind: { $0.add(Int64(limit)) }) { Int($0.integer(0)) } ?? 0
    }

    private static let countUnsettled = SQL(
        """
        SELECT count(*) FILTER (WHERE due_at < ?1), count(*) FILTER (WHERE due_at < ?2), count(*),
            count(*) FILTER (WHERE owner_id IS NULL), min(due_at)
        FROM (
            SELECT p.due_at, p.owner_id FROM promise p
            WHERE p.recorded_at IS NULL AND \(PromiseStateSQL.toCustomer)
            ORDER BY p.due_at
            LIMIT ?3)
        """)

    private static let countUnaccepted = SQL(
        """
        SELECT count(*) FROM (
            SELECT 1 FROM promise p
            WHERE \(PromiseStateSQL.unaccepted)
            LIMIT ?)
        """)

    private static let countOpenCases = SQL(
        """
        SELECT count(*) FROM (SELECT 1 FROM complaint_case c WHERE c.status = 'open' LIMIT ?)
        """)
}
