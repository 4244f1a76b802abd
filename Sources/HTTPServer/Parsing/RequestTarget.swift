import HTTPTypes

/// Where a request goes (RFC 9112 section 3.2), in origin, absolute or asterisk form. CONNECT's authority form is taken for
/// an absolute one about `*`.
struct RequestTarget: Sendable, Hashable {
    /// Still percent-encoded; `*` for the asterisk form.
    var path: String
    /// What follows the first `?`, still encoded.
    var query: String?
    /// Host and port of an absolute-form target, which count instead of the Host field's.
    var authority: String?

    /// - Parameter method: OPTIONS and TRACE alone may ask about `*`.
    init(parsing bytes: UnsafeRawBufferPointer, method: HTTPRequest.Method) throws(ServerRefusal) {
        let mayBeAll = method == .options || method == .trace
        guard let first = bytes.first else { throw .malformed("The request line names no target.") }
        if first == UInt8(ascii: "/") {
            authority = nil
            (path, query) = try Self.pathAndQuery(bytes)
        } else if bytes.count == 1, first == UInt8(ascii: "*") {
            guard mayBeAll else { throw .malformed("Only OPTIONS may have * for its target.") }
            path = "*"
        } else if method == .connect, Authority.isValid(bytes) {
            path = "*"
            authority = String(decoding: bytes, as: UTF8.self)
        } else {
            let rest = try Self.afterScheme(bytes)
            let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            let host = UnsafeRawBufferPointer(rebasing: rest[..<end])
            guard Authority.isValid(host) else { throw .malformed("The target's host is not a valid host and port.") }
            authority = String(decoding: host, as: UTF8.self)
            if end == rest.endIndex {
                path = method == .options ? "*" : "/"
            } else if rest[end] == UInt8(ascii: "/") {
                (path, query) = try Self.pathAndQuery(UnsafeRawBufferPointer(rebasing: rest[end...]))
            } else {
                path = "/"
                query = try Self.pathAndQuery(UnsafeRawBufferPointer(rebasing: rest[end...])).query
            }
        }
    }

    /// What follows `http://` or `https://`, which are compared without case (RFC 3986 section 3.1).
    private static func afterScheme(_ bytes: UnsafeRawBufferPointer) throws(ServerRefusal) -> UnsafeRawBufferPointer {
        for scheme: StaticString in ["http://", "https://"] where bytes.count > scheme.utf8CodeUnitCount {
            let length = scheme.utf8CodeUnitCount
            let matches = (0..<length).allSatisfy { index in
                let byte = bytes[index]
                let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                return lower == scheme.utf8Start[index]
            }
            if matches { return UnsafeRawBufferPointer(rebasing: bytes[length...]) }
        }
        throw .malformed("The target must start with / or be an http URL.")
    }

    /// Checks every byte by RFC 3986, and that what is percent-encoded is two digits and not NUL.
    private static func pathAndQuery(_ bytes: UnsafeRawBufferPointer) throws(ServerRefusal) -> (
        path: String, query: String?
    ) {
        var questionMark: Int?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if questionMark == nil ? ByteSet.path.contains(byte) : ByteSet.query.contains(byte) {
                index += 1
            } else if byte == UInt8(ascii: "?") {
                questionMark = index
                index += 1
            } else if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, let high = bytes[index + 1].hexDigitValue,
                    let low = bytes[index + 2].hexDigitValue
                else { throw .malformed("The target has a % that two hexadecimal digits do not follow.") }
                guard high | low != 0 else { throw .malformed("The target must not contain NUL.") }
                index += 3
            } else if byte == UInt8(ascii: "#") {
                throw .malformed("The target must not have a fragment; send it without # and what follows.")
            } else {
                throw .malformed("The target has a byte that must be percent-encoded.")
            }
        }
        guard let questionMark else { return (String(decoding: bytes, as: UTF8.self), nil) }
        return (
            String(decoding: bytes[..<questionMark], as: UTF8.self),
            String(decoding: bytes[(questionMark + 1)...], as: UTF8.self)
        )
    }
}
