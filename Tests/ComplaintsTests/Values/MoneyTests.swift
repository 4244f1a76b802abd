import Complaints
import Testing

@Suite("Money")
struct MoneyTests {
    @Test(
        "is written with the digits that its currency has",
        arguments: [
            (Int64(1550), "EUR", "15.50 EUR"), (5, "USD", "0.05 USD"), (0, "GBP", "0.00 GBP"),
            (1500, "JPY", "1500 JPY"),
            (1500, "KWD", "1.500 KWD"), (12_345, "CLF", "1.2345 CLF"), (.max, "EUR", "92233720368547758.07 EUR"),
        ])
    func words(amount: Int64, code: String, words: String) throws {
        let currency = try #require(Currency(code))
        #expect(Money(amount: amount, currency: currency).words == words)
    }
}
