import Complaints
package import HTTPServer
package import HTTPTypes

/// What a form that was sent in leads to.
package enum PageStep: Sendable {
    /// Something is changed, by a request to the API.
    case change(PageChange)
    /// Several things are changed, each for itself, by a request to the API each.
    case changes(PageChanges)
    /// A session begins, for whoever has that token or, while there is none, gives that name.
    case logIn(PageLogin)
    /// The session of whoever asks ends.
    case logOut(@Sendable () -> Response)
    /// Nothing is changed: the page is shown, with what it says.
    case view(PageView)
}

/// What the API is asked for by a form.
package struct FormRequest: Sendable {
    let method: HTTPRequest.Method
    let path: String
    let body: JSONValue
    let idempotencyKey: String?
    let entityTag: String?

    /// - Parameters:
    ///   - path: of the API, percent-encoded.
    ///   - idempotencyKey: of the form, so that it does a thing once however often it is sent.
    ///   - entityTag: which state was seen (If-Match); nil: whatever it is.
    package init(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue = [:], idempotencyKey: String? = nil,
        ifMatch entityTag: String? = nil
    ) {
        self.method = method
        self.path = path
        self.body = body
        self.idempotencyKey = idempotencyKey
        self.entityTag = entityTag
    }
}

/// A request to the API that changes something, and what is answered to the form: its rules, conditions and faults are the
/// API's.
package struct PageChange: Sendable {
    let request: FormRequest
    let premises: [Premise]
    let asksIfTwin: Bool
    let done: @Sendable (PageAnswer) -> Response
    let refused: @Sendable (PageProblem) -> PageView

    /// - Parameters:
    ///   - premises: what must be so for it to be done.
    ///   - asksIfTwin: whether it is refused where the same was done just now by another form.
    ///   - done: what is answered once it is on disk, or was at the first time it was sent.
    ///   - refused: what is shown where it was refused, with the refusal's status.
    package init(
        _ request: FormRequest, premises: [Premise] = [], asksIfTwin: Bool = false,
        done: @escaping @Sendable (PageAnswer) -> Response, refused: @escaping @Sendable (PageProblem) -> PageView
    ) {
        self.request = request
        self.premises = premises
        self.asksIfTwin = asksIfTwin
        self.done = done
        self.refused = refused
    }
}

/// What the API answered to a change.
package struct PageAnswer: Sendable {
    let response: Response

    package var status: HTTPResponse.Status { response.status }
    /// Where what was made is.
    package var location: String? { response.headerFields[.location] }
    /// Whether it had been done before.
    package var isReplayed: Bool { response.headerFields[.idempotencyReplayed] != nil }
    /// What it says.
    package var body: JSONValue {
        guard case .bytes(let bytes) = response.body, let value = try? JSONParser.value(of: bytes) else { return .null }
        return value
    }
}

/// Several requests to the API that are made one after the other in one commit: one that is refused leaves the others as they are.
package struct PageChanges: Sendable {
    let requests: [FormRequest]
    let done: @Sendable ([Result<PageAnswer, PageProblem>]) -> Response
    let refused: @Sendable (PageProblem) -> PageView

    /// - Parameters:
    ///   - done: what is answered once what was not refused is on disk; it is told what came of each, in their order.
    ///   - refused: what is shown where none of them could be made.
    package init(
        _ requests: [FormRequest], done: @escaping @Sendable ([Result<PageAnswer, PageProblem>]) -> Response,
        refused: @escaping @Sendable (PageProblem) -> PageView
    ) {
        self.requests = requests
        self.done = done
        self.refused = refused
    }
}

/// Somebody who wants to be let in; what was kept of a form meanwhile is in the form of the login.
package struct PageLogin: Sendable {
    /// As it was typed.
    let token: String
    /// As whom they want to act; nil: as the token says.
    let name: String?
    /// A form that was sent before, and is shown once they are let in, with the path that it was sent to and the code of who typed
    /// it.
    let kept: (form: KeptForm, person: String?)?
    let done: @Sendable () -> Response
    let shown: @Sendable () -> Response
    let foreign: @Sendable () -> Response
    let lacking: @Sendable () -> Response
    let refused: @Sendable (PageProblem) -> PageView

    /// - Parameters:
    ///   - person: who typed what was kept, as `FormFields.typedBy` has it.
    ///   - shown: what is answered where they are let in, and what was kept is there to be shown: it leads to it.
    ///   - foreign: what is answered where they are let in, and what was kept is somebody else's.
    ///   - lacking: what is answered where they are let in by a token that may not send what was kept, which stays in another login.
    package init(
        token: String, name: String?, keptFor path: String? = nil, by person: String? = nil, in form: FormFields,
        done: @escaping @Sendable () -> Response, shown: @escaping @Sendable () -> Response,
        foreign: @escaping @Sendable () -> Response, lacking: @escaping @Sendable () -> Response,
        refused: @escaping @Sendable (PageProblem) -> PageView
    ) {
        kept = path.flatMap { path in form.keptForm.map { (KeptForm(path: path, fields: $0), person) } }
        self.shown = shown
        self.foreign = foreign
        self.lacking = lacking
        self.token = token
        self.name = name
        self.done = done
        self.refused = refused
    }
}
