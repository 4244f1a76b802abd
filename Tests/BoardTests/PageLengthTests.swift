import CaseStore
import Complaints
import Testing

@testable import Board

@Suite("How long pages are")
struct PageLengthTests {
    @Test("the first page of a desk with 200 overdue is below 50 KiB, whoever looks, and has all that it says it has")
    func today() throws {
        let desk = try BoardDesk()
        // As long as most names, numbers and promises are, with a team of thirty.
        for number in 0..<200 {
            try desk.store.write { transaction in
                var request = CaseRequest(
                    complaint:
                        "The kettle came back broken again, and nobody answered the phone for two days although a call was promised.",
                    customer: .new(
                        CustomerFields(
                            name: "Ida Kern-Lindqvist", email: "ida@example.com", phone: "+49 30 12345 \(number)")))
                request.fields.owner = "Owner Number \(number % 30)"
                request.fields.subject = "Broken kettle, and nobody calls back \(number)"
                request.fields.mood = .upset
                _ = try transaction.openCase(Incoming(request), by: Actor(name: "Lou", role: .admin))
            }
        }
        desk.clock.advance(by: .days(40))
        let browser = try desk.browser(as: .admin, name: "Somebody with a Long Name")
        let page = try browser.get("/board")
        #expect(page.status == 200)
        #expect(page.html.utf8.count < 50 * 1024, "\(page.html.utf8.count)")
        #expect(page.has("<strong>200</strong>"))
        let rows = page.html.ranges(of: "<tr").count
        #expect(rows > 60, "\(rows)")
    }
}
