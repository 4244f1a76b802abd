import Glibc
import HTTPTypes
import Synchronization

extension Connection {
    /// Takes the answer to the newest request, which is not among the exchanges yet.
    func take(_ response: Response, for exchange: Exchange) {
        let sequence = firstSequence + UInt64(exchanges.count)
        // What is not sent had to be made, too.
        if exchange.method == .head { share.bytes -= response.holds }
        switch coded(bounded(response, for: exchange, at: exchanges.count), for: exchange, sequence: sequence) {
        case .now(let response) where exchanges.isEmpty && !response.isStream:
            firstSequence += 1
            write(response, for: exchange)
        case let coded:
            exchanges.append(exchange)
            hold(coded, at: exchanges.endIndex - 1)
        }
    }

    /// Keeps an answer, or what is to become one, until its turn has come.
    private func hold(_ coded: Coded, at index: Int) {
        heldAnswers -= exchanges[index].held
        switch coded {
        case .now(let response):
            exchanges[index].response = response
            exchanges[index].coding = nil
            exchanges[index].held = response.holds
        case .later(let job):
            exchanges[index].coding = job
            exchanges[index].held = job.count
        }
        heldAnswers += exchanges[index].held
    }

    /// Whether the request with this number still waits for its answer.
    func awaitsAnswer(to sequence: UInt64) -> Bool {
        guard sequence >= firstSequence, sequence - firstSequence < UInt64(exchanges.count) else { return false }
        return exchanges[Int(sequence - firstSequence)].response == nil
    }

    /// Makes a late answer, and takes it. Returns how many bytes were made.
    func answer(_ late: LateAnswer) -> Int {
        let index = Int(late.sequence - firstSequence)
        guard isWorthMaking(late.bytes, for: exchanges[index]) else {
            answer(context.handler.response(to: .outOfMemory, requestID: exchanges[index].requestID), to: late.sequence)
            return 0
        }
        let response = late.make(context.handler.state)
        answer(response, to: late.sequence)
        return response.holds
    }

    /// Takes a late answer. It goes out with `advance`, once those before it have.
    func answer(_ response: Response, to sequence: UInt64) {
        if firstToGo == sequence { firstToGo = nil }
        let index = Int(sequence - firstSequence)
        let exchange = exchanges[index]
        hold(coded(bounded(response, for: exchange, at: index), for: exchange, sequence: sequence), at: index)
    }

    /// Takes the oldest exchange, whose answer is written or begun.
    func removeFirstExchange() {
        heldAnswers -= exchanges.removeFirst().held
        firstSequence += 1
    }

    /// Whether the next answer is there, and the peer has left no more waiting than it may: what comes all at once, behind
    /// one that was waited for, goes out as it is taken.
    var hasReadyAnswer: Bool {
        stream == nil && exchanges.first?.response != nil
            && unsent.count - unsentStart + context.output.count < context.configuration.unsentBytes
    }

    /// Writes the answers whose turn it is.
    func writeReadyAnswers() {
        while hasReadyAnswer, let exchange = exchanges.first, let made = exchange.response {
            let response = readmitted(made, for: exchange)
            if case .stream(let body) = response.body, begin(body, of: response, for: exchange) { break }
            removeFirstExchange()
            if !response.isStream { write(response, for: exchange) }
            if context.output.count >= LoopContext.flushThreshold { flush() }
            if stage == .closed { return }
        }
        sendContinueIfNext()
    }

    /// Writes a response that is all there.
    private func write(_ response: Response, for exchange: Exchange) {
        let status = response.status.code
        var framing = ResponseWriter.BodyFraming.length(0)
        var bytes: [UInt8] = []
        if case .bytes(let body) = response.body {
            framing = .length(body.count)
            bytes = body
        }
        // RFC 9110 sections 15.3.5 and 15.4.5: no body, and no length that would not be GET's.
        if status == 204 || status == 304 {
            framing = .unstated
            bytes = []
        } else if exchange.method == .head {
            bytes = []
            // What is wrong with a HEAD names its method, or its request: GET's may be longer (RFC 9110 section 8.6).
            if status >= 400 { framing = .unstated }
        }
        let persistence = persistence(after: exchange)
        append { output in
            ResponseWriter.writeHead(
                of: response, requestID: exchange.requestID, framing: framing, persistence: persistence,
                date: context.date.bytes, into: &output)
            if bytes.count < Self.uncopiedBytes { output.append(contentsOf: bytes) }
        }
        if bytes.count >= Self.uncopiedBytes { sendUncopied(bytes, isShared: response.kept?.isLasting == true) }
        guard stage != .closed else { return finish(exchange, status: status, bytes: 0, cut: .clientGone) }
        finish(exchange, status: status, bytes: bytes.count)
    }

