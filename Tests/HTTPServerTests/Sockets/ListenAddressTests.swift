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
}
