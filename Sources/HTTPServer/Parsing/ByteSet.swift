/// A set of ASCII bytes as two words, so that asking costs a shift. The literals are the grammar's sets.
struct ByteSet: Sendable {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return (low >> UInt64(byte)) & 1 != 0 }
        if byte < 128 { return (high >> UInt64(byte & 63)) & 1 != 0 }
        return false
    }

    /// `tchar` (RFC 9110 section 5.6.2).
    @inline(__always) static var token: ByteSet { ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }
    /// `pchar` without percent-encoding, and `/` (RFC 3986 section 3.3).
    @inline(__always) static var path: ByteSet { ByteSet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
    /// The path's set and `?` (RFC 3986 section 3.4).
    @inline(__always) static var query: ByteSet { ByteSet(low: 0xAFFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
    /// `reg-name` without percent-encoding (RFC 3986 section 3.2.2).
    @inline(__always) static var registeredName: ByteSet {
        ByteSet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    }
    /// What may stand between the brackets of an `IP-literal` (RFC 3986 section 3.2.2).
    @inline(__always) static var literalAddress: ByteSet {
        ByteSet(low: 0x2FFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    var hexDigitValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }

    /// Whether the byte may stand in a field's value: visible, space, tab or `obs-text` (RFC 9110 section 5.5).
    @inline(__always)
    var isFieldValueByte: Bool {
        (self >= 0x20 && self != 0x7F) || self == 0x09
    }

    static let carriageReturn: UInt8 = 0x0D
    static let lineFeed: UInt8 = 0x0A
    static let space: UInt8 = 0x20
    static let tab: UInt8 = 0x09
}
