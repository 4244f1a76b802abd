import Complaints
import Foundation
import Testing

@testable import Board
@testable import CaseAPI

@Suite("What a form says that it needs, and what it folds away")
struct FormNeedsTests {
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        let opened = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","promise":{"what":"Call","due_in":"P2D"}}"#
        )
        #expect(opened.status == 201, "\(opened.html)")
        return desk
    }

    /// The label of a field, as its page has it.
    private func label(_ page: BrowsedPage, _ name: String) -> String {
        let id = FormView.id(of: name.split(separator: "/").map(String.init))
        return page.html.components(separatedBy: "<label for=\"\(id)\">").dropFirst().first?
            .components(separatedBy: "</label>").first ?? ""
    }

    /// The parts of a page that are folded away.
    private func folded(_ page: BrowsedPage) -> String {
        page.html.matches(of: #/(?s)<details>.*?<\/details>/#).map { String($0.0) }.joined()
    }

    @Test("whatever is refused for being left out of an empty form was marked before")
    func marked() throws {
        let desk = try desk()
        var count = 0
        for isLate in [false, true] {
            if isLate { desk.advance(by: .days(3)) }
            for form in ActionForm.all where !form.isEdit {
                let isThere =
                    form.isOfPromise
                    ? form.occasion.isThere(
                        forPromise: .members([("state", isLate ? "overdue" : "open")]), me: nil)
                    : form.occasion.isThere(for: .members([("status", "open")]), isShared: false)
                guard isThere else { continue }
                let address = "/board/cases/1?form=\(form.name)\(form.isOfPromise ? "&promise=1" : "")"
                let page = try desk.get(address)
                let path = "/board/cases/1/\(form.name)"
                let refused = try desk.post(path, page.form(path))
                guard refused.status == 422 || refused.status == 409 else { continue }
                for fault in refused.html.matches(of: #/<strong class="bad" id="field-([^"]+)-fault">/#) {
                    let name = String(fault.1).replacing("-", with: "/")
                    // What is said of an object stands beside the first of its fields.
                    let group = name.split(separator: "/").dropLast().joined(separator: "/") + "/"
                    let others = form.asked.filter { group.count > 1 && $0.hasPrefix(group) }
                    let texts = ([name] + others).map { label(page, $0) }
                    // What whoever takes back a mistake too late is refused for hides what else the rules would ask of them.
                    let hidden = form.name == "void" && isLate ? [Texts.requiredThen] : []
                    let answered = [true, false].map { Texts.required(with: "The customer released us", $0) }
                    let marks = [Texts.required, Texts.oneOfThese] + answered + hidden
                    #expect(
                        texts.contains { text in marks.contains { text.contains($0) } },
                        "\(form.name): \(name) \(texts)")
                    #expect(!folded(page).contains("id=\"field-\(fault.1)\""), "\(form.name): \(name) is folded away")
                    count += 1
                }
            }
        }
        #expect(count > 20)
    }

    @Test("what a new date needs is marked: one way to say by when, and how the customer was told")
    func renegotiate() throws {
        let desk = try desk()
        #expect(try desk.openOnWeekdays().status < 300)
        let page = try desk.get("/board/cases/1?form=renegotiate&promise=1")
        for name in ["due_at", "due_in", "due_in_business", "due_on"] {
            #expect(label(page, name).contains(Texts.oneOfThese), "\(name)")
        }
        for name in ["reason", "next_step", "customer_notified/channel", "customer_notified/outcome"] {
            #expect(label(page, name).contains(Texts.required), "\(name): \(label(page, name))")
        }
        for name in ["explanation", "what", "customer_notified/at", "at"] {
            #expect(!label(page, name).isEmpty && !label(page, name).contains("("), "\(name)")
        }
        // Nobody is told of what is promised to the desk itself.
        let own = try desk.api("POST", "/v1/cases/1/promises", #"{"what":"Look","due_in":"P1D","to":"us"}"#)
        #expect(own.status == 201, "\(own.html)")
        let inner = try desk.get("/board/cases/1?form=renegotiate&promise=2")
        #expect(label(inner, "reason").contains(Texts.required))
        #expect(!label(inner, "customer_notified/channel").hasSuffix("\(Texts.required)</small>"))
    }

    @Test("what a customer has to hear is marked, where it depends on a yes or no with that, for the last promise too")
    func told() throws {
        let desk = try desk()
        for isLast in [true, false] {
            if !isLast {
                _ = try desk.api("POST", "/v1/cases/1/promises", #"{"what":"Send a washer","due_in":"P2D"}"#)
            }
            let page = try desk.get("/board/cases/1?form=withdraw&promise=1")
            let mark = Texts.required(with: "The customer released us", true)
            for name in ["customer_notified/channel", "customer_notified/outcome"] {
                #expect(label(page, name).contains(mark), "\(label(page, name))")
            }
            #expect(!label(page, "customer_notified/at").contains("("))
            #expect(label(page, "cause").contains(Texts.required(with: "The customer released us", false)))
        }
    }

    @Test("what is wrong with a promise as a whole stands beside what is promised, and seldom fields are folded away")
    func callback() throws {
        let desk = try desk()
        let page = try desk.get("/board/cases/1?form=cool-off")
        #expect(folded(page).contains("callback/kind") && !folded(page).contains("callback/what"))
        let path = "/board/cases/1/cool-off"
        #expect(try desk.post(path, page.form(path)).has("id=\"field-callback-what-fault\""))
    }

    @Test("the last promise asks for what goes on, and another one does not")
    func timeline() throws {
        let desk = try desk()
        for form in ["keep", "withdraw"] {
            let page = try desk.get("/board/cases/1?form=\(form)&promise=1")
            #expect(page.has(Texts.wantsTimeline) && !folded(page).contains("next_promise/what"), "\(form)")
        }
        _ = try desk.api("POST", "/v1/cases/1/promises", #"{"what":"Send a washer","due_in":"P2D"}"#)
        for form in ["keep", "withdraw"] {
            let page = try desk.get("/board/cases/1?form=\(form)&promise=1")
            #expect(!page.has(Texts.wantsTimeline) && folded(page).contains("next_promise/what"), "\(form)")
        }
    }

    @Test("resolving shows what is always wanted, and folds the rest away until something is in it or wrong with it")
    func resolve() throws {
        let desk = try desk()
        let page = try desk.get("/board/cases/1?form=resolve")
        for name in ["summary", "outcome_text", "customer_accepted", "outcome", "settle/0/action"] {
            #expect(page.has("name=\"\(name)\"") && !folded(page).contains("name=\"\(name)\""), "\(name)")
        }
        for name in [
            "redress/amount", "final_response/channel", "follow_up/what", "resolved_at", "settle/0/reason",
            "settle/0/kept_at",
        ] { #expect(folded(page).contains("name=\"\(name)\""), "\(name)") }
        #expect(!page.has("<details open"))
        let path = "/board/cases/1/resolve"
        let refused = try desk.post(
            path,
            page.form(path).merging(["summary": "x", "redress/amount": "10", "settle/0/action": "withdraw"]) { $1 })
        #expect(refused.status == 422, "\(refused.html)")
        for name in ["redress/amount", "settle/0/reason"] {
            #expect(!folded(refused).contains("name=\"\(name)\""), "\(name)")
        }
        #expect(folded(refused).contains("name=\"follow_up/what\""))
    }

    @Test("a summary of what is wrong says it in the words that stand beside the field")
    func summary() throws {
        let desk = try desk()
        let path = "/board/cases/1/renegotiate"
        let form = try desk.get("/board/cases/1?form=renegotiate&promise=1").form(path)
        for (name, typed, fault) in [
            ("due_in", "soon", TypingFault.noDuration), ("due_at", "tomorrow", .noInstant),
        ] {
            let page = try desk.post(path, form.merging([name: typed]) { $1 })
            let advice = ExactEscaping().escapeText(Texts.advice(for: fault, in: .utc))
            #expect(page.status == 422 && page.html.ranges(of: advice).count == 2, "\(name): \(page.html)")
            #expect(!page.has("PT2H") && !page.has("RFC 3339"), "\(name)")
        }
        let away = "/board/owners/Kim/absence"
        let refused = try desk.post(
            away, try desk.get("/board/owners/Kim").form(away).merging(["from": "2026-03-03"]) { $1 })
        #expect(refused.html.ranges(of: "role=\"alert\"").count == 1 && refused.has("href=\"#field-until\""))
    }

    @Test("what a body needs is told by its own description")
    func described() throws {
        let body = ActionForm.renegotiate.body
        #expect(body["due_in"]?.alternatives.count == 4 && body["due_in"]?.isNeeded == true)
        #expect(body["due_in"]?.isRequired == false && body["reason"]?.isRequired == true)
        #expect(
            body["customer_notified/channel"]?.need == .object
                && body["customer_notified/at"]?.need == BodyField.Need.none)
        let keep = ActionForm.keep.body
        #expect(keep["next_promise/due_on"]?.alternatives.first == "next_promise/due_at")
        #expect(keep["next_promise/due_on"]?.need == .object && keep["evidence"]?.need == BodyField.Need.none)
    }
}
