import Complaints

/// One promise, as far as its clients see it.
struct PromiseModel: SequentialModel {
    /// What a client may ask. `expecting` is an entity tag for If-Match.
    enum Request: Sendable, Hashable {
        case read
        case reassign(owner: String, expecting: String?)
        case settle(Settling, by: String, expecting: String?)
    }

    enum Settling: Sendable, Hashable, CaseIterable {
        case keep, renegotiate, withdraw
    }

    /// What is seen of the promise: all of it, or what was in the way.
    enum Answer: Sendable, Hashable {
        case promise(owner: String?, state: PromiseState, settledBy: String?, tag: String)
        /// Renegotiated: what is seen is the new promise.
        case renewed
        case settledBefore(by: String, state: PromiseState)
        case stale
    }

    private(set) var owner: String?
    private(set) var state = PromiseState.open
    private(set) var settledBy: String?
    /// The entity tag; nil as long as nobody has seen it since it changed.
    private(set) var tag: String?
    /// The tags it had: none ever comes again.
    private var past: Set<String> = []

    init(owner: String?) {
        self.owner = owner
    }

    func next(_ request: Request, _ answer: Answer) -> PromiseModel? {
        switch (request, answer) {
        case (.read, .promise): seeing(answer)
        case (.reassign(_, let expected?), .stale), (.settle(_, _, let expected?), .stale):
            tag == expected ? nil : self
        case (.reassign(_, let expected), .settledBefore(let name, let state)),
            (.settle(_, _, let expected), .settledBefore(let name, let state)):
            settledBy == name && self.state == state ? meeting(expected) : nil
        case (.reassign(let owner, let expected), .promise):
            settledBy == nil ? meeting(expected)?.given(to: owner).seeing(answer) : nil
        case (.settle(let settling, let name, let expected), .promise) where settling != .renegotiate:
            settledBy == nil ? meeting(expected)?.settled(settling, by: name).seeing(answer) : nil
        case (.settle(.renegotiate, let name, let expected), .renewed):
            settledBy == nil ? meeting(expected)?.settled(.renegotiate, by: name) : nil
        default: nil
        }
    }

    /// This, if it can have the tag that was expected, and then it has.
    private func meeting(_ expected: String?) -> PromiseModel? {
        guard let expected else { return self }
        return has(expected)
    }

    /// Given to whose it is already, it stays as it is.
    private func given(to owner: String) -> PromiseModel {
        guard owner != self.owner else { return self }
        var model = self
        model.owner = owner
        model.forgetTag()
        return model
    }

    private func settled(_ settling: Settling, by name: String) -> PromiseModel {
        var model = self
        model.forgetTag()
        model.settledBy = name
        model.state =
            switch settling {
            case .keep: .kept
            case .renegotiate: .renegotiated
            case .withdraw: .withdrawn
            }
        return model
    }

    /// This, if it is what was seen.
    private func seeing(_ answer: Answer) -> PromiseModel? {
        guard case .promise(owner, state, settledBy, let tag) = answer else { return nil }
        return has(tag)
    }

    /// This, if the tag can be that one.
    private func has(_ tag: String) -> PromiseModel? {
        guard self.tag == tag || self.tag == nil && !past.contains(tag) else { return nil }
        var model = self
        model.tag = tag
        return model
    }

    private mutating func forgetTag() {
        if let tag { past.insert(tag) }
        tag = nil
    }
}
