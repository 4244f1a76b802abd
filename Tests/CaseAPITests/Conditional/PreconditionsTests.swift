import HTTPTypes
import Testing

@testable import CaseAPI
@testable import HTTPServer

@Suite("Conditions of requests")
struct PreconditionsTests {
    private let tag = EntityTag(opaque: "3-1-0")

    @Test(
        "If-Match compares strongly",
        arguments: [
            (nil, true), ("*", true), ("\"3-1-0\"", true), ("\"2\", \"3-1-0\"", true), ("\"2\" , \"4\"", false),
            ("W/\"3-1-0\"", false), ("\"3-1-0,\"", false), ("", false), (" ,, \"2\",,\t\"3-1-0\" ,", true),
            ("\"3-1-0\",\"2\"", true), ("\"*\"", false),
        ] as [(String?, Bool)])
    func ifMatch(field: String?, matches: Bool) throws {
        var fields = HTTPFields()
        fields[.ifMatch] = field
        let preconditions = try Preconditions(HeaderFields(fields), AcceptedCodings())
        if matches {
            try preconditions.requireMatch(tag)
        } else {
            let problem = #expect(throws: Problem.self) { try preconditions.requireMatch(tag) }
            #expect(problem?.kind == .stale)
            #expect(problem?.headerFields[.eTag] == "\"3-1-0\"")
        }
    }

    @Test(
        "If-None-Match compares weakly",
        arguments: [
            (nil, false), ("*", true), ("\"3-1-0\"", true), ("W/\"3-1-0\"", true), ("\"1\", W/\"3-1-0\"", true),
            ("\"1\"", false), ("\"3-1-0", nil), ("3-1-0", nil), ("W/*", nil), ("*, \"1\"", nil),
            ("\"1\", *", nil), ("\"1\" \"3-1-0\"", nil), ("w/\"3-1-0\"", nil), ("\"a b\"", nil), ("W/ \"1\"", nil),
            ("\"1,3-1-0\"", false), (",\"3-1-0\",", true), ("W/\"1\",W/\"3-1-0\"", true), ("\"\"", false),
        ] as [(String?, Bool?)])
    func ifNoneMatch(field: String?, has: Bool?) throws {
        var fields = HTTPFields()
        fields[.ifNoneMatch] = field
        guard let has else {
            let problem = #expect(throws: Problem.self) { try Preconditions(HeaderFields(fields), AcceptedCodings()) }
            #expect(problem?.kind == .malformedRequest)
            return
        }
        #expect(try Preconditions(HeaderFields(fields), AcceptedCodings()).held(tag) == (has ? tag : nil))
    }

    @Test(
        "each coding has a tag of its own, and holds a change to the same state",
        arguments: [
            ("\"3-1-0\"", "gzip", "\"3-1-0\""), ("\"3-1-0-gzip\"", "gzip", "\"3-1-0-gzip\""),
            ("W/\"3-1-0-gzip\"", "gzip", "\"3-1-0-gzip\""), ("\"3-1-0-gzip\"", nil, nil),
            ("\"3-1-0\"", "gzip, identity;q=0", nil), ("\"3-1-1-gzip\"", "gzip", nil),
        ] as [(String, String?, String?)])
    func codings(field: String, accepted: String?, held: String?) throws {
        var fields = HTTPFields()
        fields[.ifNoneMatch] = field
        fields[.ifMatch] = field
        let preconditions = try Preconditions(
            HeaderFields(fields), AcceptedCodings(accepted.map { [FieldValue($0)] } ?? []))
        #expect(preconditions.held(tag)?.text == held)
        fields[.ifNoneMatch] = nil
        let change = try Preconditions(HeaderFields(fields), AcceptedCodings(accepted.map { [FieldValue($0)] } ?? []))
        let isMatched = (try? change.requireMatch(tag)) != nil
        #expect(isMatched == (field.hasPrefix("\"3-1-0")))
    }
}
