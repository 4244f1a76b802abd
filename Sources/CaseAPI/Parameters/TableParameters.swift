import Complaints

/// The forms of what can be a table.
protocol TableForm: MediaForm, Vocabulary {
    static var json: Self { get }
    static var csv: Self { get }
}

extension Representation: TableForm {}

/// In which form a list or a report is wanted: JSON, or CSV for programs or for a spreadsheet program; or another one that it has.
struct TableParameters<Form: TableForm> {
    /// As the query says it; nil where it is for Accept to say.
    let format: Form?
    private let purpose: CSVPurpose?
    private let separator: CSVSeparator?
    /// Nil where none was given.
    let timeZone: Zone?
    /// By whose clocks a spreadsheet has its dates.
    private let spreadsheetZone: Zone
    /// Whether the zone is of use for itself.
    private let zoneHasUse: Bool

    private static var purposeName: String { "for" }
    private static var separatorName: String { "separator" }

    /// What to do about a zone that is of no use.
    private static var zoneAdvice: String {
        "is for days and the dates of a spreadsheet: give a day, such as 2026-03-02, or for=spreadsheet with it."
    }

    /// - Parameters:
    ///   - zoneMeaning: what else the time zone is for; nil where it is for the dates of a spreadsheet alone.
    ///   - elseZone: whose it is without one, where that is not the desk's.
    init(_ query: inout QueryReader, zoneMeaning: String? = nil, elseZone: String? = nil) {
        format = query.format()
        purpose = query.word(
            Self.purposeName,
            "For a spreadsheet program, with CSV alone: UTF-8 with a byte order mark, instants as local dates and times, and "
                + "texts that stay texts.",
            // It is refused without CSV.
            example: .null)
        separator = query.word(
            Self.separatorName,
            "What stands between the cells, with for=spreadsheet alone; comma without it. With semicolon, fractions have a comma.",
            example: .null)
        timeZone = query.timeZone(
            zoneMeaning ?? "The time zone of days, and with for=spreadsheet of dates.", without: elseZone,
            example: zoneMeaning == nil ? .null : "Europe/Berlin")
        spreadsheetZone = timeZone ?? query.deskZone
        zoneHasUse = zoneMeaning != nil
    }

    /// The form by the query and by Accept, and the dialect where it is CSV. What is of no use is an issue.
    func form(_ accepted: Form, _ query: inout QueryReader) -> (Form, CSVDialect) {
        let representation = format ?? accepted
        guard purpose != nil else {
            if separator != nil {
                query.issue(Self.separatorName, "is for spreadsheets: give for=spreadsheet with it.")
            }
            if timeZone != nil, !zoneHasUse, !query.hasDay {
                query.issue(QueryReader.timeZoneName, Self.zoneAdvice)
            }
            return (representation, .plain)
        }
        if representation != .csv {
            query.issue(Self.purposeName, "is for CSV alone: give format=csv with it, or accept text/csv.")
        }
        return (representation, .spreadsheet(spreadsheetZone, separator ?? .comma))
    }
}

/// For whom CSV is written, if for nobody's program.
private enum CSVPurpose: String, Vocabulary {
    case spreadsheet
}
