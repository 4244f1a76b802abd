import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// What stands around every page: its head, the way around, who looks, and what a browser may do with it.
struct Layout: Sendable {
    var title: String
    /// Which of the links at the top is this page's.
    var current: Place?
    /// Nil where it is not known who looks.
    var visitor: Visitor?
    var formToken = ""
    /// The instant that the page shows, where it is not now.
    var asOf: Instant?
    /// Where the same page is as of now.
    var now = "?"
    /// By whose clocks it tells times; nil where it tells none.
    var zone: Zone?
    /// What was searched for.
    var sought = ""
    /// How the page is told of what happens; nil where it is not.
    var live: Live?

    /// Where the links at the top lead.
    enum Place: String, CaseIterable {
        case today = "/board"
        case mine = "/board/me"
        case promises = "/board/promises"
        case newCase = "/board/cases/new"
        case reports = "/board/reports"

        var name: String {
            switch self {
            case .today: Texts.today
            case .mine: Texts.mine
            case .promises: Texts.promises
            case .newCase: Texts.newCase
            case .reports: Texts.reports
            }
        }

        /// The least role that has it.
        var role: Role {
            switch self {
            case .today, .mine, .promises, .reports: .reader
            case .newCase: .agent
            }
        }
    }

    /// Of a page of whoever was let in.
    init(_ title: String, of call: PageCall, at place: Place? = nil, asOf: Instant? = nil) {
        self.title = title
        current = place
        visitor = call.visitor
        formToken = call.formToken
        self.asOf = asOf
        zone = call.deskZone
        sought = call.head.parameter("q") ?? ""
        live = asOf == nil ? Live(call) : nil
        if asOf != nil { now = Self.now(call.head) }
    }

    /// The page that was asked for, with all that it was asked but an instant.
    private static func now(_ head: PageHead) -> String {
        Link.to(
            head.path,
            head.parameters.filter { !$0.name.isExactly("as_of") && !$0.name.isExactly("cursor") }
                .map { ($0.name, Optional($0.value)) })
    }

    /// Of a page that anybody may see.
    init(_ title: String) { self.title = title }

    /// The page with that in it.
    ///
    /// - Parameter content: HTML.
    func page(_ content: String, _ status: HTTPResponse.Status = .ok) -> Response { page(Array(content.utf8), status) }

    /// The same, of bytes.
    func page(_ content: [UInt8], _ status: HTTPResponse.Status = .ok) -> Response {
        let frame = Self.frames.frame(key) { PageFrame(Templates.render("layout", values)) }
        return Self.response(frame.page(content), status)
    }

    private static let frames = PageFrames()

    /// All that the template is given and that is not the same on each page, with lengths: no two say the same.
    var key: [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(512)
        func add(_ text: String?) {
            guard let text else { return key.append(contentsOf: "-".utf8) }
            key.append(contentsOf: "\(text.utf8.count):".utf8)
            key.append(contentsOf: text.utf8)
        }
        add(title)
        add(current?.rawValue)
        add(visitor?.name)
        add(visitor?.role.rawValue)
        add(visitor.map { "\($0.hasSession) \($0.isProtectedMode)" })
        add(formToken)
        add(asOf?.rfc3339)
        add(now)
        add(zone?.name)
        add(sought)
        live?.parts.forEach(add)
        return key
    }

    /// For the template `layout`.
    private var values: [String: Any] {
        var values: [String: Any] = [
            "title": title, "language": Texts.language, "content": PageFrame.mark, "stylesheet": Asset.stylesheet.path,
            "script": Asset.script.path, "skip": Texts.skip, "name": Texts.serviceName,
        ]
        if let visitor {
            values["visitor"] =
                [
                    "name": visitor.name, "role": Texts.role(visitor.role), "hasSession": visitor.hasSession,
                    "isProtectedMode": visitor.isProtectedMode, "formToken": formToken, "logOut": Texts.logOut,
                    "actAs": Texts.actAs, "search": Texts.search, "sought": sought, "navigation": Texts.navigation,
                    "places": Place.allCases.filter { visitor.role >= $0.role }.map { place -> [String: Any] in
                        ["path": place.rawValue, "name": place.name, "isCurrent": place == current]
                    },
                ] as [String: Any]
        }
        if let live { values["live"] = live.values }
        if let zone {
            values["clock"] = ["note": Texts.zoneNote, "zone": zone.name]
            if let asOf {
                let clock = PageClock(now: asOf, zone: zone)
                values["asOf"] =
                    ["note": Texts.asOfNote, "time": clock.moment(asOf), "now": Texts.backToNow, "link": now]
                    as [String: Any]
            }
        }
        return values
    }

    /// HTML with what a browser may do with it (CSP level 3; Fetch Metadata; Referrer Policy). Of nothing but our own files, and
    /// nothing in the page itself, be it a style, a script or a frame. What it refers to learns the page's address only where
    /// it is ours, as a form has to say that it comes from here. It is kept nowhere, and not compressed: there is a secret in it,
    /// beside what others have written (BREACH).
    static func response(_ html: String, _ status: HTTPResponse.Status) -> Response {
        response(Array(html.utf8), status)
    }

    /// The same, of bytes.
    static func response(_ html: [UInt8], _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headerFields: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: policy, .referrerPolicy: "same-origin", .xFrameOptions: "DENY",
                .permissionsPolicy: "camera=(), geolocation=(), microphone=()",
                .crossOriginOpenerPolicy: "same-origin", .robots: "noindex",
            ],
            body: .bytes(html))
    }

    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let xFrameOptions = HTTPField.Name("X-Frame-Options")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let robots = HTTPField.Name("X-Robots-Tag")!
}

extension Response {
    /// Has a browser go on to another page, by GET, once a form is done (RFC 9110 section 15.4.4).
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headerFields: [.location: path, .cacheControl: "no-store"])
    }
}
