import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// The report on a regime counted once more, in the plainest way, from cases, promises and entries that a client can list.
struct RegimeRecount {
    /// What a clock of the tests' regimes is.
    private struct Clock {
        let stage: String
        let name: String
        /// The kinds of promises that meet it.
        var metBy: [String] = []
        /// How many days it has from what starts it.
        var days: Int64
        /// Whether it makes promises.
        var promises = true
        /// Whether it sets the deadline.
        var isDeadline = false
        /// What need not be met where it is.
        var insteadOf: String?
        /// How many days from its start it may be extended to.
        var extendedTo: Int64?
        /// Whether it begins anew each time.
        var every = false
    }

    private static let clocks: [String: [Clock]] = [
        "Two steps": [
            Clock(stage: "first", name: "acknowledge", metBy: ["acknowledge"], days: 1),
            Clock(stage: "first", name: "answer", metBy: ["answer"], days: 10, extendedTo: 20),
            Clock(stage: "first", name: "news", metBy: ["update", "callback"], days: 5, every: true),
            Clock(stage: "first", name: "end", days: 40, promises: false, isDeadline: true),
            Clock(stage: "first", name: "at once", days: 3, promises: false, insteadOf: "answer"),
            Clock(stage: "second", name: "review", metBy: ["answer"], days: 15),
        ],
        "Plain": [
            Clock(stage: "only", name: "reply", metBy: ["answer"], days: 5),
            Clock(stage: "only", name: "limit", metBy: ["answer"], days: 8, promises: false, isDeadline: true),
        ],
    ]

    private static let stages = ["Two steps": ["first", "second"], "Plain": ["only"]]

    let asOf: Instant
    /// As of that instant, by whatever regime.
    private let cases: [JSONValue]
    private let resolutions: [Int64: [Instant]]
    private let reopenings: [Int64: [Instant]]
    /// What the clock of each promise is counted from.
    private let clockFrom: [Int64: Instant]
    /// When the customer let the desk off a promise.
    private let released: [Int64: Instant]

    init(_ desk: TestDesk, asOf: Instant) throws {
        self.asOf = asOf
        cases = try desk.client.get("/v1/cases?sort=opened_at&limit=500&as_of=\(asOf.rfc3339)")["items"].items
        var (resolutions, reopenings): ([Int64: [Instant]], [Int64: [Instant]]) = ([:], [:])
        var (clockFrom, released): ([Int64: Instant], [Int64: Instant]) = ([:], [:])
        for id in cases.compactMap(\.["id"].integer) {
            let entries = try desk.client.get("/v1/cases/\(id)/log?kind=case_resolved&limit=500&as_of=\(asOf.rfc3339)")
            resolutions[id] = entries["items"].items.compactMap(\.["recorded_at"].instant)
            let again = try desk.client.get("/v1/cases/\(id)/log?kind=case_reopened&limit=500&as_of=\(asOf.rfc3339)")
            reopenings[id] = again["items"].items.compactMap(\.["recorded_at"].instant)
            let given = try desk.client.get(
                "/v1/cases/\(id)/log?kind=promise_withdrawn&limit=500&as_of=\(asOf.rfc3339)")
            for entry in given["items"].items where entry["customer_agreed"].flag == true {
                if let promise = entry["promise_id"].integer { released[promise] = entry["recorded_at"].instant }
            }
            let made = try desk.client.get("/v1/cases/\(id)/log?kind=promise_made&limit=500&as_of=\(asOf.rfc3339)")
            for entry in made["items"].items {
                guard let promise = entry["promise_id"].integer else { continue }
                clockFrom[promise] = entry["clock_from"].instant
            }
        }
        self.clockFrom = clockFrom
        self.released = released
        self.resolutions = resolutions
        self.reopenings = reopenings
    }

    /// The groups and the total.
    ///
    /// - Parameter date: the member that is in the range.
    func report(
        _ regime: String, _ date: String, from: Instant, to: Instant, by grouping: RegimeGrouping
    ) -> (groups: [String?: JSONNode], total: JSONNode) {
        let counted = cases.filter { file in
            guard let instant = file[date].instant else { return false }
            return file["regime"].text == regime && instant >= from && instant < to
        }
        let groups = Dictionary(grouping: counted) { file -> String? in
            guard grouping != .stage else { return own(file, regime).last?["stage"].text }
            let row = ListedRows.Row(json: ["recorded_at": file[date]], file: file)
            return row.key(grouping.rawValue)
        }
        return (groups.mapValues { figures($0, regime) }, figures(counted, regime))
    }

