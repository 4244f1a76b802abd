import Complaints
import Testing

@testable import CaseAPI

@Suite("Query strings")
struct QueryParametersTests {
    @Test(
        "a query is form-decoded",
        arguments: [
            (nil, []), ("", []), ("a=1", [("a", "1")]), ("a=1&b=2&a=3", [("a", "1"), ("b", "2"), ("a", "3")]),
            ("a", [("a", "")]), ("a=b=c", [("a", "b=c")]), ("a=b+c%2Bd", [("a", "b c+d")]),
            ("%61=%C3%A9", [("a", "é")]),
            ("&&a=1&", [("a", "1")]),
        ] as [(String?, [(String, String)])])
    func decoding(query: String?, pairs: [(String, String)]) throws {
        let parameters = try QueryParameters(query)
        #expect(parameters.pairs == pairs.map { QueryParameters.Pair(name: ExactText($0.0), value: ExactText($0.1)) })
    }

    @Test("what can't be decoded is refused", arguments: ["a=%", "a=%4", "a=%GG", "a=%00", "a=%FF", "%ED%A0%80=1"])
    func broken(query: String) {
        let problem = #expect(throws: Problem.self) { try QueryParameters(query) }
        #expect(problem?.kind == .invalidParameter)
    }

    @Test("a query is written again with everything it had")
    func encoding() throws {
        let parameters = try QueryParameters("q=caf%C3%A9+%26+cr%C3%A8me&cursor=old&state=open,overdue&limit=5")
        let encoded = parameters.encoded(setting: "cursor", to: "a-b_c")
        #expect(encoded == "q=caf%C3%A9%20%26%20cr%C3%A8me&state=open%2Coverdue&limit=5&cursor=a-b_c")
        let again = try QueryParameters(encoded)
        #expect(again.pairs.first?.value == "café & crème")
    }
}
