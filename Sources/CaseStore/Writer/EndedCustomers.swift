import Complaints

/// Lookup table of the phone numbers and e-mail addresses of customers with whom the relationship was ended (T17), of the
/// one connection that writes: so that it costs a new case no statement to see that its customer may be one of them.
///
/// It is read when it is first asked, and valid until one of these customers changes or something is rolled back: then it
/// is read anew.
package final class EndedCustomers {
    private static let all = SQL(
        """
        SELECT id, phone, email FROM customer INDEXED BY customer_ended
        WHERE relationship = 'end' AND erased_at IS NULL ORDER BY id
        """)
    /// A number with fewer digits is not one person's.
    private static let fewestDigits = 6

    private var idsByKey: [ExactText: Int64]?

    /// One that has yet to be read.
    package init() {}

    /// The first of them who has a phone number or an address in common with these, if there is one.
    func customer(like fields: CustomerFields, _ transaction: ReadTransaction) throws -> Int64? {
        guard fields.phone != nil || fields.email != nil else { return nil }
        let ids = try idsByKey ?? read(transaction)
        idsByKey = ids
        return ids.isEmpty ? nil : Self.keys(phone: fields.phone, email: fields.email).compactMap { ids[$0] }.min()
    }

    /// One of them has changed, or may not have.
    func forget() { idsByKey = nil }

    private func read(_ transaction: ReadTransaction) throws -> [ExactText: Int64] {
        var ids: [ExactText: Int64] = [:]
        try transaction.statements.rows(Self.all, transaction.db, bind: { _ in }) { row in
            for key in Self.keys(phone: row.optionalText(1), email: row.optionalText(2)) where ids[key] == nil {
                ids[key] = row.integer(0)
            }
        }
        return ids
    }

    /// However a number is written, its digits without zeros ahead are the same; an address is the same in any case.
    private static func keys(phone: String?, email: String?) -> [ExactText] {
        var keys: [ExactText] = []
        if let phone {
            let digits = phone.utf8.filter { (0x30...0x39).contains($0) }.drop { $0 == 0x30 }
            if digits.count >= fewestDigits { keys.append(ExactText(String(decoding: digits, as: UTF8.self))) }
        }
        if let email { keys.append(FoldedName(email).text) }
        return keys
    }
}
