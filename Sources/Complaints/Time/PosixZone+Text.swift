extension PosixZone {
    /// Reads `std offset [dst [offset] , start [/time] , end [/time]]` (POSIX, XBD 8.3), with the hours from −167 to 167 of RFC
    /// 9636 section 3.3.2; nil for anything else. The offset of POSIX is how far UTC is ahead.
    init?(_ text: some Collection<UInt8>) {
        var scanner = PosixZoneScanner(text)
        guard scanner.name(), let standard = scanner.time(hours: 24) else { return nil }
        self.standard = -standard
        if scanner.isAtEnd {
            daylight = nil
            return
        }
        guard scanner.name() else { return nil }
        var offset = -standard + 3600
        if !scanner.isNext(",") {
            guard let other = scanner.time(hours: 24) else { return nil }
            offset = -other
        }
        guard scanner.take(","), let start = scanner.change(), scanner.take(","), let end = scanner.change(),
            scanner.isAtEnd
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }
}

/// Reads the parts of a rule from the front.
private struct PosixZoneScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some Collection<UInt8>) { bytes = Array(text) }

    var isAtEnd: Bool { position == bytes.count }

    func isNext(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: character)
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        position += 1
        return true
    }

    /// Three letters or more, or anything of letters, digits and signs in angle brackets.
    mutating func name() -> Bool {
        let isQuoted = take("<")
        let start = position
        while position < bytes.count, Self.isOfName(bytes[position], isQuoted: isQuoted) { position += 1 }
        guard position - start >= 3 else { return false }
        return !isQuoted || take(">")
    }

    private static func isOfName(_ byte: UInt8, isQuoted: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
        default: false
        }
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(hours most: Int) -> Int64? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(upTo: most) else { return nil }
        var seconds = hours * 3600
        if take(":") {
            guard let minutes = number(upTo: 59) else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let second = number(upTo: 59) else { return nil }
                seconds += second
            }
        }
        return Int64(isNegative ? -seconds : seconds)
    }

    /// A day, and the time on it: 02:00 unless it says another.
    mutating func change() -> YearlyChange? {
        guard let day = day() else { return nil }
        guard take("/") else { return YearlyChange(day: day, time: 7200) }
        guard let time = time(hours: 167) else { return nil }
        return YearlyChange(day: day, time: time)
    }

    private mutating func day() -> YearlyChange.Day? {
        if take("J") {
            guard let day = number(upTo: 365), day > 0 else { return nil }
            return .ofCommonYear(day)
        }
        guard take("M") else { return number(upTo: 365).map { .ofYear($0) } }
        guard let month = number(upTo: 12), month > 0, take("."), let week = number(upTo: 5), week > 0, take("."),
            let weekday = number(upTo: 6)
        else { return nil }
        return .ofMonth(month: month, week: week, weekday: weekday)
    }

    /// One to three digits.
    private mutating func number(upTo most: Int) -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, position - start < 3, (48...57).contains(bytes[position]) {
            value = value * 10 + Int(bytes[position]) - 48
            position += 1
        }
        return position > start && value <= most ? value : nil
    }
}
