import Complaints

extension JSONWriter {
    /// A customer as an item of a list.
    mutating func write(_ customer: Customer) {
        object { $0.writeOwn(customer) }
    }

    /// A customer as a resource of its own, with what follows from all of their cases.
    mutating func write(_ record: CustomerRecord) {
        object { json in
            json.writeOwn(record.customer)
            if let decided = record.customer.relationship, let decision = record.decision {
                json.member(
                    "relationship",
                    object: { json in
                        json.member("decision", decided.decision)
                        json.member("decided_at", decided.recordedAt)
                        json.member("case_id", decision.caseID)
                        json.member("reason", decision.reason)
                    })
            } else {
                json.member("relationship", nil as String?)
            }
            json.member(
                "cases",
                object: { json in
                    json.member("open", record.openCases)
                    json.member("resolved", record.resolvedCases)
                    json.member("closed", record.closedCases)
                })
            json.member("unsettled_promises", record.unsettledPromises)
            json.member("ever_broken", record.everBroken)
        }
    }

    private mutating func writeOwn(_ customer: Customer) {
        writeFields(of: customer)
        member("version", customer.version)
        member("recorded_at", customer.recordedAt)
        member("updated_at", customer.updatedAt)
        member("erased_at", customer.erasedAt)
    }

    /// What a case shows of its customer.
    mutating func writeFields(of customer: Customer) {
        member("id", customer.id)
        member("name", customer.name)
        member("email", customer.email)
        member("phone", customer.phone)
        member("external_id", customer.externalID)
    }
}

extension ListForm<Customer> {
    static let customers = ListForm(
        json: { json, customer, _ in json.write(customer) },
        columns: [
            CSVColumn("id") { .integer($0.id) },
            CSVColumn("name") { .text($0.name) },
            CSVColumn("email") { .text($0.email) },
            CSVColumn("phone") { .text($0.phone) },
            CSVColumn("external_id") { .text($0.externalID) },
            CSVColumn("version") { .integer($0.version) },
            CSVColumn("recorded_at") { .instant($0.recordedAt) },
            CSVColumn("updated_at") { .instant($0.updatedAt) },
            CSVColumn("erased_at") { .instant($0.erasedAt) },
        ])
}
