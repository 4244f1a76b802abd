import Complaints
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

/// Every place where a request has text of its sender's choice gets a text that takes hours to normalise, where nothing
/// but the length of the body would bound it.
@Suite("Long runs of combining marks cost a request no more than other bytes", .timeLimit(.minutes(1)))
struct LongMarksTests {
    private let desk: TestDesk
    private let marks = Lookalike.marks(200_000)

    init() throws {
        desk = try TestDesk()
        try desk.openCase()
    }

    @Test("names of members that share them are refused for their length")
    func names() throws {
        let answer = try desk.client.post("/v1/cases", "{\"a\(marks)1\":1,\"a\(marks)2\":2}")
        #expect(answer.status == 400)
        #expect(answer.code == "malformed_json")
        #expect(answer["detail"].text?.contains("longer than 256 bytes") == true)
    }

    @Test("many names just short enough are unknown fields, each by itself")
    func manyNames() throws {
        let shared = Lookalike.marks(120)
        let members = (0..<1500).map { "\"\(shared)\($0)\":1" }.joined(separator: ",")
        let answer = try desk.client.post("/v1/cases", "{\(members)}")
        #expect(answer.status == 422)
        #expect(answer["errors"].items.count == 100)
    }

    @Test("in every member of the examples they are taken or refused")
    func values() throws {
        for request in DocumentedRequest.all {
            guard let media = request.content["application/json"] else { continue }
            let ready = try request.desk()
            let examples = (media["examples"]?.members ?? [:]).compactMap { $0.value["value"] }
            // Once for each member there is beside those of another kind.
            var seen: Set<[String]> = []
            for body in examples {
                for name in (body.members ?? [:]).keys
                where seen.insert([name, body["kind"]?.text ?? "", body["decision"]?.text ?? ""]).inserted {
                    let answer = try ready.client.send(
                        request.operation.method.rawValue, request.path,
                        body: body.setting([name], .string(marks)).bytes)
                    #expect((200..<500).contains(answer.status), "\(request.name) \(name)")
                }
            }
        }
    }

    @Test("a complaint and an entry full of them are kept, read, searched, edited beside and erased")
    func kept() throws {
        let longest = Lookalike.marks(Limits.complaint)
        let narrative = Lookalike.marks(Limits.narrative - 1)
        let opened = try desk.openCase(
            "{\"complaint\":\"\(longest)\",\"customer\":{\"name\":\"\(Lookalike.marks(Limits.name))\"},"
                + "\"desired_outcome\":\"\(narrative)a\"}")
        #expect(opened.status == 201)
        #expect(opened["complaint"].text?.utf8.count == longest.utf8.count)
        #expect(
            try desk.client.patch("/v1/cases/2", "{\"desired_outcome\":\"\(narrative)b\"}").status == 200)
        #expect(try desk.client.post("/v1/cases/2/log", "{\"kind\":\"note\",\"text\":\"\(longest)\"}").status == 201)
        for seq in 1...3 { #expect(try desk.client.get("/v1/cases/2/log/\(seq)").status == 200) }
        let option = try desk.client.post(
            "/v1/cases/2/log", "{\"kind\":\"option\",\"options\":[\"\(narrative)a\",\"\(narrative)b\"]}")
        #expect(option.status == 201)
        let agreed = try desk.client.post(
            "/v1/cases/2/log", "{\"kind\":\"agreement\",\"option\":\"\(narrative)b\",\"accepted\":false}")
        #expect(agreed.status == 201)
        #expect(try desk.client.get("/v1/cases/2/guidance").status == 200)
        let owner = Lookalike.marks(Limits.name)
        #expect(try desk.client.patch("/v1/cases/2", "{\"owner\":\"\(owner)\"}").status == 200)
        #expect(try desk.client.get("/v1/reports/promises?group_by=owner").status == 200)
        #expect(try desk.client.get("/v1/cases?q=\(Lookalike.marks(600).percentEncoded)a").status == 200)
    }

    @Test("so in a query, in its names and its values")
    func query() throws {
        let name = Lookalike.marks(120).percentEncoded
        #expect(try desk.client.get("/v1/cases?\(name)1=1&\(name)2=2").errors.count == 2)
        for table in ReadTarget.tables {
            let unknown = try desk.client.get(table.with("zzz=1"))
            let parameters = try #require(unknown["errors"][0]["detail"].text?.knownNames)
            #expect(parameters.count > 3, "\(table)")
            for parameter in parameters {
                let answer = try desk.client.get("\(table.path)?\(parameter)=\(Lookalike.marks(1000).percentEncoded)")
                #expect((200..<500).contains(answer.status), "\(table) \(parameter)")
            }
        }
        let long = String(repeating: "a", count: 257)
        let answer = try desk.client.get("/v1/cases?\(long)=1")
        #expect(answer.status == 400)
        #expect(answer["errors"].items.first?["detail"].text?.contains("longer than 256 bytes") == true)
    }
}
