import CaseStore
import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("Problem details")
struct ProblemTests {
    @Test("every code has its own title, and a page that says the same")
    func pages() throws {
        let desk = try TestDesk()
        #expect(Set(ProblemKind.allCases.map(\.title)).count == ProblemKind.allCases.count)
        for code in ProblemKind.allCases {
            let page = try desk.client.get("/problems/\(code.rawValue)")
            #expect(page.status == 200)
            #expect(page["code"].text == code.rawValue)
            #expect(page["title"].text == code.title)
            #expect(page["status"].integer == Int64(code.status.code))
            for name in ["meaning", "cause", "advice"] { #expect(page[name].text?.isEmpty == false) }
            #expect(page["example"]["answer"]["code"].text == code.rawValue)
        }
        #expect(try desk.client.get("/problems/nonsense").status == 404)
    }

    @Test("a problem is written as RFC 9457 has it")
    func format() throws {
        let desk = try TestDesk()
        let answer = try desk.client.post("/v1/cases", "{}")
        #expect(answer.fields["content-type"] == "application/problem+json")
        #expect(answer.json.names == ["type", "title", "status", "detail", "code", "request_id", "errors"])
        #expect(answer["type"].text == "/problems/validation_failed")
        #expect(answer["status"].integer == 422)
        #expect(answer["request_id"].text == answer.fields["x-request-id"])
        #expect(answer["errors"][0].names == ["pointer", "code", "detail"])
        let query = try desk.client.get("/v1/cases?stat=open")
        #expect(query["errors"][0].names == ["parameter", "code", "detail"])
        #expect(query["errors"][0]["detail"].text?.contains("Did you mean status?") == true)
    }

    @Test(
        "what the store can't do has its code and its time to wait",
        arguments: [
            (StoreError.locked, .busy, "1"), (StoreError.diskFull, .diskFull, "60"),
            (StoreError.lowSpace(free: 1, needed: 2), .diskFull, "60"),
            (StoreError.readOnly, .readOnly, "60"), (StoreError.latched(.damaged("x")), .readOnly, "60"),
            (StoreError.damaged("x"), .databaseDamaged, nil), (StoreError.batchFailed("x"), .busy, "1"),
            (StoreError.unreadable("x"), .databaseDamaged, nil),
            (StoreError.outcomeUnknown, .outcomeUnknown, "60"), (StoreUnavailable.busy, .busy, "1"),
            (StoreUnavailable.latched(.commitFailed("x")), .readOnly, "60"),
            (StoreUnavailable.stopping, .shuttingDown, "5"),
        ] as [(any Error, ProblemKind, String?)])
    func store(error: any Error, code: ProblemKind, retryAfter: String?) throws {
        let problem = try #require(Problem.of(error))
        #expect(problem.kind == code)
        #expect(problem.headerFields[.retryAfter] == retryAfter)
    }

    @Test("what the table does not know is a failure of the service, and tells nothing of its inside")
    func unknown() {
        #expect(Problem.of(StoreError.failed("SQLITE_CORRUPT: secret")) == nil)
        #expect(Problem.of(StoreError.unusable("secret")) == nil)
        #expect(Problem.of(CancellationError()) == nil)
    }

    @Test("the server's own refusals are codes of the set, with its status", arguments: ServerRefusal.Code.allCases)
    func server(code: ServerRefusal.Code) {
        #expect(ProblemKind(rawValue: code.rawValue)?.status == code.status)
    }

    @Test("every rule of the workflow has its code")
    func rules() {
        for code in RuleViolation.Code.allCases {
            #expect(ProblemKind(code).rawValue == code.rawValue)
            #expect(ProblemKind(code).status == .conflict)
        }
    }
}
