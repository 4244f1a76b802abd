import CaseStore
import Complaints
import HTTPServer

/// What a handler wants read, and how that is answered.
struct Reading: Sendable {
    enum Work: Sendable {
        /// One answer from one transaction.
        case answer(@Sendable (ReadTransaction) throws -> Response)
        /// A whole list as CSV, page by page.
        case export(Export)
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
    /// The same for later: whoever asked for it is looked at again in each transaction that answers.
    func later(_ readmit: @escaping @Sendable (ReadTransaction) throws -> Void) -> Reading {
        switch work {
        case .answer(let answer):
            Reading(
                asOf: asOf, query: query, bytes: bytes,
                work: .answer { transaction in
                    try readmit(transaction)
                    return try answer(transaction)
                })
        case .export(let export):
            Reading(
                asOf: asOf, query: query, bytes: bytes,
                work: .export(
                    Export(start: export.start) { transaction, after in
                        try readmit(transaction)
                        return try export.piece(transaction, after)
                    }))
        }
    }

    /// Whether its answer may be so long that it is made in its turn.
    var isLong: Bool { bytes > Self.longestAtOnce }

    /// Bytes of an answer for which no other request need wait longer than for most.
    static let longestAtOnce = 64 * 1024

    /// What an error of the store means for this reading, where it means more than elsewhere.
    func problem(for error: StoreError) -> Problem? {
        switch error {
        case .inTheFuture(let now): query.problem(asOfInTheFuture: now)
        default: nil
        }
    }
}

/// A list that is read and written in pieces, each in a short transaction of its own: a slow reader holds no snapshot.
struct Export: Sendable {
    /// Some records as CSV, and where the next ones begin.
    struct Piece: Sendable {
        let bytes: [UInt8]
        let next: PageKey?
    }

    /// Where the list begins; nil for its first record.
    let start: PageKey?
    /// The piece after a record; the first one begins with the names of the columns.
    let piece: @Sendable (ReadTransaction, PageKey?) throws -> Piece
}
