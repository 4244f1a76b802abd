/// A reply that can be given from any queue, once; to a connection that has gone it goes nowhere, and a second one
/// to the same request is ignored.
public struct Reply<LoopState>: Sendable {
    /// A reply with the closure that makes its response.
    public struct Prepared: Sendable {
        let slot: ReplySlot
        let make: @Sendable (LoopStateBox) -> Response
        var draft: ResponseDraft?
        /// How many it may have.
        var bytes = 0
    }

    let slot: ReplySlot

    /// `make` runs on the connection's loop with that loop's state.
    public func prepared(_ make: @escaping @Sendable (LoopState) -> Response) -> Prepared {
        Prepared(slot: slot) { box in
            // A loop's box is made by the server whose service this reply was handed to, so its type is this one.
            make((box as! TypedLoopStateBox<LoopState>).state)
        }
    }

    /// The same for a response that asks nothing of the loop: `prepare` can have it made before it is sent.
    public func prepared(ahead make: @escaping @Sendable () -> Response) -> Prepared {
        let draft = ResponseDraft(make)
        return Prepared(slot: slot, make: { _ in draft.take() }, draft: draft)
    }

    /// Sends one answer; `make` runs on the connection's loop with that loop's state.
    /// - Parameter bytes: how many it may have; where there is no memory for so many it is 503, and not made.
    public func send(holding bytes: Int = 0, _ make: @escaping @Sendable (LoopState) -> Response) {
        var prepared = prepared(make)
        prepared.bytes = bytes
        Self.send([prepared])
    }

    /// An answer to a safe request that may be so long that it is made only when its turn comes, one in each round of the
    /// loop; 503 where there is no memory for so many bytes by then. `make` runs on the loop with its state, and says what
    /// is to be said then, or later; not that it takes another turn.
    public func inTurn(holding bytes: Int, _ make: @escaping @Sendable (LoopState) -> Answer) -> Answer {
        Answer(
            kind: .inTurn(
                LongAnswer(bytes: bytes) { box in
                    // As above.
                    make((box as! TypedLoopStateBox<LoopState>).state)
                }))
    }

    /// Whether an answer that may have so many bytes is worth making: there is memory to hold it. Callable from any queue.
    public func hasRoom(forAnswerOf bytes: Int) -> Bool { slot.loop.memory.hasRoom(forAnswerOf: bytes) }

    /// Bytes of responses that are made ahead of one batch.
    private static var preparedAtOnce: Int { 4 << 20 }

    /// Has the responses made that can be, each on its connection's loop. They need not be sent after it.
    public static func prepare(_ batch: [Prepared]) {
        hand(batch, { $0.draft }) { loop, drafts in
            loop.async { _ in
                var bytes = 0
                for draft in drafts where bytes < preparedAtOnce { bytes += draft.prepare() }
            }
        }
    }

    /// Hands each loop all its answers in one hop.
    public static func send(_ batch: [Prepared]) {
        hand(batch) {
            LateAnswer(connection: $0.slot.connection, sequence: $0.slot.sequence, bytes: $0.bytes, make: $0.make)
        } to: { loop, answers in
            loop.deliver(answers)
        }
    }

    /// Hands each loop what `part` makes of its replies, all at once.
    private static func hand<Part>(
        _ batch: [Prepared], _ part: (Prepared) -> Part?, to receive: (Loop, [Part]) -> Void
    ) {
        var loops: [(loop: Loop, parts: [Part])] = []
        for prepared in batch {
            guard let part = part(prepared) else { continue }
            if let index = loops.firstIndex(where: { $0.loop === prepared.slot.loop }) {
                loops[index].parts.append(part)
            } else {
                loops.append((prepared.slot.loop, [part]))
            }
        }
        for (loop, parts) in loops { receive(loop, parts) }
    }
}
