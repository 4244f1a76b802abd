import Complaints

/// What tells one list query from another, byte by byte: its path and every parameter but those that choose a part or a
/// form of it, in whatever order they came. The time zone is none of these: what a day is may follow from it.
struct Fingerprint: Sendable, Hashable {
    let bytes: [UInt8]

    private static let outside = QuerySchema { PageParameters(&$0, of: [], hasHistory: true) }.parameters
        .map(\.name).filter { $0 != QueryReader.timeZoneName }.map { Array($0.utf8) }

    /// - Parameter me: who was meant by `me`, where it was asked for.
    init(path: String, parameters: QueryParameters, me: String? = nil) {
        var parts = parameters.pairs.compactMap { pair -> [UInt8]? in
            let name = Array(pair.name.utf8)
            return Self.outside.contains(name) ? nil : Self.part(name) + Self.part(Array(pair.value.utf8))
        }
        parts.sort { $0.lexicographicallyPrecedes($1) }
        bytes = Self.part(Array(path.utf8)) + parts.joined() + (me.map { Self.part(Array($0.utf8)) } ?? [])
    }

    /// With its length before it, so that no two lists of texts have the same bytes.
    private static func part(_ text: [UInt8]) -> [UInt8] {
        let length = UInt32(text.count)
        return stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: length >> UInt32($0)) } + text
    }
}
