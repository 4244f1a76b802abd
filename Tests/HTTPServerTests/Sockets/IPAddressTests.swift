import Testing

@testable import HTTPServer

@Suite("Addresses of IP")
struct IPAddressTests {
    @Test(
        "are read and written",
        arguments: [
            ("127.0.0.1", "127.0.0.1", true, true), ("127.255.0.9", "127.255.0.9", true, true),
            ("192.0.2.7", "192.0.2.7", true, false), ("::1", "::1", false, true),
            ("2001:DB8:0:0::7", "2001:db8::7", false, false), ("::ffff:192.0.2.7", "192.0.2.7", true, false),
            ("::ffff:127.0.0.1", "127.0.0.1", true, true), ("::", "::", false, false),
            ("::127.0.0.1", "::127.0.0.1", false, false),
        ])
    func read(text: String, written: String, isIPv4: Bool, isLoopback: Bool) throws {
        let address = try #require(IPAddress(text))
        #expect(address.text == written)
        #expect(address.isIPv4 == isIPv4)
        #expect(address.isLoopback == isLoopback)
        let peer = PeerAddress(address)
        #expect(peer == PeerAddress(host: written, isLoopback: isLoopback))
    }

    @Test(
        "are nothing else",
        arguments: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "::1%lo", "[::1]", "localhost", "1.2.3.4 ", "::1\0", ":::"])
    func none(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
