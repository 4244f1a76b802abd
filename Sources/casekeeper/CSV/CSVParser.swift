/// Reads CSV by RFC 4180 from bytes as they come, wherever they are cut, with whatever separator. Quoted fields keep every
/// byte, and spaces around the quotes are none of theirs; records end in CRLF, LF or CR; blank lines are no records; a UTF-8
/// byte order mark at the beginning is skipped, and says that it is UTF-8. It holds one record at a time.
struct CSVParser {
    private enum State {
        case fieldStart
        /// Nothing but spaces so far: a quote may come.
        case spaces
        case unquoted
        case quoted
        /// After a quote in a quoted field: another one makes it a quote of the text, else the field ends.
        case quoteInQuoted
        /// Spaces after the field has ended.
        case spacesAfterQuote
    }

    /// A quote of a formula is none of the file's.
    private enum Formula {
        case none
        /// Its text is open.
        case open
        /// A quote has closed it: only spaces may come, or another quote, which makes both one of its text.
        case closed
    }

    /// Room for the longest row that makes a case, many times over.
    static let defaultRecordLimit = 8 << 20

    /// The byte order mark of UTF-8.
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let recordLimit: Int
    private let separator: UInt8
    private var encoding: TextEncoding
    /// Of fields that are not all ASCII in another encoding than UTF-8: whether there was any, and one that is no UTF-8.
    private var hasForeign = false
    private var hasNoUTF8 = false
    /// Spaces after a quoted field, which are of the text after all if more than a separator comes.
    private var spaces: [UInt8] = []
    private var state = State.fieldStart
    /// How far a field is that is not quoted and begins with `="`: see `TextFormula`.
    private var formula = Formula.none
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var recordSize = 0
    /// How much of a byte order mark was seen; nil once the beginning is past.
    private var markLength: Int? = 0
    private var isAfterCR = false
    private var hasQuotes = false
    private var line: Int
    private var recordLine = 1
    private var fieldLine = 1
    private var strayQuoteLine: Int?

    init(_ form: CSVForm = CSVForm(), recordLimit: Int = defaultRecordLimit) {
        self.recordLimit = recordLimit
        separator = form.separator
        encoding = form.encoding
        line = form.line
        if form.start > 0 { markLength = nil }
    }

    /// Whether what is said to be of another encoding is UTF-8 throughout, and is not only ASCII.
    var isUTF8AfterAll: Bool { hasForeign && !hasNoUTF8 }

    /// Takes the next byte.
    /// - Returns: the record that it ends, if it ends one.
    mutating func take(_ byte: UInt8) throws(CSVError) -> CSVRecord? {
        if let length = markLength {
            if byte == Self.mark[length] {
                markLength = length + 1 < Self.mark.count ? length + 1 : nil
                if markLength == nil { encoding = .utf8 }
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
        case (_, separator):
            try endField()
        case (_, .carriageReturn), (_, .lineFeed):
            return try endRecord()
        case (.fieldStart, .quote), (.spaces, .quote):
            fieldLine = line
            hasQuotes = true
            field.removeAll(keepingCapacity: true)
            state = .quoted
        case (.quoteInQuoted, .space), (.quoteInQuoted, .tab), (.spacesAfterQuote, .space), (.spacesAfterQuote, .tab):
            spaces.append(byte)
            state = .spacesAfterQuote
        case (.fieldStart, .space), (.fieldStart, .tab), (.spaces, .space), (.spaces, .tab):
            if state == .fieldStart { fieldLine = line }
            field.append(byte)
            state = .spaces
        default:
            if state == .fieldStart { fieldLine = line }
            var isStray = state == .quoteInQuoted || state == .spacesAfterQuote
            if byte == .quote {
                isStray = isStray || !takeFormulaQuote()
            } else if formula == .closed, byte != .space, byte != .tab {
                isStray = true
            }
            if isStray { strayQuoteLine = strayQuoteLine ?? line }
            field += spaces
            spaces.removeAll(keepingCapacity: true)
            field.append(byte)
            state = .unquoted
        }
        return nil
    }

    /// Whether a quote in a field without quotes around it is of a formula.
    private mutating func takeFormulaQuote() -> Bool {
        switch formula {
        case .none:
            guard field.drop(while: { $0 == .space || $0 == .tab }).elementsEqual([TextFormula.equals]) else {
                return false
            }
            formula = .open
        case .open: formula = .closed
        case .closed: formula = .open
        }
        return true
    }

    private mutating func endField() throws(CSVError) {
        // What is cut off at a separator or a line break is none.
        if formula == .open { strayQuoteLine = strayQuoteLine ?? fieldLine }
        formula = .none
        guard let text = encoding.text(field) else {
            let line = lineOfBadByte()
            throw encoding == .utf8 ? .notUTF8(line: line) : .notWindows1252(line: line)
        }
        if encoding != .utf8, field.contains(where: { $0 >= 0x80 }) {
            hasForeign = true
            if TextEncoding.utf8.text(field) == nil { hasNoUTF8 = true }
        }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
        spaces.removeAll(keepingCapacity: true)
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
        guard encoding == .utf8 else {
            let bad = field.firstIndex { TextEncoding.scalar($0) == nil } ?? field.endIndex
            return line + field[..<bad].count { $0 == .lineFeed }
        }
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
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let tab = UInt8(ascii: "\t")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
}
