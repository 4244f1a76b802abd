extension LogDraft {
    /// That a copy of the record was promoted.
    package static func epochBegun(_ number: Int64, at now: Instant) -> LogDraft {
        LogDraft(.epochBegun, at: now, facts: [Fact("epoch", .integer(number))])
    }
}
