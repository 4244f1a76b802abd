import Testing

@testable import casekeeper

@Suite("An environment file")
struct EnvironmentFileTests {
    static let read: [(String, [String: String])] = [
        ("", [:]), ("\n \t\n# A=b\n  ; C=d\n", [:]), ("A=b", ["A": "b"]), ("A=b\r\nC=d\r\n", ["A": "b", "C": "d"]),
        ("  A = b c \t\nD=\n", ["A": "b c", "D": ""]), ("A=b=c", ["A": "b=c"]), ("A=$B`c`$(d)", ["A": "$B`c`$(d)"]),
        (#"A="b c  " "#, ["A": "b c  "]), (#"A='b "c" \d'"#, ["A": #"b "c" \d"#]),
        (#"A="b \"c\" \\ \$ \d""#, ["A": #"b "c" \ $ \d"#]), ("A=\"b\nc\"\nD=e", ["A": "b\nc", "D": "e"]),
        ("A=\"b \\\nc\"", ["A": "b c"]), ("A=b\\\n  c", ["A": "b  c"]), (##"A=b\ \#c\"d\ "##, ["A": #"b #c"d "#]),
        (#"A=b"c""#, ["A": #"b"c""#]), ("A=b#c", ["A": "b#c"]), ("A=\"b # c\"", ["A": "b # c"]), ("A=ü", ["A": "ü"]),
        ("# one \\\nA=b", ["A": "b"]),
    ]

    @Test("is read as systemd reads it", arguments: read)
    func reads(text: String, expected: [String: String]) {
        let file = EnvironmentFile(Array(text.utf8))
        #expect(file.faults == [])
        #expect(Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, $0.value) }) == expected)
    }

    static let refused: [(String, Int, String)] = [
        ("A", 1, "no ="), ("\n\nA b\n", 3, "no ="), ("export A=b", 1, "export"), ("1A=b", 1, "no name"),
        ("=b", 1, "no name"), ("A-B=c", 1, "no name"), ("Ä=c", 1, "no name"), ("A=b # c", 1, "line of its own"),
        ("A=\"b\" # c", 1, "closing quote"), ("A='b'c", 1, "closing quote"), ("B=c\nA='b\n\n", 2, "nothing closes"),
        ("\u{FEFF}A=b", 1, "byte order mark"),
    ]

    @Test("is refused where something would be lost, with the line", arguments: refused)
    func refuses(text: String, line: Int, words: String) throws {
        let file = EnvironmentFile(Array(text.utf8))
        let fault = try #require(file.faults.first)
        #expect(file.faults.count == 1)
        #expect(fault.line == line)
        #expect(fault.detail.contains(words), "\(fault.detail)")
    }

    @Test("is told of all at once, and of bytes that are no text")
    func all() {
        let file = EnvironmentFile(Array("A=\"b\nc\"\nD\nE='f' g\nH=".utf8) + [0xFF, 0x0A] + Array("I=".utf8) + [0])
        #expect(file.faults.map(\.line) == [3, 4, 5, 6])
        #expect(file.entries.map(\.line) == [1])
    }
}
