import Complaints

/// Customers as changes that nobody writes would leave them, so that what comes after such changes can be tried, too. A read
/// that has them takes them for what is on record.
public final class SupposedCustomers {
    private var customers: [Int64: Customer] = [:]
    /// By their folded key; of those alone who are nowhere on record.
    private var new: [ExactText: [Int64]] = [:]
    private var lastID: Int64 = 0

    /// Nobody yet.
    public init() {}

    /// An id that nothing on record has.
    func nextID() -> Int64 {
        lastID -= 1
        return lastID
    }

    func add(_ customer: Customer) {
        if customers.updateValue(customer, forKey: customer.id) == nil, customer.id < 0,
            let key = customer.fields.externalID
        {
            new[CustomerKeys.folded(key), default: []].append(customer.id)
        }
    }

    /// Whoever has that id, where that is supposed.
    func customer(_ id: Int64) -> Customer? { customers[id] }

    /// Those with that folded key who are nowhere on record.
    func new(_ key: ExactText) -> [Customer] { new[key]?.compactMap { customers[$0] } ?? [] }
}
