import Complaints

/// Makes a case of the past of a row: the rules of the API's texts and words, and the dates of the file.
struct RowReader {
    let plan: BoundPlan
    /// The form of dates that are not RFC 3339.
    let datePattern: DatePattern?
    let timeZone: Zone

    /// A record as it is taken.
    func row(_ record: CSVRecord) -> ImportedRow {
        ImportedRow(request: request(record.fields), line: record.line, digest: plan.digest(of: record.fields))
    }

    /// The case as far as it could be read, and what is wrong with its form.
    func request(_ row: [String]) -> Incoming<ImportRequest> {
        var fields = FieldCollector(row: row, reader: self)
        let request = ImportRequest(
            fields: caseFields(&fields), complaint: fields.text(.complaint, .complaint, isRequired: true) ?? "",
            customer: customer(&fields), receivedAt: fields.received(), promise: promise(&fields))
        return Incoming(request, issues: fields.issues)
    }

    private func caseFields(_ fields: inout FieldCollector) -> CaseFields {
        var edited = CaseFields()
        // A mapped key that is blank would be added again by the next run.
        fields.take(&edited, requiring: plan.isMapped(.externalID) ? [.externalID] : [])
        return edited
    }

    private func customer(_ fields: inout FieldCollector) -> CustomerRequest {
        let isKeyed = plan.value(.customerExternalID, in: fields.row) != nil
        var edited = CustomerFields(name: "")
        fields.take(&edited, prefix: ImportField.customerPrefix, requiring: isKeyed ? [] : [.customerName])
        let customer = edited.name.isEmpty ? nil : edited
        let update = fields.flag(.customerUpdate) ?? false
        if let externalID = edited.externalID {
            let isAlone = edited.isExactly(CustomerFields(name: "", externalID: externalID))
            return .keyed(externalID: externalID, isAlone ? nil : edited, update: update)
        }
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
