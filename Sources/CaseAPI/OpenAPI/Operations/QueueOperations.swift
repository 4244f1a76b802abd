import CaseStore
import Complaints
import HTTPTypes

/// `/v1/queue`.
enum QueueOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/queue", "listQueue", "List what waits for somebody",
            description: """
                One item a reason, by kind in this order: \(QueueKind.allCases.map(\.meaning).joined(separator: ", ")). Of \
                one kind what has waited longest comes first.
                """,
            query: .list(.queue, QueueFilter.init(_:)), answer: .init(.list("QueueItem"), "A page of them."))
    ]
}
