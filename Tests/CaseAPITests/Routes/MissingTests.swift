import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("What is not there")
struct MissingTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase()
    }

    /// What is at the paths that begin so.
    private static let names = [
        "cases": "case", "promises": "promise", "customers": "customer", "tokens": "token",
        "webhooks": "webhook",
    ]

    @Test("is told of in the same words, whatever was to be read or changed of it")
    func words() throws {
        var client = desk.client
        client.standing = ["Authorization": try desk.token(.admin).field]
        var count = 0
        for route in RouteMap.table.routes where route.pattern.contains("{id}") {
            let place = "\(route.method.rawValue) \(route.pattern)"
            let path = route.pattern.replacing("{id}", with: "99").replacing("{seq}", with: "1")
                .replacing("{delivery}", with: "1").replacing("{session}", with: "1")
            let name = try #require(Self.names[String(route.pattern.split(separator: "/")[1])], "\(place)")
            let answer = JSONAnswer(
                try client.send(route.method.rawValue, path, body: route.method == .get ? nil : Array("{}".utf8)))
            #expect(answer.status == 404, "\(place): \(answer.response.text)")
            let detail = answer["detail"].text ?? ""
            #expect(
                detail == "There is no \(route.pattern.contains("{seq}") ? "entry 1 in the log of " : "")\(name) 99.",
                "\(place): \(detail)")
            count += 1
        }
        #expect(count > 20)
    }

    @Test(
        "at a path that is nearly one leads there",
        arguments: [
            ("/v1/cases/", "/v1/cases"), ("/v1/cases/1/", "/v1/cases/1"), ("/v1//cases", "/v1/cases"),
            ("/cases", "/v1/cases"), ("/promises/1/keep", "/v1/promises/1/keep"), ("/healthz/", "/healthz"),
        ])
    func paths(path: String, meant: String) throws {
        let answer = try desk.client.get(path)
        #expect(answer.status == 404 && answer.code == "not_found")
        #expect(answer["detail"].text == "There is nothing at \(path): look at \(meant).")
    }

    @Test(
        "at a path that was mistyped is told which was meant, or where all are",
        arguments: [
            ("/v1/case", "Did you mean /v1/cases?"), ("/v1/customer/17", "Did you mean /v1/customers/17?"),
            ("/v1/polices", "Did you mean /v1/policies?"), ("/v1/cases/1/logs", "Did you mean /v1/cases/1/log?"),
            ("/V1/cases", "Did you mean /v1/cases?"), ("/health", "Did you mean /healthz?"),
            ("/v1/report/promises", "Did you mean /v1/reports/promises?"),
            ("/", "/openapi.json has all paths."), ("/v1/", "/openapi.json has all paths."),
            ("/v1/nothing/like/any/of/them", "/openapi.json has all paths."),
            ("/v1/\(String(repeating: "a", count: 300))", "/openapi.json has all paths."),
        ])
    func mistyped(path: String, hint: String) throws {
        let answer = try desk.client.get(path)
        #expect(answer.status == 404 && answer.code == "not_found")
        #expect(answer["detail"].text == "There is nothing at \(path.prefix(200)). \(hint)")
    }
}
