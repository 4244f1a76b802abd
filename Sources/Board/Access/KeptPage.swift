import CaseAPI
import HTTPServer

/// `/board/kept`: the form that was kept while its reader logged in, with what they typed. A login leads to it, so that it can be opened
/// again without a second one.
enum KeptPage {
    static let path = "/board/kept"

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters()
        return call.keptForm
            ?? PageView { _ in
                Layout(Texts.nothingKept, of: call).page(
                    Templates.render(
                        "done",
                        [
                            "title": Texts.nothingKept, "text": Texts.nothingKeptHint,
                            "links": [["link": "/board", "name": Texts.backToBoard]],
                        ]))
            }
    }
}
