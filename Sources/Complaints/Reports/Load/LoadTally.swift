/// Counts what one group of the report on load carries.
struct LoadTally: ReportTally {
    private var figures = LoadFigures()
    private var people: [FoldedName: ContactCount] = [:]
    private var hotCases: Set<Int64> = []
    private(set) var hardCases: Set<Int64> = []

    /// Counts an observation of that day, each after those that were recorded before it.
    mutating func add(_ fact: MoodFact, onDay day: Int) {
        people[FoldedName(fact.by), default: ContactCount()].observe(fact.mood, inCase: fact.caseID, onDay: day)
        guard fact.mood.isHot else { return }
        hotCases.insert(fact.caseID)
        hardCases.insert(fact.caseID)
    }

    /// Counts how a case ended, or that somebody was thanked.
    mutating func add(_ outcome: OutcomeFact) {
        switch outcome {
        case .resolved(customerAccepted: true): figures.accepted += 1
        case .resolved(customerAccepted: false): figures.notAccepted += 1
        case .thanks: figures.thanked += 1
        }
    }

    /// Counts a promise that is due in the range, or unsettled.
    mutating func add(_ state: PromiseState) {
        switch state {
        case .open: figures.open += 1
        case .overdue: figures.overdue += 1
        case .kept: figures.kept += 1
        case .keptLate, .renegotiated, .withdrawn, .broken, .transferred, .void: break
        }
    }

    /// Notes that a promise of the case was late or broken.
    mutating func add(hardCase id: Int64) {
        hardCases.insert(id)
    }

    /// Adds what another group counted.
    mutating func add(_ other: LoadTally) {
        for (name, count) in other.people { people[name, default: ContactCount()].add(count) }
        figures.open += other.figures.open
        figures.overdue += other.figures.overdue
        figures.kept += other.figures.kept
        figures.accepted += other.figures.accepted
        figures.notAccepted += other.figures.notAccepted
        figures.thanked += other.figures.thanked
        hotCases.formUnion(other.hotCases)
        hardCases.formUnion(other.hardCases)
    }

    /// The counts, when these are the cases that were talked over.
    func figures(debriefed: Set<Int64>) -> LoadFigures {
        var figures = figures
        figures.contacts = people.values.reduce(0) { $0 + $1.contacts }
        figures.hotContacts = people.values.reduce(0) { $0 + $1.hot }
        figures.hotInARow = people.values.map(\.hotInARow).max() ?? 0
        figures.hotCases = hotCases.count
        figures.hardCases = hardCases.count
        figures.hardCasesWithoutDebrief = hardCases.subtracting(debriefed).count
        return figures
    }
}
