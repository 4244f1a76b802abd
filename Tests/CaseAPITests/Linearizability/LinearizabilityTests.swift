import Complaints
import Foundation
import TestSupport
import Testing

@testable import CaseAPI

/// A few rounds by themselves; `CASEKEEPER_LINEARIZABILITY_ROUNDS` makes more of them.
@Suite("A promise that many are at work on")
struct LinearizabilityTests {
    typealias Checker = LinearizabilityChecker<PromiseModel>

    static let rounds =
        ProcessInfo.processInfo.environment["CASEKEEPER_LINEARIZABILITY_ROUNDS"].flatMap { UInt64($0) } ?? 60

    private static let start = PromiseModel(owner: "Kim")

    /// What eight clients did to one promise at the same time, each five things.
    private func history(_ desk: TestDesk, seed: UInt64) throws -> Checker.History {
        let opened = try desk.openCase(#"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        let promise = try #require(opened["promises"][0]["id"].integer)
        let gate = DispatchSemaphore(value: 0)
        let work = (0..<8).map { id in
            let client = desk.client
            return Meanwhile {
                var client = PromiseClient(id: id, promise: promise, client: client, seed: seed &* 8 &+ UInt64(id))
                gate.wait()
                return try client.work(5)
            }
        }
        for _ in work { gate.signal() }
        return try work.flatMap { try $0.value() }
    }

    @Test("is seen by all as if they had come one after the other")
    func legal() throws {
        let desk = try TestDesk()
        var (concurrent, settled, refused, falsified) = (0, 0, 0, 0)
        for seed in 0..<Self.rounds {
            let history = try history(desk, seed: seed)
            let order = Checker.order(of: history, from: Self.start)
            #expect(order != nil, "seed \(seed): \(history)")
            #expect(order.map(Set.init)?.count ?? history.count == history.count)
            for a in history {
                concurrent += history.count { $0.client != a.client && $0.began < a.ended && a.began < $0.ended }
                switch (a.request, a.answer) {
                case (.settle, .promise), (.settle, .renewed): settled += 1
                case (_, .settledBefore), (_, .stale): refused += 1
                default: break
                }
            }
            for lie in Lie.allCases {
                guard let history = lie.told(in: history) else { continue }
                falsified += 1
                #expect(Checker.order(of: history, from: Self.start) == nil, "seed \(seed), \(lie): \(history)")
            }
        }
        // Else it shows nothing.
        let rounds = Int(Self.rounds)
        #expect(concurrent > 20 * rounds && settled > rounds / 2 && settled <= rounds && refused > rounds)
        #expect(falsified > 2 * rounds)
    }

    /// Ways to falsify a history so that there is no order for it any more.
    enum Lie: CaseIterable {
        /// Somebody read an owner that nobody gave it to.
        case inventedOwner
        /// After a change somebody read what it was before.
        case oldRead
        /// It was settled twice.
        case settledTwice
        /// Somebody got through with a tag that was out of date.
        case lostUpdate

        func told(in history: Checker.History) -> Checker.History? {
            var history = history
            switch self {
            case .inventedOwner:
                for (index, operation) in history.enumerated() {
                    guard
                        case (.read, .promise(_, let state, let name, let tag)) = (operation.request, operation.answer)
                    else { continue }
                    history[index].answer = .promise(owner: "Nobody", state: state, settledBy: name, tag: tag)
                    return history
                }
            case .oldRead:
                for a in history {
                    guard let old = a.tag, a.isRead else { continue }
                    let change = history.first { $0.changes && a.ended < $0.began && $0.tag != old }
                    let later = history.firstIndex { $0.isRead && $0.began > change?.ended ?? .max }
                    guard let later else { continue }
                    history[later].answer = a.answer
                    return history
                }
            case .settledTwice:
                guard history.contains(where: \.settles) else { return nil }
                for (index, operation) in history.enumerated() {
                    guard case (.settle(.renegotiate, _, _), .settledBefore) = (operation.request, operation.answer)
                    else { continue }
                    history[index].answer = .renewed
                    return history
                }
            case .lostUpdate:
                for (index, operation) in history.enumerated() {
                    guard case (.reassign(let owner, let expected?), .stale) = (operation.request, operation.answer),
                        let after = history.first(where: {
                            $0.tag != nil && $0.tag != expected && $0.ended < operation.began
                        }),
                        let tag = after.tag,
                        // Somebody had seen another tag by then, and one that came later.
                        history.contains(where: { $0.tag == expected && $0.ended < after.began })
                    else { continue }
                    history[index].answer = .promise(owner: owner, state: .open, settledBy: nil, tag: tag + "x")
                    return history
                }
            }
            return nil
        }
    }

    @Test("is checked by a checker that knows what can't have been")
    func checker() {
        func order(_ steps: [(request: PromiseModel.Request, answer: PromiseModel.Answer, from: UInt64, to: UInt64)])
            -> [Int]?
        {
            let history = steps.enumerated().map { index, step in
                Operation(client: index, request: step.request, answer: step.answer, began: step.from, ended: step.to)
            }
            return Checker.order(of: history, from: Self.start)
        }
        func owner(_ name: String, _ tag: String) -> PromiseModel.Answer {
            .promise(owner: name, state: .open, settledBy: nil, tag: tag)
        }
        let give = PromiseModel.Request.reassign(owner: "Lou", expecting: nil)
        #expect(order([]) == [])
        // Who reads while it is given may see either; two of them, one after the other, not first the new and then the old.
        #expect(order([(give, owner("Lou", "2"), 0, 9), (.read, owner("Kim", "1"), 1, 2)]) == [1, 0])
        #expect(order([(give, owner("Lou", "2"), 0, 9), (.read, owner("Lou", "2"), 1, 2)]) == [0, 1])
        #expect(
            order([(give, owner("Lou", "2"), 0, 9), (.read, owner("Kim", "1"), 1, 2), (.read, owner("Lou", "2"), 3, 4)])
                == [1, 0, 2])
        #expect(
            order([(give, owner("Lou", "2"), 0, 9), (.read, owner("Lou", "2"), 1, 2), (.read, owner("Kim", "1"), 3, 4)])
                == nil)
        // Once it is given, nobody sees the old.
        #expect(order([(give, owner("Lou", "2"), 0, 1), (.read, owner("Kim", "1"), 2, 3)]) == nil)
        // Settled once, and refused only by who came later.
        let keep = PromiseModel.Request.settle(.keep, by: "a", expecting: nil)
        let kept = PromiseModel.Answer.promise(owner: "Kim", state: .kept, settledBy: "a", tag: "2")
        let refused = PromiseModel.Answer.settledBefore(by: "a", state: .kept)
        #expect(order([(keep, kept, 0, 9), (give, refused, 1, 2)]) == [0, 1])
        #expect(order([(give, refused, 0, 1), (keep, kept, 2, 3)]) == nil)
        #expect(order([(keep, kept, 0, 9), (keep, kept, 0, 9)]) == nil)
        #expect(order([(give, refused, 0, 1)]) == nil)
        // A tag that is out of date is no tag to come through with, and one that is not, is.
        let late = PromiseModel.Request.reassign(owner: "Mia", expecting: "1")
        let given: [(PromiseModel.Request, PromiseModel.Answer, UInt64, UInt64)] = [
            (.read, owner("Kim", "1"), 0, 1), (give, owner("Lou", "2"), 2, 3),
        ]
        #expect(order(given + [(late, .stale, 4, 5)]) == [0, 1, 2])
        #expect(order(given + [(late, owner("Mia", "3"), 4, 5)]) == nil)
        #expect(order(given.prefix(1) + [(late, .stale, 4, 5)]) == nil)
    }
}

extension Operation<PromiseModel.Request, PromiseModel.Answer> {
    fileprivate var isRead: Bool { request == .read }

    /// The tag that was seen.
    fileprivate var tag: String? {
        if case .promise(_, _, _, let tag) = answer { tag } else { nil }
    }

    /// Whether it was given to somebody.
    fileprivate var changes: Bool {
        if case (.reassign, .promise) = (request, answer) { true } else { false }
    }

    /// Whether this is what settled it.
    fileprivate var settles: Bool {
        switch (request, answer) {
        case (.settle, .promise), (.settle, .renewed): true
        default: false
        }
    }
}
