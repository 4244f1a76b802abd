import Complaints
import Foundation

/// The form of the dates in a file, in the letters of Unicode TR 35: `yyyy/M/d`, `dd.MM.yyyy HH:mm`. One letter takes
/// one or two digits, more letters exactly as many digits; anything that is no letter stands for itself, and so does
/// text in single quotes. `epoch` and `epoch_ms` are no letters, but numbers: of seconds and of milliseconds since 1970.
struct DatePattern {
    private enum Part: Equatable {
        case number(Component, digits: ClosedRange<Int>)
        /// Of a century that is not said: see `fullYear`.
        case shortYear
        /// Since 1970, in so many milliseconds.
        case epoch(Int64)
        case monthName
        case meridiem
        case offset
        case literal(Unicode.Scalar)
    }

    private enum Component: Unicode.Scalar {
        case year = "y"
        case month = "M"
        case day = "d"
        case hour = "H"
        case hourOfHalfDay = "h"
        case minute = "m"
        case second = "s"
        case millisecond = "S"
    }

    /// Why a text is no pattern.
    struct SyntaxError: Error, CustomStringConvertible {
        let description: String
    }

    private static let monthNames: [ExactText] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    static let supported = "yyyy yy M MM MMM d dd H HH h hh a m mm s ss SSS XXX and 'text', or epoch or epoch_ms"

    /// As it was given.
    let text: String
    private let parts: [Part]

    init(_ pattern: String) throws(SyntaxError) {
        text = pattern
        let units: [ExactText: Int64] = ["epoch": 1000, "epoch_ms": 1]
        if let unit = units[ExactText(pattern)] {
            parts = [.epoch(unit)]
            return
        }
        var parts: [Part] = []
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.first {
            if scalar == "'" {
                let text = rest.dropFirst().prefix { $0 != "'" }
                guard text.endIndex < rest.endIndex else { throw SyntaxError(description: "a quote is not closed") }
                parts += text.isEmpty ? [.literal("'")] : text.map(Part.literal)
                rest = rest[rest.index(after: text.endIndex)...]
                continue
            }
            let run = rest.prefix { $0 == scalar }
            rest = rest[run.endIndex...]
            parts += try Self.parts(run)
        }
        let components = parts.compactMap { part -> Component? in
            switch part {
            case .number(let component, _): component
            case .shortYear: .year
            default: nil
            }
        }
        guard Set(components).count == components.count, components.contains(.year), components.contains(.day),
            components.contains(.month) != parts.contains(.monthName),
            components.contains(.hourOfHalfDay) == parts.contains(.meridiem)
        else {
            throw SyntaxError(description: "it needs a year, a month and a day, each once, and h goes with a")
        }
        self.parts = parts
    }

    /// Of one letter or sign, repeated.
    private static func parts(_ run: Substring.UnicodeScalarView) throws(SyntaxError) -> [Part] {
        switch (ExactText(String(run)), run.count) {
        case ("yyyy", _): return [.number(.year, digits: 4...4)]
        case ("yy", _): return [.shortYear]
        case ("MMM", _): return [.monthName]
        case ("SSS", _): return [.number(.millisecond, digits: 3...3)]
        case ("a", _): return [.meridiem]
        case ("X", _), ("XX", _), ("XXX", _): return [.offset]
        case (_, let count):
            guard let letter = run.first, letter.isASCII, letter.properties.isAlphabetic else {
                return run.map(Part.literal)
            }
            guard let component = Component(rawValue: letter), count <= 2, component != .year,
                component != .millisecond
            else {
                throw SyntaxError(description: "\(String(run)) is not one of \(supported)")
            }
            return [.number(component, digits: count == 1 ? 1...2 : 2...2)]
        }
    }

    /// Whether it is a number of seconds, or of milliseconds.
    var epochUnit: Int64? {
        if case .epoch(let unit) = parts.first { unit } else { nil }
    }

    /// Whether it names a day and no time of it.
    private var isOfDay: Bool {
        !parts.contains { part in
            switch part {
            case .number(.hour, _), .number(.hourOfHalfDay, _), .number(.minute, _), .number(.second, _),
                .number(.millisecond, _), .meridiem, .epoch:
                true
            case .number(.year, _), .number(.month, _), .number(.day, _), .shortYear, .monthName, .offset, .literal:
                false
            }
        }
    }

