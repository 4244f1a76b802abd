import CaseAPI
import Complaints

/// A kind of name that fields suggest: a list of those that are on record. Any other can be typed; what comes of that, the API says.
enum Chooser: String, CaseIterable, Sendable {
    case owner
    case team
    case category
    case regime

    /// How many names a list has at most.
    static let most = 200
    /// How many of the latest cases are looked at for names that nothing lists.
    private static let latestCases = "100"

    /// What a field suggests; nil for one that suggests nothing.
    ///
    /// - Parameter form: the name of its form.
    init?(_ field: BodyField, in form: String) {
        guard case .line = field.kind, let leaf = field.path.last else { return nil }
        switch leaf {
        case "owner", "supervisor", "stand_in", "with", "thanked": self = .owner
        case "to": self = .owner
        case "team": self = .team
        case "category": self = .category
        case "regime": self = .regime
        default: return nil
        }
    }

    /// As what a name of its kind is looked up, where it may be mistyped; nil where any name is as good.
    private var typed: TypedName.Kind? {
        switch self {
        case .owner: .owner
        case .team: .team
        case .category, .regime: nil
        }
    }

    /// The names in a form that may be mistyped: not what was there before, nor what its sender was asked about and has left so.
    static func names(in sent: FormFields, _ body: BodyFields, of form: String) -> [TypedName] {
        sent.fields.compactMap { name, value in
            guard let field = body[name], let kind = Chooser(field, in: form)?.typed, !ExactText(value).isBlank,
                !(sent[BodyFields.before + name].map { $0.isExactly(value) } ?? false), !sent.isAskedAbout(name)
            else { return nil }
            return TypedName(name, value.trimmingWhiteSpace, kind)
        }
    }

    /// What its list is called on a page.
    var list: String { "known-\(rawValue)" }

    /// The lists of these as HTML.
    ///
    /// - Throws: errors of the store.
    static func html(_ choosers: [Chooser], _ record: PageRecord) throws -> String {
        try choosers.map { chooser in
            // Of the record alone, and so the same for everybody, until something changes.
            let html = try record.kept("chooser \(chooser.rawValue)") {
                let names = try chooser.names(record).map { ["name": $0] }
                return Array(Templates.render("chooser", ["list": chooser.list, "names": names]).utf8)
            }
            return String(decoding: html, as: UTF8.self)
        }.joined()
    }

    /// The names, in their order.
    private func names(_ record: PageRecord) throws -> [String] {
        func read(_ path: String, _ query: (name: String, value: String?)...) throws -> [JSONValue] {
            try record.unlessRefused { try record.get(path, query) }?["items"].items ?? []
        }
        let limit = (name: "limit", value: String?.some(String(Self.most)))
        func owners(_ fields: String) throws -> [JSONValue] { try read("/v1/owners", limit, ("fields", fields)) }
        func latest(_ field: String) throws -> [JSONValue] {
            try read("/v1/cases", ("sort", "-opened_at"), ("limit", Self.latestCases), ("fields", field))
        }
        func policies(_ field: String) throws -> [JSONValue] {
            try read("/v1/policies", limit, ("fields", "match")).flatMap { $0["match"][field].items }
        }
        let found: [String?]
        switch self {
        case .owner: found = try owners("name,active").filter { $0["active"].isTrue }.map { $0["name"].text }
        case .team:
            found =
                try owners("team").map { $0["team"].text } + policies("team").map(\.text)
                + latest("team").map { $0["team"].text }
        case .category: found = try policies("category").map(\.text) + latest("category").map { $0["category"].text }
        case .regime: found = try read("/v1/regimes", limit, ("fields", "name")).map { $0["name"].text }
        }
        // Names compare without case, as the rules do.
        var seen: Set<FoldedName> = []
        let names = found.compactMap(\.self).filter { !$0.isEmpty && seen.insert(FoldedName($0)).inserted }
        return names.prefix(Self.most).map { (name: $0, order: FoldedName($0).text) }
            .sorted { $0.order.utf8.lexicographicallyPrecedes($1.order.utf8) }.map(\.name)
    }
}
