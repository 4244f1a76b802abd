public import HTTPTypes

/// How the requests of one route were answered.
public struct RouteCounters: Sendable, Hashable {
    /// Requests of one method that got one status.
    public struct Answers: Sendable, Hashable {
        /// One of those the server knows.
        public let method: HTTPRequest.Method
        /// 499 for a client that went before its answer was written.
        public let status: Int
        /// How many.
        public var count: Int
    }

    /// In the order they first came.
    public private(set) var answers: [Answers] = []
    /// From the request being whole to the end of its answer being written.
    public private(set) var durations = Histogram()

    /// No request yet.
    public init() {}

    mutating func count(_ method: HTTPRequest.Method, status: Int, nanoseconds: Int64) {
        add(1, method, status)
        durations.add(nanoseconds)
    }

    /// A route sees a handful of statuses, so looking through them beats hashing.
    private mutating func add(_ count: Int, _ method: HTTPRequest.Method, _ status: Int) {
        if let index = answers.firstIndex(where: { $0.status == status && $0.method == method }) {
            answers[index].count += count
        } else {
            answers.append(Answers(method: method, status: status, count: count))
        }
    }

    /// Adds what another has counted.
    public static func += (total: inout RouteCounters, other: RouteCounters) {
        for answers in other.answers { total.add(answers.count, answers.method, answers.status) }
        total.durations += other.durations
    }
}
