package import Complaints
package import HTTPServer
import HTTPTypes

/// A route that people see: it answers with HTML, and knows who asks by a session's cookie. It stands in the map beside the API,
/// and has nothing of its own to read or change: what it shows are answers of the API (`PageRecord`), and what a form of it
/// wants done is a request to the API (`PageChange`).
package struct PageRoute: Sendable {
    /// What is done for whoever opens it.
    enum Work: Sendable {
        /// Shows what the record says.
        case view(@Sendable (PageCall) throws -> PageView)
        /// Takes a form.
        case form(@Sendable (PageCall, FormFields) throws -> PageStep)
        /// Gives a list of the API as CSV, all of it.
        case table(@Sendable (PageCall) throws -> PageTable)
        /// Tells what happens, as the API's `GET /v1/events` does.
        case events
    }

    let method: HTTPRequest.Method
    package let pattern: String
    /// The least role that may; nil when anybody may, who then is nobody.
    let role: Role?
    let work: Work
    /// Whether what it reads takes long: it is then read where reports are.
    var isReport = false

    /// A page that shows what the record says.
    package static func view(
        _ pattern: String, _ role: Role?, isReport: Bool = false,
        _ plan: @escaping @Sendable (PageCall) throws -> PageView
    ) -> PageRoute {
        PageRoute(method: .get, pattern: pattern, role: role, work: .view(plan), isReport: isReport)
    }

    /// What the forms of a page are sent to.
    package static func form(
        _ pattern: String, _ role: Role?, _ step: @escaping @Sendable (PageCall, FormFields) throws -> PageStep
    ) -> PageRoute {
        PageRoute(method: .post, pattern: pattern, role: role, work: .form(step))
    }

    /// A list of the API as CSV, to be saved.
    package static func table(
        _ pattern: String, _ role: Role?, _ plan: @escaping @Sendable (PageCall) throws -> PageTable
    ) -> PageRoute {
        PageRoute(method: .get, pattern: pattern, role: role, work: .table(plan))
    }

    /// What happens, for the script of the pages.
    package static func events(_ pattern: String, _ role: Role) -> PageRoute {
        PageRoute(method: .get, pattern: pattern, role: role, work: .events)
    }

    /// Whether people see it; else it is for a script of theirs.
    var isSeen: Bool {
        if case .events = work { false } else { true }
    }

    /// Whether it can be opened by its address.
    package var isPage: Bool {
        if case .view = work { true } else { false }
    }

    /// Where it stands in the map.
    var route: Route<Endpoint> {
        Route(method, pattern, Endpoint(page: self))
    }
}

/// The pages that stand in the map beside the API, and how people are told what went wrong.
package struct PageBook: Sendable {
    /// In the order of the map.
    let pages: [PageRoute]
    /// What somebody sees instead of problem details.
    let refusal: @Sendable (PageRefusal) -> Response
    /// What a customer sees at the end of a link to their page; nil where only programs are answered.
    let shared: (@Sendable (SharedView) -> Response)?
    /// The path below which stands what has been answered to forms, by its key; nil where forms are answered themselves.
    let answers: String?

    package init(
        _ pages: [PageRoute], refusal: @escaping @Sendable (PageRefusal) -> Response,
        shared: (@Sendable (SharedView) -> Response)? = nil, answers: String? = nil
    ) {
        self.answers = answers
        self.pages = pages
        self.refusal = refusal
        self.shared = shared
        roots = Set(pages.compactMap { $0.pattern.split(separator: "/").first.map { Array($0.utf8) } })
    }

    /// None.
    package static let none = PageBook([]) { _ in preconditionFailure("there is no page that could go wrong") }

    /// What the paths of pages begin with.
    private let roots: Set<[UInt8]>

    /// Whether a path is, or would be, one of a page that people see.
    func has(_ path: String) -> Bool {
        guard !pages.contains(where: { !$0.isSeen && path.isExactly($0.pattern) }) else { return false }
        let segment = path.utf8.drop { $0 == UInt8(ascii: "/") }.prefix { $0 != UInt8(ascii: "/") }
        return roots.contains(Array(segment))
    }
}

/// What is behind a link to a customer's page.
package struct SharedView: Sendable {
    /// The page as programs get it; why there is none, where there is none.
    package let content: Result<JSONValue, PageProblem>
    /// The time.
    package let now: Instant
    /// By whose clocks times are told.
    package let zone: Zone
}

/// What went wrong with a page.
package struct PageRefusal: Sendable {
    package let problem: PageProblem
    package let head: PageHead
    /// The desk's, by whose clocks instants are told.
    package let zone: Zone
    /// The form that was sent, where it was one of our own pages and its session has ended: what was typed is not to be lost.
    package var form: FormFields?
    /// What the form of a login has to bring.
    package var formToken = ""
}
