import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("A service that takes changes with If-Match only")
struct RequiredIfMatchTests {
    private let desk: TestDesk

    init() throws {
        var rules = AccessRules()
        rules.requiresIfMatch = true
        desk = try TestDesk(access: rules)
        try desk.openCase()
        try desk.openCase()
        try desk.client.post("/v1/customers/2/merge", #"{"into":1,"reason":"One"}"#, fields: ["If-Match": "*"])
        try desk.nameKim()
        let away = #"{"from":"2099-12-21","until":"2100-01-03"}"#
        try desk.client.put("/v1/owners/Kim/absence", away, fields: ["If-Match": "*"])
        try desk.client.post("/v1/cases/1/share", fields: ["If-Match": "*"])
    }

    @Test("asks for it on every change of something that exists, before it looks at what is sent")
    func everyChange() throws {
        let (id, token) = try desk.token(.admin)
        try desk.beginSession(ofToken: id)
        var seen = 0
        for route in RouteMap.table.routes where route.endpoint.isChange {
            let isUnmerge = route.method == .delete && route.pattern.hasSuffix("/merge")
            let target = isUnmerge ? "/v1/customers/2/merge" : route.examplePath
            func send(_ fields: [String: String]) throws -> JSONAnswer {
                let type = route.endpoint.bodyTypes.map { "\($0[0])" } ?? "application/json"
                let fields = fields.merging(["Authorization": token, "Content-Type": type]) { $1 }
                return JSONAnswer(
                    try desk.client.send(route.method.rawValue, target, fields: fields, body: Array(#"{"x":1}"#.utf8)))
            }
            guard route.pattern.contains("{") else {
                #expect(try send([:]).status == 422, "\(target): there is nothing yet that could have changed")
                continue
            }
            seen += 1
            let answer = try send([:])
            #expect(answer.status == 428, "\(route.method) \(target)")
            #expect(answer.code == "precondition_required")
            #expect(try send(["If-None-Match": "\"x\""]).status == 428)
            #expect(try send(["If-Match": "\"x\""]).status == 412, "\(target)")
            let matched = try send(["If-Match": "*"])
            #expect(matched.status == 422 || ["promise_not_broken", "no_regime"].contains(matched.code), "\(target)")
        }
        #expect(seen >= 15)
        #expect(try desk.client.get("/v1/cases/1", fields: ["Authorization": token]).status == 200)
        #expect(
            try desk.client.patch("/v1/cases/9", "{}", fields: ["Authorization": token]).status == 404,
            "404 of the resource comes first")
    }

    @Test("takes the tag that it gave, and answers a retry before it looks for one")
    func tags() throws {
        let tag = try #require(try desk.client.get("/v1/cases/1").fields["etag"])
        let body = #"{"what":"Call","due_in":"P1D"}"#
        let fields = ["If-Match": tag, "Idempotency-Key": "k"]
        #expect(try desk.client.post("/v1/cases/1/promises", body, fields: fields).status == 201)
        let retry = try desk.client.post("/v1/cases/1/promises", body, fields: ["Idempotency-Key": "k"])
        #expect(retry.status == 201)
        #expect(retry.fields["idempotency-replayed"] == "true")
        #expect(try desk.client.post("/v1/cases/1/promises", body, fields: ["If-Match": tag]).code == "stale")
    }
}
