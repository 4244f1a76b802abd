import Complaints

// Fields of one value each.
extension FieldReader {
    /// A field that may be left out, or null for the same.
    func optional<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = "",
        presence: Presence = .optional
    ) -> Value? {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), presence)
            return nil
        }
        if case .value(let value) = field(name, kind) { return value }
        return nil
    }

    /// A field that must be there.
    func required<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = "", placeholder: Value
    ) -> Value {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), .required)
            return placeholder
        }
        switch field(name, kind) {
        case .value(let value): return value
        case .unreadable: return placeholder
        case .absent, .null:
            reportMissing(name)
            return placeholder
        }
    }

    /// A field of a merge patch (RFC 7396) whose value can be taken away: nil leaves it, `.some(nil)` takes it away.
    func patched<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = ""
    ) -> Value?? {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), .optional)
            return .none
        }
        return switch field(name, kind) {
        case .value(let value): .some(value)
        case .null: .some(nil)
        case .absent, .unreadable: .none
        }
    }

    /// A field of a merge patch that always has a value.
    func replaced<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = ""
    ) -> Value? {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), .replaced)
            return nil
        }
        switch field(name, kind) {
        case .value(let value): return value
        case .absent, .unreadable: return nil
        case .null:
            issue(name, .required, "must have a value.")
            return nil
        }
    }

    /// An instant that has passed, in a field that may be left out.
    ///
    /// - Parameter meaning: what happened then.
    func past(_ name: String, _ meaning: @autoclosure () -> String) -> PastInstant? {
        optional(name, .instant, "\(meaning())\(Self.untilNow)").map(clientClock.past)
    }

    /// What the description of every instant that has passed ends with.
    static let untilNow = ", not after now, by clocks that differ by two seconds; without it, now."

    private enum Field<Value> {
        case absent, null, unreadable
        case value(Value)
    }

    private func field<Value>(_ name: String, _ kind: FieldKind<Value>) -> Field<Value> {
        guard let value = member(name) else { return .absent }
        if value == .null { return .null }
        do throws(FieldFault) {
            if let readFrom = kind.readFrom {
                if let read = try readFrom(value, speaker) { return .value(read) }
                issues.noteMissingSpeaker()
                return .unreadable
            }
            return .value(try kind.read(value))
        } catch {
            issues.append(FieldIssue(path / name, error))
            return .unreadable
        }
    }
}
