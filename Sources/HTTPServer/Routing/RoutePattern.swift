/// A pattern taken apart: `/v1/cases/{id}`.
struct RoutePattern {
    enum Segment: Hashable {
        case literal(String)
        case parameter
    }

    let segments: [Segment]

    /// - Precondition: the pattern is well formed.
    init(_ pattern: String) {
        precondition(pattern.hasPrefix("/"), "A route's pattern starts with /: \(pattern)")
        if pattern == "/" {
            segments = []
            return
        }
        segments = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { segment in
            precondition(!segment.isEmpty, "A route's pattern has no empty segment: \(pattern)")
            if segment.hasPrefix("{"), segment.hasSuffix("}"), segment.count > 2 { return .parameter }
            precondition(!segment.contains { "{}%".contains($0) }, "A parameter is a whole segment: \(pattern)")
            return .literal(String(segment))
        }
    }
}
