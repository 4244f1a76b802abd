import HTTPTypes

/// What If-Match or If-None-Match says: any state, or one of these (RFC 9110 sections 13.1.1 and 13.1.2).
enum EntityTagCondition: Sendable, Hashable {
    case any
    case tags([Tag])

    struct Tag: Sendable, Hashable {
        let isWeak: Bool
        let opaque: Substring
    }

    /// RFC 9110 section 8.8.3.2: a weak tag is equal to none.
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

    /// Nil when the field did not come.
    ///
    /// - Throws: 400 for what is neither `*` nor a list of entity tags.
    init?(_ name: HTTPField.Name, _ fields: HTTPFields) throws(Problem) {
        guard let text = fields[name]?.trimmingSpaces else { return nil }
        if text == "*" {
            self = .any
            return
        }
        guard let tags = Self.tags(text) else {
            throw Problem(.malformedRequest, "\(name.rawName) must be * or a list of entity tags in double quotes.")
        }
        self = .tags(tags)
    }

    /// A list may have empty elements (RFC 9110 section 5.6.1.2). A tag's characters are those of section 8.8.3, the
    /// comma among them.
    private static func tags(_ text: Substring) -> [Tag]? {
        var tags: [Tag] = []
        var rest = text
        while true {
            rest = rest.drop { " \t,".contains($0) }
            guard !rest.isEmpty else { return tags }
            let isWeak = rest.hasPrefix("W/")
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
            let opaque = rest[rest.index(after: rest.startIndex)..<end]
            guard opaque.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else { return nil }
            tags.append(Tag(isWeak: isWeak, opaque: opaque))
            rest = rest[rest.index(after: end)...].trimmingSpaces
            guard rest.isEmpty || rest.first == "," else { return nil }
        }
    }
}
