import CaseAPI
import Complaints

/// Fields that say by when in opening hours: on a desk without a calendar there is nothing to count them on, so no form asks for them.
struct OpeningHours {
    /// Whether the desk has a calendar of its own: on those that come with the program no promise is counted.
    let areKnown: Bool

    private static let counted = ["due_in_business", "due_on"]
    /// When on such a date it is due.
    private static let time = "at"

    /// As the record has it.
    ///
    /// - Throws: errors of the store.
    init(_ record: PageRecord) throws {
        let some = try record.get("/v1/calendars", [("limit", String(ShippedCalendars.all.count + 1))])
        areKnown = some["items"].items.contains { !$0["shipped"].isTrue }
    }

    init(areKnown: Bool) { self.areKnown = areKnown }

    /// Whether a form asks for a field.
    func asksFor(_ name: String, of body: BodyFields) -> Bool {
        guard !areKnown, let leaf = name.split(separator: "/").last.map(String.init) else { return true }
        let group = name.dropLast(leaf.count)
        let isTime = leaf.isExactly(Self.time) && body["\(group)\(Self.counted[0])"] != nil
        return !isTime && !Self.counted.contains { $0.isExactly(leaf) }
    }
}
