/// Who complains: a customer the desk knows, or a new one.
public enum CustomerRequest: Sendable, Hashable {
    /// One on record; an id that is not there is an issue.
    case known(id: Int64)
    /// By `external_id`, with what else was sent of them: the name is empty where it was not. Made new, with that key, when
    /// there is none and a name was given; with `update` one on record is edited to be as was sent.
    case keyed(externalID: String, CustomerFields?, update: Bool = false)
    /// Never matched by name or address: two people may share them.
    case new(CustomerFields)
    /// It could not be read; an issue says why.
    case unreadable
}

/// A new case.
public struct CaseRequest: Sendable, Hashable {
    /// What can be edited later; defaults where nothing was sent.
    public var fields: CaseFields
    /// The customer's own words, kept verbatim (T5).
    public var complaint: String
    /// Who complains.
    public var customer: CustomerRequest
    /// When it reached the desk; nil: now.
    public var receivedAt: PastInstant?
    /// Nil: the policy's `acknowledge` promise.
    public var promise: PromiseRequest?

    /// A case to be opened (T1, T5).
    public init(
        fields: CaseFields = CaseFields(), complaint: String, customer: CustomerRequest, receivedAt: PastInstant? = nil,
        promise: PromiseRequest? = nil
    ) {
        self.fields = fields
        self.complaint = complaint
        self.customer = customer
        self.receivedAt = receivedAt
        self.promise = promise
    }
}
