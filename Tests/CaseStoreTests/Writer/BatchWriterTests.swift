import CaseStore
import Complaints
import Dispatch
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("The batch writer")
struct BatchWriterTests {
    /// What became of one submission.
    enum Answer: Sendable, Equatable {
        case opened(Int64, stamp: Instant)
        case failed(String)
    }

    private struct Mishap: Error {}

    private func open(_ complaint: String, on writer: BatchWriter<Answer>) throws {
        try writer.submit(
            apply: { transaction in
                let file = try transaction.openCase(Incoming(.plain(complaint)), by: Desk.agent).file
                return .opened(file.record.id, stamp: transaction.now)
            }, failed: { .failed("\($0)") })
    }

    /// How many cases another connection sees.
    private static func casesSeen(_ path: String) -> Int? {
        try? DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaint_case") }
    }

    /// Keeps the writer busy until `body` has returned, so that what it submits waits and shares a commit.
    ///
    /// - Parameter isAlone: whether none of it is to come into the commit that is being made.
    private func whileBusy(_ writer: BatchWriter<Answer>, isAlone: Bool = true, _ body: () throws -> Void) throws {
        let hasBegun = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)
        try writer.submit(
            isAlone: isAlone,
            apply: { _ in
                hasBegun.signal()
                mayEnd.wait()
                return .failed("kept busy")
            }, failed: { .failed("\($0)") })
        hasBegun.wait()
        // Twice, as it may be made twice.
        defer { for _ in 0..<2 { mayEnd.signal() } }
        try body()
    }

    @Test("whoever asks whether it goes on is answered once it does, and nothing is written for that")
    func asked() throws {
        let desk = try Desk()
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { _ in }
        let answered = DispatchSemaphore(value: 0)
        writer.ask { answered.signal() }
        answered.wait()
        #expect(writer.figures.batches == 0)
        try whileBusy(writer) {
            writer.ask { answered.signal() }
            try open("It drips.", on: writer)
            #expect(answered.wait(timeout: .now()) == .timedOut, "it is busy")
        }
        answered.wait()
        writer.stop()
        #expect(writer.figures.batches == 2 && Self.casesSeen(desk.store.path) == 1)
        writer.ask { answered.signal() }
        answered.wait()
    }

    @Test("whoever asks whether it goes on is answered between two batches, though there is always more to do")
    func askedUnderLoad() throws {
        let desk = try Desk()
        let goesOn = Shared(true)
        let answered = DispatchSemaphore(value: 0)
        // Each change puts the next one in the queue before it is made.
        let box = Shared<BatchWriter<Answer>?>(nil)
        @Sendable func next() {
            guard goesOn.value else { return }
            try? box.value?.submit(
                isAlone: true,
                apply: { _ in
                    next()
                    return .failed("")
                }, failed: { .failed("\($0)") })
        }
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { _ in }
        box.change { $0 = writer }
        next()
        writer.ask { answered.signal() }
        #expect(answered.wait(timeout: .now() + 120) == .success)
        goesOn.change { $0 = false }
        writer.stop()
        box.change { $0 = nil }
    }

    @Test("many that wait share a commit and its stamp, and are answered in order, after it")
    func groupCommit() throws {
        let desk = try Desk()
        let batches = Shared<[[Answer]]>([])
        let unseen = Shared(0)
        let path = desk.store.path
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { answers in
            // Another connection sees all of the batch by the time it is delivered.
            let count = Self.casesSeen(path)
            batches.change { $0.append(answers) }
            let opened = batches.value.joined().count { $0 != .failed("kept busy") }
            if count != opened { unseen.change { $0 += 1 } }
        }
        try whileBusy(writer) {
            for index in 1...100 { try open("It drips \(index) times.", on: writer) }
            #expect(writer.depth == 100)
        }
        writer.stop()
        // Half of them can be left for the next one.
        let sizes = batches.value.map(\.count)
        #expect(sizes.reduce(0, +) == 101 && sizes[0] == 1 && sizes[1] >= 50 && sizes.count <= 4, "\(sizes)")
        var opened: Int64 = 0
        for batch in batches.value.dropFirst() {
            let stamp = try #require(try desk.file(opened + 1)).record.openedAt
            #expect(batch == (1...Int64(batch.count)).map { .opened(opened + $0, stamp: stamp) })
            opened += Int64(batch.count)
        }
        #expect(unseen.value == 0)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("what comes while a batch is being made is part of it, up to what is to have one of its own")
    func joining() throws {
        let desk = try Desk()
        let batches = Shared<[[Answer]]>([])
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { answers in batches.change { $0.append(answers) }
        }
        try whileBusy(writer, isAlone: false) {
            for _ in 0..<3 { try open("It drips.", on: writer) }
            try writer.submit(isAlone: true, apply: { _ in .failed("alone") }, failed: { .failed("\($0)") })
            for _ in 0..<2 { try open("It drips again.", on: writer) }
        }
        writer.stop()
        #expect(batches.value.map(\.count) == [4, 1, 2])
        #expect(batches.value[1] == [.failed("alone")])
        let stamps = Set(
            batches.value[0].compactMap { answer in if case .opened(_, let stamp) = answer { stamp } else { nil } })
        #expect(stamps.count == 1)
    }

    @Test("a change that fails half way after others have come has all of its batch made again, and once")
    func joiningAgain() throws {
        let desk = try Desk()
        let batches = Shared<[[Answer]]>([])
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { answers in batches.change { $0.append(answers) }
        }
        try whileBusy(writer, isAlone: false) {
            try open("It drips.", on: writer)
            try writer.submit(
                apply: { transaction in
                    _ = try transaction.openCase(Incoming(.plain("It sings.")), by: Desk.agent)
                    throw Mishap()
                }, failed: { .failed($0 is Mishap ? "mishap" : "\($0)") })
            try open("It hums.", on: writer)
        }
        writer.stop()
        let stamp = try #require(try desk.file(1)).record.openedAt
        #expect(
            batches.value == [
                [
                    .failed("kept busy"), .opened(1, stamp: stamp), .failed("mishap"), .opened(2, stamp: stamp),
                ]
            ])
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("answers can be prepared before they are on disk, and are delivered after it or not at all")
    func preparing() throws {
        let desk = try Desk()
        let path = desk.store.path
        let prepared = Shared<[[Answer]]>([])
        let delivered = Shared<[[Answer]]>([])
        let early = Shared(0)
        let losesFile = Shared(false)
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { answers in
            let opened = Self.casesSeen(path)
            if opened != delivered.value.joined().count { early.change { $0 += 1 } }
            prepared.change { $0.append(answers) }
            if losesFile.value { unlink(path) }
        } deliver: { answers in
            delivered.change { $0.append(answers) }
        }
        try open("It drips.", on: writer)
        #expect(eventually { !delivered.value.isEmpty })
        #expect(prepared.value == delivered.value)
        losesFile.change { $0 = true }
        try open("It sings.", on: writer)
        writer.stop()
        #expect(early.value == 0)
        #expect(prepared.value.map(\.count) == [1, 1])
        #expect(delivered.value.count == 2)
        #expect(delivered.value.last == [.failed("\(StoreError.outcomeUnknown)")])
    }

    @Test("while a batch is being committed, a read is for an instant before it, and its own instant waits")
    func readingMeanwhile() throws {
        let desk = try Desk()
        let stamp = Shared(Instant.earliest)
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { answers in
            if case .opened(_, let instant) = answers[0] { stamp.change { $0 = instant } }
        }
        let mayEnd = DispatchSemaphore(value: 0)
        let hasBegun = DispatchSemaphore(value: 0)
        try writer.submit(
            apply: { transaction in
                let file = try transaction.openCase(Incoming(.plain()), by: Desk.agent).file
                hasBegun.signal()
                mayEnd.wait()
                return .opened(file.record.id, stamp: transaction.now)
            }, failed: { .failed("\($0)") })
        hasBegun.wait()
        desk.clock.advance(by: .hours(1))
        let impatient = try desk.store.makeReader(waits: false)
        let asOf = try desk.reader.read(\.asOf)
        let count = try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).total }
        let refusal = #expect(throws: StoreError.self) {
            try impatient.read(asOf: TestClock.start + .minutes(30)) { try $0.caseFile(1) }
        }
        mayEnd.signal()
        writer.stop()
        #expect(count == 0 && asOf < stamp.value)
        if case .notYetClosed = refusal {} else { Issue.record("refused as \(String(describing: refusal))") }
        #expect(try desk.file(1, asOf: asOf) == nil)
        #expect(try desk.file(1, asOf: TestClock.start + .minutes(30)) != nil)
    }

    @Test("one batch takes no more than its limit")
    func batchLimit() throws {
        let desk = try Desk(batchLimit: 10)
        let sizes = Shared<[Int]>([])
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { answers in
            sizes.change { $0.append(answers.count) }
        }
        try whileBusy(writer) {
            for _ in 0..<25 { try open("It drips.", on: writer) }
        }
        writer.stop()
        #expect(sizes.value == [1, 10, 10, 5])
    }

    @Test("a change that fails is rolled back alone: log, names and search go on as if it had never been")
    func failing() throws {
        let desk = try Desk()
        let answers = Shared<[Answer]>([])
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { batch in answers.change { $0 += batch } }
        try whileBusy(writer) {
            try open("It drips.", on: writer)
            try writer.submit(
                apply: { transaction in
                    let fields = CaseFields(owner: "Nobody", team: "Nowhere")
                    _ = try transaction.openCase(Incoming(.plain("It sings.", fields: fields)), by: Desk.manager)
                    throw Mishap()
                }, failed: { .failed($0 is Mishap ? "mishap" : "\($0)") })
            try writer.submit(
                apply: { transaction in
                    let fields = CaseFields(team: "Nowhere")
                    let file = try transaction.openCase(Incoming(.plain("It hums.", fields: fields)), by: Desk.manager)
                        .file
                    return .opened(file.record.id, stamp: transaction.now)
                }, failed: { .failed("\($0)") })
        }
        writer.stop()
        let stamp = try #require(try desk.file(1)).record.openedAt
        #expect(
            answers.value == [
                .failed("kept busy"), .opened(1, stamp: stamp), .failed("mishap"), .opened(2, stamp: stamp),
            ])
        #expect(try desk.reader.verify().findings == [])
        let reader = try desk.store.makeReader()
        try reader.read { transaction throws in
            #expect(try transaction.caseFile(2)?.record.fields.team == "Nowhere")
            #expect(try transaction.isKnown("Nobody", as: .owner) == false)
            #expect(try transaction.isKnown("nowhere", as: .team))
            for (words, count) in [("sings", 0), ("drips", 1), ("hums", 1)] {
                var filter = CaseFilter()
                filter.search = SearchQuery(words)
                #expect(try transaction.cases(filter, PageRequest(limit: 9)).total == count, "\(words)")
            }
        }
    }

    @Test("what it has done is counted: batches, their sizes, and what became of each change")
    func figures() throws {
        let desk = try Desk(batchLimit: 10)
        let seen = Shared<[Int]>([])
        let counting = Shared<BatchWriter<Answer>?>(nil)
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { _ in
            // Whoever has an answer finds it counted.
            seen.change { $0.append(counting.value?.figures.committed ?? 0) }
        }
        counting.change { $0 = writer }
        try whileBusy(writer) {
            for _ in 0..<12 { try open("It drips.", on: writer) }
            try writer.submit(apply: { _ in throw Mishap() }, failed: { _ in .failed("mishap") })
            #expect(writer.figures.waiting == 13)
        }
        writer.stop()
        counting.change { $0 = nil }
        let figures = writer.figures
        #expect(figures.waiting == 0 && figures.failedBatches == 0)
        #expect(figures.batches == 3)
        // One, ten and three: at most 1, 16 and 4.
        #expect(figures.sizes == [1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0])
        #expect(figures.committed == 13)
        #expect(figures.rolledBack == 1)
        #expect(figures.failed == 0)
        #expect(seen.value == [1, 11, 13])
    }

    @Test("past the limit of the queue the answer is busy, and nothing of it happens")
    func queueLimit() throws {
        let desk = try Desk(queueLimit: 3)
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { _ in }
        try whileBusy(writer) {
            for _ in 0..<3 { try open("It drips.", on: writer) }
            #expect(throws: StoreUnavailable.busy) { try open("It drips.", on: writer) }
        }
        writer.stop()
        #expect(try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).total } == 3)
    }

    @Test("stopping commits what waits and takes no more")
    func stopping() throws {
        let desk = try Desk()
        let count = Shared(0)
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { answers in count.change { $0 += answers.count } }
        for _ in 0..<200 { try open("It drips.", on: writer) }
        writer.stop()
        #expect(count.value == 200)
        #expect(throws: StoreUnavailable.stopping) { try open("It drips.", on: writer) }
        #expect(try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 1)).total } == 200)
    }

    @Test("submissions of many threads all get their answer")
    func manyThreads() async throws {
        let desk = try Desk()
        let answers = Shared<[Answer]>([])
        let writer: BatchWriter<Answer> = desk.store.makeBatchWriter { batch in answers.change { $0 += batch } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<25 {
                        try writer.submit(
                            apply: { transaction in
                                let file = try transaction.openCase(Incoming(.plain()), by: Desk.agent).file
                                return .opened(file.record.id, stamp: transaction.now)
                            }, failed: { .failed("\($0)") })
                    }
                }
            }
            try await group.waitForAll()
        }
        writer.stop()
        let opened = answers.value.compactMap { answer -> Int64? in
            if case .opened(let id, _) = answer { id } else { nil }
        }
        #expect(opened == Array(1...200))
    }
}
