import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// A desk at random work on complaints under two regimes, and on some under none, over HTTP.
struct RegimeDays {
    let desk: TestDesk
    var random: SeededRandom
    private(set) var cases: Int64 = 0
    /// How many requests were taken, by what they were.
    private(set) var taken: [String: Int] = [:]

    private static let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
    private static let kinds = ["answer", "answer", "callback", "update", "acknowledge"]

    init(seed: UInt64) throws {
        desk = try TestDesk()
        random = SeededRandom(seed)
        try desk.putTwoSteps()
        let plain = #"""
            {"title":"Plain","authority":"Nobody","source":"Rule 2","calendar":"London","stages":[{"name":"only","clocks":[
            {"name":"reply","anchor":"received","count":5,"unit":"days","makes":"answer"},
            {"name":"limit","anchor":"received","count":8,"unit":"days","makes":"hard_deadline","met_by":["answer"]}]}]}
            """#
        #expect(try desk.client.put("/v1/regimes/Plain", plain).status == 201)
    }

    /// Sends that many requests, some of which are refused, with time passing in between.
    mutating func work(_ requests: Int) throws {
        for _ in 0..<requests {
            desk.clock.advance(by: .minutes(number(0...840)))
            if cases < 4 || random.once(in: 7) { try open() } else { try change(number(1...cases)) }
        }
    }

    private mutating func send(_ name: String, _ path: String, _ body: String, method: String = "POST") throws {
        let answer = try desk.client.send(
            method, path, fields: ["Content-Type": "application/json"], body: Array(body.utf8))
        try #require(answer.status < 500, "\(path) \(body) \(answer.text)")
        if answer.status < 300 { taken[name, default: 0] += 1 }
    }

    private mutating func open() throws {
        var members = [#""complaint":"It leaks.","channel":"\#(one(["phone", "letter"]))""#]
        members.append(#""customer":\#(cases > 0 && random.once(in: 2) ? #"{"id":1}"# : #"{"name":"Ann"}"#)"#)
        if let regime = one(["Two steps", "Two steps", "Plain", "Plain", nil]) {
            members.append(#""regime":"\#(regime)""#)
        }
        if let category = one(["Lamps", "Kettles", nil]) { members.append(#""category":"\#(category)""#) }
        if let owner = one(["Kim", "Lee", nil]) { members.append(#""owner":"\#(owner)""#) }
        if random.once(in: 3) { members.append(#""received_at":"\#(instant(.hours(-number(1...150))))""#) }
        if random.once(in: 6) { members.append(#""hard_deadline":"\#(instant(.hours(number(1...200))))""#) }
        let before = taken["open"] ?? 0
        try send("open", "/v1/cases", "{\(members.joined(separator: ","))}")
        cases += Int64((taken["open"] ?? 0) - before)
    }

    private mutating func change(_ id: Int64) throws {
        let path = "/v1/cases/\(id)"
        let file = try desk.client.get(path)
        let unsettled = file["promises"].items.filter { ["open", "overdue"].contains($0["state"].text) }
        guard file["status"].text == "open", let promise = unsettled.randomElement(using: &random) else {
            return try goOn(path, file)
        }
        let (promisePath, isLate) = ("/v1/promises/\(promise["id"].integer ?? 0)", promise["state"].text == "overdue")
        let until = "PT\(number(1...200))H"
        let next =
            #"{"kind":"\#(one(Self.kinds))","what":"Next","due_in":"\#(until)","next_step":"Wait",\#(Self.told)}"#
        switch number(0...15) {
        case 0...4:
            var members = [#""evidence":"Seen""#]
            if random.once(in: 4) { members.append(#""kept_at":"\#(instant(.hours(-number(1...30))))""#) }
            members.append(random.once(in: 4) ? #""resolve":\#(resolution())"# : #""next_promise":\#(next)"#)
            if random.once(in: 2) { members.removeLast() }
            try send("keep", "\(promisePath)/keep", "{\(members.joined(separator: ","))}")
        case 5, 6:
            let body = #"{"due_in":"\#(until)","reason":"Parts","next_step":"Wait",\#(Self.told)}"#
            try send(isLate ? "recover" : "renegotiate", "\(promisePath)/\(isLate ? "recover" : "renegotiate")", body)
        case 7:
            let release =
                random.once(in: 2) ? #""customer_agreed":true"# : #""customer_agreed":false,"cause":"impossible""#
            let rest = random.once(in: 3) ? #""resolve":\#(resolution())"# : #""next_promise":\#(next)"#
            try send("withdraw", "\(promisePath)/withdraw", #"{"reason":"x",\#(release),\#(Self.told),\#(rest)}"#)
        case 8:
            desk.clock.advance(by: .minutes(1))
            try send("void", "\(promisePath)/void", #"{"reason":"A mistake",\#(Self.told),"next_promise":\#(next)}"#)
        case 9: try send("promise", "\(path)/promises", next)
        case 10, 11:
            let settle = unsettled.map { promise in
                let action =
                    random.once(in: 3)
                    ? #""withdraw","reason":"x","customer_agreed":true,\#(Self.told)"# : #""keep","evidence":"Seen""#
                return #"{"promise_id":\#(promise["id"].integer ?? 0),"action":\#(action)}"#
            }
            let body = String(resolution().dropLast()) + #","settle":[\#(settle.joined(separator: ","))]}"#
            try send("resolve", "\(path)/resolve", body)
        case 12: try send("stage", "\(path)/stage", #"{"stage":"second","reason":"Ann does not agree"}"#)
        case 13:
            try send("duplicate", "\(path)/duplicate-of", #"{"case_id":\#(number(1...cases)),"reason":"Twice"}"#)
        default: try edit(path)
        }
    }

    /// A case that is over, or has nothing to be settled.
    private mutating func goOn(_ path: String, _ file: JSONAnswer) throws {
        switch number(0...5) {
        case 0: try send("reopen", "\(path)/reopen", #"{"reason":"It leaks again"}"#)
        case 1: try send("close", "\(path)/close", "{}")
        case 2:
            let asked = random.once(in: 2) ? #","requested_at":"\#(instant(.hours(-number(1...20))))""# : ""
            try send("stage", "\(path)/stage", #"{"stage":"second","reason":"Ann does not agree"\#(asked)}"#)
        case 3:
            let kept = file["promises"].items.filter { $0["kept_at"] != .null }
            guard let id = kept.randomElement(using: &random)?["id"].integer else { return }
            let dispute = try desk.client.post("\(path)/log", #"{"kind":"dispute","promise_id":\#(id),"reason":"No"}"#)
            guard let seq = dispute["seq"].integer else { return }
            desk.clock.advance(by: .hours(1))
            let next = #"{"what":"Next","due_in":"PT50H","next_step":"Wait",\#(Self.told)}"#
            try send(
                "dispute", "\(path)/log",
                #"{"kind":"dispute_decision","of":\#(seq),"upheld":true,"reason":"So it is","next_promise":\#(next)}"#)
        default: try edit(path)
        }
    }

    private mutating func edit(_ path: String) throws {
        let body =
            switch number(0...4) {
            case 0: #"{"regime":"\#(one(["Two steps", "Plain"]))"}"#
            case 1: #"{"regime":null}"#
            case 2: #"{"category":"\#(one(["Lamps", "Kettles"]))"}"#
            case 3: #"{"hard_deadline":"\#(instant(.hours(number(1...300))))"}"#
            default: #"{"owner":"\#(one(["Kim", "Lee"]))"}"#
            }
        try send("edit", path, body, method: "PATCH")
    }

    private mutating func resolution() -> String {
        var members = [#""summary":"Done","customer_accepted":\#(random.once(in: 2))"#]
        if !random.once(in: 4) { members.append(#""outcome":"\#(one(CaseOutcome.allCases).rawValue)""#) }
        if random.once(in: 2) {
            members.append(#""redress":{"amount":\#(number(0...9_999)),"currency":"\#(one(["GBP", "GBP", "EUR"]))"}"#)
        }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func number(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &random) }

    private mutating func one<Value>(_ values: [Value]) -> Value { values[Int(number(0...Int64(values.count - 1)))] }

    private func instant(_ span: ElapsedTime) -> String { (desk.clock.now + span).rfc3339 }
}
