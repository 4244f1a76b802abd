import Complaints

extension JSONWriter {
    /// A customer as a resource of its own.
    mutating func write(_ customer: Customer) {
        object { json in
            json.writeFields(of: customer)
            json.member("version", customer.version)
            json.member("recorded_at", customer.recordedAt)
            json.member("updated_at", customer.updatedAt)
        }
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
        ])
}
