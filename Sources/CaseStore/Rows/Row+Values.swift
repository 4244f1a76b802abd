import Complaints
import GRDB

extension Row {
    func text(_ index: Int) throws -> String { self[index] }

    func optionalText(_ index: Int) -> String? { self[index] }

    func instant(_ index: Int) -> Instant { Instant(milliseconds: self[index]) }

    func optionalInstant(_ index: Int) -> Instant? {
        (self[index] as Int64?).map { Instant(milliseconds: $0) }
    }

    /// A word of a closed set; the schema's CHECKs hold the same set.
    func word<Word: Vocabulary>(_ index: Int) throws -> Word {
        let text: String = self[index]
        guard let word = Word(rawValue: text) else { throw StoreError.failed("\(text) is no \(Word.self)") }
        return word
    }

    func optionalWord<Word: Vocabulary>(_ index: Int) throws -> Word? {
        self[index] as String? == nil ? nil : try word(index)
    }
}
