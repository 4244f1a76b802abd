import Foundation
import Testing

@testable import CaseAPI

@Suite("Changes that follow each other on a connection")
struct PipelinedChangesTests {
    /// How the first of two gets to the writer.
    enum First: CaseIterable {
        /// Its body is read off the loop.
        case longPatch, longCreate
        /// It waits for its turn among bulks.
        case bulk, longBulk
    }

    private static let spaces = String(repeating: " ", count: 200_000)

    private func request(_ method: String, _ target: String, _ body: String, isLast: Bool = false) -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + (isLast ? "Connection: close\r\n" : "") + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private func create(_ text: String) -> String { #"{"complaint":"\#(text)","customer":{"name":"Ann"}}"# }

    private func first(_ kind: First, _ number: Int) -> String {
        switch kind {
        case .longPatch: request("PATCH", "/v1/cases/1", #"{"subject":"first \#(number)"}"# + Self.spaces)
        case .longCreate: request("POST", "/v1/cases", create("first \(number)") + Self.spaces)
        case .bulk: request("POST", "/v1/cases/bulk", #"{"items":[\#(create("first \(number)"))]}"#)
        case .longBulk: request("POST", "/v1/cases/bulk", #"{"items":[\#(create("first \(number)"))]}"# + Self.spaces)
        }
    }

    private func second(_ kind: First, _ number: Int) -> String {
        kind == .longPatch
            ? request("PATCH", "/v1/cases/1", #"{"subject":"second \#(number)"}"#)
            : request("POST", "/v1/cases", create("second \(number)"))
    }

    @Test("are seen by what is asked behind them")
    func seen() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let changes =
            (0..<10).map { (subject: "short \($0)", body: #"{"subject":"short \#($0)"}"#) }
            + (0..<5).map { (subject: "long \($0)", body: #"{"subject":"long \#($0)"}"# + Self.spaces) }
        var bytes = ""
        for change in changes {
            bytes += request("PATCH", "/v1/cases/1", change.body)
            bytes +=
                "GET /v1/cases?q=\"\(change.subject.replacing(" ", with: "+"))\" HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .replacing("\"", with: "%22")
        }
        bytes += "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        let answers = String(decoding: try desk.client.exchange(Array(bytes.utf8)), as: UTF8.self)
        #expect(answers.matches(of: /"total":1,/).count == changes.count)
    }

    @Test("take effect in the order in which they came, whatever way each goes", arguments: First.allCases)
    func inOrder(kind: First) throws {
        let desk = try TestDesk()
        try desk.openCase()
        let rounds = 30
        var bytes = ""
        for number in 0..<rounds { bytes += first(kind, number) + second(kind, number) }
        bytes += "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        let answers = String(decoding: try desk.client.exchange(Array(bytes.utf8)), as: UTF8.self)
        #expect(answers.components(separatedBy: "HTTP/1.1 2").count - 1 == 2 * rounds + 1)
        let expected = (0..<rounds).flatMap { ["first \($0)", "second \($0)"] }
        if kind == .longPatch {
            let log = try desk.client.send("GET", "/v1/cases/1/log?limit=500").text
            // An entry has what was before it, too.
            var subjects: [String] = []
            for match in log.matches(of: /(first|second) [0-9]+/) where !subjects.contains(String(match.output.0)) {
                subjects.append(String(match.output.0))
            }
            #expect(subjects == expected)
        } else {
            let cases = try desk.client.get("/v1/cases?limit=500&sort=opened_at")["items"].items
            #expect(cases.dropFirst().map { $0["complaint"].text } == expected)
        }
    }
}
