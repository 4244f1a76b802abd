/// Counts the lessons of one group of the report on causes.
package struct CauseTally: EntryTally {
    private var counts = CauseFigures()
    /// The broken promises of each case.
    private var cases: [Int64: Int] = [:]
    /// What the customer of each case gets, where they get anything.
    private var redress: [Int64: Money] = [:]
    /// By the name as names compare, the first spelling in order.
    private var processes: [FoldedName: ExactText] = [:]

    package init() {}

    /// The most cases first, then the most broken promises.
    package static var ranking: ((CauseFigures, CauseFigures) -> Bool)? {
        { ($0.cases, $0.brokenPromises) > ($1.cases, $1.brokenPromises) }
    }

    /// Counts a lesson.
    package mutating func count(_ fact: LessonFact) {
        counts.lessons += 1
        cases[fact.caseID] = fact.brokenPromises
        if let money = fact.redress { redress[fact.caseID] = money }
        if let process = fact.process { add(process: ExactText(process)) }
        switch fact.review {
        case nil: break
        case .open: counts.reviewsOpen += 1
        case .overdue: counts.reviewsOverdue += 1
        case .kept, .keptLate: counts.reviewsDone += 1
        case .withdrawn, .broken, .renegotiated, .transferred, .void: counts.reviewsDropped += 1
        }
    }

    private mutating func add(process: ExactText) {
        let folded = FoldedName(process.string)
        processes[folded] = min(processes[folded] ?? process, process)
    }

    /// Adds what another group counted.
    package mutating func add(_ other: CauseTally) {
        counts.lessons += other.counts.lessons
        counts.reviewsOpen += other.counts.reviewsOpen
        counts.reviewsOverdue += other.counts.reviewsOverdue
        counts.reviewsDone += other.counts.reviewsDone
        counts.reviewsDropped += other.counts.reviewsDropped
        cases.merge(other.cases) { broken, _ in broken }
        redress.merge(other.redress) { money, _ in money }
        for process in other.processes.values { add(process: process) }
    }

    /// The counts, with what is counted once however many lessons tell of it.
    package func figures() -> CauseFigures {
        var figures = counts
        figures.cases = cases.count
        figures.brokenPromises = cases.values.reduce(0, +)
        var sums = MoneySums()
        for money in redress.values { sums.add(money) }
        figures.redress = sums.amounts
        figures.processes = processes.sorted { $0.key < $1.key }.map(\.value.string)
        return figures
    }
}
