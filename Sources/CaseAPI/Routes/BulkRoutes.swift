import Complaints

/// `/v1/cases/bulk`.
enum BulkRoutes {
    static let path = "/v1/cases/bulk"
    /// What a desk brings along at once. It takes the writer a tenth of a second, and all others wait that long.
    static let size = 1...1000

    /// Opens many cases in one commit, each for itself: one that is refused leaves the others as they are.
    static func create(_ call: Call) throws -> Change {
        try call.requireNoParameters()
        let incoming = try call.body.read(PlainRequests.cases)
        guard incoming.issues.isEmpty else { throw Refusal.invalid(incoming.issues) }
        return .openMany(incoming.value)
    }
}
