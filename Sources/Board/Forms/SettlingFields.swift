import CaseAPI
import Complaints

/// What becomes of the promises that are still open as a case is resolved or left: fields of each, `settle/0/action` and so on, in the
/// order of the page. One of which nothing is said is not in the request, so the API's places are others than the form's.
struct SettlingFields {
    /// The places in the form of those that are in the request, in order.
    private let said: [Int]

    private static let list = "settle"
    /// More are settled one by one.
    static let most = 40

    private static let ifKept = ["kept_at", "evidence"]
    private static let ifWithdrawn =
        ["reason", "explanation", "customer_agreed", "cause"]
        + ["channel", "outcome", "at"].map { "customer_notified/\($0)" }

    /// Of a form that was sent.
    init(_ sent: FormFields?) {
        let places = (sent?.fields ?? []).compactMap { name, value -> Int? in
            let path = name.split(separator: "/")
            guard path.count > 2, path[0].utf8.elementsEqual(Self.list.utf8), !value.isEmpty,
                !path[2].utf8.elementsEqual("promise_id".utf8)
            else { return nil }
            return Int(path[1])
        }
        said = Set(places).sorted()
    }

    /// The body without the promises of which nothing is said.
    func said(in body: JSONValue) -> JSONValue {
        let items = body[Self.list].items.filter { $0.members.count > 1 }
        let others = body.members.filter { !$0.name.utf8.elementsEqual(Self.list.utf8) }.map {
            ($0.name.string, $0.value)
        }
        return .members(others + (items.isEmpty ? [] : [(Self.list, .array(items))]))
    }

    /// The name in the form of what the API calls by its own place.
    func name(ofSent name: String) -> String {
        var path = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard path.count > 1, path[0].utf8.elementsEqual(Self.list.utf8), let place = Int(path[1]),
            said.indices.contains(place)
        else { return name }
        path[1] = String(said[place])
        return path.joined(separator: "/")
    }

    /// The fields of a promise.
    static func group(_ promise: JSONValue, at place: Int, title: String) -> FormView.Group {
        func names(_ fields: [String]) -> [String] { fields.map { "\(list)/\(place)/\($0)" } }
        return FormView.Group(
            title: title, asked: [choice(at: place)],
            hidden: [("\(list)/\(place)/promise_id", String(promise["id"].integer ?? 0))],
            folds: [
                FormView.Fold(title: Texts.ifKept, asked: names(ifKept), named: 2),
                FormView.Fold(title: Texts.ifWithdrawn, asked: names(ifWithdrawn), named: 2),
            ], named: 2)
    }

    /// The field that says what becomes of the promise at that place.
    static func choice(at place: Int) -> String { "\(list)/\(place)/action" }
}
