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

    /// Those that it asks for.
    var asked: [String] {
        switch self {
        case .absence: ["from", "until", "stand_in"]
        case .handover: ["to", "reason", "cases"]
        }
    }

    /// What these are called, by their names.
    var labels: [String: String] {
        Dictionary(
            uniqueKeysWithValues: asked.compactMap { name in
                body[name].map { (name, Texts.label(of: $0, in: rawValue)) }
            })
    }

    private var button: String {
        switch self {
        case .absence: Texts.leave
        case .handover: Texts.handOver
        }
    }

    /// For the template `form`. What is wrong as a whole stands at the head of the page, and what is wrong with a field beside it.
    ///
    /// - Parameters:
    ///   - path: of the owner's page.
    ///   - tag: which state of the owner was seen, at `asOf`.
    ///   - changes: what is otherwise than it was seen, where it is.
    func content(
        at path: String, formToken: String, tag: String?, asOf: Instant, sent: FormFields?, problem: PageProblem?,
        changes: ChangedSince?, zone: Zone
    ) -> [String: Any] {
        var view = FormView(
            body: body, asked: asked, values: sent.map(FormView.typed) ?? ["cases": "true"],
            hidden: [("form_token", formToken)], problem: problem, zone: zone)
        view.name = rawValue
        view.hidden.append(("key", sent?["key"] ?? FormKey.make()))
        // Whoever typed it saw the state from before they logged in.
        let kept = sent.flatMap { $0.isKept ? $0 : nil }
        if let tag = kept?["tag"] ?? tag { view.hidden.append(("tag", tag)) }
        view.hidden.append(("seen", kept?["seen"] ?? asOf.rfc3339))
        var values = view.content
        values["problem"] = false
        if let changes { values["changes"] = changes.values }
        values["action"] = "\(path)/\(rawValue)"
        values["button"] = button
        return values
    }
}
