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
            query: .report(.promises), answer: .init(.report("PromiseReport"), answer)),
        APIOperation(
            .get, "/v1/reports/load", "reportLoad", "Count what people have to bear",
            description: """
                Observed moods that were recorded in [from, to), for whoever noted them, and cases that were hard in \
                it: with a customer who was angry or abusive, or with a promise to them due in the range that was late or \
                broken at some time. open and overdue are promises to customers as of as_of, whenever they are due.
                """,
            query: .report(.load), answer: .init(.report("LoadReport"), answer)),
        APIOperation(
            .get, "/v1/reports/causes", "reportCauses", "Rank what went wrong",
            description: """
                Lessons that were recorded in [from, to), the most cases first, then the most broken promises of these \
                cases; days, weeks and months in their order. Reviews that were renegotiated or recovered are what took \
                their place.
                """,
            query: .report(.causes),
            answer: .init(.report("CauseReport"), answer)),
        APIOperation(
            .get, "/v1/reports/threats", "reportThreats", "Count threats, and what was in them",
            description: """
                Threats that were recorded in [from, to), by their latest assessment as of as_of; unassessed ones have no \
                verdict.
                """,
            query: .report(.threats),
            answer: .init(.report("ThreatReport"), answer)),
        APIOperation(
            .get, "/v1/reports/concessions", "reportConcessions", "Count what was given away",
            description: """
                Concessions that were recorded in [from, to), in their state as of as_of. Amounts are added up by \
                currency; in CSV each currency has columns of its own, the last ones.
                """,
            query: .report(.concessions),
            answer: .init(.report("ConcessionReport"), answer)),
        APIOperation(
            .get, "/v1/reports/regime", "reportRegime", "Count what an authority asks for",
            description: """
                Cases under the regime whose complaints were received in [from, to), or that were settled in it (by), as they stand \
                as of as_of: how many are settled, how each clock of the regime was kept, at which stage they are, what was found, and what customers get. \
                Clocks that make a promise go by its first due instant; the others are counted by the regime's version of the stage.
                """,
            query: .report(.regime),
            answer: .init(
                .report("RegimeReport"),
                "The report; in CSV there are records of each group's cases, stages and clocks, and the last are the total's."
            )),
    ]

    private static let answer = "The report; in CSV the last record is the total."
}
