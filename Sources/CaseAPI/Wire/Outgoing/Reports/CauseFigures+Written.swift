import Complaints

extension CauseFigures: WrittenFigures {
    func writeMembers(to json: inout JSONWriter) {
        json.member("lessons", lessons)
        json.member("cases", cases)
        json.member("broken_promises", brokenPromises)
        json.member("processes", array: { json in for process in processes { json.value(process) } })
        json.member("reviews", reviews)
        json.member("reviews_open", reviewsOpen)
        json.member("reviews_overdue", reviewsOverdue)
        json.member("reviews_done", reviewsDone)
        json.member("reviews_dropped", reviewsDropped)
    }

    static func columns(of figures: [CauseFigures]) -> [CSVColumn<CauseFigures>] {
        [
            .count("lessons", \.lessons), .count("cases", \.cases), .count("broken_promises", \.brokenPromises),
            .count("reviews", \.reviews), .count("reviews_open", \.reviewsOpen),
            .count("reviews_overdue", \.reviewsOverdue), .count("reviews_done", \.reviewsDone),
            .count("reviews_dropped", \.reviewsDropped),
            CSVColumn("processes") { .text($0.processes.joined(separator: "; ")) },
        ]
    }
}
