/// What the contacts of one person with customers come to (T20), counted observation by observation in the order in which
/// these were recorded. A contact is a case on one day, however often its customer's mood was noted; it is hot when they
/// were angry or abusive at some time of it.
public struct ContactCount: Sendable, Hashable {
    /// How many.
    public private(set) var contacts = 0
    /// How many of them were hot.
    public private(set) var hot = 0
    private var day: Int?
    /// The contacts of that day, as they began.
    private var today: [Contact] = []
    private var placeOfCase: [Int64: Int] = [:]
    /// How many of those before that day were hot, one after the other, the last one among them.
    private var hotBefore = 0

    private struct Contact: Hashable {
        var isHot: Bool
    }

    /// None yet.
    public init() {}

    /// Counts that somebody's mood was noted in that case, on that day since 1970-01-01.
    public mutating func observe(_ mood: Mood, inCase id: Int64, onDay day: Int) {
        if day != self.day {
            hotBefore = hotInARow
            (today, placeOfCase, self.day) = ([], [:], day)
        }
        if let place = placeOfCase[id] {
            guard mood.isHot, !today[place].isHot else { return }
            today[place].isHot = true
        } else {
            placeOfCase[id] = today.count
            today.append(Contact(isHot: mood.isHot))
            contacts += 1
        }
        if mood.isHot { hot += 1 }
    }

    /// How many of the latest contacts were hot, one after the other.
    public var hotInARow: Int { today.reduce(hotBefore) { $1.isHot ? $0 + 1 : 0 } }

    /// Adds what was counted of the same person in another place; the longer row is theirs.
    mutating func add(_ other: ContactCount) {
        let row = max(hotInARow, other.hotInARow)
        contacts += other.contacts
        hot += other.hot
        (day, today, placeOfCase, hotBefore) = (nil, [], [:], row)
    }
}
