import HTTPServer
import HTTPTypes

extension HTTPField.Name {
    /// Host (RFC 9110 section 7.2), under a name of ours: the package that keeps field names hides it.
    static let hostAndPort = HTTPField.Name("Host")!
}

/// Keeps pages of other sites from using a browser that reaches the service (RFC 6454).
enum Origin {
    /// - Throws: 403 when the request comes from a page that this host did not serve.
    static func requireOwn(_ fields: HTTPFields) throws(Problem) {
        guard let origin = fields[.origin] else { return }
        guard let host = fields[.hostAndPort], let authority = authority(of: origin),
            authority.lowercased() == host.lowercased()
        else {
            throw Problem(
                .forbidden, "The request comes from a page of another origin, \(origin.prefix(100)): none is allowed.")
        }
    }

    /// Host and port of `http://desk.example:8080`; nil for `null` and anything else.
    private static func authority(of origin: String) -> Substring? {
        for scheme in ["http://", "https://"] where origin.lowercased().hasPrefix(scheme) {
            return origin.dropFirst(scheme.count)
        }
        return nil
    }
}
