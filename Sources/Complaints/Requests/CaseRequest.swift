/// Who complains: a customer the desk knows, or a new one.
public enum CustomerRequest: Sendable, Hashable {
    case known(id: Int64)
    /// By `external_id`; made new, with that key, when there is none and a name was given.
    case keyed(externalID: String, NewCustomer?)
    case new(NewCustomer)
    /// It could not be read; an issue says why.
    case unreadable
}

/// A customer's fields.
public struct NewCustomer: Sendable, Hashable {
    public var name: String
    public var email: String?
    public var phone: String?

    public init(name: String, email: String? = nil, phone: String? = nil) {
        self.name = name
        self.email = email
        self.phone = phone
    }
}

/// A new case.
public struct CaseRequest: Sendable, Hashable {
    public var fields: CaseFields
    public var complaint: String
    public var customer: CustomerRequest
    public var receivedAt: Instant?
    /// Nil: the policy's `acknowledge` promise.
    public var promise: PromiseRequest?

    public init(
        fields: CaseFields = CaseFields(), complaint: String, customer: CustomerRequest, receivedAt: Instant? = nil,
        promise: PromiseRequest? = nil
    ) {
        self.fields = fields
        self.complaint = complaint
        self.customer = customer
        self.receivedAt = receivedAt
        self.promise = promise
    }
}
