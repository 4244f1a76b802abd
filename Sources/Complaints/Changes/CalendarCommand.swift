/// A change that is asked for of a calendar, as a value.
public enum CalendarCommand: Sendable {
    /// Gives it a version, the first one where there is no such calendar.
    case put(name: String, Incoming<CalendarRequest>)

    /// What it is about, by name.
    public var name: String {
        switch self {
        case .put(let name, _): name
        }
    }

    /// The same with more that is wrong with it.
    package func adding(_ issues: [FieldIssue]) -> Self {
        switch self {
        case .put(let name, let incoming): .put(name: name, incoming.adding(issues))
        }
    }
}
