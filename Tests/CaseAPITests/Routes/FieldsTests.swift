import Complaints
import HTTPServer
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

/// `fields=` wherever something is shown: lists, single resources and events come from the map of routes, and what each shows
/// from what it answers.
@Suite("Fields that are asked for")
struct FieldsTests {
    /// Something that is shown, and where its members stand in the answer.
    struct Target: Sendable, CustomStringConvertible {
        let path: String
        let isList: Bool
        let hasTag: Bool

        var description: String { path }

        func with(_ parameters: String) -> String { "\(path)?\(parameters)" }

        /// What is shown, each item for itself.
        func items(_ answer: JSONAnswer) -> [JSONValue] { isList ? answer["items"].items : [answer.json] }
    }

    static let targets: [Target] = RouteMap.table.routes.compactMap { route in
        guard route.method == .get, let operation = APIOperation.of(.get, route.pattern),
            operation.query.takes("fields")
        else { return nil }
        let (isList, hasTag) =
            switch operation.answer.kind {
            case .list, .feed: (true, false)
            case .resource: (false, true)
            default: (false, false)
            }
        return Target(path: route.examplePath, isList: isList, hasTag: hasTag)
    }

    private let desk: TestDesk
    private let client: TestClient

    init() throws {
        desk = try TestDesk()
        try desk.openCase(
            #"""
            {"complaint":"It leaks.","customer":{"name":"Ann, \"A\"","phone":"+46 8 123 45"},"owner":"Kim","external_id":"X-1",
            "estimate":{"from":"P1D","to":"P2D"},"promise":{"what":"Call back","due_in":"P5D",
            "customer_notified":{"channel":"phone","outcome":"reached"}}}
            """#)
        try desk.client.post("/v1/cases/1/log", #"{"kind":"threat","threat_kind":"legal"}"#)
        try desk.client.patch("/v1/customers/1", #"{"email":"ann@example.org"}"#)
        try desk.client.put("/v1/calendars/Kim", CalendarRequest.officeBody)
        try desk.client.put("/v1/regimes/Kim", RegimeRequest.twoStagesBody)
        try desk.keepWebhook()
        var client = desk.client
        client.standing = ["Authorization": try desk.token(.admin).field]
        self.client = client
    }

    /// Sees to it that something is shown where a desk has nothing by itself.
    private func fill(_ target: Target) throws {
        guard target.path.hasSuffix("/impact") else { return }
        try client.post("/v1/cases", #"{"complaint":"It drips.","customer":{"name":"Bo"},"severity":"low"}"#)
        try client.patch("/v1/policies/low", #"{"acknowledge_in":"P1D"}"#)
    }

    @Test("are there for every list and every single resource, and for events")
    func all() {
        for route in RouteMap.table.routes where route.method == .get {
            guard let operation = APIOperation.of(.get, route.pattern) else { continue }
            switch operation.answer.kind {
            case .list, .feed, .resource: #expect(operation.query.takes("fields"), "\(route.pattern)")
            default: break
            }
        }
        #expect(Self.targets.count > 15)
    }

    @Test(
        "each by itself, and each of what is in it, is sent as it is with all others, and nothing else is",
        arguments: targets)
    func each(target: Target) throws {
        try fill(target)
        let whole = target.items(try client.get(target.with("")))
        #expect(!whole.isEmpty && whole.allSatisfy { !$0.names.isEmpty })
        var names: [String] = []
        for name in whole.flatMap(\.names) where !names.contains(name) { names.append(name) }
        for name in names {
            let answer = try client.get(target.with("fields=\(name)"))
            #expect(answer.status == 200, "\(name): \(answer.response.text)")
            // As it was used a moment ago.
            guard name != "last_used_at" else { continue }
            for (part, all) in zip(target.items(answer), whole) {
                #expect(part.names == (all.names.contains(name) ? [name] : []), "\(name)")
                #expect(part[name] == all[name], "\(name)")
            }
            #expect(target.items(answer).count == whole.count)
            // Facts of log entries are what they are, and no objects.
            for inner in whole.flatMap({ members(of: $0[name]) })
            where name != "entry" && name != "body" && name != "example" {
                try part("\(name).\(inner)", [name, inner], whole, target)
            }
        }
        let some = names.prefix(3).reversed().joined(separator: ",")
        let answer = try client.get(target.with("fields=\(some)"))
        #expect(target.items(answer).first?.names == Array(whole[0].names.prefix(3)), "in the usual order")
    }

    private func members(of value: JSONValue) -> [String] {
        switch value {
        case .object: value.names
        case .array(let items): items.first.map(members) ?? []
        default: []
        }
    }

    private func part(_ field: String, _ path: [String], _ whole: [JSONValue], _ target: Target) throws {
        let answer = try client.get(target.with("fields=\(field)"))
        #expect(answer.status == 200, "\(field): \(answer.response.text)")
        for (shown, all) in zip(target.items(answer), whole) {
            #expect(shown.names == (all.names.contains(path[0]) ? [path[0]] : []), "\(field)")
            func check(_ shown: JSONValue, _ all: JSONValue) {
                switch all {
                case .object:
                    #expect(shown.names == (all.names.contains(path[1]) ? [path[1]] : []), "\(field)")
                    #expect(shown[path[1]] == all[path[1]], "\(field)")
                case .array(let items):
                    #expect(shown.items.count == items.count)
                    for (shown, all) in zip(shown.items, items) { check(shown, all) }
                default: #expect(shown == all, "\(field)")
                }
            }
            check(shown[path[0]], all[path[0]])
        }
    }

    @Test("that there are not are refused, with what was likely meant", arguments: targets)
    func unknown(target: Target) throws {
        try fill(target)
        let whole = target.items(try client.get(target.with("")))
        let name = try #require(whole.first?.names.first { $0.utf8.count > 4 } ?? whole.first?.names.first)
        let wrong = try client.get(target.with("fields=\(name)z,nothing_of_it.x"))
        #expect(wrong.status == 400 && wrong.code == "invalid_parameter")
        #expect(wrong.errors == ["fields unknown_field", "fields unknown_field"])
        let detail = try #require(wrong["errors"][0]["detail"].text)
        #expect(detail.contains("Did you mean") && detail.contains("Known: "), "\(detail)")
        let scalar = try #require(
            whole.first?.names.first { members(of: whole[0][$0]).isEmpty && whole[0][$0] != .null })
        #expect(try client.get(target.with("fields=\(scalar).x")).errors == ["fields unknown_field"], "\(scalar)")
        for empty in ["fields=", "fields=,", "fields=.", "fields=\(name),", "fields=\(name)&fields=\(name)"] {
            #expect(try client.get(target.with(empty)).status == 400, "\(empty)")
        }
    }

    @Test("mistyped in an object are told with what is in it")
    func nearest() throws {
        let wrong = try client.get("/v1/promises?fields=id,case.customer.fone")
        #expect(wrong["errors"][0]["detail"].text?.contains("Did you mean case.customer.phone?") == true)
        let what = try client.get("/v1/promises?fields=what.x")
        #expect(what["errors"][0]["detail"].text?.contains("what has no fields of its own") == true)
    }

    @Test("of objects in objects and in lists, all of one beside a part of it, and twice the same")
    func nested() throws {
        let promise = try client.get("/v1/promises?fields=id,case.customer.name,case.id,case.customer.phone")["items"][
            0]
        #expect(promise.names == ["id", "case"] && promise["case"].names == ["id", "customer"])
        #expect(promise["case"]["customer"].names == ["name", "phone"])
        let file = try client.get("/v1/cases/1?fields=promises.what,customer,customer.name,id,id")
        #expect(file.json.names == ["id", "customer", "promises"])
        #expect(file["promises"].items.allSatisfy { $0.names == ["what"] })
        #expect(file["customer"].names.count == 9)
        let guided = try client.get("/v1/cases/1?include=guidance&fields=guidance.items.tactic")
        #expect(guided["guidance"]["items"].items.allSatisfy { $0.names == ["tactic"] })
        #expect(try client.get("/v1/cases/1?fields=guidance").json == .object([]))
    }

    @Test(
        "have an entity tag of their own, by which a change may be held to the state",
        arguments: targets.filter(\.hasTag))
    func tags(target: Target) throws {
        let names = try client.get(target.path).json.names
        let whole = try #require(try client.get(target.path).fields["etag"])
        let part = try #require(try client.get(target.with("fields=\(names[0])")).fields["etag"])
        let both = try #require(try client.get(target.with("fields=\(names[0]),\(names[1])")).fields["etag"])
        let turned = try client.get(target.with("fields=\(names[1]),\(names[0])")).fields["etag"]
        // A token is used with each request.
        guard !target.path.contains("tokens") else { return }
        #expect(Set([whole, part, both]).count == 3 && turned == both)
        let held = try client.get(target.with("fields=\(names[0])"), fields: ["If-None-Match": part])
        #expect(held.status == 304)
        for other in [whole, both] {
            let answer = try client.get(target.with("fields=\(names[0])"), fields: ["If-None-Match": other])
            #expect(answer.status == 200)
        }
        #expect(try client.get(target.path, fields: ["If-None-Match": part]).status == 200)
    }

    @Test("who has read some of them may change what they have seen, and nothing newer")
    func changes() throws {
        let tag = try #require(try client.get("/v1/cases/1?fields=id,subject").fields["etag"])
        let then = desk.clock.tick().rfc3339
        let before = try #require(try client.get("/v1/cases/1?fields=id&as_of=\(then)").fields["etag"])
        let edit = #"{"subject":"Leak"}"#
        #expect(try client.patch("/v1/cases/1", edit, fields: ["If-Match": before]).status == 412)
        for wrong in [tag.replacing("~", with: "~0"), tag.dropLast(2) + "\"", tag.replacing("~", with: "")] {
            #expect(
                try client.patch("/v1/cases/1", edit, fields: ["If-Match": String(wrong)]).status == 412, "\(wrong)")
        }
        #expect(try client.patch("/v1/cases/1", edit, fields: ["If-Match": tag]).status == 200)
        #expect(try client.patch("/v1/cases/1", edit, fields: ["If-Match": tag]).status == 412)
    }

    @Test("are kept by the link to the next page, and are no other query to its cursor")
    func pages() throws {
        for _ in 0..<3 { try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#) }
        let first = try client.get("/v1/cases?fields=id,customer.name&limit=2")
        let link = try #require(first.fields["link"]).dropFirst().prefix { $0 != ">" }
        let second = try client.get(String(link))
        #expect(second["items"].items.map(\.names) == [["id", "customer"], ["id", "customer"]])
        let cursor = try #require(first["next"].text)
        #expect(
            try client.get("/v1/cases?fields=id&limit=2&cursor=\(cursor)")["items"].items.map(\.names) == [
                ["id"], ["id"],
            ])
    }

    @Test("are columns in CSV, of pages and of whole lists", arguments: targets.filter(\.isList).map(\.path))
    func columns(path: String) throws {
        let operation = try #require(RouteMap.table.routes.first { $0.method == .get && $0.examplePath == path })
        guard operation.endpoint.representations.contains(.csv) else { return }
        let whole = try client.send("GET", "\(path)?format=csv").text
        let all = whole.prefix { $0 != "\r\n" }.split(separator: ",").map(String.init)
        let name = all[0]
        for limit in ["", "&limit=1"] {
            let text = try client.send("GET", "\(path)?format=csv&fields=\(name)\(limit)").text
            #expect(text.prefix { $0 != "\r\n" } == name)
        }
        guard path == "/v1/promises" else { return }
        let text = try client.send("GET", "\(path)?format=csv&fields=what,id,case.customer.name,case.subject").text
        #expect(text.hasPrefix("id,what,case_subject,customer_name\r\n1,Call back,,\"Ann, \"\"A\"\"\"\r\n"), "\(text)")
        let none = try client.get("/v1/cases?format=csv&fields=promises")
        #expect(none.errors == ["fields invalid_parameter"])
    }
}
