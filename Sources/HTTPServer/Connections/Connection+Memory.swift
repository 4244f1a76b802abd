import HTTPTypes

extension Connection {
    /// A connection that goes on once others hold less.
    struct MemoryWait {
        let size: MemoryAccount.Size
        let since: MonotonicTime
    }

    /// How often a body is in memory while its request is worked on: as it came, and as what it says.
    static let copiesOfBody = 2

    /// What it holds, in bytes: of a request that is not whole, and of answers that have not gone out.
    private var holds: Int {
        leftover.count + max(body.capacity, bodyReservation) + parser.holds + heldAnswers
            + (unsentIsShared ? 0 : unsent.count)
    }

    /// What of that is answers.
    var holdsOfAnswers: Int { unsent.count - unsentStart + heldAnswers }

    /// Brings its part of the account up to date. One that is closed has none, whatever of a request is still in hand:
    /// nobody would ever give it back.
    func chargeMemory() {
        guard stage != .closed else { return }
        let holds = holds
        guard holds != charged else { return }
        context.memory.change(by: holds - charged)
        charged = holds
        guard holds > MemoryAccount.tiny, context.memory.account.isOverdrawn else { return }
        // Those who send more are not read any more by then.
        if unsent.count - unsentStart > MemoryAccount.tiny, !unsentIsShared { reset(.outOfMemory) }
    }

    /// It holds nothing any more.
    func dischargeMemory() {
        context.memory.change(by: -charged)
        charged = 0
        endMemoryWait()
    }

    /// Gives a body that has become longer than 64 KiB room for all of it at once, or has it wait: of many that had some of
    /// it, none would ever be whole.
    func giveRoomToBody() {
        guard body.count > MemoryAccount.long, bodyReservation == 0 else { return }
        guard context.memory.hasRoom(for: .long) else { return waitForMemory(.long) }
        let length = max(body.count, parser.bodyLength)
        bodyReservation = Self.copiesOfBody * length
        body.reserveCapacity(length)
        chargeMemory()
    }

    /// Stops reading when it holds a part of a request for which there is no room.
    func waitForMemoryIfShort() {
        guard stage == .open, memoryWait == nil, bodyReservation == 0, mayTakeRequests,
            parser.phase != .betweenRequests || !leftover.isEmpty, charged > MemoryAccount.tiny,
            !context.memory.hasRoom(for: .short)
        else { return }
        waitForMemory(.short)
    }

    func waitForMemory(_ size: MemoryAccount.Size) {
        guard memoryWait == nil, stage != .closed else { return }
        memoryWait = MemoryWait(size: size, since: memoryWaitBegan ?? context.now)
        memoryWaitBegan = memoryWait?.since
        context.memory.wait(token, for: size)
    }

    private func endMemoryWait() {
        guard memoryWait != nil else { return }
        memoryWait = nil
        context.memory.account.endWaiting()
    }

    /// Others hold less. Whether it is enough will show.
    func resumeWithMemory() {
        guard memoryWait != nil else { return }
        endMemoryWait()
        // What it waited for was not its fault.
        if receivingSince != nil { receivingSince = context.now }
        lastActivity = context.now
        giveRoomToBody()
        resume()
        if memoryWait == nil { memoryWaitBegan = nil }
    }

    /// It has waited long enough, and is told so.
    func refuseForMemory() {
        endMemoryWait()
        refuse(.outOfMemory)
        advance()
    }

    /// The answer, or 503 where there is no room to hold it until it is taken. What has been changed is told in any case.
    /// - Parameter index: its place among those that are owed; the first one goes out at once.
    func bounded(_ response: Response, for exchange: Exchange, at index: Int) -> Response {
        guard let size = MemoryAccount.Size(response.holds), exchange.isSafe, !response.isCodingSettled else {
            return response
        }
        // What is short goes on where nothing is before it: its peer takes it, as a rule.
        if size == .short, index == 0, !hasUnsent { return response }
        // What it has made since it was charged last counts, too.
        let bytes = response.holds + holds - charged
        if context.memory.hasRoom(for: size), context.memory.account.hasRoom(for: bytes) { return response }
        // It was made all the same, and others had to wait for that.
        share.bytes -= response.holds
        return context.handler.response(to: .outOfMemory, requestID: exchange.requestID)
    }

    /// Whether an answer that may have so many bytes is made at all. What has been changed is told in any case.
    func isWorthMaking(_ bytes: Int, for exchange: Exchange) -> Bool {
        !exchange.isSafe || context.memory.account.hasRoom(forAnswerOf: bytes)
    }

    /// Whether it makes no use of the memory for which others wait: of what it holds, nothing has moved for long.
    var isStalling: Bool {
        guard context.memory.account.isWaitedFor, memoryWait == nil, charged > MemoryAccount.tiny else { return false }
        if hasUnsent { return context.now >= lastActivity + context.timeouts.write.grace }
        return stage == .open && receivingSince != nil && context.now >= lastActivity + context.timeouts.body.grace
    }
}

extension Response {
    /// What it holds, in bytes; what all answers of its kind share is not its own.
    var holds: Int {
        switch body {
        case .none: 0
        case .bytes(let bytes): kept?.isLasting == true ? 0 : bytes.count
        case .stream(let stream): stream.held
        }
    }
}
