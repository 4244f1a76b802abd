import CaseStore
import Complaints

extension Digest {
    static let shown: [Shown<Digest>] =
        [
            .instant("as_of") { $0.asOf },
            .text("owner", "Whose it is; null where it is nobody's own.") { $0.owner },
            .text("team", "The team whose it is; null where it is no team's own.") { $0.team },
            .text("tz", "The time zone of its days.") { $0.days.zone.name },
            .value("today", .date, "The day of as_of there.") { $0.days.today.iso8601 },
            .value("week_to", .date, "The Sunday of its week.") { $0.days.lastOfWeek.iso8601 },
        ]
        + DigestSection.allCases.map { section -> Shown<Digest> in
            .object(section.rawValue, section.meaning, of: Part.shown, schema: .named("DigestPart")) { $0[section] }
        }

    /// A record a promise.
    func csv(_ dialect: CSVDialect) -> [UInt8] {
        var csv = CSVWriter(dialect)
        let form = ListForm<DigestRow>.digest
        form.header(&csv)
        for section in DigestSection.allCases {
            for row in self[section].rows { form.record(&csv, DigestRow(section: section, row: row), asOf) }
        }
        return csv.bytes
    }
}

extension Digest.Part {
    static let shown: [Shown<Digest.Part>] = [
        .count("total", "How many there are, however many are listed.") { $0.total },
        .objects(
            "items", "Those that are due first.", of: PromiseView.shown, schema: .named("CasePromise")
        ) { part in part.rows.map { PromiseView($0.promise, of: $0.summary, at: part.asOf) } },
    ]
}

extension ItemForm<Digest> {
    static let digest = ItemForm(Digest.shown)

    /// As a whole text.
    func written(_ digest: Digest) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        json(&writer, digest)
        return writer.bytes
    }
}

extension ListForm<DigestRow> {
    /// As a table: the section, then what there is of a promise.
    static let digest = ListForm(
        ItemForm<DigestLine>([.word("section") { $0.section }] + .of(PromiseView.shown) { $0.promise })
    ) { row, now in
        DigestLine(section: row.section, promise: PromiseView(row.row.promise, of: row.row.summary, at: now))
    }
}

/// A promise of a digest as of an instant, as it is answered.
struct DigestLine: Sendable {
    let section: DigestSection
    let promise: PromiseView
}
