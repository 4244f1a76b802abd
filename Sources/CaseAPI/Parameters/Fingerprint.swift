import HTTPServer

/// What tells one list query from another: its path and every parameter but those that choose a part or a form of it.
struct Fingerprint: Sendable, Hashable {
    private let hash: UInt64

    init(path: String, parameters: QueryParameters) {
        let outside: Set = ["cursor", "limit", "format", "as_of", Response.prettyParameter]
        let lines = parameters.pairs.filter { !outside.contains($0.name) }.map { "\($0.name)=\($0.value)" }
        hash = Self.hash(
            Array(([path] + lines.sorted()).joined(separator: "\n").utf8)[...], from: 0xCBF2_9CE4_8422_2325)
    }

    /// The fingerprint of the query and of what is written in a cursor.
    func combined(with content: ArraySlice<UInt8>) -> UInt64 {
        Self.hash(content, from: hash)
    }

    /// FNV-1a: it keeps mistakes out, not forgers; a forged cursor shows nothing that its bearer could not ask for.
    private static func hash(_ bytes: ArraySlice<UInt8>, from start: UInt64) -> UInt64 {
        bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
