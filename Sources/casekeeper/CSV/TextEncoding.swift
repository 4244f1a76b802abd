import Complaints

/// How the bytes of a file stand for characters.
enum TextEncoding: String, Vocabulary {
    case utf8 = "utf-8"
    /// What programs of Windows write in western Europe; Latin-1 with some characters more.
    case windows1252 = "windows-1252"

    /// What the bytes stand for; nil where they are not of this encoding.
    func text(_ bytes: [UInt8]) -> String? {
        switch self {
        case .utf8: return String(validating: bytes, as: UTF8.self)
        case .windows1252:
            if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
            var text = String.UnicodeScalarView()
            for byte in bytes {
                guard let scalar = Self.scalar(byte) else { return nil }
                text.append(scalar)
            }
            return String(text)
        }
    }

    /// What a byte is in Windows-1252; nil for the five that are nothing.
    static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
        (0x80..<0xA0).contains(byte) ? upper[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }

    /// The characters where Latin-1 has control characters (unicode.org, Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT).
    private static let upper: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}
