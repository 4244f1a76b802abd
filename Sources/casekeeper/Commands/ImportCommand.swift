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
            be run again. Refused rows are left in a file of their own with the reasons; the exit code is 65 then. The \
            file may be a pipe, such as <(zcat old.csv.gz), when somebody writes into it.

            Fields: \(ImportField.words).
            """)

    @Argument(help: ArgumentHelp("A CSV file in UTF-8; its first line names the columns.", valueName: "file.csv"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "The column of a field; of several, the first that is not blank.", valueName: "field=column|other"))
    var map: [String] = []

    @Option(help: ArgumentHelp("A field's value where no column has one.", valueName: "field=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("What a column's value means.", valueName: "field:from=to"))
    var valueMap: [String] = []

    @Option(help: ArgumentHelp("When a promise without promise.due_at was due, from its receipt.", valueName: "P15D"))
    var dueIn: String?

    @Option(
        help: ArgumentHelp(
            "The form of dates that are not RFC 3339: \(DatePattern.supported).", valueName: "yyyy/m/d"))
    var dateFormat: String?

    @Option(
        help: ArgumentHelp(
            "The time zone of dates without an offset, by its name in the IANA database.", valueName: "name"))
    var timeZone = "UTC"

    @Option(help: ArgumentHelp("Rows a commit.", valueName: "n"))
    var batchSize = 500

    @Option(help: ArgumentHelp("Where refused rows go. (default: FILE.rejects.csv)", valueName: "file"))
    var rejects: String?

    @Flag(help: "Check everything and change nothing.")
    var dryRun = false

    @OptionGroup var database: DatabaseOptions

    private var rejectsPath: String {
        if let rejects { return rejects }
        // What a shell puts for `<(...)` is in no folder where a file could be beside it.
        if file.hasPrefix("/dev/") || file.hasPrefix("/proc/") { return "import.rejects.csv" }
        return (file.hasSuffix(".csv") ? String(file.dropLast(4)) : file) + ".rejects.csv"
    }

    func validate() throws {
        _ = try plan()
        _ = try datePattern()
        _ = try zone()
        guard (1...100_000).contains(batchSize) else { throw ValidationError("--batch-size must be 1 to 100000.") }
        guard rejectsPath != file else { throw ValidationError("--rejects would overwrite the file itself.") }
    }

    func run() throws {
        let input = try InputFile(file)
        let rejects = RejectsPlace(
            path: rejectsPath,
            sources: FileNames(ofDatabase: database.database, identities: [input.identity]))
        try rejects.check()
        let survey: FileSurvey
        let bound: BoundPlan
        do {
            survey = try FileSurvey(input)
            bound = try BoundPlan(try plan(), header: survey.header)
        } catch let error as FileError {
            throw error
        } catch {
            throw CommandFailure(.badData, "\(file): \(error)")
        }
        if !bound.isMapped(.externalID) {
            StandardError.write(
                "casekeeper: no column is mapped to external_id: the next run will add these rows again\n")
        }
        let interruption = Interruption()
        let trap = SignalTrap(SignalTrap.endings) { @Sendable in interruption.request() }
        let importer = Importer(
            file: input, survey: survey,
            rows: RowReader(plan: bound, datePattern: try datePattern(), timeZone: try zone()),
            batchSize: batchSize, rejects: rejects, interruption: interruption)
        let summary = try withExtendedLifetime(trap) { try run(importer) }
        if summary.isInterrupted {
            throw CommandFailure(.interrupted, "interrupted; the same line again goes on where it stopped")
        }
        if summary.refused > 0 {
            throw CommandFailure(.badData, "refused rows and their reasons are in \(rejectsPath)")
        }
    }

    /// Runs the importer and says how it went, whether it came to its end or not.
    private func run(_ importer: Importer) throws -> ImportSummary {
        var summary = ImportSummary()
        summary.isDryRun = dryRun
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = Result { try run(importer, &summary) }
        summary.elapsed = start.duration(to: clock.now)
        let telling = Result { try StandardOutput.print(summary.description) }
        try outcome.get()
        try telling.get()
        return summary
    }

    private func run(_ importer: Importer, _ summary: inout ImportSummary) throws {
        if dryRun {
            let reader = database.exists ? try database.openReader() : nil
            var target = DryRunTarget(reader: reader, now: StoreOptions.systemClock())
            try importer.run(into: &target, summary: &summary)
        } else {
            let store = try database.openBesideOthers()
            var target = StoreTarget(store: store, actor: Actor(name: "import", role: .admin))
            defer { store.checkpoint() }
            try importer.run(into: &target, summary: &summary)
        }
    }

    private func plan() throws -> ImportPlan {
        var sets = set
        if let dueIn {
            guard (try? ElapsedTime(iso8601: dueIn)) != nil else {
                throw ValidationError("--due-in takes an ISO 8601 duration of weeks, days or less, such as P15D.")
            }
            sets.append("\(ImportField.promiseDueIn.rawValue)=\(dueIn)")
        }
        do {
            return try ImportPlan(maps: map, sets: sets, valueMaps: valueMap)
        } catch {
            throw ValidationError("\(error).")
        }
    }

    private func datePattern() throws -> DatePattern? {
        do {
            return try dateFormat.map { try DatePattern($0) }
        } catch {
            throw ValidationError("--date-format \(dateFormat ?? ""): \(error).")
        }
    }

    private func zone() throws -> Zone {
        guard let zone = ZoneDatabase.system.zone(named: timeZone) else {
            throw ValidationError("--time-zone \(ZoneDatabase.system.advice(for: timeZone))")
        }
        return zone
    }
}
