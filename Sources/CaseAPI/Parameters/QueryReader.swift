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
    private let speaker: Speaker
    /// By whose clocks days are told where the query does not say it.
    let deskZone: Zone
    /// Whether a day or a period was read, which begins by somebody's clocks.
    private(set) var hasDay = false
    /// Who was meant by `me`; nil where it was not asked for.
    private(set) var me: String?
    private(set) var issues = QueryIssues()
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

    /// A name that a filter was given.
    struct KnownName: Sendable, Hashable {
        /// What it may be the name of.
        enum Kind: Sendable, Hashable {
            case name([NameRole])
            case tag
            case caseID(Int64)
            case customerID(Int64)
            case regime
            /// Of cases, owners or calendars.
            case team
        }

        let parameter: String
        /// As it was given, and what else it may have been meant as: one of them must be known.
        let names: [String]
        let kind: Kind
    }

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

    /// A name of that role, or of the other, which the database must have seen. Where it is somebody's, `me` is whoever asks.
    mutating func name(
        _ parameter: String, as role: NameRole, or other: NameRole? = nil, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue
    ) -> String? {
        describe(
            parameter, .asked,
            "\(meaning()) Compared without case; one that is on no record is refused."
                + (role.isSomebody ? " me is whoever asks." : ""),
            example: example())
        takeNames()
        guard let text = exact(parameter) else { return nil }
        let name = String(text.string.trimmingSpaces)
        if role.isSomebody, Speaker.isMeant(by: name) {
            guard let speaker = speaker.name else {
                issues.append(parameter, .invalidParameter, word: .invalidValue, Speaker.advice)
                return nil
            }
            me = speaker
            return speaker
        }
        require(KnownName(parameter: parameter, names: [name], kind: .name([role] + (other.map { [$0] } ?? []))))
        return name
    }

    /// That the query can accept what is not known.
    mutating func takeNames() {
        takesNames = true
    }

    /// That the transaction has to know it.
    mutating func require(_ name: KnownName) {
        names.append(name)
    }

    /// Words of a closed set, with commas between them.
    mutating func words<Word: Vocabulary>(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> [Word]
    ) -> Set<Word> {
        describe(
            name, .array(.word(of: Word.self)).with("minItems", 1), meaning(),
            example: .texts(example().map(\.rawValue)))
        guard let text = exact(name, limit: 1000) else { return [] }
        var words: Set<Word> = []
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let part = String(Substring(part))
            if let word = Word(rawValue: part) {
                words.insert(word)
            } else {
                issues.append(
                    name, .invalidParameter, word: .invalidValue,
                    NearestName.advice(
                        for: part, among: Word.allCases.map(\.rawValue), must: "must be one or more of",
                        with: ", with commas"))
                break
            }
        }
        return words
    }

    /// One word of a closed set.
    mutating func word<Word: Vocabulary>(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> Word
    ) -> Word? {
        word(name, meaning(), example: JSONValue.string(example().rawValue))
    }

    /// The same where the example is null, as the parameter makes no sense alone.
    mutating func word<Word: Vocabulary>(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> JSONValue
    ) -> Word? {
        describe(name, .words(Word.self), meaning(), example: example())
        guard let text = exact(name) else { return nil }
        if let word = Word(rawValue: text.string) { return word }
        issues.append(
            name, .invalidParameter, word: .invalidValue,
            NearestName.advice(for: text.string, among: Word.allCases.map(\.rawValue)))
        return nil
    }

    mutating func flag(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> Bool = true
    ) -> Bool? {
        describe(name, .flag, meaning(), example: .boolean(example()))
        switch exact(name) {
        case nil: return nil
        case "true": return true
        case "false": return false
        default:
            issues.append(name, .invalidParameter, word: .invalidValue, "must be true or false.")
            return nil
        }
    }

    mutating func integer(
        _ name: String, in range: ClosedRange<Int64>, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> Int64
    ) -> Int64? {
        describe(name, .integer(range), meaning(), example: .integer(example()))
        guard let text = exact(name)?.string else { return nil }
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isPlain, let integer = Int64(text), range.contains(integer) { return integer }
        let upper = range.upperBound == .max ? "" : " to \(range.upperBound)"
        issues.append(
            name, .invalidParameter, word: .invalidValue, "must be a whole number from \(range.lowerBound)\(upper).")
        return nil
    }

    /// An ISO 8601 duration of some length.
    mutating func span(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> JSONValue
    ) -> ElapsedTime? {
        describe(name, .duration, meaning(), example: example())
        guard let text = exact(name) else { return nil }
        do {
            return try FieldKind.duration(from: Limits.shortestSpan, to: Limits.longestMaxSpan).read(.string(text))
        } catch {
            issues.append(name, .invalidParameter, word: error.code, error.detail)
            return nil
        }
    }

    /// That something is told by the clocks of `tz`.
    mutating func takesZone() {
        hasDay = true
    }

    /// An RFC 3339 instant, or a day, which stands for its beginning by the clocks of `tz`.
    mutating func instantOrDay(
        _ name: String, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue = "2026-03-02T09:00:00Z"
    ) -> Instant? {
        rangeEnd(name, meaning(), example: example())?.instant
    }

    /// The same, as an end of a range.
    mutating func rangeEnd(
        _ name: String, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue = "2026-03-02T09:00:00Z"
    ) -> RangeEnd? {
        describe(name, .instantOrDay, "\(meaning()) A day begins by the clocks of tz.", example: example())
        guard let text = exact(name) else { return nil }
        guard let day = CivilDate(text.string) else {
            return instant(text, name, besides: ", or a day such as 2026-03-01").map { .instant($0) }
        }
        hasDay = true
        return .day(day.start(in: dayZone))
    }

    /// An RFC 3339 instant.
    mutating func instant(
        _ name: String, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue = "2026-03-02T09:00:00Z"
    ) -> Instant? {
        describe(name, .instant, meaning(), example: example())
        return exact(name).flatMap { instant($0, name) }
    }

    /// Form-decoding has made a space of the `+` of an offset that was not encoded.
    private mutating func instant(_ text: ExactText, _ name: String, besides other: String = "") -> Instant? {
        do {
            return try FieldKind.instant(
                String(decoding: text.utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }, as: UTF8.self))
        } catch {
            let detail = other.isEmpty ? error.detail : error.detail.replacing(/\.$/, with: other + ".")
            issues.append(name, .invalidParameter, word: error.code, detail)
            return nil
        }
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
    private mutating func describe(
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

    private mutating func exact(_ name: String, limit: Int = Limits.name) -> ExactText? {
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
