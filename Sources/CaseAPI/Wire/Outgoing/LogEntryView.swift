import CaseStore
import Complaints

/// An entry of the log as it is answered, its facts and texts as members.
struct LogEntryView: Sendable {
    let entry: LogEntry
    /// The promise that it made, where it was just written.
    let promise: PromiseView?
    /// What whoever wrote it is told.
    private let warnings: [CaseWarning]

    init(_ entry: LogEntry) {
        self.entry = entry
        promise = nil
        warnings = []
    }

    /// One that was just written.
    init(_ entry: LogEntry, of committed: Committed, at now: Instant) {
        self.entry = entry
        let made = entry.kind.form.mayPromise ? committed.promise : nil
        promise = made.map { PromiseView($0, of: committed, at: now) }
        warnings = entry.kind.form.namesPeople ? committed.warnings : []
    }

    /// What every entry has.
    static let shown: [Shown<LogEntry>] = [
        .id("case_id", "Null for an entry that is about no case.") { $0.subject.caseID },
        .word("about", "What sort of thing it is about.") { $0.subject.sort },
        .id("about_id", "Which one: its id; those of the policies of the severities are 1 for the mildest, and so on.")
        { $0.subject.id },
        .id("seq", "1 for the first entry about it, and one more for each.") { $0.seq },
        .word("kind") { $0.kind },
        .instant("at", "When it happened.") { $0.at },
        .instant("recorded_at", "When the service was told.") { $0.recordedAt },
        .text("actor", "Who acted.") { $0.actor },
        .text("token", "The name of the token that was used.") { $0.tokenName },
        .id("promise_id", "The promise it is about.") { $0.promiseID },
        .flag("imported", "Whether it tells of history from another system.") { $0.imported },
    ]

    /// What an entry has that just made a promise.
    static let made: [Shown<LogEntryView>] = [
        .ifAny(.object("promise", "The one it made.", of: PromiseView.shown, schema: .named("CasePromise")) { $0 }) {
            $0.promise
        }
    ]

    /// What an entry has that just named somebody.
    static let named: [Shown<LogEntryView>] = [.warnings(CaseWarning.shown, \.warnings)]
}

extension JSONWriter {
    mutating func write(_ view: LogEntryView) {
        object { json in
            json.writeMembers(of: view.entry, LogEntryView.shown)
            json.write(view.entry.details)
            json.writeMembers(of: view, LogEntryView.made + LogEntryView.named)
        }
    }

    /// As members of the object that is being written.
    fileprivate mutating func write(_ facts: [Fact]) {
        for fact in facts {
            switch fact.value {
            case .text(let text): member(named: fact.name, text)
            case .texts(let texts): member(named: fact.name, texts)
            case .integer(let integer): member(named: fact.name, integer)
            case .boolean(let flag): member(named: fact.name, flag)
            case .instant(let instant): member(named: fact.name, instant.rfc3339)
            }
        }
    }
}

extension ItemForm<LogEntry> {
    /// All of an entry.
    static let entry = ItemForm(
        names: LogEntryView.shown.map(\.memberName) + LogEntry.detailNames.map { MemberName(name: $0) },
        columns: CSVColumns([LogEntryView.shown.columns(), details { _ in true }]),
        json: { json, entry in json.write(LogEntryView(entry)) }, select: entry(selecting:))

    /// Entries have what those of their kind have: what is asked for is left out of others.
    private static func entry(selecting selection: FieldSelection) -> ItemForm {
        let members = LogEntryView.shown.selected(selection)
        let isAsked: @Sendable (Fact) -> Bool = { selection[$0.name] != nil }
        let hasDetails = LogEntry.detailNames.contains { selection[$0] != nil }
        return ItemForm(
            names: entry.names, columns: CSVColumns([members.columns()] + (hasDetails ? [details(isAsked)] : [])),
            json: { json, entry in
                json.object { json in
                    json.writeMembers(of: entry, members)
                    json.write(entry.details.filter(isAsked))
                }
            }, select: entry(selecting:))
    }

    /// What an entry of its kind has, in one column.
    private static func details(_ isAsked: @escaping @Sendable (Fact) -> Bool) -> CSVColumns<LogEntry> {
        CSVColumns("details") { entry in
            String(decoding: JSONWriter.object { $0.write(entry.details.filter(isAsked)) }, as: UTF8.self)
        }
    }
}

extension LogEntry {
    /// What it has beside what every entry has.
    fileprivate var details: [Fact] { facts + texts }

    /// What there is of these in entries of any kind, each once.
    fileprivate static let detailNames = Set(LogKind.allCases.flatMap { $0.form.facts.map(\.name) }).sorted()
}

extension ListForm<LogEntry> {
    static let log = ListForm(.entry)
}
