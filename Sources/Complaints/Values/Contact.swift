/// Who called for the customer, where they did not themselves.
public struct Contact: Sendable, Hashable {
    /// As the desk addresses them; nil when unknown.
    public var name: String?
    /// Not checked to be a number; nil when unknown.
    public var phone: String?
    /// Not checked to be an address; nil when unknown.
    public var email: String?
    /// What they are to the customer, such as a daughter or a lawyer; nil when unknown.
    public var relation: String?

    /// Nobody, unless something is known of them.
    public init(name: String? = nil, phone: String? = nil, email: String? = nil, relation: String? = nil) {
        self.name = name
        self.phone = phone
        self.email = email
        self.relation = relation
    }

    /// Whether nobody called for the customer.
    public var isNobody: Bool { name == nil && phone == nil && email == nil && relation == nil }
}
