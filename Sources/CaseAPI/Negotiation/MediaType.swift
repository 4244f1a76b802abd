/// A media type with its parameters (RFC 9110 section 8.3.1): `application/json; charset=utf-8`.
struct MediaType: Sendable, Hashable {
    /// Type and subtype in lower case.
    let name: String
    let parameters: [Parameter]

    struct Parameter: Sendable, Hashable {
        /// In lower case.
        let name: String
        /// Without the quotes around it.
        let value: String
    }

    /// Nil when the text is no media type.
    init?(_ text: some StringProtocol) {
        var parts = text.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmingSpaces }
        let name = parts.removeFirst().lowercased()
        guard name.split(separator: "/", omittingEmptySubsequences: false).count == 2, !name.contains(" "),
            !name.hasPrefix("/"), !name.hasSuffix("/")
        else { return nil }
        self.name = name
        parameters = parts.filter { !$0.isEmpty }.map { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? pair[1].trimmingSpaces : ""
            let isQuoted = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
            return Parameter(
                name: pair[0].trimmingSpaces.lowercased(),
                value: String(isQuoted ? value.dropFirst().dropLast() : value))
        }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at either end (RFC 9110's OWS).
    var trimmingSpaces: Substring {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        var text = Substring(self)
        while let first = text.first, isSpace(first) { text.removeFirst() }
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }
}
