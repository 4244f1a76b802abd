import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What a route does, and who may have it done.
struct Endpoint: Sendable {
    /// A handler is a pure function from a call (the route that was matched, who asks, the request) to a value: what is to
    /// be read or changed, or the answer itself. What it wants is run by the service.
    enum Handler: Sendable {
        /// Answers at once, whoever asks, by nothing but the connection of the loop.
        case open(@Sendable (Call, Reader) throws -> Response)
        /// Wants something read: see `CaseService+Reads`.
        case read(@Sendable (Call) throws -> Reading)
        /// The same, where a body says what is asked.
        case question(@Sendable (Call) throws -> Reading)
        /// Wants something changed: see `CaseService+Changes`.
        case change(@Sendable (Call) throws -> Change)
        /// Is for people, and asks the others for what it shows or changes: see `CaseService+Pages`.
        case page(PageRoute)
    }

    let handler: Handler
    /// The least role that may; nil when anybody may.
    let role: Role?
    /// The forms the answer can have, the usual one first. Where there is none, the route has a form of its own.
    let representations: [Representation]
    /// Whether it is for probes, which are answered however often they come.
    var isForProbes = false
    /// Whether its reads take long.
    var isReport = false
    /// Whether a request brings much at once, in a body that may be longer than others.
    var isBulk = false

    /// Whether its answer can be a stream of events.
    var isFeed = false

    /// Whether its change is a batch of its own, as it is long, and one after the other with others of the kind.
    var isAlone = false

    /// The media types that its body may have; nil for JSON, and of a PATCH for a merge patch.
    var bodyTypes: [StaticString]?

    /// Whether it changes something, as the body of a request says.
    var isChange: Bool {
        if case .change = handler { true } else { false }
    }

    /// Whether it is a page.
    var isPage: Bool {
        if case .page = handler { true } else { false }
    }

    /// Whether the body of a request says what is wanted; any other route takes no body into account.
    var takesBody: Bool {
        switch handler {
        case .question, .change: true
        case .open, .read: false
        case .page(let page): page.method == .post
        }
    }

    /// Whether a request to it changes something that exists: it names it in its path.
    func changes(_ captured: [Substring]) -> Bool { isChange && !captured.isEmpty }

    /// The form the client wants. Where there is a choice the parameter `format` goes before Accept, and whether it
    /// makes sense is for the route to say. What is open to all is for probes too, and they accept all sorts of things.
    func representation(for fields: HeaderFields, _ query: QueryParameters) throws(Problem) -> Representation {
        guard !representations.isEmpty, role != nil, !isSaidElsewhere(query) else {
            return representations.first ?? .json
        }
        if isFeed { return try feedForm(for: fields).representation }
        return try .negotiated(for: fields, offered: representations)
    }

    /// Whether the client wants a stream of events.
    func wantsStream(for fields: HeaderFields, _ query: QueryParameters) throws(Problem) -> Bool {
        guard isFeed, !isSaidElsewhere(query) else { return false }
        return try feedForm(for: fields) == .stream
    }

    private func feedForm(for fields: HeaderFields) throws(Problem) -> FeedForm {
        try Representation.negotiated(for: fields, offered: FeedForm.allCases)
    }

    private func isSaidElsewhere(_ query: QueryParameters) -> Bool {
        representations.count > 1 && query.pairs.contains { $0.name == "format" }
    }

    static func open(_ answer: @escaping @Sendable (Call) throws -> Response) -> Endpoint {
        Endpoint(handler: .open { call, _ in try answer(call) }, role: nil, representations: [.json])
    }

    static func probe(_ answer: @escaping @Sendable (Call, Reader) throws -> Response) -> Endpoint {
        Endpoint(handler: .open(answer), role: nil, representations: [.json], isForProbes: true)
    }

    static func read(_ role: Role, _ plan: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(plan), role: role, representations: [.json])
    }

    /// A read whose body says what is asked: it is declared and bounded as the body of a change is, and never comes to the
    /// writer.
    static func question(_ role: Role, _ plan: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .question(plan), role: role, representations: [.json])
    }

    static func list(_ role: Role, _ plan: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(plan), role: role, representations: [.json, .csv])
    }

    static func feed(_ role: Role, _ plan: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(plan), role: role, representations: [.json, .csv], isFeed: true)
    }

    static func report(_ role: Role, _ plan: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(plan), role: role, representations: [.json, .csv], isReport: true)
    }

    /// A report that has forms of its own.
    static func digest(_ role: Role, _ plan: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(plan), role: role, representations: [], isReport: true)
    }

    static func figures(_ role: Role, _ plan: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(plan), role: role, representations: [])
    }

    static func write(_ role: Role, _ change: @escaping @Sendable (Call) throws -> Change) -> Endpoint {
        Endpoint(handler: .change(change), role: role, representations: [.json])
    }

    /// A change that a file brings, of such a type.
    static func file(
        _ role: Role, _ types: [StaticString], _ change: @escaping @Sendable (Call) throws -> Change
    ) -> Endpoint {
        Endpoint(handler: .change(change), role: role, representations: [.json], bodyTypes: types)
    }

    static func alone(_ role: Role, _ change: @escaping @Sendable (Call) throws -> Change) -> Endpoint {
        Endpoint(handler: .change(change), role: role, representations: [.json], isAlone: true)
    }

    static func bulk(_ role: Role, _ change: @escaping @Sendable (Call) throws -> Change) -> Endpoint {
        Endpoint(handler: .change(change), role: role, representations: [.json], isBulk: true, isAlone: true)
    }
}

extension Endpoint {
    /// A page's.
    init(page: PageRoute) {
        self.init(
            handler: .page(page), role: page.role, representations: page.isSeen ? [] : [.json, .csv],
            isReport: page.isReport, isFeed: !page.isSeen,
            bodyTypes: page.method == .post ? ["application/x-www-form-urlencoded"] : nil)
    }
}
