import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("Who a request is from")
struct RequesterTests {
    private func requester(_ peer: String, _ forwarded: [String], trusting proxies: [String]) -> Requester {
        var fields = HTTPFields()
        for value in forwarded { fields.append(HTTPField(name: .forwardedFor, value: value)) }
        let request = Request(
            id: "r", method: .get, path: "/", headerFields: HeaderFields(fields),
            peer: PeerAddress(host: peer, isLoopback: peer == "127.0.0.1"))
        return Requester(request, trusting: proxies.compactMap(AddressRange.init))
    }

    @Test(
        "is its peer, or the last one that a trusted proxy had it from",
        arguments: [
            ("192.0.2.1", ["203.0.113.7"], [], "192.0.2.1"),
            ("192.0.2.1", ["203.0.113.7"], ["10.0.0.0/8"], "192.0.2.1"),
            ("10.0.0.1", ["203.0.113.7"], ["10.0.0.0/8"], "203.0.113.7"),
            ("10.0.0.1", ["198.51.100.9, 203.0.113.7"], ["10.0.0.0/8"], "203.0.113.7"),
            ("10.0.0.1", ["198.51.100.9", "203.0.113.7 , 10.0.0.2"], ["10.0.0.0/8"], "203.0.113.7"),
            ("10.0.0.1", ["10.0.0.3,10.0.0.2"], ["10.0.0.0/8"], "10.0.0.3"),
            ("10.0.0.1", ["203.0.113.7:4711"], ["10.0.0.0/8"], "203.0.113.7"),
            ("10.0.0.1", ["[2001:db8::7]:4711"], ["10.0.0.0/8"], "2001:db8::7"),
            ("10.0.0.1", ["2001:db8::7"], ["10.0.0.0/8"], "2001:db8::7"),
            ("10.0.0.1", ["::ffff:203.0.113.7"], ["10.0.0.0/8"], "203.0.113.7"),
            ("10.0.0.1", ["203.0.113.7, unknown"], ["10.0.0.0/8"], "10.0.0.1"),
            ("10.0.0.1", [""], ["10.0.0.0/8"], "10.0.0.1"), ("10.0.0.1", [], ["10.0.0.0/8"], "10.0.0.1"),
            ("10.0.0.1", ["203.0.113.7,"], ["10.0.0.0/8"], "10.0.0.1"),
        ] as [(String, [String], [String], String)])
    func forwarded(peer: String, fields: [String], proxies: [String], host: String) {
        let requester = requester(peer, fields, trusting: proxies)
        #expect(requester.peer.host == host)
        #expect(requester.isForwarded == (host != peer))
    }

    @Test("machines of one IPv6 network are one, those of IPv4 are each their own")
    func networks() {
        func network(_ host: String) -> UInt64 { requester(host, [], trusting: []).network }
        #expect(network("2001:db8:0:1::1") == network("2001:db8:0:1:ffff:2:3:4"))
        #expect(network("2001:db8:0:1::1") != network("2001:db8:0:2::1"))
        #expect(network("192.0.2.1") != network("192.0.2.2"))
        #expect(network("192.0.2.1") == network("::ffff:192.0.2.1"))
    }

    @Test("at a Unix socket each user is one; what they say of others is believed where such are trusted")
    func unix() {
        func requester(_ user: UInt32?, _ fields: HTTPFields = [:], trustsUnix: Bool = false) -> Requester {
            let request = Request(
                id: "r", method: .get, path: "/", headerFields: HeaderFields(fields),
                peer: PeerAddress(unixUserID: user))
            return Requester(request, trusting: [AddressRange("0.0.0.0/0")!], trustsUnix: trustsUnix)
        }
        let networks = [requester(0), requester(33), requester(nil)].map(\.network)
        #expect(Set(networks + [self.requester("::1", [], trusting: []).network]).count == 4)
        let forwarded: HTTPFields = [.forwardedFor: "203.0.113.7"]
        #expect(requester(33, forwarded).peer.host == "unix:33")
        #expect(requester(33, forwarded, trustsUnix: true).peer.host == "203.0.113.7")
        #expect(!self.requester("192.0.2.1", ["203.0.113.7"], trusting: []).isForwarded)
    }
}
