public import Complaints
import GRDB

/// Which customers a list shows.
public struct CustomerFilter: Sendable, Hashable {
    /// The key in another system, compared exactly; at most one customer has it. Nil: any or none.
    public var externalID: String?
    /// The whole address, or what else it may have been meant as, compared without the case of ASCII letters. Empty: any or
    /// none.
    public var emails: [String] = []
    /// Words that must all occur in the name, the addresses or the external id.
    public var search: SearchQuery?
    /// Only customers who were erased (or were not), as of today; nil: both.
    public var erased: Bool?

    /// Every customer.
    public init() {}
}

extension ReadTransaction {
    /// The customer of that id; nil when there is none (or none yet).
    public func customer(_ id: Int64) throws -> Customer? {
        try statements.first(
            Self.customerByID, db,
            bind: {
                $0.add(id)
                $0.add(asOf)
            }
        ) { try asOfRecord(CustomerColumns.customer($0, at: 0)) }
    }

    private static let customerByID = SQL(
        "SELECT \(CustomerColumns.list) FROM customer u WHERE u.id = ? AND u.recorded_at <= ?")

    /// The customer with that key of another system.
    func customer(externalID: String) throws -> Customer? {
        try statements.first(Self.customerByExternalID, db, bind: { $0.add(externalID) }) {
            try CustomerColumns.customer($0, at: 0)
        }
    }

    private static let customerByExternalID = SQL(
        "SELECT \(CustomerColumns.list) FROM customer u WHERE u.external_id = ?")

    /// A page of the customers the filter lets through, by id.
    public func customers(_ filter: CustomerFilter, _ request: PageRequest) throws -> Page<Customer> {
        var list = ListSQL()
        list.add("u.recorded_at <= :now", "now", .instant(asOf))
        if let id = filter.externalID { list.add("u.external_id = :external_id", "external_id", .text(id)) }
        try add(emails: filter.emails, to: &list)
        for (index, term) in (filter.search?.terms ?? []).enumerated() {
            try add(term: term, named: "q\(index)", to: &list)
        }
        if let erased = filter.erased { list.add("u.erased_at IS \(erased ? "NOT " : "")NULL") }
        let customers = filter.erased == true ? "customer u INDEXED BY customer_erased" : "customer u"
        let count = request.counts ? try count(from: customers, list) : nil
        if let after = request.after { list.add("u.id > :after_id", "after_id", .integer(after.id)) }
        let sql = """
            SELECT \(CustomerColumns.list) FROM \(customers)
            \(list.whereClause)
            ORDER BY u.id
            LIMIT \(request.limit + 1)
            """
        var items: [Customer] = []
        try statements.rows(sql, list.values, db) { row in
            items.append(try asOfRecord(CustomerColumns.customer(row, at: 0)))
            return true
        }
        return page(items, request, count: count) {
            PageKey(value: nil, id: $0.id)
        }
    }

    /// No index is kept for addresses: the words of one are looked up in the full-text index, which compares them with
    /// less care, and then the whole of it is compared.
    private func add(emails: [String], to list: inout ListSQL) throws {
        guard let email = emails.first else { return }
        for (index, email) in emails.enumerated() { list.bind("email\(index)", .text(email)) }
        let isOne = emails.indices.map { "u.email = :email\($0) COLLATE NOCASE" }.joined(separator: " OR ")
        list.add("(\(isOne))")
        // To the index they are all the same words. Scalar by scalar, as a quote with a mark on it is one all the same to who reads the query.
        let unquoted = String(String.UnicodeScalarView(email.unicodeScalars.map { $0 == "\"" ? " " : $0 }))
        guard let words = SearchQuery("\"\(unquoted)\"")?.terms.first else { return }
        try add(term: words, named: "email_words", to: &list)
    }

    /// The customers that a search finds.
    private func add(term: String, named name: String, to list: inout ListSQL) throws {
        var matches = "SELECT rowid FROM customer_text WHERE customer_text MATCH :\(name)"
        let tail = try searchTail.customers(term, in: self)
        if !tail.isEmpty {
            matches += " UNION ALL SELECT value FROM json_each(:\(name)_tail)"
            list.bind("\(name)_tail", .text(jsonArray(tail)))
        }
        list.add("u.id IN (\(matches))", name, .text(term))
    }
}
