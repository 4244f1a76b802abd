import Complaints
import Logging
import Testing

@testable import casekeeper

@Suite("A line of the log")
struct LogLineTests {
    static let line = LogLine(
        time: Instant(milliseconds: 0), level: "info", message: "request\nforged",
        metadata: [
            ("cut", .boolean(true)), ("level", .text("x")), ("path", .text("/v1/cases")), ("status", .integer(200)),
            ("who", .text("Ann \"A\" Lee\u{2028}")), ("z", .text("")),
        ])

    @Test("is text for people")
    func text() {
        #expect(
            Self.line.rendered(.text)
                == "1970-01-01T00:00:00Z info request\\nforged cut=true level=x path=/v1/cases "
                + "status=200 who=\"Ann \\\"A\\\" Lee\\u2028\" z=\"\"\n")
    }

    @Test("is JSON for programs, whose own fields nothing writes over")
    func json() {
        #expect(
            Self.line.rendered(.json)
                == #"{"time":"1970-01-01T00:00:00Z","level":"info","message":"request\nforged","cut":true,"_level":"x","#
                + #""path":"/v1/cases","status":200,"who":"Ann \"A\" Lee\u2028","z":""}"# + "\n")
    }

    @Test("keeps numbers as numbers, and nothing else")
    func values() {
        #expect(LogValue(.stringConvertible(200)) == .integer(200))
        #expect(LogValue(.stringConvertible(UInt64.max)) == .text("18446744073709551615"))
        #expect(LogValue(.stringConvertible(Int64.min)) == .integer(.min))
        #expect(LogValue(.stringConvertible(true)) == .boolean(true))
        #expect(LogValue(.stringConvertible(1.5)) == .text("1.5"))
        #expect(LogValue(.string("200")) == .text("200"))
    }
}
