import CaseStore
import Complaints

// What several routes take.
extension QueryReader {
    mutating func asOf() -> Instant? {
        instant(
            QuerySchema.asOf,
            "What the record said at that instant, not after now: what was edited since is not in it.")
    }

    mutating func format<Form: TableForm>() -> Form? {
        word("format", "The form of the answer; goes before Accept.", example: .json)
    }

    static let timeZoneName = "tz"

    /// Refuses a range that nothing can lie in: it begins where it ends or after that, and its answer would look like there is
    /// nothing.
    mutating func requireRange(_ first: Instant?, _ firstName: String, _ end: Instant?, _ endName: String) {
        if let first, let end, first >= end { issue(endName, "must lie after \(firstName).") }
    }

    /// A length of time by the calendar, by the clocks of `tz`; nil where it was left out. One beside an end of a range is an
    /// issue.
    ///
    /// - Parameter what: what has to have happened in it: the beginning of a sentence.
    mutating func period(
        _ what: String, besides first: (instant: Instant?, name: String), _ end: (instant: Instant?, name: String)
    ) -> ReportRange? {
        let period: NamedPeriod? = word(
            "period",
            "\(what) in it, by the clocks of tz as of as_of, where that is given, else of now; weeks begin on Monday. Not beside "
                + "\(first.name) and \(end.name).",
            example: .thisWeek)
        guard let period else { return nil }
        takesZone()
        if first.instant != nil || end.instant != nil {
            issue("period", .conflictingFields, "must be left out beside \(first.name) and \(end.name).")
        }
        return .period(period, dayZone)
    }

    /// By whose clocks a day begins: that of `tz`, else the desk's. A zone that is none is an issue for whoever reads it.
    var dayZone: Zone {
        let name = ExactText(Self.timeZoneName)
        guard let text = parameters.pairs.first(where: { $0.name == name })?.value.string else { return deskZone }
        return ZoneDatabase.system.zone(named: text) ?? deskZone
    }

    /// A time zone by its name in the IANA database.
    ///
    /// - Parameters:
    ///   - meaning: what it is the time zone of, as a sentence.
    ///   - other: whose it is where it is left out; nil for the desk's.
    mutating func timeZone(
        _ meaning: @autoclosure () -> String, without other: @autoclosure () -> String? = nil,
        example: @autoclosure () -> JSONValue
    ) -> Zone? {
        let text = text(
            Self.timeZoneName,
            "\(meaning()) By its name in the IANA database, in capital or small letters. Of abbreviations it has some as "
                + "names, such as CET and EST; no other is taken, and no offset. Without it, "
                + (other() ?? "the desk's own (`serve --time-zone`), which is UTC where there is none."),
            example: example(), .withoutNUL)
        guard let text else { return nil }
        if let zone = ZoneDatabase.system.zone(named: text) { return zone }
        issue(Self.timeZoneName, ZoneDatabase.system.advice(for: text))
        return nil
    }

    /// In characters.
    private static let searchLimit = 1000

    /// Words to search for.
    ///
    /// - Parameter more: what else they find, as a sentence.
    mutating func search(_ more: String = "") -> SearchQuery? {
        let text = text(
            "q",
            "Words that all must be there, in any order and in any of the texts, without regard to case and accents; from three "
                + "characters on a beginning will do, and before that where it ends in *. Words in double quotes stand "
                + "together, and are whole. Of a telephone number six digits of its end will do, however written. At most "
                + "\(SearchQuery.termLimit). Whom it names, and what is known by it elsewhere, comes first."
                + (more.isEmpty ? "" : " \(more)"),
            example: "leaks",
            .withoutNUL.with("minLength", 1).with("maxLength", .integer(Int64(Self.searchLimit))),
            limit: Self.searchLimit)
        guard let text else { return nil }
        let search = SearchQuery(text)
        if search == nil {
            issue("q", "must have a letter or a digit in it, and at most \(SearchQuery.termLimit) words.")
        }
        return search
    }

    mutating func externalID() -> String? {
        text("external_id", "The key in another system.", example: "A-7431")
    }

