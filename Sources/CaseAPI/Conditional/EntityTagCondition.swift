import HTTPServer
import HTTPTypes

/// What If-Match or If-None-Match says: any state, or one of these (RFC 9110 sections 13.1.1 and 13.1.2).
enum EntityTagCondition: Sendable, Hashable {
    case any
    case tags([Tag])

    struct Tag: Sendable, Hashable {
        let isWeak: Bool
        /// What stands between the quotes; `obs-text` may be in it, and no tag of ours has any.
        let opaque: FieldValue

        func isOpaquely(_ tag: EntityTag) -> Bool { opaque.bytes.elementsEqual(tag.opaque.utf8) }

        /// Whether it is the tag of that state, with whatever members and in whatever coding.
        func isState(_ tag: EntityTag) -> Bool {
            ContentCoding.allCases.contains { coding in
                let suffix = coding.tagSuffix.utf8
                return opaque.bytes.count >= suffix.count && opaque.bytes.suffix(suffix.count).elementsEqual(suffix)
                    && tag.isState(of: opaque.bytes.dropLast(suffix.count))
            }
        }
    }

    /// RFC 9110 section 8.8.3.2: a weak tag is equal to none.
    func strongly(matches tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { !$0.isWeak && $0.isOpaquely(tag) }
        }
    }

    /// The same for what is to be changed: whoever has read some of its members has seen that state.
    func strongly(matchesStateOf tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { !$0.isWeak && $0.isState(tag) }
        }
    }

    func weakly(matches tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.isOpaquely(tag) }
        }
    }

    /// Nil when the field did not come.
    ///
    /// - Throws: 400 for what is neither `*` nor a list of entity tags.
    init?(_ name: HTTPField.Name, _ fields: HeaderFields) throws(Problem) {
        guard let value = fields[name] else { return nil }
        if value.isWord("*") {
            self = .any
            return
        }
        guard let tags = Self.tags(value.bytes) else {
            throw Problem(.malformedRequest, "\(name.rawName) must be * or a list of entity tags in double quotes.")
        }
        self = .tags(tags)
    }

    /// A list may have empty elements (RFC 9110 section 5.6.1.2). A tag's characters are those of section 8.8.3, the
    /// comma among them.
    private static func tags(_ text: ArraySlice<UInt8>) -> [Tag]? {
        let quote = UInt8(ascii: "\"")
        let comma = UInt8(ascii: ",")
        var tags: [Tag] = []
        var rest = text
        while true {
            rest = rest.drop { $0 == comma || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard !rest.isEmpty else { return tags }
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.popFirst() == quote, let end = rest.firstIndex(of: quote) else { return nil }
            let opaque = rest[..<end]
            guard opaque.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
            tags.append(Tag(isWeak: isWeak, opaque: FieldValue(opaque)))
            rest = FieldValue(rest[(end + 1)...]).bytes
            guard rest.isEmpty || rest.first == comma else { return nil }
        }
    }
}
