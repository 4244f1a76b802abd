import Complaints

/// What the page of reports says, in English.
enum ReportTexts {
    // MARK: Headings
    static let kept = "Kept, and moved"
    static let overdue = "Overdue, day by day"
    static let late = "How late"
    static let causes = "Causes"
    static let clocks = "Clocks of a regime"

    static func load(by grouping: String) -> String { grouping == "team" ? "Load by team" : "Load by owner" }

    // MARK: Columns and series
    static let week = "Week"
    static let day = "Day"
    static let asOf = "As of"
    static let total = "Total"
    static let keptRate = "Kept rate"
    static let instant = "Within a minute"
    static let backdated = "Told too late"
    static let keptAtFirstDate = "By first date"
    static let renegotiationRate = "Moved"
    static let due = "Due"
    static let keptCount = "Kept"
    static let keptLate = "Kept late"
    static let broken = "Broken"
    static let overdueNow = "Overdue"
    static let overdueAtEnd = "Overdue promises"
    static let open = "Open"
    static let median = "Median"
    static let p90 = "Nine in ten"
    static let longest = "Longest"
    static let cause = "Cause"
    static let cases = "Cases"
    static let lessons = "Lessons"
    static let brokenPromises = "Late or broken"
    static let reviewsOpen = "Reviews open"
    static let reviewsOverdue = "Reviews overdue"
    static let reviewsDone = "Reviews done"
    static let contacts = "Contacts"
    static let hotContacts = "Angry or abusive"
    static let hotInARow = "In a row"
    static let hardCases = "Hard cases"
    static let withoutDebrief = "Not talked over"
    static let thanked = "Thanked"
    static let clock = "Clock"
    static let stage = "Stage"
    static let started = "Started"
    static let within = "Within"
    static let lateClocks = "Late"
    static let running = "Running"
    static let dropped = "Dropped"
    static let extended = "Extended"
    static let medianDays = "Median days"
    static let nobody = "Nobody"
    static let notSaid = "Not said"
    static let nothing = "–"

    static func heading(of grouping: String) -> String { grouping == "team" ? "Team" : "Owner" }

    // MARK: The form
    static let period = "Period"
    static let noPeriod = "By dates"
    static let from = "From"
    static let to = "To, not included"
    static let rangeHint = "Without a range it is the last \(ReportsQuery.usualWeeks) weeks."
    static let filtersHint = """
        Owner, team and category narrow down what was overdue day by day. All other reports are of the whole desk.
        """
    static let wholeDesk = "Of the whole desk: this report cannot be narrowed down."
    static let zone = "Time zone"
    static let groupBy = "Load by"
    static let regime = "Regime"
    static let show = "Show"
    /// What the parameters of the page are called, where they mean something else than in lists.
    static let parameters = [
        "period": period, "from": from, "to": to, "tz": zone, "group_by": groupBy, "regime": regime,
    ]
    static let rangeAndFilters = "Another range, or narrowed down"
    static let asCSV = "As CSV"

    static func table(of title: String) -> String { "\(title), as a table" }

    static func name(of period: NamedPeriod) -> String {
        switch period {
        case .today: "Today"
        case .yesterday: "Yesterday"
        case .thisWeek: "This week"
        case .lastWeek: "Last week"
        case .thisMonth: "This month"
        case .lastMonth: "Last month"
        case .thisYear: "This year"
        }
    }

    /// A share with what it is worked out from: `74 % (63 of 85)`.
    static func share(_ share: Double?, _ part: Int?, of whole: Int?) -> String {
        guard let share, let part, let whole else { return self.share(share) }
        // Broken between the two alone.
        let space = "\u{A0}"
        return self.share(share).replacing(" ", with: space) + " (\(part)\(space)of\(space)\(whole))"
    }

    // MARK: Figures
    /// A share in whole hundredths: `83 %`.
    static func share(_ share: Double?) -> String {
        share.map { "\(Int(($0 * 100).rounded())) %" } ?? nothing
    }

    static func of(_ count: Int) -> String { "of \(count)" }

    static func count(_ count: Int?, isCapped: Bool = false) -> String {
        count.map { "\($0)\(isCapped ? "+" : "")" } ?? nothing
    }

