import Complaints

/// Reports.
enum ReportSchemas {
    static let all: [(name: String, schema: Schema)] =
        ReportForm.promises.schemas + ReportForm.load.schemas + ReportForm.causes.schemas + ReportForm.threats.schemas
        + ReportForm.concessions.schemas + [("Sums", sums)]

    private static let sums = Schema.array(.object(Money.shown)).described("A sum of each currency there is any of.")
}