    /// What `text` names: the whole day where the pattern has no time, in `timeZone` where it has no offset. Nil when the
    /// text has another form or there is no such day or time.
    func date(_ text: String, in zone: Zone) -> FileDate? {
        if case .epoch(let unit) = parts.first {
            return Self.instant(epoch: text, unit: unit).map { FileDate(instant: $0) }
        }
        var values: [Component: Int] = [:]
        var isAfternoon = false
        var offset: Int?
        var rest = text.unicodeScalars[...]
        for part in parts {
            switch part {
            case .literal(let scalar):
                guard rest.popFirst() == scalar else { return nil }
            case .number(let component, let digits):
                let run = rest.prefix(digits.upperBound).prefix(while: \.isDigit)
                guard digits.contains(run.count) else { return nil }
                values[component] = Int(String(run))
                rest = rest[run.endIndex...]
            case .shortYear:
                let run = rest.prefix(2).prefix(while: \.isDigit)
                guard run.count == 2, let year = Int(String(run)) else { return nil }
                values[.year] = Self.fullYear(year)
                rest = rest[run.endIndex...]
            case .epoch: preconditionFailure("it stands alone")
            case .monthName:
                let name = ExactText(String(rest.prefix(3))).asciiLowercased
                guard let month = Self.monthNames.firstIndex(of: name) else { return nil }
                values[.month] = month + 1
                rest = rest.dropFirst(3)
            case .meridiem:
                let word = ExactText(String(rest.prefix(2))).asciiLowercased
                guard word == "am" || word == "pm" else { return nil }
                isAfternoon = word == "pm"
                rest = rest.dropFirst(2)
            case .offset:
                guard let seconds = Self.takeOffset(&rest) else { return nil }
                offset = seconds
            }
        }
        guard rest.isEmpty, let day = Self.day(values), let time = Self.time(values, isAfternoon: isAfternoon) else {
            return nil
        }
        let local = Int64(day) * 86_400_000 + Int64(time)
        let instant = Instant(milliseconds: local - Int64(offset ?? zone.offset(atLocal: local)) * 1000)
        guard instant >= .earliest, instant <= .latest else { return nil }
        guard isOfDay else { return FileDate(instant: instant) }
        let end = offset == nil ? CivilDate(daysSince1970: day + 1).start(in: zone) : instant + .days(1)
        return FileDate(instant: instant, dayEnd: min(end, .latest))
    }

    /// The year that two digits mean: 1969 to 2068, as POSIX has it (strptime, `%y`).
    private static func fullYear(_ year: Int) -> Int { year < 69 ? 2000 + year : 1900 + year }

    /// A whole number of units since 1970; of seconds with a fraction, too.
    private static func instant(epoch text: String, unit: Int64) -> Instant? {
        let sides = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let whole = isNegative ? sides[0].dropFirst() : sides[0]
        let fraction = sides.count == 2 ? sides[1] : "0"
        guard (1...15).contains(whole.utf8.count), (1...9).contains(fraction.utf8.count),
            sides.count == 1 || unit == 1000,
            (whole.unicodeScalars + fraction.unicodeScalars).allSatisfy(\.isDigit), let number = Int64(whole),
            let thousandths = Int64((fraction + "00").prefix(3))
        else { return nil }
        let milliseconds = number * unit + thousandths
        let instant = Instant(milliseconds: isNegative ? -milliseconds : milliseconds)
        return instant >= .earliest && instant <= .latest ? instant : nil
    }

    private static func day(_ values: [Component: Int]) -> Int? {
        guard let year = values[.year], year > 0, let month = values[.month], let day = values[.day] else { return nil }
        return CivilDate(year: year, month: month, day: day)?.daysSince1970
    }

    /// Milliseconds since midnight.
    private static func time(_ values: [Component: Int], isAfternoon: Bool) -> Int? {
        var hour = values[.hour] ?? 0
        if let half = values[.hourOfHalfDay] {
            guard (1...12).contains(half) else { return nil }
            hour = half % 12 + (isAfternoon ? 12 : 0)
        }
        let minute = values[.minute] ?? 0
        let second = values[.second] ?? 0
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return ((hour * 60 + minute) * 60 + second) * 1000 + (values[.millisecond] ?? 0)
    }

    /// `Z`, `+01:00`, `+0100` or `+01`, in seconds.
    private static func takeOffset(_ rest: inout Substring.UnicodeScalarView) -> Int? {
        guard let sign = rest.popFirst() else { return nil }
        if sign == "Z" { return 0 }
        guard sign == "+" || sign == "-", let hour = takeTwoDigits(&rest), hour < 24 else { return nil }
        var minute = 0
        if rest.first == ":" || rest.first?.isDigit == true {
            if rest.first == ":" { rest.removeFirst() }
            guard let minutes = takeTwoDigits(&rest), minutes < 60 else { return nil }
            minute = minutes
        }
        return (hour * 60 + minute) * 60 * (sign == "-" ? -1 : 1)
    }

    private static func takeTwoDigits(_ rest: inout Substring.UnicodeScalarView) -> Int? {
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy(\.isDigit) else { return nil }
        rest = rest.dropFirst(2)
        return Int(String(digits))
    }
}

extension Unicode.Scalar {
    /// Whether it is a digit of ASCII.
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

extension Zone {
    /// The offset in force when its clocks show `local`, in milliseconds as if they showed UTC. A time that clocks
    /// show twice is the earlier one when they are turned back; one that they skip is taken with the offset before.
    fileprivate func offset(atLocal local: Int64) -> Int {
        func offset(at milliseconds: Int64) -> Int {
            Int(self.offset(at: Instant(milliseconds: milliseconds)) / 1000)
        }
        let before = offset(at: local - 86_400_000)
        let after = offset(at: local + 86_400_000)
        return [before, after].first { offset(at: local - Int64($0) * 1000) == $0 } ?? before
    }
}
