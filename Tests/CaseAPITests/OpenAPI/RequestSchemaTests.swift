import Complaints
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

/// The service is asked about everything that the document says of requests, on the examples' bodies and on some that
/// have the objects which no example has.
@Suite("What the description says of requests")
struct RequestSchemaTests {
    private let schema = Contract.shared.schema

    private static let promise =
        #"{"what":"Call","due_in":"P1D","customer_notified":{"channel":"web","outcome":"reached"}}"#

    private static let furtherBodies: [String: [String]] = [
        "createCase": [
            #"{"complaint":"x","customer":{"id":1}}"#, #"{"complaint":"x","customer":{"external_id":"C-1"}}"#,
            """
            {"complaint":"x","customer":{"name":"Ann"},"promise":\(promise),
            "estimate":{"from":"2026-03-05T09:00:00Z","to":"2026-03-06T09:00:00Z"}}
            """,
        ],
        "resolveCase": [
            """
            {"summary":"x","customer_accepted":false,"follow_up":\(promise),"settle":[
            {"promise_id":1,"action":"withdraw","reason":"x","customer_agreed":true},
            {"promise_id":1,"action":"withdraw","reason":"x","customer_agreed":false,"cause":"duplicate"}]}
            """
        ],
    ]

    /// An object in a body, with what the document says of it.
    private struct Place {
        let request: DocumentedRequest
        let body: JSONNode
        let path: [String]
        let properties: [String: JSONNode]
        /// Of all that it could be.
        let otherProperties: Set<String>

        var pointer: String { "#" + path.map { "/" + $0 }.joined() }
    }

    private func places() throws -> [Place] {
        try DocumentedRequest.all.flatMap { request -> [Place] in
            guard let media = request.content["application/json"], let schema = media["schema"] else { return [] }
            var bodies = (media["examples"]?.members ?? [:]).values.compactMap { $0["value"] }
            bodies += try (Self.furtherBodies[request.name] ?? []).map { try JSONNode(Array($0.utf8)) }
            // The same object in another body, or at another index, says nothing new.
            var seen: Set<[String]> = []
            return bodies.flatMap { places(of: $0, by: schema, at: [], request, $0) }
                .filter {
                    seen.insert($0.path.map { Int($0) == nil ? $0 : "0" } + $0.properties.keys.sorted()).inserted
                }
        }
    }

    private func places(
        of value: JSONNode, by found: JSONNode, at path: [String], _ request: DocumentedRequest, _ body: JSONNode
    ) -> [Place] {
        let variants = variants(of: found)
        guard let variant = variants.first(where: { schema.violations(of: value, by: $0).isEmpty }) else { return [] }
        if let items = value.items, let item = variant["items"] {
            return items.enumerated().flatMap { places(of: $1, by: item, at: path + [String($0)], request, body) }
        }
        guard let members = value.members, let properties = variant["properties"]?.members else { return [] }
        let all = variants.flatMap { ($0["properties"]?.members ?? [:]).keys }
        let place = Place(
            request: request, body: body, path: path, properties: properties, otherProperties: Set(all))
        return [place]
            + members.flatMap { name, member in
                properties[name].map { places(of: member, by: $0, at: path + [name], request, body) } ?? []
            }
    }

    /// What a schema lets a value be, references followed.
    private func variants(of found: JSONNode) -> [JSONNode] {
        if let target = found["$ref"]?.text.flatMap(schema.resolve) { return variants(of: target) }
        // An object that has to have one of two fields is an object all the same.
        if found["properties"] != nil { return [found] }
        guard let choices = found["anyOf"]?.items ?? found["oneOf"]?.items else { return [found] }
        return choices.flatMap(variants)
    }

    private func answer(to place: Place, with name: String, _ value: JSONNode, at desk: ReadyDesk) throws -> JSONAnswer
    {
        let body = place.body.setting((place.path + [name])[...], value)
        return JSONAnswer(
            try desk.client.send(place.request.operation.method.rawValue, place.request.path, body: body.bytes))
    }

