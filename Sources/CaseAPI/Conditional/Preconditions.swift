import HTTPTypes

/// The conditions a request makes (RFC 9110 section 13.1).
struct Preconditions: Sendable, Hashable {
    private let ifMatch: EntityTagCondition?
    private let ifNoneMatch: EntityTagCondition?
    /// Whether a change is taken with If-Match only.
    private let needsMatch: Bool

    /// - Throws: 400 when a field is no list of entity tags.
    init(_ fields: HTTPFields, needsMatch: Bool = false) throws(Problem) {
        ifMatch = try EntityTagCondition(.ifMatch, fields)
        ifNoneMatch = try EntityTagCondition(.ifNoneMatch, fields)
        self.needsMatch = needsMatch
    }

    /// Whether the client has this representation already, by If-None-Match.
    func has(_ tag: EntityTag) -> Bool {
        ifNoneMatch?.weakly(matches: tag) ?? false
    }

    /// Holds a request for a representation to the state the client has seen, by If-Match.
    ///
    /// - Throws: 412 `stale`, with the tag there is now.
    func requireSeen(_ tag: EntityTag) throws(Problem) {
        guard let ifMatch, !ifMatch.strongly(matches: tag) else { return }
        throw stale(tag, "It has changed since: its ETag is \(tag.text) now. Read it again before you change it.")
    }

    /// Holds a change to the state the client has seen, by If-Match, and to none that If-None-Match names: for a change
    /// that has no 304 (RFC 9110 section 13.1.2).
    ///
    /// - Throws: 428 without an If-Match where one is needed, 412 `stale`, with the tag there is now.
    func requireMatch(_ tag: EntityTag) throws(Problem) {
        if needsMatch, ifMatch == nil {
            throw Problem(.preconditionRequired, "Send If-Match with the ETag of what you have read.")
        }
        try requireSeen(tag)
        guard has(tag) else { return }
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

    private func stale(_ tag: EntityTag, _ detail: String) -> Problem {
        var problem = Problem(.stale, detail)
        problem.headerFields[.eTag] = tag.text
        return problem
    }
}
