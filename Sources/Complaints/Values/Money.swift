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
