import Complaints
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

@Suite("The examples of the description")
struct ExampleTests {
    @Test("every body is taken, in every media type it can have")
    func bodies() throws {
        var count = 0
        for request in DocumentedRequest.all {
            for (type, media) in request.content {
                for (name, example) in media["examples"]?.members ?? [:] {
                    let desk = try request.desk()
                    let answer = try desk.client.send(
                        request.operation.method.rawValue, request.path, fields: ["Content-Type": type],
                        body: example["value"]?.bytes(as: type))
                    #expect((200...201).contains(answer.status), "\(request.name) \(name): \(answer.text)")
                    count += 1
                }
            }
        }
        #expect(count >= 24)
    }

    @Test("every parameter is taken")
    func parameters() throws {
        for request in DocumentedRequest.all where request.operation.method == .get {
            let desk = try request.desk()
            for parameter in request.parameters {
                guard let name = parameter["name"]?.text, let example = parameter["example"], example != .null else {
                    continue
                }
                let isQuery = parameter["in"]?.text == "query"
                let isRequired = parameter["required"] == .boolean(true)
                let value = example.plain.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let answer = try desk.client.send(
                    "GET",
                    "\(request.path)?\(isRequired ? "" : request.requiredQuery)" + (isQuery ? "&\(name)=\(value)" : ""),
                    fields: parameter["in"]?.text == "header" ? [name: example.plain] : [:])
                #expect(answer.status == 200, "\(request.name) \(name): \(answer.text)")
            }
        }
    }

    @Test("every field of a header is taken by what changes something")
    func headers() throws {
        for request in DocumentedRequest.all where request.operation.method != .get {
            let (type, media) = try #require(request.content.min { $0.key < $1.key })
            let example = try #require(media["examples"]?.members?.values.first?["value"])
            var fields = ["Content-Type": type]
            for parameter in request.parameters where parameter["in"]?.text == "header" {
                fields[parameter["name"]?.text ?? ""] = parameter["example"]?.plain
            }
            let desk = try request.desk()
            let answer = try desk.client.send(
                request.operation.method.rawValue, request.path, fields: fields, body: example.bytes(as: type))
            #expect((200...201).contains(answer.status), "\(request.name): \(answer.text)")
        }
    }

    @Test("every link leads on from the answer that has it")
    func links() throws {
        let byID = Dictionary(uniqueKeysWithValues: APIOperation.all.map { ($0.id, $0) })
        for request in DocumentedRequest.all where !request.operation.answer.links.isEmpty {
            let desk = try request.desk()
            let media = try #require(request.content["application/json"])
            let example = try #require(media["examples"]?.members?.values.first?["value"])
            let answer = try desk.client.send(
                request.operation.method.rawValue, request.path, body: example.bytes)
            let body = try JSONNode(answer.body)
            for link in request.operation.answer.links {
                let pointer = try #require(link.value.firstMatch(of: /^\$response\.body#(\/.*)$/)).1
                let value = pointer.split(separator: "/").reduce(body as JSONNode?) { node, step in
                    Int(step).map { node?.items?[$0] } ?? node?[String(step)]
                }
                let target = try #require(byID[link.operation])
                #expect(target.pattern.contains("{\(link.parameter)}"), "\(request.name) \(link)")
                let path = target.pattern.replacing("{\(link.parameter)}", with: try #require(value).plain)
                guard target.method == .get else { continue }
                #expect(try desk.client.get(path).status == 200, "\(request.name) \(link)")
            }
        }
    }
}
