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
    /// Only customers who were erased (or were not); nil: both.
    public var erased: Bool?
    /// Only customers who are (or are not) to be treated with particular care; nil: both.
    public var vulnerable: Bool?

    /// Every customer.
    public init() {}

    /// Whether it finds customers by what they are called, or where they are reached.
    fileprivate var isNarrow: Bool { externalID != nil || !emails.isEmpty || search != nil }
}

extension ReadTransaction {
    /// The customer of that id, as they stand themselves; nil when there is none (or none yet).
    public func customer(_ id: Int64) throws -> Customer? {
        if let supposed = supposed?.customer(id) { return supposed }
        let customer = try statements.first(
            Self.customerByID, db,
            bind: {
                $0.add(id)
                $0.add(asOf)
            }
        ) { try CustomerColumns.customer($0, at: 0) }
        return try customer.flatMap { try asOfRecord([$0]).first }
    }

    private static let customerByID = SQL(
        "SELECT \(CustomerColumns.list) FROM customer u WHERE u.id = ? AND u.recorded_at <= ?")

    /// The customer with that key of another system, and those whose key is the same but for its case.
    func customers(externalID: String) throws -> (exactly: Customer?, others: [Customer]) {
        var (exactly, others): (Customer?, [Customer]) = (nil, [])
        let key = CustomerKeys.folded(externalID).string
        try statements.rows(Self.customersByExternalID, db, bind: { $0.add(key) }) { row in
            let recorded = try CustomerColumns.customer(row, at: 0)
            let customer = supposed?.customer(recorded.id) ?? recorded
            if customer.fields.externalID.isExactly(externalID) { exactly = customer } else { others.append(customer) }
        }
        for customer in supposed?.new(ExactText(key)) ?? [] {
            if customer.fields.externalID.isExactly(externalID) { exactly = customer } else { others.append(customer) }
        }
        return (exactly, others)
    }

    private static let customersByExternalID = SQL(
        """
        SELECT \(CustomerColumns.list) FROM customer u INDEXED BY customer_by_external_id_key
        WHERE u.external_id_key = ? ORDER BY u.id LIMIT \(CaseWarning.mostCustomers)
        """)

    /// The ids of who has that phone number, or that address, and of `others`, as who they are in the end today: of so many at
    /// most; each once, the smallest first. The indexes say it alone, as each new case asks.
    package func people(like keys: CustomerKeys, or others: [Int64] = []) throws -> [Int64] {
        var ids = others
        ids.reserveCapacity(2 * CaseWarning.mostCustomers + 4)
        if let phone = keys.phone {
            let number = phone.reversed
            let numbers = [number] + phone.reversedWithoutCountryCode
            try statements.rows(Self.customersByPhone, db) { row in
                for index in 0...PhoneNumber.longestCountryCode {
                    row.add(index < numbers.count ? numbers[index] : nil)
                }
                // What has this one at its beginning, and a country code behind it.
                row.add("\(number):")
                row.add(Int64(number.utf8.count + PhoneNumber.longestCountryCode))
            } _: {
                ids.append($0.integer(0))
            }
        }
        if let email = keys.email {
            try statements.rows(Self.customersByEmail, db, bind: { $0.add(email.string) }) { ids.append($0.integer(0)) }
        }
        guard !ids.isEmpty else { return [] }
        guard try hasMerges() else { return ids.sortedOnce() }
        var people: [Int64] = []
        try statements.rows(Self.peopleOf, db, bind: { $0.add(jsonArray(ids.sortedOnce())) }) {
            people.append($0.integer(0))
        }
        return people.sortedOnce()
    }

    /// A number without each of its country codes is looked up by itself: a list of them would be made a table each time.
    private static let customersByPhone = SQL(
        """
        \((1...PhoneNumber.longestCountryCode + 1).map { number in
            """
            SELECT * FROM (SELECT k.id FROM customer k INDEXED BY customer_by_phone
                WHERE k.phone_key = ?\(number) LIMIT \(CaseWarning.mostCustomers + 1))
            UNION ALL
            """
        }.joined(separator: "\n"))
        SELECT * FROM (SELECT k.id FROM customer k INDEXED BY customer_by_phone
            WHERE k.phone_key > ?1 AND k.phone_key < ?5 AND length(k.phone_key) <= ?6
            LIMIT \(CaseWarning.mostCustomers + 1))
        """)

    private static let customersByEmail = SQL(
        """
        SELECT k.id FROM customer k INDEXED BY customer_by_email
        WHERE k.email_key = ? LIMIT \(CaseWarning.mostCustomers + 1)
        """)

    private static let peopleOf = SQL(
        """
        WITH RECURSIVE up (id, into_id) AS (
            SELECT u.id, u.merged_into FROM json_each(?) i CROSS JOIN customer u ON u.id = i.value
            UNION
            SELECT u.id, u.merged_into FROM up CROSS JOIN customer u ON u.id = up.into_id)
        SELECT id FROM up WHERE into_id IS NULL
        """)

