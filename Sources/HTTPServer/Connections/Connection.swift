import CEpoll
import Glibc
import HTTPTypes

/// One client's connection: bytes in, requests to the service, answers out in the order of the requests. Only its
/// loop holds it and only its loop touches it.
final class Connection {
    enum Stage {
        case open
        /// No more requests are taken; once the answers are out it closes.
        case finishing
        /// All is said; what the peer still sends is thrown away until it ends (RFC 9112 section 9.6).
        case lingering
        case closed
    }

    let descriptor: Int32
    let token: ConnectionToken
    let peer: PeerAddress
    /// Who is at the other end, where that is on this machine.
    let peerProcess: PeerProcess?
    /// They hold each other until the connection closes.
    let context: LoopContext

    var stage = Stage.open
    /// It is one too many, and is told so as soon as it is seen what it asks.
    var turnedDown: ServerRefusal?
    /// The peer has sent all it will, and all of it has been read.
    var inputEnded = false
    /// The peer has ended its side; what it sent before may still have to be read.
    private(set) var peerEnded = false

    // What comes in.
    var parser: RequestParser
    /// Bytes received that the parser has not consumed.
    var leftover: [UInt8] = []
    /// How many bytes lie behind the request being parsed right now.
    var unparsedCount = 0
    var head: RequestHead?
    /// The request that the head began, once the service has let it in.
    var admitted: Request?
    /// The request being read has its answer already: what still comes of its body is dropped.
    var dropsBody = false
    var body: [UInt8] = []
    /// What a long body has been given of the account, all of it at once.
    var bodyReservation = 0
    var owesContinue = false

    // What goes out.
    /// Oldest first; `firstSequence` is the number of the oldest.
    var exchanges: [Exchange] = []
    var firstSequence: UInt64 = 0
    var stream: OutgoingStream?
    /// What the system would not take yet, from `unsentStart` on.
    var unsent: [UInt8] = []
    var unsentStart = 0
    /// These bytes are a kept body's, and take no memory of the connection's.
    var unsentIsShared = false
    /// What the answers hold that wait among the exchanges.
    var heldAnswers = 0
    /// How many bytes the system has taken so far.
    var sentBytes = 0
    /// Answers whose end is in `unsent`.
    var unsentAnswers: [WrittenAnswer] = []

    // What it holds.
    /// What of it stands in the account.
    var charged = 0
    /// It is not read until others hold less.
    var memoryWait: MemoryWait?
    /// When the first of several waits in a row began.
    var memoryWaitBegan: MonotonicTime?

    // What it may do before others have had their turn.
    var share = TurnShare()
    /// The answer to the newest request, where it waits for its turn.
    var longAnswer: LongAnswer?
    /// The request that goes before all behind it, by its number.
    var firstToGo: UInt64?
    /// Waits for its next turn, with requests at hand.
    private var hasYielded = false

    // What it waits for.
    private var interest = UInt32(CEPOLL_IN | CEPOLL_RDHUP)
    var deadline = MonotonicTime.never
    /// When the head or body being received began.
    var receivingSince: MonotonicTime?
    /// When the output began to wait, and how much has gone since.
    var sendingSince: MonotonicTime?
    var sentSince = 0
    /// How much of what had gone waited in the system's send buffer by then.
    var queuedSince = 0
    var lastActivity: MonotonicTime

    init(descriptor: Int32, token: ConnectionToken, peer: PeerAddress, context: LoopContext) {
        self.descriptor = descriptor
        self.token = token
        self.peer = peer
        peerProcess =
            peer.isUnix
            ? PeerProcess(userID: peer.userID) : peer.isLoopback ? PeerProcess(connection: descriptor) : nil
        self.context = context
        parser = RequestParser(limits: context.configuration.limits, cache: context.headers)
        lastActivity = context.now
    }

    var hasUnsent: Bool { unsentStart < unsent.count || !context.output.isEmpty }

    /// Begins to watch the descriptor; with a refusal, answers with it and closes.
    func open(refusing refusal: ServerRefusal?) {
        guard context.poller.add(descriptor, events: interest, token: token.rawValue) else { return close() }
        turnedDown = refusal
        if refusal != nil { turnDown(isLate: false) }
        advance()
    }

    /// What epoll says of the descriptor.
    func handle(_ events: UInt32) {
        share = TurnShare()
        if turnedDown != nil {
            turnDown(isLate: true)
            return advance()
        }
        // Also while it is not read: whoever waits may have gone.
        if events & UInt32(CEPOLL_RDHUP) != 0 { notePeerEnded() }
        if events & UInt32(CEPOLL_IN) != 0, interest & UInt32(CEPOLL_IN) != 0 {
            receive()
        } else if events & UInt32(CEPOLL_ERR | CEPOLL_HUP) != 0 {
            return close()
        }
        advance()
    }

