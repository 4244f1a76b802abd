/// A flag where options stand by name: in the environment, or in a file.
struct Switch {
    static let words = "one of \(on.joined(separator: ", ")), or one of \(off.joined(separator: ", "))"
    private static let on = ["1", "true", "yes", "on"]
    private static let off = ["0", "false", "no", "off"]

    let isOn: Bool

    /// Nil for what is neither.
    init?(_ text: String) {
        let word = Array(text.lowercased().utf8)
        isOn = Self.on.contains { $0.utf8.elementsEqual(word) }
        guard isOn || Self.off.contains(where: { $0.utf8.elementsEqual(word) }) else { return nil }
    }
}
