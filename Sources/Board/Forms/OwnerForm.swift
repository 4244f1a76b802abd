import CaseAPI
import Complaints
import HTTPTypes

/// A form of an owner's page with fields to fill in: one request to the API each.
enum OwnerForm: String, Sendable {
    case absence
    case handover

    /// One that was sent, with what was in it.
    struct Sent: Sendable {
        let form: OwnerForm
        let fields: FormFields
    }

    var method: HTTPRequest.Method {
        switch self {
        case .absence: .put
        case .handover: .post
        }
    }

    /// The fields of the API's request.
    var body: BodyFields {
        switch self {
        case .absence: Self.absenceBody
        case .handover: Self.handoverBody
        }
    }

    private static let absenceBody = BodyFields(.put, "/v1/owners/{name}/absence")
    private static let handoverBody = BodyFields(.post, "/v1/owners/{name}/handover")

    /// Those that it asks for, with what they are called.
    private var asked: [(name: String, label: String)] {
        switch self {
        case .absence: [("from", Texts.from), ("until", Texts.until), ("stand_in", Texts.standIn)]
        case .handover: [("to", Texts.handoverTo), ("reason", Texts.reason), ("cases", Texts.handoverCases)]
        }
    }

    private var button: String {
        switch self {
        case .absence: Texts.leave
        case .handover: Texts.handOver
        }
    }

    /// For the template `form`. What is wrong as a whole stands at the head of the page, and what is wrong with a field beside it.
    ///
    /// - Parameter path: of the owner's page.
    func content(
        at path: String, formToken: String, sent: FormFields?, problem: PageProblem?, zone: Zone
    ) -> [String: Any] {
        var view = FormView(
            body: body, asked: asked.map(\.name), values: sent.map(FormView.typed) ?? ["cases": "true"],
            hidden: [("form_token", formToken)], problem: problem, zone: zone)
        // To write down one absence twice is to write it down once.
        if method == .post { view.hidden.append(("key", sent?["key"] ?? FormKey.make())) }
        view.labels = Dictionary(uniqueKeysWithValues: asked.map { ($0.name, $0.label) })
        var values = view.content
        values["problem"] = false
        values["action"] = "\(path)/\(rawValue)"
        values["button"] = button
        return values
    }
}
