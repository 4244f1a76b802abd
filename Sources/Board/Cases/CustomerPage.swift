import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/c/SECRET`: a case as its customer may see it (T21), for whoever has the link. It is made of what programs get at the same
/// address, so it can show nothing more; it has no way into the board, and refers to nothing by its own address.
enum CustomerPage {
    static func response(_ view: SharedView) -> Response {
        var response =
            switch view.content {
            case .success(let page):
                document(CustomerContent(page, PageClock(now: view.now, zone: view.zone)).values, .ok)
            case .failure(let problem):
                document(
                    ["gone": ["title": Texts.customerGone, "hint": hint(problem)]], problem.status)
            }
        // Where somebody came from is a secret, to our own other pages too.
        response.headerFields[.referrerPolicy] = "no-referrer"
        response.headerFields[.robots] = "noindex, nofollow"
        return response
    }

    /// What is no fault of the link says what to do by itself.
    private static func hint(_ problem: PageProblem) -> String {
        problem.status == .notFound ? Texts.customerGoneHint : problem.detail
    }

    private static func document(_ values: [String: Any], _ status: HTTPResponse.Status) -> Response {
        let frame: [String: Any] = [
            "language": Texts.language, "title": Texts.customerTitle, "stylesheet": Asset.stylesheet.path,
            "script": Asset.script.path,
        ]
        return Layout.response(Templates.render("shared", values.merging(frame) { $1 }), status)
    }
}