    private func own(_ file: JSONValue, _ regime: String) -> [JSONValue] {
        file["stages"].items.filter { $0["regime"].text == regime }
    }

    private func figures(_ cases: [JSONValue], _ regime: String) -> JSONNode {
        func count(_ isCounted: (JSONValue) -> Bool) -> JSONNode { .number(Double(cases.count(where: isCounted))) }
        let settled = cases.filter { $0["status"].text != "open" }
        let lengths = settled.map { ($0["resolved_at"].instant ?? .earliest) - ($0["received_at"].instant ?? .latest) }
        var outcomes: [String: JSONNode] = [:]
        for name in CaseOutcome.allCases.map(\.rawValue) {
            outcomes[name] = .number(Double(settled.count { $0["outcome"].text == name }))
        }
        outcomes["none"] = .number(Double(settled.count { $0["outcome"] == .null }))
        let redress = Dictionary(grouping: settled.map { $0["redress"] }.filter { $0 != .null }) {
            $0["currency"].text ?? ""
        }
        return .object([
            "opened": count { _ in true }, "settled": .number(Double(settled.count)),
            "open": count { $0["status"].text == "open" },
            "past_deadline": count { file in
                file["status"].text == "open" && file["hard_deadline"].instant.map { $0 < asOf } ?? false
            },
            "duplicates": .number(Double(settled.count { $0["duplicate_of"] != .null })),
            "settled_days": days(lengths), "outcomes": .object(outcomes),
            "redress": .array(
                redress.sorted { $0.key < $1.key }.map { currency, sums in
                    let sum = sums.reduce(0) { $0 + ($1["amount"].integer ?? 0) }
                    return .object(["currency": .string(currency), "amount": .number(Double(sum))])
                }),
            "stages": .array((Self.stages[regime] ?? []).map { stage($0, cases, regime) }),
            "clocks": .array((Self.clocks[regime] ?? []).map { clock($0, cases, regime) }),
        ])
    }

    private func stage(_ name: String, _ cases: [JSONValue], _ regime: String) -> JSONNode {
        let latest = cases.filter { own($0, regime).last?["stage"].text == name }
        return .object([
            "stage": .string(name),
            "came": .number(Double(cases.count { own($0, regime).contains { $0["stage"].text == name } })),
            "latest": .number(Double(latest.count)),
            "open": .number(Double(latest.count { $0["status"].text == "open" })),
        ])
    }

    private func clock(_ clock: Clock, _ cases: [JSONValue], _ regime: String) -> JSONNode {
        var runs: [Run] = []
        for file in cases {
            for stage in own(file, regime) where stage["stage"].text == clock.stage {
                runs += clock.promises ? promised(clock, file, stage) : [unpromised(clock, file, stage)]
            }
        }
        func count(_ standing: String) -> JSONNode { .number(Double(runs.count { $0.standing == standing })) }
        return .object([
            "stage": .string(clock.stage), "clock": .string(clock.name), "started": .number(Double(runs.count)),
            "within": count("within"), "late": count("late"), "running": count("running"), "dropped": count("dropped"),
            "extended": .number(Double(runs.count(where: \.isExtended))),
            "within_extension": .number(
                Double(
                    runs.count { run in
                        guard run.standing == "late", run.isExtended, let metAt = run.metAt, let days = clock.extendedTo
                        else { return false }
                        return metAt <= Self.endOfDay(run.from, later: days)
                    })),
            "days": days(runs.compactMap { run in run.metAt.map { max(.minutes(0), $0 - run.from) } }),
        ])
    }

    /// Nearest rank, in thousandths of a day.
    private func days(_ lengths: [ElapsedTime]) -> JSONNode {
        func rank(_ percent: Int) -> JSONNode {
            guard !lengths.isEmpty else { return .null }
            let value = lengths.sorted()[(lengths.count * percent + 99) / 100 - 1]
            return .number(Double(value.milliseconds / 86_400) / 1000)
        }
        return .object(["median": rank(50), "p90": rank(90)])
    }
}

// MARK: - Clocks
extension RegimeRecount {
    private struct Run {
        let from: Instant
        let metAt: Instant?
        let standing: String
        let isExtended: Bool
    }

