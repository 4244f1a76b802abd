import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// The forms of an owner's page: each is one request to the API.
enum OwnerForms {
    static func accept(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        try answer("accept", [:], call, form)
    }

    static func decline(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        try answer("decline", body(form, "reason"), call, form)
    }

    static func leave(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        .change(change(.put, "absence", body(form, "from", "until", "stand_in"), "away", call, form))
    }

    static func comeBack(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        .change(change(.delete, "absence", [:], "back", call, form))
    }

    static func handOver(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        let request = body(form, "to", "reason").setting("cases", .boolean(form["cases"] != nil))
        // Who has nothing left, and never was named as an owner, has no page any more: what it went to has.
        return .change(
            change(.post, "handover", request, "handover", call, form, shown: form["to"] ?? call.captured[0]))
    }

    private static func change(
        _ method: HTTPRequest.Method, _ action: String, _ body: JSONValue, _ done: String, _ call: PageCall,
        _ form: FormFields, shown owner: String? = nil
    ) -> PageChange {
        let name = call.captured[0]
        let shown = owner.map { $0.isExactly("me") ? "/board/me" : Link.owner($0) } ?? Link.owner(name)
        return PageChange(
            method, "/v1/owners/\(Link.encoded(name))/\(action)", body, idempotencyKey: form["key"],
            done: { _ in .seeOther(Link.to(shown, [("done", done)])) },
            refused: { OwnerPage.view(call, name, problem: $0) })
    }

    /// Says yes or no to a promise.
    private static func answer(
        _ action: String, _ body: JSONValue, _ call: PageCall, _ form: FormFields
    ) throws -> PageStep {
        let id = call.captured[0]
        guard id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw PageProblem.missing("promise of that id")
        }
        let name = form["owner"] ?? call.visitor?.me ?? ""
        return .change(
            PageChange(
                .post, "/v1/promises/\(id)/\(action)", body, idempotencyKey: form["key"],
                done: { _ in .seeOther(Link.to(Link.owner(name), [("done", action)])) },
                refused: { OwnerPage.view(call, name, problem: $0) }))
    }

    /// The fields of these names that somebody filled in, as texts.
    private static func body(_ form: FormFields, _ names: String...) -> JSONValue {
        .members(names.compactMap { name in form[name].map { (name, JSONValue.string($0)) } })
    }
}

/// A form's own key, by which a second sending of it is known for one (Idempotency-Key).
enum FormKey {
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in String(random.next() as UInt64, radix: 36) }.joined(separator: "-")
    }
}
