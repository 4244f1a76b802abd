/// Paths that have a secret, as the log may have them: of `/c/SECRET` there is `/c/…`.
enum SecretPath {
    /// A path without whatever follows `/c/`, be it written with escapes, too many slashes or under `/v1`: who mistypes a link
    /// has its secret in what they ask for all the same.
    static func shown(_ path: String) -> String {
        let bytes = Array(path.utf8)
        guard let end = endOfPrefix(bytes), end < bytes.count else { return path }
        return String(decoding: bytes[..<end], as: UTF8.self) + "…"
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

    /// The first bytes of a segment with its escapes read: no more than tell whether it is one of the words above.
    private static func decoded(_ segment: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = segment.startIndex
        while index < segment.endIndex, decoded.count < 3 {
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
