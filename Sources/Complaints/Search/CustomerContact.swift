/// What tells who calls or writes: a telephone number or an e-mail address.
public enum CustomerContact: Sendable, Hashable {
    /// As it was written, and what else it may have been meant as: compared as a whole, without the case of ASCII letters.
    case email([String])
    /// Of which the end will do.
    case phone(PhoneNumber)

    /// What a text is, of one line and without space around it; nil where it is neither.
    public init?(_ text: String) {
        if let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) {
            // Of whom, and where.
            guard at != text.startIndex, text.utf8.index(after: at) != text.endIndex else { return nil }
            self = .email([text])
            return
        }
        let numbers = PhoneNumber.all(in: text)
        guard numbers.count == 1 else { return nil }
        self = .phone(numbers[0])
    }
}
