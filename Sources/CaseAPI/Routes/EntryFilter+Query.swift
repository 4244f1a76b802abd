import CaseStore
import Complaints

extension EntryFilter {
    /// The filters of what lists entries of the log, but for their kinds.
    init(_ query: inout QueryReader) {
        self.init()
        actor = query.name("actor", as: .actor, "Who acted.", example: "local")
        since = query.instantOrDay("since", "Recorded at or after that instant, or on that day or later.")
        until = query.instantOrDay(
            "until", "Recorded before that instant, which lies after since, or before that day.",
            example: "2100-01-01T00:00:00Z")
        query.requireRange(since, "since", until, "until")
        period = query.period("Recorded", besides: (since, "since"), (until, "until"))
    }

    /// The same with their kinds.
    init(withKinds query: inout QueryReader) {
        let kinds: Set<LogKind> = query.words(
            "kind", "Entries of one of these kinds.", example: [.promiseMade, .note])
        self.init(&query)
        self.kinds = kinds
    }
}
