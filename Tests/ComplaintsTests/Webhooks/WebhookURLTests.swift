import Complaints
import Testing

@Suite("The URL of a webhook")
struct WebhookURLTests {
    @Test(
        "is taken with its receiver, which is told without its path",
        arguments: [
            ("https://example.com", "https://example.com"), ("https://example.com/a?b=c", "https://example.com"),
            ("https://EXAMPLE.com:443/x", "https://example.com"), ("HTTPS://EXAMPLE.COM/", "https://example.com"),
            ("https://example.com:8443?t=s", "https://example.com:8443"),
            ("http://127.0.0.1:80/", "http://127.0.0.1"), ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("https://[2001:DB8::1]:444/", "https://[2001:db8::1]:444"),
            ("https://a_b-c.example./%20", "https://a_b-c.example."),
        ])
    func taken(text: String, origin: String) throws {
        let url = try WebhookURL(text)
        #expect(url.text == text)
        #expect(url.origin == origin)
    }

    @Test(
        "is refused where it is none, says who comes, or has what no server sees",
        arguments: [
            "", "example.com", "//example.com", "ftp://example.com", "httpsx://example.com", "https:/example.com",
            "https://", "https:///x", "https://user@example.com", "https://user:secret@example.com/", "https://a..b",
            "https://.example.com", "https://example.com:0", "https://example.com:065", "https://example.com:65536",
            "https://example.com:x", "https://example.com:", "https://example.com/#part", "https://exämple.com",
            "https://example.com/a b", "https://example.com/\u{0}", "https://example.com\\@internal", "https://[::1",
            "https://[localhost]", "https://127.1", "https://2130706433", "https://0x7f.0.0.1", "https://010.0.0.1",
            "https://1.2.3.256", "https://[::1]x", "https://example.com/\r\nX: y",
        ])
    func refused(text: String) {
        #expect(throws: FieldFault.self) { try WebhookURL(text) }
    }

    @Test("has at most 2,000 characters")
    func length() throws {
        let base = "https://example.com/"
        _ = try WebhookURL(base + String(repeating: "a", count: WebhookURL.longest - base.utf8.count))
        #expect(throws: FieldFault.self) {
            try WebhookURL(base + String(repeating: "a", count: WebhookURL.longest - base.utf8.count + 1))
        }
    }
}
