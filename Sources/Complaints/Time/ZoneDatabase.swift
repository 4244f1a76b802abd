import Foundation

/// The IANA time zone database, as the system has it. Nothing else names a zone: `BST` is Dhaka to one program and London to
/// another, and Foundation guesses; and nothing else says what a zone's clocks show: Foundation goes by tables of its own.
public struct ZoneDatabase: Sendable {
    /// Where Debian's tzdata, and most others, have the database in the form that zic reads, with every zone and link.
    package static let path = "/usr/share/zoneinfo/tzdata.zi"

    /// The system's: names and version as they were when it was first asked for, and a zone's rules as they were when that was.
    public static let system = ZoneDatabase(reading: path)

    /// Every name, in the order of the database.
    package let names: [String]
    /// By the name in small letters; what a zone's rules are filed under.
    private let targets: [ExactText: (name: String, target: String)]
    /// Those names in small letters, as they are looked through for what was meant.
    private let spellings: [String]
    /// The bytes of each of `names` in small letters.
    private let folded: [[UInt8]]
    /// The zones whose clocks show an abbreviation now, by the abbreviation.
    private let zonesByAbbreviation: [ExactText: [String]]
    /// Whether there is no database, but UTC alone.
    private let isMissing: Bool
    private let files: ZoneFiles
    /// Of the database, as its first line has it: `2026a`; nil without one.
    public let version: String?

    /// - Parameter path: of `tzdata.zi`, which stands beside the zones' files; without such a file there is UTC alone.
    package init(reading path: String) {
        let bytes = FileManager.default.contents(atPath: path)
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
        self.init(bytes.map { String(decoding: $0, as: UTF8.self) }, folder: folder)
    }

    /// - Parameters:
    ///   - text: what `tzdata.zi` has; nil when there is no such file.
    ///   - folder: where the zones' files are.
    package init(_ text: String?, folder: String) {
        let source = ZoneSource(text ?? "")
        files = ZoneFiles(folder: folder)
        version = source.version
        var targets: [ExactText: (name: String, target: String)] = [:]
        let utc = [(name: Zone.utc.name, target: Zone.utc.name)]
        let all = source.names + (source.names.contains { $0.name.isExactly(Zone.utc.name) } ? [] : utc)
        for (name, target) in all { targets[ExactText(name).asciiLowercased] = (name, target) }
        names = all.map(\.name)
        self.targets = targets
        spellings = targets.keys.sorted().map(\.string)
        folded = names.map { Array(ExactText($0).asciiLowercased.utf8) }
        zonesByAbbreviation = source.zonesByAbbreviation
        isMissing = source.names.isEmpty
    }

    /// The zone of that name, spelled with whatever ASCII letters, capital or small; nil when there is none, or none whose
    /// rules can be read, which `advice` tells apart.
    public func zone(named name: String) -> Zone? {
        guard let found = targets[ExactText(name).asciiLowercased] else { return nil }
        if found.name.isExactly(Zone.utc.name) { return .utc }
        // A link need not have a file of its own, and a zone that the database was packed without may be one itself.
        guard let rules = try? files.rules(of: found.target) ?? files.rules(of: found.name) else { return nil }
        return Zone(name: found.name, rules: rules)
    }

    /// What to say of a name that no zone has: what would be right, and what was likely meant.
    public func advice(for name: String) -> String {
        if isMissing {
            return "must be UTC: this system has no time zone database (\(Self.path), in Debian's package tzdata)."
        }
        if let found = targets[ExactText(name).asciiLowercased], zone(named: name) == nil {
            return
                "must be another zone: this system's file of \(found.name) can't be read; Debian's package tzdata has it."
        }
        let usual = "must be the name of a time zone in the IANA database, such as Europe/Berlin or UTC."
        if let offset = ZoneOffset(name) { return usual + advice(for: offset) }
        let likely = nearest(to: name)
        if likely.isEmpty { return usual }
        let names = likely.joined(separator: " or ")
        return isAbbreviation(name)
            ? usual + " An abbreviation means more than one zone: name a place, such as \(names)."
            : usual + " Did you mean \(names)?"
    }

    private func advice(for offset: ZoneOffset) -> String {
        let usual = " An offset from UTC is no zone, for most clocks change theirs: name a place."
        guard let fixed = offset.fixedZone, zone(named: fixed) != nil, let minutes = offset.minutes else {
            return usual
        }
        if minutes == 0 { return usual + " What never differs from UTC is UTC." }
        let hours = "\(minutes.magnitude / 60) \(minutes.magnitude == 60 ? "hour" : "hours")"
        return usual
            + " What is always \(hours) \(minutes > 0 ? "ahead of" : "behind") UTC is \(fixed): its sign is the other way round."
    }

    /// In bytes; no zone has a name of that length, and what is longer was not mistyped.
    private static let longestMeant = 64

    private func isAbbreviation(_ name: String) -> Bool {
        zonesByAbbreviation[ExactText(name).asciiLowercased] != nil
    }

    /// At most five names: of the zones that use it as an abbreviation, in the order of the alphabet, as none of them is
    /// more right than another; of those that end so; or the nearest.
    package func nearest(to name: String) -> [String] {
        guard name.utf8.count <= Self.longestMeant else { return [] }
        let wanted = ExactText(name).asciiLowercased
        if let zones = zonesByAbbreviation[wanted] {
            let places = zones.filter { $0.utf8.contains(UInt8(ascii: "/")) }
            return (places.isEmpty ? zones : places).prefix(5).sorted()
        }
        let ending = [UInt8(ascii: "/")] + wanted.utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "_") : $0 }
        let endings = names.indices.lazy.filter { folded[$0].suffix(ending.count).elementsEqual(ending) }
            .prefix(5).map { names[$0] }
        if !endings.isEmpty { return Array(endings) }
        // Any three letters are near to some other three.
        guard wanted.utf8.count > 4 else { return [] }
        let spelled = NearestName.nearest(to: wanted.string, among: spellings, budget: SearchBudget.ofZones)
        return spelled.flatMap { targets[ExactText($0)]?.name }.map { [$0] } ?? []
    }
}
