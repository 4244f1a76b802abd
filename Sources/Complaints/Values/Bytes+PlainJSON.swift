extension UnsafeBufferPointer<UInt8> {
    /// Scanner for what stands in a JSON string as it is (RFC 8259 section 7), eight bytes at a time: where that ends, at a
    /// quotation mark, a reverse solidus, a control character, or with the text. Bytes one by one were a fiftieth of a create.
    package func plainEnd(from start: Int) -> Int {
        guard let base = baseAddress else { return count }
        var place = start
        while count - place >= 8, Self.isPlain(UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)) {
            place += 8
        }
        while place < count, !Self.isSpecial(base[place]) { place += 1 }
        return place
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Whether none of eight bytes is special. What is subtracted from each borrows from the highest bit of those that are
    /// less, and from no other as long as none is.
    private static func isPlain(_ bytes: UInt64) -> Bool {
        let each: UInt64 = 0x0101_0101_0101_0101
        func less(_ bytes: UInt64, than limit: UInt8) -> UInt64 { (bytes &- each &* UInt64(limit)) & ~bytes }
        let special =
            less(bytes, than: 0x20) | less(bytes ^ each &* UInt64(UInt8(ascii: "\"")), than: 1)
            | less(bytes ^ each &* UInt64(UInt8(ascii: "\\")), than: 1)
        return special & (each &* 0x80) == 0
    }
}
