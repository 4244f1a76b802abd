import Complaints
import Testing

@testable import CaseStore

@Suite("The queue")
struct QueueTests {
    /// What tells an item of a queue from all others: an owner who is asked again is another one.
    private struct Mark: Hashable {
        let kind: QueueKind
        let since: Instant
        let place: QueueItem.Place
        let caseID: Int64

        init(_ item: QueueItem) {
            (kind, since, place) = (item.reason.kind, item.since, item.place)
            caseID = item.summary.id
        }

        init(_ kind: QueueKind, _ since: Instant, _ place: QueueItem.Place, of file: CaseFile) {
            (self.kind, self.since, self.place) = (kind, since, place)
            caseID = file.record.id
        }
    }

    /// Where an item stands in the list, but for what waits since the same instant.
    private func order(_ item: QueueItem) -> (Int, Int, Int64) {
        var isOthers = 1
        if case .threat(.safety, _) = item.reason { isOthers = 0 }
        return (QueueKind.allCases.firstIndex(of: item.reason.kind) ?? 0, isOthers, item.since.milliseconds)
    }

    /// All pages of a queue, as of the first one's instant.
    private func walk(
        _ reader: Reader, _ filter: QueueFilter, limit: Int, _ meanwhile: () throws -> Void = {}
    ) throws -> [QueueItem] {
        var items: [QueueItem] = []
        var asOf: Instant?
        var after: PageKey?
        repeat {
            let page = try reader.read(asOf: asOf) { transaction in
                asOf = transaction.asOf
                return try transaction.queue(filter, PageRequest(limit: limit, after: after))
            }
            #expect(page.items.count <= limit)
            items += page.items
            after = page.next
            try meanwhile()
        } while after != nil
        return items
    }

    /// What waits by the cases themselves.
    private func recounted(_ files: [CaseFile], _ filter: QueueFilter, at now: Instant) -> [Mark] {
        func isName(_ name: String?, _ wanted: String?) -> Bool {
            wanted == nil || name?.lowercased() == wanted?.lowercased()
        }
        var marks: [Mark] = []
        for file in files where isName(file.record.fields.team, filter.team) {
            if isName(file.record.fields.owner, filter.owner) {
                for matter in file.matters where matter.isWaiting && matter.kind != .ladder {
                    guard let kind = QueueKind.allCases.first(where: { $0.matter == matter.kind }) else { continue }
                    marks.append(Mark(kind, matter.raisedAt, .entry(matter.seq), of: file))
                }
                if file.record.status == .open, let deadline = file.record.fields.hardDeadline,
                    deadline <= now + DeadlineLeft.horizon
                {
                    marks.append(
                        Mark(.deadline, DeadlineLeft(deadline, at: now, businessDays: nil).since, .case, of: file))
                }
            }
            for promise in file.promises where isName(promise.owner, filter.owner) {
                for step in file.waiting(.ladder) where step.promiseID == promise.id {
                    marks.append(Mark(.ladder, step.raisedAt, .promise(promise.id), of: file))
                }
                if promise.state(at: now) == .overdue, promise.by == .desk || !file.willCheckIn {
                    marks.append(Mark(.overdue, promise.dueAt, .promise(promise.id), of: file))
                }
                if promise.waitsForAcceptance, let askedAt = promise.acceptance?.askedAt {
                    marks.append(Mark(.acceptance, askedAt, .promise(promise.id), of: file))
                }
            }
        }
        return marks.filter { filter.kinds.isEmpty || filter.kinds.contains($0.kind) }
    }

    @Test("has what waits by the cases themselves, in its order, by every filter and page", arguments: 61...64)
    func recount(seed: UInt64) throws {
        var history = RandomHistory(try Desk(), seed: seed)
        for _ in 0..<80 { try history.work() }
        let reader = history.desk.reader
        var filters = [QueueFilter()]
        for kind in QueueKind.allCases { filters.append(QueueFilter(kinds: [kind])) }
        filters.append(QueueFilter(kinds: [.threat, .acceptance, .overdue]))
        for owner in RandomHistory.owners { filters.append(QueueFilter(owner: owner)) }
        filters.append(QueueFilter(owner: "ANNA", team: "billing"))
        filters.append(QueueFilter(kinds: [.overdue, .concession], team: "Repairs"))
        var met = 0
        for filter in filters {
            let (expected, total, isCapped) = try reader.read { transaction in
                let files = try history.files.keys.compactMap { try transaction.caseFile($0) }
                let page = try transaction.queue(filter, PageRequest(limit: 1))
                return (recounted(files, filter, at: transaction.asOf), page.total, page.totalIsCapped)
            }
            #expect(total == expected.count && !isCapped, "\(filter)")
            met += expected.count
            for limit in [1, 3, 500] {
                let items = try walk(reader, filter, limit: limit)
                let marks = items.map(Mark.init)
                #expect(marks.count == expected.count)
                #expect(Set(marks).symmetricDifference(expected) == [], "\(filter) \(limit)")
                #expect(zip(items, items.dropFirst()).allSatisfy { order($0) <= order($1) }, "\(filter) \(limit)")
            }
        }
        #expect(met > 50, "something waited")
    }

