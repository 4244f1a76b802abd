/// Amounts added up, each currency by itself: what is in two of them has no sum.
struct MoneySums: Sendable, Hashable {
    private var sums: [Currency: Int64] = [:]

    /// Adds an amount. A sum that 64 bits can't hold stays at the most that they can.
    mutating func add(_ money: Money) {
        let (sum, isTooMuch) = sums[money.currency, default: 0].addingReportingOverflow(money.amount)
        sums[money.currency] = isTooMuch ? .max : sum
    }

    /// Adds all that another one has.
    mutating func add(_ other: MoneySums) {
        for money in other.amounts { add(money) }
    }

    /// The sum of each currency there is any of, in alphabetical order of their codes.
    var amounts: [Money] {
        sums.map { Money(amount: $0.value, currency: $0.key) }.sorted { $0.currency.code < $1.currency.code }
    }
}
