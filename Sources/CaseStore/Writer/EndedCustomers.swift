import Complaints

/// Lookup table of the phone numbers and e-mail addresses of customers with whom the relationship was ended (T17), of the
/// one connection that writes: so that it costs a new case no statement to see that its customer may be one of them.
///
/// It is read when it is first asked, and valid until one of these customers changes or something is rolled back: then it
/// is read anew.
package final class EndedCustomers {
    private static let all = SQL(
        """
        SELECT \(CustomerColumns.list) FROM customer u INDEXED BY customer_ended
        WHERE u.relationship = 'end' AND u.erased_at IS NULL ORDER BY u.id
        """)

    private struct Table {
        var idsByEmail: [ExactText: Int64] = [:]
        /// By the last digits, of which every number has so many.
        var phones: [ExactText: [(key: PhoneNumber, id: Int64)]] = [:]

        /// By what a number is found that may be the same.
        static func end(of key: PhoneNumber) -> ExactText { ExactText(key.reversed.prefix(PhoneNumber.fewestDigits)) }
    }

    private var table: Table?

    /// One that has yet to be read.
    package init() {}

    /// The first of them who has a phone number or an address in common with these, if there is one.
    func customer(like keys: CustomerKeys, _ transaction: ReadTransaction) throws -> Int64? {
        guard keys.phone != nil || keys.email != nil else { return nil }
        let table = try table ?? read(transaction)
        self.table = table
        let phones = keys.phone.map { phone in
            table.phones[Table.end(of: phone), default: []].filter { $0.key.isLike(phone) }.map(\.id)
        }
        return ((phones ?? []) + [keys.email.flatMap { table.idsByEmail[$0] }].compactMap(\.self)).min()
    }

    /// One of them has changed, or may not have.
    func forget() { table = nil }

    /// Who was merged since is who they are in the end, with what was decided last about any of these.
    private func read(_ transaction: ReadTransaction) throws -> Table {
        var ended: [Customer] = []
        try transaction.statements.rows(Self.all, transaction.db) { row in
            ended.append(try CustomerColumns.customer(row, at: 0))
        }
        var table = Table()
        for customer in ended {
            let person = try transaction.person(customer)
            guard person.relationship?.decision == .end else { continue }
            let keys = CustomerKeys(customer.fields)
            if let phone = keys.phone { table.phones[Table.end(of: phone), default: []].append((phone, person.id)) }
            if let email = keys.email { table.idsByEmail[email] = min(table.idsByEmail[email] ?? person.id, person.id) }
        }
        return table
    }
}
