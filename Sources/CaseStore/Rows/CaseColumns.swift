import Complaints
import Foundation
import GRDB

/// The columns of a case with its customer, and how a row of them becomes a `Case`.
enum CaseColumns {
    /// Of `complaint_case c` joined with `customer u`.
    static let list = """
        c.id, c.external_id, c.subject, c.complaint, c.channel, c.category_id, c.tags, c.severity, c.mood,
        c.desired_outcome, c.estimate_from, c.estimate_to, c.owner_id, c.team_id, c.supervisor_id, c.hard_deadline,
        c.received_at, c.opened_at, c.status, c.resolved_at, c.closed_at, c.imported, c.version, c.edits,
        c.updated_at, c.mood_before, c.customer_accepted, c.contact_name, c.contact_phone, c.contact_email,
        c.contact_relation, c.customer_id, c.duplicate_of, c.regime, c.stages, c.heard_at,
        \(EndingColumns.list(of: "c")), \(CustomerColumns.list)
        """
    private static let ending = 36
    private static let customer = ending + EndingColumns.names.count
    static let count = customer + CustomerColumns.count

    static func record(_ row: Columns, names: NameBook, _ db: Database) throws -> Case {
        let estimate: Estimate? = try row.optionalText(10).map { from in
            guard let from = Estimate.Bound(from), let to = Estimate.Bound(row.text(11)) else {
                throw StoreError.unreadable("an estimate is no estimate")
            }
            return Estimate(from: from, to: to)
        }
        return Case(
            id: row.integer(0), customer: try CustomerColumns.customer(row, at: customer), customerID: row.integer(31),
            complaint: row.text(3),
            fields: CaseFields(
                externalID: row.optionalText(1), subject: row.optionalText(2), channel: try row.word(4),
                category: try names.spelling(row.optionalInteger(5), db), tags: try tags(row.optionalText(6)),
                severity: try row.word(7), mood: try row.word(8), desiredOutcome: row.optionalText(9),
                estimate: estimate,
                owner: try names.spelling(row.optionalInteger(12), db),
                team: try names.spelling(row.optionalInteger(13), db),
                supervisor: try names.spelling(row.optionalInteger(14), db), hardDeadline: row.optionalInstant(15),
                regime: row.optionalText(33),
                contact: Contact(
                    name: row.optionalText(27), phone: row.optionalText(28), email: row.optionalText(29),
                    relation: row.optionalText(30))),
            moodBefore: try row.optionalWord(25), receivedAt: row.instant(16), openedAt: row.instant(17),
            status: try row.word(18),
            resolvedAt: row.optionalInstant(19), closedAt: row.optionalInstant(20),
            customerAccepted: row.optionalInteger(26).map { $0 != 0 }, duplicateOf: row.optionalInteger(32),
            ending: try EndingColumns.ending(row, at: ending), stages: Int(row.integer(34)),
            heardAt: row.optionalInstant(35), imported: row.flag(21), version: row.integer(22), edits: row.integer(23),
            updatedAt: row.instant(24))
    }

    static func encode(tags: [String]) -> String? {
        tags.isEmpty ? nil : String(decoding: FactCoding.bytes(tags), as: UTF8.self)
    }

    static func tags(_ json: String?) throws -> [String] {
        guard let json else { return [] }
        return try plainTags(json.utf8) ?? JSONDecoder().decode([String].self, from: Data(json.utf8))
    }

    /// The texts of an array in which nothing is escaped, as `encode` writes it: a quote can only be that of a text then. Nil for
    /// any other.
    private static func plainTags(_ json: String.UTF8View) -> [String]? {
        let (quote, comma, escape) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\\"))
        guard json.count >= 4, json.starts(with: "[\"".utf8), json.suffix(2).elementsEqual("\"]".utf8),
            !json.contains(escape)
        else { return nil }
        let parts = json.dropFirst(2).dropLast(2).split(separator: quote, omittingEmptySubsequences: false)
        // Texts and the commas between them by turns.
        guard parts.count % 2 == 1 else { return nil }
        var tags: [String] = []
        for (index, part) in parts.enumerated() {
            if index % 2 == 0 {
                tags.append(String(Substring(part)))
            } else if !part.elementsEqual([comma]) {
                return nil
            }
        }
        return tags
    }
}

/// What of a case may change, as columns that are written.
struct ChangingCaseColumns {
    /// In the order of `add`.
    static let names = [
        "external_id", "subject", "channel", "category_id", "tags", "severity", "mood", "mood_before",
        "desired_outcome",
        "estimate_from", "estimate_to", "owner_id", "team_id", "supervisor_id", "hard_deadline", "contact_name",
        "contact_phone", "contact_email", "contact_relation", "status", "resolved_at", "closed_at", "customer_accepted",
        "duplicate_of", "regime", "stages", "heard_at", "version", "edits", "updated_at",
    ]

    private let record: Case
    private let category: Int64?
    private let owner: Int64?
    private let team: Int64?
    private let supervisor: Int64?
    private let tags: String?

