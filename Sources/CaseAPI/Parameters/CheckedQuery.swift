import CaseStore
import Complaints

/// What is left to check of a query, in the transaction that answers it.
struct CheckedQuery: Sendable {
    let parameters: QueryParameters
    let issues: QueryIssues
    let names: [QueryReader.KnownName]
    /// Who was meant by `me`: the same query is another one for somebody else. Nil where it was not asked for.
    let me: String?

    /// A query that has no parameters.
    static func none(_ parameters: QueryParameters) -> CheckedQuery {
        var reader = QueryReader(parameters)
        return reader.finished()
    }

    /// - Throws: 400 with everything that is wrong, names that the database has never seen among it: a typo must not
    ///   look like an empty answer.
    func verify(in transaction: ReadTransaction) throws {
        var issues = issues
        for known in names where try !known.isKnown(in: transaction) {
            issues.append(known.parameter, .unknownValue, try known.advice(in: transaction))
        }
        if !issues.isEmpty { throw issues.problem }
    }

    /// The answer to an `as_of` after now, with what else is wrong.
    func problem(asOfInTheFuture now: Instant) -> Problem {
        var issues = issues
        issues.appendAsOfInTheFuture(now: now)
        return issues.problem
    }
}
