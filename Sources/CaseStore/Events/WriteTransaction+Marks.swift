import Complaints
import GRDB

/// An unsettled promise of which the clock has something to say.
struct MarkedPromise {
    let id: Int64
    let caseID: Int64
    let owner: String?
    /// That of its case.
    let team: String?
    let dueAt: Instant
    /// When something was to be said.
    let next: Instant
    let plan: MarkPlan
}

extension ReadTransaction {
    private static let nextMarkRow = SQL(
        """
        SELECT next_mark_at FROM promise INDEXED BY promise_by_next_mark
        WHERE recorded_at IS NULL AND next_mark_at IS NOT NULL
        ORDER BY next_mark_at LIMIT 1
        """)

    /// When there is next something to say of an unsettled promise, besides that it fell due; nil when there is nothing.
    func nextMark() throws -> Instant? {
        try statements.first(Self.nextMarkRow, db) { $0.instant(0) }
    }

    private static let markedRows = SQL(
        """
        SELECT p.id, p.case_id, p.owner_id, c.team_id, p.due_at, p.marks, p.next_mark_at
        FROM promise p INDEXED BY promise_by_next_mark
        CROSS JOIN complaint_case c ON c.id = p.case_id
        WHERE p.recorded_at IS NULL AND p.next_mark_at < ?
        ORDER BY p.next_mark_at, p.id
        LIMIT ?
        """)

    /// The promises of which there was something to say before an instant.
    func marked(before now: Instant, limit: Int) throws -> [MarkedPromise] {
        var promises: [MarkedPromise] = []
        try statements.rows(
            Self.markedRows, db,
            bind: { row in
                row.add(now)
                row.add(Int64(limit))
            }
        ) { row in
            let next = row.instant(6)
            promises.append(
                MarkedPromise(
                    id: row.integer(0), caseID: row.integer(1), owner: try names.spelling(row.optionalInteger(2), db),
                    team: try names.spelling(row.optionalInteger(3), db), dueAt: row.instant(4), next: next,
                    plan: MarkPlan(marks: try MarkColumn.marks(row.optionalText(5)), next: next)))
        }
        return promises
    }
}

extension WriteTransaction {
    private static let updateMarks = SQL("UPDATE promise SET marks = ?, next_mark_at = ? WHERE id = ?")

    /// The plan of a promise that is made in a case.
    func plan(of promise: Promise, in record: Case) throws -> MarkPlan {
        // What is settled as it comes in, and what a customer promises, has none.
        guard promise.isUnsettled, promise.by == .desk else { return MarkPlan(marks: [], next: nil) }
        let plan = MarkPlan(
            of: promise, countedFrom: promise.countedFrom(receivedAt: record.receivedAt, openedAt: record.openedAt),
            under: try self.record.policy(for: record), by: try hours(of: promise.owner, team: record.fields.team),
            at: now)
        if let next = plan.next { wake(at: next) }
        return plan
    }

    /// Writes what is to be said of a promise by now, and moves it past that.
    func say(of promise: MarkedPromise) throws {
        var plan = promise.plan
        if promise.next == MarkPlan.unplanned {
            guard let file = try record.caseFile(promise.caseID), let whole = file.promise(promise.id) else {
                throw StoreError.unreadable("promise \(promise.id) has no case")
            }
            plan = try self.plan(of: whole, in: file.record)
        } else {
            let sayings = plan.say(
                due: promise.dueAt, by: try hours(of: promise.owner, team: promise.team), at: now)
            for saying in sayings {
                let isTheirs = saying.hearer ?? .owner == .owner
                let seq = try write(
                    .clock(
                        saying.kind, at: saying.at, ofPromise: promise.id, dueAt: promise.dueAt, owner: promise.owner,
                        hearer: saying.hearer,
                        standIn: isTheirs ? try standIn(for: promise.owner, dueAt: promise.dueAt) : nil),
                    ofCase: promise.caseID)
                if saying.hearer != nil { try raise(.ladder, by: seq, ofCase: promise.caseID) }
            }
        }
        try statements.run(Self.updateMarks, db) { row in
            row.add(MarkColumn.text(plan.marks))
            row.add(plan.next)
            row.add(promise.id)
        }
    }

    /// Writes what the clock says to the log of a case. Returns the entry's number there.
    @discardableResult
    func write(_ draft: LogDraft, ofCase id: Int64) throws -> Int64 {
        let seq = try record.lastSeq(ofCase: id) + 1
        try log.write(
            draft, seq: seq, about: .case(id), actor: .clock, recordedAt: now, names: names, statements, db)
        return seq
    }

    /// When somebody works: by the calendar of their team, else of the case's; nil where there is none.
    private func hours(of owner: String?, team: String?) throws -> DeskCalendar? {
        guard try owners.calendars.book(record).count > 0 else { return nil }
        let own = try owner.flatMap { try owners.owner(FoldedName($0), record)?.fields.team }
        return try owners.calendars.calendar(ofTeam: own ?? team, from: now, record)
    }
}

/// How marks stand in their column: `[[1764400000000,"due_soon"]]`.
enum MarkColumn {
    /// Nil for none.
    static func text(_ marks: [PromiseMark]) -> String? {
        guard !marks.isEmpty else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(32 * marks.count + 2)
        for mark in marks {
            text += (text.isEmpty ? "[[" : ",[").utf8
            text += String(mark.at.milliseconds).utf8
            text += ",\"".utf8
            text += mark.kind.rawValue.utf8
            text += "\"]".utf8
        }
        text.append(UInt8(ascii: "]"))
        return String(decoding: text, as: UTF8.self)
    }

    static func marks(_ text: String?) throws -> [PromiseMark] {
        guard let text else { return [] }
        var marks: [PromiseMark] = []
        for item in text.dropFirst(2).dropLast(2).split(separator: "],[") {
            let parts = item.split(separator: ",")
            guard parts.count == 2, let at = Int64(parts[0]),
                let kind = PromiseMark.Kind(rawValue: String(parts[1].dropFirst().dropLast()))
            else { throw StoreError.unreadable("\(text) are no marks") }
            marks.append(PromiseMark(at: Instant(milliseconds: at), kind: kind))
        }
        return marks
    }
}
