/// How far long work has come, drawn over itself on a terminal; nothing where nobody looks on.
struct ProgressBar {
    private static let width = 30

    let total: Int
    let unit: String
    let isShown: Bool

    /// - Parameter unit: what is counted.
    init(total: Int, unit: String, isShown: Bool = StandardError.isTerminal) {
        self.total = total
        self.unit = unit
        self.isShown = isShown && total > 0
    }

    /// Says what is being done while nobody knows how long it takes.
    static func note(_ text: String) {
        if StandardError.isTerminal { StandardError.write("\r\(text)\u{1B}[K") }
    }

    /// - Parameter detail: what is at it now.
    func draw(_ done: Int, _ detail: String = "") {
        guard isShown else { return }
        let filled = done * Self.width / total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        StandardError.write("\r[\(bar)] \(done) of \(total) \(unit)\(detail)\u{1B}[K")
    }

    /// Leaves the line as if it had never been there.
    func clear() {
        guard isShown else { return }
        StandardError.write("\r\u{1B}[K")
    }
}
