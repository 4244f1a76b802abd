/// Letters that people write another for, where Unicode takes neither apart nor folds them: what an accent is to others is a
/// part of these. All else that is alike is found by Unicode's own tables.
enum SimilarLetters {
    private static let table: [Unicode.Scalar: [Unicode.Scalar]] = [
        "ł": ["l"], "ø": ["o"], "đ": ["d"], "ð": ["d"], "ɖ": ["d"], "þ": ["t", "h"], "æ": ["a", "e"], "œ": ["o", "e"],
        "ı": ["i"], "ȷ": ["j"], "ħ": ["h"], "ŧ": ["t"], "ŋ": ["n"], "ĸ": ["k"], "ƀ": ["b"], "ǥ": ["g"], "ɨ": ["i"],
        "ƶ": ["z"],
        // What only stretches a word of Arabic.
        "\u{640}": [],
    ]

    /// What stands for a small letter.
    static func plain(_ letter: Unicode.Scalar) -> [Unicode.Scalar] { table[letter] ?? [letter] }
}