    @Test(
        "as of an earlier instant has what waited then, whatever was settled, given away, found to be a duplicate and edited since",
        arguments: [false, true])
    func historicalRecount(hasDuplicates: Bool) throws {
        var history = RandomHistory(try Desk(), seed: 72, hasDuplicates: hasDuplicates)
        for _ in 0..<140 { try history.work() }
        var filters = [QueueFilter(), QueueFilter(owner: "ANNA", team: "billing"), QueueFilter(team: "Repairs")]
        for owner in RandomHistory.owners { filters.append(QueueFilter(owner: owner)) }
        var met: Set<QueueKind> = []
        for (stamp, files) in history.batches.dropLast().shuffled(using: &history.random).prefix(20) {
            for filter in filters {
                let expected = recounted(Array(files.values), filter, at: stamp)
                let page = try history.desk.reader.read(asOf: stamp) { try $0.queue(filter, PageRequest(limit: 500)) }
                #expect(page.total == expected.count)
                #expect(Set(page.items.map(Mark.init)).symmetricDifference(expected) == [], "\(filter) \(stamp)")
                for item in page.items {
                    #expect(item.summary == files[item.summary.id]?.record.summary)
                }
                met.formUnion(page.items.map(\.reason.kind))
            }
        }
        // What there is follows from the seed; no clock goes on by itself here, so nothing comes up the ladder.
        let rare: Set<QueueKind> = [.return, .ladder, hasDuplicates ? .danger : .concession]
        #expect(met.isSuperset(of: Set(QueueKind.allCases).subtracting(rare)), "there was something of each kind")
    }

    @Test("all pages while rows change: what waited then is met once, and nothing else")
    func walkWhileRowsChange() throws {
        var history = RandomHistory(try Desk(), seed: 65)
        for _ in 0..<60 { try history.work() }
        let reader = history.desk.reader
        for limit in [1, 2, 5] {
            func waiting() throws -> Set<Mark> {
                try reader.read { transaction in
                    let files = try history.files.keys.compactMap { try transaction.caseFile($0) }
                    return Set(recounted(files, QueueFilter(), at: transaction.asOf))
                }
            }
            let before = try waiting()
            var pages = 0
            let met = try walk(reader, QueueFilter(), limit: limit) {
                pages += 1
                if pages <= 25 { try history.work() }
            }.map(Mark.init)
            #expect(Set(met).count == met.count, "nothing is met twice")
            #expect(Set(met) == before)
            #expect(try waiting() != before, "something was raised or settled meanwhile")
        }
    }

    @Test("a place that is none of the list has nothing after it")
    func madeUpPlaces() throws {
        var history = RandomHistory(try Desk(), seed: 66)
        for _ in 0..<20 { try history.work() }
        for key in [
            PageKey(value: nil, id: 8), PageKey(value: 0, id: 15), PageKey(value: 0, id: -1),
            PageKey(value: .max, id: .max),
        ] {
            let page = try history.desk.reader.read { try $0.queue(QueueFilter(), PageRequest(limit: 9, after: key)) }
            #expect(page.items.isEmpty && page.next == nil, "\(key)")
        }
        let first = PageKey(value: .min, id: .min)
        let all = try history.desk.reader.read { transaction in
            (
                try transaction.queue(QueueFilter(), PageRequest(limit: 500)).items,
                try transaction.queue(QueueFilter(), PageRequest(limit: 500, after: first)).items
            )
        }
        #expect(all.0 == all.1 && !all.0.isEmpty)
    }
}

extension QueueFilter {
    fileprivate init(kinds: Set<QueueKind> = [], owner: String? = nil, team: String? = nil) {
        self.init()
        self.kinds = kinds
        self.owner = owner
        self.team = team
    }
}
