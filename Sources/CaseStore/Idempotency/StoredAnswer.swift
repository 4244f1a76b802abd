public import Complaints

/// Of whom or what an answer tells, so that it goes with them when they are erased.
public struct AnswerSubject: Sendable, Hashable {
    /// The customer it is about, or whose case it is; nil for what is of no single customer.
    public let customerID: Int64?
    /// The case it is about; nil for what is of no single case.
    public let caseID: Int64?

    /// Nobody.
    public static let none = AnswerSubject(customerID: nil, caseID: nil)

    /// A case, with its promises and its log.
    public init(_ record: Case) {
        self.init(customerID: record.customer.id, caseID: record.id)
    }

    /// A customer, without any case.
    public init(_ customer: Customer) {
        self.init(customerID: customer.id, caseID: nil)
    }

    init(customerID: Int64?, caseID: Int64?) {
        self.customerID = customerID
        self.caseID = caseID
    }
}

/// An answer that is kept for retries.
public struct StoredAnswer: Sendable, Hashable {
    /// Between 200 and 299: refusals change nothing, so they need not be kept.
    public let status: Int
    /// Location (RFC 9110 section 10.2.2), where the answer had one.
    public let location: String?
    /// ETag (RFC 9110 section 8.8.3), where the answer had one.
    public let entityTag: String?
    /// As it was sent.
    public let body: [UInt8]

    /// An answer with the header fields that are its own.
    public init(status: Int, location: String?, entityTag: String?, body: [UInt8]) {
        self.status = status
        self.location = location
        self.entityTag = entityTag
        self.body = body
    }
}