    /// The peer has ended its side: from now on nothing is waited for on its behalf.
    func notePeerEnded() {
        guard !peerEnded else { return }
        peerEnded = true
        hurryAnswers()
    }

    /// Goes on after it has yielded.
    func resume() {
        guard stage != .closed else { return }
        hasYielded = false
        share = TurnShare()
        advance()
    }

    /// Advances the connection's state as far as it goes after anything has happened to it: sends what can be sent, takes requests
    /// that had to wait, and sets what to wait for next.
    func advance() {
        var parsed = true
        while parsed, stage != .closed {
            parsed = false
            writeReadyAnswers()
            flush()
            chargeMemory()
            parsed = stage != .closed && hasReadyAnswer
            if stage == .open, takesRequests, !leftover.isEmpty {
                let before = leftover.count
                parseLeftover()
                parsed = parsed || leftover.count < before
            }
        }
        yieldIfDue()
        if stage != .closed { endInput() }
        if stage != .closed { finishIfDone() }
        guard stage != .closed else { return }
        chargeMemory()
        guard stage != .closed else { return }
        waitForMemoryIfShort()
        pullStream()
        watch()
        setDeadline()
    }

    /// Leaves the requests at hand for later, when only its share of this turn keeps it from taking them.
    private func yieldIfDue() {
        guard !hasYielded, stage == .open, share.isUsedUp, !leftover.isEmpty, mayTakeRequests else { return }
        hasYielded = true
        context.addYielded(self)
    }

    /// Whether another request may be begun now.
    var takesRequests: Bool { !share.isUsedUp && mayTakeRequests }

    /// The same, but for its share of this turn.
    var mayTakeRequests: Bool {
        guard memoryWait == nil else { return false }
        if parser.phase != .betweenRequests { return true }
        guard longAnswer == nil, firstToGo == nil else { return false }
        let answers = holdsOfAnswers
        return exchanges.count < context.configuration.pipelinedRequests && stream == nil
            && answers + context.output.count < context.configuration.unsentBytes
            && (answers <= MemoryAccount.tiny || context.memory.hasRoom(for: .short))
    }

    /// The peer ended its side: a request that is not whole never will be (RFC 9112 section 8).
    private func endInput() {
        guard inputEnded, stage == .open, mayTakeRequests, !hasYielded else { return }
        if parser.phase != .betweenRequests {
            refuse(.malformed("The request ended before it was whole."))
            writeReadyAnswers()
            flush()
        } else if leftover.isEmpty, exchanges.isEmpty {
            stage = .finishing
        }
    }

    private func finishIfDone() {
        guard stage == .finishing, exchanges.isEmpty, !hasUnsent else { return }
        if inputEnded { return close() }
        shutdown(descriptor, Int32(SHUT_WR))
        stage = .lingering
        lastActivity = context.now
        leftover = []
    }

    private func watch() {
        var wanted: UInt32 = 0
        let reads = stage == .lingering || (stage == .open && mayTakeRequests && !hasYielded)
        if reads, !inputEnded { wanted |= UInt32(CEPOLL_IN) }
        if hasUnsent { wanted |= UInt32(CEPOLL_OUT) }
        // Once seen it would be said again at every turn.
        if !peerEnded { wanted |= UInt32(CEPOLL_RDHUP) }
        guard wanted != interest else { return }
        interest = wanted
        context.poller.change(descriptor, events: wanted, token: token.rawValue)
    }

    /// Ends it at once. Late answers then find nobody.
    /// - Parameter reason: for the log of a body that is cut by it.
    func close(_ reason: CutReason = .clientGone) {
        guard stage != .closed else { return }
        stage = .closed
        let cutBytes = unsent.count - unsentStart + context.output.count
        logCut(reason)
        context.clearOutput()
        // Whoever still has it in hand need not hold that, too.
        unsent = []
        unsentStart = 0
        dischargeMemory()
        hurryAnswers()
        if !exchanges.isEmpty { finishUnanswered(exchanges[...], reason, cutBytes: cutBytes) }
        dropExchanges(from: 0)
        longAnswer = nil
        stream = nil
        context.connections.remove(token)
        context.registry.remove(peer, loop: context.index)
        Glibc.close(descriptor)
    }

    /// Ends it with a reset, for a peer that could take a clean end for the end of its answer.
    func reset(_ reason: CutReason) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close(reason)
    }
}
