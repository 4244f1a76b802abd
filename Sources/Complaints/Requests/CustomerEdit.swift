/// A JSON Merge Patch (RFC 7396) of a customer: nil leaves a field as it is; `.some(nil)` takes its value away.
public struct CustomerEdit: Sendable, Hashable {
    public var externalID: String??
    public var name: String?
    public var email: String??
    public var phone: String??

    public init() {}
}

extension Customer {
    /// The customer with the edit made at `now`; nil when it changes nothing.
    public func edited(_ edit: CustomerEdit, at now: Instant) -> Customer? {
        var customer = self
        if let externalID = edit.externalID { customer.externalID = externalID }
        if let name = edit.name { customer.name = name }
        if let email = edit.email { customer.email = email }
        if let phone = edit.phone { customer.phone = phone }
        guard customer != self else { return nil }
        customer.version += 1
        customer.updatedAt = now
        return customer
    }
}
