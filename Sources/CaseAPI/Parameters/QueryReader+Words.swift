import Complaints

// Words of closed sets, flags and numbers.
extension QueryReader {
    /// Words of a closed set, with commas between them.
    mutating func words<Word: Vocabulary>(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> [Word]
    ) -> Set<Word> {
        describe(
            name, .array(.word(of: Word.self)).with("minItems", 1), meaning(),
            example: .texts(example().map(\.rawValue)))
        guard let text = exact(name, limit: 1000) else { return [] }
        var words: Set<Word> = []
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let part = String(Substring(part))
            if let word = Word(rawValue: part) {
                words.insert(word)
            } else {
                issues.append(
                    name, .invalidParameter, word: .invalidValue,
                    NearestName.advice(
                        for: part, among: Word.allCases.map(\.rawValue), must: "must be one or more of",
                        with: ", with commas"))
                break
            }
        }
        return words
    }

    /// One word of a closed set.
    mutating func word<Word: Vocabulary>(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> Word
    ) -> Word? {
        word(name, meaning(), example: JSONValue.string(example().rawValue))
    }

    /// The same where the example is null, as the parameter makes no sense alone.
    mutating func word<Word: Vocabulary>(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> JSONValue
    ) -> Word? {
        describe(name, .words(Word.self), meaning(), example: example())
        guard let text = exact(name) else { return nil }
        if let word = Word(rawValue: text.string) { return word }
        issues.append(
            name, .invalidParameter, word: .invalidValue,
            NearestName.advice(for: text.string, among: Word.allCases.map(\.rawValue)))
        return nil
    }

    mutating func flag(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> Bool = true
    ) -> Bool? {
        describe(name, .flag, meaning(), example: .boolean(example()))
        switch exact(name) {
        case nil: return nil
        case "true": return true
        case "false": return false
        default:
            issues.append(name, .invalidParameter, word: .invalidValue, "must be true or false.")
            return nil
        }
    }

    mutating func integer(
        _ name: String, in range: ClosedRange<Int64>, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> Int64
    ) -> Int64? {
        describe(name, .integer(range), meaning(), example: .integer(example()))
        guard let text = exact(name)?.string else { return nil }
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isPlain, let integer = Int64(text), range.contains(integer) { return integer }
        let upper = range.upperBound == .max ? "" : " to \(range.upperBound)"
        issues.append(
            name, .invalidParameter, word: .invalidValue, "must be a whole number from \(range.lowerBound)\(upper).")
        return nil
    }
}
