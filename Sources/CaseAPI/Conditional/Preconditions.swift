import HTTPServer
import HTTPTypes

/// The conditions a request makes (RFC 9110 section 13.1).
struct Preconditions: Sendable, Hashable {
    private let ifMatch: EntityTagCondition?
    private let ifNoneMatch: EntityTagCondition?
    /// Those that the answer may have.
    private let codings: AcceptedCodings
    /// Whether a change is taken with If-Match only.
    private let needsMatch: Bool

    /// - Throws: 400 when a field is no list of entity tags.
    init(_ fields: HeaderFields, _ codings: AcceptedCodings, needsMatch: Bool = false) throws(Problem) {
        self.codings = codings
        ifMatch = try EntityTagCondition(.ifMatch, fields)
        ifNoneMatch = try EntityTagCondition(.ifNoneMatch, fields)
        self.needsMatch = needsMatch
    }

    /// The tag of the representation that the client has already, by If-None-Match: of this state, in a coding that it
    /// takes. Nil when it has none.
    func held(_ tag: EntityTag) -> EntityTag? {
        guard let ifNoneMatch else { return nil }
        let acceptable = ContentCoding.allCases.filter { $0 == .gzip ? codings.gzip : codings.identity }
        return acceptable.map(tag.coded).first { ifNoneMatch.weakly(matches: $0) }
    }

    /// Holds a request for a representation to the state the client has seen, by If-Match: in whatever coding it saw it.
    ///
    /// - Throws: 412 `stale`, with the tag there is now.
    func requireSeen(_ tag: EntityTag) throws(Problem) {
        guard let ifMatch, !ContentCoding.allCases.contains(where: { ifMatch.strongly(matches: tag.coded($0)) })
        else { return }
        throw changed(tag)
    }

    private func changed(_ tag: EntityTag) -> Problem {
        stale(tag, "It has changed since: its ETag is \(tag.text) now. Read it again before you change it.")
    }

    /// Holds a change to the state the client has seen, by If-Match, and to none that If-None-Match names: for a change
    /// that has no 304 (RFC 9110 section 13.1.2).
    ///
    /// - Throws: 428 without an If-Match where one is needed, 412 `stale`, with the tag there is now.
    func requireMatch(_ tag: EntityTag) throws(Problem) {
        if needsMatch, ifMatch == nil {
            throw Problem(
                .preconditionRequired, "Send If-Match with the ETag of what you have read, or * for whatever it is.")
        }
        if let ifMatch, !ifMatch.strongly(matchesStateOf: tag) { throw changed(tag) }
        guard held(tag) != nil else { return }
        throw stale(tag, "Its ETag is \(tag.text), which If-None-Match says that it must not be. Leave the field out.")
    }

    /// Holds what makes something new, where nothing is yet that could have an entity tag.
    ///
    /// - Throws: 412 `stale` for a condition that can't be met.
    func requireNothingNamed() throws(Problem) {
        if let ifMatch, ifMatch != .any {
            throw Problem(.stale, "What is made here has no ETag yet that If-Match could name. Leave the field out.")
        }
        if ifNoneMatch == .any {
            throw Problem(.stale, "There is something at this path, and If-None-Match is *. Leave the field out.")
        }
    }

    /// Holds what makes something at a path where nothing is yet (RFC 9110 sections 13.1.1 and 13.1.2).
    ///
    /// - Throws: 412 `stale` for an If-Match, which nothing can meet.
    func requireNothingThere() throws(Problem) {
        guard ifMatch == nil else {
            throw Problem(.stale, "There is nothing here yet that If-Match could name. Leave the field out to make it.")
        }
    }

    private func stale(_ tag: EntityTag, _ detail: String) -> Problem {
        var problem = Problem(.stale, detail)
        problem.headerFields[.eTag] = tag.text
        return problem
    }
}
