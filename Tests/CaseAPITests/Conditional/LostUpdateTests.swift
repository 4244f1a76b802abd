import Complaints
import Dispatch
import Testing

@testable import CaseAPI

@Suite("Many clients change one thing")
struct LostUpdateTests {
    private static let clients = 8
    private static let changes = 12

    /// Reads, changes what was read and writes it back with If-Match, as often as others come in between. Returns how
    /// often that was.
    ///
    /// - Parameter hasRead: called each time something was read.
    private func change(
        _ path: String, _ desk: TestDesk, hasRead: () -> Void = {}, _ patch: (JSONAnswer) -> String
    ) throws -> Int {
        var stale = 0
        while true {
            let read = try desk.client.get(path)
            hasRead()
            let tag = try #require(read.fields["etag"])
            let answer = try desk.client.patch(path, patch(read), fields: ["If-Match": tag])
            if answer.status == 200 {
                #expect(answer.fields["etag"] != tag)
                return stale
            }
            try #require(answer.code == "stale")
            #expect(answer.fields["etag"] != tag)
            stale += 1
        }
    }

    @Test("with If-Match no change of a case is lost: each counts on from what the one before it left")
    func cases() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.client.patch("/v1/cases/1", #"{"subject":"0"}"#)
        let meeting = DispatchGroup()
        for _ in 0..<Self.clients { meeting.enter() }
        let stale = try inParallel(Self.clients) { _ in
            var hasMet = false
            /// The first time they wait for each other, so that all of them have read the same.
            func meet() {
                if !hasMet { meeting.leave() }
                hasMet = true
                _ = meeting.wait(timeout: .now() + 60)
            }
            return try (0..<Self.changes).map { _ in
                try change("/v1/cases/1", desk, hasRead: meet) { read in
                    let count = Int(read["subject"].text ?? "") ?? -1
                    return #"{"subject":"\#(count + 1)"}"#
                }
            }.reduce(0, +)
        }
        #expect(try desk.client.get("/v1/cases/1")["subject"].text == String(Self.clients * Self.changes))
        let log = try desk.client.get("/v1/cases/1/log?limit=500")
        // The opening, the policy's promise, the zero, and one for each.
        #expect(log["total"].integer == Int64(3 + Self.clients * Self.changes))
        // Of those that had read the same, one came through.
        #expect(stale.reduce(0, +) >= Self.clients - 1)
    }

    @Test("nor one of a customer")
    func customers() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.client.patch("/v1/customers/1", #"{"phone":"0"}"#)
        _ = try inParallel(Self.clients) { _ in
            for _ in 0..<Self.changes {
                _ = try change("/v1/customers/1", desk) { read in
                    let count = Int(read["phone"].text ?? "") ?? -1
                    return #"{"phone":"\#(count + 1)"}"#
                }
            }
        }
        #expect(try desk.client.get("/v1/customers/1")["phone"].text == String(Self.clients * Self.changes))
    }

    @Test("of those that settle one promise with the same If-Match, one does")
    func settling() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.client.post("/v1/cases/1/promises", #"{"what":"Call","due_in":"P1D"}"#)
        let tag = try #require(try desk.client.get("/v1/promises/1").fields["etag"])
        let answers = try inParallel(Self.clients) { index in
            try desk.client.post(
                "/v1/promises/1/reassign", #"{"owner":"Owner \#(index)","reason":"Shift"}"#, fields: ["If-Match": tag])
        }
        #expect(answers.count { $0.status == 200 } == 1)
        #expect(answers.count { $0.code == "stale" } == Self.clients - 1)
        let winner = try #require(answers.firstIndex { $0.status == 200 })
        #expect(try desk.client.get("/v1/promises/1")["owner"].text == "Owner \(winner)")
    }

    @Test("without If-Match the last one wins, unseen: that is what it is for")
    func without() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let tag = try #require(try desk.client.get("/v1/cases/1").fields["etag"])
        #expect(try desk.client.patch("/v1/cases/1", #"{"subject":"Ann's"}"#, fields: ["If-Match": tag]).status == 200)
        #expect(try desk.client.patch("/v1/cases/1", #"{"subject":"Bo's"}"#).status == 200)
        #expect(try desk.client.get("/v1/cases/1")["subject"].text == "Bo's")
    }
}
