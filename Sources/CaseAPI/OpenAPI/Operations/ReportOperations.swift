import Complaints
import HTTPTypes

/// `/v1/reports`.
enum ReportOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/reports/promises", "reportPromises", "Count what became of promises",
            description: """
                Promises from the desk to customers that are due in [from, to), by their owner at the due instant. A \
                renegotiated date stands beside the kept rate, so that moving dates buys no good score.
                """,
            query: [
                .instant("from", "Due at or after that instant."),
                .query(
                    "to", .instant, "Due before that instant, which lies after from.", example: "2100-01-01T00:00:00Z"),
                .query("group_by", .words(ReportGrouping.self), "Without it, owner.", example: "week"),
                .query(
                    "tz", .text, "The time zone of days, weeks and months, by its IANA name; without it, UTC.",
                    example: "Europe/Berlin"),
                .format, .asOf,
            ],
            answer: .init(.report("PromiseReport"), "The report; in CSV the last record is the total."))
    ]
}
