/// Reads CSV by RFC 4180 from bytes as they come, wherever they are cut. Quoted fields keep every byte; records end in
/// CRLF, LF or CR; blank lines are no records; a UTF-8 byte order mark at the beginning is skipped. It holds one
/// record at a time.
struct CSVParser {
    private enum State {
        case fieldStart
        case unquoted
        case quoted
        /// After a quote in a quoted field: another one makes it a quote of the text, else the field ends.
        case quoteInQuoted
    }

    /// Room for the longest row that makes a case, many times over.
    static let defaultRecordLimit = 8 << 20

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let recordLimit: Int
    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var recordSize = 0
    /// How much of a byte order mark was seen; nil once the beginning is past.
    private var markLength: Int? = 0
    private var isAfterCR = false
    private var hasQuotes = false
    private var line = 1
    private var recordLine = 1
    private var fieldLine = 1
    private var strayQuoteLine: Int?

    init(recordLimit: Int = defaultRecordLimit) {
        self.recordLimit = recordLimit
    }

    /// Takes the next byte.
    /// - Returns: the record that it ends, if it ends one.
    mutating func take(_ byte: UInt8) throws(CSVError) -> CSVRecord? {
        if let length = markLength {
            if byte == Self.mark[length] {
                markLength = length + 1 < Self.mark.count ? length + 1 : nil
                return nil
            }
            try endBeginning()
        }
        return try step(byte)
    }

    /// Takes the end of the file.
    /// - Returns: the last record, when no newline ended it.
    mutating func finish() throws(CSVError) -> CSVRecord? {
        try endBeginning()
        if state == .quoted { throw .unterminatedQuote(line: fieldLine) }
        if state == .fieldStart, fields.isEmpty { return nil }
        return try endRecord()
    }

    /// What looked like the start of a byte order mark is text after all.
    private mutating func endBeginning() throws(CSVError) {
        let length = markLength ?? 0
        markLength = nil
        for byte in Self.mark[..<length] { _ = try step(byte) }
    }

    private mutating func step(_ byte: UInt8) throws(CSVError) -> CSVRecord? {
        let isSecondOfCRLF = isAfterCR && byte == .lineFeed
        isAfterCR = byte == .carriageReturn
        if isSecondOfCRLF, state != .quoted { return nil }
        let isNewline = byte == .carriageReturn || byte == .lineFeed
        defer { if isNewline, !isSecondOfCRLF { line += 1 } }

        if recordSize == 0 { recordLine = line }
        recordSize += 1
        if recordSize > recordLimit { throw .recordTooLong(line: recordLine, limit: recordLimit) }

        switch (state, byte) {
        case (.quoted, .quote):
            state = .quoteInQuoted
        case (.quoted, _):
            field.append(byte)
        case (.quoteInQuoted, .quote):
            field.append(byte)
            state = .quoted
        case (_, .comma):
            try endField()
        case (_, .carriageReturn), (_, .lineFeed):
            return try endRecord()
        case (.fieldStart, .quote):
            fieldLine = line
            hasQuotes = true
            state = .quoted
        default:
            if state == .fieldStart { fieldLine = line }
            if state == .quoteInQuoted || byte == .quote { strayQuoteLine = strayQuoteLine ?? line }
            field.append(byte)
            state = .unquoted
        }
        return nil
    }

    private mutating func endField() throws(CSVError) {
        guard let text = String(validating: field, as: UTF8.self) else { throw .notUTF8(line: lineOfBadByte()) }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    private mutating func endRecord() throws(CSVError) -> CSVRecord? {
        try endField()
        let isBlank = fields.count == 1 && fields[0].isEmpty && !hasQuotes
        let record = CSVRecord(line: recordLine, fields: fields, strayQuoteLine: strayQuoteLine)
        fields.removeAll(keepingCapacity: true)
        recordSize = 0
        hasQuotes = false
        strayQuoteLine = nil
        return isBlank ? nil : record
    }

    private func lineOfBadByte() -> Int {
        var line = fieldLine
        var decoder = UTF8()
        var bytes = field.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            if scalar == "\n" { line += 1 }
        }
        return line
    }
}

extension UInt8 {
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
}
