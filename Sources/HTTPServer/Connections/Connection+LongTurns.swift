import HTTPTypes

extension Connection {
    /// Its turn has come to have a long answer made, if there is still room for it.
    func takeLongTurn() {
        guard stage != .closed, let longAnswer else { return }
        share = TurnShare()
        if context.memory.account.hasRoom(forAnswerOf: longAnswer.bytes) {
            makeLongAnswer()
        } else {
            refuseLongAnswer()
        }
        advance()
    }

    /// It is the newest exchange's: nothing was taken since.
    private var longSequence: UInt64 { firstSequence + UInt64(exchanges.count - 1) }

    func makeLongAnswer() {
        guard let long = longAnswer.take() else { return }
        let made = long.make(context.handler.state)
        switch made.kind {
        case .now(let response):
            share.bytes -= response.holds
            answer(response, to: longSequence)
        case .later(let hurry):
            exchanges[exchanges.endIndex - 1].hurry = hurry
            if peerEnded || context.isDraining { hurryAnswers() }
        case .inTurn: preconditionFailure("A long answer that has its turn takes no other.")
        }
    }

    /// There is no room to hold it, so it is not made.
    func refuseLongAnswer() {
        guard longAnswer.take() != nil, let exchange = exchanges.last else { return }
        answer(context.handler.response(to: .outOfMemory, requestID: exchange.requestID), to: longSequence)
    }
}
