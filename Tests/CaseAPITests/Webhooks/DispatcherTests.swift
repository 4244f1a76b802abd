import CaseStore
import Complaints
import Logging
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI

@Suite("A webhook's receiver")
struct DispatcherTests {
    @Test("is told of each event once, signed, in the order of the log, over one connection, and of nobody's words")
    func told() throws {
        let (desk, receiver) = (try TestDesk.allowingLoopback(), try TestReceiver())
        try desk.openCase()
        let (id, secret) = try desk.webhook(to: receiver)
        for name in ["Bea Marsh", "Cy Young"] {
            try desk.openCase(#"{"complaint":"The boiler leaks.","customer":{"name":"\#(name)"},"owner":"Dora Quick"}"#)
        }
        try desk.client.patch("/v1/policies/low", #"{"load_cap":3}"#)
        #expect(try eventually { try desk.statuses(ofWebhook: id) == Array(repeating: "delivered", count: 5) })
        let received = receiver.received
        #expect(
            received.map(\.type) == ["case.opened", "promise.made", "case.opened", "promise.made", "policy.updated"])
        #expect(received.map(\.caseID) == [2, 2, 3, 3, nil])
        #expect(Set(received.compactMap { $0.fields["webhook-id"] }).count == 5)
        #expect(received.allSatisfy { $0.isSigned(with: secret) && !$0.isSigned(with: WebhookSecret()) })
        for word in ["Bea", "boiler", "Dora", "whsec_"] { #expect(!received.contains { $0.text.contains(word) }) }
        #expect(receiver.connections == 1)
        #expect(received[1].text.contains(#""links":{"event":"/v1/events?after=4&limit=1","case":"/v1/cases/2""#))
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is told where all of it is, under the public URL where there is one")
    func links() throws {
        for (links, origin) in [(PublicLinks.relative, ""), (try PublicLinks("https://desk.example/"), "https://desk.example")] {
            let (desk, receiver) = (try TestDesk.allowingLoopback(links: links), try TestReceiver())
            let (id, _) = try desk.webhook(to: receiver, #","types":["promise.made"]"#)
            try desk.openCase()
            #expect(try eventually { try desk.statuses(ofWebhook: id) == ["delivered"] })
            let shown = try #require(receiver.received.first)
            let sent = try JSONParser.value(of: shown.body)["data"]["links"]
            #expect(sent["case"].text == "\(origin)/v1/cases/1" && sent["promise"].text == "\(origin)/v1/promises/1")
            #expect(sent["board"].text == "\(origin)/board/cases/1" && sent["log"].text == "\(origin)/v1/cases/1/log/2")
            #expect(sent["event"].text?.hasPrefix("\(origin)/v1/events?after=") == true, "\(shown.text)")
        }
    }

    @Test("is told of what it asked for alone")
    func filtered() throws {
        let (desk, receiver) = (try TestDesk.allowingLoopback(), try TestReceiver())
        let (id, _) = try desk.webhook(
            to: receiver, #","types":["case.opened"],"severity":["high"],"owner":"bo","team":"NORTH""#)
        for (severity, owner, team) in [
            ("high", "Bo", "North"), ("low", "Bo", "North"), ("high", "Kim", "North"), ("high", "Bo", "South"),
        ] {
            try desk.openCase(
                """
                {"complaint":"x","customer":{"name":"A"},"severity":"\(severity)","owner":"\(owner)","team":"\(team)"}
                """)
        }
        try desk.openCase(
            #"{"complaint":"last","customer":{"name":"A"},"severity":"high","owner":"Bo","team":"north"}"#)
        #expect(try eventually { try desk.statuses(ofWebhook: id) == ["delivered", "delivered"] })
        #expect(receiver.received.map(\.caseID) == [1, 5])
    }

    @Test("that refuses something gets what follows in its case only after it, and other cases all the same")
    func held() throws {
        let desk = try TestDesk.allowingLoopback()
        let isRefusing = Mutex(true)
        let receiver = try TestReceiver { received in
            received.caseID == 1 && isRefusing.withLock(\.self) ? .answer(500, body: "not now") : .answer(204)
        }
        let (id, _) = try desk.webhook(to: receiver)
        try desk.openCase()
        try desk.openCase()
        #expect(
            try eventually { try desk.statuses(ofWebhook: id) == ["pending", "pending", "delivered", "delivered"] })
        #expect(eventually { receiver.received.filter { $0.caseID == 1 }.count == 1 })
        let failed = try desk.client.get("/v1/webhooks/\(id)/deliveries?status=pending")["items"].items
        #expect(failed.count == 2)
        #expect(
            failed[1]["attempts"][0]["status"].integer == 500 && failed[1]["attempts"][0]["answer"].text == "not now")
        #expect(failed[0]["attempt_count"].integer == 0)
        isRefusing.withLock { $0 = false }
        #expect(receiver.received.filter { $0.caseID == 1 }.allSatisfy { $0.type == "case.opened" })
        desk.pass(.hours(1))
        #expect(try eventually { try desk.statuses(ofWebhook: id) == Array(repeating: "delivered", count: 4) })
        let first = receiver.received.filter { $0.caseID == 1 }
        #expect(first.map(\.type) == ["case.opened", "case.opened", "promise.made"])
        #expect(first[0].fields["webhook-id"] == first[1].fields["webhook-id"])
    }

    @Test("that is gone (410) is told nothing more, and the feed of events and the service's log say so")
    func gone() throws {
        let log = LogRecorder()
        let desk = try TestDesk.allowingLoopback(logger: log.logger())
        let receiver = try TestReceiver { _ in .answer(410) }
        let (id, _) = try desk.webhook(to: receiver)
        try desk.openCase()
        #expect(try eventually { try desk.client.get("/v1/webhooks/\(id)")["active"] == .boolean(false) })
        #expect(try desk.client.get("/v1/webhooks/\(id)")["off_reason"].text == "gone")
        let event = try desk.client.get("/v1/events?type=webhook.disabled")["items"]
        #expect(event.items.count == 1 && event[0]["actor"].text == "clock")
        #expect(event[0]["entry"]["reason"].text == "gone")
        let isLogged = eventually {
            log.lines.contains { $0.level == .warning && $0.metadata == ["webhook": "\(id)", "reason": "gone"] }
        }
        #expect(isLogged, "\(log.lines)")
        try desk.openCase()
        desk.pass(.days(1))
        #expect(receiver.received.count == 1)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("that takes something for none of three days is told nothing more until it is turned on again, and then all")
    func failing() throws {
        let desk = try TestDesk.allowingLoopback()
        let isRefusing = Mutex(true)
        let receiver = try TestReceiver { _ in .answer(isRefusing.withLock(\.self) ? 500 : 200) }
        let (id, _) = try desk.webhook(to: receiver)
        try desk.openCase()
        func isOff() throws -> Bool { try desk.client.get("/v1/webhooks/\(id)")["active"] == .boolean(false) }
        for round in 1...9 {
            // What is not on record yet would be tried again from later on.
            #expect(
                try eventually {
                    let first = try desk.client.get("/v1/webhooks/\(id)/deliveries")["items"].items.last
                    return try isOff() || first?["attempt_count"].integer ?? 0 >= Int64(round)
                })
            if try isOff() { break }
            desk.pass(.hours(11))
        }
        #expect(try eventually { try desk.client.get("/v1/webhooks/\(id)")["off_reason"].text == "failing" })
        isRefusing.withLock { $0 = false }
        #expect(try desk.client.patch("/v1/webhooks/\(id)", #"{"active":true}"#)["off_reason"] == .null)
        #expect(try eventually { try desk.statuses(ofWebhook: id).allSatisfy { $0 == "delivered" } })
        let ofCase = receiver.received.filter { $0.caseID == 1 }.map(\.type)
        #expect(ofCase.drop { $0 == "case.opened" }.first == "promise.made", "what followed was held")
        #expect(receiver.received.contains { $0.type == "webhook.disabled" })
    }

    @Test("is left alone for as long as it asks")
    func retryAfter() throws {
        let desk = try TestDesk.allowingLoopback()
        let isBusy = Mutex(true)
        let receiver = try TestReceiver { _ in
            isBusy.withLock(\.self) ? .answer(429, fields: ["Retry-After: 7200"]) : .answer(200)
        }
        let (id, _) = try desk.webhook(to: receiver)
        try desk.openCase()
        try desk.openCase()
        #expect(
            try eventually { try desk.client.get("/v1/webhooks/\(id)/deliveries")["items"][3]["attempt_count"] == 1 })
        isBusy.withLock { $0 = false }
        desk.pass(.hours(1))
        try desk.openCase()
        #expect(try eventually { try desk.statuses(ofWebhook: id).count == 6 })
        #expect(receiver.received.count == 1)
        desk.pass(.minutes(61))
        #expect(try eventually { try desk.statuses(ofWebhook: id) == Array(repeating: "delivered", count: 6) })
    }

    @Test(
        "can be tested while its webhook is off, is told again what somebody wants told again, and loses nothing by that"
    )
    func byHand() throws {
        let (desk, receiver) = (try TestDesk.allowingLoopback(), try TestReceiver())
        let (id, _) = try desk.webhook(to: receiver)
        try desk.openCase()
        #expect(try eventually { try desk.statuses(ofWebhook: id) == ["delivered", "delivered"] })
        try desk.client.patch("/v1/webhooks/\(id)", #"{"active":false}"#)
        #expect(try desk.client.post("/v1/webhooks/\(id)/test")["type"].text == "webhook.test")
        #expect(eventually { receiver.received.count == 3 })
        let again = try desk.client.post("/v1/webhooks/\(id)/deliveries/1/redeliver")
        #expect(again["status"].text == "pending" && again["by_hand"] == .boolean(true))
        #expect(eventually { receiver.received.count == 4 })
        #expect(receiver.received.map(\.type) == ["case.opened", "promise.made", "webhook.test", "case.opened"])
        #expect(receiver.received[3].fields["webhook-id"] == receiver.received[0].fields["webhook-id"])
        #expect(try eventually { try desk.statuses(ofWebhook: id).allSatisfy { $0 == "delivered" } })
        try desk.openCase()
        try desk.client.patch("/v1/webhooks/\(id)", #"{"active":true}"#)
        #expect(
            eventually {
                receiver.received.filter { $0.caseID == 2 }.map(\.type) == ["case.opened", "promise.made"]
            })
    }

    @Test("verifies with the former secret and the new one for a day after a rotation, and then with the new one alone")
    func rotation() throws {
        let (desk, receiver) = (try TestDesk.allowingLoopback(), try TestReceiver())
        let (id, first) = try desk.webhook(to: receiver)
        let rotated = try desk.client.post("/v1/webhooks/\(id)/rotate")
        let second = try #require(rotated["secret"].text.flatMap(WebhookSecret.init))
        try desk.client.post("/v1/webhooks/\(id)/test")
        #expect(eventually { receiver.received.contains { $0.type == "webhook.test" } })
        let during = try #require(receiver.received.last { $0.type == "webhook.test" })
        #expect(during.isSigned(with: first) && during.isSigned(with: second))
        desk.pass(.hours(25))
        try desk.client.post("/v1/webhooks/\(id)/test")
        #expect(eventually { receiver.received.filter { $0.type == "webhook.test" }.count == 2 })
        let after = try #require(receiver.received.last { $0.type == "webhook.test" })
        #expect(!after.isSigned(with: first) && after.isSigned(with: second))
    }

    @Test("gets what happened while the service was down")
    func restart() throws {
        let receiver = try TestReceiver()
        let before = try TestDesk.allowingLoopback()
        let (id, _) = try before.webhook(to: receiver, #","types":["case.opened"]"#)
        try before.openCase()
        before.stop()
        try before.openCases(3)
        let after = try TestDesk.allowingLoopback(continuing: before)
        try after.openCase()
        #expect(try eventually { try after.statuses(ofWebhook: id) == Array(repeating: "delivered", count: 5) })
        let cases = receiver.received.map { $0.caseID ?? 0 }
        #expect(Set(cases) == [1, 2, 3, 4, 5] && cases == cases.sorted(), "once, or again what was under way")
    }

    @Test("is not told after a restart of what was not theirs when it was looked at, and is by then")
    func judgedOnce() throws {
        let receiver = try TestReceiver()
        let before = try TestDesk.allowingLoopback()
        let (theirs, _) = try before.webhook(to: receiver, #","types":["case.opened"],"team":"North""#)
        let (all, _) = try before.webhook(to: receiver, #","types":["case.opened"]"#)
        func opened(in team: String) -> String { #"{"complaint":"x","customer":{"name":"A"},"team":"\#(team)"}"# }
        try before.openCase(opened(in: "South"))
        #expect(try eventually { try before.statuses(ofWebhook: all) == ["delivered"] })
        before.stop()
        let after = try TestDesk.allowingLoopback(continuing: before)
        try after.client.patch("/v1/cases/1", #"{"team":"North"}"#)
        try after.openCase(opened(in: "North"))
        #expect(try eventually { try after.statuses(ofWebhook: theirs) == ["delivered"] })
        #expect(try eventually { try after.statuses(ofWebhook: all) == ["delivered", "delivered"] })
        #expect(receiver.received.compactMap(\.caseID).sorted() == [1, 2, 2])
    }

    @Test("hears nothing of a service that posts nothing, and all of it from the next one that does")
    func silent() throws {
        let receiver = try TestReceiver()
        let silent = try TestDesk.allowingLoopback(posts: false)
        let (id, _) = try silent.webhook(to: receiver, #","types":["case.opened"]"#)
        try silent.openCase()
        #expect(try silent.client.post("/v1/webhooks/\(id)/test")["status"].text == "pending")
        silent.pass(.hours(1))
        silent.stop()
        #expect(receiver.connections == 0)
        let next = try TestDesk.allowingLoopback(continuing: silent)
        #expect(try eventually { try next.statuses(ofWebhook: id) == ["delivered", "delivered"] })
        #expect(Set(receiver.received.map(\.type)) == ["webhook.test", "case.opened"])
    }

    @Test("is not quoted about a customer who is erased, whether it answered before that or does after")
    func erased() throws {
        let desk = try TestDesk.allowingLoopback()
        let receiver = try TestReceiver { _ in .answer(200, body: "thanks, Ann") }
        let (id, _) = try desk.webhook(to: receiver, #","types":["case.opened","case.updated","customer.updated"]"#)
        try desk.openCase()
        try desk.openCase()
        func answers() throws -> [String?] {
            let items = try desk.client.get("/v1/webhooks/\(id)/deliveries")["items"].items.reversed()
            return items.map { $0["attempts"][0]["answer"].text }
        }
        #expect(try eventually { try answers() == ["thanks, Ann", "thanks, Ann"] })
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked for it"}"#).status == 200)
        #expect(try eventually { try desk.statuses(ofWebhook: id) == Array(repeating: "delivered", count: 4) })
        #expect(try answers() == ["", "thanks, Ann", "", ""], "of the erased and of nobody else")
    }

    @Test("that a name hides on this machine gets no connection, and its delivery says why")
    func hidden() throws {
        let (desk, receiver) = (try TestDesk(), try TestReceiver())
        #expect(try desk.client.post("/v1/webhooks", #"{"url":"https://localhost:\#(receiver.port)/"}"#).status == 201)
        try desk.client.post("/v1/webhooks/1/test")
        #expect(try eventually { try desk.statuses(ofWebhook: 1) == ["failed"] })
        let attempt = try desk.client.get("/v1/webhooks/1/deliveries")["items"][0]["attempts"][0]
        #expect(attempt["failure"].text == "address_refused" && attempt["status"] == .null)
        #expect(receiver.connections == 0)
    }

    @Test("that does nothing but harm is one attempt that failed, and what it said is kept to its first KiB")
    func harm() throws {
        let desk = try TestDesk.allowingLoopback()
        let replies = Mutex<[TestReceiver.Reply]>([
            .reset, .nonsense, .endlessHead, .answer(500, body: String(repeating: "é", count: 4_000)), .endless,
        ])
        let receiver = try TestReceiver { _ in replies.withLock { $0.isEmpty ? .answer(200) : $0.removeFirst() } }
        let (id, _) = try desk.webhook(to: receiver, #","types":["case.opened"]"#)
        try desk.openCase()
        for count in 2...5 {
            #expect(
                try eventually {
                    try desk.client.get("/v1/webhooks/\(id)/deliveries")["items"][0]["attempt_count"].integer
                        == Int64(count - 1)
                })
            desk.pass(.hours(1))
        }
        #expect(try eventually { try desk.statuses(ofWebhook: id) == ["delivered"] })
        let attempts = try desk.client.get("/v1/webhooks/\(id)/deliveries")["items"][0]["attempts"].items
        #expect(attempts.map { $0["failure"].text } == ["broken_off", "failed", "failed", nil, nil])
        #expect(attempts.map { $0["status"].integer } == [nil, nil, nil, 500, 200])
        #expect(attempts[3]["answer"].text == String(repeating: "é", count: 512))
        #expect(attempts[4]["answer"].text == String(repeating: "x", count: 1_024))
    }
}
