/// Names a connection of one loop for ever: a place in its table, and which of the place's tenants.
struct ConnectionToken: Sendable, Hashable {
    let rawValue: UInt64

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    init(index: Int, generation: UInt32) {
        rawValue = UInt64(generation) << 32 | UInt64(index)
    }

    var index: Int { Int(rawValue & 0xFFFF_FFFF) }
    var generation: UInt32 { UInt32(rawValue >> 32) }

    /// The listener's, which no connection has.
    static let listener = ConnectionToken(rawValue: .max)
    /// The jobs', which no connection has either.
    static let jobs = ConnectionToken(rawValue: .max - 1)
}

/// A loop's connections, found by token, so that an event or an answer for one that has gone finds nothing.
struct ConnectionTable {
    private struct Place {
        var connection: Connection?
        var generation: UInt32 = 0
    }

    private var places: [Place] = []
    private var free: [Int] = []

    var isEmpty: Bool { places.count == free.count }

    subscript(token: ConnectionToken) -> Connection? {
        guard token.index < places.count, places[token.index].generation == token.generation else { return nil }
        return places[token.index].connection
    }

    mutating func insert(_ make: (ConnectionToken) -> Connection) -> Connection {
        let index = free.popLast() ?? places.endIndex
        if index == places.endIndex { places.append(Place()) }
        let connection = make(ConnectionToken(index: index, generation: places[index].generation))
        places[index].connection = connection
        return connection
    }

    mutating func remove(_ token: ConnectionToken) {
        guard self[token] != nil else { return }
        places[token.index] = Place(connection: nil, generation: token.generation &+ 1)
        free.append(token.index)
    }

    /// The connections at this moment; the table may change while they are gone through.
    var all: [Connection] { places.compactMap(\.connection) }
}
