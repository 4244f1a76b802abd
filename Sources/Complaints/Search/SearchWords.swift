/// The words of texts for the index of the search. They are made here, from what people wrote, so that the index itself
/// needs to know nothing of languages: it tells words apart by the space between them, and any tool can open it.
package enum SearchWords {
    /// Which rules made the words of an index. What is taken out of an index without texts has to be said to it word by word, so
    /// that an index by other rules has to be made anew. It goes up whenever a text gets other words, by these rules or by
    /// another edition of Unicode's tables: a test tells.
    package static let version: Int64 = 1

    /// The words of a text, with a space after each.
    package static func of(_ text: String) -> String {
        var body = SearchBody()
        body.add(text)
        return String(decoding: body.bytes, as: UTF8.self)
    }

    /// A word as one of a key that something is known by elsewhere.
    package static func asKey(_ word: String) -> String { String(decoding: keyMark + word.utf8, as: UTF8.self) }

    /// No word begins with it by itself.
    static let keyMark = Array("№".utf8)
}
