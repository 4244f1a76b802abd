import Complaints

/// Makes a case of the past of a row: the rules of the API's texts and words, and the dates of the file.
struct RowReader {
    let plan: BoundPlan
    let dates: DateForms
    /// The promises of the file's cases, where they come in a file of their own.
    var promises: PromiseRows?
    /// Whether what is there is changed to what rows say: customers too, unless these say something else.
    var updates = false

    /// A record as it is taken.
    ///
    /// - Throws: what reading the promises throws.
    func row(_ record: CSVRecord) throws -> ImportedRow {
        var read = read(record.fields)
        var request = read.request
        let origin = plan.origin(of: record.fields)
        if let origin, promises != nil || request.value.promises == [ImportedPromiseRequest()] {
            let found = try promises?.requests(ofCase: origin.caseID, dates) ?? []
            var value = request.value
            value.promises = found.flatMap { $0.value }
            var end = EndReader(plan: plan, dates: dates, row: record.fields)
            value.end = end.end()
            let issues = request.issues + found.flatMap(\.issues) + end.issues
            // What was neither kept nor stands open is left out; a case that is open has to have something.
            if value.promises.isEmpty, value.end == nil { value.promises = [ImportedPromiseRequest()] }
            request = Incoming(value, issues: issues)
            if updates { read.edits.promises = found.flatMap { $0.value } }
        }
        return ImportedRow(
            request: request, line: record.line, digest: plan.digest(of: record.fields), edits: read.edits,
            origin: origin)
    }

    /// The case as far as it could be read, and what is wrong with its form.
    func request(_ row: [String]) -> Incoming<ImportRequest> { read(row).request }

    /// A promise that has a row of its own.
    func promise(_ row: [String]) -> Incoming<ImportedPromiseRequest> {
        var fields = FieldCollector(row: row, reader: self)
        let promise = promise(&fields)
        return Incoming(promise, issues: fields.issues)
    }

    private func read(_ row: [String]) -> (request: Incoming<ImportRequest>, edits: ImportEdits) {
        var fields = FieldCollector(row: row, reader: self)
        var edits = ImportEdits()
        let request = ImportRequest(
            fields: caseFields(&fields, &edits), complaint: fields.text(.complaint, .complaint, isRequired: true) ?? "",
            customer: customer(&fields, &edits), receivedAt: fields.received(), promise: promise(&fields))
        if updates {
            edits.receivedAt = told(.receivedAt, request.receivedAt, in: row)
            edits.promises = [told(request.promise, in: row)]
        }
        return (Incoming(request, issues: fields.issues), edits)
    }

    private func caseFields(_ fields: inout FieldCollector, _ edits: inout ImportEdits) -> CaseFields {
        var edited = CaseFields()
        // A mapped key that is blank would be added again by the next run; an export has ids.
        let isRequired = plan.isMapped(.externalID) && !plan.isOwn
        edits.fields = fields.take(&edited, requiring: isRequired ? [.externalID] : [])
        return edited
    }

    private func customer(_ fields: inout FieldCollector, _ edits: inout ImportEdits) -> CustomerRequest {
        let isKeyed = plan.value(.customerExternalID, in: fields.row) != nil
        var edited = CustomerFields(name: "")
        edits.customer = fields.take(
            &edited, prefix: ImportField.customerPrefix, requiring: isKeyed ? [] : [.customerName])
        let customer = edited.name.isEmpty ? nil : edited
        let update = fields.flag(.customerUpdate) ?? updates
        if !update { edits.customer = CustomerEdit() }
        if let externalID = edited.externalID {
            let isAlone = edited.isExactly(CustomerFields(name: "", externalID: externalID))
            return .keyed(externalID: externalID, isAlone ? nil : edited, update: update)
        }
        return customer.map(CustomerRequest.new) ?? .unreadable
    }

    private func promise(_ fields: inout FieldCollector) -> ImportedPromiseRequest {
        let dueAt = fields.instant(.promiseDueAt)
        let dueIn = fields.span(.promiseDueIn)
        let dueInBusiness = fields.businessSpan(.promiseDueInBusiness)
        let keptAt = fields.date(.promiseKeptAt)
        return ImportedPromiseRequest(
            kind: fields.word(.promiseKind), what: fields.text(.promiseWhat, .narrative),
            owner: fields.text(.promiseOwner, .somebody), channel: fields.word(.promiseChannel),
            nextStep: fields.text(.promiseNextStep, .narrative),
            due: dueAt.map(ImportedDue.at) ?? dueInBusiness.map(ImportedDue.business) ?? dueIn.map(ImportedDue.after),
            keptAt: keptAt.map { PastInstant($0.instant) }, keptUntil: keptAt?.dayEnd,
            evidence: fields.text(.promiseEvidence, .narrative))
    }

    /// A value where it comes from the row itself.
    private func told<Value>(_ field: ImportField, _ value: Value?, in row: [String]) -> Value? {
        plan.hasCell(field, in: row) ? value : nil
    }

    /// What the row itself says of a promise, and no value for all rows.
    private func told(_ promise: ImportedPromiseRequest, in row: [String]) -> ImportedPromiseRequest {
        let due: ImportedDue? =
            switch promise.due {
            case .at: told(.promiseDueAt, promise.due, in: row)
            case .after: told(.promiseDueIn, promise.due, in: row)
            case .business: told(.promiseDueInBusiness, promise.due, in: row)
            case nil: nil
            }
        return ImportedPromiseRequest(
            kind: told(.promiseKind, promise.kind, in: row), what: told(.promiseWhat, promise.what, in: row),
            owner: told(.promiseOwner, promise.owner, in: row),
            channel: told(.promiseChannel, promise.channel, in: row),
            nextStep: told(.promiseNextStep, promise.nextStep, in: row), due: due,
            keptAt: told(.promiseKeptAt, promise.keptAt, in: row),
            keptUntil: told(.promiseKeptAt, promise.keptUntil, in: row),
            evidence: told(.promiseEvidence, promise.evidence, in: row))
    }
}
