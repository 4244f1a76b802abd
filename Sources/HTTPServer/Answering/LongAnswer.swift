/// An answer that may be long, and is made on its loop when its turn comes: one in each round of the loop, with all that is
/// short in between, and a connection no other before the others have had theirs. So nobody waits for more than one of
/// them, however many are asked for, and none is made for which there is no memory by then.
struct LongAnswer: Sendable {
    /// How many it may have.
    let bytes: Int
    let make: @Sendable (LoopStateBox) -> Answer
}

/// The long answers of one loop that wait for their turn, and whose turn it is. Used on the loop only.
struct LongTurns {
    private var waiting: [Connection] = []
    /// Whether none has been made in this round.
    private var isFree = true

    var isWaitedFor: Bool { !waiting.isEmpty }

    mutating func beginRound() {
        isFree = true
    }

    /// Takes the turn of this round for a connection, or has it wait for one.
    mutating func take(for connection: Connection) -> Bool {
        guard isFree, waiting.isEmpty else {
            waiting.append(connection)
            return false
        }
        isFree = false
        return true
    }

    /// Whose turn it is in this round; nil when it has been taken, or nobody waits for it.
    mutating func next() -> Connection? {
        while isFree, !waiting.isEmpty {
            let connection = waiting.removeFirst()
            guard connection.longAnswer != nil else { continue }
            isFree = false
            return connection
        }
        return nil
    }
}
