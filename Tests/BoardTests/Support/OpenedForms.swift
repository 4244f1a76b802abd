import Complaints
import Testing

@testable import Board

/// Every form of the registry as it is opened by its address, on a desk whose case 1 and its promise 1 are what it is for.
enum OpenedForms {
    static func each(_ look: (ActionForm, BrowsedPage) throws -> Void) throws {
        for (occasion, forms) in Dictionary(grouping: ActionForm.all, by: \.occasion) {
            let desk = try BoardDesk()
            let browser = try prepared(desk, for: occasion)
            for form in forms {
                let promise = form.isOfPromise ? "&promise=1" : ""
                try look(form, try browser.get("/board/cases/1?form=\(form.name)\(promise)"))
            }
        }
    }

    /// - Returns: the browser of whoever may send the forms.
    private static func prepared(_ desk: BoardDesk, for occasion: ActionForm.Occasion) throws -> Browser {
        func send(_ method: String, _ path: String, _ body: String = "{}") throws {
            let answer = try desk.client.send(
                method, path, ["Content-Type": "application/json", "Accept": "application/json"], Array(body.utf8))
            try #require((200..<300).contains(answer.status), "\(path): \(answer.html)")
        }
        try send("PUT", "/v1/calendars/default", CasePageDesk.weekdays)
        let regime = occasion == .underRegime ? #","regime":"fca-disp""# : ""
        try send(
            "POST", "/v1/cases",
            #"{"complaint":"It leaks.","subject":"Tap","customer":{"name":"Ann"},"owner":"Lou"\#(regime)}"#)
        let keep = "/v1/promises/1/keep"
        switch occasion {
        case .always, .whileOpen, .underRegime, .whilePromised, .whileDue: break
        case .whileOverdue: desk.clock.advance(by: .days(9))
        case .onceKept: try send("POST", keep)
        case .onceResolved, .onceOver:
            try send("POST", keep, #"{"evidence":"Called","resolve":{"summary":"Mended","customer_accepted":true}}"#)
        case .whileShared: try send("POST", "/v1/cases/1/share")
        case .whileNotAccepted:
            try send("POST", "/v1/promises/1/reassign", #"{"owner":"Kim","reason":"Away"}"#)
            return try desk.browser(as: .agent, name: "Kim's", owner: "Kim")
        }
        return desk.client
    }
}
