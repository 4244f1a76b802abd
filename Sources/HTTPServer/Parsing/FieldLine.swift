/// One `field-name ":" OWS field-value OWS` (RFC 9112 section 5), taken apart and checked.
struct FieldLine {
    let name: UnsafeRawBufferPointer
    /// Without the white space around it.
    let value: UnsafeRawBufferPointer

    init(parsing line: UnsafeRawBufferPointer) throws(ServerRefusal) {
        var colon = 0
        while colon < line.count, ByteSet.token.contains(line[colon]) { colon += 1 }
        guard colon < line.count, line[colon] == UInt8(ascii: ":") else {
            throw Self.refusalOfName(in: line, at: colon)
        }
        guard colon > 0 else { throw .malformed("A header field has no name.") }
        var start = colon + 1
        var end = line.count
        while start < end, line[start] == .space || line[start] == .tab { start += 1 }
        while end > start, line[end - 1] == .space || line[end - 1] == .tab { end -= 1 }
        for index in start..<end {
            guard line[index].isFieldValueByte else {
                throw .malformed("A header field's value has a control character.")
            }
        }
        name = UnsafeRawBufferPointer(rebasing: line[..<colon])
        value = UnsafeRawBufferPointer(rebasing: line[start..<end])
    }

    private static func refusalOfName(in line: UnsafeRawBufferPointer, at index: Int) -> ServerRefusal {
        guard index < line.count else { return .malformed("A header line has no colon.") }
        guard line[index] == .space || line[index] == .tab else {
            return .malformed("A header field's name has a character that names cannot have.")
        }
        return index == 0
            ? .malformed("A header field is folded over lines; send it in one line.")
            : .malformed("There must be no white space between a header field's name and its colon.")
    }
}
