import ArgumentParser
import CaseStore
import Complaints
import Foundation

/// `casekeeper import`
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes cases of the past from a CSV file.",
        discussion: """
            Each row becomes a case, opened and promised on the day it was received, and resolved on the day its \
            promise was kept. A row whose external_id is in the database is passed over, so that the same line can \
            be run again, and with --update it changes what is there; with another complaint it is refused. Refused rows \
            are left in a file of their own with the reasons; the exit code is 65 then. The file may be a pipe, such as \
            <(zcat old.csv.gz), when somebody writes into it.

            Fields: \(ImportField.names).
            """)

    @Argument(
        help: ArgumentHelp("A CSV file; its first line names the columns.", valueName: "file.csv"),
        form: .file)
    var file: String

    @Option(
        help: ArgumentHelp(
            "The column of a field; of several, the first that is not blank.", valueName: "field=column|other"),
        form: .mapping)
    var map: [String] = []

    @Option(help: ArgumentHelp("A field's value where no column has one.", valueName: "field=value"), form: .setting)
    var set: [String] = []

    @Option(help: ArgumentHelp("What a column's value means.", valueName: "field:from=to"), form: .translation)
    var valueMap: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            What becomes of a row whose columns of a field are blank: skip leaves it out; received_at=now takes it as \
            received today, which is refused otherwise.
            """, valueName: "field=now|skip"),
        form: .blankCell)
    var blank: [String] = []

    @Option(
        help: ArgumentHelp("When a promise without promise.due_at was due, from its receipt.", valueName: "P15D"),
        form: .elapsedTime)
    var dueIn: String?

    @Option(
        help: ArgumentHelp(
            """
            The form of dates that are not RFC 3339: \(DatePattern.supported); yy is 1969 to 2068, epoch seconds since 1970. \
            Given again: another form that they may have.
            """, valueName: "yyyy/M/d"),
        form: .datePattern)
    var dateFormat: [DatePattern] = []

    @Option(
        help: ArgumentHelp(
            "The time zone of dates without an offset, by its name in the IANA database.", valueName: "name"),
        form: .zone)
    var timeZone = Zone.utc

    @Option(
        help: ArgumentHelp(
            "What separates the cells, a character or tab; found by itself among , ; tab and | where it is clear.",
            valueName: "character"),
        form: .separator)
    var delimiter: UInt8?

    @Option(
        help: ArgumentHelp(
            "How characters are written: \(TextEncoding.words). (default: utf-8)", valueName: "encoding"),
        form: .encoding)
    var encoding: TextEncoding?

    @Option(help: ArgumentHelp("Rows a commit.", valueName: "n"), form: .count(1...100_000))
    var batchSize = 500

    @Option(help: ArgumentHelp("Where refused rows go. (default: FILE.rejects.csv)", valueName: "file"), form: .file)
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            """
            What the file is an export of: casekeeper, whose columns are known by their names. Rows without an external_id \
            are known by id, received_at and complaint.
            """, valueName: "program"),
        form: .word)
    var from: ImportSource?

    @Option(
        help: ArgumentHelp("The export of promises that goes with --from casekeeper.", valueName: "file.csv"),
        form: .file)
    var promises: String?

    @Flag(
        help: """
            Change what is there to what the columns say, by the rules and in the log; a blank cell changes nothing. A row \
            that says otherwise when its complaint was received, or what was promised, is refused.
            """)
    var update = false

    @Flag(help: "Refuse rows that give something to anybody who is not known.")
    var knownOwners = false

    @Flag(
        help: """
            Check everything, show the first rows as they would become, and change nothing; refused rows are written with \
            --rejects only.
            """)
    var dryRun = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    private var rejectsPath: String {
        if let rejects { return rejects }
        // What a shell puts for `<(...)` is in no folder where a file could be beside it.
        if file.hasPrefix("/dev/") || file.hasPrefix("/proc/") { return "import.rejects.csv" }
        return (file.hasSuffix(".csv") ? String(file.dropLast(4)) : file) + ".rejects.csv"
    }

    func validate() throws {
        let faults = RowReader.faults(ofConstantsIn: try plan(), dates: dates)
        guard faults.isEmpty else { throw ValidationError(faults.joined(separator: "\n")) }
        guard promises == nil || from != nil else {
            throw ValidationError("--promises goes with --from casekeeper.")
        }
        guard from == nil || dateFormat.isEmpty else {
            throw ValidationError(
                "--date-format goes with no --from casekeeper: its dates are RFC 3339, but for those of an export for a "
                    + "spreadsheet program (for=spreadsheet), whose texts are guarded and don't come back.")
        }
        guard rejectsPath != file else { throw ValidationError("--rejects would overwrite the file itself.") }
    }

    func run() throws {
        let input = try InputFile(file)
        let sources = FileNames(ofDatabase: database.database, identities: [input.identity])
        try StandardOutput.requireApart(from: sources)
        // What is said to change nothing goes over no file that it was not given.
        let isWritten = !dryRun || self.rejects != nil
        let rejects = isWritten ? RejectsPlace(path: rejectsPath, sources: sources) : nil
        if let rejects { try check(rejects) }
        let read = try ImportSources(
            input, named: file, by: try plan(), promises: promises,
            ImportSources.Form(isExport: from != nil, separator: delimiter, encoding: encoding))
        for note in read.notes { StandardError.write("casekeeper: \(note)\n") }
        let interruption = Interruption()
        let trap = SignalTrap(SignalTrap.endings) { @Sendable in interruption.request() }
        let importer = Importer(
            file: input, survey: read.survey,
            rows: RowReader(plan: read.plan, dates: dates, promises: read.promises, updates: update),
            batchSize: batchSize, interruption: interruption)
        let summary = try withExtendedLifetime(trap) { try run(importer, rejects) }
        if summary.isInterrupted {
            throw CommandFailure(.interrupted, "interrupted; the same line again goes on where it stopped")
        }
        if summary.refused == 0, let rejects, rejects.holdsEarlier {
            StandardError.write(
                "casekeeper: \(rejectsPath) is of an earlier import: of this one no row was refused\n")
        }
        if summary.refused > 0, rejects == nil {
            throw CommandFailure(.badData, "rows would be refused; --rejects FILE shows which, and why")
        }
        if summary.refused > 0 {
            throw CommandFailure(.badData, "refused rows and their reasons are in \(rejectsPath)")
        }
    }

    private func check(_ place: RejectsPlace) throws {
        do {
            try place.check()
        } catch CopyError.file(let reason) where rejects == nil {
            throw CommandFailure(.inputOutput, "\(reason); name another place for refused rows with --rejects")
        }
    }

    /// Runs the importer and says how it went, whether it came to its end or not.
    private func run(_ importer: Importer, _ rejects: RejectsPlace?) throws -> ImportSummary {
        var summary = ImportSummary()
        summary.isDryRun = dryRun
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = Result { try run(importer, rejects, &summary) }
        summary.elapsed = start.duration(to: clock.now)
        // What was refused before the first row has nothing to tell.
        let hasBegun = summary.rows > 0
        let telling = Result {
            if hasBegun || (try? outcome.get()) != nil { try StandardOutput.print(summary.description) }
        }
        try outcome.get()
        try telling.get()
        return summary
    }

    private func run(_ importer: Importer, _ rejects: RejectsPlace?, _ summary: inout ImportSummary) throws {
        var rejects = try RejectsFile(rejects, importer.survey)
        if dryRun {
            let reader = try database.exists ? database.openReader() : CaseStore.openReaderOfNothing()
            var target = DryRunTarget(
                reader: reader, actor: Self.actor, now: StoreOptions.systemClock(), updates: update, names: names)
            try importer.run(into: &target, rejects: &rejects, summary: &summary)
        } else {
            let isNew = !database.exists
            let store = try database.openBesideOthers(until: importer.interruption)
            if isNew {
                let place = DatabaseName.absolute(database.database)
                StandardError.write("Made a new database, \(place): if another was meant, give --database.\n")
            }
            var target = StoreTarget(store: store, actor: Self.actor, updates: update, names: names)
            defer { store.checkpoint() }
            try importer.run(into: &target, rejects: &rejects, summary: &summary)
        }
    }

    private static let actor = Actor(name: "import", role: .admin)

    private var names: GivenNames { GivenNames(mustBeKnown: knownOwners) }

    private var dates: DateForms { DateForms(patterns: dateFormat, timeZone: timeZone) }

    private func plan() throws -> ImportPlan {
        var sets = set
        if let dueIn { sets.append("\(ImportField.promiseDueIn.name)=\(dueIn)") }
        do {
            return try ImportPlan(
                maps: map, sets: sets, valueMaps: valueMap, blanks: blank, isWhole: from == nil)
        } catch {
            throw ValidationError("\(error).")
        }
    }
}
