/// Writes JSON (RFC 8259) straight into bytes: a plain writer costs a small part of what an encoder does.
struct JSONWriter {
    var bytes: [UInt8] = []
    /// Whether a value was written since the object or array began.
    var needsComma = false

    /// - Parameter capacity: how many bytes to expect.
    init(capacity: Int = 1024) {
        bytes.reserveCapacity(capacity)
    }

    /// The bytes of one object.
    static func object(capacity: Int = 1024, _ members: (inout JSONWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        try writer.object(members)
        return writer.bytes
    }

    /// An object as a whole text, an item of an array, or the value of the name just written.
    mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        beginItem()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        try members(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// An array, in the same places.
    mutating func array(_ items: (inout JSONWriter) throws -> Void) rethrows {
        beginItem()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        try items(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// A string as an item of an array, or as the value of the name just written.
    mutating func value(_ text: String) {
        beginItem()
        append(escaped: text)
        needsComma = true
    }

    /// An integer in the same places.
    mutating func value(_ integer: Int64) {
        beginItem()
        append(String(integer))
        needsComma = true
    }

    mutating func beginItem() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }
}

extension JSONWriter {
    mutating func begin(_ name: StaticString) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        bytes.append(UInt8(ascii: "\""))
        append(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func begin(named name: String) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        append(escaped: name)
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @_disfavoredOverload
    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// RFC 8259 section 7: only quotation mark, reverse solidus and the control characters must be escaped.
    mutating func append(escaped text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var plainStart = 0
            for index in utf8.indices {
                let byte = utf8[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plainStart..<index]))
                appendEscape(of: byte)
                plainStart = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plainStart...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func appendEscape(of byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            append(byte < 0x10 ? "u000" : "u001" as StaticString)
            append(String(byte & 0x0F, radix: 16))
        default: bytes.append(byte)
        }
    }
}