    private func promised(_ clock: Clock, _ file: JSONValue, _ stage: JSONValue) -> [Run] {
        let all = file["promises"].items.filter { $0["by"].text == "desk" && $0["to"].text == "customer" }
        let mine = all.filter { $0["clock"].text == clock.name && $0["stage"] == stage["number"] }
        // What was given up goes on, with the same due, once the case does.
        func next(after promise: JSONValue) -> JSONValue? {
            mine.first { other in
                other["supersedes"] == promise["id"]
                    || ["void", "withdrawn", "broken", "transferred"].contains(promise["state"].text)
                        && (other["id"].integer ?? 0) > (promise["id"].integer ?? 0) && from(other) == from(promise)
            }
        }
        func from(_ promise: JSONValue) -> Instant { clockFrom[promise["id"].integer ?? 0] ?? .earliest }
        guard !mine.isEmpty else { return silent(clock, file, stage, all) }
        let later = mine.compactMap { next(after: $0)?["id"] }
        return mine.filter { !later.contains($0["id"]) }.map { root in
            var chain = [root]
            while let next = next(after: chain[chain.count - 1]) { chain.append(next) }
            let from = from(root)
            let own = chain.filter(isKept).compactMap(\.["kept_at"].instant)
            let metAt = (own + others(clock, file, stage, from: from)).min()
            var due = root["due_at"].instant ?? .earliest
            // What took the place of what the customer knew of under another regime.
            if root["supersedes"] != .null { due = max(due, Self.endOfDay(from, later: clock.days)) }
            let isExtended = zip(chain, chain.dropFirst()).contains { before, after in
                (after["due_at"].instant ?? .earliest) > (before["due_at"].instant ?? .latest)
            }
            let isLateTold = chain.last?["recorded_at"].instant ?? .earliest > due
            let instead = Self.clocks.values.joined().first { $0.insteadOf == clock.name && $0.stage == clock.stage }
            let standing: String =
                switch chain.last?["state"].text {
                case _ where metAt != nil: metAt ?? .latest <= due ? "within" : "late"
                // Whoever was released by then was by the authority's date, be the desk's sooner.
                case "broken" where released[chain.last?["id"].integer ?? 0].map { $0 <= due } ?? false: "dropped"
                case "broken": "late"
                case "open", "overdue": asOf > due ? "late" : "running"
                case "void": isExtended && isLateTold ? "late" : "dropped"
                // Whoever is released, or goes on elsewhere, when it was past due was late.
                default: isLateTold ? "late" : "dropped"
                }
            if standing == "running", instead.map({ unpromised($0, file, stage).standing == "within" }) ?? false {
                return Run(from: from, metAt: nil, standing: "dropped", isExtended: isExtended)
            }
            return Run(from: from, metAt: metAt, standing: standing, isExtended: isExtended)
        }
    }

    private func unpromised(_ clock: Clock, _ file: JSONValue, _ stage: JSONValue) -> Run {
        let from = file["received_at"].instant ?? .earliest
        let kept = others(clock, file, stage, from: from)
        let set = clock.isDeadline ? stage["hard_deadline"].instant : nil
        return settled(from, set ?? Self.endOfDay(from, later: clock.days), kept, file, stage)
    }

    /// Met by what was kept, or by the resolution.
    private func settled(
        _ from: Instant, _ due: Instant, _ kept: [Instant], _ file: JSONValue, _ stage: JSONValue
    ) -> Run {
        let isLast = file["stages"].items.last == stage
        let told = resolution(file, stage)
        let resolved = isLast && told != nil ? file["resolved_at"].instant : told
        if isLast, file["duplicate_of"] != .null, kept.isEmpty, let resolved {
            let standing = resolved <= due ? "dropped" : "late"
            return Run(from: from, metAt: nil, standing: standing, isExtended: false)
        }
        let metAt = (kept + [resolved].compactMap(\.self)).min()
        let standing = metAt.map { $0 <= due ? "within" : "late" } ?? (asOf > due ? "late" : "running")
        return Run(from: from, metAt: metAt, standing: standing, isExtended: false)
    }

