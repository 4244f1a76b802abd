import Complaints
import HTTPServer

/// Which addresses webhooks are posted to: those of the public internet, by https; any other, and http, where whoever runs the
/// service allows the range. It is asked of every address that is connected to, so that no name and no redirect leads past it.
public struct ReceiverRules: Sendable {
    private let allowed: [AddressRange]

    /// - Parameter allowed: what else may be posted to.
    public init(allowing allowed: [AddressRange] = []) {
        self.allowed = allowed
    }

    /// Whether an address may be connected to.
    func admits(_ address: IPAddress, isEncrypted: Bool) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        return isEncrypted && !Self.isSpecial(address)
    }

    /// What is wrong with a URL, as far as it can be told before its host is looked up.
    func issues(of url: WebhookURL?) -> [FieldIssue] {
        guard let url else { return [] }
        if !url.isEncrypted, allowed.isEmpty {
            return [
                FieldIssue("url", .invalidValue, "must be of https; http is taken for addresses of --webhook-allow.")
            ]
        }
        if let address = IPAddress(url.host), !admits(address, isEncrypted: url.isEncrypted) {
            return [
                FieldIssue(
                    "url", .invalidValue,
                    "must not lead to \(address.text), which is no address of the public internet: --webhook-allow allows "
                        + "others.")
            ]
        }
        return []
    }

    /// Whether an address is none of the public internet's.
    static func isSpecial(_ address: IPAddress) -> Bool {
        if address.isIPv4 { return special.contains { $0.contains(address) } }
        return !global.contains(address) || specialOfIPv6.contains { $0.contains(address) }
    }

    /// IANA's special-purpose addresses of IPv4 (RFC 6890 and its registry), with multicast and what is reserved; metadata of
    /// clouds is at 169.254.169.254, 100.100.100.200 and 192.0.0.192 among them, and at 168.63.129.16, which is not.
    private static let special = ranges(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3")

    /// What is assigned of IPv6 for the public internet (RFC 4291 section 2.4). Outside of it are loopback, link-local,
    /// unique local and multicast addresses, and those that have one of IPv4 within them, NAT64's among them. IPv4 in its
    /// mapped form is taken for what it is.
    private static let global = ranges("2000::/3")[0]

    /// Within it: Teredo, benchmarks and the like, documentation, 6to4, and segment routing.
    private static let specialOfIPv6 = ranges(
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")

    private static func ranges(_ texts: String...) -> [AddressRange] {
        texts.map { text in
            guard let range = AddressRange(text) else { preconditionFailure("\(text) is no range") }
            return range
        }
    }
}
