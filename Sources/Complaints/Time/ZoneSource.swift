/// What `tzdata.zi` says of names, in the form that zic(8) reads: `Z NAME offset rules format until`, lines that go on
/// with it, `L TARGET NAME` and `R RULES … letters`.
struct ZoneSource {
    /// Zones and links, and what each one's rules are filed under. Not those whose clocks show nothing: `Factory`, for
    /// machines that were not set yet, is no place.
    private(set) var names: [(name: String, target: String)] = []
    /// What its first line says: `# version 2026a`; nil for any other.
    let version: String?
    private var lettersByRules: [ExactText: Set<ExactText>] = [:]
    /// The rules and the format of each zone's last line, which holds now.
    private var lasts: [(name: String, rules: ExactText, format: ExactText)] = []

    /// The abbreviation of a zone whose local time is not known (RFC 9636 section 3.2).
    private static let unknownLocalTime: ExactText = "-00"

    init(_ text: String) {
        let head = text.utf8.prefix { $0 != UInt8(ascii: "\n") }.split(separator: UInt8(ascii: " "))
            .map { ExactText(Substring($0)) }
        version = head.count == 3 && head[0] == "#" && head[1] == "version" ? head[2].string : nil
        var zone: String?
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { ExactText(Substring($0)) }
            switch words.first {
            case "R" where words.count == 10: lettersByRules[words[1], default: []].insert(words[9])
            case "L" where words.count == 3: names.append((words[2].string, words[1].string))
            case "Z" where words.count >= 5:
                zone = words[1].string
                names.append((words[1].string, words[1].string))
                take(words.dropFirst(2), of: &zone)
            default: take(words[...], of: &zone)
            }
        }
        let unset = Set(lasts.filter { $0.format == Self.unknownLocalTime }.map { ExactText($0.name) })
        names.removeAll { unset.contains(ExactText($0.target)) }
        names.sort { ExactText($0.name) < ExactText($1.name) }
    }

    /// Offset, rules and format; the line without an end is the last of its zone.
    private mutating func take(_ words: ArraySlice<ExactText>, of zone: inout String?) {
        guard let name = zone, words.count == 3 else { return }
        lasts.append((name, rules: words[words.startIndex + 1], format: words[words.startIndex + 2]))
        zone = nil
    }

    /// The zones whose clocks show an abbreviation by their last rules, by the abbreviation in small letters. Those with
    /// the most links come first, as they are what most people mean.
    var zonesByAbbreviation: [ExactText: [String]] {
        var links: [ExactText: Int] = [:]
        for (_, target) in names { links[ExactText(target), default: 0] += 1 }
        var zones: [ExactText: [String]] = [:]
        let ranked = lasts.sorted { links[ExactText($0.name), default: 0] > links[ExactText($1.name), default: 0] }
        for (name, rules, format) in ranked where format != Self.unknownLocalTime {
            for abbreviation in abbreviations(format, rules) {
                zones[abbreviation.asciiLowercased, default: []].append(name)
            }
        }
        return zones
    }

    private func abbreviations(_ format: ExactText, _ rules: ExactText) -> Set<ExactText> {
        let parts = format.string.split(separator: "%s", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return Set(format.string.split(separator: "/").map { ExactText($0) }) }
        return Set(
            (lettersByRules[rules] ?? ["-"]).map { letters in
                ExactText("\(parts[0])\(letters == "-" ? "" : letters.string)\(parts[1])")
            })
    }
}