    /// When the service was told of the resolution on which the case stood as a stage ended, or stands now.
    private func resolution(_ file: JSONValue, _ stage: JSONValue) -> Instant? {
        let id = file["id"].integer ?? 0
        let next = file["stages"].items.first { ($0["number"].integer ?? 0) > (stage["number"].integer ?? 0) }
        guard let last = (resolutions[id] ?? []).last(where: { isDuring(stage, file, $0) }) else { return nil }
        let again = (reopenings[id] ?? []).contains { $0 > last && $0 < (next?["since"].instant ?? .latest) }
        return again ? nil : last
    }

    /// A clock that has begun and made no promise.
    private func silent(_ clock: Clock, _ file: JSONValue, _ stage: JSONValue, _ all: [JSONValue]) -> [Run] {
        let start: Instant? =
            switch clock.name {
            // The first one that was told of.
            case "answer":
                all.filter { isKept($0) && $0["kind"].text == "acknowledge" && isIn(stage, file, $0) }
                    .min { ($0["recorded_at"].instant ?? .latest) < ($1["recorded_at"].instant ?? .latest) }?["kept_at"]
                    .instant
            case "news": file["opened_at"].instant
            case "review": stage["requested_at"].instant
            default: file["received_at"].instant
            }
        guard let from = start else { return [] }
        let kept = all.filter { isKept($0) && clock.metBy.contains($0["kind"].text ?? "") && isIn(stage, file, $0) }
            .compactMap(\.["kept_at"].instant).filter { !clock.every || $0 > from }
        if clock.every, stage["since"] == stage["opened_at"] || kept.isEmpty { return [] }
        let run = settled(from, Self.endOfDay(from, later: clock.days), kept, file, stage)
        let instead = Self.clocks.values.joined().first { $0.insteadOf == clock.name && $0.stage == clock.stage }
        guard kept.isEmpty, run.standing != "late",
            instead.map({ unpromised($0, file, stage).standing == "within" }) ?? false
        else { return [run] }
        return [Run(from: from, metAt: nil, standing: "dropped", isExtended: false)]
    }

    /// Whether a promise is one of that stage, or of none that the case still has, and was settled during that.
    private func isIn(_ stage: JSONValue, _ file: JSONValue, _ promise: JSONValue) -> Bool {
        guard !file["stages"].items.contains(where: { $0["number"] == promise["stage"] }) else {
            return promise["stage"] == stage["number"]
        }
        guard let told = promise["recorded_at"].instant else { return false }
        // What was kept before the stage was asked for, and is told of late, is of the one before.
        let its = file["stages"].items.last { other in
            other["since"].instant ?? .latest <= told
                && (!isKept(promise)
                    || other["requested_at"].instant ?? .latest <= promise["kept_at"].instant ?? .earliest)
        }
        return its?["number"] == stage["number"]
    }

    private func isKept(_ promise: JSONValue) -> Bool { ["kept", "kept_late"].contains(promise["state"].text) }

    /// When other promises were kept in the stage that meet a clock.
    private func others(_ clock: Clock, _ file: JSONValue, _ stage: JSONValue, from: Instant) -> [Instant] {
        file["promises"].items.filter { promise in
            promise["by"].text == "desk" && promise["to"].text == "customer" && isKept(promise)
                && clock.metBy.contains(promise["kind"].text ?? "") && promise["clock"].text != clock.name
                && isIn(stage, file, promise)
        }.compactMap(\.["kept_at"].instant).filter { !clock.every || $0 > from }
    }

    private func isDuring(_ stage: JSONValue, _ file: JSONValue, _ instant: Instant) -> Bool {
        let next = file["stages"].items.first { ($0["number"].integer ?? 0) > (stage["number"].integer ?? 0) }
        return instant >= (stage["since"].instant ?? .latest) && instant < (next?["since"].instant ?? .latest)
    }

    /// 24:00 in London so many dates later, in spring 2026: clocks go ahead on 29 March at 1:00.
    private static func endOfDay(_ instant: Instant, later days: Int64) -> Instant {
        let day: Int64 = 86_400_000
        func offset(_ milliseconds: Int64) -> Int64 { milliseconds >= 1_774_746_000_000 ? 3_600_000 : 0 }
        let date = (instant.milliseconds + offset(instant.milliseconds)) / day + days
        let midnight = (date + 1) * day
        return Instant(milliseconds: midnight - offset(midnight - 3_600_000))
    }
}

extension JSONValue {
    fileprivate var instant: Instant? { text.flatMap { try? Instant(rfc3339: $0) } }
}
