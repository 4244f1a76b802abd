import Testing

@testable import casekeeper

@Suite("A rate as an option")
struct RateOptionTests {
    @Test(
        "is a number a second, a minute or an hour",
        arguments: [
            ("50", 50, 1), ("50/s", 50, 1), ("600/m", 600, 60), ("1000/h", 1000, 3600), ("0", 0, 1), ("0/h", 0, 3600),
            ("1000000", 1_000_000, 1),
        ])
    func rates(text: String, requests: Int, seconds: Int) throws {
        let rate = try #require(RateOption(text))
        #expect(rate.requests == requests)
        #expect(rate.seconds == seconds)
        #expect(RateOption(rate.text)?.requests == requests)
    }

    @Test("is nothing else", arguments: ["", "/s", "5/", "5/d", "-1", "+5", "1.5", "5/s/m", "1000001", "5 /s", "many"])
    func none(text: String) {
        #expect(RateOption(text) == nil)
    }
}
