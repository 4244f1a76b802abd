/// A step of a policy's ladder: who hears when of a promise that is unsettled still, before it is due and since (T3).
public struct LadderStep: Sendable, Hashable {
    /// Who hears of it.
    public enum Hearer: String, Vocabulary {
        /// Whoever is to keep the promise.
        case owner
        /// The case's supervisor, for want of one the policy's.
        case supervisor
        /// Any manager.
        case manager
    }

    /// How far it lies from the due instant.
    private enum Distance: Hashable {
        case elapsed(ElapsedTime)
        case business(BusinessSpan)
    }

    private let isBefore: Bool
    private let distance: Distance
    /// Who hears of it.
    public let hearer: Hearer

    /// No step lies further from the due instant; a day of business time is taken for 24 hours.
    public static let longest = ElapsedTime.days(365)
    private static let inBusiness = "in_business"
    private static let advice =
        "must be how far before or after due, and who hears of it, such as -PT2H owner, PT0S supervisor or P1D in_business "
        + "manager."

    /// Reads `-PT2H owner`, `PT0S supervisor`, `P1D in_business manager`.
    ///
    /// - Throws: `invalid_value`, `out_of_range`.
    public init(_ text: some StringProtocol) throws(FieldFault) {
        let words = text.unicodeScalars.split(separator: " ").map { String(String.UnicodeScalarView($0)) }
        let isBusiness = words.count == 3 && words[1].isExactly(Self.inBusiness)
        guard words.count == 2 || isBusiness, let last = words.last,
            let hearer = Hearer.allCases.first(where: { $0.rawValue.isExactly(last) })
        else { throw FieldFault(.invalidValue, Self.advice) }
        self.hearer = hearer
        isBefore = words[0].unicodeScalars.first == "-"
        let length = isBefore ? words[0].unicodeScalars.dropFirst() : words[0].unicodeScalars[...]
        distance = try Self.distance(String(String.UnicodeScalarView(length)), isBusiness: isBusiness)
        guard !isBefore || distance != .elapsed(.zero) else { throw FieldFault(.invalidValue, Self.advice) }
    }

    private static func distance(_ text: String, isBusiness: Bool) throws(FieldFault) -> Distance {
        let (distance, length): (Distance, ElapsedTime)
        if isBusiness {
            do throws(BusinessSpan.SyntaxFault) {
                let span = try BusinessSpan(iso8601: text)
                (distance, length) = (.business(span), span.nominal)
            } catch {
                throw FieldFault(.invalidValue, "in business time: \(error.detail)")
            }
        } else {
            guard let time = try? ElapsedTime(iso8601: text) else { throw FieldFault(.invalidValue, advice) }
            (distance, length) = (.elapsed(time), time)
        }
        guard length <= longest else {
            throw FieldFault(.outOfRange, "must not lie further from due than \(longest.iso8601).")
        }
        return distance
    }

    /// As it is read.
    public var text: String {
        let length =
            switch distance {
            case .elapsed(let time): time.iso8601
            case .business(let span): "\(span.iso8601) \(Self.inBusiness)"
            }
        return "\(isBefore ? "-" : "")\(length) \(hearer.rawValue)"
    }

    /// When it is climbed for a promise. Business time is elapsed time where there is no calendar, or none that has so much of
    /// it.
    func instant(due: Instant, by calendar: DeskCalendar?) -> Instant {
        let length: ElapsedTime
        switch distance {
        case .elapsed(let time): length = time
        case .business(let span):
            let counted = isBefore ? calendar?.moment(span, before: due) : calendar?.moment(span, after: due)
            if let counted { return counted }
            length = span.nominal
        }
        return Instant(milliseconds: due.milliseconds + (isBefore ? -length.milliseconds : length.milliseconds))
    }
}

extension Policy {
    /// The steps of its ladder.
    var ladderSteps: [LadderStep] { ladder.compactMap { try? LadderStep($0) } }
}
