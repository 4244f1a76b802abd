import Complaints

extension ReportForm<CauseGrouping, CauseFigures> {
    static let causes = ReportForm("Cause", ReportScope(grouping: .cause, example: .process), CauseFigures.shown)
}

extension CauseFigures {
    fileprivate static let shown: [Shown<CauseFigures>] = [
        .count("lessons") { $0.lessons },
        .count("cases", "That they are of.") { $0.cases },
        .count("broken_promises", "To the customers of these cases: late or broken at some time.") {
            $0.brokenPromises
        },
        .count("reviews", "How many lessons promised one.") { $0.reviews },
        .count("reviews_open") { $0.reviewsOpen },
        .count("reviews_overdue") { $0.reviewsOverdue },
        .count("reviews_done", "In time or late.") { $0.reviewsDone },
        .count("reviews_dropped", "Given up, or entered by mistake.") { $0.reviewsDropped },
        .sums("redress", "What the customers of these cases get by their resolutions, each case once.") { $0.redress },
        .value("processes", .array(.text), "At fault, by name.") { $0.processes },
    ]
}
