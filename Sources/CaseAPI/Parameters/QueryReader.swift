import CaseStore
import Complaints
import HTTPServer

/// Parser of a query string into a value of the domain: it notes everything that is wrong instead of stopping at the first.
///
/// The same calls describe the query: of a reader that is run without a request (`QuerySchema`), each call notes the
/// parameter it reads, with what it means and an example, which are looked at then only.
struct QueryReader: Sendable {
    let parameters: QueryParameters
    /// Whom `me` stands for.
    let speaker: Speaker
    /// By whose clocks days are told where the query does not say it.
    let deskZone: Zone
    /// Whether a day or a period was read, which begins by somebody's clocks.
    private(set) var hasDay = false
    /// Who was meant by `me`; nil where it was not asked for.
    var me: String?
    var issues = QueryIssues()
    /// Names that the database must have seen, for the transaction to look up.
    private(set) var names: [KnownName] = []
    private var asked: [ExactText] = []
    private var takesNames = false
    /// What was asked for, where there is no request.
    private(set) var described: [Parameter]?
    /// The values of each name, where there are too many to look through them for each name that is asked for.
    private let values: [ExactText: [ExactText]]?
    /// Up to how many are looked through one by one.
    private static let few = 32

    /// Of a call's query, in the name of who asks.
    init(_ call: Call) {
        self.init(call.query, from: call.actor.speaker, deskZone: call.service.store.ownerRules.timeZone)
    }

    init(_ parameters: QueryParameters, from speaker: Speaker = .unknown, deskZone: Zone = .utc) {
        self.parameters = parameters
        self.speaker = speaker
        self.deskZone = deskZone
        values =
            parameters.pairs.count > Self.few
            ? Dictionary(grouping: parameters.pairs, by: \.name).mapValues { $0.map(\.value) } : nil
    }

    private init() {
        parameters = .none
        speaker = .unknown
        deskZone = .utc
        values = nil
        described = []
    }

    /// One that reads nothing: whoever asks it for parameters describes them.
    static var describing: QueryReader { QueryReader() }

    /// The value of a parameter; nil when it is left out. One that is empty, or there twice, is an issue.
    ///
    /// - Parameters:
    ///   - meaning: what asking for it does.
    ///   - example: of a request that finds something on a desk with one case.
    ///   - advice: what to do where it is left out, which is an issue then, too; nil where it may be.
    mutating func text(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> JSONValue,
        _ schema: @autoclosure () -> Schema = .asked, limit: Int = Limits.name, required advice: String? = nil
    ) -> String? {
        describe(name, schema(), meaning(), example: example(), isRequired: advice != nil)
        if let advice, !parameters.pairs.contains(where: { $0.name == ExactText(name) }) {
            issues.append(name, .invalidParameter, word: .required, advice)
        }
        return exact(name, limit: limit)?.string
    }

    /// That the query can accept what is not known.
    mutating func takeNames() {
        takesNames = true
    }

    /// That the transaction has to know it.
    mutating func require(_ name: KnownName) {
        names.append(name)
    }

    /// That something is told by the clocks of `tz`.
    mutating func takesZone() {
        hasDay = true
    }

    mutating func issue(_ name: String, _ detail: String) {
        issues.append(name, .invalidParameter, detail)
    }

    mutating func issue(_ name: String, _ code: FieldIssue.Code, _ detail: String) {
        issues.append(name, .invalidParameter, word: code, detail)
    }

    /// What was read, once everything has been asked for: every other parameter is an issue.
    mutating func finished() -> CheckedQuery {
        let allowsUnknown =
            takesNames
            ? flag(
                QuerySchema.allowUnknown,
                "Accepts an owner, team, category, actor, tag, case or customer that is on no record.")
                ?? false
            : false
        _ = flag(Response.prettyParameter, "Breaks JSON into lines, for people.")
        if parameters.pairs.contains(where: { !asked.contains($0.name) }) { reportUnasked() }
        return CheckedQuery(parameters: parameters, issues: issues, names: allowsUnknown ? [] : names, me: me)
    }
}

// MARK: - By name
extension QueryReader {
    /// Notes a parameter that is read, where there is no request.
    mutating func describe(
        _ name: String, _ schema: @autoclosure () -> Schema, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue, isRequired: Bool = false
    ) {
        guard let described else { return }
        precondition(!described.contains { $0.name == name }, "\(name) is read twice")
        self.described?.append(
            Parameter(
                name: name, place: .query, schema: schema(), description: meaning(), example: example(),
                isRequired: isRequired))
    }

    /// The value of a parameter as it was sent; nil when it is left out, empty, there twice or too long, which is an issue.
    mutating func exact(_ name: String, limit: Int = Limits.name) -> ExactText? {
        let exactName = ExactText(name)
        asked.append(exactName)
        let values =
            if let values { values[exactName] ?? [] } else {
                parameters.pairs.filter { $0.name == exactName }.map(\.value)
            }
        guard let value = values.first else { return nil }
        if values.count > 1 {
            issues.append(name, .invalidParameter, "must be given once.")
        } else if value.isBlank {
            issues.append(name, .invalidParameter, "must not be empty: leave it out.")
        } else if value.utf8.count > limit, value.string.unicodeScalars.count > limit {
            issues.append(name, .invalidParameter, word: .tooLong, "must have at most \(limit) characters.")
        } else {
            return value
        }
        return nil
    }

    private mutating func reportUnasked() {
        // Each is told of once.
        var seen = Set(asked)
        var known = KnownNames(asked)
        var budget = SearchBudget()
        for pair in parameters.pairs where !issues.hasMore && seen.insert(pair.name).inserted {
            issues.append(
                pair.name.string, .unknownParameter,
                // What is not listed needs no advice.
                issues.isFull
                    ? "" : NearestName.advice(for: pair.name, among: &known, what: "parameter", within: &budget))
        }
    }
}
