public import Complaints

extension FieldType {
    /// A value of the type that no record has by default; another number gives another one. Of a flag there are but two: of 2 it
    /// is true.
    public func sample(_ number: Int) -> EditedValue {
        switch self {
        case .text(let rule) where rule.isRegime: .text(Self.regimes[number % 2])
        case .text(let rule): .text(rule.isLanguage ? "de-x-sample\(number)" : "Sample \(number)")
        case .texts(let rule, _) where rule.isRegime:
            .texts(number.isMultiple(of: 2) ? [Self.regimes[0]] : Self.regimes)
        case .texts(let rule, _) where rule.isWarningMark: .texts(["\(number * 10)%", "PT\(number)H"])
        case .texts(let rule, _) where rule.isLadderStep:
            .texts(["-PT\(number)H owner", "P\(number)D in_business manager"])
        case .texts: .texts(["sample \(number)", "another"])
        case .word(let type): .text(Self.words(type)[number + 1])
        // In the order of the closed set, as they are kept.
        case .words(let type): .texts(number.isMultiple(of: 2) ? [Self.words(type)[1]] : Self.words(type))
        case .instant: .instant(Instant(milliseconds: 1_900_000_000_000 + Int64(number) * 1000))
        case .span: .span(.hours(240 + Int64(number)))
        case .businessSpan: .businessSpan(BusinessSpan(days: number, time: .hours(5)))
        case .integer(let bounds): .integer(bounds.lowerBound + 20 + Int64(number))
        case .amount: .integer(700 + Int64(number))
        case .currency: .currency(Currency(number.isMultiple(of: 2) ? "EUR" : "GBP") ?? .usDollar)
        case .flag: .flag(number == 2)
        case .zone: .text(number.isMultiple(of: 2) ? "Europe/Berlin" : "Asia/Singapore")
        case .estimate: .estimate(Estimate(from: .after(.days(Int64(number))), to: .after(.days(9))))
        }
    }

    /// Of those that come with the service.
    private static let regimes = ["fca-disp", "housing-ombudsman"]

    private static func words<Word: Vocabulary>(_ type: Word.Type) -> [String] { Word.allCases.map(\.rawValue) }
}

extension EditedRecord {
    /// The record with a value of that number in every field.
    public func filled(_ number: Int) -> Self {
        Edit { .some($0.type.sample(number)) }.applied(to: self)
    }
}
