import Complaints

/// A length of time as an option.
struct Span: Hashable {
    let elapsedTime: ElapsedTime

    init(_ elapsedTime: ElapsedTime) {
        self.elapsedTime = elapsedTime
    }

    init(_ duration: Duration) {
        self.init(ElapsedTime(milliseconds: Int64(duration / .milliseconds(1))))
    }

    var duration: Duration { .milliseconds(elapsedTime.milliseconds) }
}