    /// Names that were never seen are written down.
    init(_ record: Case, _ transaction: WriteTransaction) throws {
        self.record = record
        let fields = record.fields
        category = try transaction.id(fields.category, .category)
        owner = try transaction.id(fields.owner, .owner)
        team = try transaction.id(fields.team, .team)
        supervisor = try transaction.id(fields.supervisor, .supervisor)
        tags = CaseColumns.encode(tags: fields.tags)
    }

    func add(to row: inout Bindings) {
        let fields = record.fields
        row.add(fields.externalID)
        row.add(fields.subject)
        row.add(fields.channel.rawValue)
        row.add(category)
        row.add(tags)
        row.add(fields.severity.rawValue)
        row.add(fields.mood.rawValue)
        row.add(record.moodBefore?.rawValue)
        row.add(fields.desiredOutcome)
        row.add(fields.estimate?.from.text)
        row.add(fields.estimate?.to.text)
        row.add(owner)
        row.add(team)
        row.add(supervisor)
        row.add(fields.hardDeadline)
        row.add(fields.contact.name)
        row.add(fields.contact.phone)
        row.add(fields.contact.email)
        row.add(fields.contact.relation)
        row.add(record.status.rawValue)
        row.add(record.resolvedAt)
        row.add(record.closedAt)
        row.add(record.customerAccepted.map { Int64($0 ? 1 : 0) })
        row.add(record.duplicateOf)
        row.add(fields.regime)
        row.add(Int64(record.stages))
        row.add(record.heardAt)
        row.add(record.version)
        row.add(record.edits)
        row.add(record.updatedAt)
    }
}

/// The columns of as much of a case as a list of promises shows.
enum SummaryColumns {
    /// Of `complaint_case c` joined with `customer u`.
    static let list = """
        c.id, c.external_id, c.subject, c.severity, c.mood, c.edits, c.customer_id, c.contact_name, c.contact_phone,
        c.contact_email, c.contact_relation, c.hard_deadline, \(CustomerColumns.list)
        """
    static let count = 12 + CustomerColumns.count

    static func summary(_ row: Columns, at first: Int) throws -> CaseSummary {
        CaseSummary(
            id: row.integer(first), externalID: row.optionalText(first + 1), subject: row.optionalText(first + 2),
            severity: try row.word(first + 3),
            mood: try row.word(first + 4), customer: try CustomerColumns.customer(row, at: first + 12),
            contact: Contact(
                name: row.optionalText(first + 7), phone: row.optionalText(first + 8),
                email: row.optionalText(first + 9), relation: row.optionalText(first + 10)),
            hardDeadline: row.optionalInstant(first + 11), customerID: row.integer(first + 6),
            edits: row.integer(first + 5))
    }
}

/// What of a customer may be edited, as columns that are written, with the keys that follow from it.
struct ChangingCustomerColumns {
    /// In the order of `add`.
    static let names = [
        "external_id", "name", "email", "phone", "language", "needs", "vulnerable", "vulnerable_reason", "phone_key",
        "email_key", "external_id_key", "updated_at", "version",
    ]

    private let customer: Customer
    private let keys: CustomerKeys

    /// - Parameter keys: the customer's, which take some time to make.
    init(_ customer: Customer, _ keys: CustomerKeys) {
        self.customer = customer
        self.keys = keys
    }

    func add(to row: inout Bindings) {
        let fields = customer.fields
        row.add(fields.externalID)
        row.add(fields.name)
        row.add(fields.email)
        row.add(fields.phone)
        row.add(fields.language)
        row.add(CaseColumns.encode(tags: fields.needs))
        row.add(fields.vulnerable ? 1 : nil as Int64?)
        row.add(fields.vulnerableReason)
        row.add(keys.phone?.reversed)
        row.add(keys.email?.string)
        row.add(keys.externalID?.string)
        row.add(customer.updatedAt)
        row.add(customer.version)
    }
}

/// The columns of a customer.
enum CustomerColumns {
    /// Of `customer u`.
    static let list = """
        u.id, u.external_id, u.name, u.email, u.phone, u.recorded_at, u.updated_at, u.version,
        u.relationship, u.relationship_at, u.erased_at, u.language, u.needs, u.merged_into, u.merged_at, u.has_merged,
        u.vulnerable, u.vulnerable_reason
        """
    static let count = 18

    static func customer(_ row: Columns, at first: Int) throws -> Customer {
        let decided: Relationship? = try row.optionalWord(first + 8)
        return Customer(
            id: row.integer(first),
            fields: CustomerFields(
                name: row.text(first + 2), email: row.optionalText(first + 3), phone: row.optionalText(first + 4),
                externalID: row.optionalText(first + 1), language: row.optionalText(first + 11),
                needs: try CaseColumns.tags(row.optionalText(first + 12)), vulnerable: !row.isNull(first + 16),
                vulnerableReason: row.optionalText(first + 17)),
            recordedAt: row.instant(first + 5),
            relationship: decided.map { RelationshipDecision($0, recordedAt: row.instant(first + 9)) },
            erasedAt: row.optionalInstant(first + 10), mergedInto: row.optionalInteger(first + 13),
            mergedAt: row.optionalInstant(first + 14), hasMerged: row.flag(first + 15),
            updatedAt: row.instant(first + 6), version: row.integer(first + 7))
    }
}
