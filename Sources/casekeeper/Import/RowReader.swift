import Complaints

/// Makes a case of the past of a row: the rules of the API's texts and words, and the dates of the file.
struct RowReader {
    let plan: BoundPlan
    /// The form of dates that are not RFC 3339.
    let datePattern: DatePattern?
    let timeZone: Zone

    /// The case as far as it could be read, and what is wrong with its form.
    func request(_ row: [String]) -> Incoming<ImportRequest> {
        var fields = FieldCollector(row: row, reader: self)
        let request = ImportRequest(
            fields: caseFields(&fields), complaint: fields.text(.complaint, .complaint, isRequired: true) ?? "",
            customer: customer(&fields), receivedAt: fields.past(.receivedAt), promise: promise(&fields))
        return Incoming(request, issues: fields.issues)
    }

    private func caseFields(_ fields: inout FieldCollector) -> CaseFields {
        // A mapped key that is blank would be added again by the next run.
        let externalID = fields.text(.externalID, .name, isRequired: plan.isMapped(.externalID))
        return CaseFields(
            externalID: externalID, subject: fields.text(.subject, .subject),
            channel: fields.word(.channel) ?? .other, category: fields.text(.category, .name), tags: fields.tags(),
            severity: fields.word(.severity) ?? .normal, mood: fields.word(.mood) ?? .calm,
            desiredOutcome: fields.text(.desiredOutcome, .narrative), estimate: fields.estimate(),
            owner: fields.text(.owner, .name), team: fields.text(.team, .name),
            supervisor: fields.text(.supervisor, .name), hardDeadline: fields.instant(.hardDeadline))
    }

    private func customer(_ fields: inout FieldCollector) -> CustomerRequest {
        let externalID = fields.text(.customerExternalID, .name)
        let email = fields.text(.customerEmail, .name)
        let phone = fields.text(.customerPhone, .name)
        let name = fields.text(.customerName, .name, isRequired: externalID == nil)
        let customer = name.map { NewCustomer(name: $0, email: email, phone: phone) }
        if let externalID { return .keyed(externalID: externalID, customer) }
        return customer.map(CustomerRequest.new) ?? .unreadable
    }

    private func promise(_ fields: inout FieldCollector) -> ImportedPromiseRequest {
        let dueAt = fields.instant(.promiseDueAt)
        let dueIn = fields.span(.promiseDueIn)
        return ImportedPromiseRequest(
            kind: fields.word(.promiseKind), what: fields.text(.promiseWhat, .narrative),
            owner: fields.text(.promiseOwner, .name), channel: fields.word(.promiseChannel),
            nextStep: fields.text(.promiseNextStep, .narrative),
            due: dueAt.map(ImportedDue.at) ?? dueIn.map(ImportedDue.after),
            keptAt: fields.past(.promiseKeptAt), evidence: fields.text(.promiseEvidence, .narrative))
    }
}
