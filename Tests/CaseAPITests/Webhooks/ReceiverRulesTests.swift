import Complaints
import HTTPServer
import Testing

@testable import CaseAPI

@Suite("Where webhooks post to")
struct ReceiverRulesTests {
    @Test(
        "is no address of a private, local or special network, however it is written",
        arguments: [
            "0.0.0.0", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
            "100.100.100.200",
            "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1",
            "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255",
            "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
            "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::7f00:1",
            "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:1::1",
            "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1",
            "fc00::1", "fd00::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "4000::1", "1fff::1",
        ])
    func special(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!ReceiverRules().admits(address, isEncrypted: true))
    }

    @Test(
        "is any address of the public internet, by https alone",
        arguments: [
            "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255",
            "172.32.0.0", "192.0.1.1", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
            "223.255.255.255",
            "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700::1111", "2a00::1", "::ffff:8.8.8.8",
        ])
    func open(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(ReceiverRules().admits(address, isEncrypted: true))
        #expect(!ReceiverRules().admits(address, isEncrypted: false))
    }

    @Test("is what is allowed besides, by http too, and nothing beside that")
    func allowed() throws {
        let rules = ReceiverRules(allowing: try ["127.0.0.0/8", "fd00::/8"].map { try #require(AddressRange($0)) })
        for text in ["127.0.0.1", "127.9.9.9", "fd12::1", "::ffff:127.0.0.1"] {
            let address = try #require(IPAddress(text))
            #expect(rules.admits(address, isEncrypted: false) && rules.admits(address, isEncrypted: true))
        }
        for text in ["10.0.0.1", "::1", "169.254.169.254", "fc00::1"] {
            #expect(!rules.admits(try #require(IPAddress(text)), isEncrypted: true))
        }
        #expect(!rules.admits(try #require(IPAddress("8.8.8.8")), isEncrypted: false))
    }

    @Test("is told as soon as it can be, before the host is looked up")
    func early() throws {
        let allowing = ReceiverRules(allowing: [try #require(AddressRange("127.0.0.0/8"))])
        for (text, isTaken, isTakenWhereAllowed) in [
            ("https://example.com/", true, true), ("http://example.com/", false, true),
            ("https://127.0.0.1/", false, true),
            ("http://127.0.0.1/", false, true), ("https://10.0.0.1/", false, false), ("https://[::1]/", false, false),
            ("https://[::ffff:127.0.0.1]/", false, true),
        ] {
            let url = try WebhookURL(text)
            #expect(ReceiverRules().issues(of: url).isEmpty == isTaken, "\(text)")
            #expect(allowing.issues(of: url).isEmpty == isTakenWhereAllowed, "\(text)")
        }
    }
}
