/// How far off a promise may be due before it is too long to wait for, by the policy.
public struct PromiseSpan: Sendable, Hashable {
    /// The policy's field that says so.
    public let field: String
    /// From its making.
    public let longest: ElapsedTime
}

extension Policy {
    /// How far off a promise of that kind is right (T1); nil where the policy does not say: then `maxSpan` alone bounds
    /// it.
    public func span(of kind: PromiseKind) -> PromiseSpan? {
        switch kind {
        case .acknowledge: PromiseSpan(field: "acknowledge_in", longest: acknowledgeIn)
        case .remedy: PromiseSpan(field: "remedy_in", longest: remedyIn)
        case .followUp: followUpIn.map { PromiseSpan(field: "follow_up_in", longest: $0) }
        case .update, .callback, .answer, .decision, .checkIn, .other:
            PromiseSpan(field: "update_in", longest: updateIn)
        }
    }
}
