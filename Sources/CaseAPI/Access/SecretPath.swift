import CaseStore

/// Paths that have a secret, as the log may have them: of `/c/SECRET` there is `/c/…`.
enum SecretPath {
    /// A path without whatever follows `/c/`, be it written with escapes, too many slashes or under `/v1`: who mistypes a link
    /// has its secret in what they ask for all the same. One that has what looks like a secret anywhere else is not shown at all.
    static func shown(_ path: String) -> String {
        let bytes = Array(path.utf8)
        guard let end = endOfPrefix(bytes), end < bytes.count else { return hasSecret(bytes) ? "…" : path }
        return String(decoding: bytes[..<end], as: UTF8.self) + "…"
    }

    /// Whether it has as many letters and digits of secrets in a row as these have.
    private static func hasSecret(_ path: [UInt8]) -> Bool {
        var length = 0
        for byte in decoded(path[...], atMost: .max) {
            length = ShareSecret.isLetter(byte | 0x20) || ShareSecret.isLetter(byte) ? length + 1 : 0
            if length == ShareSecret.length { return true }
        }
        return false
    }

    /// Where what comes after `/c/` begins; nil for any other path.
    private static func endOfPrefix(_ path: [UInt8]) -> Int? {
        var start = 0
        var isUnderVersion = false
        while start < path.count {
            let end = path[start...].firstIndex(of: slash) ?? path.endIndex
            let segment = decoded(path[start..<end])
            if segment.elementsEqual("c".utf8) || segment.elementsEqual("C".utf8) {
                return end < path.endIndex ? end + 1 : nil
            }
            if !segment.isEmpty {
                guard !isUnderVersion, segment.elementsEqual("v1".utf8) else { return nil }
                isUnderVersion = true
            }
            start = end + 1
        }
        return nil
    }

    private static let slash = UInt8(ascii: "/")

    /// The first bytes of a path or a segment with its escapes read.
    ///
    /// - Parameter most: as many as tell whether it is one of the words above.
    private static func decoded(_ segment: ArraySlice<UInt8>, atMost most: Int = 3) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = segment.startIndex
        while index < segment.endIndex, decoded.count < most {
            var byte = segment[index]
            index += 1
            if byte == UInt8(ascii: "%"), index + 1 < segment.endIndex, let high = segment[index].hexadecimalDigit,
                let low = segment[index + 1].hexadecimalDigit
            {
                byte = high << 4 | low
                index += 2
            }
            decoded.append(byte)
        }
        return decoded
    }
}
