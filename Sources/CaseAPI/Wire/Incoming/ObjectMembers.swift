import Complaints

/// Members of a JSON object, looked up by name, with which of them were asked for.
struct ObjectMembers {
    private let members: [JSONValue.Member]
    /// Where each of many members is, so that they need not all be compared with each name that is asked for.
    private let places: [ExactText: Int]?
    /// Up to how many are looked through one by one.
    private static let few = 32
    /// Which lengths their names have, a bit each: most of what is asked for was not sent, and is told so without a comparison.
    private let lengths: UInt64
    /// Which members were asked for, so that none has to be looked for among the names.
    private var isAsked: [Bool]
    /// Where the last member was found: most clients send their fields in an order, and ask for them in the same.
    private var lastPlace = 0

    init(_ members: [JSONValue.Member]) {
        self.members = members
        lengths = members.reduce(0) { $0 | Self.bit(of: $1.name.string.utf8.count) }
        isAsked = Array(repeating: false, count: members.count)
        places =
            members.count > Self.few
            ? Dictionary(uniqueKeysWithValues: members.indices.map { (members[$0].name, $0) }) : nil
    }

    /// The value of a member, which counts as asked for from then on; nil where there is none.
    mutating func asked(for name: String) -> JSONValue? {
        guard let place = place(of: name) else { return nil }
        (isAsked[place], lastPlace) = (true, place)
        return members[place].value
    }

    /// The value of a member, without having asked for it.
    subscript(name: String) -> JSONValue? { place(of: name).map { members[$0].value } }

    /// Whether there is one that was not asked for.
    var hasUnasked: Bool { isAsked.contains(false) }

    /// Those that were not asked for, in their order.
    var unasked: [JSONValue.Member] { members.indices.filter { !isAsked[$0] }.map { members[$0] } }

    private func place(of name: String) -> Int? {
        if let places { return places[ExactText(name)] }
        let length = name.utf8.count
        guard lengths & Self.bit(of: length) != 0 else { return nil }
        for place in lastPlace..<members.count where isMember(place, name, length) { return place }
        for place in 0..<lastPlace where isMember(place, name, length) { return place }
        return nil
    }

    private static func bit(of length: Int) -> UInt64 { 1 << UInt64(length & 63) }

    /// Most names differ in length already.
    private func isMember(_ place: Int, _ name: String, _ length: Int) -> Bool {
        let member = members[place].name.string
        return member.utf8.count == length && member.isExactly(name)
    }
}
