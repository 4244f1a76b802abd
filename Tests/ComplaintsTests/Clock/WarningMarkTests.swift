import Testing

@testable import Complaints

@Suite("When a policy has owners warned")
struct WarningMarkTests {
    @Test(
        "is so long before the due instant, or once so much of the time has passed",
        arguments: [
            ("PT8H", "PT8H"), ("P1D", "P1D"), ("PT60M", "PT1H"), ("P1W", "P7D"), ("1%", "1%"), ("75%", "75%"),
            ("99%", "99%"),
        ])
    func read(text: String, kept: String) throws {
        #expect(try TextRule.warningMark.checked(" \(text) ") == kept)
        #expect(try WarningMark(text).text == kept)
    }

    @Test(
        "is nothing else",
        arguments: [
            ("0%", FieldIssue.Code.invalidValue), ("100%", .invalidValue), ("05%", .invalidValue), ("%", .invalidValue),
            ("-5%", .invalidValue), ("7.5%", .invalidValue), ("75", .invalidValue), ("8 hours", .invalidValue),
            ("-PT8H", .invalidValue), ("P1M", .invalidValue), ("PT0S", .outOfRange), ("P3651D", .outOfRange),
        ])
    func refused(text: String, code: FieldIssue.Code) {
        let fault = #expect(throws: FieldFault.self) { try TextRule.warningMark.checked(text) }
        #expect(fault?.code == code, "\(text)")
    }

    @Test("lies in the time of a promise, also where it is promised for sooner than the lead is long")
    func instants() throws {
        let due = Desk.morning + .hours(8)
        for (text, hours) in [("PT2H", 6), ("PT7H", 1), ("PT8H", 6), ("P9D", 6), ("25%", 2), ("75%", 6)]
            as [(String, Int64)]
        {
            #expect(
                try WarningMark(text).instant(from: Desk.morning, due: due) == Desk.morning + .hours(hours), "\(text)")
        }
    }
}
