/// What Transfer-Encoding says (RFC 9112 section 6.1), a list over one or more lines.
struct TransferCodings {
    private(set) var isGiven = false
    private var hasUnknown = false
    private var endsInChunked = false

    /// Takes the value of one line.
    ///
    /// - Throws: 400 for what is no list of codings, and for chunks within chunks.
    mutating func add(_ value: FieldValue) throws(ServerRefusal) {
        isGiven = true
        for element in value.elements {
            let parts = element.parts
            guard parts[0].isToken, parts.dropFirst().allSatisfy({ $0.parameter != nil }) else {
                throw .malformed("Transfer-Encoding is not a list of codings.")
            }
            guard !endsInChunked else { throw .malformed("In Transfer-Encoding chunked must come last, and once.") }
            if parts[0].isWord("chunked") {
                // RFC 9112 section 7.1.
                guard parts.count == 1 else { throw .malformed("The transfer coding chunked has no parameters.") }
                endsInChunked = true
            } else {
                hasUnknown = true
            }
        }
    }

    /// - Throws: 400 when the body's length can't be told (RFC 9112 section 6.3), 501 when all but its content can.
    func requireKnown() throws(ServerRefusal) {
        guard endsInChunked else { throw .malformed("The last Transfer-Encoding of a request must be chunked.") }
        guard !hasUnknown else { throw .codingNotImplemented }
    }
}
