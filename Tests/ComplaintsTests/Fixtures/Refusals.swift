import Complaints

/// Why the domain refused what `body` asked for; nil when it did it.
func refusal<Result>(_ body: () throws -> Result) -> Refusal? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? Refusal
    }
}

extension Refusal {
    /// The rule that stood against it.
    var violation: RuleViolation? {
        if case .rule(let violation) = self { violation } else { nil }
    }

    /// Pointer and code of every field that was wrong, in order: `#/due_at in_the_past`.
    var issues: [String] {
        guard case .invalid(let issues) = self else { return [] }
        return issues.map { "\($0.path.pointer) \($0.code.rawValue)" }
    }

    var isForbidden: Bool {
        if case .forbidden = self { true } else { false }
    }
}
