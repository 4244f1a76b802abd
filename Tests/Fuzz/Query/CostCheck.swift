import CaseStore
import Complaints
import FuzzCost

@testable import CaseAPI

/// What a query costs to read and to answer, whatever it asks for, is in proportion to its bytes.
enum CostCheck {
    /// As much as a request line may have.
    private static let longest = 8192

    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        let bytes = Array(bytes.prefix(longest))
        guard bytes.count >= Cost.shortest else { return [] }
        let honest = query(of: max(Cost.shortestHonest, bytes.count))
        return Cost.violations("a query of \(bytes.count) bytes", { read(bytes) }, honest: { read(honest) })
    }

    private static func read(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do throws(Problem) {
            let parameters = try QueryParameters(text)
            var promises = QueryReader(parameters)
            _ = PromiseFilter(&promises)
            _ = promises.finished().issues.problem.response(requestID: "r")
            var cases = QueryReader(parameters)
            _ = CaseFilter(&cases)
            _ = cases.finished().issues.problem.response(requestID: "r")
        } catch {
            _ = error.response(requestID: "r")
        }
    }

    /// Each kind of query that has as much in as few bytes as it can, so long as that.
    static func kinds(of count: Int) -> [(name: String, bytes: [UInt8])] {
        [
            ("unknown names", Cost.filled(count, "", { "stat\($0)=a" }, separator: "&")),
            ("short unknown names", Cost.filled(count, "", { "\($0)" }, separator: "&")),
            ("the same name", Cost.filled(count, "", { _ in "a" }, separator: "&")),
            ("a known name", Cost.filled(count, "", { _ in "state=open" }, separator: "&")),
            ("nothing", Cost.filled(count, "", { _ in "&" })),
            ("words", Cost.filled(count, "state=", { _ in "opn" }, separator: ",")),
            ("commas", Cost.filled(count, "state=", { _ in "," })),
            ("spaces", Cost.filled(count, "owner=", { _ in "+" })),
            ("escapes", Cost.filled(count, "q=", { _ in "%41" })),
        ]
    }

    /// An ordinary page of a list with what else a client may have put into it, so long as that.
    private static func query(of count: Int) -> [UInt8] {
        Cost.filled(
            count, "state=open,overdue&owner=Kim&team=North&limit=50&",
            { "q\($0 % 8)=the+quick+brown+fox+jumps+over+the+lazy+dog+and+so+on+and+on" }, separator: "&")
    }
}
