import Complaints
import Foundation
import GRDB

extension Verifier {
    /// What the clock has yet to say of unsettled promises: the marks that are left are those that the promise was made with, as
    /// the log says, and the next instant is the one that comes of them, or the reminder that somebody's calendar had.
    mutating func checkMarksToCome() throws {
        let stamp = try ClockRow.stamp(db, transaction.statements)
        var eras = try CalendarEras(transaction)
        var wrong: Int64?
        try rows(
            """
            SELECT p.id, p.due_at, p.marks, p.next_mark_at, c.team_id, m.facts, m.recorded_at, (
                SELECT max(l.recorded_at) FROM case_log l WHERE l.case_id = p.case_id AND l.promise_id = p.id
                    AND l.kind IN (\(Self.words([.promiseDueSoon, .promiseReminder, .promiseEscalated]))))
            FROM promise p
            JOIN complaint_case c ON c.id = p.case_id
            JOIN case_log m ON m.case_id = p.case_id AND m.promise_id = p.id AND m.kind = 'promise_made'
            WHERE p.recorded_at IS NULL AND p.next_mark_at IS NOT NULL
            """
        ) { row in
            let due = row.instant(1)
            let plan = MarkPlan(marks: try MarkColumn.marks(row.optionalText(2)), next: row.instant(3))
            let lastSaid = row.optionalInstant(7)
            let said = max(row.instant(6), lastSaid ?? .earliest)
            let team = row.optionalInteger(4) ?? 0
            let made = Self.marksAsMade(row.text(5))
            func isPlanned() throws -> Bool {
                if plan.next == MarkPlan.unplanned { return made == nil }
                if let made, !plan.comes(of: made, due: due) { return false }
                if try eras.contain(at: said, hint: team, { plan.isPlanned(due: due, by: $0, at: said) }) {
                    return true
                }
                // What was to be said as it went past the due instant was that it is overdue, which is another entry. And one of an
                // older version, of which nothing has been said, got its marks when the clock came to it.
                guard said <= due || made == nil && lastSaid == nil, due < stamp else { return false }
                return try eras.contain(at: nil, hint: team) { plan.isPlanned(due: due, by: $0, sometimeUntil: stamp) }
            }
            if try !isPlanned() { wrong = row.integer(0) }
            return wrong == nil
        }
        if wrong == nil { wrong = try settledWithOtherMarks() }
        if let wrong {
            add(
                "marks",
                "Promise \(wrong) has other marks than the log and the calendars say, or at another instant.")
        }
    }

    /// A settled promise, of which nothing is to come any more, whose marks are not those that it was made with.
    private func settledWithOtherMarks() throws -> Int64? {
        var wrong: Int64?
        try rows(
            """
            SELECT p.id, p.due_at, p.marks, p.next_mark_at, m.facts FROM promise p
            JOIN case_log m ON m.case_id = p.case_id AND m.promise_id = p.id AND m.kind = 'promise_made'
            WHERE p.recorded_at IS NOT NULL AND p.promised_by = 'desk'
            """
        ) { row in
            guard let made = Self.marksAsMade(row.text(4)) else { return true }
            let plan = MarkPlan(marks: try MarkColumn.marks(row.optionalText(2)), next: row.optionalInstant(3))
            if !plan.comes(of: made, due: row.instant(1)) { wrong = row.integer(0) }
            return wrong == nil
        }
        return wrong
    }

    /// What the log says of a promise's marks as it was made; nil for what older versions wrote, which did not.
    private static func marksAsMade(_ facts: String) -> [PromiseMark]? {
        guard strstr(facts, "[\"marks\",[") != nil else { return nil }
        return FactCoding.texts(["marks"], in: facts).compactMap(PromiseMark.init(logged:))
    }
}

/// The calendars as they were on record from each instant on at which one was written.
private struct CalendarEras {
    private var eras: [Era]
    private let transaction: ReadTransaction
    /// By what the last of each kind was found, to look there first.
    private var places: [Int64: Int] = [:]

    private struct Era {
        let start: Instant
        /// Read when they are asked for; nil among them stands for that all hours are somebody's.
        var calendars: [DeskCalendar?]?
    }

    init(_ transaction: ReadTransaction) throws {
        self.transaction = transaction
        var starts: [Instant] = []
        try transaction.statements.rows(
            "SELECT DISTINCT recorded_at FROM calendar_version ORDER BY recorded_at", [:], transaction.db
        ) { row in
            starts.append(row.instant(0))
            return true
        }
        eras = ([.earliest] + starts).map { Era(start: $0) }
    }

    /// Whether something is true of a calendar that was on record at an instant; nil: at any.
    ///
    /// - Parameter hint: what has the same one mostly.
    mutating func contain(at then: Instant?, hint: Int64, _ isTrue: (DeskCalendar?) -> Bool) throws -> Bool {
        for index in then.map(eras(at:)) ?? eras.indices {
            let calendars = try calendars(of: index)
            if let place = places[hint], place < calendars.count, isTrue(calendars[place]) { return true }
            if let place = calendars.firstIndex(where: isTrue) {
                places[hint] = place
                return true
            }
        }
        return false
    }

    /// The one that an instant is in, and the one before where it begins then: a batch that writes a calendar has one stamp, and what it
    /// had done by then went by those of before.
    private func eras(at then: Instant) -> Range<Int> {
        let last = eras.lastIndex { $0.start <= then } ?? 0
        return (eras[last].start == then ? max(last - 1, 0) : last)..<(last + 1)
    }

    private mutating func calendars(of index: Int) throws -> [DeskCalendar?] {
        if let calendars = eras[index].calendars { return calendars }
        let then = ReadTransaction(
            transaction.db, names: transaction.names, statements: transaction.statements,
            ownerRules: transaction.ownerRules, asOf: eras[index].start, committed: transaction.committed)
        let calendars = try then.calendarBook().all.map(then.deskCalendar) + [nil]
        eras[index].calendars = calendars
        return calendars
    }
}
