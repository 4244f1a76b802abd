import CaseStore
import HTTPServer
import HTTPTypes

/// Paths that have a secret, as the log may have them: of `/c/SECRET` there is `/c/…`.
enum SecretPath {
    /// A path without whatever follows a `/c/` in it, be that written with escapes, in capitals, with too many slashes or behind
    /// something else: who mistypes a link has its secret in what they ask for all the same. One that has what looks like a secret
    /// anywhere else is not shown at all.
    static func shown(_ path: String) -> String {
        let bytes = Array(path.utf8)
        guard let end = endOfPrefix(bytes), end < bytes.count else { return hasSecret(bytes) ? "…" : path }
        return String(decoding: bytes[..<end], as: UTF8.self) + "…"
    }

    /// An answer that a browser tells no other page the address of, where that may have a secret: also to whoever mistypes a
    /// link, as the secret is in what they ask for all the same (Referrer Policy section 3.1).
    static func guarded(_ response: Response, at path: String) -> Response {
        let bytes = Array(path.utf8)
        guard endOfPrefix(bytes).map({ $0 < bytes.count }) == true || hasSecret(bytes) else { return response }
        return guarded(response)
    }

    /// The same of an answer to what was refused before there was a path, which may have been that of a link.
    static func guarded(_ response: Response) -> Response {
        var response = response
        response.headerFields[.referrerPolicy] = "no-referrer"
        return response
    }

    /// Whether it has as many letters and digits of secrets in a row as these have.
    private static func hasSecret(_ path: [UInt8]) -> Bool {
        var length = 0
        var index = 0
        while index < path.count {
            let byte = character(of: path, at: &index)
            length = ShareSecret.isLetter(byte | 0x20) || ShareSecret.isLetter(byte) ? length + 1 : 0
            if length == ShareSecret.length { return true }
        }
        return false
    }

    /// Where what comes after the first `/c/` begins; nil where there is none.
    private static func endOfPrefix(_ path: [UInt8]) -> Int? {
        // How much of a slash, a c and a slash was read last.
        var length = 0
        var index = 0
        while index < path.count {
            let byte = character(of: path, at: &index)
            let isSlash = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
            if isSlash, length == 2 { return index }
            length = isSlash ? 1 : length == 1 && byte | 0x20 == UInt8(ascii: "c") ? 2 : 0
        }
        return nil
    }

    /// The byte that a path has there, with an escape read; leaves the place behind it.
    private static func character(of path: [UInt8], at index: inout Int) -> UInt8 {
        let byte = path[index]
        index += 1
        guard byte == UInt8(ascii: "%"), index + 1 < path.endIndex, let high = path[index].hexadecimalDigit,
            let low = path[index + 1].hexadecimalDigit
        else { return byte }
        index += 2
        return high << 4 | low
    }
}
