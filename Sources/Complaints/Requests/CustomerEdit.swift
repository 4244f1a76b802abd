/// A JSON Merge Patch (RFC 7396) of a customer: nil leaves a field as it is; `.some(nil)` takes its value away.
public struct CustomerEdit: Sendable, Hashable {
    /// Unique among customers: the store refuses one that another customer has.
    public var externalID: String??
    /// Cannot be taken away.
    public var name: String?
    /// Not checked to be an address.
    public var email: String??
    /// Not checked to be a number.
    public var phone: String??

    /// An edit that leaves everything as it is.
    public init() {}
}

extension Customer {
    /// The customer with the edit made at `now`; nil when it changes nothing.
    public func edited(_ incoming: Incoming<CustomerEdit>, at now: Instant) throws(Refusal) -> Customer? {
        let edit = try incoming.checked([])
        var customer = self
        if let externalID = edit.externalID { customer.externalID = externalID }
        if let name = edit.name { customer.name = name }
        if let email = edit.email { customer.email = email }
        if let phone = edit.phone { customer.phone = phone }
        let isSame =
            customer.name.isExactly(name) && customer.externalID.isExactly(externalID)
            && customer.email.isExactly(email) && customer.phone.isExactly(phone)
        guard !isSame else { return nil }
        customer.version += 1
        customer.updatedAt = now
        return customer
    }
}
