import HTTPTypes

/// `method SP request-target SP HTTP-version` (RFC 9112 section 3).
enum RequestLine {
    /// Syntax is looked at before meaning: a broken line is 400 whatever its method.
    static func parse(_ line: UnsafeRawBufferPointer) throws(ServerRefusal) -> RequestHead {
        var methodEnd = 0
        while methodEnd < line.count, ByteSet.token.contains(line[methodEnd]) { methodEnd += 1 }
        guard methodEnd > 0, methodEnd < line.count, line[methodEnd] == .space else {
            throw .malformed("The request line must be a method, a target and a version, one space apart.")
        }
        let versionLength = 8
        let versionStart = line.count - versionLength
        guard versionStart > methodEnd + 1, line[versionStart - 1] == .space else {
            throw .malformed("The request line must be a method, a target and a version, one space apart.")
        }
        let (major, minor) = try version(UnsafeRawBufferPointer(rebasing: line[versionStart...]))
        let target = UnsafeRawBufferPointer(rebasing: line[(methodEnd + 1)..<(versionStart - 1)])
        guard !target.isEmpty, !target.contains(where: { $0 <= .space || $0 >= 0x7F }) else {
            throw .malformed("The target must be one or more visible ASCII characters without a space.")
        }
        guard major == 1 else { throw .httpVersion }
        guard let method = method(UnsafeRawBufferPointer(rebasing: line[..<methodEnd])) else { throw .notImplemented }
        return RequestHead(
            method: method, target: try RequestTarget(parsing: target, method: method),
            minorVersion: min(minor, 1))
    }

    /// `HTTP-name "/" DIGIT "." DIGIT`, with its case (RFC 9112 section 2.3).
    private static func version(_ bytes: UnsafeRawBufferPointer) throws(ServerRefusal) -> (major: UInt8, minor: UInt8) {
        let name: StaticString = "HTTP/"
        guard (0..<5).allSatisfy({ bytes[$0] == name.utf8Start[$0] }), (0x30...0x39).contains(bytes[5]),
            bytes[6] == UInt8(ascii: "."), (0x30...0x39).contains(bytes[7])
        else { throw .malformed("The request line must end with the version, such as HTTP/1.1.") }
        return (bytes[5] - 0x30, bytes[7] - 0x30)
    }

    /// The rule for whatever is answered before it is understood: an answer to HEAD has no content, whatever is said by it
    /// (RFC 9110 section 9.3.2), so it has none where what has come begins with that method, or with the first letters of
    /// it. Where nothing has come, nothing was asked.
    static func mayBeHead(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        var start = start
        // The empty line that is forgiven.
        if start + 1 < bytes.count, bytes[start] == .carriageReturn, bytes[start + 1] == .lineFeed { start += 2 }
        guard start < bytes.count else { return false }
        let method: StaticString = "HEAD"
        let count = min(bytes.count - start, method.utf8CodeUnitCount)
        guard (0..<count).allSatisfy({ bytes[start + $0] == method.utf8Start[$0] }) else { return false }
        let end = start + count
        return end == bytes.count || !ByteSet.token.contains(bytes[end])
    }

    /// Whether a line begins with a method longer than any that is known.
    static func hasLongMethod(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        bytes[start...].prefix(8).count { ByteSet.token.contains($0) } == 8
    }

    /// Methods have case (RFC 9110 section 9.1). CONNECT, TRACE and QUERY (RFC 10008) are known for what they are, and no
    /// resource has them.
    private static func method(_ bytes: UnsafeRawBufferPointer) -> HTTPRequest.Method? {
        func isNamed(_ name: StaticString) -> Bool {
            bytes.count == name.utf8CodeUnitCount && bytes.indices.allSatisfy { bytes[$0] == name.utf8Start[$0] }
        }
        switch bytes.count {
        case 3: return isNamed("GET") ? .get : isNamed("PUT") ? .put : nil
        case 4: return isNamed("POST") ? .post : isNamed("HEAD") ? .head : nil
        case 5: return isNamed("PATCH") ? .patch : isNamed("TRACE") ? .trace : isNamed("QUERY") ? .query : nil
        case 6: return isNamed("DELETE") ? .delete : nil
        case 7: return isNamed("OPTIONS") ? .options : isNamed("CONNECT") ? .connect : nil
        default: return nil
        }
    }
}

extension HTTPRequest.Method {
    /// A safe method with content, newer than the package.
    static let query = HTTPRequest.Method("QUERY")!
}
