import CaseAPI
import Complaints

/// What an import reads, looked through as a whole before anything is changed: the file of cases, by a plan that knows its columns,
/// and the promises that go with an export.
struct ImportSources {
    /// How the files are written, as far as that was said.
    struct Form {
        /// Whether they are exports of this program, whose columns are known by their names.
        let isExport: Bool
        let separator: UInt8?
        let encoding: TextEncoding?
    }

    let survey: FileSurvey
    let plan: BoundPlan
    /// Nil where no file of promises goes with it.
    let promises: PromiseRows?
    private let form: Form

    /// - Throws: `FileError` where a file can't be read, and `CommandFailure` where it is none to be imported by that plan.
    init(_ file: InputFile, named path: String, by asked: ImportPlan, promises: String?, _ form: Form) throws {
        self.form = form
        do {
            let fits: ([String]) -> Bool =
                form.isExport ? { OwnExport.isCases($0) } : { asked.fits($0) }
            let finder = CSVFormFinder(separator: form.separator, encoding: form.encoding, fits: fits)
            survey = try FileSurvey(file, try finder.form(of: file))
            let plan = form.isExport ? try Self.own(asked, survey.header, of: path) : asked
            self.plan = try BoundPlan(plan, header: survey.header)
        } catch let error as FileError {
            throw error
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.badData, "\(path): \(error)")
        }
        self.promises = try promises.map { try Self.promises(in: $0, form.encoding) }
    }

    /// What whoever imports it should know beforehand.
    var notes: [String] {
        var notes: [String] = []
        if let left = promises?.leftOut, left > 0 {
            notes.append(
                "\(left) promises are left out: an import knows what the desk promised the customer and kept, or has still to keep, "
                    + "and no other")
        }
        if !plan.isMapped(.externalID), !form.isExport {
            notes.append("no column is mapped to external_id: the next run will add these rows again")
        }
        if !plan.isGiven(.receivedAt) {
            notes.append(
                "nothing says when the cases were received (--map received_at='Column'): all of them count as received now"
            )
        }
        return notes
    }

    /// The plan for an export with such a header.
    private static func own(_ plan: ImportPlan, _ header: [String], of path: String) throws -> ImportPlan {
        guard OwnExport.isCases(header) else {
            throw CommandFailure(
                .badData,
                "\(path): it is no export of cases, by its columns; one of promises goes with it: "
                    + "import cases.csv --from casekeeper --promises promises.csv")
        }
        return try plan.own(header)
    }

    private static func promises(in path: String, _ encoding: TextEncoding?) throws -> PromiseRows {
        let input = try InputFile(path)
        do {
            let isPromises: ([String]) -> Bool = { OwnExport.promiseColumns(in: $0)[.promiseDueAt] != nil }
            let finder = CSVFormFinder(separator: nil, encoding: encoding, fits: isPromises)
            return try PromiseRows(input, try finder.form(of: input))
        } catch let error as FileError {
            throw error
        } catch {
            throw CommandFailure(.badData, "\(path): \(error)")
        }
    }
}
