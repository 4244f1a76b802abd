import Mustache

/// The templates of the pages, parsed once. Each escapes by `ExactEscaping`, whatever includes it: Mustache begins every
/// template with its own escaping, which looks at characters, and so passes over a quotation mark that a combining mark follows. What
/// stands in the text of a page, and not in an attribute or a field, is isolated besides (`Isolation`).
enum Templates {
    /// By name, which is the file's without its ending.
    static func render(_ name: String, _ values: [String: Any]) -> String {
        guard let page = library.render(values, withTemplate: name) else {
            preconditionFailure("there is no template \(name)")
        }
        return page
    }

    private static let library: MustacheLibrary = {
        MustacheContentTypes.register(ExactEscaping(), named: "EXACT")
        MustacheContentTypes.register(InlineEscaping(), named: "INLINE")
        var library = MustacheLibrary()
        for (name, text) in all {
            do {
                try library.register(
                    "{{% CONTENT_TYPE:EXACT}}" + inline(flush(String(decoding: text, as: UTF8.self))), named: name)
            } catch {
                preconditionFailure("the template \(name) is none: \(error)")
            }
        }
        return library
    }()

    /// The template with each value that stands in the text of the page marked as that. A value in an attribute, or in a field of
    /// several lines, is exact, as it is read again.
    static func inline(_ template: String) -> String {
        var marked = ""
        var rest = template[...]
        var isInTag = false
        var isInField = false
        while let next = rest.first {
            if rest.hasPrefix("{{"), let end = rest.firstRange(of: "}}") {
                let isWhole = rest.hasPrefix("{{{")
                let tag = rest[..<(isWhole ? rest.index(after: end.upperBound) : end.upperBound)]
                let isValue = !isWhole && tag.dropFirst(2).first.map { !"#^/>!&%".contains($0) } ?? false
                marked +=
                    isValue && !isInTag && !isInField
                    ? "{{% CONTENT_TYPE:INLINE}}\(tag){{% CONTENT_TYPE:EXACT}}" : String(tag)
                rest = rest[tag.endIndex...]
                continue
            }
            if next == "<" {
                isInTag = true
                isInField = rest.hasPrefix("<textarea")
            } else if next == ">" {
                isInTag = false
            }
            marked.append(next)
            rest = rest.dropFirst()
        }
        return marked
    }

    /// Without the white space at the beginning of lines, which a page does not need, and with which Mustache would indent what
    /// a template includes, the words of a customer too.
    private static func flush(_ text: String) -> String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
    }
}

/// Escapes text for HTML, in elements and in quoted attributes, byte by byte: what has a meaning there is ASCII, and no byte of
/// another character is (RFC 3629 section 3).
struct ExactEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.escape($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 64)
        for byte in text.utf8 {
            if let escape = Self.escape(byte) {
                bytes.append(contentsOf: UnsafeBufferPointer(start: escape.utf8Start, count: escape.utf8CodeUnitCount))
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escape(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        // HTML takes NUL and a carriage return for something else.
        case 0: "\u{FFFD}"
        case 0x0D: "&#13;"
        default: nil
        }
    }
}

/// The same in the text of a page, where it stands beside other words.
struct InlineEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String { ExactEscaping().escapeText(Isolation.isolated(text)) }
}
