import Complaints
import GRDB

/// What can be edited of a case, beside what the log said of it last.
extension Verifier {
    mutating func checkCaseFields() throws {
        var found: String?
        var said = SaidOfCase(of: 0)
        try rows(Self.fieldEntries) { row in
            let caseID = row.integer(0)
            if caseID != said.caseID {
                found = try fault(of: said)
                said = SaidOfCase(of: caseID)
            }
            try said.add(row)
            return found == nil
        }
        if let found = try found ?? fault(of: said) { add("cases", found) }
        let id = try firstID(
            """
            SELECT c.id FROM complaint_case c WHERE c.updated_at IS NOT (
                SELECT max(l.recorded_at) FROM case_log l WHERE l.case_id = c.id AND l.kind NOT IN \(LogKind.machineWords))
            LIMIT 1
            """)
        if let id { add("cases", "Case \(id) changed last at another time than its row says.") }
    }

    private static let fieldEntries = """
        SELECT case_id, kind, facts, texts, recorded_at FROM case_log
        WHERE kind IN ('case_opened', 'case_updated', 'mood', 'escalated', 'supervisor_joined')
        ORDER BY case_id, seq
        """

    /// What is not as its log says last, as a sentence.
    private func fault(of said: SaidOfCase) throws -> String? {
        let record = try transaction.statements.first(Self.caseByID, db, bind: { $0.add(said.caseID) }) {
            try CaseColumns.record($0, names: names, db)
        }
        guard let record else { return nil }
        for field in CaseFields.editedFields {
            for (name, text) in zip(field.loggedNames, field.type.texts(field.value(record.fields))) {
                guard let last = said.texts[name], !last.isExactly(text ?? ""),
                    !(record.customer.isErased && field.privacy.leavesLog && last.isExactly(Erasure.mark))
                else { continue }
                return "Case \(record.id) has another \(name) than its log says last."
            }
        }
        guard said.moodsBefore.contains(record.moodBefore) else {
            return "Case \(record.id) was in another mood before than its log says."
        }
        return nil
    }
}

/// What the log says of the fields of one case, entry by entry.
private struct SaidOfCase {
    let caseID: Int64
    /// The last of each that it says anything of; empty where it was taken away.
    private(set) var texts: [String: String] = [:]
    private var moods: [Mood] = []
    private var openedAt: Instant?
    private var openedIn: Mood?

    init(of caseID: Int64) {
        self.caseID = caseID
    }

    /// What the mood may have been before the last time that it was observed. Older versions took the one that a new case is
    /// taken for as observed.
    var moodsBefore: [Mood?] {
        guard moods.count > 1 else { return moods.isEmpty || openedIn != .calm ? [nil] : [nil, .calm] }
        return [moods[moods.count - 2]]
    }

    mutating func add(_ row: Columns) throws {
        let kind: LogKind = try row.word(1)
        let facts = try FactCoding.decode(row.text(2))
        let written = try row.optionalText(3).map(FactCoding.decode) ?? []
        for fact in facts + written where kind != .escalated && kind != .supervisorJoined || fact.name == "supervisor" {
            if case .text(let text) = fact.value, !fact.name.hasSuffix("_before") { texts[fact.name] = text }
        }
        let mood = facts.first { $0.name == "mood" }.flatMap { fact -> Mood? in
            if case .text(let word) = fact.value { Mood(rawValue: word) } else { nil }
        }
        if kind == .caseOpened { (openedAt, openedIn) = (row.instant(4), mood) }
        guard kind == .mood, let mood else { return }
        // That a customer came in a mood is told twice.
        if moods.isEmpty, let openedIn, openedIn > .calm, openedAt != row.instant(4) { moods.append(openedIn) }
        moods.append(mood)
    }
}
