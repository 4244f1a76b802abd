/// Reader of a time zone's compiled rules, a TZif file (RFC 9636): of the version 2+ data block, whose times have 64 bits,
/// and of the footer, the rule for all times after. Nothing else in the file decides about offsets.
struct TZifFile {
    /// Why a file is none of a zone's rules.
    enum Fault: Error, Sendable, Hashable {
        /// It does not begin with `TZif`.
        case notTZif
        /// Version 1 has times until 2038 alone, and no footer.
        case tooOld
        /// It ends before what its header counts.
        case cutOff
        /// It counts leap seconds; our instants have none (RFC 3339).
        case leapSeconds
        /// Its counts contradict each other (section 3.1).
        case counts
        /// Times of changes are not in order, or lie outside of all time (before the Big Bang, section 3.2).
        case order
        /// A change leads to a local time type that there is not.
        case unknownType
        /// A local time type is none: a day and more from UTC, or a flag that is neither 0 nor 1.
        case localTimeType
        /// What follows the data is no rule.
        case footer
        /// Far more than any zone has.
        case tooLong
    }

    /// In bytes; the longest of all zones has four thousand.
    static let longest = 1 << 20

    /// A day and a little: section 3.2, `utoff`.
    private static let offsetBounds: ClosedRange<Int64> = -89_999...93_599

    /// When clocks were changed, in seconds since 1970, in order.
    private(set) var times: [Int64] = []
    /// What they show from then on, in seconds ahead of UTC.
    private(set) var offsets: [Int64] = []
    /// What they show before the first of these: local time type 0 (section 3.2).
    let first: Int64
    /// The rule for all times after the last change; nil when there is none.
    let footer: PosixZone?

    private struct Header {
        var isUT = 0
        var isStandard = 0
        var leaps = 0
        var times = 0
        var types = 0
        var characters = 0

        /// Of the data block behind it, in bytes.
        func length(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + isStandard + isUT
        }
    }

    /// - Throws: `Fault`, of whatever bytes.
    init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.longest else { throw .tooLong }
        var scanner = ByteScanner(bytes)
        // The first block is for readers of 32 bits.
        let old = try Self.header(&scanner)
        try scanner.skip(old.length(timeSize: 4))
        let header = try Self.header(&scanner)
        guard header.leaps == 0 else { throw .leapSeconds }
        guard header.types > 0, header.types <= 256, header.characters > 0,
            header.isUT == 0 || header.isUT == header.types,
            header.isStandard == 0 || header.isStandard == header.types
        else { throw .counts }
        let body = try scanner.take(header.length(timeSize: 8))
        let typesStart = header.times * 9
        var types: [Int64] = []
        for type in 0..<header.types {
            let start = typesStart + type * 6
            let offset = body.signed(at: start, size: 4)
            guard Self.offsetBounds.contains(offset), body[start + 4] <= 1, Int(body[start + 5]) < header.characters
            else { throw .localTimeType }
            types.append(offset)
        }
        times.reserveCapacity(header.times)
        offsets.reserveCapacity(header.times)
        for change in 0..<header.times {
            let time = body.signed(at: change * 8, size: 8)
            let type = Int(body[header.times * 8 + change])
            guard type < types.count else { throw .unknownType }
            guard time.magnitude <= 1 << 59, times.last.map({ $0 < time }) ?? true else { throw .order }
            times.append(time)
            offsets.append(types[type])
        }
        first = types[0]
        footer = try Self.footer(scanner.rest)
    }

    private static func header(_ scanner: inout ByteScanner) throws(Fault) -> Header {
        guard scanner.rest.starts(with: Array("TZif".utf8)) else { throw .notTZif }
        let bytes = try scanner.take(44)
        guard bytes[4] >= UInt8(ascii: "2") else { throw .tooOld }
        var header = Header()
        header.isUT = Int(bytes.unsigned(at: 20))
        header.isStandard = Int(bytes.unsigned(at: 24))
        header.leaps = Int(bytes.unsigned(at: 28))
        header.times = Int(bytes.unsigned(at: 32))
        header.types = Int(bytes.unsigned(at: 36))
        header.characters = Int(bytes.unsigned(at: 40))
        return header
    }

    /// Between two line feeds; nothing between them: there is no rule (section 3.3).
    private static func footer(_ bytes: ArraySlice<UInt8>) throws(Fault) -> PosixZone? {
        let feed = UInt8(ascii: "\n")
        guard bytes.count >= 2, bytes.first == feed, bytes.last == feed else { throw .footer }
        let text = bytes.dropFirst().dropLast()
        if text.isEmpty { return nil }
        guard let rule = PosixZone(text) else { throw .footer }
        return rule
    }
}

/// Bytes that are taken from the front.
private struct ByteScanner {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func skip(_ count: Int) throws(TZifFile.Fault) { _ = try take(count) }

    mutating func take(_ count: Int) throws(TZifFile.Fault) -> ByteBlock {
        guard count <= rest.count else { throw .cutOff }
        defer { rest = rest.dropFirst(count) }
        return ByteBlock(bytes: rest.prefix(count))
    }
}

/// A block of bytes, counted from its own beginning; numbers in it begin with the highest byte.
private struct ByteBlock {
    let bytes: ArraySlice<UInt8>

    subscript(index: Int) -> UInt8 { bytes[bytes.startIndex + index] }

    func unsigned(at index: Int) -> UInt32 {
        (index..<index + 4).reduce(0) { $0 << 8 | UInt32(self[$1]) }
    }

    func signed(at index: Int, size: Int) -> Int64 {
        let bits = (index..<index + size).reduce(UInt64(0)) { $0 << 8 | UInt64(self[$1]) }
        return size == 8 ? Int64(bitPattern: bits) : Int64(Int32(truncatingIfNeeded: bits))
    }
}
