import HTTPServer
import Testing

@Suite("An address to listen on")
struct ListenAddressTests {
    static let good: [(String, String, UInt16, Bool)] = [
        ("127.0.0.1:8080", "127.0.0.1", 8080, true), ("127.9.9.9:0", "127.9.9.9", 0, true),
        ("[::1]:8080", "::1", 8080, true), ("0.0.0.0:80", "0.0.0.0", 80, false), ("[::]:80", "::", 80, false),
        ("localhost:1", "localhost", 1, true), ("LocalHost:1", "LocalHost", 1, true),
        ("desk.example:65535", "desk.example", 65535, false), ("127.example:1", "127.example", 1, false),
        ("10.0.0.1:1", "10.0.0.1", 1, false),
    ]

    @Test("is read as people write it", arguments: good)
    func reads(_ text: String, host: String, port: UInt16, isLoopback: Bool) throws {
        let address = try ListenAddress(text)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    static let bad = [
        "", ":", "8080", "localhost", ":8080", "a:", "a:b", "a:65536", "a:-1", "a:+1", "::1:80", "[::1]", "[]:1",
        "[a]:1", "[::1:80", "a b:1", "a/b:1", "http://a:1",
    ]

    @Test("is refused with a sentence that shows how to write one", arguments: bad)
    func refuses(_ text: String) {
        let error = #expect(throws: ListenAddress.ParseError.self) { try ListenAddress(text) }
        #expect(error?.description.contains("127.0.0.1:8080") == true)
    }

    @Test("at a Unix socket has a path, and whose its file is and who may connect")
    func unix() throws {
        let plain = try ListenAddress("unix:/run/casekeeper/http.sock")
        #expect(plain == .unix(UnixAddress(path: "/run/casekeeper/http.sock", mode: 0o600)))
        #expect(plain.isLoopback && plain.host == nil && plain.port == nil)
        let full = try ListenAddress("unix:///run/x.sock?mode=0660&owner=desk&group=www-data")
        #expect(full == .unix(UnixAddress(path: "/run/x.sock", mode: 0o660, owner: "desk", group: "www-data")))
        #expect(full.description == "unix:/run/x.sock")
        let long = "/" + String(repeating: "x", count: 106)
        #expect(try ListenAddress("unix:" + long) == .unix(UnixAddress(path: long)))
    }

    static let badUnix = [
        ("unix:", "absolute"), ("unix:8080", "absolute"), ("unix:x.sock", "absolute"), ("unix:/run/", "absolute"),
        ("unix:@casekeeper", "everybody"), ("unix:/x?mode=0999", "octal"), ("unix:/x?mode=01777", "octal"),
        ("unix:/x?mode=", "behind the ?"), ("unix:/x?", "behind the ?"), ("unix:/x?user=a", "behind the ?"),
        ("unix:/x?mode=0600&mode=0660", "twice"), ("unix:/" + String(repeating: "x", count: 107), "108 bytes"),
        ("unix:/" + String(repeating: "ü", count: 54), "109 bytes"),
    ]

    @Test("at a Unix socket is refused with what is wrong, and how to write one", arguments: badUnix)
    func refusesUnix(_ text: String, words: String) {
        let error = #expect(throws: ListenAddress.ParseError.self) { try ListenAddress(text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("unix:/run/casekeeper/http.sock") == true)
    }
}
