import ArgumentParser
import CaseAPI
import CaseStore
import Complaints

/// `casekeeper export`
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes a whole list to standard output.",
        discussion: "In the columns and objects of the API. One moment of the database, however long it takes.")

    @Argument(help: ArgumentHelp("The list: \(ExportedList.words).", valueName: "list"), form: .word)
    var list: ExportedList

    @Option(help: ArgumentHelp("The form: \(ExportFormat.words).", valueName: "format"), form: .word)
    var format = ExportFormat.csv

    @Option(
        help: ArgumentHelp("What the record said at that instant (RFC 3339).", valueName: "instant"), form: .instant)
    var asOf: Instant?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let reader = try database.openReader()
        var output = try OutputFile(reading: FileNames(ofDatabase: database.database))
        try reader.read(asOf: asOf) { transaction in
            try list.write(from: transaction, as: format) { try output.write($0) }
        }
        try output.flush()
    }
}
