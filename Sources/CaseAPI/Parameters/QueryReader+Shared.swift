import CaseStore
import Complaints

// What several routes take.
extension QueryReader {
    mutating func asOf() -> Instant? {
        instant(
            QuerySchema.asOf,
            "What the record said at that instant, not after now: what was edited since is not in it.")
    }

    mutating func format() -> Representation? {
        word("format", "The form of the answer; goes before Accept.", example: .json)
    }

    static let timeZoneName = "tz"

    /// A time zone by its name in the IANA database.
    ///
    /// - Parameter meaning: what it is the time zone of, as a sentence.
    mutating func timeZone(
        _ meaning: @autoclosure () -> String, example: @autoclosure () -> JSONValue
    ) -> Zone? {
        let text = text(
            Self.timeZoneName,
            "\(meaning()) By its name in the IANA database, in capital or small letters. Of abbreviations it has some as "
                + "names, such as CET and EST; no other is taken, and no offset. Without it, UTC.",
            example: example(), .withoutNUL)
        guard let text else { return nil }
        if let zone = ZoneDatabase.system.zone(named: text) { return zone }
        issue(Self.timeZoneName, ZoneDatabase.system.advice(for: text))
        return nil
    }

    /// In characters.
    private static let searchLimit = 1000

    /// Words to search for.
    mutating func search() -> SearchQuery? {
        let text = text(
            "q",
            "Words that all must occur, in any order, without regard to case and accents. Words in double quotes stand "
                + "together, and a word that ends in * is a beginning. At most \(SearchQuery.termLimit).",
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

    mutating func customerID() -> Int64? {
        integer("customer_id", in: 1...Int64.max, "Of this customer.", example: 1)
    }

    /// Whether only what is nobody's is meant, which an owner beside it would contradict, or only what is somebody's.
    mutating func unowned(besides owner: String?, _ meaning: @autoclosure () -> String) -> Bool? {
        let unowned = flag("unowned", "\(meaning()); true not beside owner.", example: false)
        if unowned == true, owner != nil { issue("unowned", "must be left out beside owner.") }
        return unowned
    }
}
