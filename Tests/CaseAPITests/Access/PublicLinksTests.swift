import Testing

@testable import CaseAPI

@Suite("The public URL")
struct PublicLinksTests {
    @Test(
        "is an https origin, kept as browsers write it",
        arguments: [
            ("https://desk.example", "https://desk.example"), ("https://desk.example/", "https://desk.example"),
            ("HTTPS://Desk.Example", "https://desk.example"), ("https://desk.example:443", "https://desk.example"),
            ("https://desk.example:443/", "https://desk.example"), ("https://desk.example:8443", "https://desk.example:8443"),
            ("https://desk.example:08443", "https://desk.example:8443"), ("https://desk.example:65535", "https://desk.example:65535"),
            ("https://192.0.2.7:1", "https://192.0.2.7:1"), ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
            ("https://[::1]:8443/", "https://[::1]:8443"), ("https://xn--bro-hoa.example", "https://xn--bro-hoa.example"),
            ("https://desk_1", "https://desk_1"), ("https://localhost:8443", "https://localhost:8443"),
        ])
    func taken(text: String, origin: String) throws {
        let links = try PublicLinks(text)
        #expect(links.origin == origin)
        #expect(links.link(to: "/c/x") == origin + "/c/x")
    }

    @Test(
        "that is none is refused, with what to write",
        arguments: [
            ("https://x:99999", "port from 1 to 65535"), ("https://x:65536", "port"), ("https://x:0", "port"), ("https://x:", "port"),
            ("https://x:8443x", "port"), ("https://x:-1", "port"), ("https://x:+1", "port"), ("https://[::1]x", "port"),
            ("https://x:123456789012345678901", "port"),
            ("https://user@x", "a user's name"), ("https://user:secret@x", "a user's name"), ("https://x?a=b", "a query"),
            ("https://x/?a", "a path"), ("https://x#a", "a fragment"), ("https://x/board", "a path"), ("https://x//", "a path"),
            ("https://x\\board", "a path"), ("https://x%2Eexample", "percent-encoding"), ("https://x y", "white space"),
            ("https://x\n", "white space"), (" https://x", "https://"), ("https://büro.example", "xn--"), ("https://", "name of a host"),
            ("https:///", "name of a host"), ("https://.", "name of a host"), ("https://x..example", "name of a host"),
            ("https://-x.example", "name of a host"), ("https://x.example.", "name of a host"), ("https://[2001:db8::1", "bracket"),
            ("https://[]", "IPv6"), ("https://[192.0.2.7]", "IPv6"), ("https://[2001:db8::g]", "IPv6"), ("http://desk.example", "https"),
            ("desk.example", "https://"), ("", "https://"), ("ftp://x", "https"),
            ("https://" + String(repeating: "a", count: 64) + ".example", "name of a host"),
            ("https://" + String(repeating: "a.", count: 130) + "example", "name of a host"),
        ])
    func refused(text: String, word: String) {
        #expect {
            try PublicLinks(text)
        } throws: { error in
            "\(error)".contains(word) && "\(error)".hasPrefix("it must ") && "\(error)".hasSuffix(".")
        }
    }
}
