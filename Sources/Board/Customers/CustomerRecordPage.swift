import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/board/customers/ID`: who somebody is who complained, how to reach them, their cases, and what happened
/// with them. One form is open at a time, by the page's address. The page that a customer sees is another one (`CustomerPage`).
enum CustomerRecordPage {
    static func path(of id: Int64) -> String { "/board/customers/\(id)" }

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters("as_of", "form", "into", "cursor", "done")
        let id = try Self.id(call)
        let form = try (call.asOf == nil ? call.head.parameter("form") : nil).map { name in
            guard let form = CustomerForm.named(name) else {
                throw PageProblem.invalidParameter("form", "is no form of this page.")
            }
            return form
        }
        return view(call, id, open: form)
    }

    /// Takes one of its forms.
    static func send(_ call: PageCall, _ sent: FormFields) throws -> PageStep {
        let id = try Self.id(call)
        guard let form = CustomerForm.named(call.captured[1]) else {
            throw PageProblem.missing("form of that name")
        }
        @Sendable func shown(_ problem: PageProblem?) -> PageView {
            view(call, id, open: form, sent: SentForm(form: form, fields: sent), problem: problem)
        }
        guard !sent.isKept else { return .view(shown(sent.keptProblem)) }
        return .change(
            try form.change(
                form.path(of: String(id)), call, sent,
                done: {
                    DonePage(call, $0).response(
                        form.name, Texts.doneWithCustomer(form.name), at: path(of: id), inherited(sent, form, $0.body))
                },
                refused: { shown($0) }))
    }

    /// What was emptied and is there all the same, as it is known of somebody who is seen in this customer.
    private static func inherited(_ sent: FormFields, _ form: CustomerForm, _ customer: JSONValue) -> [String] {
        guard form.isEdit else { return [] }
        let still = customer.typed()
        let fields = form.body.all.filter { field in
            sent[BodyFields.before + field.name] != nil
                && sent.fields.contains { $0.name.isExactly(field.name) && $0.value.isEmpty }
                && !(still[field.name] ?? "").isEmpty
        }
        return fields.isEmpty ? [] : [Texts.isInherited(fields.map { Texts.label(of: $0, in: form.name) })]
    }

    private static func id(_ call: PageCall) throws -> Int64 {
        guard let id = RecordID(call.captured[0]) else { throw PageProblem.missing("customer of that id") }
        return id.value
    }

    private static func view(
        _ call: PageCall, _ id: Int64, open: CustomerForm?, sent: SentForm<CustomerForm>? = nil,
        problem: PageProblem? = nil
    ) -> PageView {
        let asOf = open == nil ? call.asOf : nil
        return PageView(asOf: asOf, bytes: 512 * 1024) { record in
            let layout = Layout(Texts.customerRecord(id), of: call, asOf: asOf)
            do {
                let content = try CustomerRecordContent(record, id, asOf: asOf)
                return layout.page(
                    Templates.render("customer", try content.values(open: open, sent: sent, problem: problem)),
                    problem?.status ?? .ok)
            } catch let other as PageProblem {
                let shown = problem ?? other
                return layout.page(
                    Templates.render(
                        "customer",
                        ["title": Texts.customerRecord(id), "problem": Notice(shown, in: call.deskZone).values]),
                    shown.status)
            }
        }
    }
}
