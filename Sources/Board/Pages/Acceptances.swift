import CaseAPI
import Complaints
import HTTPTypes

/// All that waits for somebody's yes, taken on at once: a request to the API of each promise, with the state of it that was seen. One
/// that is refused leaves the others as they are.
enum Acceptances {
    /// What the name of a field begins with that has the state of a promise: its id follows.
    private static let prefix = "waits:"

    /// The same that has its words, for what is told of it.
    private static let words = "what:"

    /// The hidden fields of the form, of promises by their ids, with their tags and how their words begin.
    static func fields(_ waiting: [(id: Int64, tag: String?, what: String)]) -> [[String: Any]] {
        waiting.flatMap { promise -> [[String: Any]] in
            [
                ["name": "\(prefix)\(promise.id)", "value": promise.tag ?? ""],
                ["name": "\(words)\(promise.id)", "value": CaseCells.beginning(promise.what)],
            ]
        }
    }

    static func acceptAll(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        let name = call.captured[0]
        let waiting: [(id: Int64, tag: String)] = form.fields.compactMap { field in
            guard field.name.utf8.starts(with: prefix.utf8), let id = Int64(field.name.dropFirst(prefix.count)),
                id > 0
            else { return nil }
            return (id, field.value)
        }
        guard !form.isKept, !waiting.isEmpty else {
            return .view(OwnerPage.view(call, name, problem: form.keptProblem))
        }
        return .changes(
            PageChanges(
                waiting.map { id, tag in
                    FormRequest(
                        .post, "/v1/promises/\(id)/accept", idempotencyKey: form["key"].map { "\($0)-\(id)" },
                        ifMatch: tag.isEmpty ? nil : tag)
                },
                done: { answers in
                    var refused: [String] = []
                    for ((id, _), answer) in zip(waiting, answers) {
                        guard case .failure(let problem) = answer else { continue }
                        let why = Texts.refusal(problem.code)
                        refused.append(
                            Texts.notAccepted(
                                id, form["\(words)\(id)"] ?? "",
                                why?.title ?? Texts.inWords(problem.detail, in: call.deskZone)))
                    }
                    let done = answers.compactMap { try? $0.get() }
                    return DonePage(call, done).accepted(done.count, refused, at: Link.owner(name))
                },
                refused: { OwnerPage.view(call, name, problem: $0) }))
    }
}
