extension Instant {
    /// The beginning of its day in UTC.
    public var startOfDay: Instant {
        let day = ElapsedTime.days(1).milliseconds
        return Instant(milliseconds: milliseconds.flooredDivision(by: day).quotient * day)
    }
}
