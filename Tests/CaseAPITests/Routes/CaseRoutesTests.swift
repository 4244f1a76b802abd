import Complaints
import Testing

@testable import CaseAPI

@Suite("Cases over HTTP")
struct CaseRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    @Test("a complaint and a name are enough, and the policy makes the first promise")
    func create() throws {
        let answer = try desk.openCase()
        #expect(answer.status == 201)
        #expect(answer.fields["location"] == "/v1/cases/1")
    }
}
