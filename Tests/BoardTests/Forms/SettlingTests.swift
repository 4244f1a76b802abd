import Complaints
import Testing

@testable import Board
@testable import CaseAPI

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

    @Test("what is left out of fields and of promises is said at once")
    func atOnce() throws {
        let desk = try desk()
        var form = try form(desk)
        form["customer_accepted"] = ""
        let page = try desk.post(path, form)
        #expect(page.status == 422 && page.has("id=\"field-customer_accepted-fault\""), "\(page.html)")
        #expect(page.has("id=\"field-settle-0-action-fault\"") && page.has("id=\"field-settle-1-action-fault\""))
    }

    @Test("what is to be left out as a whole lacks nothing")
    func contradiction() throws {
        let desk = try desk()
        let path = "/board/cases/1/keep"
        var form = try desk.get("/board/cases/1?form=keep&promise=1").form(path)
        form.merge(["next_promise/what": "Call", "next_promise/due_in": "2 days", "resolve/summary": "Done"]) { $1 }
        let page = try desk.post(path, form)
        #expect(page.status == 422 && page.has("must be left out beside"), "\(page.html)")
        #expect(!page.has("must be given"), "\(page.html)")
    }

    @Test("one that is past its date says that it is broken if it is withdrawn, and a withdrawal itself does, too")
    func late() throws {
        let desk = try desk()
        #expect(try !desk.get("/board/cases/1?form=resolve").has(Texts.settledLate))
        #expect(try desk.get("/board/cases/1?form=withdraw&promise=2").has(Texts.withdrawnInTime.prefix(12) + ""))
        desk.advance(by: .days(3))
        #expect(try desk.get("/board/cases/1?form=resolve").html.ranges(of: Texts.settledLate).count == 2)
        #expect(try desk.get("/board/cases/1?form=withdraw&promise=2").has(Texts.withdrawnLate))
        #expect(try !desk.get("/board/cases/1?form=keep&promise=2").has(Texts.withdrawnLate))
    }

    @Test("more than a form has are told of, with how to go on")
    func many() throws {
        let desk = try desk()
        for number in 0..<SettlingFields.most {
            let more = try desk.api("POST", "/v1/cases/1/promises", #"{"what":"Step \#(number)","due_in":"P2D"}"#)
            #expect(more.status == 201, "\(more.html)")
        }
        let page = try desk.get("/board/cases/1?form=resolve")
        #expect(page.html.ranges(of: "<legend>").count == SettlingFields.most)
        #expect(page.has("\(SettlingFields.most + 2) promises of the case are open"), "\(page.html.prefix(9000))")
        #expect(try !desk.get("/board/cases/1?form=note").has("promises of the case are open"))
    }

    @Test("to withdraw is called so wherever the board names it")
    func word() {
        #expect(Texts.action(ActionForm.withdraw.name) == "Withdraw")
        #expect(Texts.doneWords[ActionForm.withdraw.name]?.contains("withdrawn") == true)
        #expect(Texts.state(PromiseState.withdrawn.rawValue) == "withdrawn")
        #expect(Texts.word(LogKind.promiseWithdrawn.rawValue) == "promise withdrawn")
        guard let field = ActionForm.resolve.body["settle/0/action"], case .words(let choices) = field.kind else {
            Issue.record("resolving asks what becomes of each")
            return
        }
        #expect(choices.map(Texts.word).contains("withdraw"))
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
