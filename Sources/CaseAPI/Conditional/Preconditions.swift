import HTTPServer
import HTTPTypes

/// The conditions a request makes (RFC 9110 section 13.1).
struct Preconditions: Sendable, Hashable {
    private let ifMatch: Condition?
    private let ifNoneMatch: Condition?
    /// Those that the answer may have.
    private let codings: AcceptedCodings

    /// - Throws: 400 when a field is no list of entity tags.
    init(_ fields: HTTPFields, _ codings: AcceptedCodings) throws(Problem) {
        self.codings = codings
        ifMatch = try Condition.read(.ifMatch, fields)
        ifNoneMatch = try Condition.read(.ifNoneMatch, fields)
    }

    /// Holds a change to the state the client has seen, by If-Match: in whatever coding it saw it.
    ///
    /// - Throws: 412 `stale`, with the tag there is now.
    func requireMatch(_ tag: EntityTag) throws(Problem) {
        guard let ifMatch, !ContentCoding.allCases.contains(where: { ifMatch.strongly(matches: tag.coded($0)) })
        else { return }
        var problem = Problem(
            .stale, "It has changed since: its ETag is \(tag.text) now. Read it again before you change it.")
        problem.headerFields[.eTag] = tag.text
        throw problem
    }

    /// The tag of the representation that the client has already, by If-None-Match: of this state, in a coding that it
    /// takes. Nil when it has none.
    func held(_ tag: EntityTag) -> EntityTag? {
        guard let ifNoneMatch else { return nil }
        let acceptable = ContentCoding.allCases.filter { $0 == .gzip ? codings.gzip : codings.identity }
        return acceptable.map(tag.coded).first { ifNoneMatch.weakly(matches: $0) }
    }

    private enum Condition: Sendable, Hashable {
        case any
        case tags([Tag])

        struct Tag: Sendable, Hashable {
            let isWeak: Bool
            let opaque: String
        }

        func strongly(matches tag: EntityTag) -> Bool {
            switch self {
            case .any: true
            case .tags(let tags): tags.contains { !$0.isWeak && $0.opaque == tag.opaque }
            }
        }

        func weakly(matches tag: EntityTag) -> Bool {
            switch self {
            case .any: true
            case .tags(let tags): tags.contains { $0.opaque == tag.opaque }
            }
        }

        static func read(_ name: HTTPField.Name, _ fields: HTTPFields) throws(Problem) -> Condition? {
            guard let text = fields[name]?.trimmingSpaces else { return nil }
            if text == "*" { return .any }
            var tags: [Tag] = []
            var rest = text
            while !rest.isEmpty {
                let isWeak = rest.hasPrefix("W/")
                if isWeak { rest = rest.dropFirst(2) }
                guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else {
                    throw Problem(
                        .malformedRequest, "\(name.rawName) must be * or a list of entity tags in double quotes.")
                }
                tags.append(Tag(isWeak: isWeak, opaque: String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...].trimmingSpaces
                if rest.first == "," { rest = rest.dropFirst().trimmingSpaces }
            }
            return .tags(tags)
        }
    }
}
