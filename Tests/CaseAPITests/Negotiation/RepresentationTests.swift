import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("Which representation")
struct RepresentationTests {
    @Test(
        "Accept decides, by weight and then by how exactly it says",
        arguments: [
            (nil, .json), ("", .json), ("*/*", .json), ("application/json", .json), ("text/csv", .csv),
            ("text/csv, */*", .csv), ("text/csv;q=0.5, application/json", .json),
            ("application/json;q=0.1, text/csv", .csv),
            ("text/*", .csv), ("TEXT/CSV; header=present", .csv), ("application/*;q=0.2, text/csv;q=0.1", .json),
            ("text/html, application/xhtml+xml, */*;q=0.8", .json), ("text/csv;q=0, */*", .json), ("image/png", nil),
            ("application/json;q=0, text/csv;q=0", nil), ("text", nil), (",", .json), (", ,text/csv,,", .csv),
            ("text/csv;x=\"a,application/json;q=1\", image/png", .csv), ("image/png;a=\"\\\",text/csv\"", nil),
            ("text/csv;q=0.5;x=\";q=1\", application/json;q=0.4", .csv), ("text/csv; Q=0, */*", .json),
            ("text/csv, text/csv;q=0", .csv), ("text/é, text/csv", .csv), ("é", nil), ("text /csv", nil),
            ("text/csv;q=2", nil), ("text/csv;q=0.001", .csv), ("*/csv", nil), ("/", nil), ("*/*;q=0, text/csv", .csv),
        ] as [(String?, Representation?)])
    func negotiation(accept: String?, expected: Representation?) throws {
        var fields = HTTPFields()
        fields[.accept] = accept
        guard let expected else {
            let problem = #expect(throws: Problem.self) {
                try Representation.negotiated(for: HeaderFields(fields), offered: [Representation.json, .csv])
            }
            #expect(problem?.kind == .notAcceptable)
            #expect(problem?.headerFields[.vary] == "Accept")
            return
        }
        #expect(
            try Representation.negotiated(for: HeaderFields(fields), offered: [Representation.json, .csv]) == expected)
    }
}