    @Test("every object has the fields that the service knows, and no other")
    func fields() throws {
        var desks: [String: ReadyDesk] = [:]
        for place in try places() {
            let desk = try desks[place.request.name] ?? place.request.desk()
            desks[place.request.name] = desk
            let answer = try answer(to: place, with: "zzz", .boolean(true), at: desk)
            let item = answer.allErrors.first { $0["pointer"].text == "\(place.pointer)/zzz" }
            #expect(item?["code"].text == "unknown_field", "\(place.request.name) \(place.pointer)")
            let known = Set(item?["detail"].text?.knownNames ?? [])
            let isSaid = [Set(place.properties.keys), place.otherProperties].contains { known == $0 }
            #expect(isSaid, "\(place.request.name) \(place.pointer): \(known.sorted())")
        }
    }

    @Test("what only looks like the name of a field is the name of none")
    func lookalikesOfFields() throws {
        var desks: [String: ReadyDesk] = [:]
        var count = 0
        for place in try places() {
            let desk = try desks[place.request.name] ?? place.request.desk()
            desks[place.request.name] = desk
            for name in place.properties.keys {
                let others = Lookalike.all(of: name)
                let body = place.body.adding(others, at: place.path[...])
                let answer = JSONAnswer(
                    try desk.client.send(place.request.operation.method.rawValue, place.request.path, body: body.bytes))
                let unknown = answer.allErrors.filter { $0["code"].text == "unknown_field" }
                let pointers = Set(unknown.compactMap { $0["pointer"].text.map { ExactText($0) } })
                let expected = Set(others.map { ExactText("\(place.pointer)/\($0.pointerToken)") })
                #expect(pointers == expected, "\(place.request.name) \(place.pointer)/\(name)")
                count += others.count
            }
        }
        #expect(count > 2000)
    }

    @Test("what only looks like the name of a parameter is the name of none")
    func lookalikesOfParameters() throws {
        for request in DocumentedRequest.queried {
            let desk = try request.desk()
            for parameter in request.parameters where parameter["in"]?.text == "query" {
                let name = parameter["name"]?.text ?? ""
                let others = Lookalike.all(of: name)
                let query = others.map { "\($0.percentEncoded)=1" }.joined(separator: "&")
                let answer = try desk.client.get("\(request.path)?\(query)")
                let unknown = answer.allErrors.filter { $0["code"].text == "unknown_parameter" }
                let names = Set(unknown.compactMap { $0["parameter"].text.map { ExactText($0) } })
                #expect(names == Set(others.map { ExactText($0) }), "\(request.name) \(name)")
                #expect(answer.status == 400)
            }
        }
    }

