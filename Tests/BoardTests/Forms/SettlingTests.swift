import Complaints
import Testing

@testable import Board

@Suite("What becomes of what was promised as a case is resolved")
struct SettlingTests {
    private let path = "/board/cases/1/resolve"

    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        let more = try desk.api("POST", "/v1/cases/1/promises", #"{"what":"Send a washer","due_in":"P2D"}"#)
        #expect(more.status == 201, "\(more.html)")
        return desk
    }

    private func form(_ desk: CasePageDesk) throws -> [String: String] {
        var form = try desk.get("/board/cases/1?form=resolve").form(path)
        form["summary"] = "Mended"
        form["customer_accepted"] = "true"
        return form
    }

    @Test("each open promise asks for its choice, and without it says so beside it")
    func asked() throws {
        let desk = try desk()
        let page = try desk.get("/board/cases/1?form=resolve")
        #expect(page.html.ranges(of: "<legend>").count == 2 && page.has("<legend>Send a washer, due by"))
        #expect(page.form(path)["settle/1/promise_id"] == "2")
        let refused = try desk.post(path, try form(desk))
        #expect(refused.status == 409, "\(refused.status)")
        #expect(refused.has("id=\"field-settle-0-action-fault\"") && refused.has("id=\"field-settle-1-action-fault\""))
        #expect(refused.has(Texts.toBeSettled) && refused.has(">\nMended</textarea>"))
    }

    @Test("what is wrong with one stands beside that one, whichever are left out")
    func places() throws {
        let desk = try desk()
        var form = try form(desk)
        form["settle/1/action"] = "withdraw"
        form["settle/1/customer_agreed"] = "true"
        let refused = try desk.post(path, form)
        #expect(refused.status == 422, "\(refused.status)")
        #expect(refused.has("id=\"field-settle-1-reason-fault\"") && !refused.has("id=\"field-settle-0-reason-fault\""))
        #expect(refused.has("href=\"#field-settle-1-reason\""))
    }

    @Test("one is kept and another given up in the same step")
    func settled() throws {
        let desk = try desk()
        var form = try form(desk)
        form["settle/0/action"] = "keep"
        form["settle/0/evidence"] = "Called"
        form["settle/1/action"] = "withdraw"
        form["settle/1/customer_agreed"] = "true"
        form["settle/1/reason"] = "No washer is needed"
        form["settle/1/customer_notified/channel"] = "phone"
        form["settle/1/customer_notified/outcome"] = "reached"
        let done = try desk.post(path, form)
        #expect(done.status == 303, "\(done.html)")
        let file = try desk.api("GET", "/v1/cases/1").html
        #expect(
            file.contains(#""status":"resolved""#) && file.contains(#""state":"kept""#)
                && file.contains(#""state":"withdrawn""#))
    }
}
