import Glibc
import HTTPTypes
import Synchronization

extension Connection {
    /// One read; epoll says so if there is more.
    func receive() {
        // Where there is no room for more, only what comes in one piece goes on.
        let mayHold = bodyReservation > 0 || stage != .open || context.memory.hasRoom(for: .short)
        let most = mayHold ? context.input.count : MemoryAccount.tiny
        let count = recv(descriptor, context.input.baseAddress, most, 0)
        if count > 0 {
            context.counters.bytesReceived.add(count, ordering: .relaxed)
            guard stage == .open else { return }
            lastActivity = context.now
            parse(UnsafeRawBufferPointer(rebasing: context.input[..<count]))
        } else if count == 0 {
            inputEnded = true
            notePeerEnded()
            if stage == .lingering { close() }
        } else if errno != EAGAIN, errno != EINTR {
            close()
        }
    }

    /// Parses fresh bytes, behind those left over.
    private func parse(_ bytes: UnsafeRawBufferPointer) {
        guard leftover.isEmpty else {
            leftover.append(contentsOf: bytes)
            return parseLeftover()
        }
        let consumed = consume(bytes)
        if consumed < bytes.count, stage == .open { leftover = Array(bytes[consumed...]) }
    }

    func parseLeftover() {
        var bytes: [UInt8] = []
        swap(&bytes, &leftover)
        let consumed = bytes.withUnsafeBytes { consume($0) }
        guard consumed < bytes.count, stage == .open else { return }
        if consumed > 0 { bytes.removeSubrange(..<consumed) }
        leftover = bytes
    }

    /// Takes requests out of `bytes` for as long as they may be taken, and says how far it came.
    private func consume(_ bytes: UnsafeRawBufferPointer) -> Int {
        var offset = 0
        while stage == .open, takesRequests, !waitsForChange(bytes, offset) {
            do throws(ServerRefusal) {
                guard let event = try parser.next(bytes, &offset) else { break }
                switch event {
                case .head(let head): begin(head, bytesAtHand: bytes.count - offset)
                case .body(let piece):
                    guard !dropsBody else { continue }
                    body.append(contentsOf: piece)
                    giveRoomToBody()
                case .end:
                    unparsedCount = bytes.count - offset
                    dispatch()
                    unparsedCount = 0
                    share.requests -= 1
                    if context.output.count >= LoopContext.flushThreshold { flush() }
                }
            } catch {
                refuse(error)
            }
        }
        noteReceiving()
        if owesContinue, offset == bytes.count { sendContinueIfNext() }
        return offset
    }

    /// Whether the next request is not to be begun yet, as it could not see what one before it changes: of the requests of
    /// a pipeline only those that all change nothing may be done side by side (RFC 9112 section 9.3.2), and changes come to
    /// the service in their order. Told by the first letter, as only POST, PUT and PATCH change anything.
    private func waitsForChange(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        guard !exchanges.isEmpty, parser.phase == .betweenRequests, offset < bytes.count,
            bytes[offset] != UInt8(ascii: "P"),
            let index = exchanges.lastIndex(where: { !$0.isSafe && $0.response == nil })
        else { return false }
        firstToGo = firstSequence + UInt64(index)
        return true
    }

    private func begin(_ head: RequestHead, bytesAtHand: Int) {
        self.head = head
        owesContinue = head.expectsContinue
        receivingSince = nil
        if head.framing != .none { admit(head, bytesAtHand: bytesAtHand) }
    }

    /// Remembers when the part being received began, for its deadline.
    private func noteReceiving() {
        if stage != .open || parser.phase == .betweenRequests {
            receivingSince = nil
        } else if receivingSince == nil {
            receivingSince = context.now
        }
    }

    /// Sends 100 (Continue) when the body has not begun and no older answer is in the way.
    func sendContinueIfNext() {
        guard owesContinue, stage == .open, body.isEmpty, exchanges.isEmpty else { return }
        owesContinue = false
        append { $0.append("HTTP/1.1 100 Continue\r\n\r\n") }
    }

    /// Hands a whole request to the service.
    private func dispatch() {
        receivingSince = nil
        if dropsBody {
            dropsBody = false
            return
        }
        guard let head = head.take() else { return }
        var request = admitted.take() ?? request(head)
        request.body = body
        request.hold = holdOfRequest()
        body = []
        bodyReservation = 0
        owesContinue = false
        if !head.keepAlive { stage = .finishing }
        context.counters.requests.add(1, ordering: .relaxed)
        var exchange = exchange(for: request, head, keepAlive: head.keepAlive)
        let slot = ReplySlot(
            loop: context.loop, connection: token, sequence: firstSequence + UInt64(exchanges.count))
        let answer = context.handler.respond(to: request, slot: slot)
        exchange.route = answer.route
        exchange.logged = answer.logged
        exchange.admission = answer.admission
        switch answer.kind {
        case .now(let response): take(response, for: exchange)
        case .later(let hurry):
            exchange.hurry = hurry
            exchanges.append(exchange)
            if peerEnded || context.isDraining { hurryAnswers() }
        case .inTurn(let long):
            exchanges.append(exchange)
            longAnswer = long
            guard context.memory.account.hasRoom(forAnswerOf: long.bytes) else { return refuseLongAnswer() }
            if context.longTurns.take(for: self) { makeLongAnswer() }
        }
        if answer.goesFirst, awaitsAnswer(to: slot.sequence) { firstToGo = slot.sequence }
    }

    func request(_ head: RequestHead) -> Request {
        Request(
            id: context.requestIDs.next(), method: head.method, path: head.target.path, query: head.target.query,
            headerFields: head.fields, authority: head.target.authority.map { FieldValue($0) }, codings: head.codings,
            peer: peer, peerProcess: peerProcess)
    }

    func exchange(for request: Request, _ head: RequestHead, keepAlive: Bool) -> Exchange {
        Exchange(
            requestID: request.id, method: head.method, path: context.loggedPath(request.path),
            isHTTP10: head.minorVersion == 0, keepAlive: keepAlive, codings: head.codings, started: .now(),
            isRequest: true, turn: context.turn)
    }

    /// Puts a request on the account that is more than a small one, for as long as it is worked on.
    private func holdOfRequest() -> MemoryHold? {
        let bytes = Self.copiesOfBody * body.count + 2 * parser.headBytes
        return bytes > MemoryAccount.tiny ? MemoryHold(bytes, of: context.memory.account) : nil
    }

    /// Has nothing waited for any longer than it takes: nobody may be there to hear of it.
    func hurryAnswers() {
        for index in exchanges.indices {
            exchanges[index].hurry.take()?()
        }
    }
}
