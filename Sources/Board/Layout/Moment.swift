import Complaints

/// An instant as a page shows it: by the desk's clocks, which the script turns into the reader's own, with the instant itself
/// for programs and in the title.
struct Moment {
    private let instant: Instant

    init(_ instant: Instant) { self.instant = instant }

    /// An instant of the API.
    init?(_ text: String?) {
        guard let text, let instant = try? Instant(rfc3339: text) else { return nil }
        self.init(instant)
    }

    /// For the template `moment`.
    var values: [String: Any] { ["instant": instant.rfc3339, "shown": instant.rfc3339] }
}
