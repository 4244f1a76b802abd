/// How often somebody may come, as an option: `50` or `50/s` a second, `600/m` a minute, `1000/h` an hour, `0` without
/// bounds.
struct RateOption: Hashable {
    private static let units = ["s": 1, "m": 60, "h": 3600]
    fileprivate static let most = 1_000_000

    let requests: Int
    let seconds: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let seconds = Self.units[parts.count == 2 ? String(parts[1]) : "s"],
            parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let requests = Int(parts[0]),
            requests <= Self.most
        else { return nil }
        self.requests = requests
        self.seconds = seconds
    }

    private init(requests: Int, seconds: Int) {
        self.requests = requests
        self.seconds = seconds
    }

    static let none = RateOption(requests: 0, seconds: 1)

    static func perMinute(_ requests: Int) -> RateOption { RateOption(requests: requests, seconds: 60) }

    /// As it is typed.
    var text: String {
        let unit = Self.units.first { $0.value == seconds }!.key
        return requests == 0 ? "0" : "\(requests)/\(unit)"
    }
}

extension OptionForm where Value == RateOption {
    static var rate: OptionForm {
        OptionForm(
            "a number up to \(RateOption.most) a second (50/s, or 50 alone), a minute (600/m) or an hour (1000/h), or 0 for any number",
            example: "600/m", isQuantity: true, text: \.text
        ) { RateOption($0) }
    }
}
