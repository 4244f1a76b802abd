import CaseAPI
import Complaints
import HTTPServer

/// What is answered to a form once it has been done: its page again, by another address, so that a reload does not send it a
/// second time. Where the API has told something that would be lost on the way, such as a name that looks mistyped, it is a page of
/// its own that says it: to send that again does nothing again either, as the form has a key.
struct DonePage {
    private let call: PageCall
    private let answers: [JSONValue]

    /// How many warnings it shows.
    private static let mostWarnings = 50

    init(_ call: PageCall, _ answer: PageAnswer) { self.init(call, [answer]) }

    /// Of several requests.
    init(_ call: PageCall, _ answers: [PageAnswer]) {
        self.call = call
        self.answers = answers.map(\.body)
    }

    /// What the API answered, where it was one request.
    private var body: JSONValue { answers.first ?? .null }

    /// - Parameters:
    ///   - word: what was done, as the address of the next page says it.
    ///   - text: the same in words.
    ///   - path: of the next page.
    ///   - notices: what there is to say besides.
    func response(_ word: String, _ text: String?, at path: String, _ notices: [String] = []) -> Response {
        let next = Link.to(path, [("done", call.flash(word, at: path))])
        let warnings = warnings
        guard !warnings.isEmpty || !notices.isEmpty else { return .seeOther(next) }
        var values: [String: Any] = ["text": text ?? Texts.done, "links": [["link": path, "name": Texts.goOn]]]
        if !notices.isEmpty { values["notice"] = notices.joined(separator: " ") }
        return page(values, warnings)
    }

    /// The link that was made for a customer: its secret stands in this answer alone.
    func shared(at path: String) -> Response {
        guard let link = body["url"].text else {
            return page(["text": Texts.sharedBefore, "links": [["link": path, "name": Texts.goOn]]], [])
        }
        let values: [String: Any] = [
            "text": Texts.shared,
            "shared": [
                "address": link, "copy": Texts.copyLink, "copied": Texts.linkCopied,
                // Nobody said where the desk is found, and a request can say anything of that; a browser knows.
                "origin": call.head.links.origin == nil ? Texts.sharedWithoutOrigin as Any : false,
            ] as [String: Any],
            "links": [["link": path, "name": Texts.goOn]],
        ]
        return page(values, warnings)
    }

    /// What somebody has handed over, and to whom.
    ///
    /// - Parameter from: whose page the form stood on.
    func handover(from: String) -> Response {
        let to = body["to"].text ?? ""
        var values: [String: Any] = [
            "text": Texts.handedOver(
                promises: body["promises"].items.count, cases: body["case_ids"].items.count,
                from: body["from"].text ?? from, to: to),
            "links": [["link": Link.owner(to), "name": Texts.pageOf(to)]],
        ]
        let left = (body["remaining"]["promises"].integer ?? 0) + (body["remaining"]["cases"].integer ?? 0)
        let notices = [left > 0 ? Texts.moreToHandOver : nil, body["notice"].text].compactMap(\.self)
        if !notices.isEmpty { values["notice"] = notices.joined(separator: " ") }
        return page(values, warnings)
    }

    /// How many promises were taken on, and which were not.
    ///
    /// - Parameter refused: of each of these, why.
    func accepted(_ count: Int, _ refused: [String], at path: String) -> Response {
        guard !refused.isEmpty else {
            return response("\(Self.acceptedWord)\(count)", Texts.acceptedAll(count), at: path)
        }
        return page(
            [
                "text": Texts.accepted(count, of: count + refused.count),
                "links": [["link": path, "name": Texts.goOn]],
            ], refused + warnings)
    }

    /// What of the next page's address says how many were taken on.
    static let acceptedWord = "accepted-"

    private func page(_ values: [String: Any], _ warnings: [String]) -> Response {
        var values = values
        values["title"] = Texts.done
        values["warningsTitle"] = Texts.lookAgain
        values["hasWarnings"] = !warnings.isEmpty
        values["warnings"] = warnings.prefix(Self.mostWarnings).map { ["text": $0] }
        if warnings.count > Self.mostWarnings {
            values["more"] = Texts.moreWarnings(warnings.count - Self.mostWarnings)
        }
        return Layout(Texts.done, of: call).page(Templates.render("done", values))
    }

    /// What the API warns of, each once, wherever in its answer it stands.
    private var warnings: [String] {
        var (found, seen): ([String], Set<ExactText>) = ([], [])
        func look(_ value: JSONValue) {
            switch value {
            case .null, .boolean, .integer, .fraction, .string: return
            case .array(let items): items.forEach(look)
            case .object(let members):
                for member in members {
                    guard member.name == Self.name else {
                        look(member.value)
                        continue
                    }
                    for text in member.value.items.compactMap({ $0["detail"].text })
                    where seen.insert(ExactText(text)).inserted {
                        found.append(Texts.inWords(text, in: call.deskZone))
                    }
                }
            }
        }
        answers.forEach(look)
        return found
    }

    private static let name = ExactText("warnings")
}
