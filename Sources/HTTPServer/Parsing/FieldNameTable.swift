import HTTPTypes

/// The names that requests usually carry, made once, so that a known field costs a comparison and no string.
struct FieldNameTable: Sendable {
    /// What a field means to the parser itself.
    enum Role: Sendable {
        case host, contentLength, transferEncoding, connection, expect, other
    }

    struct Entry: Sendable {
        let name: HTTPField.Name
        let role: Role
        fileprivate let canonical: [UInt8]
    }

    /// Entries by the length of their name.
    private let byLength: [[Entry]]

    static let standard = FieldNameTable()

    /// HTTPTypes keeps its own name for Host out of reach, since its requests carry the authority apart.
    static let host = HTTPField.Name("Host")!

    private init() {
        let roles: [String: Role] = [
            "host": .host, "content-length": .contentLength, "transfer-encoding": .transferEncoding,
            "connection": .connection, "expect": .expect,
        ]
        let names = [
            "Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Accept", "Accept-Encoding",
            "Accept-Language", "Authorization", "Cache-Control", "Content-Encoding", "Content-Type", "Cookie", "DNT",
            "Forwarded", "From", "Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
            "If-Unmodified-Since", "Keep-Alive", "Origin", "Pragma", "Prefer", "Priority", "Range", "Referer",
            "Sec-CH-UA", "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform", "Sec-Fetch-Dest", "Sec-Fetch-Mode",
            "Sec-Fetch-Site", "Sec-Fetch-User", "TE", "Trailer", "Traceparent", "Tracestate", "Upgrade",
            "Upgrade-Insecure-Requests", "User-Agent", "Via", "X-Forwarded-For", "X-Forwarded-Host",
            "X-Forwarded-Proto", "X-Real-IP", "X-Request-Id", "Casekeeper-Actor",
        ]
        var byLength = [[Entry]](repeating: [], count: names.map(\.utf8.count).max()! + 1)
        for text in names {
            let name = HTTPField.Name(text)!
            let entry = Entry(
                name: name, role: roles[name.canonicalName] ?? .other, canonical: Array(name.canonicalName.utf8))
            byLength[entry.canonical.count].append(entry)
        }
        self.byLength = byLength
    }

    /// The entry for a name of token characters, compared without case. A name it does not know gets an entry
    /// made for it.
    func entry(for name: UnsafeRawBufferPointer) -> Entry {
        if name.count < byLength.count {
            for entry in byLength[name.count] where Self.equals(name, entry.canonical) { return entry }
        }
        return Entry(name: HTTPField.Name(String(decoding: name, as: UTF8.self))!, role: .other, canonical: [])
    }

    /// Setting bit 5 folds letters and leaves `-` as it is; no other token character can then equal one of ours.
    @inline(__always)
    private static func equals(_ name: UnsafeRawBufferPointer, _ canonical: [UInt8]) -> Bool {
        for index in 0..<name.count where name[index] | 0x20 != canonical[index] { return false }
        return true
    }
}
