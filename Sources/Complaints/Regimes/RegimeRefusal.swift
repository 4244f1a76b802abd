/// Why there is no version of a regime to go by.
public enum RegimeRefusal: Error, Sendable, Hashable {
    /// There is none of that name; with the one that was most likely meant.
    case unknown(name: String, nearest: String?)
    /// None of its versions holds for a complaint that was received on that date.
    case notInForce(name: String, on: CivilDate, held: [RegimePeriod])
    /// The zone of its calendar has no rules on this system any more; the text says what to do.
    case zone(name: String, calendar: String, advice: String)

    /// What is wrong with the field that named the regime.
    public func issue(at path: FieldPath) -> FieldIssue { FieldIssue(path, .invalidValue, detail) }

    /// What would be right, in a sentence.
    public var detail: String {
        switch self {
        case .unknown(let name, let nearest):
            "must be a regime that there is, and there is no \(ExactText(name).prefix(scalars: 60)): "
                + (nearest.map { "did you mean \($0)? " } ?? "") + "GET /v1/regimes lists them."
        case .notInForce(let name, let date, let held):
            "must be a regime that holds for a complaint received on \(date.iso8601): \(name) holds "
                + "\(held.map(\.words).joined(separator: ", and "))."
        case .zone(let name, let calendar, let advice):
            "can't be \(name) now: the time zone of its calendar \(calendar) is not on this system any more: it \(advice)"
        }
    }
}
