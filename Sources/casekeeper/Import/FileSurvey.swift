/// A first look through a whole file, so that one that is no CSV changes nothing at all.
struct FileSurvey {
    /// Why a file has nothing to import.
    enum Fault: Error, CustomStringConvertible {
        case noHeader

        var description: String { "it is empty: its first line must name the columns" }
    }

    let form: CSVForm
    let header: [String]
    let rows: Int

    init(_ file: InputFile, _ form: CSVForm) throws {
        var reader = CSVReader(file, form)
        guard let header = try reader.next() else { throw Fault.noHeader }
        var rows = 0
        while try reader.next() != nil { rows += 1 }
        if reader.isUTF8AfterAll { throw CSVError.isUTF8 }
        self.form = form
        self.header = header.fields
        self.rows = rows
    }
}
