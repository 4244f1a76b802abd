import Complaints

/// How the lines of the log look.
enum LogFormat: String, Vocabulary {
    /// For people: `2026-03-01T09:00:00Z info request method=GET status=200`.
    case text
    /// For programs: one JSON object a line.
    case json
}
