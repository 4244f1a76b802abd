import HTTPServer
import HTTPTypes

/// Keeps pages of other sites from using a browser that reaches the service (RFC 6454).
enum Origin {
    /// - Throws: 403 when the request comes from a page that this host did not serve, or names two hosts.
    static func requireOwn(_ request: Request) throws(Problem) {
        // Browsers say whose page it was where they send no Origin, too.
        if let site = request.headerFields[FetchSite.field], !FetchSite.isOwn(site, request.method) {
            throw foreign("says Sec-Fetch-Site: \(site.shown)")
        }
        // RFC 9112 section 3.2: a client sends the target's as Host. Whoever does not would have one host looked at here and
        // another by whatever stands before us.
        let hosts = request.authority == nil ? [] : request.hosts
        if hosts.count == 2, !hosts[0].isEqual(ignoringCaseTo: hosts[1]) {
            throw Problem(
                .forbidden,
                "The target names the host \(hosts[0].shown), and Host is \(hosts[1].shown): send the same in both.")
        }
        guard let origin = request.headerFields[.origin] else { return }
        guard let authority = authority(of: origin), let host = request.host, host.isEqual(ignoringCaseTo: authority)
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
