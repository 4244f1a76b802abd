import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// A form of somebody's page, an owner's or a customer's: one request to the API about that one record.
protocol RecordForm: Sendable, Equatable {
    /// What it is called in addresses.
    var name: String { get }
    var method: HTTPRequest.Method { get }
    /// The fields of the API's request.
    var body: BodyFields { get }
    /// Those that it asks for, in their order.
    var asked: [String] { get }
    /// What there is in it before anybody has typed.
    var initial: [String: String] { get }
    var button: String { get }
    /// Whether it shows what there is, and changes what was typed over.
    var isEdit: Bool { get }
}

/// A form that was sent, with what was in it.
struct SentForm<Form: RecordForm>: Sendable {
    let form: Form
    let fields: FormFields
}

extension RecordForm {
    var isEdit: Bool { false }
    var initial: [String: String] { [:] }

    /// What its fields are called, by their names.
    var labels: [String: String] {
        Dictionary(
            uniqueKeysWithValues: asked.compactMap { field in
                body[field].map { (field, Texts.label(of: $0, in: name)) }
            })
    }

    /// For the template `form`.
    ///
    /// - Parameters:
    ///   - path: of the record's page.
    ///   - there: the record, whose fields an edit shows.
    ///   - known: what is filled in besides.
    ///   - isOpened: whether its page was opened for it: then it has the focus.
    ///   - tag: which state of the record was seen, at `asOf`.
    ///   - changes: what is otherwise than it was seen, where it is.
    func content(
        at path: String, of there: JSONValue, known: [String: String] = [:], isOpened: Bool = false, formToken: String,
        tag: String?,
        asOf: Instant, sent: FormFields?,
        problem: PageProblem?, changes: ChangedSince?, zone: Zone
    ) -> [String: Any] {
        var view = FormView(
            body: body, asked: asked, values: sent.map(FormView.typed) ?? initial.merging(known) { $1 },
            hidden: [("form_token", formToken)], problem: problem, zone: zone)
        view.name = name
        view.isOpened = isOpened
        if isEdit { view.take(there, of: asked, sent: sent) }
        view.hidden.append(("key", sent?["key"] ?? FormKey.make()))
        // Whoever typed it saw the state from before they logged in.
        let kept = sent.flatMap { $0.isKept ? $0 : nil }
        if let tag = kept?["tag"] ?? tag { view.hidden.append(("tag", tag)) }
        view.hidden.append(("seen", kept?["seen"] ?? asOf.rfc3339))
        var values = view.content
        if let changes { values["changes"] = changes.values }
        values["action"] = "\(path)/\(name)"
        values["button"] = button
        return values
    }

    /// The request to the API that it stands for, from what was sent of it.
    ///
    /// - Parameters:
    ///   - path: of the API.
    ///   - premises: what must be so for it to be done, but that no name is mistyped.
    /// - Throws: `PageProblem` where a field can't be read.
    func change(
        _ path: String, _ call: PageCall, _ sent: FormFields, premises: [PageChange.Premise] = [],
        done: @escaping @Sendable (PageAnswer) -> Response,
        refused: @escaping @Sendable (PageProblem) -> PageView
    ) throws -> PageChange {
        let reading = FormReading(zone: call.deskZone, now: call.now, durations: Texts.durations)
        return PageChange(
            FormRequest(
                method, path, try isEdit ? body.edit(of: sent, reading) : body.body(of: sent, reading),
                idempotencyKey: sent["key"], ifMatch: sent["tag"]),
            premises: premises + [.names(Chooser.names(in: sent, body, of: name))], done: done, refused: refused)
    }
}
