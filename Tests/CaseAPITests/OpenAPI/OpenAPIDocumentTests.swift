import Complaints
import HTTPServer
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

@Suite("The description of the API")
struct OpenAPIDocumentTests {
    private let document = Contract.shared.document

    /// As `METHOD /path`.
    private var operations: [String: JSONNode] {
        var operations: [String: JSONNode] = [:]
        for (path, item) in document["paths"]?.members ?? [:] {
            for (method, operation) in item.members ?? [:] { operations["\(method.uppercased()) \(path)"] = operation }
        }
        return operations
    }

    @Test("has every route of the map, and no other")
    func routes() {
        let routes = RouteMap.table.routes.map { "\($0.method.rawValue) \($0.pattern)" }
        #expect(operations.keys.sorted() == routes.sorted())
        let descriptions = APIOperation.all.map { "\($0.method.rawValue) \($0.pattern)" }
        #expect(descriptions.sorted() == routes.sorted(), "a description without its route, or two of one")
        #expect(Set(APIOperation.all.map(\.id)).count == APIOperation.all.count)
    }

    @Test("has each route's role, and every parameter of its path")
    func rolesAndPaths() {
        for route in RouteMap.table.routes {
            let name = "\(route.method.rawValue) \(route.pattern)"
            let operation = operations[name]
            let role = route.endpoint.role?.rawValue
            #expect(operation?["x-role"]?.text == role, "\(name)")
            let needs = operation?["security"]?.items?.first?["token"]?.items?.first?.text
            #expect(needs == role, "\(name)")
            let inPath = parameters(of: operation, in: "path")
            let braces = route.pattern.matches(of: /{(\w+)}/).map { String($0.1) }
            #expect(inPath == braces, "\(name)")
        }
    }

    @Test("has every parameter that a route knows, and no other")
    func queries() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.nameKim()
        var client = desk.client
        client.standing = ["Authorization": try desk.token(.admin).field]
        // What mailers hang on to a link is no fault of who follows it.
        for route in RouteMap.table.routes where !route.endpoint.isLinked {
            let name = "\(route.method.rawValue) \(route.pattern)"
            let path = route.examplePath
            let answer = JSONAnswer(
                try client.send(
                    route.method.rawValue, "\(path)?zzz=1&\(route.requiredQuery)",
                    fields: route.endpoint.bodyTypes.map { ["Content-Type": "\($0[0])"] } ?? [:],
                    body: route.method == .get ? nil : Array("{}".utf8)))
            #expect(answer.code == "unknown_parameter", "\(name)")
            let known = answer["errors"][0]["detail"].text?.knownNames
            #expect(known == parameters(of: operations[name], in: "query").sorted(), "\(name)")
        }
    }

    private func parameters(of operation: JSONNode?, in place: String) -> [String] {
        (operation?["parameters"]?.items ?? []).filter { $0["in"]?.text == place }.compactMap { $0["name"]?.text }
    }

    @Test("leads from each of its references, links and problem codes to something that is there")
    func references() {
        var names: Set<String> = []
        func walk(_ node: JSONNode) {
            if let reference = node["$ref"]?.text {
                #expect(Contract.shared.schema.resolve(reference) != nil, "\(reference)")
                names.insert(reference)
            }
            if let operation = node["operationId"]?.text {
                #expect(APIOperation.all.contains { $0.id == operation }, "\(operation)")
            }
            for child in node.members?.values.map(\.self) ?? node.items ?? [] { walk(child) }
        }
        walk(document)
        for (kind, components) in document["components"]?.members ?? [:] where kind != "securitySchemes" {
            for name in components.members?.keys.map(\.self) ?? [] {
                let isUsed = names.contains("#/components/\(kind)/\(name)")
                #expect(isUsed, "nothing uses \(kind)/\(name)")
            }
        }
        let codes = Set(RouteDescription.all.flatMap(\.problemResponses).flatMap(\.codes))
        #expect(codes.union([.methodNotAllowed]) == Set(ProblemKind.allCases), "a code that no route can answer with")
    }

    @Test("is as generators of clients take it")
    func generators() {
        func walk(_ node: JSONNode, _ place: String) {
            if node["$ref"]?.text != nil {
                #expect(node.members?.count == 1, "\(place) has something beside its reference")
            }
            for (name, member) in node["properties"]?.members ?? [:] {
                #expect(member["type"]?.text != "null", "\(place)/\(name) can be nothing but null")
            }
            for choice in node["oneOf"]?.items ?? [] {
                #expect(choice["$ref"] != nil, "\(place) has a form without a name")
            }
            for (name, child) in node.members ?? [:] where name != "examples" { walk(child, "\(place)/\(name)") }
            for (index, child) in (node.items ?? []).enumerated() { walk(child, "\(place)[\(index)]") }
        }
        walk(document, "#")
        // What Go makes an X with is called NewX, and TypeScript has a Promise of its own.
        let names = Set((document["components"]?["schemas"]?.members ?? [:]).keys)
        #expect(names.filter { names.contains("New\($0)") } == [])
        #expect(!names.contains("Promise"))
    }

    @Test("gives examples that are as its schemas have them")
    func examples() {
        for (name, operation) in operations {
            for parameter in operation["parameters"]?.items ?? [] {
                guard let example = parameter["example"], example != .null, let schema = parameter["schema"] else {
                    #expect(
                        ["cursor", "fields", "for", "separator", "tz"].contains(parameter["name"]?.text), "\(name)")
                    continue
                }
                #expect(Contract.shared.schema.violations(of: example, by: schema) == [], "\(name)")
            }
            for (type, media) in operation["requestBody"]?["content"]?.members ?? [:] {
                for (example, value) in media["examples"]?.members ?? [:] {
                    let violations = Contract.shared.schema.violations(
                        of: value["value"] ?? .null, by: media["schema"] ?? .null)
                    #expect(violations == [], "\(name) \(type) \(example)")
                }
            }
        }
    }

    @Test("is served to anybody")
    func served() throws {
        let desk = try TestDesk()
        _ = try desk.token(.admin)
        let answer = try desk.client.send("GET", "/openapi.json")
        #expect(answer.status == 200)
        #expect(answer.fields["content-type"] == "application/json")
        #expect(answer.body == OpenAPIDocument.json + [0x0A])
    }
}

extension String {
    /// What the advice on a name that is not known lists as known.
    var knownNames: [String]? {
        firstMatch(of: /Known: (.*)\.$/).map { $0.1 == "none" ? [] : $0.1.split(separator: ", ").map(String.init) }
    }
}
