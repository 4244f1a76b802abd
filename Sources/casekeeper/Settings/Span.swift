import ArgumentParser
import Complaints

/// A length of time as an option: an ISO 8601 duration, more than none and up to a day.
struct Span: ExpressibleByArgument, Hashable {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let span = try? ElapsedTime(iso8601: argument), span > .zero, span <= .days(1) else { return nil }
        duration = .milliseconds(span.milliseconds)
    }

    var elapsedTime: ElapsedTime { ElapsedTime(milliseconds: Int64(duration / .milliseconds(1))) }

    var defaultValueDescription: String { elapsedTime.iso8601 }
}
