import CaseStore
import Complaints
import HTTPServer

/// A read plan: what a handler wants read, as of which instant, and what it is answered with. It is made of the request
/// alone, without a look at the database, and is run in one transaction at its instant, wherever that is to be: see
/// `CaseService+Reads`.
struct Reading: Sendable {
    enum Work: Sendable {
        /// One answer from one transaction.
        case answer(@Sendable (ReadTransaction) throws -> Response)
        /// A whole list as CSV, page by page.
        case export(Export)
        /// Events that have come, or come while somebody waits.
        case events(EventQuery)
    }

    /// The instant to read for; nil for now.
    let asOf: Instant?
    let query: CheckedQuery
    let work: Work
    /// How many bytes the answer may have; 0 where it is not long.
    let bytes: Int

    init(asOf: Instant?, query: CheckedQuery, bytes: Int = 0, work: Work) {
        self.asOf = asOf
        self.query = query
        self.bytes = bytes
        self.work = work
    }

    /// One answer; the query is checked before it is made.
    init(
        asOf: Instant?, query: CheckedQuery, bytes: Int = 0,
        _ answer: @escaping @Sendable (ReadTransaction) throws -> Response
    ) {
        self.init(
            asOf: asOf, query: query, bytes: bytes,
            work: .answer { transaction in
                try query.verify(in: transaction)
                return try answer(transaction)
            })
    }
}

extension Reading {
    /// Bytes of an answer for which no other request need wait longer than for most.
    private static let longestAtOnce = 64 * 1024

    /// Where it is run; nil for the loop, in the transaction in which it was found out who asks.
    ///
    /// - Parameter isReport: whether its route's reads take long.
    func place(isReport: Bool) -> ReadPlace? {
        if case .export = work { return .reports }
        return isReport ? .reports : bytes > Self.longestAtOnce ? .turn : nil
    }

    /// What an error of the store means for this plan, where it means more than elsewhere.
    func problem(for error: StoreError) -> Problem? {
        switch error {
        case .inTheFuture(let now): query.problem(asOfInTheFuture: now)
        default: nil
        }
    }
}

/// Where a read plan is run that is not run at once.
enum ReadPlace: Sendable {
    /// On the loop, in its turn: its answer may be long.
    case turn
    /// On a thread of its own, after the batch that is being committed: until then its instant is not closed.
    case closing
    /// On the queue of reports: it takes long, or has been found to.
    case reports
}
