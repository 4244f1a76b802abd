import Foundation

/// A table of the documentation, as tests hold the program to it.
public struct DocumentedTable {
    /// The texts of its cells, row by row.
    public let rows: [[String]]

    /// The first table under a heading of a page, which is named from the root of the repository.
    ///
    /// - Throws: when there is none.
    public init(_ path: String, under heading: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        guard let start = text.firstRange(of: "\n\(heading)\n")?.upperBound else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        let lines = text[start...].split(separator: "\n", omittingEmptySubsequences: false)
            .drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
        rows = lines.dropFirst(2).map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// What stands between backticks in a cell.
    public static func words(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
}
