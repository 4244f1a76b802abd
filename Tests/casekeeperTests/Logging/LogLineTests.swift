import Complaints
import Testing

@testable import casekeeper

@Suite("A line of the log")
struct LogLineTests {
    static let line = LogLine(
        time: Instant(milliseconds: 0), level: "info", message: "request\nforged",
        metadata: [("level", "x"), ("path", "/v1/cases"), ("who", "Ann \"A\" Lee\u{2028}"), ("z", "")])

    @Test("is text for people")
    func text() {
        #expect(
            Self.line.rendered(.text)
                == "1970-01-01T00:00:00Z info request\\nforged level=x path=/v1/cases "
                + "who=\"Ann \\\"A\\\" Lee\\u2028\" z=\"\"\n")
    }

    @Test("is JSON for programs, whose own fields nothing writes over")
    func json() {
        #expect(
            Self.line.rendered(.json)
                == #"{"time":"1970-01-01T00:00:00Z","level":"info","message":"request\nforged","_level":"x","#
                + #""path":"/v1/cases","who":"Ann \"A\" Lee\u2028","z":""}"# + "\n")
    }
}