    /// Hours as they are read, and what is shorter in the unit of which there is one: `5 s`, `24 min`, `1.5 h`, `380 h`.
    static func hours(_ hours: Double?) -> String {
        guard let hours else { return nothing }
        let seconds = Self.seconds(hours)
        return switch seconds {
        case 1..<60: "\(seconds) s"
        case 60..<3600: "\((seconds + 30) / 60) min"
        default: "\(tenths(hours, below: 10)) h"
        }
    }

    /// Hours in words: `3 hours`, `4 days`.
    static func span(_ hours: Double?) -> String {
        guard let hours else { return nothing }
        return switch hours {
        case ..<(1 / 60): counted(max(1, seconds(hours)), "second")
        case ..<1: counted(Int((hours * 60).rounded(.up)), "minute")
        case ..<48: counted(Int(hours.rounded(.up)), "hour")
        default: counted(Int((hours / 24).rounded(.up)), "day")
        }
    }

    /// Whole seconds of hours, which are exact to the millisecond.
    private static func seconds(_ hours: Double) -> Int {
        Int(((hours * 3_600_000).rounded() / 1000).rounded(.up))
    }

    /// The range of the page, on paper.
    static func paperRange(_ from: String, _ to: String, _ zone: String) -> String {
        "From \(from) until \(to), which is not in it, by the clocks of \(zone)"
    }
    static let paperAsOf = "As of"

    static func days(_ days: Double?) -> String { days.map { tenths($0, below: 100) } ?? nothing }

    /// With a tenth where it says something.
    private static func tenths(_ value: Double, below limit: Double) -> String {
        value < limit ? ((value * 10).rounded() / 10).fixed : "\(Int(value.rounded()))"
    }

    static func casesAndBroken(_ cases: Int, _ broken: Int) -> String {
        "\(counted(cases, "case")), \(broken) late or broken"
    }

    static func overdueAndOpen(_ overdue: Int, _ open: Int) -> String { "\(overdue) overdue, \(open) open" }

    static func withinAndLate(_ within: Int, _ late: Int) -> String { "\(within) within, \(late) late" }

    private static func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    /// A week of which the range, or the time that has passed, has only a part.
    static func inPart(_ week: String, isSoFar: Bool) -> String { isSoFar ? "\(week), so far" : "\(week), in part" }

    // MARK: Sentences
    static func keptSummary(rate: String, of count: Int, original: String, moved: String) -> String {
        guard count > 0 else { return "No promise of the range has come to its due date yet." }
        return """
            \(rate) of \(counted(count, "promise")) kept. By the date that was told first: \(original). \
            Moved in time: \(moved). Overdue is what has missed its date and can still be done; broken what was then withdrawn \
            or promised anew. The kept rate is those counted as kept of the promises beside them: of those kept, neither what was kept \
            within a minute of its making, which is in no rate, nor what was recorded only after its date. Moved is the moved promises \
            of those due, without what ended with the relationship. By first date is of chains of promises, which are not counted here.
            """
    }

    static func overdueSummary(first: Int?, last: Int?, most: Int) -> String {
        guard let first, let last else { return "No day of the range is over yet." }
        return "From \(first) to \(last), and \(most) at most. Each day as the record had it at its end."
    }

    static func lateSummary(median: String, p90: String, most: String) -> String {
        guard most != nothing else { return "Nothing that was due in the range was settled after its date." }
        return """
            Of those kept late or broken, half were so by \(median) at most, nine of ten by \(p90) at most, and the latest by \(most). \
            What was given up before its date is broken, and no time late.
            """
    }

    static func causesSummary(lessons: Int, cases: Int, first: String?) -> String {
        guard let first else { return "No lesson was written down in the range." }
        return "\(counted(lessons, "lesson")) of \(counted(cases, "case")). Most often: \(first)."
    }

    static func loadSummary(open: Int, overdue: Int) -> String {
        """
        \(counted(open + overdue, "promise")) to customers to be kept, \(overdue) of them overdue. Hard cases are those in which the \
        customer was angry or abusive, or a promise was late or broken; not talked over are those of them that nobody has talked over \
        with anybody since.
        """
    }

    static func clocksSummary(regime: String, opened: Int, settled: Int, pastDeadline: Int) -> String {
        guard opened > 0 else { return "\(regime): no case was received in the range." }
        return "\(regime): \(counted(opened, "case")), \(settled) settled, \(pastDeadline) past the final date."
    }
}
