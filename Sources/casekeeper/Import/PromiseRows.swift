import Complaints

/// The promises of an export of Casekeeper, by their case: an index of where each stands in its file, 16 bytes a promise, and
/// the rows themselves read when their case is. The list has its own order, and may be longer than memory.
///
/// Import knows what the desk has promised to the customer and kept, or not yet: what was withdrawn, moved, voided or found
/// not to have been kept is left out, and counted.
struct PromiseRows {
    /// Why a file is none of promises.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    private struct Place {
        let caseID: Int64
        let offset: Int
    }

    /// The columns that say whether import knows such a promise.
    private static let columns = ["case_id", "state", "by", "to", "told_at"]
    private static let known: [PromiseState] = [.open, .overdue, .kept, .keptLate]

    private let file: InputFile
    private let form: CSVForm
    private let plan: BoundPlan
    private let header: [String]
    private let places: [Place]
    /// How many are left out.
    let leftOut: Int

    init(_ file: InputFile, _ form: CSVForm) throws {
        var reader = CSVReader(file, form)
        guard let header = try reader.next()?.fields else { throw FileSurvey.Fault.noHeader }
        var at: [Int] = []
        for column in Self.columns {
            guard let place = header.firstIndex(where: { $0.isExactly(column) }) else {
                throw Fault(description: "it is no export of promises: it has no column '\(column)'")
            }
            at.append(place)
        }
        var places: [Place] = []
        var leftOut = 0
        var offset = reader.place
        while let record = try reader.next() {
            let start = offset
            offset = reader.place
            guard record.fields.count == header.count, record.strayQuoteLine == nil,
                let caseID = Int64(record.fields[at[0]])
            else { throw Fault(description: "line \(record.line) is no row of such an export") }
            let isKnown =
                Self.known.contains { record.fields[at[1]].isExactly($0.rawValue) }
                && record.fields[at[2]].isExactly(Promiser.desk.rawValue)
                && record.fields[at[3]].isExactly(Promisee.customer.rawValue)
            if isKnown { places.append(Place(caseID: caseID, offset: start)) } else { leftOut += 1 }
        }
        // Stable, as offsets go up: the promises of a case stay in the order of the file.
        places.sort { ($0.caseID, $0.offset) < ($1.caseID, $1.offset) }
        self.file = file
        self.form = form
        self.header = header
        self.places = places
        self.leftOut = leftOut
        plan = BoundPlan(ofPromises: OwnExport.promiseColumns(in: header))
    }

    /// The promises of a case that import knows, in the order of the file.
    func requests(ofCase id: Int64, _ dates: DateForms) throws -> [Incoming<[ImportedPromiseRequest]>] {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].caseID < id { low = middle + 1 } else { high = middle }
        }
        let rows = RowReader(plan: plan, dates: dates)
        return try places[low...].prefix { $0.caseID == id }.map { place in
            var form = form
            form.start = place.offset
            var reader = CSVReader(file, form, chunkSize: 4096)
            guard let row = try reader.next()?.fields, row.count == header.count else {
                throw Fault(description: "\(file.path) was changed while it was read")
            }
            let read = rows.promise(row)
            var promise = read.value
            func cell(_ name: String) -> String {
                header.firstIndex { $0.isExactly(name) }.map { row[$0] } ?? ""
            }
            promise.isUntold = cell("told_at").isEmpty
            promise.isOwnerless = promise.owner == nil
            promise.isOwn = true
            // Of later stages an export does not say when they were asked for.
            if cell("stage").isExactly("1") { promise.clock = cell("clock") }
            return Incoming([promise], issues: read.issues)
        }
    }
}
