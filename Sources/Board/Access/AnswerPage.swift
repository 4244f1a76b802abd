import CaseAPI
import HTTPServer

/// `/board/answers/KEY`: what has been answered to a form with a page of its own, so that it can be gone back to.
enum AnswerPage {
    static let root = "/board/answers"

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters()
        let key = call.captured[0]
        return PageView { _ in
            call.keptAnswer(key)
                ?? Layout(Texts.answerGone, of: call).page(
                    Templates.render(
                        "done",
                        [
                            "title": Texts.answerGone, "text": Texts.answerGoneHint,
                            "links": [["link": "/board", "name": Texts.backToBoard]],
                        ]))
        }
    }
}
