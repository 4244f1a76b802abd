import ArgumentParser
import CaseAPI
import CaseStore
import Complaints

/// `casekeeper export`
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes a whole list to standard output.",
        discussion: "In the columns and objects of the API. One moment of the database, however long it takes.")

    @Argument(help: "The list: \(Self.words(ExportedList.self)).", transform: Self.word)
    var list: ExportedList

    @Option(help: "The form: \(Self.words(ExportFormat.self)).", transform: Self.word)
    var format = ExportFormat.csv

    @Option(
        help: ArgumentHelp("What the record said at that instant (RFC 3339).", valueName: "instant"),
        transform: Self.instant)
    var asOf: Instant?

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let reader = try database.openReader()
        var output = try OutputFile(reading: FileNames(ofDatabase: database.database))
        try reader.read(asOf: asOf) { transaction in
            try list.write(from: transaction, as: format) { try output.write($0) }
        }
        try output.flush()
    }

    private static func words<Word: Vocabulary>(_ type: Word.Type) -> String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private static func word<Word: Vocabulary>(_ text: String) throws -> Word {
        guard let word = Word(rawValue: text) else { throw ValidationError("It must be one of \(words(Word.self)).") }
        return word
    }

    private static func instant(_ text: String) throws -> Instant {
        do {
            return try Instant(rfc3339: text)
        } catch .missingOffset {
            throw ValidationError("The instant needs an offset from UTC, such as Z or +01:00.")
        } catch .malformed {
            throw ValidationError("It must be an instant by RFC 3339, such as 2026-03-01T09:00:00Z.")
        }
    }
}
