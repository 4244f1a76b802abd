/// When the owner of a promise is warned, as a policy has it (T3): so long before it is due, or once so much of its time has
/// passed.
public enum WarningMark: Sendable, Hashable {
    /// So long before the due instant.
    case ahead(ElapsedTime)
    /// Once so many hundredths of the time from the making to the due instant have passed.
    case passed(percent: Int64)

    /// How long before the due instant a mark may lie.
    public static let leads = Limits.shortestSpan...Limits.longestMaxSpan
    /// How much of the time may have passed.
    public static let percents: ClosedRange<Int64> = 1...99

    /// Reads `PT8H` or `75%`.
    ///
    /// - Throws: `invalid_value`, `out_of_range`.
    public init(_ text: some StringProtocol) throws(FieldFault) {
        if text.unicodeScalars.last == "%" {
            var scanner = DigitScanner(text)
            guard text.unicodeScalars.first != "0", let percent = scanner.digits(upTo: 2), scanner.take("%"),
                scanner.isAtEnd,
                Self.percents.contains(percent)
            else {
                throw FieldFault(.invalidValue, "must be from 1% to 99%, in whole hundredths.")
            }
            self = .passed(percent: percent)
            return
        }
        let lead: ElapsedTime
        do {
            lead = try ElapsedTime(iso8601: text)
        } catch {
            throw FieldFault(
                .invalidValue,
                "must be how long before due, such as PT8H, or how much of the time has passed, such as 75%.")
        }
        guard Self.leads.contains(lead) else {
            throw FieldFault(
                .outOfRange, "must be from \(Self.leads.lowerBound.iso8601) to \(Self.leads.upperBound.iso8601).")
        }
        self = .ahead(lead)
    }

    /// As it is read.
    public var text: String {
        switch self {
        case .ahead(let lead): lead.iso8601
        case .passed(let percent): "\(percent)%"
        }
    }

    /// Where it lies in the time of a promise. A lead that is not shorter than all of that time would lie before it: then it
    /// is a quarter of it, so that what was promised for soon is warned of too.
    func instant(from start: Instant, due: Instant) -> Instant {
        let span = (due - start).milliseconds
        let before =
            switch self {
            case .ahead(let lead): lead.milliseconds < span ? lead.milliseconds : span / 4
            case .passed(let percent): span - span * percent / 100
            }
        return Instant(milliseconds: due.milliseconds - before)
    }
}

extension Policy {
    /// When owners are warned: at its marks, else `warnAhead` before what they promised is due.
    var warningMarks: [WarningMark] {
        warnAt.isEmpty ? [.ahead(warnAhead)] : warnAt.compactMap { try? WarningMark($0) }
    }
}
