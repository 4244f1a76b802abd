import CaseStore
import Complaints
import HTTPTypes

/// `/v1/cases/{id}/log` and `/v1/log`.
enum LogOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/cases/{id}/log", "listLog", "List a case's log", description: "Append-only, oldest first.",
            query: .list(.log, EntryFilter.init(withKinds:)), answer: .init(.list("LogEntry"), "A page of it."),
            problems: [.notFound]),
        APIOperation(
            .post, "/v1/cases/{id}/log", "writeLog", "Write an entry to a case's log",
            description: """
                kind decides what else there is. Some do more: a mood changes the case's, an agreement, a cool_off and a \
                refusal make a promise, a threat and a concession may wait for somebody.
                """,
            body: APIOperation.Body(
                LogRequest.init(_:),
                examples: LogExamples.all),
            answer: .init(.created("WrittenEntry"), "The entry, with the promise it made."),
            problems: [.caseNotOpen, .optionNotOffered, .concessionDecided, .disputeDecided, .calendarMissing]),
        APIOperation(
            .get, "/v1/cases/{id}/log/{seq}", "getLogEntry", "Show an entry of a case's log", query: .single,
            answer: .init(.resource("LogEntry"), "The entry.")),
        APIOperation(
            .get, "/v1/log/head", "getLogHead", "Show the end of the hash chain over all logs",
            description: "Written down elsewhere, it lets casekeeper verify find a log that was cut off or rewritten.",
            query: .current, answer: .init(.document("LogHead"), "The head."), problems: [.notFound]),
        APIOperation(
            .post, "/v1/log/epoch", "tellEpoch", "Say that another service has the record in an epoch",
            description: """
                After a failover, to one that may have gone on: with a higher epoch than its own it keeps no changes any more, \
                from the next one on (503 superseded), until it is promoted. Another number changes nothing. casekeeper verify \
                --against does it where it finds such a service.
                """,
            body: APIOperation.Body(
                PlainRequests.epoch, examples: [APIOperation.Example("own", "One that is not higher", ["epoch": 1])]),
            answer: .init(.document("Epochs"), "What is known of epochs here."), problems: [.otherRecord]),
    ]
}
