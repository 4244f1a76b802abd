import CaseStore
import Complaints
import Testing

@testable import CaseAPI

/// Every flag that a list is filtered by, as the description has them: the next one is among them by itself.
@Suite("A flag of a list")
struct FlagTests {
    private let desk: TestDesk

    /// With something on either side of each flag.
    init() throws {
        desk = try TestDesk()
        for fields in [
            #""owner":"Kim","promise":{"what":"a","due_in":"PT1H"}"#,
            #""owner":"Kim","promise":{"what":"b","due_in":"P9D","customer_notified":{"channel":"phone","outcome":"sent"}}"#,
            #""promise":{"what":"c","due_in":"PT6H"}"#,
            #""promise":{"what":"d","due_in":"PT30M"}"#,
        ] {
            let customer = try desk.client.get("/v1/customers/1").status == 404 ? #"{"name":"Ann"}"# : #"{"id":1}"#
            #expect(try desk.openCase(#"{"complaint":"x","customer":\#(customer),\#(fields)}"#).status == 201)
        }
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Bo"}}"#)
        try desk.client.post("/v1/promises/5/keep", #"{"resolve":{"summary":"s","customer_accepted":true}}"#)
        #expect(try desk.client.post("/v1/customers/2/erase", #"{"reason":"At their wish"}"#).status == 200)
        for (promise, isContent) in [(6, true), (7, false)] {
            try desk.openCase(#"{"complaint":"x","customer":{"id":1}}"#)
            try desk.client.post(
                "/v1/promises/\(promise)/keep", #"{"resolve":{"summary":"s","customer_accepted":\#(isContent)}}"#)
        }
        try desk.client.post(
            "/v1/promises/2/accept", "{}", fields: ["Casekeeper-Actor": "Kim"])
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Cy","vulnerable":true}}"#)
        try desk.client.post("/v1/cases/1/promises", #"{"what":"e","due_in":"P1D","by":"customer"}"#)
        // Kim has promised something for the tenth.
        let away = try desk.client.put("/v1/owners/Kim/absence", #"{"from":"2026-03-10","until":"2026-03-10"}"#)
        #expect(away["absence"]["due"].integer == 1, "\(away.response.text)")
        desk.clock.advance(by: .hours(2))
    }

    /// What the rules let no case be.
    private static let never: Set = ["silent=true"]

    /// What a flag is asked of, where it is not of all.
    private static let scopes = ["accepted": "status=resolved,closed"]

    private func ids(_ path: String, _ parameters: [String]) throws -> [Int64] {
        let page = try desk.client.get("\(path)?\((parameters + ["limit=500"]).joined(separator: "&"))")
        #expect(page.status == 200, "\(path) \(parameters): \(page.response.text)")
        return page["items"].items.compactMap { $0["id"].integer }.sorted()
    }

    @Test("shows with false whatever it does not show with true, as of now and as of then")
    func opposites() throws {
        let then = desk.clock.now.rfc3339
        desk.clock.advance(by: .minutes(1))
        var flags: Set<String> = []
        for operation in APIOperation.all {
            guard case .list = operation.answer.kind else { continue }
            let path = operation.pattern.replacing("{id}", with: "1")
            for parameter in operation.query.parameters where parameter.schema.json == Schema.flag.json {
                guard ![QuerySchema.allowUnknown, "pretty"].contains(parameter.name) else { continue }
                flags.insert(parameter.name)
                for asOf in [[], ["as_of=\(then)"]] {
                    let (with, without) = (
                        try ids(path, asOf + ["\(parameter.name)=true"]),
                        try ids(path, asOf + ["\(parameter.name)=false"])
                    )
                    let all = try ids(path, asOf + [Self.scopes[parameter.name]].compactMap(\.self))
                    #expect((with + without).sorted() == all, "\(path) \(parameter.name) \(asOf)")
                    for (side, value) in [(with, "true"), (without, "false")] {
                        let setting = "\(parameter.name)=\(value)"
                        #expect(side.isEmpty == Self.never.contains(setting), "\(path) \(setting) \(asOf)")
                    }
                }
            }
        }
        #expect(flags.count >= 6, "\(flags)")
    }
}
