import Complaints
import FuzzCost
import HTTPServer
import HTTPTypes

@testable import CaseAPI

/// What a body costs to read and to answer, whatever its shape and its mistakes, is in proportion to its bytes.
enum CostCheck {
    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        guard bytes.count >= Cost.shortest else { return [] }
        let honest = bulk(of: max(Cost.shortestHonest, bytes.count))
        return Cost.violations("a body of \(bytes.count) bytes", { read(bytes) }, honest: { read(honest) })
    }

    /// As it is read by the routes that take lists, and by one that takes none.
    private static func read(_ bytes: [UInt8]) {
        let request = Request(
            id: "r", method: .post, path: "/", headerFields: [.contentType: "application/json"], body: bytes,
            peer: PeerAddress(host: "127.0.0.1", isLoopback: true))
        let body = RequestBody(request: request)
        answer { () throws in
            let items = try body.read { $0.requests("items", count: BulkRoutes.size, CaseRequest.init(_:)) }
            for item in items.value where !item.issues.isEmpty { answer { throw Refusal.invalid(item.issues) } }
            if !items.issues.isEmpty { throw Refusal.invalid(items.issues) }
        }
        answer { () throws in throw Refusal.invalid(try body.read(ResolveRequest.init(_:)).issues) }
        answer { () throws in throw Refusal.invalid(try body.read(CaseRequest.init(_:)).issues) }
    }

    private static func answer(_ body: () throws -> Void) {
        do { try body() } catch { _ = Problem.of(error)?.response(requestID: "r") }
    }

    /// Each kind of body that has as much in as few bytes as it can, so long as that.
    static func kinds(of count: Int) -> [(name: String, bytes: [UInt8])] {
        let values = [
            "[]", "{}", "0", "\"\"", "null", "1e1", "0.5", "-0", "[[[[[[[[]]]]]]]]", "{\"a\":{\"a\":{\"a\":0}}}",
            "\"\\n\"",
            "\"\\u00e9\"", "[0]", "{\"a\":0}", "\"\u{301}\u{327}\"",
        ]
        let places = [("[", "]"), ("{\"items\":[", "]}"), ("{\"tags\":[", "]}"), ("{\"settle\":[", "]}"), ("[[", "")]
        let lists = values.flatMap { value in
            places.map { place in
                ("\(place.0)\(value),…", Cost.filled(count, place.0, { _ in value }, separator: ",", place.1))
            }
        }
        let unknown = "\"complain\":0,\"custmer\":0,\"ownr\":0,\"tag\":0,\"sevrity\":0,\"chanel\":0"
        return lists + [
            ("unknown names", Cost.filled(count, "{", { "\"compl\($0)\":0" }, separator: ",", "}")),
            ("short unknown names", Cost.filled(count, "{", { "\"\($0)\":0" }, separator: ",", "}")),
            (
                "items of unknown names",
                Cost.filled(count, "{\"items\":[", { _ in "{\(unknown)}" }, separator: ",", "]}")
            ),
            (
                "promises of unknown names",
                Cost.filled(
                    count, "{\"settle\":[", { _ in "{\"promise_id\":1,\"action\":\"keep\",\"evidense\":0}" },
                    separator: ",",
                    "]}")
            ),
            ("escapes", Cost.filled(count, "[\"", { _ in "\\n" }, "\"]")),
            ("digits", Cost.filled(count, "[", { _ in "1" }, "]")),
            ("white space", Cost.filled(count, "[", { _ in " \n" }, "0]")),
        ]
    }

    /// Ordinary cases, so long as that.
    private static func bulk(of count: Int) -> [UInt8] {
        Cost.filled(
            count, "{\"items\":[", { "{\"complaint\":\"The kettle leaks.\",\"customer\":{\"name\":\"Ann \($0)\"}}" },
            separator: ",", "]}")
    }
}
