/// Text that is compared byte for byte in UTF-8, in time that grows with its length and no faster.
///
/// Swift compares and hashes a `String` by canonical equivalence (Unicode chapter 3.7): U+212A KELVIN SIGN is `K` to it,
/// and é in one scalar is é in two; and it normalises both texts for that, in time that grows with the square of a run of
/// combining marks. So what came from outside, and is a key, a name of a field or a word, is never a `String` where it is
/// compared: as an `ExactText` it has no other `==`.
package struct ExactText: Sendable {
    /// The text itself, to be stored or shown.
    package let string: String

    /// A text as it came.
    package init(_ string: String) {
        self.string = string
    }

    /// A part of a text as it came.
    package init(_ part: Substring) {
        string = String(part)
    }

    /// Its bytes.
    package var utf8: String.UTF8View { string.utf8 }

    /// The same with `A` to `Z` as `a` to `z`, and everything else as it is: U+212A does not become `k`.
    package var asciiLowercased: ExactText {
        func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
        guard utf8.contains(where: isCapital) else { return self }
        var text = string
        return text.withUTF8 { bytes in
            ExactText(
                String(unsafeUninitializedCapacity: bytes.count) { small in
                    for (place, byte) in bytes.enumerated() {
                        small.initializeElement(at: place, to: isCapital(byte) ? byte | 0x20 : byte)
                    }
                    return bytes.count
                })
        }
    }

    /// Whether nothing but white space is in it; so too when it is empty.
    package var isBlank: Bool { string.unicodeScalars.allSatisfy(\.properties.isWhitespace) }

    /// Its beginning, for messages.
    package func prefix(scalars count: Int) -> String {
        String(string.unicodeScalars.prefix(count))
    }
}

extension ExactText: Hashable, Comparable {
    package static func == (a: ExactText, b: ExactText) -> Bool { a.string.isExactly(b.string) }

    /// By the bytes, which is the order of the scalars.
    package static func < (a: ExactText, b: ExactText) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

    /// With the seed of the process: nobody outside can make many that collide.
    package func hash(into hasher: inout Hasher) {
        var string = string
        string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}

extension ExactText: ExpressibleByStringInterpolation, CustomStringConvertible {
    package init(stringLiteral text: String) {
        self.init(text)
    }

    package var description: String { string }
}
