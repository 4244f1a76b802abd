/// A statement whose text is always the same. Each connection prepares it once.
final class SQL: Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
