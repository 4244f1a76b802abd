/// Somebody of the desk who is to be named.
public struct OwnerRequest: Sendable, Hashable {
    /// What promises and cases call them.
    public var name: String
    /// What can be edited later; defaults where nothing was sent.
    public var fields: OwnerFields

    /// Somebody of that name.
    public init(name: String, fields: OwnerFields = OwnerFields()) {
        self.name = name
        self.fields = fields
    }
}

/// What is edited of an owner. Whether they are active cannot be taken away.
public typealias OwnerEdit = Edit<OwnerFields>

extension Owner {
    /// The owner with the edit made at `now`; nil when it changes nothing.
    public func edited(_ incoming: Incoming<OwnerEdit>, at now: Instant) throws(Refusal) -> Owner? {
        let edit = try incoming.checked([])
        var owner = self
        owner.fields = edit.applied(to: fields)
        guard !owner.fields.isExactly(fields) else { return nil }
        owner.version += 1
        owner.updatedAt = now
        return owner
    }
}