    /// Tags, with commas between them, each of which some case must have had.
    mutating func tags(_ meaning: @autoclosure () -> String) -> [String] {
        let text = text(
            "tag",
            "\(meaning()) With commas, any of several. Compared without case; one that no case ever had is refused.",
            example: "vulnerable", .asked(upTo: Self.tagsLimit), limit: Self.tagsLimit)
        takeNames()
        guard let text else { return [] }
        let whole = String(text.trimmingSpaces)
        guard text.utf8.contains(UInt8(ascii: ",")) else {
            require(KnownName(parameter: "tag", names: [whole], kind: .tag))
            return [whole]
        }
        var tags: [String] = []
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let tag = String(String(Substring(part)).trimmingSpaces)
            if tag.isEmpty {
                issue("tag", "must have a tag on either side of each comma.")
                return []
            }
            // A tag may have a comma itself.
            require(KnownName(parameter: "tag", names: [tag, whole], kind: .tag))
            tags.append(tag)
        }
        return tags + [whole]
    }

    /// A regime, by name.
    mutating func regime(_ meaning: @autoclosure () -> String, isRequired: Bool = false) -> String? {
        let text = text(
            "regime", "\(meaning()) Compared without case; one that there is not is refused.",
            example: "housing-ombudsman", .asked,
            required: isRequired ? "must be given: GET /v1/regimes lists all." : nil)
        takeNames()
        guard let text else { return nil }
        let name = String(text.trimmingSpaces)
        require(KnownName(parameter: "regime", names: [name], kind: .regime))
        return name
    }

    /// A team, by name, of whatever may have one.
    mutating func team(_ meaning: @autoclosure () -> String) -> String? {
        let text = text(
            "team", "\(meaning()) Compared without case; one that is on no record is refused.", example: "North", .asked
        )
        takeNames()
        guard let text else { return nil }
        let name = String(text.trimmingSpaces)
        require(KnownName(parameter: "team", names: [name], kind: .team))
        return name
    }

    /// In characters.
    private static let tagsLimit = 1000

    mutating func customerID() -> Int64? {
        id("customer_id", "Of this customer.", QueryReader.KnownName.Kind.customerID)
    }

    mutating func caseID() -> Int64? { id("case_id", "Of this case.", QueryReader.KnownName.Kind.caseID) }

    /// The id of something that must be on record.
    private mutating func id(
        _ parameter: String, _ meaning: String, _ kind: (Int64) -> QueryReader.KnownName.Kind
    ) -> Int64? {
        takeNames()
        guard let id = integer(parameter, in: 1...Int64.max, meaning, example: 1) else { return nil }
        require(KnownName(parameter: parameter, names: ["\(id)"], kind: kind(id)))
        return id
    }

    /// Of whoever calls or writes.
    mutating func customer() -> CustomerContact? {
        let text = text(
            "customer",
            "Of whoever has this e-mail address, or this telephone number, and where they called for somebody else: however it "
                + "is written, and six digits of its end will do.",
            example: "+44 20 7946 0123",
            Schema(["type": "string", "pattern": #"^[^\u0000]*(@|([0-9][^0-9\u0000]*){6})[^\u0000]*$"#]))
        guard let text else { return nil }
        // No number begins with a space, so it is the + of one that was not encoded.
        let isPlus = text.utf8.first == UInt8(ascii: " ")
        switch CustomerContact((isPlus ? "+" : "") + text.trimmingSpaces) {
        case .phone(let number): return .phone(number)
        case .email: return .email(Self.addresses(text))
        case nil:
            issue("customer", "must be an e-mail address, or a telephone number of six digits or more.")
            return nil
        }
    }

    /// What an address of a query can stand for: form-decoding has made a space of a `+` that was not encoded. What has a space
    /// is no address, but it may have been written down as one.
    static func addresses(_ text: String) -> [String] {
        let text = text.trimmingSpaces
        let address = text.utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }
        return text.utf8.elementsEqual(address)
            ? [String(text)] : [String(text), String(decoding: address, as: UTF8.self)]
    }

    /// Whether only what is nobody's is meant, which an owner beside it would contradict, or only what is somebody's.
    mutating func unowned(besides owner: String?, _ meaning: @autoclosure () -> String) -> Bool? {
        let unowned = flag("unowned", "\(meaning()); true not beside owner.", example: false)
        if unowned == true, owner != nil { issue("unowned", "must be left out beside owner.") }
        return unowned
    }
}
