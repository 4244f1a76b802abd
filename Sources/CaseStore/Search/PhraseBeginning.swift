import Complaints
import GRDB

/// Phrases whose last word is a beginning, such as an e-mail address: `ann lee example*`.
///
/// FTS5 puts together all rows with a word that begins so before it looks at the words before it, however few have those: with
/// everybody's mail domain this takes hundreds of times what the rest takes. So where few rows have the words before it, these
/// are looked through.
struct PhraseBeginning<Record: SearchedRecord> {
    private let transaction: ReadTransaction
    /// What stands before the beginning, and that.
    private let head: ArraySlice<ExactText>
    private let last: ExactText

    /// So many rows are looked through: each takes some microseconds.
    private static var fewRows: Int { 100 }

    /// Nil where the last word is whole, or the only one.
    init?(_ phrase: SearchPhrase, of _: Record.Type, _ transaction: ReadTransaction) {
        guard phrase.isBeginning, phrase.words.count > 1, let last = phrase.words.last else { return nil }
        self.transaction = transaction
        self.last = last
        head = phrase.words.dropLast()
    }

    /// The rows of the index that have the phrase; nil where more have the words before its last.
    func rows() throws -> [Int64]? {
        var rows: [Int64] = []
        let expression = SearchPhrase(words: Array(head), isBeginning: false).expression
        try transaction.statements.rows(
            "SELECT rowid FROM \(Record.index) WHERE \(Record.index) MATCH :head LIMIT \(Self.fewRows + 1)",
            ["head": .text(expression)], transaction.db
        ) { row in
            rows.append(row.integer(0))
            return true
        }
        guard rows.count <= Self.fewRows else { return nil }
        let texts = SearchTexts(transaction.db, transaction.statements, transaction.names)
        let phrase = Array((head + [last]).map(\.string).joined(separator: " ").utf8)
        return try rows.filter { try Record.row($0, texts)?.has(wordsThatBegin: phrase) ?? false }
    }
}

extension SearchRow {
    /// Whether words stand in it one after the other, of the last one the beginning.
    fileprivate func has(wordsThatBegin phrase: [UInt8]) -> Bool {
        var rest = body[...]
        while let found = rest.firstRange(of: phrase) {
            if found.lowerBound == body.startIndex || body[found.lowerBound - 1] == UInt8(ascii: " ") { return true }
            rest = body[(found.lowerBound + 1)...]
        }
        return false
    }
}
