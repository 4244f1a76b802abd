import ArgumentParser
import CaseAPI
import CaseStore
import Complaints
import Glibc

/// `casekeeper due`
struct DueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "Says when something would be due in business time, and how that is counted.",
        discussion: """
            Nothing is promised. The calendar is a file of the form that PUT /v1/calendars/{name} takes; given more than once, \
            they are the versions of one, each from its effective_from on. With --database what is no file is the name of a \
            calendar on record there. The exit code is 65 when the calendar is none, or has no such time.
            """)

    @Option(help: ArgumentHelp("A calendar; may be given more than once.", valueName: "file"), form: .file)
    var calendar: [String] = []

    @Option(help: ArgumentHelp("A database that has the calendar by its name.", valueName: "file"), form: .file)
    var database: String?

    @Option(help: ArgumentHelp("When it is promised; now, without it.", valueName: "instant"), form: .instant)
    var from: Instant?

    @Option(help: ArgumentHelp("So much business time.", valueName: "duration"), form: .business)
    var `in`: BusinessSpan?

    @Option(help: ArgumentHelp("On a local date.", valueName: "date"), form: .date)
    var on: CivilDate?

    @Option(
        help: ArgumentHelp(
            "When on its date what is counted in days is due: \(DueTime.words). Without it, close.", valueName: "time"),
        form: .dueTime)
    var at: DueTime?

    @Flag(help: "Write JSON, with each step.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (`in` == nil) != (on == nil) else { throw ValidationError("Give either --in or --on.") }
        guard !calendar.isEmpty else { throw ValidationError("Give --calendar.") }
    }

    func run() throws {
        let from = from ?? StoreOptions().wallClock()
        let versions = try onRecord(from: from) ?? inFiles()
        let due: BusinessDue
        do {
            due = try Timetable(versions).due(request, from: from)
        } catch let refusal as BusinessDueRefusal {
            let issue = refusal.issue(`in` == nil ? "--on" : "--in")
            throw CommandFailure(.badData, "\(issue.path.components.joined()) \(issue.detail)")
        }
        guard json else {
            try StandardOutput.print("\(due.instant.rfc3339) (\(due.local))")
            return try StandardOutput.print(due.explained)
        }
        var output = try OutputFile()
        try output.write(due.json + [UInt8(ascii: "\n")])
        try output.flush()
    }

    private var request: BusinessDueRequest {
        if let on { return .on(on, at: at) }
        return .after(`in` ?? BusinessSpan(), at: at)
    }

    private func inFiles() throws -> [BusinessCalendar] {
        var versions: [BusinessCalendar] = []
        for path in calendar {
            versions.append(try read(path).calendar(named: Self.name(path), version: Int64(versions.count + 1)))
        }
        return versions
    }

    /// The versions of a calendar of a database, as far as they hold from then on; nil where files are meant.
    private func onRecord(from: Instant) throws -> [BusinessCalendar]? {
        guard let database, calendar.count == 1, access(calendar[0], F_OK) != 0 else { return nil }
        var options = DatabaseOptions()
        options.database = database
        let versions = try options.openReader().read { try $0.versions(ofCalendar: calendar[0], from: from) }
        guard let versions else {
            throw CommandFailure(.badData, "there is no calendar \(calendar[0]) in \(database)")
        }
        return versions
    }

    /// In bytes; no calendar comes near it.
    private static let longest = 1 << 20

    /// What is told of a file that is no calendar is all that is wrong with it.
    private func read(_ path: String) throws -> CalendarRequest {
        let bytes = try InputFile.content(of: path, limit: Self.longest)
        guard bytes.count <= Self.longest else {
            throw CommandFailure(.badData, "\(path) is longer than \(Self.longest) bytes, which no calendar is")
        }
        do {
            let request = try CalendarFile.read(bytes)
            guard request.issues.isEmpty else {
                let issues = request.issues.map { "\($0.path.pointer) \($0.detail)" }
                throw CommandFailure(.badData, "\(path) is no calendar:\n\(issues.joined(separator: "\n"))")
            }
            return request.value
        } catch let fault as CalendarFile.SyntaxFault {
            throw CommandFailure(.badData, "\(path) is no calendar: \(fault)")
        }
    }

    /// What the calendar is called: its file without folder and ending.
    private static func name(_ path: String) -> String {
        let file = path.split(separator: "/").last ?? "calendar"
        return String(file.split(separator: ".").first ?? file)
    }
}

extension OptionForm where Value == CivilDate {
    fileprivate static var date: OptionForm {
        OptionForm("a date", example: "2026-11-23", text: \.iso8601) { CivilDate($0) }
    }
}

extension OptionForm where Value == DueTime {
    fileprivate static var dueTime: OptionForm {
        OptionForm(
            "one of close, end_of_day, same_time or a time of the day", example: "12:00",
            completion: .words(["close", "end_of_day", "same_time"]), text: \.text
        ) { DueTime($0) }
    }
}

extension OptionForm where Value == BusinessSpan {
    /// Business time.
    fileprivate static var business: OptionForm {
        OptionForm("an ISO 8601 duration of days, hours, minutes and seconds", example: "PT4H", text: \.iso8601) {
            text in
            do throws(BusinessSpan.SyntaxFault) {
                return try BusinessSpan(iso8601: text)
            } catch .malformed {
                return nil
            } catch {
                throw DueFault(description: error.detail)
            }
        }
    }
}

/// What is wrong with business time, as the end of a sentence.
private struct DueFault: Error, CustomStringConvertible {
    private let detail: String

    init(description: String) { detail = description }

    var description: String { "it \(detail)" }
}
