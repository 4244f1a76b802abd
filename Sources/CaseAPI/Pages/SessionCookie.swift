import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// The cookie of a session of the board. It goes with requests from our own pages alone (`SameSite=Strict`), and no script sees
/// it. Under a public https URL it has the prefix that keeps other hosts and plain HTTP from setting it (RFC 6265bis section
/// 4.1.3.2).
struct SessionCookie: Sendable {
    /// Whether the service is reached by https.
    let isSecure: Bool

    init(_ links: PublicLinks) { isSecure = links.origin != nil }

    private var name: StaticString { isSecure ? "__Host-casekeeper" : "casekeeper" }
    // A prefix of `__Host-` asks for the whole site.
    private var path: String { isSecure ? "/" : "/board" }

    /// The secret that a request brings; nil where it brings none that can be one.
    func secret(in fields: HeaderFields) -> SessionSecret? {
        for line in fields where line.name == .cookie {
            for pair in line.value.bytes.split(separator: UInt8(ascii: ";")) {
                let pair = FieldValue(pair).bytes
                guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), isName(pair[..<equals]),
                    let secret = SessionSecret(pair[(equals + 1)...])
                else { continue }
                return secret
            }
        }
        return nil
    }

    private func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// The field that gives a browser the cookie, until the session ends.
    func begin(_ secret: SessionSecret, _ session: Session) -> String {
        field(secret.text, seconds: (session.endsAt - session.createdAt).milliseconds / 1000)
    }

    /// The field that takes it away.
    var end: String { field("", seconds: 0) }

    private func field(_ value: String, seconds: Int64) -> String {
        "\(name)=\(value); Path=\(path); Max-Age=\(seconds); HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
    }
}
