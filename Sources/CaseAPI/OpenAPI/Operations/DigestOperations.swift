import CaseStore
import Complaints
import HTTPTypes

/// `/v1/digest`.
enum DigestOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/digest", "getDigest", "Show what is to be done this week",
            description: """
                What the desk has promised customers, and itself, and has not settled: what is overdue, what is due today and this \
                week, and what waits to be accepted, as of one instant. Of each section the first ones, and how many there are. \
                As text/plain (or format=text) it is the body of a mail: lines of at most \(DigestText.width) columns.
                """,
            query: QuerySchema { DigestQuery(&$0) },
            answer: .init(
                .digest("Digest"), "The digest; in CSV the first column is the section."),
            problems: [.notAcceptable])
    ]
}