    @Test("every field is of the type, has the words and the length that the description says")
    func values() throws {
        var desks: [String: ReadyDesk] = [:]
        var count = 0
        for place in try places() {
            let desk = try desks[place.request.name] ?? place.request.desk()
            desks[place.request.name] = desk
            for (name, found) in place.properties {
                let pointer = "\(place.pointer)/\(name)"
                func code(for value: JSONNode) throws -> String? {
                    let answer = try answer(to: place, with: name, value, at: desk)
                    return answer.allErrors.first { $0["pointer"].text == pointer }?["code"].text
                }
                let variants = variants(of: found).filter { $0["type"]?.text != "null" && $0["const"] != .null }
                guard !variants.isEmpty else { continue }
                count += 1
                let isObject = variants.contains { $0["properties"] != nil }
                #expect(
                    try code(for: isObject ? .string("x") : .object([:])) == "wrong_type",
                    "\(place.request.name) \(pointer)")
                guard variants.count == 1, let variant = variants.first else { continue }
                if variant["enum"] != nil || variant["const"]?.text != nil {
                    #expect(try code(for: .string("zzz")) == "invalid_value", "\(place.request.name) \(pointer)")
                    let word = variant["enum"]?.items?.first?.text ?? variant["const"]?.text ?? ""
                    for other in Lookalike.all(of: word) {
                        let found = try code(for: .string(other))
                        #expect(found == "invalid_value", "\(place.request.name) \(pointer) \(other)")
                    }
                }
                if let limit = variant["maxLength"]?.number.map({ Int($0) }) {
                    let longest = String(repeating: "x", count: limit)
                    #expect(try code(for: .string(longest + "x")) == "too_long", "\(place.request.name) \(pointer)")
                    #expect(try code(for: .string(" \u{2003} ")) == "too_short", "\(place.request.name) \(pointer)")
                    #expect(try code(for: .string("a\u{0}")) == "invalid_value", "\(place.request.name) \(pointer)")
                }
                if let limit = variant["maxItems"]?.number.map({ Int($0) }) {
                    let items = [JSONNode](repeating: .string("x"), count: limit + 1)
                    #expect(try code(for: .array(items)) == "too_long", "\(place.request.name) \(pointer)")
                }
            }
        }
        #expect(count > 200)
    }

    @Test("every parameter of a query has the words, the bounds and the length that the description says")
    func parameters() throws {
        for request in DocumentedRequest.queried {
            let desk = try request.desk()
            for parameter in request.parameters where parameter["in"]?.text == "query" {
                let name = parameter["name"]?.text ?? ""
                let takesUnknown = request.operation.query.parameters.contains { $0.name == "allow_unknown" }
                let besides = takesUnknown && name != "allow_unknown" ? "&allow_unknown=true" : ""
                let schema = parameter["schema"].map { variants(of: $0)[0] } ?? .null
                func code(for value: String) throws -> String? {
                    let answer = try desk.client.get("\(request.path)?\(name)=\(value)\(besides)")
                    return answer.allErrors.first { $0["parameter"].text == name }?["code"].text
                }
                let what = Comment(rawValue: "\(request.name) \(name)")
                #expect(try code(for: "") == "invalid_parameter", what)
                let items = schema["items"].map { variants(of: $0)[0] }
                if schema["enum"] != nil || items?["enum"] != nil || schema["type"]?.text == "boolean" {
                    #expect(try code(for: "zzz") == "invalid_value", what)
                }
                if schema["type"]?.text == "integer" {
                    let least = schema["minimum"]?.number ?? 0
                    #expect(try code(for: String(Int64(least) - 1)) == "invalid_value", what)
                    #expect(try code(for: String(Int64(least))) == nil, what)
                    if let most = schema["maximum"]?.number {
                        #expect(try code(for: String(Int64(most) + 1)) == "invalid_value", what)
                        #expect(try code(for: String(Int64(most))) == nil, what)
                    }
                }
                if schema["format"]?.text == "date-time" {
                    #expect(try code(for: "yesterday") == "invalid_instant", what)
                }
                if let limit = schema["maxLength"]?.number.map({ Int($0) }) {
                    #expect(try code(for: String(repeating: "x", count: limit + 1)) == "too_long", what)
                    #expect(try code(for: String(repeating: "x", count: limit)) == nil, what)
                }
            }
        }
    }
}

extension JSONNode {
    /// With further members in the object at a place.
    fileprivate func adding(_ names: [String], at place: ArraySlice<String>) -> JSONNode {
        names.reduce(self) { $0.setting(place + [$1], .boolean(true)) }
    }
}

extension String {
    /// As a JSON pointer has it (RFC 6901).
    fileprivate var pointerToken: String { replacing("~", with: "~0").replacing("/", with: "~1") }
}

extension JSONAnswer {
    /// What is wrong with the body, or with the items of a bulk.
    fileprivate var allErrors: [JSONValue] {
        self["errors"].items + self["items"].items.flatMap { $0["problem"]["errors"].items }
    }
}
