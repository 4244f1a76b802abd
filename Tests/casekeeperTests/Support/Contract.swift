import CaseAPI
import TestSupport
import Testing

/// The service's own description, which every answer to a test's client is held to.
enum Contract {
    static let shared = try! APIContract(OpenAPIDocument.json)

    /// - Parameter head: the status line and the fields, without the empty line after them.
    static func check(_ method: String, _ target: String, head: String, body: some Sequence<UInt8>) {
        var lines = head.split(separator: "\r\n")[...]
        guard let status = lines.popFirst().flatMap({ Int($0.dropFirst(9).prefix(3)) }) else { return }
        let fields = lines.compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        let violations = shared.violations(
            of: APIContract.Exchange(
                method: method, target: target, status: status,
                fields: Dictionary(fields, uniquingKeysWith: { "\($0), \($1)" }), body: Array(body)))
        if !violations.isEmpty {
            Issue.record("\(method) \(target): \(violations.prefix(10))\n\(head)")
        }
    }
}
