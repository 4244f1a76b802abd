import Glibc

extension Connection {
    /// Works out what the connection waits for, and until when.
    func setDeadline() {
        let timeouts = context.timeouts
        if stage == .lingering {
            deadline = lastActivity + timeouts.linger
        } else if turnedDown != nil {
            deadline = lastActivity
        } else if let sendingSince, hasUnsent {
            deadline = timeouts.write.deadline(start: sendingSince, bytes: sentSince)
        } else if let memoryWait, stream == nil {
            deadline = memoryWait.since + timeouts.memory
        } else if let receivingSince, stage == .open {
            deadline =
                parser.phase == .head
                ? receivingSince + timeouts.header
                : timeouts.body.deadline(start: receivingSince, bytes: body.count)
        } else if isIdle {
            deadline = lastActivity + timeouts.idle
        } else {
            deadline = .never
        }
    }

    /// Nothing asked, nothing owed.
    private var isIdle: Bool {
        stage == .open && exchanges.isEmpty && leftover.isEmpty && !hasUnsent && parser.phase == .betweenRequests
    }

    /// Acts when the wait was too long.
    func checkDeadline() {
        if isStalling { return endStalling() }
        guard context.now >= deadline else { return }
        if turnedDown != nil {
            turnDown(isLate: true)
            advance()
        } else if memoryWait != nil, stage == .open, !hasUnsent {
            refuseForMemory()
        } else if receivingSince != nil, stage == .open, !hasUnsent {
            refuse(
                parser.phase == .head
                    ? .requestTimeout("The header did not come in time; send it at once.")
                    : .requestTimeout("The body came too slowly; send it faster, or less of it."))
            advance()
        } else if isIdle, hasInputWaiting {
            // It came just now, and will be read at the next turn.
            lastActivity = context.now
            setDeadline()
        } else if let sendingSince, hasUnsent, stage != .lingering {
            // What it has taken is asked for only now, as most have taken all by then.
            deadline = context.timeouts.write.deadline(start: sendingSince, bytes: takenSince)
            if context.now >= deadline { close(.tooSlow) }
        } else {
            close(.tooSlow)
        }
    }

    /// Others wait for the memory that this peer makes no use of.
    private func endStalling() {
        guard !hasUnsent else { return close(.tooSlow) }
        refuse(.requestTimeout("The request stopped coming while others waited for memory; send it at once."))
        advance()
    }

    private var hasInputWaiting: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    /// The server drains: an idle connection closes soon, any other after its last answer.
    func draining() {
        hurryAnswers()
        setDeadline()
        checkDeadline()
    }
}
