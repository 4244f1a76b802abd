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
        let name = call.captured[0]
        guard !form.isKept else { return .view(kept(.absence, call, form)) }
        return .change(
            try change(.absence, call, form) {
                DonePage(call, $0).response("away", Texts.done("away"), at: Link.owner(name))
            })
    }

    static func comeBack(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        let name = call.captured[0]
        return .change(
            PageChange(
                FormRequest(.delete, "/v1/owners/\(Link.encoded(name))/absence", ifMatch: form["tag"]),
                done: { DonePage(call, $0).response("back", Texts.done("back"), at: Link.owner(name)) },
                refused: { OwnerPage.view(call, name, problem: $0) }))
    }

    static func handOver(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        let name = call.captured[0]
        guard !form.isKept else { return .view(kept(.handover, call, form)) }
        // What is missing, and that it is for somebody else to say, the API says at once.
        // Whom it goes to is who was looked at: else it is looked again.
        let seen = form.isAskedAbout("to") ? form[BodyFields.sure].flatMap { GoingOver($0) } : nil
        guard seen != nil || HandoverPreview.isRefused(call, name, form) else {
            return .view(HandoverPreview.view(call, name, form))
        }
        let premise = seen.map {
            PageChange.Premise.goingOver(from: name, takesCases: HandoverPreview.takesCases(form), $0)
        }
        return .change(
            try OwnerForm.handover.change(
                path(name, .handover), call, form, premises: premise.map { [$0] } ?? [],
                done: { DonePage(call, $0).handover(from: name) },
                refused: { problem in
                    problem.code.isExactly("stale") && seen != nil
                        ? HandoverPreview.view(call, name, form, problem)
                        : OwnerPage.view(
                            call, name, problem: problem, sent: SentForm(form: .handover, fields: form))
                }))
    }

    /// Names somebody who is on record by what they had alone.
    static func name(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        let name = call.captured[0]
        return .change(
            PageChange(
                FormRequest(.post, "/v1/owners", ["name": .string(name)], idempotencyKey: form["key"]),
                done: { DonePage(call, $0).response("named", Texts.done("named"), at: Link.owner(name)) },
                refused: { OwnerPage.view(call, name, problem: $0) }))
    }

    private static func path(_ name: String, _ owned: OwnerForm) -> String {
        "/v1/owners/\(Link.encoded(name))/\(owned.rawValue)"
    }

    /// A form as it was typed before a login; it is not sent.
    private static func kept(_ owned: OwnerForm, _ call: PageCall, _ form: FormFields) -> PageView {
        OwnerPage.view(
            call, call.captured[0], problem: form.keptProblem, sent: SentForm(form: owned, fields: form))
    }

    private static func change(
        _ owned: OwnerForm, _ call: PageCall, _ form: FormFields, _ done: @escaping @Sendable (PageAnswer) -> Response
    ) throws -> PageChange {
        let name = call.captured[0]
        return try owned.change(
            path(name, owned), call, form, done: done,
            refused: { OwnerPage.view(call, name, problem: $0, sent: SentForm(form: owned, fields: form)) })
    }

    /// Says yes or no to a promise.
    private static func answer(
        _ action: String, _ body: JSONValue, _ call: PageCall, _ form: FormFields
    ) throws -> PageStep {
        let id = call.captured[0]
        guard RecordID(id) != nil else {
            throw PageProblem.missing("promise of that id")
        }
        let name = form["owner"] ?? call.visitor?.me ?? ""
        return .change(
            PageChange(
                FormRequest(
                    .post, "/v1/promises/\(id)/\(action)", body, idempotencyKey: form["key"], ifMatch: form["tag"]),
                done: { DonePage(call, $0).response(action, Texts.done(action), at: Link.owner(name)) },
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
