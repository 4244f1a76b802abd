/// Counts what one group of the report on load carries.
struct LoadTally: ReportTally {
    private var figures = LoadFigures()
    private var hotCases: Set<Int64> = []
    private(set) var hardCases: Set<Int64> = []

    /// Counts an observation, each after those that were recorded before it.
    mutating func add(_ fact: MoodFact) {
        figures.contacts += 1
        guard fact.mood.isHot else {
            figures.hotInARow = 0
            return
        }
        figures.hotContacts += 1
        figures.hotInARow += 1
        hotCases.insert(fact.caseID)
        hardCases.insert(fact.caseID)
    }

    /// Counts an unsettled promise.
    mutating func add(_ state: PromiseState) {
        switch state {
        case .open: figures.open += 1
        case .overdue: figures.overdue += 1
        case .kept, .keptLate, .renegotiated, .withdrawn, .broken, .void: break
        }
    }

    /// Notes that a promise of the case was late or broken.
    mutating func add(hardCase id: Int64) {
        hardCases.insert(id)
    }

    /// Adds what another group counted.
    mutating func add(_ other: LoadTally) {
        figures.contacts += other.figures.contacts
        figures.hotContacts += other.figures.hotContacts
        figures.hotInARow = max(figures.hotInARow, other.figures.hotInARow)
        figures.open += other.figures.open
        figures.overdue += other.figures.overdue
        hotCases.formUnion(other.hotCases)
        hardCases.formUnion(other.hardCases)
    }

    /// The counts, when these are the cases that were talked over.
    func figures(debriefed: Set<Int64>) -> LoadFigures {
        var figures = figures
        figures.hotCases = hotCases.count
        figures.hardCases = hardCases.count
        figures.hardCasesWithoutDebrief = hardCases.subtracting(debriefed).count
        return figures
    }
}
