import HTTPTypes

/// The names that requests usually carry, made once, so that a known field costs a comparison and no string.
struct FieldNameTable: Sendable {
    /// What a field means to the parser itself.
    enum Role: Sendable {
        case host, contentLength, transferEncoding, connection, expect, acceptEncoding, other
    }

    struct Entry: Sendable {
        let name: HTTPField.Name
        let role: Role
        /// Whether the value is taken apart at commas and semicolons.
        let isList: Bool
    }

    /// In the order of their length.
    private let entries: [Entry]
    /// Their names in lower case, where no reference is counted.
    private let canonical: [StaticString]
    /// Where the entries of each length begin in `entries`.
    private let starts: [Int]

    static let standard = FieldNameTable()

    /// HTTPTypes keeps its own name for Host out of reach, since its requests carry the authority apart.
    static let host = HTTPField.Name("Host")!

    private init() {
        let roles: [String: Role] = [
            "host": .host, "content-length": .contentLength, "transfer-encoding": .transferEncoding,
            "connection": .connection, "expect": .expect, "accept-encoding": .acceptEncoding,
        ]
        let lists: Set = [
            "accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect",
            "if-match", "if-none-match", "sec-fetch-site", "transfer-encoding", "x-forwarded-for",
        ]
        let names: [(String, StaticString)] = [
            ("TE", "te"), ("DNT", "dnt"), ("Via", "via"), ("Host", "host"), ("From", "from"), ("Range", "range"),
            ("Expect", "expect"), ("Accept", "accept"), ("Cookie", "cookie"), ("Origin", "origin"),
            ("Pragma", "pragma"), ("Prefer", "prefer"), ("Referer", "referer"), ("Trailer", "trailer"),
            ("Upgrade", "upgrade"), ("If-Match", "if-match"), ("If-Range", "if-range"), ("Priority", "priority"),
            ("Forwarded", "forwarded"), ("Sec-CH-UA", "sec-ch-ua"), ("X-Real-IP", "x-real-ip"),
            ("Connection", "connection"), ("Keep-Alive", "keep-alive"), ("Tracestate", "tracestate"),
            ("User-Agent", "user-agent"), ("Traceparent", "traceparent"), ("Content-Type", "content-type"),
            ("X-Request-Id", "x-request-id"), ("Authorization", "authorization"), ("Cache-Control", "cache-control"),
            ("If-None-Match", "if-none-match"), ("Last-Event-ID", "last-event-id"),
            ("Content-Length", "content-length"),
            ("Sec-Fetch-Dest", "sec-fetch-dest"), ("Sec-Fetch-Mode", "sec-fetch-mode"),
            ("Sec-Fetch-Site", "sec-fetch-site"), ("Sec-Fetch-User", "sec-fetch-user"),
            ("Accept-Encoding", "accept-encoding"), ("Accept-Language", "accept-language"),
            ("Idempotency-Key", "idempotency-key"), ("X-Forwarded-For", "x-forwarded-for"),
            ("Content-Encoding", "content-encoding"), ("Sec-CH-UA-Mobile", "sec-ch-ua-mobile"),
            ("X-Forwarded-Host", "x-forwarded-host"), ("Transfer-Encoding", "transfer-encoding"),
            ("If-Modified-Since", "if-modified-since"),
            ("X-Forwarded-Proto", "x-forwarded-proto"), ("Sec-CH-UA-Platform", "sec-ch-ua-platform"),
            ("If-Unmodified-Since", "if-unmodified-since"),
            ("Upgrade-Insecure-Requests", "upgrade-insecure-requests"),
        ]
        precondition(zip(names, names.dropFirst()).allSatisfy { $0.0.utf8.count <= $1.0.utf8.count }, "By length.")
        entries = names.map { text, _ in
            let name = HTTPField.Name(text)!
            let canonical = name.canonicalName
            return Entry(name: name, role: roles[canonical] ?? .other, isList: lists.contains(canonical))
        }
        canonical = names.map(\.1)
        starts = (0...(names.last!.0.utf8.count + 1)).map { length in
            names.firstIndex { $0.0.utf8.count >= length } ?? names.endIndex
        }
    }

    /// The entry for a name of token characters, compared without case. A name it does not know gets an entry
    /// made for it.
    func entry(for name: UnsafeRawBufferPointer) -> Entry {
        if name.count + 1 < starts.count {
            for index in starts[name.count]..<starts[name.count + 1] where Self.equals(name, canonical[index].utf8Start)
            {
                return entries[index]
            }
        }
        return Entry(name: HTTPField.Name(String(decoding: name, as: UTF8.self))!, role: .other, isList: false)
    }

    /// Setting bit 5 folds letters and leaves `-` as it is; no other token character can then equal one of ours.
    @inline(__always)
    private static func equals(_ name: UnsafeRawBufferPointer, _ canonical: UnsafePointer<UInt8>) -> Bool {
        for index in 0..<name.count where name[index] | 0x20 != canonical[index] { return false }
        return true
    }
}
