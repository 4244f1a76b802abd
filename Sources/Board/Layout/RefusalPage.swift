import CaseAPI
import HTTPServer
import HTTPTypes

/// What somebody sees instead of a page: that they have to log in, or what went wrong and what to do.
enum RefusalPage {
    static func response(_ refusal: PageRefusal) -> Response {
        let (problem, head) = (refusal.problem, refusal.head)
        let isSafe = head.method == .get || head.method == .head
        if isSafe, problem.isOfMethod, let page = FormAddress.page(of: head.path) { return .seeOther(page) }
        guard problem.asksWho else {
            return Layout(title(problem)).page(content(refusal), problem.status)
        }
        // A browser that follows a link from elsewhere keeps the cookie back: it is asked to come again from here.
        if isSafe, head.comesFromElsewhere {
            return Layout.response(
                Templates.render("again", ["target": head.target, "title": Texts.serviceName, "go": Texts.goOn]), .ok)
        }
        let next = isSafe ? head.target : FormAddress.page(ofSent: head)
        let kept = refusal.form?.keeping ?? []
        guard kept.isEmpty else { return LoginPage.keeping(kept, of: refusal, next: next) }
        return .seeOther(LoginPage.address(next: next, hasEnded: !isSafe))
    }

    private static func title(_ problem: PageProblem) -> String { Texts.refusal(problem.code)?.title ?? problem.title }

    private static func content(_ refusal: PageRefusal) -> String {
        let problem = refusal.problem
        return Templates.render(
            "refusal",
            [
                "title": title(problem), "problem": Notice(problem, in: refusal.zone).values,
                "requestID": refusal.head.id,
                "request": Texts.requestID, "back": Texts.backToBoard,
            ])
    }
}
