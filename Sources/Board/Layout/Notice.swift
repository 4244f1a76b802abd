import CaseAPI
import Complaints

/// What was wrong with what somebody asked for, as a page says it.
struct Notice {
    private let title: String
    private let detail: String
    private let items: [Item]
    /// Whether it has the focus as its page is opened, unless what is wrong is that of a field there.
    var takesFocus = false

    /// One wrong field or parameter.
    private struct Item {
        let name: String
        let detail: String
        /// Where on the page the field stands; nil where it is not asked for there.
        var link: String?
    }

    /// - Parameters:
    ///   - zone: by whose clocks instants are told.
    ///   - labels: what the fields of the form, or the parameters of the page, are called that it is about, by their names.
    ///   - asked: these names in the order of the form: those can be gone to.
    ///   - advice: what stands beside one of them in words of the form's own; nil where the API's stand there.
    init(
        _ problem: PageProblem, in zone: Zone, labels: [String: String] = [:], asked: [String] = [],
        advising advice: (String) -> String? = { _ in nil }
    ) {
        let own = Texts.refusal(problem.code)
        let told = problem.told
        let areFields = told.contains { $0.pointer != nil }
        title = told.isEmpty || !areFields ? own?.title ?? problem.title : Texts.notRightYet
        detail =
            if told.isEmpty {
                own?.detail ?? Texts.inWords(problem.detail, in: zone, or: Texts.insteadOfAPI[problem.code])
            } else {
                areFields ? Texts.toCorrect(told.count) : Texts.wrongInAddress(told.count)
            }
        let found = told.map { item -> (place: Int, item: Item) in
            let detail = Texts.inWords(item.detail, in: zone)
            guard let pointer = item.pointer else {
                let name =
                    item.parameter.flatMap { name in labels.first { $0.key.isExactly(name) }?.value }
                    ?? Texts.parameter(item.parameter ?? "")
                return (-1, Item(name: name, detail: Texts.choosing(item.detail) ?? detail))
            }
            let name = Texts.fieldName(pointer)
            let path = name.split(separator: "/").map(String.init)
            let field = FieldFaults.fields(pointer, among: asked).first
            let place = field.flatMap { field in asked.firstIndex { $0.isExactly(field) } } ?? -1
            return (
                place,
                Item(
                    name: labels[name] ?? Texts.label(of: path), detail: field.flatMap(advice) ?? detail,
                    link: field.map { "#\(FormView.id(of: $0.split(separator: "/").map(String.init)))" })
            )
        }
        // In the order of the form; what has no field in it comes first.
        items = found.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            .map(\.element.item)
    }

    /// What is told in words of the board's own.
    init(_ title: String, _ detail: String) { (self.title, self.detail, items) = (title, detail, []) }

    /// A title as a sentence: a question is one already.
    private var sentence: String { title.utf8.last.map { "?!.".utf8.contains($0) } ?? true ? title : title + "." }

    /// For the template `notice`.
    var values: [String: Any] {
        [
            "title": sentence, "detail": detail,
            "isFocused": takesFocus && items.allSatisfy { $0.link == nil },
            "hasItems": !items.isEmpty,
            "items": items.map { item -> [String: Any] in
                var values: [String: Any] = ["name": item.name, "detail": item.detail, "place": false]
                if let link = item.link { values["place"] = ["link": link] }
                return values
            },
        ]
    }
}
