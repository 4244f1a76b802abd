import HTTPServer
import HTTPTypes

/// Keeps pages of other sites from using a browser that reaches the service (RFC 6454).
enum Origin {
    /// - Parameters:
    ///   - links: where people find the service: a page from there is our own too, whatever Host a proxy sends.
    ///   - isPage: whether it is for a page, to which links lead from anywhere. Only a browser that is about to show it as a
    ///     whole may follow one: it tells nothing of it to the page where the link is.
    /// - Throws: 403 when the request comes from a page that this host did not serve, or names two hosts.
    static func requireOwn(
        _ request: Request, or links: PublicLinks = .relative, isPage: Bool = false
    ) throws(Problem) {
        // Browsers say whose page it was where they send no Origin, too.
        if let site = request.headerFields[FetchSite.field], !FetchSite.isOwn(site, request.method),
            !(isPage && followsLink(request))
        {
            throw foreign("says Sec-Fetch-Site: \(site.shown)", links)
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
        guard isOwn(origin, request, links) else { throw foreign("is of another origin, \(origin.shown)", links) }
    }

    /// Whether an origin is where people find the service, or the host that the request names. Where people find it by https a page
    /// of plain HTTP is another's, but for one from the service's own machine: whoever is on the way writes what such a page says.
    private static func isOwn(_ origin: FieldValue, _ request: Request, _ links: PublicLinks) -> Bool {
        guard let authority = authority(of: origin) else { return false }
        let isEncrypted = origin.begins(with: "https://")
        if isEncrypted, let own = links.authority, authority.isEqual(ignoringCaseTo: FieldValue(own)) { return true }
        guard isEncrypted || links.origin == nil || ProtectedMode.namesThisMachine(request) else { return false }
        return request.host?.isEqual(ignoringCaseTo: authority) == true
    }

    /// Holds a form to what browsers say of where it was sent from: one that says nothing has to name the origin.
    ///
    /// - Throws: 403 for one that says neither.
    static func requireSaid(_ request: Request) throws(Problem) {
        let fields = request.headerFields
        guard fields.contains(.origin) || fields.contains(FetchSite.field) else {
            throw Problem(
                .forbidden, "A form comes with Origin or Sec-Fetch-Site, as browsers send it; this request has neither."
            )
        }
    }

    /// Whether a form was sent by TLS, by what its browser says: plain HTTP has another origin, and no Sec-Fetch-Site (Fetch
    /// Metadata section 2).
    static func isEncrypted(_ request: Request) -> Bool {
        guard let origin = request.headerFields[.origin] else { return request.headerFields.contains(FetchSite.field) }
        return origin.begins(with: "https://")
    }

    /// A top-level navigation by GET (Fetch Metadata sections 2.1 and 2.2).
    private static func followsLink(_ request: Request) -> Bool {
        guard request.method == .get || request.method == .head else { return false }
        let fields = request.headerFields
        return fields[fetchMode]?.isWord("navigate") == true && fields[fetchDestination]?.isWord("document") == true
    }

    private static let fetchMode = HTTPField.Name("Sec-Fetch-Mode")!
    private static let fetchDestination = HTTPField.Name("Sec-Fetch-Dest")!

    private static func foreign(_ what: String, _ links: PublicLinks) -> Problem {
        let own = links.origin.map { "none but one of \($0)" } ?? "none but our own"
        return Problem(.forbidden, "The request comes from a page that \(what): \(own) is allowed.")
    }

    /// Host and port of `http://desk.example:8080`; nil for `null` and anything else.
    private static func authority(of origin: FieldValue) -> FieldValue? {
        if origin.begins(with: "http://") { return origin.dropping(7) }
        return origin.begins(with: "https://") ? origin.dropping(8) : nil
    }
}
