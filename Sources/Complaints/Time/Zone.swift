package import Foundation

/// A time zone of the IANA database.
public struct Zone: Sendable {
    /// As the database spells it: `Europe/Berlin`. A link keeps its own name: `Asia/Calcutta`.
    public let name: String
    /// What its clocks show. Foundation goes by tables of its own, and takes more names than there are zones; so it is
    /// only asked for one that the database has.
    package let rules: TimeZone

    init(name: String, rules: TimeZone) {
        self.name = name
        self.rules = rules
    }

    /// Coordinated Universal Time, which needs no database.
    public static let utc = Zone(name: "UTC", rules: .gmt)

    /// How far its clocks are ahead of UTC at an instant, in milliseconds.
    func offset(at instant: Instant) -> Int64 {
        if self == .utc { return 0 }
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
        return Int64(rules.secondsFromGMT(for: date)) * 1000
    }
}

extension Zone: Hashable {
    /// By the name.
    public static func == (a: Zone, b: Zone) -> Bool { a.name.isExactly(b.name) }

    /// By the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(ExactText(name)) }
}
