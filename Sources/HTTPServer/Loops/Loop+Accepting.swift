import CEpoll
import Glibc
import Logging
import Synchronization

extension Loop {
    func watchListener() -> Bool {
        guard let context, let listener else { return true }
        return context.poller.add(
            listener.descriptor, events: UInt32(CEPOLL_IN) | UInt32(CEPOLL_EXCLUSIVE),
            token: ConnectionToken.listener.rawValue)
    }

    /// A few at a time, so that a flood of connections does not keep the others waiting.
    func acceptSome() {
        guard let listener else { return }
        for _ in 0..<16 {
            guard acceptOne(from: listener, mayMove: true) else { return }
        }
    }

    /// Whether there may be another.
    func acceptOne(from listener: Listener, mayMove: Bool) -> Bool {
        switch listener.accept() {
        case .nothing: return false
        case .exhausted:
            // The listener stays ready, so watching it now would spin.
            if self.listener != nil { context?.poller.remove(listener.descriptor) }
            acceptsAgainAtTick = self.listener != nil
            if !hasSaidExhausted { context?.logger.warning("cannot accept connections: out of descriptors or memory") }
            hasSaidExhausted = true
            return false
        case .connection(let descriptor, let address):
            hasSaidExhausted = false
            place(descriptor, Self.peer(descriptor, address), mayMove: mayMove)
            return true
        }
    }

    private static func peer(_ descriptor: Int32, _ address: SocketAddress) -> PeerAddress {
        address.isUnix
            ? PeerAddress(unixUserID: PeerProcess.userID(atUnixPeerOf: descriptor))
            : PeerAddress(host: address.host, isLoopback: address.isLoopback)
    }

    private func place(_ descriptor: Int32, _ peer: PeerAddress, mayMove: Bool) {
        guard let context else { return }
        counters.accepted.add(1, ordering: .relaxed)
        switch context.registry.admit(peer, preferred: index, mayMove: mayMove) {
        case .turnedAway(let refusal): turnAway(descriptor, refusal, context)
        case .welcome(let loop): hand(descriptor, peer, to: loop, refusal: nil)
        case .refused(let loop, let refusal): hand(descriptor, peer, to: loop, refusal: refusal)
        }
    }

    /// Says no and closes, without a connection of its own: one try to send, and one look at what the peer has sent
    /// already, which would turn the close into a reset.
    private func turnAway(_ descriptor: Int32, _ refusal: ServerRefusal, _ context: LoopContext) {
        counters.countRefusal(refusal.code.rawValue)
        let id = context.requestIDs.next()
        let response = context.handler.response(to: refusal, requestID: id)
        // It is not waited for what it asks, so that may be a HEAD as long as it has not come.
        let count = recv(descriptor, context.input.baseAddress, context.input.count, Int32(MSG_DONTWAIT))
        let asked = UnsafeRawBufferPointer(rebasing: context.input[..<max(0, count)])
        var body: [UInt8] = []
        if count > 0, !RequestLine.mayBeHead(asked, at: 0), case .bytes(let bytes) = response.body { body = bytes }
        var answer: [UInt8] = []
        ResponseWriter.writeHead(
            of: response, requestID: id, framing: body.isEmpty ? .unstated : .length(body.count), persistence: .close,
            date: context.date.bytes, into: &answer)
        answer += body
        let sent = send(descriptor, answer, answer.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        counters.bytesSent.add(max(0, sent), ordering: .relaxed)
        shutdown(descriptor, Int32(SHUT_WR))
        _ = recv(descriptor, context.input.baseAddress, context.input.count, Int32(MSG_DONTWAIT))
        Glibc.close(descriptor)
    }

    private func hand(_ descriptor: Int32, _ peer: PeerAddress, to loop: Int, refusal: ServerRefusal?) {
        if loop == index {
            adopt(descriptor, peer, refusal: refusal)
        } else {
            siblings[loop].async { sibling in
                sibling.context?.beginTurn()
                sibling.adopt(descriptor, peer, refusal: refusal)
            }
        }
    }

    private func adopt(_ descriptor: Int32, _ peer: PeerAddress, refusal: ServerRefusal?) {
        guard let context else {
            Glibc.close(descriptor)
            return
        }
        if !peer.isUnix { Listener.setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
        let connection = context.connections.insert { token in
            Connection(descriptor: descriptor, token: token, peer: peer, context: context)
        }
        connection.open(refusing: refusal)
    }
}
