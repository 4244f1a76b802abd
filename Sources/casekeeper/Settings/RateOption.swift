import ArgumentParser

/// How often somebody may come, as an option: `50` or `50/s` a second, `600/m` a minute, `1000/h` an hour, `0` without
/// bounds.
struct RateOption: ExpressibleByArgument, Hashable {
    private static let units = ["s": 1, "m": 60, "h": 3600]
    private static let most = 1_000_000

    let requests: Int
    let seconds: Int

    init?(argument: String) {
        let parts = argument.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let seconds = Self.units[parts.count == 2 ? String(parts[1]) : "s"],
            parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let requests = Int(parts[0]),
            requests <= Self.most
        else { return nil }
        self.requests = requests
        self.seconds = seconds
    }

    static let none = RateOption(argument: "0")!

    var defaultValueDescription: String {
        let unit = Self.units.first { $0.value == seconds }!.key
        return requests == 0 ? "0" : "\(requests)/\(unit)"
    }
}
