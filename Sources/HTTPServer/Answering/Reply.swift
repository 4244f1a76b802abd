/// A reply that can be given from any queue, once; to a connection that has gone it goes nowhere, and a second one
/// to the same request is ignored.
public struct Reply<LoopState>: Sendable {
    /// A reply with the closure that makes its response.
    public struct Prepared: Sendable {
        let slot: ReplySlot
        let make: @Sendable (LoopStateBox) -> Response
    }

    let slot: ReplySlot

    /// `make` runs on the connection's loop with that loop's state.
    public func prepared(_ make: @escaping @Sendable (LoopState) -> Response) -> Prepared {
        Prepared(slot: slot) { box in
            // A loop's box is made by the server whose service this reply was handed to, so its type is this one.
            make((box as! TypedLoopStateBox<LoopState>).state)
        }
    }

    /// Sends one answer; `make` runs on the connection's loop with that loop's state.
    public func send(_ make: @escaping @Sendable (LoopState) -> Response) {
        Self.send([prepared(make)])
    }

    /// Hands each loop all its answers in one hop.
    public static func send(_ batch: [Prepared]) {
        var loops: [(loop: Loop, answers: [LateAnswer])] = []
        for prepared in batch {
            let answer = LateAnswer(
                connection: prepared.slot.connection, sequence: prepared.slot.sequence, make: prepared.make)
            if let index = loops.firstIndex(where: { $0.loop === prepared.slot.loop }) {
                loops[index].answers.append(answer)
            } else {
                loops.append((prepared.slot.loop, [answer]))
            }
        }
        for (loop, answers) in loops { loop.deliver(answers) }
    }
}
