/// What is edited of a customer. Their name cannot be taken away.
public typealias CustomerEdit = Edit<CustomerFields>

extension Customer {
    /// The customer with the edit made at `now`; nil when it changes nothing.
    public func edited(_ incoming: Incoming<CustomerEdit>, at now: Instant) throws(Refusal) -> Customer? {
        let edit = try incoming.checked([])
        var customer = self
        customer.fields = edit.applied(to: fields)
        guard !customer.fields.isExactly(fields) else { return nil }
        customer.version += 1
        customer.updatedAt = now
        return customer
    }
}
