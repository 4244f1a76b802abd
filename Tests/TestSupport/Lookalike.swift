import Foundation

/// Texts that are taken for another: on a screen, or by whoever compares as Swift does.
public enum Lookalike {
    /// Scalars that are canonically equivalent to others (Unicode section 3.7), or only look like them.
    private static let twins: [Unicode.Scalar: [Unicode.Scalar]] = [
        "K": ["\u{212A}", "\u{41A}"], "Å": ["\u{212B}"], "Ω": ["\u{2126}"], ";": ["\u{37E}"], "`": ["\u{1FEF}"],
        "A": ["\u{410}"], "a": ["\u{430}"], "e": ["\u{435}"], "i": ["\u{456}"], "o": ["\u{43E}"], "s": ["\u{455}"],
        "_": ["\u{203F}"], "-": ["\u{2010}"], "/": ["\u{2215}"], "1": ["\u{661}"],
    ]

    /// All that are made of `text`, none of them its bytes.
    public static func all(of text: String) -> [String] {
        var found: [String] = []
        for (index, scalar) in text.unicodeScalars.enumerated() {
            for twin in twins[scalar] ?? [] {
                var scalars = Array(text.unicodeScalars)
                scalars[index] = twin
                found.append(String(String.UnicodeScalarView(scalars)))
            }
        }
        found += [text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping]
        // A joiner, a variation selector, a mark and a soft hyphen behind it; a byte order mark before it.
        found += ["\u{200D}", "\u{FE0F}", "\u{301}", "\u{AD}"].map { text + $0 } + ["\u{FEFF}" + text]
        found.append(String(String.UnicodeScalarView(text.unicodeScalars.map(fullWidth))))
        var seen: Set<[UInt8]> = [Array(text.utf8)]
        return found.filter { seen.insert(Array($0.utf8)).inserted }
    }

    private static func fullWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0x21...0x7E).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
    }

    /// Many bytes for which whoever normalises a text needs time that grows with the square of their number: marks of
    /// two classes by turns, which have to be put in order.
    public static func marks(_ count: Int) -> String {
        String(repeating: "\u{301}\u{327}", count: count / 2)
    }
}

extension String {
    /// As a query has it.
    public var percentEncoded: String {
        utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
