/// An amount of money: whole minor units of a currency, such as cents.
public struct Money: Sendable, Hashable {
    /// In minor units; never negative.
    public var amount: Int64
    /// Which currency's.
    public var currency: Currency

    /// So many minor units of a currency.
    public init(amount: Int64, currency: Currency) {
        self.amount = amount
        self.currency = currency
    }
}

extension Money {
    /// As people write it: `15.50 EUR`, `1500 JPY`.
    public var words: String {
        let digits = currency.minorDigits
        guard digits > 0 else { return "\(amount) \(currency.code)" }
        let scale = (0..<digits).reduce(Int64(1)) { scale, _ in scale * 10 }
        let rest = String(amount % scale)
        return "\(amount / scale).\(String(repeating: "0", count: digits - rest.utf8.count))\(rest) \(currency.code)"
    }
}
