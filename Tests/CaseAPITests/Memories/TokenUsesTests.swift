import Complaints
import Testing

@testable import CaseAPI

@Suite("When tokens were last used, as it is remembered until it is written down")
struct TokenUsesTests {
    private let now = TestDesk.start

    @Test("is of each token by its id, however many share a place, and of its last use")
    func byID() {
        let uses = TokenUses()
        let ids = (1...100).map(Int64.init)
        for id in ids { uses.note(id, at: now) }
        for id in ids { uses.note(id, at: now + .seconds(id)) }
        #expect(uses.take() == Dictionary(uniqueKeysWithValues: ids.map { ($0, now + .seconds($0)) }))
        #expect(uses.take().isEmpty, "what has been taken is not written twice")
    }

    @Test("is the later one where it could not be written down and the token was used again meanwhile")
    func restored() {
        let uses = TokenUses()
        uses.note(1, at: now)
        uses.note(2, at: now)
        let taken = uses.take()
        uses.note(1, at: now + .seconds(5))
        uses.note(3, at: now)
        uses.restore(taken)
        #expect(uses.take() == [1: now + .seconds(5), 2: now, 3: now])
    }

    @Test("lets nobody in: a token that was used is asked for in the record again, and one made later is another")
    func letsNobodyIn() throws {
        let desk = try TestDesk()
        let admin = try desk.token(.admin, name: "admin")
        let (id, token) = try desk.token(.agent, name: "Ann")
        for _ in 1...3 {
            #expect(try desk.client.send("GET", "/v1/me", fields: ["Authorization": token]).status != 401)
        }
        try desk.client.post("/v1/tokens/\(id)/revoke", "{}", fields: ["Authorization": admin.field])
        #expect(try desk.client.send("GET", "/v1/cases", fields: ["Authorization": token]).status == 401)
        let (next, other) = try desk.token(.agent, name: "Ann")
        #expect(next != id)
        #expect(try desk.client.send("GET", "/v1/cases", fields: ["Authorization": other]).status == 200)
        let noted = desk.service.gate.uses.take()
        #expect(Set(noted.keys).isSuperset(of: [admin.id, next]))
    }
}
