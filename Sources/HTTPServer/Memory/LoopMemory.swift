/// A loop's part of the account, and those of its connections that wait for others to hold less. Used on the loop only.
final class LoopMemory {
    let account: MemoryAccount
    /// What the loop's connections hold.
    private var held = 0
    /// What it has taken of the account for that: whole chunks.
    private var taken = 0
    /// In the order in which they came.
    private var longWaiters = Waiters()
    private var shortWaiters = Waiters()

    init(_ account: MemoryAccount) {
        self.account = account
    }

    deinit {
        account.give(taken)
    }

    /// A connection holds so much more, or less.
    func change(by bytes: Int) {
        held += bytes
        if held > taken {
            take(held - taken)
        } else if taken - held >= 2 * account.chunk {
            let spare = (taken - held) / account.chunk * account.chunk - account.chunk
            taken -= spare
            account.give(spare)
        }
    }

    private func take(_ missing: Int) {
        let more = (missing + account.chunk - 1) / account.chunk * account.chunk
        taken += more
        account.take(more)
    }

    func hasRoom(for size: MemoryAccount.Size) -> Bool { account.hasRoom(for: size) }

    /// Remembers a connection to be resumed once there is room.
    func wait(_ connection: ConnectionToken, for size: MemoryAccount.Size) {
        account.beginWaiting()
        switch size {
        case .long: longWaiters.append(connection)
        case .short: shortWaiters.append(connection)
        }
    }

    var isWaitedFor: Bool { !longWaiters.isEmpty || !shortWaiters.isEmpty }

    /// The one that has waited longest of those for which there is room now. It may have given up meanwhile.
    func nextWaiter() -> ConnectionToken? {
        if !shortWaiters.isEmpty, hasRoom(for: .short) { return shortWaiters.removeFirst() }
        if !longWaiters.isEmpty, hasRoom(for: .long) { return longWaiters.removeFirst() }
        return nil
    }

    /// A queue whose first can be taken without moving the others each time.
    private struct Waiters {
        private var tokens: [ConnectionToken] = []
        private var start = 0

        var isEmpty: Bool { start == tokens.count }

        mutating func append(_ token: ConnectionToken) {
            tokens.append(token)
        }

        mutating func removeFirst() -> ConnectionToken {
            defer {
                start += 1
                if start == tokens.count {
                    tokens = []
                    start = 0
                } else if start >= 1024, start > tokens.count / 2 {
                    tokens.removeSubrange(..<start)
                    start = 0
                }
            }
            return tokens[start]
        }
    }
}
