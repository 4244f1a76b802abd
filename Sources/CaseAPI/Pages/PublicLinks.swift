/// Where people find the service: the origin that links are made absolute with, where it was said.
public struct PublicLinks: Sendable, Hashable {
    /// Such as `https://desk.example`, without a slash at its end; nil where nobody said it.
    public let origin: String?

    /// Links without an origin: they lead to wherever the page came from.
    public static let relative = PublicLinks(origin: nil)

    private init(origin: String?) { self.origin = origin }

    /// An https origin: `https://HOST` or `https://HOST:PORT`, with or without a slash at its end; nil for any other text.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.starts(with: "https://".utf8) else { return nil }
        var authority = bytes.dropFirst(8)
        if authority.last == UInt8(ascii: "/") { authority.removeLast() }
        let isHost = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._:[]".utf8.contains(byte)
        }
        guard !authority.isEmpty, authority.allSatisfy(isHost), authority.last != UInt8(ascii: ":") else { return nil }
        origin = "https://" + String(decoding: authority, as: UTF8.self)
    }

    /// A path as a link that can be sent to somebody: absolute, where it is known how.
    public func link(to path: String) -> String { (origin ?? "") + path }

    /// Host and port; nil where there is no origin.
    var authority: String? { origin.map { String($0.utf8.dropFirst(8))! } }
}