    /// Whether the connection goes on after this answer. A draining server says close with the last answer that
    /// it owes, not before.
    private func persistence(after exchange: Exchange) -> ResponseWriter.Persistence {
        let isLast = exchanges.isEmpty && leftover.isEmpty && unparsedCount == 0 && parser.phase == .betweenRequests
        if !exchange.keepAlive || (isLast && (context.isDraining || inputEnded)) {
            stage = .finishing
            return .close
        }
        return exchange.isHTTP10 ? .keepAliveSaid : .keepAlive
    }

    /// Appends to what goes out: to the loop's buffer while the peer keeps up, else to the connection's own.
    func append(_ write: (inout [UInt8]) -> Void) {
        guard !unsent.isEmpty else { return write(&context.output) }
        makeUnsentOwn()
        write(&unsent)
    }

    /// Before something is put behind what waits: without what has gone already, as nothing is given back of an array by
    /// taking bytes out of it.
    private func makeUnsentOwn() {
        unsentIsShared = false
        guard unsentStart > unsent.count / 2 else { return }
        unsent = Array(unsent[unsentStart...])
        unsentStart = 0
    }

    /// Bodies of at least this many bytes go to the system from where they are.
    private static let uncopiedBytes = 32 * 1024

    private func sendUncopied(_ body: [UInt8], isShared: Bool) {
        flush(moreFollows: true)
        guard stage != .closed else { return }
        guard unsent.isEmpty else {
            makeUnsentOwn()
            return unsent.append(contentsOf: body)
        }
        guard let sent = body.withUnsafeBytes({ send($0) }) else { return close() }
        if sent < body.count { (unsent, unsentStart, unsentIsShared) = (body, sent, isShared) }
        noteProgress()
    }

    /// Hands the system as much as it takes, and keeps the rest.
    /// - Parameter moreFollows: the system may hold back what does not fill a packet.
    func flush(moreFollows: Bool = false) {
        guard stage != .closed else { return }
        if unsent.isEmpty {
            guard !context.output.isEmpty else { return }
            guard let sent = context.output.withUnsafeBytes({ send($0, moreFollows: moreFollows) }) else {
                return close()
            }
            if sent < context.output.count { unsent = Array(context.output[sent...]) }
            context.clearOutput()
        } else {
            let sent = unsent.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[unsentStart...])) }
            guard let sent else { return close() }
            unsentStart += sent
            if sent > 0 { lastActivity = context.now }
            if unsentStart == unsent.count {
                unsent = []
                unsentStart = 0
                unsentIsShared = false
            }
        }
        logSent()
        noteProgress()
    }

    /// Remembers since when the peer has kept output waiting, for its deadline.
    private func noteProgress() {
        if unsent.isEmpty {
            sendingSince = nil
            lastActivity = context.now
        } else if sendingSince == nil {
            sendingSince = context.now
            sentSince = 0
            queuedSince = queuedBytes
        }
    }

    /// How much the peer has taken since the output began to wait. The system has room for more only once a third of its send buffer
    /// is free, some hundred thousand bytes, so that what it takes of us says little of a slow peer.
    var takenSince: Int { queuedSince + sentSince - queuedBytes }

    /// What the peer has yet to acknowledge of what has gone (tcp(7), SIOCOUTQ).
    private var queuedBytes: Int {
        var count: CInt = 0
        return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? Int(count) : 0
    }

    /// How many bytes the system took; nil when the peer has gone.
    private func send(_ bytes: UnsafeRawBufferPointer, moreFollows: Bool = false) -> Int? {
        let flags = Int32(MSG_NOSIGNAL) | (moreFollows ? Int32(MSG_MORE) : 0)
        while true {
            let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
            if count >= 0 {
                context.counters.bytesSent.add(count, ordering: .relaxed)
                share.bytes -= count
                sentSince += count
                sentBytes += count
                return count
            }
            if errno == EINTR { continue }
            return errno == EAGAIN ? 0 : nil
        }
    }
}

extension Response {
    fileprivate var isStream: Bool {
        if case .stream = body { true } else { false }
    }
}
