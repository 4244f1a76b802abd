import HTTPServer
import HTTPTypes

/// Keeps pages of other sites from using a browser that reaches the service (RFC 6454).
enum Origin {
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!

    /// - Throws: 403 when the request comes from a page that this host did not serve.
    static func requireOwn(_ request: Request) throws(Problem) {
        // Browsers say whose page it was where they send no Origin, too (Fetch Metadata section 2.4).
        if let site = request.headerFields[fetchSite], site.isWord("cross-site") || site.isWord("same-site") {
            throw foreign("says Sec-Fetch-Site: \(site.shown)")
        }
        guard let origin = request.headerFields[.origin] else { return }
        let hosts = request.hosts
        guard let authority = authority(of: origin), !hosts.isEmpty,
            hosts.allSatisfy({ $0.isEqual(ignoringCaseTo: authority) })
        else { throw foreign("is of another origin, \(origin.shown)") }
    }

    private static func foreign(_ what: String) -> Problem {
        Problem(.forbidden, "The request comes from a page that \(what): none but our own is allowed.")
    }

    /// Host and port of `http://desk.example:8080`; nil for `null` and anything else.
    private static func authority(of origin: FieldValue) -> FieldValue? {
        if origin.begins(with: "http://") { return origin.dropping(7) }
        return origin.begins(with: "https://") ? origin.dropping(8) : nil
    }
}
