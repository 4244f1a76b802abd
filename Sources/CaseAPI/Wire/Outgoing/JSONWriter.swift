import Complaints

/// Writes JSON (RFC 8259) straight into bytes: a plain writer costs a small part of what an encoder does.
struct JSONWriter: ~Copyable {
    private var buffer: ByteBuffer
    /// Whether a value was written since the object or array began.
    var needsComma = false

    /// - Parameter capacity: how many bytes to expect.
    init(capacity: Int = 1024) {
        buffer = ByteBuffer(capacity: capacity)
    }

    /// What has been written.
    var bytes: [UInt8] { buffer.bytes }

    /// The bytes of one object.
    static func object(capacity: Int = 1024, _ members: (inout JSONWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        try writer.object(members)
        return writer.bytes
    }

    /// An object as a whole text, an item of an array, or the value of the name just written.
    mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        beginItem()
        append(UInt8(ascii: "{"))
        needsComma = false
        try members(&self)
        append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// An array, in the same places.
    mutating func array(_ items: (inout JSONWriter) throws -> Void) rethrows {
        beginItem()
        append(UInt8(ascii: "["))
        needsComma = false
        try items(&self)
        append(UInt8(ascii: "]"))
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
        append(integer)
        needsComma = true
    }

    /// Ends a text that is a line (JSON Lines); another may follow.
    mutating func endLine() {
        append(UInt8(ascii: "\n"))
        needsComma = false
    }

    mutating func beginItem() {
        if needsComma { append(UInt8(ascii: ",")) }
    }

    mutating func append(_ byte: UInt8) { buffer.append(byte) }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) { buffer.append(bytes) }
}

extension JSONWriter {
    mutating func begin(_ name: StaticString) {
        if needsComma { append(UInt8(ascii: ",")) }
        needsComma = true
        append(UInt8(ascii: "\""))
        append(name)
        append("\":" as StaticString)
    }

    mutating func begin(named name: String) {
        if needsComma { append(UInt8(ascii: ",")) }
        needsComma = true
        append(escaped: name)
        append(UInt8(ascii: ":"))
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @_disfavoredOverload
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    mutating func append(_ integer: Int64) {
        // Most are counts, and these mostly none.
        if 0..<10 ~= integer { return append(UInt8(ascii: "0") + UInt8(integer)) }
        if integer < 0 { append(UInt8(ascii: "-")) }
        // As many digits as the largest has.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (start, rest) = (digits.count, integer.magnitude)
            repeat {
                start -= 1
                digits.initializeElement(at: start, to: UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            } while rest > 0
            append(UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// RFC 8259 section 7: only quotation mark, reverse solidus and the control characters must be escaped.
    mutating func append(escaped text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            while true {
                let end = utf8.plainEnd(from: start)
                append(UnsafeBufferPointer(rebasing: utf8[start..<end]))
                guard end < utf8.count else { return }
                appendEscape(of: utf8[end])
                start = end + 1
            }
        }
        append(UInt8(ascii: "\""))
    }

    mutating func appendEscape(of byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            append(byte < 0x10 ? "u000" as StaticString : "u001")
            append(String(byte & 0x0F, radix: 16))
        default: append(byte)
        }
    }
}
