import CaseAPI
import HTTPServer
import HTTPTypes

/// `/board/login`: a token in a form; while there is no token, a name to act as.
enum LoginPage {
    static let path = "/board/login"

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters("next", "ended")
        return view(call, next: next(call.head.parameter("next")), hasEnded: call.head.parameter("ended") != nil)
    }

    /// What names the path to which a form was sent that is kept while somebody logs in.
    private static let keptFor = "kept_for"
    /// What names who typed it.
    private static let keptBy = "kept_by"

    static func logIn(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        let next = next(form["next"])
        return .logIn(
            PageLogin(
                token: form["token"]?.trimmingWhiteSpace ?? "", name: form["name"]?.trimmingWhiteSpace,
                keptFor: form[keptFor], by: form[keptBy], in: form, done: { .seeOther(next) },
                shown: { .seeOther(KeptPage.path) },
                foreign: { foreign(next) }, lacking: { lacking(next, form, formToken: call.formToken) },
                refused: {
                    view(
                        call, next: next, problem: $0, name: form["name"] ?? "",
                        kept: keeping(form))
                }))
    }

    /// What a login has kept, for another one.
    private static func keeping(_ form: FormFields) -> [(name: String, value: String)] {
        form.kept.isEmpty ? [] : form.kept + [keptFor, keptBy].map { (name: $0, value: form[$0] ?? "") }
    }

    /// What is answered to whoever logs in with a token that may not send what they had typed: it stays in another login.
    private static func lacking(_ next: String, _ form: FormFields, formToken: String) -> Response {
        var values = values(next: next, formToken: formToken)
        values["needsToken"] = true
        values["problem"] = Notice(Texts.mayNotSend, Texts.mayNotSendHint).values
        values["kept"] = shown(keeping(form))
        return Layout(Texts.logIn).page(Templates.render("login", values))
    }

    /// What is answered to a form whose session has ended: the login, with what was typed kept in it.
    ///
    /// - Parameter next: the page of the form.
    static func keeping(_ fields: [(name: String, value: String)], of refusal: PageRefusal, next: String?) -> Response {
        var values = values(next: Self.next(next), formToken: refusal.formToken)
        values["needsToken"] = true
        values["problem"] = Notice(Texts.sessionEnded, Texts.keptHint).values
        values["kept"] = shown(
            fields + [(keptFor, refusal.head.path), (keptBy, refusal.form?.typedBy ?? "")])
        return Layout(Texts.logIn).page(Templates.render("login", values), refusal.problem.status)
    }

    /// What is answered to whoever logs in where somebody else was asked to: what that one had typed is not theirs to see.
    private static func foreign(_ next: String) -> Response {
        Layout(Texts.logIn).page(
            Templates.render(
                "done",
                [
                    "title": Texts.typedByAnother, "text": Texts.typedByAnotherHint,
                    "links": [["link": next, "name": Texts.goOn]],
                ]))
    }

    private static func shown(_ kept: [(name: String, value: String)]) -> [[String: Any]] {
        kept.map { ["name": $0.name, "value": $0.value] }
    }

    private static func values(next: String, formToken: String, name: String = "") -> [String: Any] {
        [
            "title": Texts.logIn, "path": path, "next": next, "formToken": formToken, "token": Texts.token,
            "tokenHint": Texts.tokenHint, "nameLabel": Texts.actAs, "nameHint": Texts.actAsHint,
            "protected": Texts.protectedMode, "logIn": Texts.logIn, "name": name,
        ]
    }

    static func logOut(_ call: PageCall, _ form: FormFields) throws -> PageStep { .logOut { .seeOther(path) } }

    private static func view(
        _ call: PageCall, next: String, problem: PageProblem? = nil, name: String = "", hasEnded: Bool = false,
        kept: [(name: String, value: String)] = []
    ) -> PageView {
        PageView { record in
            var values = values(next: next, formToken: call.formToken, name: name)
            values["needsToken"] = try record.hasTokens()
            values["kept"] = shown(kept)
            if let problem {
                // The API's words are for programs: they name a header field.
                let notice =
                    problem.asksWho ? Notice(Texts.notLetIn, Texts.notLetInHint) : Notice(problem, in: call.deskZone)
                values["problem"] = notice.values
            } else if hasEnded {
                values["problem"] = Notice(Texts.sessionEnded, Texts.sessionEndedHint).values
            }
            return Layout(Texts.logIn).page(Templates.render("login", values))
        }
    }

    /// The address of the login that leads on to a target; to no more than its path, where the whole would be longer than what is
    /// taken of a request's first line.
    ///
    /// - Parameter hasEnded: whether it is said that a session has ended.
    static func address(next: String?, hasEnded: Bool = false) -> String {
        func address(_ next: String?) -> String {
            Link.to(path, [("next", next), ("ended", hasEnded ? "yes" : nil)])
        }
        let whole = address(next)
        return whole.utf8.count <= longest ? whole : address(next.map { String($0.prefix { $0 != "?" }) })
    }

    private static let longest = 6 * 1024

    /// Where to go on: a page of the board, and nowhere else.
    private static func next(_ target: String?) -> String {
        target.flatMap { FormAddress.isPage($0) ? $0 : nil } ?? "/board"
    }
}

/// `/`: a browser is led to the board, and whoever else comes to the description of the API.
enum FrontDoor {
    static func open(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters()
        let isBrowser = call.head.field(.accept)?.elements.contains { $0.parts[0].isWord("text/html") } ?? false
        return PageView { _ in
            var response = Response.seeOther(isBrowser ? "/board" : "/openapi.json")
            response.headerFields[.vary] = "Accept"
            return response
        }
    }
}
