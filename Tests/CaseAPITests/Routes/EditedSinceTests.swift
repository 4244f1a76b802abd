import CaseStore
import Complaints
import Foundation
import HTTPServer
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

/// Everything that can be edited is edited, one after the other, and everything that can be read is read before each: as
/// of then it says the same for good. Fields, routes and their parameters come from the registries.
@Suite("What was edited since is not in what the record said")
struct EditedSinceTests {
    /// A change of something that has been read.
    private struct Step {
        let name: String
        let method: String
        let target: String
        let body: String
        var actor = ""

        static func patch(_ target: String, _ name: String, _ value: JSONValue) -> Step {
            Step(name: "\(target) \(name)", method: "PATCH", target: target, body: JSONValue.written([(name, value)]))
        }

        static func post(_ target: String, _ body: String, as actor: String = "") -> Step {
            Step(name: "\(target) \(body)", method: "POST", target: target, body: body, actor: actor)
        }
    }

    /// What was answered at an instant, before the step of that name.
    private struct Read {
        let target: String
        let asOf: String
        let step: String
        let answer: TestResponse
    }

    /// Two of each kind of thing, and something in every list and report.
    private func desk() throws -> TestDesk {
        let desk = try TestDesk()
        let client = desk.client
        let customer = JSONValue.members(CustomerFields.sentSamples(1))
        let made = try desk.openCase(
            JSONValue.written(
                [("complaint", "It leaks."), ("customer", customer)] + CaseFields.sentSamples(1)))
        #expect(made.status == 201, "\(made.response.text)")
        try desk.openCase(#"{"complaint":"It drips.","customer":{"name":"Bo"},"mood":"angry","owner":"Kim"}"#)
        for path in ["/v1/cases/1", "/v1/cases/2"] {
            try client.post("\(path)/promises", #"{"what":"Call","due_in":"PT1H","owner":"Kim"}"#)
            for entry in [
                #"{"kind":"threat","threat_kind":"\#(ThreatKind.allCases[0].rawValue)"}"#,
                #"{"kind":"concession","what":"A voucher","amount":900000,"currency":"USD"}"#,
                #"{"kind":"lesson","cause":"Packing","process":"Checks","no_review_reason":"x"}"#,
                #"{"kind":"mood","mood":"angry"}"#,
                #"{"kind":"note","text":"Sample 3 of a note."}"#,
            ] {
                let written = try client.post("\(path)/log", entry)
                #expect(written.status == 201, "\(entry): \(written.response.text)")
            }
        }
        try client.put("/v1/calendars/Kim", CalendarRequest.officeBody)
        try client.put("/v1/regimes/Kim", RegimeRequest.twoStagesBody)
        desk.clock.advance(by: .hours(2))
        return desk
    }

    private static let steps: [Step] = {
        var steps = CaseFields.sentSamples(2).map { Step.patch("/v1/cases/1", $0, $1) }
        steps += CustomerFields.sentSamples(2).map { Step.patch("/v1/customers/1", $0, $1) }
        steps += OwnerFields.sentSamples(2).map { Step.patch("/v1/owners/Kim", $0, $1) }
        let away = #"{"from":"2099-12-21","until":"2100-01-03"}"#
        steps.append(Step(name: "absence", method: "PUT", target: "/v1/owners/Kim/absence", body: away))
        // Who takes on nothing new is given nothing in what comes next.
        steps.append(.patch("/v1/owners/Kim", "active", .boolean(true)))
        // What tells who calls or writes.
        steps += [
            ("phone", "+44 20 7946 0123"), ("email", "Lee@example.org"), ("phone", "0171 12345"), ("email", "x@y"),
        ]
        .map { Step.patch("/v1/customers/1", $0, .string(ExactText($1))) }
        // All fields of a policy are in every answer, and one filter looks at one of them.
        steps += Severity.allCases.map { severity in
            Step(
                name: "policy", method: "PATCH", target: "/v1/policies/\(severity.rawValue)",
                body: JSONValue.written(Policy.sentSamples(2)))
        }
        steps += [
            Step(
                name: "rule", method: "PUT", target: "/v1/policies/Hot",
                body: #"{"match":{"mood":["abusive","angry"]},"acknowledge_in":"PT2H"}"#),
            Step(
                name: "calendar", method: "PUT", target: "/v1/calendars/Kim",
                body: #"{"time_zone":"Asia/Tokyo","weekly":{"sat":[["10:00","12:00"]]},"teams":["North"]}"#),
            Step(
                name: "regime", method: "PUT", target: "/v1/regimes/Kim",
                body:
                    #"{"title":"x","authority":"x","source":"x","calendar":"Kim","stages":[{"name":"x","clocks":[]}]}"#),
        ]
        let next = #""next_promise":{"what":"More","due_in":"P1D"}"#
        let renewal = """
            {"due_in":"P2D","reason":"A part","next_step":"Order it","customer_notified":\
            {"channel":"phone","outcome":"reached"}}
            """
        steps += [
            .post("/v1/cases/1/log", #"{"kind":"mood","mood":"calm"}"#),
            .post("/v1/cases/1/log", #"{"kind":"mood","mood":"abusive","why":"Sample 2"}"#),
            .post("/v1/cases/1/escalate", #"{"reason":"Asked for","supervisor":"Sue"}"#),
            .post("/v1/cases/1/log", #"{"kind":"supervisor_joined","supervisor":"Sam"}"#),
            .post(
                "/v1/cases/1/log",
                #"{"kind":"threat_assessment","of":6,"verdict":"\#(ThreatVerdict.allCases[0].rawValue)","reason":"Asked"}"#
            ),
            .post("/v1/cases/1/log", #"{"kind":"concession_decision","of":7,"approved":true,"reason":"Once"}"#),
            .post("/v1/cases/1/log", #"{"kind":"customer_notified","channel":"phone","outcome":"reached"}"#),
            .post("/v1/promises/5/reassign", #"{"owner":"Bo","reason":"Shift"}"#),
            .post("/v1/promises/5/accept", "{}", as: "Bo"),
            .post("/v1/promises/5/reassign", #"{"owner":"Lou","reason":"Shift"}"#),
            .post("/v1/promises/5/renegotiate", renewal),
            .post("/v1/promises/3/recover", renewal), .post("/v1/promises/4/keep", "{\(next)}"),
            .post("/v1/cases/1/relationship", #"{"decision":"keep","reason":"A good customer"}"#),
            .post("/v1/customers/2/merge", #"{"into":1,"reason":"They are one"}"#),
            .patch("/v1/cases/1", "customer", .members([("id", .integer(1))])),
            Step(name: "unmerge", method: "DELETE", target: "/v1/customers/2/merge", body: "{}"),
            .patch("/v1/cases/2", "customer", .members([("id", .integer(1))])),
            .post("/v1/customers/1/merge", #"{"into":2,"reason":"They are one"}"#),
            .post("/v1/customers/2/erase", #"{"reason":"Not yet"}"#),
        ]
        return steps
    }()

    /// What is asked: everything that takes `as_of` in its usual form and as CSV, and every parameter of it, with its
    /// example, and with what a field of that name was before its step and is after it.
    private func targets(_ client: TestClient) throws -> [String] {
        var targets: [String] = []
        for route in RouteMap.table.routes where route.method == .get {
            guard case .read = route.endpoint.handler, let operation = APIOperation.of(.get, route.pattern),
                operation.query.takes(QuerySchema.asOf)
            else { continue }
            let path = route.examplePath
            var others = [QuerySchema.asOf, QuerySchema.allowUnknown, "limit", "cursor", "format", "pretty"]
            let names = operation.query.takes(QuerySchema.allowUnknown) ? "allow_unknown=true&" : ""
            let usual = names + (route.requiredQuery.isEmpty ? "" : "\(route.requiredQuery)&")
            targets.append("\(path)?\(usual)")
            if route.endpoint.representations.contains(.csv) { targets.append("\(path)?\(usual)format=csv&") }
            if operation.query.takes("for") {
                // Of use together alone; by itself a report takes the zone of its days.
                others += ["for", "separator"] + (route.pattern.hasPrefix("/v1/reports/") ? [] : ["tz"])
                targets.append("\(path)?\(usual)format=csv&for=spreadsheet&separator=semicolon&tz=Asia/Tokyo&")
            }
            if operation.query.takes("limit") { targets.append("\(path)?\(usual)limit=1&") }
            for parameter in operation.query.parameters
            where !others.contains(parameter.name) && parameter.example != .null {
                for value in Self.values(of: parameter) {
                    let value = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value
                    targets.append("\(path)?\(parameter.isRequired ? names : usual)\(parameter.name)=\(value)&")
                }
            }
        }
        return targets
    }

    private static func values(of parameter: Parameter) -> Set<String> {
        func text(_ value: JSONValue) -> String {
            if let text = value.text { return text }
            if let integer = value.integer { return String(integer) }
            if let flag = value.flag { return String(flag) }
            return value.items.map(text).joined(separator: ",")
        }
        let types =
            CaseFields.editedFields.filter { $0.name == parameter.name }.map(\.type)
            + CustomerFields.editedFields.filter { $0.name == parameter.name }.map(\.type)
        if parameter.name == "tag" {
            let tags = CaseFields.editedFields.filter { $0.name == "tags" }.map(\.type)
            return Set(
                tags.flatMap { type in
                    (1...2).flatMap { number -> [String] in
                        guard case .texts(let samples)? = type.sample(number) as EditedValue? else { return [] }
                        return samples
                    }
                })
        }
        var values: Set = [text(parameter.example)]
        for type in types {
            for number in 1...2 { values.formUnion(type.texts(type.sample(number)).compactMap(\.self)) }
        }
        if parameter.name == "customer" { values.insert("lee@example.org") }
        if parameter.name == "q" { values.formUnion(["Sample 1", "Sample 2", "\"Sample 2\"", "leaks", "samp*"]) }
        if parameter.example.flag != nil { values.formUnion(["true", "false"]) }
        if parameter.name == "group_by" {
            let words = parameter.schema.json["enum"].items.compactMap(\.text)
            #expect(!words.isEmpty)
            values.formUnion(words)
        }
        return values
    }

    private func read(_ targets: [String], _ desk: TestDesk, before step: String) throws -> [Read] {
        let asOf = desk.clock.tick().rfc3339
        return try targets.map { target in
            Read(target: target, asOf: asOf, step: step, answer: try ask("\(target)as_of=\(asOf)", desk))
        }
    }

    /// Without a look at the description of the API, as so many are asked.
    private func ask(_ target: String, _ desk: TestDesk) throws -> TestResponse {
        let head = "GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return TestResponse(try desk.client.exchange(Array(head.utf8)))
    }

    @Test("by every edit of every field and everything else that changes, read in every way, then and after a restart")
    func everything() throws {
        let desk = try desk()
        let targets = try targets(desk.client)
        #expect(targets.count > 100)
        var reads: [Read] = []
        for (index, step) in Self.steps.enumerated() {
            // Each is asked before every fifth step: what it would show of a later one it shows as of all before.
            let asked = targets.indices.filter { ($0 + index).isMultiple(of: 5) }.map { targets[$0] }
            reads += try read(asked, desk, before: step.name)
            let made = try desk.client.send(
                step.method, step.target, fields: ["Casekeeper-Actor": step.actor], body: Array(step.body.utf8))
            // What nobody may erase yet is refused, and everything else is done.
            #expect((200..<300).contains(made.status) != step.target.contains("erase"), "\(step.name): \(made.text)")
        }
        for read in reads where read.answer.status != 200 {
            Issue.record("\(read.target): \(read.answer.text.prefix(200))")
        }
        desk.stop()
        let again = try TestDesk(continuing: desk)
        for read in reads {
            let answer = try ask("\(read.target)as_of=\(read.asOf)", again)
            guard answer.body != read.answer.body || answer.fields["etag"] != read.answer.fields["etag"] else {
                continue
            }
            Issue.record(
                """
                \(read.target)as_of=\(read.asOf), which was before \(read.step), has become
                \(answer.text.prefix(1500)) \(answer.fields["etag"] ?? "") and was
                \(read.answer.text.prefix(1500)) \(read.answer.fields["etag"] ?? "")
                """)
            return
        }
        let findings = try again.store.makeReader().verify().findings
        #expect(findings == [])
    }

    @Test("until it is erased: then none of the words is told as of any instant")
    func erased() throws {
        let desk = try TestDesk()
        let client = desk.client
        try desk.openCase(
            #"{"complaint":"It leaks.","subject":"Zora's tap","tags":["zora"],"customer":{"name":"Zora","phone":"0171"}}"#
        )
        let targets = try targets(client)
        var instants = [desk.clock.tick().rfc3339]
        for (path, edit) in [
            ("/v1/cases/1", #"{"subject":"Frau Kern","tags":["kern"],"desired_outcome":"Kern"}"#),
            ("/v1/customers/1", #"{"name":"Kern","phone":"0172","email":"kern@example.com","external_id":"K-1"}"#),
            ("/v1/cases/1", #"{"subject":"The tap","tags":[],"desired_outcome":null,"severity":"high"}"#),
            ("/v1/customers/1", #"{"name":"Voss","phone":null,"email":null,"external_id":null}"#),
        ] {
            #expect(try client.patch(path, edit).status == 200)
            instants.append(desk.clock.tick().rfc3339)
        }
        let settled = #"{"resolve":{"summary":"Done","customer_accepted":true}}"#
        #expect(try client.post("/v1/promises/1/keep", settled).status == 200)
        #expect(try client.get("/v1/customers/1?as_of=\(instants[1])")["name"].text == "Zora")
        #expect(try client.post("/v1/customers/1/erase", #"{"reason":"Asked"}"#).status == 200)
        for target in targets {
            for asOf in instants {
                let text = try ask("\(target)as_of=\(asOf)", desk).text.lowercased()
                for word in ["zora", "kern", "voss", "0171", "0172"] {
                    #expect(!text.contains(word), "\(target)as_of=\(asOf): \(text.prefix(500))")
                }
            }
        }
        let then = try client.get("/v1/cases/1?as_of=\(instants[0])")
        #expect(then["severity"].text == "normal", "what is not personal stays as it was")
        #expect(then["customer"]["name"].text == "[erased]" && then["version"].integer == 2)
        #expect(try desk.store.makeReader().verify().findings == [])
    }
}
