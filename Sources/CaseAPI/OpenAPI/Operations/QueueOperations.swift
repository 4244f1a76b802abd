import CaseStore
import Complaints
import HTTPTypes

/// `/v1/queue`.
enum QueueOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/queue", "listQueue", "List what waits for somebody",
            description: """
                One item a reason, by kind in this order: credible threats to somebody's safety that no supervisor has \
                joined for, threats that nobody has looked into (those to safety first), escalations that no supervisor \
                has joined, overdue promises, resolutions that the customer is not content with, concessions that wait \
                for a manager, disputes that no manager has decided, new cases of customers whose relationship was ended, \
                promises that their owners have yet to accept or have declined. Of one kind what has waited longest comes \
                first.
                """,
            query: .list(.queue, QueueFilter.init(_:)), answer: .init(.list("QueueItem"), "A page of them."))
    ]
}
