import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/board/cases/ID`: the complaint as it was said, what was promised as lines in time, what to do next with its form filled in, what
/// happened, and the forms of what is done with a case. One form is open at a time, by the page's address, so that a link leads to it
/// and a refused one comes back with what was typed.
enum CasePage {
    static func path(of id: String) -> String { "/board/cases/\(id)" }

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters("as_of", "form", "promise", step, "done")
        let id = try Self.id(call)
        // What was has no forms.
        let open = try (call.asOf == nil ? call.head.parameter("form") : nil).map { name in
            guard let form = ActionForm.named(name) else {
                throw PageProblem.invalidParameter("form", "is no form of this page.")
            }
            return OpenForm(
                form: form, promise: call.head.parameter("promise"),
                step: call.head.parameter(step).flatMap { Int($0) })
        }
        return view(call, id, open)
    }

    /// Takes one of its forms.
    static func send(_ call: PageCall, _ sent: FormFields) throws -> PageStep {
        let id = try Self.id(call)
        guard let form = ActionForm.named(call.captured[1]) else {
            throw PageProblem.missing("form of that name")
        }
        let promise = sent["promise"]
        guard !form.isOfPromise || promise.flatMap(RecordID.init) != nil else {
            throw PageProblem.missing("promise of that id")
        }
        @Sendable func shown(_ problem: PageProblem?) -> PageView {
            view(call, id, OpenForm(form: form, promise: promise, sent: sent, problem: problem))
        }
        guard !sent.isKept else { return .view(shown(sent.keptProblem)) }
        guard let zone = call.zone(of: sent) else {
            return .view(shown(.unreadable(Texts.unknownZone(sent[BodyFields.zone] ?? ""))))
        }
        let reading = FormReading(zone: zone, now: call.now, durations: Texts.durations)
        var body = try form.isEdit ? form.body.edit(of: sent, reading) : form.body.body(of: sent, reading)
        if form.settles { body = SettlingFields(sent).said(in: body) }
        return .change(
            PageChange(
                FormRequest(
                    form.method, form.path(of: form.isOfPromise ? promise ?? "" : id),
                    form.fixed.reduce(body) { $0.setting($1.name, .string($1.value)) }, idempotencyKey: sent["key"],
                    ifMatch: sent["tag"]),
                premises: (form.isOfPromise ? promise.map { [.promise($0, ofCase: id)] } ?? [] : [])
                    + [.names(Chooser.names(in: sent, form.body, of: form.name))],
                asksIfTwin: sent[meantTwice] == nil,
                done: { done(form, at: path(of: id), DonePage(call, $0)) }, refused: { shown($0) }))
    }

    /// What names the step of guidance that a form is opened for, by its place.
    static let step = "step"

    /// What a form says that does what was done just now, and is meant so.
    static let meantTwice = "same"

    private static func done(_ form: ActionForm, at path: String, _ page: DonePage) -> Response {
        form.name.utf8.elementsEqual("share".utf8)
            ? page.shared(at: path) : page.response(form.name, Texts.doneWithCase(form.name), at: path)
    }

    private static func id(_ call: PageCall) throws -> String {
        guard RecordID(call.captured[0]) != nil else { throw PageProblem.missing("case of that id") }
        return call.captured[0]
    }

    /// A form that is open on the page, with what was sent of it, if it was.
    struct OpenForm: Sendable {
        let form: ActionForm
        var promise: String?
        var step: Int?
        var sent: FormFields?
        var problem: PageProblem?
    }

    private static func view(_ call: PageCall, _ id: String, _ open: OpenForm?) -> PageView {
        let asOf = open == nil ? call.asOf : nil
        return PageView(asOf: asOf, bytes: 512 * 1024) { record in
            let title = Texts.customerCase(Int64(id) ?? 0)
            let layout = Layout(title, of: call, asOf: asOf)
            do {
                let content = try CaseContent(record, id, open, asOf: asOf)
                var named = layout
                named.title = Texts.tab(title, of: content.file["customer"]["name"].text)
                return named.page(
                    Templates.render("case", try content.values()), open?.problem?.status ?? .ok)
            } catch let problem as PageProblem {
                let shown = open?.problem ?? problem
                return layout.page(
                    Templates.render("case", ["title": title, "problem": Notice(shown, in: call.deskZone).values]),
                    shown.status)
            }
        }
    }
}
