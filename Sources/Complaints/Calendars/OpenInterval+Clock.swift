extension OpenInterval {
    /// The interval from one time of a day to another, each as clocks show it: `09:00` to `17:30`; `24:00` may end one.
    /// One that ends before it begins, or as it does, passes midnight. Nil when a text is no time of a day.
    public init?(from opens: some StringProtocol, to closes: some StringProtocol) {
        guard let opens = Self.minutes(of: opens), let closes = Self.minutes(of: closes) else { return nil }
        self.init(opens: opens, closes: closes)
    }

    /// When it opens, as clocks show it: `09:00`.
    public var opening: String { Self.clock(opens) }

    /// When it closes: `17:30`, `24:00` at the end of the day; what passes midnight closes at a time of the next day.
    public var closing: String { Self.clock(closes > Self.day ? closes - Self.day : closes) }

    /// Minutes of a day as clocks show them.
    static func clock(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// The minutes of `HH:MM`, up to 1,440.
    static func minutes(of text: some StringProtocol) -> Int? {
        var scanner = DigitScanner(text)
        guard let hours = scanner.digits(2), scanner.take(":"), let minutes = scanner.digits(2), scanner.isAtEnd,
            minutes < 60, hours * 60 + minutes <= day
        else { return nil }
        return hours * 60 + minutes
    }
}
