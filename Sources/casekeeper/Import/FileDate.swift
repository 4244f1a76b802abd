import Complaints

/// What a date of a file names: an instant, or a day of which the hour is not known.
struct FileDate {
    /// The instant, or the day's first one.
    let instant: Instant
    /// The first instant after the day; nil where the date has a time.
    var dayEnd: Instant?

    /// By when it is over: whatever is due on a day may be done until its end.
    var end: Instant { dayEnd ?? instant }
}
