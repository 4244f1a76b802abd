extension WriteTransaction {
    /// A table whose rows the writer numbers itself.
    struct Numbering {
        fileprivate let slot: Int
        fileprivate let largest: SQL

        fileprivate init(_ slot: Int, _ table: String) {
            self.slot = slot
            largest = SQL("SELECT max(id) FROM \(table)")
        }
    }

    static let nextCase = Numbering(0, "complaint_case")
    static let nextPromise = Numbering(1, "promise")
    static let nextCustomer = Numbering(2, "customer")
    static let nextToken = Numbering(3, "token")
    static let nextAnswer = Numbering(4, "answered_request")
    static let nextOwner = Numbering(5, "owner")
    static let nextCalendar = Numbering(6, "calendar")
    static let nextPolicy = Numbering(7, "policy")
    static let nextRegime = Numbering(8, "regime")
    static let nextWebhook = Numbering(9, "webhook")

    /// The id the next row of a table gets. There is one writer, and it holds the lock, so the largest one there is needs
    /// to be looked up once.
    func nextID(_ numbering: Numbering) throws -> Int64 {
        if let id = nextIDs[numbering.slot] { return id }
        let id = try statements.first(numbering.largest, db) { $0.integer(0) + 1 } ?? 1
        nextIDs[numbering.slot] = id
        return id
    }

    /// The id that the next promise gets.
    package var nextPromiseID: Int64 { get throws { try nextID(Self.nextPromise) } }

    /// Writes the row of what is known by a name, and has what it says in versions of its own. Returns its id.
    ///
    /// - Parameter insert: with the id, the name, the name folded, and when it is written.
    func insertNamed(_ name: String, _ insert: SQL, _ numbering: Numbering) throws -> Int64 {
        let id = try nextID(numbering)
        try statements.run(insert, db) { row in
            row.add(id)
            row.add(name)
            row.add(name.folded)
            row.add(now)
        }
        inserted(id, numbering)
        return id
    }

    /// A row has got that id.
    func inserted(_ id: Int64, _ numbering: Numbering) {
        nextIDs[numbering.slot] = max(id + 1, nextIDs[numbering.slot] ?? 0)
    }
}
