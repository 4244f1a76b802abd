extension Instant {
    /// The beginning of its day in UTC.
    public var startOfDay: Instant {
        let day = ElapsedTime.days(1).milliseconds
        return Instant(milliseconds: milliseconds.flooredDivision(by: day).quotient * day)
    }

    /// The day of UTC that it lies in, in days since 1970-01-01.
    public var dayOfUTC: Int { Int(milliseconds.flooredDivision(by: 86_400_000).quotient) }
}
