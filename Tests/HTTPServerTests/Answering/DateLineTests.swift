import Testing

@testable import HTTPServer

@Suite("The Date line")
struct DateLineTests {
    @Test(
        "is an IMF-fixdate",
        arguments: [(784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT")])
    func formats(_ seconds: Int, text: String) {
        #expect(DateLine.format(seconds) == text)
    }

    @Test("is there once it was updated")
    func updates() {
        var line = DateLine()
        line.update()
        let text = String(decoding: line.bytes, as: UTF8.self)
        #expect(text.hasPrefix("Date: ") && text.hasSuffix(" GMT\r\n"))
    }
}