    /// A page of the customers the filter lets through, by id. Who was merged is found as who they are in the end.
    public func customers(_ filter: CustomerFilter, _ request: PageRequest) throws -> Page<Customer> {
        var found = ListSQL()
        found.add("u.recorded_at <= :now", "now", .instant(asOf))
        if let id = filter.externalID { try add(externalID: id, to: &found) }
        try add(emails: filter.emails, to: &found)
        if let search = filter.search { try add(search, named: "q", to: &found) }
        var list = found
        if try hasMerges() {
            list = ListSQL()
            list.bind(found.values)
            list.add("u.recorded_at <= :now AND \(try mergedInto("u")) IS NULL")
            if filter.isNarrow {
                list.add("u.id IN (\(try roots(of: "SELECT u.id FROM customer u \(found.whereClause)")))")
            }
        }
        if let erased = filter.erased {
            list.add(erased ? "u.erased_at <= :now" : "(u.erased_at IS NULL OR u.erased_at > :now)")
        }
        if let vulnerable = filter.vulnerable {
            let ids = try hasMerges() ? roots(of: self.vulnerable) : self.vulnerable
            list.add("u.id \(vulnerable ? "" : "NOT ")IN (\(ids))")
        }
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
            items.append(try CustomerColumns.customer(row, at: 0))
            return true
        }
        return page(try asOfRecord(items), request, count: count) {
            PageKey(value: nil, id: $0.id)
        }
    }

    private func add(emails: [String], to list: inout ListSQL) throws {
        if !emails.isEmpty { list.add(try isReached(byEmails: emails, &list)) }
    }

    /// That `customer u` has one of the addresses. No index is kept for them: the words of one are looked up in the full-text
    /// index, which compares them with less care, and then the whole of it is compared.
    private func isReached(byEmails emails: [String], _ list: inout ListSQL) throws -> String {
        let isOne = bind(emails, as: try then("u.email", "email", of: .customer, id: "u.id"), &list)
        // To the index they are all the same words.
        guard let email = emails.first, let words = SearchQuery(phrase: email) else { return isOne }
        var found = FoundSQL(self, named: "email_words")
        return try words.terms.reduce(isOne) { "\($0) AND u.id IN (\(try found.customers($1, &list)))" }
    }

    /// The same of who called for the customer of `complaint_case c`.
    private func isContact(byEmails emails: [String], _ list: inout ListSQL) throws -> String {
        let isOne = bind(emails, as: try caseField("contact_email"), &list)
        guard let email = emails.first, let words = SearchQuery(phrase: email) else { return isOne }
        var found = FoundSQL(self, named: "contact_words")
        return try words.terms.reduce(isOne) { "\($0) AND c.id IN (\(try found.contacts($1, &list)))" }
    }

    /// That a column has one of the addresses.
    private func bind(_ emails: [String], as column: String, _ list: inout ListSQL) -> String {
        for (index, email) in emails.enumerated() { list.bind("email\(index)", .text(email)) }
        return "(\(emails.indices.map { "\(column) = :email\($0) COLLATE NOCASE" }.joined(separator: " OR ")))"
    }

    /// The ids of the cases of whoever is reached so, and of everybody who they are one with; and of those in which they called
    /// for somebody else.
    func cases(of contact: CustomerContact, _ list: inout ListSQL) throws -> String {
        if isHistorical { list.bind("now", .instant(asOf)) }
        switch contact {
        case .email(let emails):
            let customers = "SELECT u.id AS id FROM customer u WHERE \(try isReached(byEmails: emails, &list))"
            return """
                \(try cases(ofPeople: customers))
                UNION ALL
                SELECT c.id AS id FROM complaint_case c WHERE \(try isContact(byEmails: emails, &list))
                """
        case .phone(let number):
            var found = FoundSQL(self, named: "phone")
            return try found.cases(SearchTerm(ways: [[number.match]]), .identity, &list)
        }
    }

    private func add(externalID: String, to list: inout ListSQL) throws {
        let column = try then("u.external_id", "external_id", of: .customer, id: "u.id")
        list.add("\(column) = :external_id", "external_id", .text(externalID))
        guard isHistorical else { return }
        let ids = try idsThen(
            "external_id", is: ":external_id", of: .customer,
            today: """
                SELECT k.id FROM customer k INDEXED BY customer_by_external_id WHERE k.external_id = :external_id
                """)
        list.add("u.id IN (\(ids))")
    }

    /// The customers that a search finds.
    private func add(_ search: SearchQuery, named name: String, to list: inout ListSQL) throws {
        var found = FoundSQL(self, named: name)
        for term in search.terms { list.add("u.id IN (\(try found.customers(term, &list)))") }
    }
}

extension [Int64] {
    /// Each of them once, the smallest first. Of a few dozen, as these are, a set costs twice as much.
    fileprivate func sortedOnce() -> [Int64] {
        var once: [Int64] = []
        once.reserveCapacity(count)
        for id in sorted() where id != once.last { once.append(id) }
        return once
    }
}
