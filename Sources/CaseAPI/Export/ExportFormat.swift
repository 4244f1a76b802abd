import Complaints

/// How a list is written out.
package enum ExportFormat: String, Vocabulary {
    /// The columns of the API's lists (RFC 4180).
    case csv
    /// The API's objects, one a line.
    case jsonl
}
